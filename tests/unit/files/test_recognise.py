"""Which vendor's export a file is."""

import json
from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
import pytest

from toolkit.connector import Connector, ExportFormat, Field, Stream
from toolkit.discovery import discovered
from toolkit.files.raw import RawTable
from toolkit.files.recognise import known_headers, recognised
from toolkit.tables import QUARANTINE

CONNECTORS = [one for one in discovered("toolkit.connectors", "CONNECTOR").values() if isinstance(one, Connector)]
OURS = {"quickbooks_online": "quickbooks", "bamboohr": "hr"} | dict.fromkeys(
    ("chase", "bank_of_america", "barclays", "lloyds", "natwest", "nab", "revolut", "ofx"), "bank"
)
READ = {
    "hubspot": {"contacts", "companies", "deals", "tickets"},
    "salesforce": {"accounts", "contacts", "leads", "opportunities", "opportunities_report", "contacts_report"},
    "quickbooks_online": {
        "customer_contact_list", "vendor_contact_list", "customers_list", "invoice_list", "ar_ageing_detail", "account_list",
        "unpaid_bills",
    },
    "xero": {
        "contacts", "sales_invoices", "sales_invoices_import", "bills_import", "chart_of_accounts", "account_transactions",
    },
    "paypal": {"activity"},
    "stripe": {"payments", "customers"},
    "shopify": {"orders", "customers", "products"},
    "asana": {"project_tasks"},
    "zendesk": {"tickets", "users"},
    "bamboohr": {"employees"},
}  # fmt: skip


def table(headers: Sequence[str], preamble: tuple[tuple[str, ...], ...] = ()) -> RawTable:
    cells = {f"c{index}": pa.array([], pa.string()) for index in range(len(headers))}
    rows = pa.table({"line": pa.array([], pa.int64()), **cells})
    return RawTable("a.csv", "", tuple(headers), rows, QUARANTINE.empty(), 0, 1, preamble=preamble)


def test_every_known_format_is_its_vendors_and_no_other_is_claimed(shared_dir: Path) -> None:
    """Of all export formats on record, ours are recognised and the rest are left alone."""
    formats = json.loads((shared_dir / "export-headers.json").read_text(encoding="utf-8"))["formats"]
    for one in formats:
        expected = OURS.get(one["vendor"], one["vendor"])
        is_ours = one["entity"] in READ.get(one["vendor"], set()) or (expected == "bank" and bool(one["columns"]))
        found = recognised(table(one["columns"]), CONNECTORS)
        if is_ours:
            assert found.connector is not None
            assert (found.connector.name, found.is_recognised) == (expected, True), one["entity"]
        elif found.is_recognised:
            # Reports of QuickBooks that are lists of invoices or payments in another layout.
            assert one["vendor"] == "quickbooks_online", one["entity"]


def test_case_marks_and_order_of_headers_do_not_matter() -> None:
    """Templates mark required columns with an asterisk, views change the capitals."""
    found = recognised(
        table(["*contactname", "TAXNUMBER", "POAddressLine1*", "AccountNumber", "\ufeffEmailAddress"]), CONNECTORS
    )

    assert found.stream is not None
    assert (found.stream.name, found.is_recognised) == ("contacts", True)


@pytest.mark.parametrize("headers", [["Name", "Email"], ["Date", "Description", "Amount"], ["Id", "Name", "Status"], [""]])
def test_generic_names_identify_nothing(headers: list[str]) -> None:
    """A name and an address are in every list."""
    assert not recognised(table(headers), CONNECTORS).is_recognised


def test_a_near_miss_shows_its_score_and_its_runner_up() -> None:
    """A person can see how close the file came."""
    found = recognised(table(["id", "Delinquent", "Total Spend"]), CONNECTORS)

    assert (found.stream.name if found.stream else "", found.score, found.is_recognised) == ("customers", 0.75, False)
    assert 0 < found.runner_up_score < 0.75


def test_a_tie_is_reported_and_not_guessed() -> None:
    """Two vendors whose formats fit equally well: a person decides."""
    twins = [
        Connector(name, name, "crm", (Stream("people", "party", {"name": Field(("Who",))}, key=("Who",),
                                             formats=(ExportFormat("list", ("Who", "Where")),)),))
        for name in ("left", "right")
    ]  # fmt: skip

    found = recognised(table(["Who", "Where"]), twins)

    assert found.is_tie
    assert not found.is_recognised
    assert (found.score, found.runner_up) == (1.0, "right/people")


def test_a_report_title_decides_between_lists_with_the_same_columns() -> None:
    """Without a type column, "Open Invoices" above the table says what it is."""
    headers = ["Date", "Num", "Customer", "Due date", "Payment method", "Amount", "Open balance"]

    found = recognised(table(headers, preamble=(("Acme LLC",), ("Open Invoices",))), CONNECTORS)

    assert found.stream is not None
    assert (found.stream.name, found.is_recognised) == ("invoices", True)


def test_known_headers_are_for_finding_the_header_row() -> None:
    """They hold every connector's names, lower case."""
    assert {"record id", "invoiceamountdue", "lineitem quantity"} <= known_headers(CONNECTORS)
