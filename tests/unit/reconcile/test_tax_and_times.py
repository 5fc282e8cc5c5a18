"""Amounts that differ by a tax, delays of a single document, and streams that stand among others."""

from collections.abc import Callable
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from toolkit.landscape.handoffs import Handoff
from toolkit.match.documents import amounts
from toolkit.reconcile.accounts import accounts_in
from toolkit.reconcile.disagreements import Pairs, disagreements
from toolkit.reconcile.document_links import document_tables
from toolkit.reconcile.measures import handoff_measures
from toolkit.reconcile.sides import handoff_sides, stream_documents
from toolkit.tables import COUNTERPART

Build = Callable[..., pa.Table]
COPIED = Handoff("copied", "Orders invoiced", "shop", "orders", "order", "ledger", "invoices", "invoice", grace_days=30)


@pytest.mark.parametrize(
    ("entity", "tax", "tax_there", "kind"),
    [
        ("order", 1_900, None, "tax_missed"),
        ("order", 1_900, 0, "tax_missed"),
        ("order", 1_900, 1_899, "tax_missed"),
        ("order", 1_900, 1_900, None),
        ("deal", 1_900, 0, None),
    ],
)
def test_a_tax_that_an_order_has_is_expected_on_its_invoice(  # noqa: PLR0917 - one row of a table of values
    documents: Build, same: Build, entity: str, tax: int, tax_there: int | None, kind: str | None
) -> None:
    """The same tax on both is no error, a cent less is; a deal is agreed without tax, and says nothing of it."""
    order = {"record_key": "shop/orders/1", "amount_minor": 11_900, "tax_minor": tax, "issued_on": date(2026, 6, 1)}
    invoice = {
        "record_key": "ledger/invoices/1",
        "amount_minor": 10_000,
        "tax_minor": tax_there,
        "issued_on": date(2026, 6, 2),
    }
    streams = (
        stream_documents(documents(entity, order), "shop", "orders"),
        stream_documents(documents("invoice", invoice), "ledger", "invoices"),
    )
    left, right = handoff_sides(COPIED, *streams, accounts_in(same(), "account_id"), time_zone="UTC")
    pair = Pairs(np.array([0]), np.array([0]), np.array([amounts.TAX]), np.array([np.nan]), np.array([False]))

    found = disagreements(left, right, pair, entity_l=entity, entity_r="invoice")

    assert found.kind.to_pylist() == [kind]
    assert found.columns.to_pylist() == [["tax_minor"] if kind else None]


@pytest.mark.parametrize(("minutes", "unit", "value"), [(None, "days", 2.0), (90.0, "minutes", 90.0)])
def test_the_delay_of_a_single_document_is_in_minutes_where_its_times_are_known(
    minutes: float | None, unit: str, value: float
) -> None:
    """One is few, but all there are."""
    row = {"handoff_id": "copied", "key_l": "shop/orders/1", "status": "found", "is_error": False,
           "event_on": date(2026, 8, 3), "lag_days": 2.0, "lag_minutes": minutes}  # fmt: skip
    measured = handoff_measures(COPIED, COUNTERPART.from_rows([row]), as_of=date(2026, 10, 5)).to_pylist()

    [median] = [one for one in measured if one["measure"] == "lag_median"]

    assert (median["unit"], median["value"], median["n"]) == (unit, value, 1)


@pytest.mark.parametrize("between", [0, 1, 2, 3])
@pytest.mark.parametrize("own", [1, 2, 3])
def test_a_stream_is_its_own_documents_only(documents: Build, between: int, own: int) -> None:
    """However many of another stream stand between its first and its last."""
    keys = [f"shop/orders/{at}" for at in range(own)]
    others: list[dict[str, Any]] = [{"record_key": f"ledger/invoices/{at}"} for at in range(between)]
    table = documents("order", {"record_key": keys[0]}, *others, *({"record_key": key} for key in keys[1:]))

    assert stream_documents(table, "shop", "orders")["record_key"].to_pylist() == keys
    assert stream_documents(table, "ledger", "invoices").num_rows == between


@pytest.mark.parametrize("probability", [0.5, 0.501, 0.999])
def test_even_odds_may_be_asked_for(documents: Build, same: Build, probability: float) -> None:
    """From one half on, and short of certainty, a person may choose how likely a link has to be."""
    row = {"amount_minor": 10_000, "party_name": "Acme"}
    order = {**row, "record_key": "shop/orders/1", "issued_on": date(2026, 6, 1)}
    invoice = {**row, "record_key": "ledger/invoices/1", "issued_on": date(2026, 6, 2)}
    streams = (
        stream_documents(documents("order", order), "shop", "orders"),
        stream_documents(documents("invoice", invoice), "ledger", "invoices"),
    )
    left, right = handoff_sides(COPIED, *streams, accounts_in(same(), "account_id"), time_zone="UTC")

    found = document_tables("copied", left, right, min_probability=probability)

    assert found.pairs["match_probability"].to_pylist()
