"""A pull reads the files whose rows it needs, and finds what it would have found by reading all of them."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.unit.audit.client_folders import archive_of, folder_of
from tests.unit.audit.test_unchanged_folder import (
    COMPANIES,
    FOLDERS,
    HUBSPOT,
    INVOICES,
    MONTH,
    NONSENSE,
    PEOPLE,
    XERO,
)
from toolkit.audit.engagement import open_engagement
from toolkit.audit.progress import silent
from toolkit.audit.pull.outlines import Outline
from toolkit.audit.pull.pulled import Pull
from toolkit.audit.pull.snapshots import pull_snapshots
from toolkit.audit.pull.sources import read_tables
from toolkit.audit.pull.unchanged import kept_files

OUTLINES = Path("quarantine/outlines.json")
LATER = "Invoice No,Invoice Date,Customer,Total\nINV-9,2026-03-05,Bramble Legal LLP,90.00\n"

Change = Callable[[Path], Any]
Steady = Callable[[str, Path], Path]


def pulled(folder: Path) -> Pull:
    engagement = open_engagement(folder)
    found = pull_snapshots(engagement)
    engagement.close()
    return found


def all_of(folder: Path) -> dict[str, Any]:
    """Pull, and return everything that is kept or said, without times."""
    found = pulled(folder)
    engagement = open_engagement(folder)
    presences = sorted(engagement.store.presences().items())
    engagement.close()
    timeless = [name for name in found.snapshots.column_names if name not in {"path", "taken_at"}]
    return {
        "intake": found.intake.to_pylist(),
        "quarantine": found.quarantine.to_pylist(),
        "snapshots": found.snapshots.select(timeless).to_pylist(),
        "said": [one.replace(str(folder), "") for one in (*found.missing, *found.notes)],
        "confirmed": found.confirmed,
        "questions": found.questions,
        "presences": presences,
        "settings": (folder / "engagement.yaml").read_text("utf-8"),
    }


def outlined(folder: Path) -> dict[str, bool]:
    """Return for each file that has tables whether none of them is read in the next pull without need."""
    engagement = open_engagement(folder)
    raws = read_tables(engagement, silent, kept_files(engagement)).raws
    engagement.close()
    return {raw.file: isinstance(raw, Outline) for raw in raws}


@pytest.fixture(scope="module")
def steady(tmp_path_factory: pytest.TempPathFactory) -> Steady:
    """Return what copies a folder that was pulled until a pull has kept what it found by the settings it left behind."""
    home = tmp_path_factory.mktemp("steady")

    def copied(files: str, place: Path) -> Path:
        folder = home / files / "client"
        if not folder.exists():
            pulled(folder_of(folder, FOLDERS[files]))
            with (folder / "engagement.yaml").open("a", encoding="utf-8") as text:
                text.write("# seen by a consultant\n")
            pulled(folder)
        shutil.copytree(folder, place)
        return place

    return copied


def less(name: str) -> Change:
    """Return what takes the last row out of a file."""

    def change(folder: Path) -> None:
        lines = (folder / name).read_text("utf-8").splitlines(keepends=True)
        (folder / name).write_text("".join(lines[:-1]), "utf-8")

    return change


def sent(name: str, content: str | bytes) -> Change:
    """Return what puts a file into the folder."""
    return lambda folder: folder_of(folder, {name: content})


def without(name: str) -> Change:
    """Return what takes a file out of the folder."""
    return lambda folder: (folder / name).unlink()


def text_of(old: str, new: str) -> Change:
    """Return what changes the settings."""

    def change(folder: Path) -> None:
        text = (folder / "engagement.yaml").read_text("utf-8")
        assert old in text
        (folder / "engagement.yaml").write_text(text.replace(old, new), "utf-8")

    return change


def lost_snapshot(folder: Path) -> None:
    """Take away the newest snapshot of some stream."""
    max((folder / "snapshots").rglob("*.parquet")).unlink()


TWO = "two tables of one entity"
CHANGES: dict[str, tuple[str, Change]] = {
    "a row goes": (TWO, less("exports/crm/companies.csv")),
    "a row of an invoice goes": (TWO, less("exports/office/invoice_lines.csv")),
    "a file goes": (TWO, without("exports/crm/people.csv")),
    "a new list comes": (TWO, sent("exports/shop/clients.csv", PEOPLE)),
    "a list becomes another": (TWO, sent("exports/crm/people.csv", INVOICES)),
    "a list becomes the copy of another": (TWO, sent("exports/crm/people.csv", COMPANIES)),
    "a list becomes a picture": (TWO, sent("exports/crm/people.csv", b"\x89PNG\r\n\x1a\n0000")),
    "a list becomes nonsense": (TWO, sent("exports/crm/people.csv", NONSENSE)),
    "a system is left out": (TWO, text_of("# seen", "leave_out: [people.csv]\n# seen")),
    "a column is not read any more": (TWO, text_of('website: "Website"', 'street: "Website"')),
    "a snapshot is lost": (TWO, lost_snapshot),
    "a month is one row shorter": ("months of one list", less("expenses_february.csv")),
    "another month": ("months of one list", sent("expenses_april.csv", MONTH.format(m="04"))),
    "one of two vendors in a folder": ("two vendors and a list in one folder", less("exports/from client/contacts.csv")),
    "the other vendor goes": ("two vendors and a list in one folder", without("exports/from client/contacts.csv")),
    "a second vendor joins a list": ("a vendor and a list of its own in one folder", sent("exports/crm/x.csv", XERO)),
    "a vendor's list changes": ("vendors at the top of the folder", less("hubspot-companies.csv")),
    "a member of an archive": (
        "members of an archive",
        sent("sent.zip", archive_of({"invoices.csv": LATER, "people.csv": PEOPLE, "hs.csv": HUBSPOT})),
    ),
    "a file beside an archive": ("members of an archive", sent("more/invoices.csv", INVOICES + "INV-7,2026-03-01,Oak,5\n")),
    "a file beside a workbook": ("sheets of a workbook", sent("more/invoices.csv", LATER)),
    "what cannot be used": ("files that cannot be used", sent("odd.csv", INVOICES + "INV-7,2026-03-01,Oak,5\n")),
    "one of the same stem": ("the same stem twice", less("exports/a/list 2026.csv")),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_pull_finds_what_reading_every_file_finds(tmp_path: Path, steady: Steady, name: str) -> None:
    """Counts, rows put aside, snapshots, questions, settings and every sentence are the same."""
    files, change = CHANGES[name]
    folder = steady(files, tmp_path / "client")
    change(folder)
    whole = tmp_path / "whole" / "client"
    shutil.copytree(folder, whole)
    (whole / OUTLINES).unlink()

    assert all_of(folder) == all_of(whole)


def test_only_the_file_that_changed_is_read(tmp_path: Path, steady: Steady) -> None:
    """Of four files one has a row less."""
    folder = steady(TWO, tmp_path / "client")
    before = outlined(folder)
    less("exports/crm/companies.csv")(folder)

    assert set(before.values()) == {True}
    assert [file for file, is_outlined in outlined(folder).items() if not is_outlined] == ["exports/crm/companies.csv"]


def test_damaged_outlines_are_no_outlines(tmp_path: Path, steady: Steady) -> None:
    """Then the files are read, and kept anew."""
    folder = steady(TWO, tmp_path / "client")
    text = (folder / OUTLINES).read_text("utf-8")
    (folder / OUTLINES).write_text(text.replace("Industry", "Indusrty"), "utf-8")
    damaged = outlined(folder)
    less("exports/crm/companies.csv")(folder)
    pulled(folder)

    assert set(damaged.values()) == {False}
    assert set(outlined(folder).values()) == {True}
