"""What a change of the scope costs: one-time cost, running cost, date and worth, before and after, from the same model.

The set of flows is what was agreed on: no optimiser drops one of it because it loses money. Sums are of medians, as in the
roadmap; shared costs are paid once. A flow of which something is not known leaves the sum unknown: it is named, never
counted as 0.
"""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from toolkit.errors import UnknownNameError
from toolkit.scoping.needs import all_needed_by, needed_by
from toolkit.scoping.portfolio import Rules
from toolkit.scoping.roadmap import Limits
from toolkit.scoping.schedule import Work, duration_months, schedule
from toolkit.scoping.sequence import Task, best_sequence


@dataclass(frozen=True, slots=True)
class FlowCase:
    """What one flow costs, brings and takes; null where inputs are missing, which ``lacking`` names."""

    handoff_id: str
    cost: float | None
    running_per_month: float | None
    npv: float | None
    saving_per_month: float | None
    build_days: float | None
    parallel_weeks: float | None
    lacking: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ScopeSum:
    """What a set of flows comes to; null where it is not known, ``unknown`` says because of which flows."""

    flows: tuple[str, ...]
    cost: float | None
    running_per_month: float | None
    saving_per_month: float | None
    npv: float | None
    person_days: float | None
    weeks: float | None
    live_on: date | None
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Effect:
    """One quantity before and after a change, and the difference; null where one of both is not known."""

    name: str
    unit: str
    before: float | date | None
    after: float | date | None
    difference: float | None


def scope_sum(flows: Collection[str], cases: Mapping[str, FlowCase], limits: Limits, rules: Rules) -> ScopeSum:
    """Return what a set of flows comes to.

    Parameters
    ----------
    flows
        What is in scope.
    cases
        The business case of each flow there is.
    limits
        First day and days of a quarter.
    rules
        What binds flows together: needs and shared costs.

    Raises
    ------
    UnknownNameError
        There is no such flow.
    InputError
        Flows need each other in a circle.
    """
    for name in flows:
        if name not in cases:
            raise UnknownNameError("handoff", name, cases)
    chosen = sorted(flows)
    shared = [one.cost for one in rules.shared_costs if {*one.users} & {*chosen}]
    own = [cases[name] for name in chosen]
    costs, worths = [one.cost for one in own], [one.npv for one in own]
    days, weeks = [one.build_days for one in own], [one.parallel_weeks for one in own]
    savings = [one.saving_per_month for one in own]
    end, live = _end(own, limits, rules) if None not in (*days, *weeks, *savings) else (None, None)
    needed = ("cost", "running_per_month", "npv", "saving_per_month", "build_days", "parallel_weeks")
    return ScopeSum(
        tuple(chosen),
        _sum(costs, shared),
        _sum([one.running_per_month for one in own]),
        _sum(savings),
        _sum(worths, [-one for one in shared]),
        _sum(days),
        end,
        live,
        tuple(one.handoff_id for one in own if any(getattr(one, name) is None for name in needed)),
    )


def _sum(values: Sequence[float | None], more: Sequence[float] = ()) -> float | None:
    known = [one for one in values if one is not None and math.isfinite(one)]
    return math.fsum([*known, *more]) if len(known) == len(values) else None


def _end(flows: Sequence[FlowCase], limits: Limits, rules: Rules) -> tuple[float | None, date | None]:
    """Return in how many weeks, and when, the last flow is live."""
    names = [one.handoff_id for one in flows]
    needs = [(one, other) for one, other in rules.needs if one in names and other in names]
    works = {one.handoff_id: Work(one.handoff_id, one.build_days or 0.0, one.parallel_weeks or 0.0) for one in flows}
    tasks = [
        Task(
            one.handoff_id,
            duration_months(works[one.handoff_id], days_per_quarter=limits.days_per_quarter),
            one.saving_per_month or 0.0,
        )
        for one in flows
    ]
    order = best_sequence(tasks, needs=needs).order
    dates = schedule([works[name] for name in order], start=limits.start, days_per_quarter=limits.days_per_quarter)
    return (dates[-1].weeks_to_live, dates[-1].live_on) if dates else (0.0, limits.start)


def changed_flows(
    flows: Collection[str],
    known: Collection[str],
    needs: Collection[tuple[str, str]],
    *,
    add: Collection[str],
    drop: Collection[str],
) -> tuple[str, ...]:
    """Return a set of flows after a change; what an added flow needs comes with it, what needs a dropped one goes with it.

    Parameters
    ----------
    flows
        What was in scope.
    known
        All flows there are.
    needs
        Pairs ``(a, b)``: a is done only with b.
    add, drop
        What comes in, and what goes out.

    Raises
    ------
    UnknownNameError
        There is no such flow.

    Examples
    --------
    >>> changed_flows(["a"], ["a", "b", "c"], [("c", "b")], add=["c"], drop=[])
    ('a', 'b', 'c')
    """
    for name in (*add, *drop):
        if name not in known:
            raise UnknownNameError("handoff", name, known)
    every = all_needed_by(needed_by(sorted(known), needs))
    kept = {*flows}.union(*({one} | every[one] for one in add))
    return tuple(sorted(one for one in kept if one not in drop and not every[one] & {*drop}))


def effects(before: ScopeSum, after: ScopeSum) -> list[Effect]:
    """Return what a change does to cost, running cost, saving, worth, days and date.

    Parameters
    ----------
    before, after
        The scope without and with the change.
    """
    names = (
        ("cost", "currency"),
        ("running_per_month", "currency per month"),
        ("saving_per_month", "currency per month"),
        ("npv", "currency"),
        ("person_days", "days"),
        ("weeks", "weeks"),
    )
    found = [_effect(name, unit, getattr(before, name), getattr(after, name)) for name, unit in names]
    days = (after.live_on - before.live_on).days if before.live_on and after.live_on else None
    return [*found, Effect("live_on", "date", before.live_on, after.live_on, None if days is None else float(days))]


def _effect(name: str, unit: str, before: float | None, after: float | None) -> Effect:
    return Effect(name, unit, before, after, None if before is None or after is None else after - before)
