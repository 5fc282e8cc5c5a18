"""Which kinds of errors a handoff makes, and on which weekdays its items happen."""

from datetime import date, timedelta
from typing import Any

import pytest

from toolkit.reconcile.error_kinds import changed_later, error_kinds, is_date_swapped, weekdays
from toolkit.reconcile.outcome_words import SECOND_ENTRY

MONDAY = date(2026, 3, 2)
WINDOW = (MONDAY, date(2026, 3, 31))


def item(
    kind: str | None = None, *, status: str = "found", day: int = 0, lag: float | None = 1, **more: Any
) -> dict[str, Any]:
    given = {"key_l": "crm/deals/1", "basis": None, "event_on": MONDAY + timedelta(days=day), "lag_days": lag, **more}
    return {"status": status, "is_error": kind is not None, "error_kind": kind, **given}


def test_every_kind_is_counted_on_the_items_that_arrived() -> None:
    """Eight of ten items are wrong, each in its own way; what was entered twice is counted beside them."""
    found = ["amount", "factor", "transposed", "party", "fee", "tax_missed", "currency", "missing_field", None, None]
    items = [item(kind) for kind in found] + [item(status="extra", basis=SECOND_ENTRY), item(status="missing")]

    rows = {row["kind"]: row for row in error_kinds("h", items, window=WINDOW, grace_days=7)}

    assert {name: (row["x"], row["n"]) for name, row in rows.items()} == {
        "typing": (1, 10),
        "decimal": (1, 10),
        "transposition": (1, 10),
        "wrong_party": (1, 10),
        "tax_or_fee": (2, 10),
        "other": (2, 10),
        "date_swap": (0, 10),
        "duplicate_entry": (1, 11),
    }
    assert rows["typing"]["low"] < 0.1 < rows["typing"]["high"]


def test_items_of_other_months_are_not_counted() -> None:
    """Nor those of which no day is known; without items a share is unknown, not zero."""
    items = [item("amount", day=-40), item("amount", event_on=None)]

    rows = error_kinds("h", items, window=WINDOW, grace_days=7)

    assert {(row["x"], row["n"], row["share"], row["low"], row["high"]) for row in rows} == {(0, 0, None, 0, 1)}


def test_what_is_held_back_has_no_kinds_and_no_weekdays() -> None:
    """Without measured months there is nothing to count on."""
    assert error_kinds("h", [item("amount")], window=None, grace_days=7) == []
    assert weekdays("h", [item()], window=None) == []
    assert weekdays("h", [], window=WINDOW) == []


@pytest.mark.parametrize(
    ("source", "written", "is_swapped"),
    [
        (date(2026, 4, 3), date(2026, 3, 4), True),
        (date(2026, 4, 3), date(2026, 5, 4), True),
        (date(2026, 4, 3), date(2026, 4, 4), False),
        (date(2026, 4, 3), date(2026, 4, 30), False),
        (date(2026, 4, 3), date(2026, 6, 6), False),
        (date(2026, 4, 3), date(2026, 9, 10), False),
    ],
)
def test_a_swapped_date_fits_only_the_other_way_round(source: date, written: date, is_swapped: bool) -> None:  # noqa: FBT001
    """A late one is late; one whose day is above twelve, or equals its month, cannot be swapped."""
    assert is_date_swapped(source, (written - source).days, 7) is is_swapped


def test_weekdays_are_those_of_the_source() -> None:
    """Two on Monday, one on Friday; all seven days are told."""
    rows = weekdays("h", [item(), item(), item(day=4), item(status="extra", key_l=None)], window=WINDOW)

    assert [row["items"] for row in rows] == [2, 0, 0, 0, 1, 0, 0]
    assert sum(row["share"] for row in rows) == pytest.approx(1)


def test_changes_after_entry_need_two_snapshots() -> None:
    """With one it cannot be told; with two it is a share."""
    assert changed_later("h", None).get("x") is None
    assert "Cannot be told" in changed_later("h", None)["method"]
    assert changed_later("h", [True, False, False, False])["share"] == 0.25
