"""Which handoffs are connected, and why each of the others is not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from toolkit.scoping.needs import all_needed_by, needed_by
from toolkit.scoping.portfolio import Portfolio, Project, Rules, best_portfolio, portfolio_of

State = Literal["do", "wait", "manual", "unknown"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A handoff that could be connected.

    ``project`` is null where inputs are ``lacking``. ``wave`` is that of the recommendation: 1 pays even in the low case, 2
    in the middle one, null in neither. ``by_hand_because`` is a sentence where it is not to be chosen at all.
    """

    handoff_id: str
    project: Project | None
    wave: int | None = None
    lacking: tuple[str, ...] = ()
    by_hand_because: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """What becomes of one handoff, and why, in a sentence; ``cost_in_all`` is with all that it needs and shares."""

    state: State
    reason: str
    cost_in_all: float | None = None


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is done, and what becomes of every handoff, by id."""

    portfolio: Portfolio
    choices: Mapping[str, Choice] = field(default_factory=dict)


def chosen(
    candidates: Sequence[Candidate],
    *,
    budget: float | None = None,
    person_days: float | None = None,
    rules: Rules | None = None,
) -> Chosen:
    """Return which handoffs are connected, and why the others are not.

    Parameters
    ----------
    candidates
        All handoffs.
    budget, person_days, rules
        As for `best_portfolio`. What needs a handoff that cannot be done is not done either.

    Raises
    ------
    InputError
        An amount is no number or below zero, or handoffs need each other in a circle.
    UnknownNameError
        A rule names a handoff that there is not.
    """
    bound = rules or Rules()
    # All are checked, also those that cannot be chosen: a circle among them is a circle.
    every = [one.project or Project(one.handoff_id, 0, 0) for one in candidates]
    best_portfolio(every, rules=bound)
    out = _cannot(candidates, bound)
    able = [one.project for one in candidates if one.project is not None and one.handoff_id not in out]
    own = _rules_among(bound, {one.project_id for one in able})
    best = best_portfolio(able, budget=budget, person_days=person_days, rules=own)
    found = _Limited(best, best_portfolio(able, rules=own), budget, person_days)
    among = {one.project_id: one for one in able}
    choices = {}
    for one in candidates:
        if one.handoff_id in best.selected:
            choices[one.handoff_id] = Choice("do", _why_done(one, best, own))
        elif one.handoff_id in out:
            choices[one.handoff_id] = out[one.handoff_id]
        else:
            choices[one.handoff_id] = _why_not(among[one.handoff_id], among, found, own)
    return Chosen(best, choices)


def _cannot(candidates: Sequence[Candidate], rules: Rules) -> dict[str, Choice]:
    """Return those that cannot be chosen: decided against, unknown, or in need of such a one."""
    found = {}
    for one in candidates:
        if one.by_hand_because:
            found[one.handoff_id] = Choice("manual", one.by_hand_because)
        elif one.project is None:
            found[one.handoff_id] = Choice("unknown", "Nothing can be said before what is missing is known.")
    while True:
        more = {one: needed for one, needed in rules.needs if needed in found and one not in found}
        if not more:
            return found
        found |= {one: Choice(found[needed].state, f"It needs {needed}, which is not done.") for one, needed in more.items()}


def _rules_among(rules: Rules, ids: set[str]) -> Rules:
    """Return the rules as far as they are about these."""
    return Rules(
        needs=tuple(pair for pair in rules.needs if ids.issuperset(pair)),
        exclusive=tuple(tuple(name for name in group if name in ids) for group in rules.exclusive),
        shared_costs=tuple(replace(one, users=tuple(n for n in one.users if n in ids)) for one in rules.shared_costs),
    )


def _why_done(one: Candidate, best: Portfolio, rules: Rules) -> str:
    carried = [name for name, needed in rules.needs if needed == one.handoff_id and name in best.selected]
    if one.project is not None and one.project.npv <= 0 and carried:
        return f"Does not pay by itself, but {' and '.join(carried)} needs it."
    if one.wave == 1:
        return "Pays even where one case in ten is worse."
    return "Pays in the middle case, though not where one case in ten is worse: decide when what goes before it runs."


@dataclass(frozen=True, slots=True)
class _Limited:
    """What was chosen within the limits, and what would be without them."""

    best: Portfolio
    free: Portfolio
    budget: float | None
    person_days: float | None


def _why_not(one: Project, among: Mapping[str, Project], found: _Limited, rules: Rules) -> Choice:
    needed = all_needed_by(needed_by(among, rules.needs))[one.project_id]
    alone = portfolio_of([among[name] for name in sorted({one.project_id, *needed})], rules)
    others = {name for group in rules.exclusive if one.project_id in group for name in group} - {one.project_id}
    if one.project_id in found.free.selected:
        return Choice("wait", _no_room(alone, among, found, rules), alone.cost)
    if one.npv <= 0:
        return Choice("manual", "Costs more than it brings over the months looked at.", alone.cost)
    instead = sorted(others & {*found.best.selected}) or sorted(others & {*found.free.selected})
    if instead:
        return Choice("manual", f"{instead[0]} is worth more in its place: at most one of them is done.", alone.cost)
    return Choice("manual", "Pays by itself, but not with what it needs or shares the cost of.", alone.cost)


def _no_room(alone: Portfolio, among: Mapping[str, Project], found: _Limited, rules: Rules) -> str:
    """Return which limit leaves no room for a project that pays, with what it needs and shares."""
    best = found.best
    if found.budget is not None and alone.cost > found.budget:
        return (
            f"Pays, but costs {alone.cost:,.0f} with what it needs and shares, more than the budget of {found.budget:,.0f}."
        )
    if found.person_days is not None and alone.person_days > found.person_days:
        return f"Pays, but takes {alone.person_days:,.0f} days with what it needs; there are {found.person_days:,.0f}."
    both = portfolio_of([among[name] for name in sorted({*best.selected, *alone.selected})], rules)
    money, days = (
        limit is not None and value > limit
        for limit, value in ((found.budget, both.cost), (found.person_days, both.person_days))
    )
    full = [
        *([f"the budget of {found.budget:,.0f}, of which {best.cost:,.0f} are spent"] if money else []),
        *([f"the {found.person_days:,.0f} days there are, of which {best.person_days:,.0f} are used"] if days else []),
    ]
    return f"Pays, but what is done is worth more and leaves no room for it in {' and '.join(full) or 'what there is'}."
