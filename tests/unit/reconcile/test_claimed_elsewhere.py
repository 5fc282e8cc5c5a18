"""An invoice that quotes an order is no counterpart of a service call that merely has the same customer."""

from typing import Any

import pytest

from toolkit.reconcile.claimed_elsewhere import without_claimed
from toolkit.tables import DOCUMENT_LINK

Rows = list[dict[str, Any]]


def _links(handoff: str, count: int, *, first: int, basis: str = "number, party, date", relation: str = "equal") -> Rows:
    """Return links of so many documents to the invoices from ``first`` on."""
    return [
        {
            "handoff_id": handoff, "key_l": f"{handoff}/{first + at}",
            "key_r": f"books/invoices/{first + at}", "kind": "one",
            "basis": basis, "match_probability": 0.95, "amount_relation": relation,
        }
        for at in range(count)
    ]  # fmt: skip


def _weak(count: int, *, first: int = 1000, **more: str) -> Rows:
    return _links("calls", count, first=first, **{"basis": "party, date", "relation": "unknown", **more})


def _taken(*rows: Rows) -> int:
    """Return how many links of calls were taken away; what was is contested, and its source is free."""
    links = DOCUMENT_LINK.from_rows([row for part in rows for row in part])
    found = without_claimed(links).to_pylist()
    gone = [row for row in found if row["kind"] == "contested"]
    assert len(found) == links.num_rows
    assert all(row["key_l"] is None and row["basis"] is None and row["handoff_id"] == "calls" for row in gone)
    return len(gone)


ORDERS = _links("orders", 100, first=1000)
CALLS = _links("calls", 100, first=5000)


def test_an_invoice_that_quotes_an_order_belongs_to_no_call() -> None:
    """Ten calls that were never invoiced had been given invoices of orders."""
    assert _taken(ORDERS, CALLS, _weak(10)) == 10


@pytest.mark.parametrize(
    "more", [{"relation": "equal"}, {"relation": "tax"}, {"relation": "transposed"}, {"basis": "number"}]
)
def test_an_equal_amount_or_a_number_is_stronger(more: dict[str, str]) -> None:
    """Such an invoice may well be of both: nothing is taken."""
    assert _taken(ORDERS, CALLS, _weak(10, **more)) == 0


@pytest.mark.parametrize(("quoted", "taken"), [(19, 0), (20, 4), (21, 4)])
def test_both_must_be_quoted_often(quoted: int, taken: int) -> None:
    """Below twenty quoted numbers of either list it is not known that it quotes at all."""
    orders, calls = _links("orders", quoted, first=1000), _links("calls", quoted, first=5000)

    assert _taken(orders, CALLS, _weak(4)) == taken
    assert _taken(ORDERS, calls, _weak(4)) == taken


@pytest.mark.parametrize(("both", "taken"), [(1, 4), (2, 4), (3, 0)])
def test_invoices_that_quote_both_show_that_one_leads_to_the_other(both: int, taken: int) -> None:
    """Two of a hundred invoices may quote an order and a call by chance, three are a habit."""
    calls = _links("calls", both, first=1050) + _links("calls", 100 - both, first=5000)

    assert _taken(ORDERS, calls, _weak(4)) == taken


@pytest.mark.parametrize(("count", "taken"), [(24, 24), (25, 25), (26, 0)])
def test_many_such_links_show_a_chain(count: int, taken: int) -> None:
    """A fifth of all links may be strangers' at most: where more meet, calls become orders before they are invoiced."""
    assert _taken(ORDERS, CALLS, _weak(count)) == taken
