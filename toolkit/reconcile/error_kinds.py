"""Which kinds of errors a handoff makes, and on which weekdays its items happen.

Counted on the same whole months as its share of errors, so that the kinds of wrong items add up to it. A date is taken to be
swapped where day and month in the other order lie inside the usual wait, and as they stand they do not.

Source: cost model, section 3 (shares with Wilson limits).
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from toolkit.rates import wilson_interval
from toolkit.reconcile.outcome_words import SECOND_ENTRY

Row = Mapping[str, Any]

KINDS: Mapping[str, tuple[str, frozenset[str]]] = {
    "typing": ("a wrong amount", frozenset({"amount"})),
    "decimal": ("the decimal sign, or a zero too many", frozenset({"factor"})),
    "transposition": ("two digits that changed places", frozenset({"transposed"})),
    "wrong_party": ("the wrong customer or supplier", frozenset({"party"})),
    "tax_or_fee": ("tax or a fee left out", frozenset({"tax_missed", "fee"})),
    "other": ("another field", frozenset({"field", "currency", "missing_field"})),
}
"""Kinds of errors by what the comparison called them, each with its words."""
_SWAPPED, _TWICE = ("date_swap", "day and month that changed places"), ("duplicate_entry", "entered a second time")


def error_kinds(
    handoff_id: str, items: Iterable[Row], *, window: tuple[date, date] | None, grace_days: int
) -> list[dict[str, Any]]:
    """Return rows of HANDOFF_ERROR, every kind with its share; without a window nothing can be told, and there are none.

    Parameters
    ----------
    handoff_id
        The handoff.
    items
        Its rows of COUNTERPART.
    window
        First and last day of the months that are measured.
    grace_days
        How long an item usually takes at most.
    """
    if window is None:
        return []
    inside = [one for one in items if one["event_on"] is not None and window[0] <= one["event_on"] <= window[1]]
    found = [one for one in inside if one["status"] == "found"]
    wrong = Counter(one["error_kind"] for one in found if one["is_error"])
    rows = [_row(kind, words, sum(wrong[one] for one in names), len(found)) for kind, (words, names) in KINDS.items()]
    dated = [one for one in found if one["lag_days"] is not None]
    rows.append(
        _row(*_SWAPPED, sum(is_date_swapped(one["event_on"], one["lag_days"], grace_days) for one in dated), len(dated))
    )
    twice = sum(one["status"] == "extra" and one["basis"] == SECOND_ENTRY for one in inside)
    rows.append(_row(*_TWICE, twice, len(found) + twice))
    words = f"Counted on the items of {window[0]} to {window[1]}; Wilson 95 %."
    return [{"handoff_id": handoff_id, "first_on": window[0], "last_on": window[1], "method": words, **row} for row in rows]


def is_date_swapped(event_on: date, lag_days: float, grace_days: int) -> bool:
    """Return whether the target's date fits only with day and month in the other order.

    Parameters
    ----------
    event_on
        Day in the source.
    lag_days
        The target's date less that, in days.
    grace_days
        How long an item usually takes at most.

    Examples
    --------
    >>> is_date_swapped(date(2026, 4, 3), -30, 7), is_date_swapped(date(2026, 4, 3), 2, 7)
    (True, False)
    """
    if 0 <= lag_days <= grace_days:
        return False
    written = event_on + timedelta(days=round(lag_days))
    if written.day > 12 or written.day == written.month:
        return False
    return 0 <= (date(written.year, written.day, written.month) - event_on).days <= grace_days


def changed_later(handoff_id: str, changed: Sequence[bool] | None) -> dict[str, Any]:
    """Return the row of HANDOFF_ERROR on targets that somebody changed after they were entered: rework that leaves a trace.

    Parameters
    ----------
    handoff_id
        The handoff.
    changed
        Of each target that stands in two snapshots or more, whether its amount, party, number or date changed; null where
        there is one snapshot only.
    """
    seen, label = changed or [], "changed after it was entered"
    told = _row("changed_later", label, sum(seen), len(seen)) if seen else {"kind": "changed_later", "label": label, "n": 0}
    words = (
        "Counted on documents that stand in two snapshots or more: amount, party, number or date changed; Wilson 95 %."
        if seen
        else "Cannot be told: it takes two snapshots of the list that hold the same document."
    )
    return {"handoff_id": handoff_id, "method": words, **told}


def weekdays(handoff_id: str, items: Iterable[Row], *, window: tuple[date, date] | None) -> list[dict[str, Any]]:
    """Return rows of HANDOFF_WEEKDAY: how the source's items spread over the week; without items there are none.

    Parameters
    ----------
    handoff_id
        The handoff.
    items
        Its rows of COUNTERPART.
    window
        First and last day of the months that are measured.
    """
    if window is None:
        return []
    own = [one for one in items if one["key_l"] is not None and one["event_on"] is not None]
    counts = Counter(one["event_on"].isoweekday() for one in own if window[0] <= one["event_on"] <= window[1])
    total = counts.total()
    return [
        {"handoff_id": handoff_id, "weekday": day, "items": counts[day], "share": counts[day] / total}
        for day in range(1, 8)
        if total
    ]


def _row(kind: str, label: str, x: int, n: int) -> dict[str, Any]:
    low, high = wilson_interval(x, n)
    return {"kind": kind, "label": label, "x": x, "n": n, "share": x / n if n else None, "low": low, "high": high}
