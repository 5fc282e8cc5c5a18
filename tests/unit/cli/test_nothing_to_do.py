"""Commands that have nothing to do say so in a sentence; none of them calls it a bug."""

import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.command_line import Called, call

CUSTOMERS = "Company ID,Company,Phone\n1,Acme Ltd,312 555 0101\n2,Bolt Inc,312 555 0102\n"
BANK = "Date,Amount\n2026-01-05,100.00\n2026-01-06,200.00\n"
BUG = "This is a bug"
NO_PULL = "There are no snapshots in"
NO_FILE = "Nothing in"

OF_AN_ENGAGEMENT: dict[str, tuple[str, ...]] = {
    "status": ("status",),
    "pull": ("pull",),
    "audit": ("audit", "--no-questions"),
    "match": ("match",),
    "refit": ("match", "--refit", "--why", "a test"),
    "estimate": ("estimate", "--set", "rates.day_rate=650"),
    "explain figure": ("explain", "match.duplicate_count"),
    "explain record": ("explain", "crm/customers/1"),
    "explain cluster": ("explain", "g-123456789abc"),
    "report": ("report", "--no-pdf"),
    "decisions import": ("decisions", "import", "no_decisions.csv"),
    "decisions export": ("decisions", "export", "out.csv"),
    "decisions exclude": ("decisions", "exclude", "crm/customers/1", "g-1"),
    "landscape export": ("landscape", "export"),
    "landscape import": ("landscape", "import", "no_decisions.csv"),
}


def called(folder: Path, words: Sequence[str]) -> Called:
    """Call a command on a folder; files that it names lie beside that."""
    beside = {"no_decisions.csv", "out.csv"}
    given = [folder.parent / word if word in beside else word for word in words]
    place = next((number for number, word in enumerate(given) if str(word).startswith("--")), len(given))
    return call(*given[:place], folder, *given[place:])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return an empty folder, and beside it a review in which nobody has decided anything."""
    (tmp_path / "no_decisions.csv").write_text("key_l,key_r,decision,reviewer,note\ncrm/a/1,crm/a/2,,,\n", "utf-8")
    (tmp_path / "client").mkdir()
    return tmp_path / "client"


@pytest.mark.parametrize("with_settings", [False, True], ids=["empty", "settings"])
def test_an_empty_folder_is_no_bug(folder: Path, with_settings: bool) -> None:  # noqa: FBT001 - a parameter of the test
    """Every command says what to do first."""
    if with_settings:
        (folder / "engagement.yaml").write_text("client: Acme\n", "utf-8")
    answers = {name: called(folder, words) for name, words in OF_AN_ENGAGEMENT.items()}

    codes = {name: answer.code for name, answer in answers.items()}
    done = {"status", "decisions import", "decisions export", "landscape export"}
    assert codes == {name: 0 if name in done else 3 for name in OF_AN_ENGAGEMENT}
    assert [name for name, answer in answers.items() if BUG in answer.err or len(answer.err.splitlines()) > 1] == []
    for name in ("match", "refit", "estimate", "report"):
        assert answers[name].err.startswith(NO_PULL)
    for name in ("pull", "audit"):
        assert answers[name].err.startswith(NO_FILE)
    assert "Nothing has been pulled yet." in answers["status"].out
    assert answers["decisions import"].out.startswith("There is no decision in no_decisions.csv")
    assert answers["decisions exclude"].err.startswith("Nothing has been matched")


def test_a_file_without_a_party_is_no_bug(folder: Path) -> None:
    """No duplicate, no handoff, nobody to match: before and after the audit."""
    home = folder / "exports" / "bank"
    home.mkdir(parents=True)
    (home / "bank.csv").write_text(BANK, "utf-8")
    named = {key: words for key, words in OF_AN_ENGAGEMENT.items() if key not in {"audit", "report"}}
    before = {key: called(folder, words) for key, words in named.items()}
    audited = called(folder, OF_AN_ENGAGEMENT["audit"])
    after = {key: called(folder, words) for key, words in named.items()}

    answers = [*before.items(), *after.items()]
    assert [key for key, answer in answers if answer.code not in {0, 3} or BUG in answer.err] == []
    assert before["match"].out.startswith("There is nothing to match")
    assert before["estimate"].out.startswith("There is no handoff yet")
    assert (audited.code, "No duplicate, handoff or price can be told" in audited.out) == (0, True)


def test_after_matching_alone_a_figure_is_not_unknown_but_not_there_yet(folder: Path) -> None:
    """The next step is the audit, not another name."""
    (folder / "customers.csv").write_text(CUSTOMERS, "utf-8")
    assert call("pull", folder).code == call("match", folder).code == 0

    found = call("explain", "match.duplicate_count", folder)

    assert (found.code, "has no figures yet. Run 'integration-audit audit" in found.err) == (3, True)


def test_files_that_wait_are_the_next_step(folder: Path) -> None:
    """A bare folder of exports is to be audited, not filled."""
    (folder / "customers.csv").write_text(CUSTOMERS, "utf-8")

    assert "Next: integration-audit audit" in call("status", folder).out


def test_nothing_remembered_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The memory of meanings, before anybody has confirmed one."""
    monkeypatch.setenv("INTEGRATION_AUDIT_MEMORY", str(tmp_path / "meanings.yaml"))

    shown, written = call("meanings", "show"), call("meanings", "export", tmp_path / "out.yaml")
    forgotten = call("meanings", "forget")

    assert [one.code for one in (shown, written, forgotten)] == [0, 0, 0]
    assert shown.out.startswith("Nothing is remembered yet")
    assert written.out.startswith("Nothing is remembered yet")
    assert forgotten.out == "Nothing was remembered.\n"


@pytest.mark.parametrize("command", ["demo", "new", "audit", "status", "pull", "look", "dedupe"])
def test_a_file_for_a_folder_and_a_folder_for_a_file_are_mistakes(tmp_path: Path, command: str) -> None:
    """Said in a sentence, with code 2 or 3."""
    file = tmp_path / "a.txt"
    file.write_text("", "utf-8")
    found = call(command, tmp_path if command in {"look", "dedupe"} else file)

    assert (found.code in {2, 3}, BUG in found.err) == (True, False)
    shutil.rmtree(tmp_path, ignore_errors=True)


def test_a_name_that_is_no_text_is_refused(tmp_path: Path) -> None:
    """A terminal hands over names that are not UTF-8 as half characters."""
    found = call("new", tmp_path / "acme", "--client", "caf\udce9")

    assert (found.code, "is no text in UTF-8" in found.err) == (3, True)


@pytest.mark.parametrize(
    "words",
    [
        ("approach",), ("backtest",), ("connections",), ("drift",), ("estimate",), ("explain", "match.duplicate_count"),
        ("flows",), ("handoffs",), ("kpi",), ("landscape", "export"), ("landscape", "show", "patterns"), ("match",),
        ("roadmap",), ("scope",), ("scope", "maps"), ("scope", "sources"), ("decisions", "export", "out.csv"),
    ],
    ids=" ".join,
)  # fmt: skip
def test_a_folder_that_was_mistyped_stays_as_it_was(folder: Path, words: tuple[str, ...]) -> None:
    """What only tells makes no engagement of it."""
    told = called(folder, words)

    assert told.code == 3
    assert told.err.startswith(f"This is no engagement: {folder.resolve()} has no engagement.yaml")
    assert [*folder.iterdir()] == []
