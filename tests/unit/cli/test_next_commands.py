"""The next command that is printed can be typed as it stands, wherever the engagement's folder is."""

import os
import shlex
from pathlib import Path

import pytest

from tests.command_line import call
from toolkit.cli.output import quoted, typed


@pytest.mark.skipif(os.name == "nt", reason="each kind of shell has quotes of its own")
@pytest.mark.parametrize("name", ["harbor-pine", "Kunde Müller & Co/Häfen 2", "O'Hara", "$HOME/x", "-rf"])
def test_a_folder_is_one_word_of_the_next_command(name: str) -> None:
    """A name with blanks, umlauts or signs that a shell reads is put in quotes."""
    assert shlex.split(f"integration-audit apply latest {typed(Path(name))} --write")[3] == name


@pytest.mark.skipif(os.name == "nt", reason="each kind of shell has quotes of its own")
@pytest.mark.parametrize("name", ["Harbor Pine Ltd", 'The "Old" Mill', "$(touch x)", "`id`", "O'Hara", "a\\b", "Wow!"])
def test_an_account_is_one_word_of_the_next_command(name: str) -> None:
    """A system may call it what it likes: a shell runs nothing of it."""
    assert shlex.split(f"apply latest --account {quoted(name)}")[3] == name
    assert quoted(name).startswith("'") == any(sign in name for sign in '"$`\\!')


def test_the_folder_in_which_one_stands_is_not_named() -> None:
    """Commands take it without being told."""
    assert typed(Path()) == ""


@pytest.mark.parametrize(
    ("words", "written"),
    [
        (["resume", "plain"], "resume latest plain"),
        (["journal", "plain"], "journal latest plain"),
        (["apply", "plain", "--send"], "apply latest plain"),
        (["plan", "show", "plain"], "plan show latest plain"),
        (["plan", "approve", "plain", "--by", "Dana"], "plan approve latest plain"),
        (["plan", "diff", "latest", "plain"], "plan diff OLDER latest plain"),
    ],
)
def test_a_folder_in_the_place_of_a_plan_is_told_from_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], written: str
) -> None:
    """Whoever leaves the plan out is told where it stands, and nothing is begun in the folder in which they are."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "plain").mkdir()

    told = call(*words)

    assert told.code == 3
    assert told.err.strip() == (f"'plain' is a folder, and the plan stands before it. Write: integration-audit {written}")
    assert [one.name for one in tmp_path.iterdir()] == ["plain"]


def test_what_begins_an_id_is_a_plan_whatever_folders_there_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And so is the word for the newest."""
    monkeypatch.chdir(tmp_path)
    for name in ("latest", "abcd12"):
        (tmp_path / name).mkdir()
        assert "is a folder" not in call("journal", name).err


def test_what_stopped_a_command_names_the_folder_in_what_is_to_be_typed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever stands elsewhere can type it as it is; whoever stands in the folder need not name it."""
    folder = tmp_path / "plain"
    (folder / "connections").mkdir(parents=True)
    (folder / "engagement.yaml").write_text("client: Harbor\ncurrency: USD\nsystems:\n  crm: {connector: hubspot}\n")
    (folder / "connections" / "crm.write.json").write_text("{", "utf-8")

    monkeypatch.chdir(tmp_path)
    elsewhere = call("disconnect", "crm.write", "plain").err
    monkeypatch.chdir(folder)
    here = call("disconnect", "crm.write").err

    assert "integration-audit connect crm plain --write" in elsewhere
    assert "integration-audit connect crm --write" in here


def test_without_a_plan_what_makes_one_is_named_with_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And with the system that it needs."""
    monkeypatch.chdir(tmp_path)
    Path("plain").mkdir()
    Path("plain/engagement.yaml").write_text("client: Harbor\ncurrency: USD\n", "utf-8")

    told = call("resume", "latest", "plain")

    assert told.code == 3
    assert "integration-audit plan cleanup SYSTEM plain, or integration-audit plan sync SYSTEM plain" in told.err


@pytest.mark.parametrize(
    "words",
    [
        ["plan", "list"],
        ["plan", "show"],
        ["plan", "cleanup", "crm"],
        ["plan", "approve", "latest", "--by", "Dana"],
        ["apply", "latest"],
        ["resume", "latest"],
        ["undo"],
        ["journal"],
        ["lab", "--no-browser"],
    ],
)
def test_nothing_is_begun_in_a_folder_that_is_no_engagement(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    """Whoever stands in the wrong folder is told so, and finds it as it was."""
    monkeypatch.chdir(tmp_path)

    told = call(*words)

    assert told.code == 3
    assert told.err.startswith(f"This is no engagement: {tmp_path.resolve()} has no engagement.yaml")
    assert list(tmp_path.iterdir()) == []


def test_files_that_were_put_in_their_place_are_an_engagement_without_settings(tmp_path: Path) -> None:
    """They are to be read first, and that is what is said."""
    (tmp_path / "exports").mkdir()
    (tmp_path / "exports" / "companies.csv").write_text("Company\nAcme\n", "utf-8")

    told = call("plan", "cleanup", "crm", tmp_path)

    assert (told.code, told.err.startswith("There are no snapshots in")) == (3, True)
