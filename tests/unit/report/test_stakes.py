"""What hangs on a customer in money, to sort the work by."""

from typing import Any

from tests.unit.report.sample_run import sample_run, sample_tables
from toolkit.report.stakes import party_stakes
from toolkit.tables import COUNTERPART, CROSSWALK, REFERENCE


def stakes(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the stakes of a run with these items, whose documents all name the customer behind ``g-1``."""
    rows = [{"handoff_id": "billed", "status": "found", "is_error": False, "currency": "USD", **row} for row in items]
    keys = sorted({row[side] for row in items for side in ("key_l", "key_r") if row.get(side)})
    named = {"column": "party_key", "found_key": "crm/companies/1", "found_by": "id", "written": "1"}
    references = [
        {**named, "record_key": key, **dict(zip(("system", "stream"), key.split("/"), strict=False))} for key in keys
    ]
    walked = {"record_key": "crm/companies/1", "golden_id": "g-1", "account_id": "g-1", "system": "crm"}
    walked |= {"stream": "companies", "record_id": "1", "match_probability": 1.0, "decided_by": "alone"}
    tables = {
        **sample_tables(),
        "counterpart": COUNTERPART.from_rows(rows),
        "reference": REFERENCE.from_rows(references),
        "crosswalk": CROSSWALK.from_rows([walked]),
    }
    return party_stakes(sample_run(tables=tables)).to_pylist()


def test_an_order_its_invoice_and_its_payment_count_once() -> None:
    """The lists of two systems are not added to each other: the larger sum of one list is what hangs on the customer."""
    items = [
        {"key_l": "crm/deals/1", "key_r": "ledger/invoices/1", "amount_l_minor": 100_00, "amount_r_minor": 119_00},
        {"key_l": "crm/deals/2", "key_r": "ledger/invoices/2", "amount_l_minor": 50_00, "amount_r_minor": 59_50},
    ]

    assert stakes(items) == [{"account_id": "g-1", "amount_minor": 178_50, "currency": "USD"}]


def test_a_document_of_two_handoffs_counts_once() -> None:
    """A deal becomes a project and an invoice, and is one deal."""
    item = {"key_l": "crm/deals/1", "amount_l_minor": 100_00}

    assert stakes([item, {**item, "handoff_id": "planned"}])[0]["amount_minor"] == 100_00


def test_currencies_are_never_added() -> None:
    """The larger sum of one currency stands for the customer."""
    items = [
        {"key_l": "crm/deals/1", "amount_l_minor": 100_00},
        {"key_l": "crm/deals/2", "amount_l_minor": 300_00, "currency": "EUR"},
    ]

    assert stakes(items) == [{"account_id": "g-1", "amount_minor": 300_00, "currency": "EUR"}]


def test_without_amounts_nothing_hangs_on_anybody() -> None:
    """Documents without an amount, or of nobody, sort nothing."""
    assert stakes([{"key_l": "crm/deals/1"}]) == []
