"""What people confirmed of columns: kept only where it is wanted, headers and meanings only, in one file to be read."""

from pathlib import Path

import pytest

from tests.command_line import call
from tests.unit.audit.client_folders import folder_of
from toolkit.audit.audited_folder import run_audit
from toolkit.audit.engagement import open_engagement
from toolkit.audit.pull.answers import Confirmed
from toolkit.audit.pull.memory import memory, remember
from toolkit.audit.pull.snapshots import pull_snapshots
from toolkit.errors import InputError
from toolkit.settings import load_settings

ODD = "Nr;Wert A;Wert B;Zahltag\nA-1;100,50;Muster;13.04.2026\nA-2;200,00;Bauer;24.05.2026\nA-3;300,25;Weber;25.06.2026\n"
SETTINGS = """\
client: A
currency: EUR
country: DE
systems:
  books:
    streams:
      list: {entity: invoice, file: [list.csv], key: [Nr], fields: {number: Nr, issued_on: Zahltag}}
questions:
  q: {about: column, ask: What?, column: Wert A, streams: [books.list], answer: amount_gross}
"""


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the file in which meanings would be kept."""
    file = tmp_path / "home" / "meanings.yaml"
    monkeypatch.setenv("INTEGRATION_AUDIT_MEMORY", str(file))
    return file


def test_nothing_is_remembered_unless_it_is_wanted(tmp_path: Path, kept: Path) -> None:
    """A client's headers stay in the client's folder."""
    run_audit(folder_of(tmp_path / "client", {"list.csv": ODD, "engagement.yaml": SETTINGS})).engagement.close()

    assert not kept.exists()


@pytest.mark.parametrize("is_in_settings", [True, False])
def test_what_was_confirmed_is_remembered_without_any_value(tmp_path: Path, kept: Path, *, is_in_settings: bool) -> None:
    """With --remember or memory: true, the header and its meaning are kept; no cell of the client is."""
    settings = SETTINGS + ("memory: true\n" if is_in_settings else "")
    folder = folder_of(tmp_path / "client", {"list.csv": ODD, "engagement.yaml": settings})

    run_audit(folder, is_remembered=not is_in_settings).engagement.close()

    text = kept.read_text(encoding="utf-8")
    assert "wert a: amount_gross" in text
    assert not any(word in text for word in ("Muster", "100,50", "A-1", "13.04.2026"))


def test_a_column_chosen_against_its_header_is_not_remembered(tmp_path: Path, kept: Path) -> None:
    """That a deadline stands for the day holds at this client; "Zahltag" is no day of invoices everywhere."""
    settings = SETTINGS.replace("column: Wert A", "choices: {none: none, Zahltag=issued_on: Zahltag}").replace(
        "answer: amount_gross", "answer: Zahltag=issued_on"
    )
    folder = folder_of(tmp_path / "client", {"list.csv": ODD, "engagement.yaml": settings})

    run_audit(folder, is_remembered=True).engagement.close()

    assert not kept.exists()


def test_what_is_remembered_is_read_at_the_next_client_and_stays_to_be_confirmed(tmp_path: Path, kept: Path) -> None:
    """A header that nothing tells is read by what it meant elsewhere, if its values allow it."""
    assert not kept.exists()
    deals = "Deal,Customer,Value,Qzx,Wvy\nRoof,Acme Ltd,12.50,2026-03-13,red\nWall,Bolt Inc,8.25,2026-04-24,blue\n"
    folder = folder_of(tmp_path / "client", {"deals.csv": deals})
    remember([Confirmed("Qzx", "closed_at"), Confirmed("Wvy", "closed_at")])

    engagement = open_engagement(folder)
    pull_snapshots(engagement)
    engagement.close()

    settings = load_settings(folder / "engagement.yaml").settings
    stream = settings.systems["deals"].streams["deals"]
    assert stream.fields["closed_at"].headers == ("Qzx",)
    assert "deals.deals.closed_at" in settings.unconfirmed


def test_meanings_are_shown_carried_to_a_colleague_and_forgotten(tmp_path: Path, kept: Path) -> None:
    """One file that can be read, sent, added to another, and deleted."""
    remember([Confirmed("Kd-Nr.", "record_id"), Confirmed("Wert A", "amount_gross")])

    assert "kd-nr.  record_id" in call("meanings", "show").out
    assert call("meanings", "export", tmp_path / "for_ann.yaml").code == 0
    assert call("meanings", "forget").out == "Forgot 2 meanings.\n"
    assert not kept.exists()
    assert call("meanings", "import", tmp_path / "for_ann.yaml").out.startswith("2 new meanings")
    assert memory().meanings == {"kd-nr.": "record_id", "wert a": "amount_gross"}


def test_a_memory_that_somebody_broke_is_said_and_left_alone(kept: Path) -> None:
    """It is named, so that it can be mended or deleted."""
    kept.parent.mkdir()
    kept.write_text("just words", encoding="utf-8")

    with pytest.raises(InputError, match=r"meanings\.yaml is no list of meanings"):
        remember([Confirmed("A", "name")])
    assert kept.read_text(encoding="utf-8") == "just words"
