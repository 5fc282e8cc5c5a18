"""The last months replayed as if the integration had been live: what would have arrived when, and what that is worth.

Only what the data shows is replayed: items that came late, wrong, twice or never. An integration carries what the source
holds, so what was wrong there stays wrong, and what nobody can tell is left out. Of all that is saved only the share counts
that needs no person (``automation_rate``); the rest goes on as before. What never arrived is counted and has no price here:
never invoiced is not lost.

Amounts of money are in the reporting currency, each input at its likely value.

Source: cost model, section 4, for the price of an hour, an error and a day.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from toolkit.roi.handoff_cost import delay_cost_per_item, error_cost, labour_cost
from toolkit.roi.periods import DAYS_PER_YEAR

Fate = Literal["found", "missing", "twice", "left_out"]
TOTAL = "total"


@dataclass(frozen=True, slots=True)
class ReplayedItem:
    """One item of a handoff as it went: ``lag_days`` until it arrived, ``amount`` in the reporting currency where known.

    ``is_prevented`` says of a wrong one whether an integration would have carried it right.
    """

    item: str
    event_on: date
    fate: Fate
    lag_days: float | None = None
    error_kind: str | None = None
    is_prevented: bool = False
    reason: str | None = None
    amount: float | None = None


@dataclass(frozen=True, slots=True)
class BacktestPrices:
    """What a handoff's replay is priced by; null is not known. Waiting for an invoice (``is_billing``) costs interest."""

    minutes_per_item: float | None = None
    exception_minutes: float | None = None
    loaded_rate_per_hour: float | None = None
    rework_minutes: float | None = None
    rework_rate_per_hour: float | None = None
    other_cost_per_error: float = 0.0
    cost_per_item_day: float | None = None
    annual_cost_of_capital: float | None = None
    automation_rate: float | None = None
    delay_days_after: float | None = None
    running_cost_per_month: float | None = None
    is_billing: bool = False

    def lacking(self) -> list[str]:
        """Return the inputs without which something has no price."""
        needed = ["minutes_per_item", "loaded_rate_per_hour", "rework_minutes", "automation_rate", "running_cost_per_month"]
        needed += ["annual_cost_of_capital"] if self.is_billing else []
        return [name for name in needed if getattr(self, name) is None]


def days_saved(one: ReplayedItem, delay_days_after: float | None) -> float | None:
    """Return how many days earlier an item would have arrived; null where that is not known, 0 where it came at once.

    Examples
    --------
    >>> days_saved(ReplayedItem("a", date(2026, 3, 2), "found", lag_days=4.0), 0.5)
    3.5
    """
    if one.fate != "found" or one.lag_days is None:
        return None
    return max(0.0, one.lag_days - (delay_days_after or 0.0))


def would_arrive_on(one: ReplayedItem, delay_days_after: float | None) -> date | None:
    """Return the day on which an item would have arrived; null for what an integration would not have carried."""
    if one.fate in {"twice", "left_out"}:
        return None
    return one.event_on + timedelta(days=math.ceil(delay_days_after or 0.0))


def backtest_months(
    handoff_id: str, items: Iterable[ReplayedItem], prices: BacktestPrices, months: Sequence[date]
) -> list[dict[str, Any]]:
    """Return rows of BACKTEST of one handoff, a row for each month.

    Parameters
    ----------
    handoff_id
        The handoff.
    items
        Its items; those of other months are left out.
    prices
        What they are priced by.
    months
        First days of whole months, in order.

    Examples
    --------
    >>> prices = BacktestPrices(15, 15, 30, 20, automation_rate=1.0, running_cost_per_month=20.0)
    >>> late = ReplayedItem("a", date(2026, 3, 2), "found", lag_days=4.0, error_kind="factor", is_prevented=True)
    >>> [row] = backtest_months("deals", [late], prices, [date(2026, 3, 1)])
    >>> row["labour_saved"], row["errors_saved"], row["net"]
    (7.5, 10.0, -2.5)
    """
    by_month: dict[date, list[ReplayedItem]] = defaultdict(list)
    for one in items:
        by_month[one.event_on.replace(day=1)].append(one)
    return [{"handoff_id": handoff_id, "month": month, **_month(by_month[month], prices)} for month in months]


def _month(items: Sequence[ReplayedItem], prices: BacktestPrices) -> dict[str, Any]:
    found = [one for one in items if one.fate == "found"]
    twice = sum(one.fate == "twice" for one in items)
    errors = sum(one.error_kind is not None and one.is_prevented for one in found)
    saved = [days for one in found if (days := days_saved(one, prices.delay_days_after)) is not None]
    hours = _hours(len(found), twice, prices)
    labour = None if hours is None or prices.loaded_rate_per_hour is None else hours * prices.loaded_rate_per_hour
    mending = _mending(errors + twice, prices)
    delay, not_priced = _delay(found, prices)
    parts = (labour, mending, delay, prices.running_cost_per_month)
    is_known = all(one is not None for one in parts)
    return {
        "items": sum(one.fate in {"found", "missing"} for one in items),
        "found": len(found),
        "missing": sum(one.fate == "missing" for one in items),
        "twice": twice,
        "errors": errors,
        "left_out": sum(one.fate == "left_out" for one in items),
        "days_saved": math.fsum(saved) if saved else None,
        "hours_saved": hours,
        "labour_saved": labour,
        "errors_saved": mending,
        "delay_saved": delay,
        "running_cost": prices.running_cost_per_month,
        "net": math.fsum(one or 0.0 for one in parts[:3]) - (parts[3] or 0.0) if is_known else None,
        "not_priced": not_priced,
        "lacking": prices.lacking(),
    }


def _hours(found: int, twice: int, prices: BacktestPrices) -> float | None:
    """Return the hours of entry that would not have been: what a person would still do is taken off."""
    if prices.minutes_per_item is None or prices.automation_rate is None:
        return None
    left = prices.exception_minutes if prices.exception_minutes is not None else prices.minutes_per_item
    each = prices.minutes_per_item - (1 - prices.automation_rate) * left
    once = labour_cost(found, each, 1.0).hours_per_month
    again = labour_cost(twice, prices.minutes_per_item * prices.automation_rate, 1.0).hours_per_month
    return float(once + again)


def _mending(errors: int, prices: BacktestPrices) -> float | None:
    if not errors:
        return 0.0
    rate = prices.rework_rate_per_hour if prices.rework_rate_per_hour is not None else prices.loaded_rate_per_hour
    if prices.rework_minutes is None or rate is None or prices.automation_rate is None:
        return None
    cost = error_cost(errors, prices.automation_rate, prices.rework_minutes, rate, prices.other_cost_per_error)
    return float(cost.error_cost_per_month)


def _delay(found: Sequence[ReplayedItem], prices: BacktestPrices) -> tuple[float | None, int]:
    """Return what waiting would not have cost, and how many items have no price: unknown is not free."""
    known = [(one, days) for one in found if (days := days_saved(one, prices.delay_days_after))]
    if not known:
        return 0.0, 0
    if prices.automation_rate is None:
        return None, len(known)
    total, not_priced = 0.0, 0
    if prices.is_billing:
        if prices.annual_cost_of_capital is None:
            return None, len(known)
        priced = [(one.amount, days) for one, days in known if one.amount is not None]
        not_priced = len(known) - len(priced)
        total += math.fsum(amount * days for amount, days in priced) * prices.annual_cost_of_capital / DAYS_PER_YEAR
    elif prices.cost_per_item_day is None:
        # Nobody named what a day costs: then waiting has no price, and the sum goes on without it.
        return 0.0, len(known)
    if prices.cost_per_item_day is not None:
        total += math.fsum(float(delay_cost_per_item(1.0, days, prices.cost_per_item_day)) for _, days in known)
    return total * prices.automation_rate, not_priced


_SUMMED = ("items", "found", "missing", "twice", "errors", "left_out", "not_priced")
_AMOUNTS = ("days_saved", "hours_saved", "labour_saved", "errors_saved", "delay_saved", "running_cost", "net")


def total_months(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return the sums of all handoffs by month, rows of BACKTEST; what is not priced is in none of the amounts.

    Parameters
    ----------
    rows
        Of BACKTEST, of single handoffs.
    """
    by_month: dict[date, list[Mapping[str, Any]]] = defaultdict(list)
    for row in rows:
        by_month[row["month"]].append(row)
    found = []
    for month, own in sorted(by_month.items()):
        priced = [row for row in own if row["net"] is not None]
        amounts = {name: math.fsum(row[name] or 0.0 for row in priced) if priced else None for name in _AMOUNTS}
        counts = {name: sum(row[name] for row in own) for name in _SUMMED}
        lacking = sorted({name for row in own for name in row["lacking"]})
        found.append({"handoff_id": TOTAL, "month": month, **counts, **amounts, "lacking": lacking})
    return found
