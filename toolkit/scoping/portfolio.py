"""Which projects to do when not all can be paid: the set that is worth most, exactly.

Money in one currency; costs are positive. What several projects share (a subscription, a licence, a clean-up of the same
list) is paid once, as soon as one of them is chosen, from the budget and from the worth.

The choice is a binary program: maximise the worth; among equal sets take the cheapest; among these the one whose ids come
first. A solver works with tolerances, so each set it finds is added up again and refused where it does not hold to a cent.

Source: cost model, section 13.
"""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from toolkit.errors import UnknownNameError
from toolkit.roi.quantity import FloatArray
from toolkit.scoping.amounts import checked, checked_ids
from toolkit.scoping.binary_program import Row, chosen_variables
from toolkit.scoping.needs import Need, needed_by

_CENT = 0.005
"""Sums of money that differ by less are the same."""
_AT_ONCE = 12
"""So many ids are put in order by one run of the solver: its tolerance tells 2 to the 12th apart."""


@dataclass(frozen=True, slots=True)
class Project:
    """One thing that can be done: what it costs once, what it is worth beyond that cost, and the days it takes.

    ``npv`` is net of ``cost``, as everywhere in the business case.
    """

    project_id: str
    cost: float
    npv: float
    person_days: float = 0.0


@dataclass(frozen=True, slots=True)
class SharedCost:
    """A cost that is paid once if any of its users is done; no user's own cost or worth holds any of it."""

    cost_id: str
    cost: float
    users: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rules:
    """What binds projects together.

    ``needs`` are pairs ``(a, b)``: a is done only with b. Of each group in ``exclusive`` at most one is done.
    """

    needs: tuple[Need, ...] = ()
    exclusive: tuple[tuple[str, ...], ...] = ()
    shared_costs: tuple[SharedCost, ...] = ()


@dataclass(frozen=True, slots=True)
class Portfolio:
    """The projects to do, their ids in order, and what they are worth, cost and take together."""

    selected: tuple[str, ...]
    npv: float
    cost: float
    person_days: float
    shared: tuple[str, ...]


def best_portfolio(
    projects: Sequence[Project], *, budget: float | None = None, person_days: float | None = None, rules: Rules | None = None
) -> Portfolio:
    """Return the set of projects that is worth most.

    Parameters
    ----------
    projects
        All that could be done.
    budget
        The most that may be spent once; ``None`` is unlimited.
    person_days
        The most days there are, over all quarters that are planned: work goes on from one quarter into the next, so only
        their sum binds. ``None`` is unlimited.
    rules
        What binds projects together.

    Returns
    -------
    Portfolio
        Without any project where none is worth more than it costs, or where the budget is below everything.

    Raises
    ------
    InputError
        An amount is no number or below zero, an id stands there twice, or projects need each other in a circle.
    UnknownNameError
        A rule names a project that there is not.

    Examples
    --------
    >>> feed, native, sync = Project("feed", 500, 5200), Project("native", 400, 5100), Project("sync", 3000, 9400)
    >>> best_portfolio([feed, native, sync], budget=3500, rules=Rules(exclusive=(("native", "sync"),)))
    Portfolio(selected=('feed', 'sync'), npv=14600.0, cost=3500.0, person_days=0.0, shared=())
    """
    bound = rules or Rules()
    _check(projects, bound, budget, person_days)
    ordered = sorted(projects, key=lambda one: one.project_id)
    if not ordered:
        return portfolio_of([], bound)
    program = _program(ordered, bound, budget, person_days)
    best = program.solved(-program.npv, [], otherwise=portfolio_of([], bound))
    as_good = _AtLeast(program.npv, best.npv, lambda one: one.npv, _CENT)
    cheapest = program.solved(program.cost, [as_good], otherwise=best)
    as_cheap = _AtLeast(-program.cost, -cheapest.cost, lambda one: -one.cost, _CENT)
    return program.first_in_order([as_good, as_cheap], otherwise=cheapest)


def _check(projects: Sequence[Project], rules: Rules, budget: float | None, person_days: float | None) -> None:
    ids = checked_ids([one.project_id for one in projects], "project")
    checked_ids([one.cost_id for one in rules.shared_costs], "shared cost")
    for one in projects:
        checked(one.cost, f"the cost of {one.project_id!r}")
        checked(one.npv, f"the net present value of {one.project_id!r}", least=None)
        checked(one.person_days, f"the number of days of {one.project_id!r}")
    for shared in rules.shared_costs:
        checked(shared.cost, f"the shared cost {shared.cost_id!r}")
    for limit, name in ((budget, "the budget"), (person_days, "the number of days there are")):
        if limit is not None:
            checked(limit, name)
    needed_by(ids, rules.needs)
    for name in (name for group in (*rules.exclusive, *(one.users for one in rules.shared_costs)) for name in group):
        if name not in ids:
            raise UnknownNameError("project", name, ids)


def portfolio_of(chosen: Sequence[Project], rules: Rules) -> Portfolio:
    """Return projects with their sums: shared costs paid once, whatever else binds them left aside.

    Examples
    --------
    >>> portfolio_of([Project("feed", 500, 5200)], Rules(shared_costs=(SharedCost("plan", 100, ("feed",)),))).cost
    600.0
    """
    names = tuple(sorted(one.project_id for one in chosen))
    shared = [one for one in rules.shared_costs if not set(names).isdisjoint(one.users)]
    return Portfolio(
        names,
        math.fsum([*(one.npv for one in chosen), *(-one.cost for one in shared)]),
        math.fsum([*(one.cost for one in chosen), *(one.cost for one in shared)]),
        math.fsum(one.person_days for one in chosen),
        tuple(one.cost_id for one in shared),
    )


@dataclass(frozen=True, slots=True, eq=False)
class _AtLeast:
    """A bound on the variables, which ``of`` a portfolio must hold too when it is added up, but for ``slack``."""

    row: FloatArray
    least: float
    of: Callable[[Portfolio], float]
    slack: float

    def holds(self, found: Portfolio) -> bool:
        return self.of(found) >= self.least - self.slack


@dataclass(frozen=True, slots=True, eq=False)
class _Program:
    """The binary program: one variable per project, in the order of their ids, and one per shared cost.

    ``rows`` are what binds projects together: each times the variables is at least so much.
    """

    projects: tuple[Project, ...]
    rules: Rules
    npv: FloatArray
    cost: FloatArray
    limits: tuple[_AtLeast, ...]
    rows: tuple[Row, ...]

    def solved(self, objective: FloatArray, bounds: Sequence[_AtLeast], *, otherwise: Portfolio) -> Portfolio:
        """Return the portfolio with the least objective that holds all bounds, exactly.

        ``otherwise`` holds them too: it stays where the solver's tolerances leave it nothing.
        """
        every, refused = [*self.limits, *bounds], list[Row]()
        while True:
            rows = [*self.rows, *refused, *((one.row, one.least - one.slack) for one in every)]
            chosen = chosen_variables(objective, rows)
            if chosen is None:
                return otherwise
            found = portfolio_of([one for number, one in enumerate(self.projects) if number in chosen], self.rules)
            if all(one.holds(found) for one in every):
                return found
            # Any other set: one of these is not in it, or one more is.
            other = {number: -1.0 if number in chosen else 1.0 for number in range(len(self.projects))}
            refused.append((_row(self.npv.size, other), 1.0 - len(chosen)))

    def first_in_order(self, bounds: Sequence[_AtLeast], *, otherwise: Portfolio) -> Portfolio:
        """Return of all portfolios within the bounds the one whose ids come first; ``otherwise`` is one of them."""
        fixed, found = list[_AtLeast](), otherwise
        for start in range(0, len(self.projects), _AT_ONCE):
            names = [one.project_id for one in self.projects[start : start + _AT_ONCE]]
            worth = {name: 2.0**place for place, name in enumerate(reversed(names))}
            row = _row(self.npv.size, {start + place: worth[name] for place, name in enumerate(names)})
            weighed = partial(_weighed, worth)
            found = self.solved(-row, [*bounds, *fixed], otherwise=found)
            fixed.append(_AtLeast(row, weighed(found), weighed, _CENT))
        return next(one for one in self._beginnings(found) if all(bound.holds(one) for bound in [*self.limits, *bounds]))

    def _beginnings(self, found: Portfolio) -> Iterable[Portfolio]:
        """Yield the set as far as one of its ids, the shortest first: who adds nothing to an equal set is not done."""
        for length in range(len(found.selected)):
            names = found.selected[:length]
            if all(needed in names for one, needed in self.rules.needs if one in names):
                yield portfolio_of([one for one in self.projects if one.project_id in names], self.rules)
        yield found


def _program(projects: Sequence[Project], rules: Rules, budget: float | None, person_days: float | None) -> _Program:
    shared = rules.shared_costs
    cost = np.array([*(one.cost for one in projects), *(one.cost for one in shared)], dtype=np.float64)
    days = np.array([*(one.person_days for one in projects), *(0.0 for _ in shared)], dtype=np.float64)
    limits = [
        *([] if budget is None else [_AtLeast(-cost, -budget, lambda one: -one.cost, _lost(budget))]),
        *([] if person_days is None else [_AtLeast(-days, -person_days, lambda one: -one.person_days, _lost(person_days))]),
    ]
    return _Program(
        projects=tuple(projects),
        rules=rules,
        npv=np.array([*(one.npv for one in projects), *(-one.cost for one in shared)], dtype=np.float64),
        cost=cost,
        limits=tuple(limits),
        rows=tuple(_bindings([one.project_id for one in projects], rules)),
    )


def _bindings(ids: Sequence[str], rules: Rules) -> Iterable[Row]:
    size = len(ids) + len(rules.shared_costs)
    place = {name: number for number, name in enumerate(ids)}
    for one, needed in rules.needs:
        yield _row(size, {place[needed]: 1.0, place[one]: -1.0}), 0.0
    for group in rules.exclusive:
        yield _row(size, {place[name]: -1.0 for name in group}), -1.0
    for number, shared in enumerate(rules.shared_costs, start=len(ids)):
        for name in shared.users:
            yield _row(size, {number: 1.0, place[name]: -1.0}), 0.0


def _row(size: int, factors: Mapping[int, float]) -> FloatArray:
    row = np.zeros(size)
    for place, factor in factors.items():
        row[place] = factor
    return row


def _weighed(worth: Mapping[str, float], found: Portfolio) -> float:
    return math.fsum(worth.get(name, 0.0) for name in found.selected)


def _lost(limit: float) -> float:
    """Return what floating point loses in adding up to a limit."""
    return 1e-12 * max(1.0, abs(limit))
