"""On which terms a customer's documents are due: as they always were, or as those of everybody are."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import pyarrow as pa
import pytest

from toolkit.plan.usual_terms import usual_terms
from toolkit.tables import DOCUMENT


def documents(days: Mapping[str, Sequence[int]]) -> pa.Table:
    """Return invoices of customers, each due so many days after it was issued."""
    issued = date(2026, 3, 1)
    return DOCUMENT.from_rows(
        {
            "record_key": f"ledger/invoices/{customer}{place}", "system": "ledger", "stream": "invoices",
            "record_id": f"{customer}{place}", "entity": "invoice", "state": "active", "party_key": f"ledger/c/{customer}",
            "issued_on": issued, "due_on": issued + timedelta(days=one),
        }
        for customer, given in days.items()
        for place, one in enumerate(given)
    )  # fmt: skip


@pytest.mark.parametrize(
    ("days", "of_a", "of_nobody"),
    [
        ({"a": [30, 30], "b": [30]}, 30, 30),
        ({"a": [0, 0], "b": [0]}, 0, 0),
        ({"a": [0], "b": [14]}, 0, None),
        ({"a": [14, 30], "b": [30]}, None, None),
        ({"a": [-1], "b": [-1]}, None, None),
    ],
)
def test_terms_are_those_that_always_were(
    days: Mapping[str, Sequence[int]], of_a: int | None, of_nobody: int | None
) -> None:
    """Due at once is a term too; due before it was issued is a slip, and no term."""
    found = usual_terms(documents(days))

    assert found.of("ledger/c/a") == of_a
    assert found.of(None) == of_nobody
