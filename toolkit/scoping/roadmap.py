"""The roadmap: what is connected, in which order, when, and what must hold before; what stays by hand, and why.

What pays even in the low case goes before what pays in the middle case only, as in the recommendation; within both the order
forgoes as little saving as possible. The first project stands alone: the others learn from it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from toolkit.scoping.choice import Candidate, Choice, chosen
from toolkit.scoping.needs import all_needed_by, needed_by
from toolkit.scoping.portfolio import Portfolio, Rules
from toolkit.scoping.schedule import Dates, Work, duration_months, schedule
from toolkit.scoping.sequence import Task, WorkOrder, best_sequence


@dataclass(frozen=True, slots=True)
class Limits:
    """What a roadmap must keep to; what is null was not said."""

    start: date | None = None
    budget: float | None = None
    days_per_quarter: float | None = None
    quarters: int | None = None

    @property
    def person_days(self) -> float | None:
        """All days there are."""
        if self.days_per_quarter is None or self.quarters is None:
            return None
        return self.days_per_quarter * self.quarters


@dataclass(frozen=True, slots=True)
class Effort:
    """How much a handoff saves a month, and what connecting it takes."""

    saving_per_month: float
    build_days: float
    parallel_weeks: float


@dataclass(frozen=True, slots=True)
class Step:
    """One project of the roadmap."""

    place: int
    stage: int
    dates: Dates
    cd3: float | None


@dataclass(frozen=True, slots=True)
class Roadmap:
    """What is done, in its order, and what becomes of every handoff.

    ``forgone`` is the saving that is forgone until all is done, ``forgone_as_written`` the same in the order of
    ``engagement.yaml``. ``is_exact`` says whether no order is better, ``shared_costs`` what each of them costs.
    """

    portfolio: Portfolio
    choices: Mapping[str, Choice]
    steps: Mapping[str, Step]
    forgone: float
    forgone_as_written: float
    is_exact: bool
    shared_costs: Mapping[str, float]


def roadmap(
    candidates: Sequence[Candidate], efforts: Mapping[str, Effort], limits: Limits, rules: Rules | None = None
) -> Roadmap:
    """Return the roadmap.

    Parameters
    ----------
    candidates
        All handoffs, in the order in which they were written down.
    efforts
        By handoff; of every candidate that has a project.
    limits
        Money, days and the first day.
    rules
        What binds handoffs together.

    Raises
    ------
    InputError
        An amount is no number or below zero, or handoffs need each other in a circle.
    UnknownNameError
        A rule names a handoff that there is not.
    """
    bound = rules or Rules()
    found = chosen(candidates, budget=limits.budget, person_days=limits.person_days, rules=bound)
    picked = [one for one in candidates if one.handoff_id in found.portfolio.selected]
    needs = [(one, needed) for one, needed in bound.needs if {one, needed} <= {*found.portfolio.selected}]
    works = {
        one.handoff_id: Work(one.handoff_id, efforts[one.handoff_id].build_days, efforts[one.handoff_id].parallel_weeks)
        for one in picked
    }
    tasks = [
        Task(name, duration_months(work, days_per_quarter=limits.days_per_quarter), efforts[name].saving_per_month)
        for name, work in works.items()
    ]
    sure = _first_wave(picked, needs)
    waves = [
        best_sequence(
            [one for one in tasks if (one.task_id in sure) == is_sure], needs=_within(needs, sure, is_sure=is_sure)
        )
        for is_sure in (True, False)
    ]
    order = [*waves[0].order, *waves[1].order]
    dates = schedule([works[name] for name in order], start=limits.start, days_per_quarter=limits.days_per_quarter)
    ratios = {**waves[0].cd3, **waves[1].cd3}
    steps = {
        one.project_id: Step(place, 1 if place == 1 else 2 if one.project_id in sure else 3, one, ratios[one.project_id])
        for place, one in enumerate(dates, start=1)
    }
    as_done, as_written = (_forgone(names, tasks, needs) for names in (order, [one.task_id for one in tasks]))
    return Roadmap(
        found.portfolio,
        found.choices,
        steps,
        as_done,
        as_written,
        is_exact=all(one.is_exact for one in waves),
        shared_costs={one.cost_id: one.cost for one in bound.shared_costs},
    )


def _first_wave(picked: Sequence[Candidate], needs: Sequence[tuple[str, str]]) -> set[str]:
    """Return what goes first: what pays even in the low case, and what that needs."""
    every = all_needed_by(needed_by([one.handoff_id for one in picked], needs))
    sure = {one.handoff_id for one in picked if one.wave == 1}
    return sure.union(*(every[name] for name in sure))


def _within(needs: Sequence[tuple[str, str]], sure: set[str], *, is_sure: bool) -> list[tuple[str, str]]:
    return [(one, needed) for one, needed in needs if (one in sure) == is_sure == (needed in sure)]


def _forgone(names: Sequence[str], tasks: Sequence[Task], needs: Sequence[tuple[str, str]]) -> float:
    """Return the saving forgone in an order, moved only as far as the needs ask."""
    by_id = {one.task_id: one for one in tasks}
    found: WorkOrder = best_sequence([by_id[name] for name in names], needs=needs)
    return found.forgone_as_given
