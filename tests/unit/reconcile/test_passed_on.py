"""A wrong amount that is copied is one error, and no usual amount."""

from typing import Any

import pyarrow as pa

from tests.unit.reconcile.test_decided_items import AS_OF
from toolkit.landscape.handoffs import Handoff
from toolkit.reconcile.measures import handoff_measures
from toolkit.reconcile.passed_on import upstream_first, with_passed_on, wrong_documents
from toolkit.tables import COUNTERPART

PLANNED = Handoff("planned", "Deals planned", "crm", "deals", "deal", "work", "jobs", "project")
BILLED = Handoff("billed", "Jobs invoiced", "work", "jobs", "project", "books", "invoices", "invoice")
PAID = Handoff("paid", "Invoices paid", "books", "invoices", "invoice", "bank", "lines", "bank_line")
FOUND = {"status": "found", "is_error": False, "currency": "USD"}
WRONG = {
    **FOUND, "handoff_id": "planned", "key_l": "crm/deals/1", "key_r": "work/jobs/1", "is_error": True,
    "error_kind": "factor", "error_columns": ["amount_minor"], "amount_l_minor": 5_000_00, "amount_r_minor": 500_000_00,
}  # fmt: skip


def billed(count: int = 4) -> pa.Table:
    """Return invoices of 100 each, but the first, which repeats the job's hundredfold amount."""
    rows: list[dict[str, Any]] = []
    for number in range(1, count + 1):
        minor = 500_000_00 if number == 1 else 100_00
        keys = {"key_l": f"work/jobs/{number}", "key_r": f"books/invoices/{number}"}
        amounts = {"amount_l_minor": minor, "amount_r_minor": minor, "event_on": AS_OF.replace(month=2, day=9)}
        rows.append({**FOUND, "handoff_id": "billed", **keys, **amounts})
    return COUNTERPART.from_rows(rows)


def test_a_copied_amount_is_followed_to_the_end() -> None:
    """The invoice of a wrong job, and its payment, bear the same wrong amount; no other does."""
    wrong = wrong_documents(with_passed_on(COUNTERPART.from_rows([WRONG]), pa.array([], pa.string())))
    invoiced = with_passed_on(billed(), wrong)
    line = {"handoff_id": "paid", "key_l": "books/invoices/1", "key_r": "bank/lines/7", "more_keys_r": ["bank/lines/8"]}
    paid = with_passed_on(COUNTERPART.from_rows([{**FOUND, **line}]), wrong_documents(invoiced))

    assert wrong.to_pylist() == ["work/jobs/1"]
    assert invoiced["is_passed_on"].to_pylist() == [True, False, False, False]
    assert wrong_documents(paid).to_pylist() == ["bank/lines/7", "bank/lines/8"]


def test_the_mean_invoice_is_of_usual_amounts() -> None:
    """One invoice of 500,000 that nobody meant among three of 100: the mean is 100, and it is said that one was left out."""
    table = with_passed_on(billed(), pa.array(["work/jobs/1"]))

    [mean] = [
        row for row in handoff_measures(BILLED, table, as_of=AS_OF).to_pylist() if row["measure"] == "avg_invoice_value"
    ]

    assert (mean["value"], mean["n"]) == (100.0, 3)
    assert mean["method"].endswith("Left out: 1 that repeat a wrong amount of their source.")


def test_handoffs_in_a_circle_come_in_some_order() -> None:
    """Two systems that feed each other are measured once each."""
    back = Handoff("back", "Invoices to deals", "books", "invoices", "invoice", "crm", "deals", "deal")

    assert [one.handoff_id for one in upstream_first([PAID, BILLED, PLANNED])] == ["planned", "billed", "paid"]
    assert {one.handoff_id for one in upstream_first([PAID, back, BILLED, PLANNED])} == {"planned", "billed", "paid", "back"}
