"""``scope`` at the command line, without an engagement: what a text leaves open, and what is refused."""

import io
import json
from pathlib import Path

import pytest

from toolkit.cli.app import run


def test_a_text_is_linted_with_line_word_and_reason(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Code 4 says that something was found; without a finding it is 0."""
    offer, clear = tmp_path / "offer.txt", tmp_path / "clear.txt"
    offer.write_text("Orders arrive.\nThe system handles errors quickly.\n", "utf-8")
    clear.write_text("Orders arrive in QuickBooks within 1 day.\n", "utf-8")

    assert run(["scope", "lint", str(offer)]) == 4
    told = capfd.readouterr().out.splitlines()
    assert [line.split()[0] for line in told] == ["2:1", "2:27"]
    assert "quickly" in told[1]
    assert run(["scope", "lint", str(clear)]) == 0
    assert capfd.readouterr().out.strip() == "Nothing vague was found."


def test_a_language_and_names_of_systems_may_be_said(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """As JSON for machines."""
    file = tmp_path / "angebot.txt"
    file.write_text("Das System HubSpot liefert zeitnah.", "utf-8")

    code = run(["scope", "lint", str(file), "--language", "de", "--system", "HubSpot", "--json"])

    [place] = json.loads(capfd.readouterr().out)["places"]
    assert (code, place["word"], place["line"]) == (4, "zeitnah", 1)


def test_a_text_may_be_piped_in(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    """A dash stands for it."""
    monkeypatch.setattr("sys.stdin", io.StringIO("It works seamlessly."))

    assert run(["scope", "lint", "-"]) == 4
    assert "seamlessly" in capfd.readouterr().out


@pytest.mark.parametrize(
    "arguments",
    [
        ["scope", "lint", "gone.txt"],
        ["scope", "lint", "binary.txt"],
        ["scope", "lint", "offer.txt", "--language", "klingon"],
        ["scope", "nowhere"],
        ["scope", "--add", "x", "--write"],
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """Code 3, and no traceback."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "offer.txt").write_text("soon", "utf-8")
    (tmp_path / "binary.txt").write_bytes(b"\xff\xfe\x00")

    assert run(arguments) == 3
    told = capfd.readouterr().err
    assert told.strip()
    assert "Traceback" not in told
