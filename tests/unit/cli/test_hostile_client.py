"""A client whose data is hostile, mixed and without any match: the audit runs through, and nothing of it comes alive."""

import csv
import json
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.command_line import Called, call

CLIENT = 'A/B "Fish" & <script>alert(1)</script>'
FORMULA = '=HYPERLINK("http://evil.example","Acme")'
COMPANIES = [
    ["Record ID", "Company name", "Company owner", "Phone Number", "City"],
    ["1", FORMULA, "Dana", "+1 312 555 0101", "Chicago"],
    ["2", "@SUM(1+1)*cmd|'/c calc'!A1 Ltd", "Dana", "+1 312 555 0102", "Chicago"],
    ["3", '<img src=x onerror="alert(2)"> GmbH', "Dana", "", "=1+1"],
]
INVOICE_HEADER = (
    "InvoiceNumber,ContactName,InvoiceDate,DueDate,Total,TaxTotal,InvoiceAmountPaid,InvoiceAmountDue,Currency,Type,Status,"
    "Description,LineAmount,AccountCode,TrackingName1,Reference"
)
OPEN_SALE = ("Sales invoice", "Awaiting Payment")
INVOICES = [
    INVOICE_HEADER.split(","),
    *(
        [
            number,
            name,
            day,
            "2026-04-30",
            total,
            "0",
            "0",
            total,
            currency,
            "Sales invoice",
            "Awaiting Payment",
            "=2+2",
            total,
            "200",
            "",
            "",
        ]
        for number, name, day, total, currency in (
            ("INV-1", "Zeta Boats", "2026-03-01", "1000.00", "USD"),
            ("INV-2", "Yonder Mills", "2026-03-02", "900.00", "EUR"),
            ("INV-3", "Xylo Music", "2026-04-02", "120000", "JPY"),
        )
    ),
]


@pytest.fixture(scope="module")
def audited(tmp_path_factory: pytest.TempPathFactory) -> tuple[Called, Path]:
    folder = tmp_path_factory.mktemp("hostile") / "client"
    for name, rows in (("crm/companies", COMPANIES), ("ledger/invoices", INVOICES)):
        path = folder / "exports" / f"{name}.csv"
        path.parent.mkdir(parents=True)
        with path.open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows(rows)
    systems = "systems:\n  crm: {connector: hubspot}\n  ledger: {connector: xero}\n"
    handoff = "handoffs:\n  companies:\n    from: crm.companies\n    to: ledger.names\n"
    (folder / "engagement.yaml").write_text(f"client: {json.dumps(CLIENT)}\n{systems}{handoff}", encoding="utf-8")
    return call("audit", folder, "--json"), folder


def test_the_audit_runs_through(audited: tuple[Called, Path]) -> None:
    """No name stops the run."""
    answer, _ = audited

    assert answer.code in {0, 4}, answer
    assert json.loads(answer.out)["client"] == CLIENT


def test_no_cell_becomes_a_formula(audited: tuple[Called, Path]) -> None:
    """The workbook shows the text that the client's system held."""
    import openpyxl

    book = openpyxl.load_workbook(audited[1] / "reports" / "work_through.xlsx")

    assert [cell.coordinate for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"] == []


class OpenedTags(HTMLParser):
    """The elements of a page and their attributes, as a browser reads them."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}


def test_no_name_becomes_a_tag(audited: tuple[Called, Path]) -> None:
    """The page shows the client's name as text."""
    page = (audited[1] / "reports" / "client_report.html").read_text(encoding="utf-8")

    opened = OpenedTags()
    opened.feed(page)
    assert "<script>alert(1)" not in page
    assert "img" not in opened.tags
    assert [name for name in opened.attributes if name.startswith("on")] == []
    assert "&lt;script&gt;alert(1)" in page


def test_currencies_are_never_added_up(audited: tuple[Called, Path]) -> None:
    """Dollars, euros and yen keep their own minor units, and no file sum mixes them."""
    from toolkit.store.store import Store

    with Store(audited[1]) as store:
        records = store.records(["number", "amount_minor", "currency"])["ledger", "invoices"].to_pylist()
        intake, _ = store.intake()

    assert sorted((row["currency"], row["amount_minor"]) for row in records) == [
        ("EUR", 90_000),
        ("JPY", 120_000),
        ("USD", 100_000),
    ]
    assert [row["sum_minor"] for row in intake.to_pylist() if row["stream"] == "invoices"] == [None]


def test_without_any_match_nothing_is_claimed(audited: tuple[Called, Path]) -> None:
    """Two systems that share nobody give no duplicates and no links."""
    figures = {row["figure_id"]: row for row in json.loads(audited[0].out)["figures"]}

    assert figures["match.duplicate_count"]["value"] == 0
