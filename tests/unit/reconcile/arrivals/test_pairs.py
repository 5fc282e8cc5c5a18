"""Items side by side, from counterparts and the records of both lists."""

from datetime import UTC, date, datetime
from typing import Any

import numpy as np

from toolkit.landscape.handoffs import Handoff
from toolkit.reconcile.arrivals.pairs import arrivals_of
from toolkit.tables import COUNTERPART, DOCUMENT

FLOW = Handoff("paid", "Payments", "shop", "orders", "order", "books", "payments", "payment", grace_days=10)


def document(system: str, stream: str, number: str, day: int, hour: int, **values: Any) -> dict[str, Any]:
    return {
        "record_key": f"{system}/{stream}/{number}", "system": system, "stream": stream, "record_id": number,
        "entity": "order" if system == "shop" else "payment", "state": "active", "number": number,
        "created_at": datetime(2026, 3, day, hour, tzinfo=UTC), **values,
    }  # fmt: skip


ORDERS = DOCUMENT.from_rows(document("shop", "orders", f"O{day}", day, 12) for day in (2, 3, 4))
PAYMENTS = DOCUMENT.from_rows(document("books", "payments", f"P{day}", day, 23, created_by="API") for day in (2, 3))


def counterpart(number: int, status: str) -> dict[str, Any]:
    return {
        "handoff_id": "paid", "key_l": f"shop/orders/O{number}", "status": status, "event_on": date(2026, 3, number),
        "key_r": f"books/payments/P{number}" if status == "found" else None, "is_error": False,
    }  # fmt: skip


def test_moments_are_told_in_the_clients_zone() -> None:
    """23 o'clock in UTC is the next day in Berlin."""
    rows = COUNTERPART.from_rows([counterpart(2, "found"), counterpart(3, "found")])

    found = arrivals_of(FLOW, rows, ORDERS, PAYMENTS, time_zone="Europe/Berlin")

    assert np.diff(found.entered.day).tolist() == [1]
    assert (found.entered.day - found.began.day).tolist() == [1, 1]
    assert (found.entered.minute % 1440).tolist() == [0.0, 0.0]
    assert found.target["created_by"].to_pylist() == ["API", "API"]


def test_what_began_after_the_targets_last_record_is_not_due() -> None:
    """Nothing is known of it; what is waiting is not due either."""
    rows = COUNTERPART.from_rows([counterpart(2, "found"), counterpart(3, "missing"), counterpart(4, "unknown")])

    assert arrivals_of(FLOW, rows, ORDERS, PAYMENTS, time_zone="UTC").due_count == 2
    waiting = COUNTERPART.from_rows([counterpart(2, "found"), counterpart(3, "waiting")])
    assert arrivals_of(FLOW, waiting, ORDERS, PAYMENTS, time_zone="UTC").due_count == 1


def test_a_target_without_counterparts_is_no_error() -> None:
    """An empty list gives an empty comparison."""
    found = arrivals_of(FLOW, COUNTERPART.empty(), ORDERS, PAYMENTS.slice(0, 0), time_zone="UTC")

    assert (len(found), found.due_count) == (0, 0)
