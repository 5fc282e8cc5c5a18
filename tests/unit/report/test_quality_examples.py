from dataclasses import replace
from typing import Any

from tests.unit.report.sample_run import sample_run
from toolkit.report.quality_examples import quality_examples
from toolkit.tables import FINDING


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

    assert example.record == "QuickBooks bills B-2"
    assert example.value == "11978.70 USD"
    assert example.reason == "The same customer or supplier has it in QuickBooks bills B-1."
