from dataclasses import replace
from datetime import date
from typing import Any

from tests.unit.report.sample_run import sample_run
from toolkit.report.quality_examples import quality_examples
from toolkit.tables import FINDING
from toolkit.values.written import written_for


def finding(check_id: str, key: str, column: str, value: str, reason: str) -> dict[str, Any]:
    """Return a row of FINDING."""
    return {"check_id": check_id, "record_key": key, "column": column, "value": value, "reason": reason}


def test_examples_show_records_in_a_clients_words() -> None:
    """The system has its label, amounts stay readable, and nobody reads of a party."""
    rows = [
        finding("a", "ledger/bills/B-2", "amount_minor", "11978.70 USD", "The same party has it in ledger/bills/B-1."),
        finding("b", "crm/contacts/7", "email", "dana miller@mail.example", "There is a blank in it."),
    ]
    run = replace(
        sample_run(tables={**sample_run().tables, "finding": FINDING.from_rows(rows)}), labels={"ledger": "QuickBooks"}
    )

    [example] = quality_examples(run)

    assert example.record == "QuickBooks bills"
    assert example.value == "11,978.70 USD"
    assert example.reason == "The same customer or supplier has it in QuickBooks bills."


def test_a_document_is_named_by_number_customer_amount_and_day() -> None:
    """What a client calls it; the one beside it by its number alone."""
    reason = "The same party has the same amount in ledger/bills/1f0c-77, on 2026-07-09, and nothing tells them apart."
    rows = [finding("a", "ledger/bills/1f0c-76", "amount_minor", "11978.70 USD", reason)]
    documents = {
        "ledger/bills/1f0c-76": {
            "number": "B-2", "party_name": "Acme Fit-Out LLC", "amount_minor": 1_197_870, "currency": "USD",
            "issued_on": date(2026, 7, 9),
        },
        "ledger/bills/1f0c-77": {"number": "B-1"},
    }  # fmt: skip
    tables = {**sample_run().tables, "finding": FINDING.from_rows(rows)}
    run = replace(
        sample_run(tables=tables, country="US"),
        labels={"ledger": "QuickBooks"},
        documents_of=lambda keys: {key: documents[key] for key in keys},
    )

    with written_for("US"):
        [example] = quality_examples(run)

    assert example.record == "QuickBooks bills: B-2, Acme Fit-Out LLC, $11,978.70, Jul 9, 2026"
    assert example.value == "$11,978.70"
    assert "has the same amount in QuickBooks bill B-1, on Jul 9, 2026, and nothing" in example.reason


def test_a_document_of_another_system_is_named_as_people_call_it() -> None:
    """An invoice that fits its order but for a digit: the order has its number, and no id of ours stands there."""
    reason = "Two digits seem swapped against shop/orders/#10315, which it refers to."
    rows = [finding("a", "ledger/invoices/9", "amount_minor", "495.00 USD", reason)]
    run = replace(
        sample_run(tables={**sample_run().tables, "finding": FINDING.from_rows(rows)}),
        labels={"shop": "Shopify"},
        documents_of=lambda keys: {key: {"number": "#10315"} for key in keys if key.startswith("shop/")},
    )

    [example] = quality_examples(run)

    assert example.reason == "Two digits seem swapped against Shopify order #10315, which it refers to."
