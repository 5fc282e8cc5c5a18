"""The next audits of an unchanged folder give the same systems, rows and figures as the first."""

import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.unit.audit.client_folders import archive_of, folder_of, outcome, workbook_of
from toolkit.audit.audited_folder import run_audit

COMPANIES = (
    "Account,Industry,Website,Phone\nBramble Legal LLP,Legal,bramble.example,0113 496 0001\n"
    "Oak Tuition Ltd,Education,oak.example,01904 555 010\nFern Bakery,Food,fern.example,01482 555 020\n"
)
PEOPLE = (
    "Contact No,First Name,Last Name,Email,Account\n100001,Ann,Field,ann@bramble.example,Bramble Legal LLP\n"
    "100002,Bob,Moss,bob@oak.example,Oak Tuition Ltd\n100003,Cat,Reed,cat@fern.example,Fern Bakery\n"
)
INVOICES = (
    "Invoice No,Invoice Date,Customer,Total\nINV-1,2026-01-05,Bramble Legal LLP,100.00\n"
    "INV-2,2026-01-06,Oak Tuition Ltd,250.50\nINV-3,2026-02-01,Fern Bakery,75.25\n"
)
INVOICE_LINES = (
    "Invoice No,Line,Description,Quantity,Amount\nINV-1,1,Desk,1,100.00\nINV-2,1,Chair,2,150.00\n"
    "INV-2,2,Lamp,1,100.50\nINV-3,1,Rug,1,75.25\n"
)
RECHNUNGEN = (
    "Rechnungsnummer;Rechnungsdatum;Kunde;Bruttobetrag\nRE-1;05.01.2026;Muster GmbH;119,00\n"
    "RE-2;06.01.2026;Bauer KG;238,50\nRE-3;15.02.2026;Weber AG;75,25\n"
)
RECHNUNGSPOSITIONEN = (
    "Rechnungsnummer;Position;Artikel;Menge;Betrag\nRE-1;1;Tisch;1;119,00\nRE-2;1;Stuhl;2;138,50\n"
    "RE-2;2;Lampe;1;100,00\nRE-3;1;Teppich;1;75,25\n"
)
HUBSPOT = "Record ID,Company name,Company owner,Phone Number\n1,Acme Ltd,Dana,312-555-0101\n2,Bolt Inc,Dana,312-555-0102\n"
XERO = (
    "*ContactName,EmailAddress,AccountNumber,POAddressLine1,POCity,TaxNumber\n"
    "Acme Ltd,a@acme.example,A1,1 Mill Lane,Leeds,GB123\nBolt Ltd,b@bolt.example,A2,2 Mill Lane,Leeds,GB124\n"
)
MONTH = (
    "Date1,Payee3,Total,Currency,Category,Memo Field\n2026-{m}-04,City Metro,75.50,CAD,Travel,monthly pass\n"
    "2026-{m}-20,Brightcell,49.94,CAD,Phone,mobile\n"
)
NONSENSE = "qx1,qx2\nabc,def\nghi,jkl\n"

FOLDERS: dict[str, Mapping[str, str | bytes]] = {
    "two tables of one entity": {
        "exports/crm/companies.csv": COMPANIES,
        "exports/crm/people.csv": PEOPLE,
        "exports/office/invoices.csv": INVOICES,
        "exports/office/invoice_lines.csv": INVOICE_LINES,
    },
    "documents and their lines in German": {
        "exports/buchhaltung/Rechnungen.csv": RECHNUNGEN,
        "exports/buchhaltung/Rechnungspositionen.csv": RECHNUNGSPOSITIONEN,
    },
    "vendors at the top of the folder": {"hubspot-companies.csv": HUBSPOT, "xero contacts.csv": XERO},
    "a vendor and a list of its own in one folder": {"exports/crm/all.csv": HUBSPOT, "exports/crm/people.csv": PEOPLE},
    "two vendors and a list in one folder": {
        "exports/from client/hubspot.csv": HUBSPOT,
        "exports/from client/contacts.csv": XERO,
        "exports/from client/invoices.csv": INVOICES,
    },
    "months of one list": {
        "expenses_january.csv": MONTH.format(m="01"),
        "expenses_february.csv": MONTH.format(m="02"),
        "expenses_march.csv": MONTH.format(m="03"),
    },
    "members of an archive": {"sent.zip": archive_of({"invoices.csv": INVOICES, "people.csv": PEOPLE, "hs.csv": HUBSPOT})},
    "sheets of a workbook": {
        "Books 2026.xlsx": workbook_of(
            {
                "Invoices": [line.split(",") for line in INVOICES.splitlines()],
                "People": [line.split(",") for line in PEOPLE.splitlines()],
            }
        )
    },
    "files that cannot be used": {
        "invoices.csv": INVOICES,
        "photo.xlsx": b"\x89PNG\r\n\x1a\n0000",
        "empty.csv": b"",
        "odd.csv": NONSENSE,
        "copy of invoices.csv": INVOICES,
    },
    "the same stem twice": {"exports/a/list.csv": PEOPLE, "exports/a/list 2026.csv": INVOICES, "list.csv": COMPANIES},
}


@pytest.mark.parametrize("name", FOLDERS)
def test_a_folder_that_has_not_changed_is_read_in_the_same_way_each_time(tmp_path: Path, name: str) -> None:
    """Systems, streams, rows kept, repeated and put aside stay what they were, and so do the settings."""
    folder = folder_of(tmp_path / "client", FOLDERS[name])

    first, second, third = outcome(folder), outcome(folder), outcome(folder)

    assert first.error == ""
    assert first == second == third


def test_tables_of_one_entity_in_a_folder_are_streams_named_after_their_files(tmp_path: Path) -> None:
    """Companies and people, invoices and their lines stay apart, and no row is lost."""
    found = outcome(folder_of(tmp_path / "client", FOLDERS["two tables of one entity"]))

    streams = {name: count for name, count in found.streams.items() if not name.endswith("/names")}
    assert streams == {"crm/companies": 3, "crm/people": 3, "office/invoices": 3, "office/invoice_lines": 3}
    assert [row["rows_repeated"] + row["rows_quarantined"] for row in found.intake] == [0, 0, 0, 0]


def test_a_german_folder_is_read_like_an_english_one(tmp_path: Path) -> None:
    """Names of files in other languages name streams too."""
    found = outcome(folder_of(tmp_path / "client", FOLDERS["documents and their lines in German"]))

    assert found.streams["buchhaltung/rechnungen"] == 3
    assert found.streams["buchhaltung/rechnungspositionen"] == 3
    assert "category: ledger" in found.settings


def test_months_of_one_list_are_one_stream_and_no_row_counts_as_read_before(tmp_path: Path) -> None:
    """Rows that differ in their date only are different expenses."""
    folder = folder_of(tmp_path / "client", FOLDERS["months of one list"])

    found = outcome(folder)
    folder_of(folder, {"expenses_april.csv": MONTH.format(m="04")})
    later = outcome(folder)

    assert found.streams["expenses/expenses"] == 6
    assert later.streams["expenses/expenses"] == 8
    assert sum(row["rows_repeated"] for row in later.intake) == 0
    assert later.settings == found.settings


def test_years_of_one_list_with_spaces_in_their_names_are_one_stream(tmp_path: Path) -> None:
    """Two generations of one list differ in the year of their names only."""
    kunden = (
        "Kundennummer;Firma;Ort;E-Mail\n{0}1;Muster GmbH;Köln;a{0}@muster.example\n{0}2;Bauer KG;Bonn;b{0}@bauer.example\n"
    )
    files = {"Kunden 2025.csv": kunden.format(1), "Kunden 2026.csv": kunden.format(2)}

    found = outcome(folder_of(tmp_path / "client", files))

    assert found.streams == {"kunden/parties": 4}
    assert 'file: ["Kunden *.csv"]' in found.settings


def test_exports_of_several_vendors_in_one_folder_are_several_systems(tmp_path: Path) -> None:
    """A folder called after the client is no system: a CRM and a ledger in it stay apart, and so does a list of its own."""
    found = outcome(folder_of(tmp_path / "client", FOLDERS["two vendors and a list in one folder"]))

    assert {name.partition("/")[0] for name in found.streams} == {"crm", "ledger", "invoices"}


def test_a_list_beside_a_vendor_s_export_leaves_the_vendor_its_connector(tmp_path: Path) -> None:
    """The settings keep the connector and add the list as a stream of its own."""
    found = outcome(folder_of(tmp_path / "client", FOLDERS["a vendor and a list of its own in one folder"]))

    assert "connector: hubspot" in found.settings
    assert found.streams == {"crm/companies": 2, "crm/people": 3}


def test_every_figure_of_an_unchanged_folder_stays(tmp_path: Path) -> None:
    """Not only rows: the whole table of figures is the same in the second audit."""
    folder = folder_of(tmp_path / "client", FOLDERS["two tables of one entity"] | FOLDERS["months of one list"])

    figures = []
    for _ in range(2):
        found = run_audit(folder)
        figures.append(found.figures())
        found.engagement.close()

    assert figures[0] == figures[1]


@pytest.mark.parametrize("step", [pytest.param(1, marks=pytest.mark.heavy), 5])
def test_every_case_is_read_in_the_same_way_each_time(tmp_path: Path, shared_dir: Path, step: int) -> None:
    """Whatever was in a folder: the next pull gives the same; every day it is shown on each fifth."""
    different = []
    cases = [one for one in sorted((shared_dir / "cases").iterdir()) if one.is_dir()][::step]
    for case in cases:
        roots = sorted(one.parent for one in case.rglob("exports") if one.is_dir()) or [case]
        for number, root in enumerate(roots):
            folder = tmp_path / case.name / str(number)
            shutil.copytree(root, folder, ignore=shutil.ignore_patterns("expected*", "*.py", "*.sh"))
            if outcome(folder) != outcome(folder):
                different.append(f"{case.name}/{root.name}")

    assert different == []


@pytest.mark.parametrize("has_settings", [True, False])
def test_the_hand_written_client_is_read_in_the_same_way_each_time(tmp_path: Path, *, has_settings: bool) -> None:
    """With the consultant's settings, and with those that the toolkit writes."""
    folder = tmp_path / "client"
    shutil.copytree(Path(__file__).parents[2] / "golden" / "mini" / "client", folder)
    if not has_settings:
        (folder / "engagement.yaml").unlink()

    first, second, third = outcome(folder), outcome(folder), outcome(folder)

    assert first.error == ""
    assert first == second == third
