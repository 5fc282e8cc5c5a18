"""The measures of KPIs on the data of a run: the same definition for the days before going live and for those after.

Each answers with a reading and how it came about, or with why nothing can be told.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from toolkit.rates import MeasuredShare
from toolkit.reconcile.mean_intervals import mean_interval
from toolkit.scoping.kpi.readings import Reading, amount_reading, share_reading
from toolkit.scoping.kpi.windows import MeasuredDays
from toolkit.store import Run
from toolkit.values.counted import counted

Row = Mapping[str, Any]

_PAID = frozenset({"bill", "expense", "bank_line"})
_NO_TIMES = "No item of these days arrived, so nothing can be told."


@dataclass(frozen=True, slots=True)
class Told:
    """A reading, the cases it rests on, and how it was measured or why it was not."""

    reading: Reading | None
    method: str
    x: int | None = None
    n: int | None = None


@dataclass(frozen=True, slots=True)
class MeasuredData:
    """What KPIs are measured on: the items of each handoff, invoices, what was paid, and who entered what."""

    items: Mapping[str, Sequence[Row]]
    labels: Mapping[str, str]
    held_back: Mapping[str, Collection[str]]
    minutes: Mapping[str, float]
    fixed_minutes: Mapping[str, float]
    invoices: Sequence[tuple[str, date]]
    corrected: Collection[str]
    duplicates: Sequence[Row]
    paid_on: Sequence[date]
    entered_by: Mapping[str, str | None]
    made: Collection[str]
    written_by: Collection[str]

    def begins_on(self) -> date | None:
        """Return the first day of which anything is told."""
        days = [row["event_on"] for own in self.items.values() for row in own if row["event_on"] is not None]
        return min([*days, *(on for _, on in self.invoices), *self.paid_on], default=None)


def measured_data(run: Run, documents: Iterable[Row], *, made: Collection[str], written_by: Collection[str]) -> MeasuredData:
    """Return what KPIs are measured on.

    Parameters
    ----------
    run
        With HANDOFF, COUNTERPART, HANDOFF_JUDGEMENT, COST_INPUT, CORRECTION and DUPLICATE_PAYMENT.
    documents
        With ``record_key, entity, created_by`` and ``day``.
    made
        Records that jobs of ours have made.
    written_by
        Names under which an integration writes.
    """
    items: dict[str, list[Row]] = defaultdict(list)
    names = ["handoff_id", "key_l", "key_r", "status", "event_on", "lag_days", "is_error"]
    for row in run.table("counterpart").select(names).to_pylist():
        if row["key_l"] is not None:
            items[row["handoff_id"]].append(row)
    # What disagrees with what it was written from has to be corrected, whether or not somebody has seen it.
    wrong = {row["key_r"] for own in items.values() for row in own if row["is_error"] and row["key_r"]}
    costs = {(row["handoff_id"], row["name"]): row["value"] for row in run.table("cost_input").to_pylist()}
    held: dict[str, set[str]] = defaultdict(set)
    for row in run.table("handoff_judgement").to_pylist():
        held[row["handoff_id"]] |= {*row["held_back"]}
    rows = list(documents)
    labels = {row["handoff_id"]: row["label"] for row in run.table("handoff").to_pylist()}
    return MeasuredData(
        items={name: items[name] for name in labels},
        labels=labels,
        held_back=held,
        minutes={one: value for (one, name), value in costs.items() if name == "minutes_per_item"},
        fixed_minutes={one: value for (one, name), value in costs.items() if name == "fixed_minutes_per_month"},
        invoices=[(row["record_key"], row["day"]) for row in rows if row["entity"] == "invoice" and row["day"]],
        corrected={*run.table("correction")["record_key"].to_pylist(), *wrong},
        duplicates=run.table("duplicate_payment").to_pylist(),
        paid_on=[row["day"] for row in rows if row["entity"] in _PAID and row["day"]],
        entered_by={row["record_key"]: row["created_by"] for row in rows},
        made=made,
        written_by=written_by,
    )


def manual_hours(data: MeasuredData, days: MeasuredDays, *, is_after: bool) -> Told:
    """Return the hours a week of entry by hand: items entered by people times minutes each, and what batches take.

    Parameters
    ----------
    data
        What is measured on.
    days
        Which days.
    is_after
        Whether they lie after going live, so that an integration may have entered what arrived.
    """
    known = [name for name in data.labels if name in data.minutes and "volume" not in data.held_back.get(name, ())]
    if not known:
        return Told(None, "Nobody said how many minutes an item takes: handoffs.NAME.minutes_per_item.")
    total, count = 0.0, 0
    for name in known:
        entered = by_hand(data, name, days, is_after=is_after)
        if entered is None:
            return Told(None, _nobody_knows(data, name))
        fixed = data.fixed_minutes.get(name, 0.0) if entered else 0.0
        total += entered * data.minutes[name] + fixed * days.days / (365 / 12)
        count += entered
    left = len(data.labels) - len(known)
    rest = f" {counted(left, 'handoff')} of which minutes or items are not known left out." if left else ""
    method = f"{counted(count, 'item')} entered by people in {days.days} days, each with its likely minutes.{rest}"
    return Told(amount_reading(days.per_week(total) / 60, on=days.last_on), method, n=count)


def by_hand(data: MeasuredData, handoff_id: str, days: MeasuredDays, *, is_after: bool) -> int | None:
    """Return how many items of a handoff people entered; null where, after going live, nobody can say who entered them.

    Parameters
    ----------
    data
        What is measured on.
    handoff_id
        The handoff.
    days
        Which days.
    is_after
        Whether they lie after going live, so that an integration may have entered what arrived.
    """
    found = [row["key_r"] for row in data.items[handoff_id] if row["status"] == "found" and days.holds(row["event_on"])]
    people = [key for key in found if key not in data.made]
    if not is_after:
        return len(people)
    if people and (not data.written_by or any(data.entered_by.get(key) is None for key in people)):
        return None
    return sum(data.entered_by.get(key) not in data.written_by for key in people)


def _nobody_knows(data: MeasuredData, handoff_id: str) -> str:
    if not data.written_by:
        return "Nobody said under which name the integration writes, so its entries look like people's: kpis.written_by."
    return f"The target of {data.labels[handoff_id]!r} does not say who entered its records, so a reading has to be given."


def invoice_errors(data: MeasuredData, days: MeasuredDays, *, is_after: bool) -> Told:  # noqa: ARG001 - one form for all
    """Return the share of invoices that need a correction: credited, voided, changed, or unlike their source.

    Parameters
    ----------
    data
        What is measured on.
    days
        Which days.
    is_after
        Whether they lie after going live, so that an integration may have entered what arrived.
    """
    issued = [key for key, on in data.invoices if days.holds(on)]
    wrong = sum(key in data.corrected for key in issued)
    method = (
        "Invoices of these days that were credited, voided, changed between two snapshots, or disagree with what they were "
        "written from, each once; Wilson 95 %."
    )
    if not issued:
        return Told(None, "No invoice was issued in these days, so nothing can be told.")
    return Told(share_reading(MeasuredShare(wrong, len(issued)), on=days.last_on), method, wrong, len(issued))


def duplicate_incidents(data: MeasuredData, days: MeasuredDays, *, is_after: bool) -> Told:  # noqa: ARG001
    """Return the payments that may have been made twice, a quarter.

    Parameters
    ----------
    data
        What is measured on.
    days
        Which days.
    is_after
        Whether they lie after going live, so that an integration may have entered what arrived.
    """
    if not any(days.holds(on) for on in data.paid_on):
        return Told(None, "No bill or payment of these days was read, so nothing can be told.")
    incidents = len({row["incident"] for row in data.duplicates if days.holds(row["second_on"])})
    method = (
        f"{counted(incidents, 'candidate')} in {days.days} days, as one of a quarter; each is to be looked at by a person."
    )
    return Told(amount_reading(days.per_quarter(incidents), on=days.last_on), method, incidents)


def handoff_measure(handoff_id: str, measure: str) -> Callable[..., Told]:
    """Return the definition of a KPI of one's own: a measure of one handoff.

    Parameters
    ----------
    handoff_id
        The handoff.
    measure
        ``error_share``, ``missing_share``, ``delay_days`` or ``entered_by_hand``.
    """

    def told(data: MeasuredData, days: MeasuredDays, *, is_after: bool) -> Told:
        inside = [row for row in data.items[handoff_id] if days.holds(row["event_on"])]
        found = [row for row in inside if row["status"] == "found"]
        if _HELD_BACK.get(measure) in data.held_back.get(handoff_id, ()):
            return Told(None, f"The comparison of {data.labels[handoff_id]!r} is held back, so nothing can be told.")
        if measure == "entered_by_hand":
            return _entered(data, handoff_id, days, is_after=is_after)
        if measure == "delay_days":
            return _delay(found, days)
        x = sum(bool(row["is_error"]) for row in found)
        n = len(found)
        if measure == "missing_share":
            x = sum(row["status"] == "missing" for row in inside)
            n = len(found) + x
        if not n:
            return Told(None, _NO_TIMES)
        words = "Items that never arrived" if measure == "missing_share" else "Items that arrived wrong"
        return Told(
            share_reading(MeasuredShare(x, n), on=days.last_on), f"{words}, of those of these days; Wilson 95 %.", x, n
        )

    return told


_HELD_BACK = {"error_share": "error", "missing_share": "missing", "delay_days": "lag", "entered_by_hand": "volume"}


def _entered(data: MeasuredData, handoff_id: str, days: MeasuredDays, *, is_after: bool) -> Told:
    count = by_hand(data, handoff_id, days, is_after=is_after)
    if count is None:
        return Told(None, _nobody_knows(data, handoff_id))
    method = f"{counted(count, 'item')} entered by people in {days.days} days, as one of a month."
    return Told(amount_reading(days.per_month(count), on=days.last_on), method, count)


def _delay(found: Sequence[Row], days: MeasuredDays) -> Told:
    known = [(row["lag_days"], row["event_on"]) for row in found if row["lag_days"] is not None and row["lag_days"] >= 0]
    if not known:
        return Told(None, _NO_TIMES)
    values = np.array([lag for lag, _ in known], dtype=np.float64)
    entered = np.array([(on - date(1970, 1, 1)).days + round(lag) for lag, on in known], dtype=np.int64)
    low, high = mean_interval(values, entered)
    mean = float(values.mean())
    reading = amount_reading(mean, low=max(low or 0.0, 0.0) if low is not None else 0.0, high=high or mean, on=days.last_on)
    return Told(reading, "Mean of the days until an item arrived; 95 %.", n=len(known))
