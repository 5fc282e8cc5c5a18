"""What a roadmap is planned from: the business case of a run, and what ``engagement.yaml`` says of money, days and needs."""

import math
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Any

import pyarrow as pa

from toolkit.audit.roadmap_words import asked_of, gates_of, totals_of
from toolkit.errors import UnknownNameError
from toolkit.scoping.choice import Candidate
from toolkit.scoping.kpi.reviews import REVIEW_DAYS
from toolkit.scoping.portfolio import Project, Rules, SharedCost
from toolkit.scoping.priority import Impact, money_ranking
from toolkit.scoping.projects import SHARED
from toolkit.scoping.roadmap import Effort, Limits, Roadmap, roadmap
from toolkit.settings import RoadmapSettings, Settings
from toolkit.store import Run
from toolkit.tables import ROADMAP, ROADMAP_TOTAL

CLEANUP = "clean-up for all"
"""A shared cost of everybody; no name in the settings has a blank."""
_KNOWN = ("cost", "npv", "saving_per_month", "build_days", "parallel_weeks")

Row = Mapping[str, Any]


def roadmap_tables(run: Run, settings: Settings, *, budget: float | None = None) -> dict[str, pa.Table]:
    """Return the roadmap of a run, schemas ROADMAP and ROADMAP_TOTAL.

    Parameters
    ----------
    run
        With PROJECT, RECOMMENDATION and HANDOFF.
    settings
        Say what it must keep to, who is responsible, and what must hold before going live.
    budget
        Takes the place of that of the settings.

    Raises
    ------
    UnknownNameError
        The settings name a handoff that there is not.
    InputError
        Handoffs need each other in a circle, or the budget is no amount.
    """
    given = settings.roadmap
    handoffs = {row["handoff_id"]: row for row in run.table("handoff").to_pylist()}
    unmeasured = _unmeasured(given, handoffs, settings)
    _check_names(given, [*handoffs, *unmeasured])
    projects = {row["handoff_id"]: row for row in run.table("project").to_pylist()}
    cleanup = projects.pop(SHARED, {}).get("cost")
    advice = {row["handoff_id"]: row for row in run.table("recommendation").to_pylist()}
    limits = roadmap_limits(given, budget=budget)
    found = roadmap(
        [*(_candidate(projects[name], advice[name], given) for name in handoffs), *(Candidate(n, None) for n in unmeasured)],
        {name: _effort(row) for name, row in projects.items() if _is_known(row)},
        limits,
        roadmap_rules(given, list(handoffs), cleanup),
    )
    ranks = _money_ranks(projects)
    rows = [
        {
            **_planned(found, name),
            **{one: projects[name][one] for one in (*_KNOWN, "top_share")},
            "handoff_id": name,
            "label": handoff["label"],
            "state": found.choices[name].state,
            "reason": found.choices[name].reason,
            "cost_in_all": found.choices[name].cost_in_all,
            "money_rank": ranks.get(name),
            "owner": (given.projects[name].owner or None) if name in given.projects else None,
            "needs": list(given.projects[name].needs) if name in given.projects else [],
            "gates": gates_of(handoff, projects[name], settings) if name in found.steps else [],
            "asked": asked_of(handoff, projects[name], settings, is_done=name in found.steps),
        }
        for name, handoff in handoffs.items()
    ]
    rows.sort(key=lambda row: (row["place"] or math.inf, _STATES.index(row["state"]), row["handoff_id"]))
    return {"roadmap": ROADMAP.from_rows(rows), "roadmap_total": ROADMAP_TOTAL.from_rows(totals_of(found, limits, rows))}


_STATES = ("do", "wait", "manual", "unknown")


def _unmeasured(given: RoadmapSettings, handoffs: Mapping[str, Row], settings: Settings) -> list[str]:
    """Return the handoffs that the roadmap speaks of and that lack files: they wait, and with them what needs them."""
    named = dict.fromkeys(name for _, name in _named(given))
    return [name for name in named if name in settings.handoffs and name not in handoffs]


def _check_names(given: RoadmapSettings, known: Sequence[str]) -> None:
    for where, name in _named(given):
        if name not in known:
            raise UnknownNameError(f"handoff, as {where} of engagement.yaml says,", name, known)


def _named(given: RoadmapSettings) -> Iterator[tuple[str, str]]:
    for name, one in given.projects.items():
        yield "roadmap.projects", name
        yield from ((f"roadmap.projects.{name}.needs", needed) for needed in one.needs)
    yield from (("roadmap.exclusive", name) for group in given.exclusive for name in group)
    for cost, shared in given.shared_costs.items():
        yield from ((f"roadmap.shared_costs.{cost}.users", name) for name in shared.users)


def _candidate(project: Row, advice: Row, given: RoadmapSettings) -> Candidate:
    name = project["handoff_id"]
    own = given.projects.get(name)
    because = ""
    if own is not None and own.stays_by_hand:
        because = f"As decided: {own.stays_by_hand.rstrip('.')}."
    elif advice["reason"] == "cleanup":
        because = "All that pays does not pay for the clean-up that it needs."
    known = Project(name, project["cost"], project["npv"], project["build_days"]) if _is_known(project) else None
    return Candidate(name, known, advice["wave"], tuple(project["lacking"] or ()), because)


def _is_known(project: Row) -> bool:
    return all(project[name] is not None for name in _KNOWN)


def _effort(project: Row) -> Effort:
    return Effort(project["saving_per_month"], project["build_days"], project["parallel_weeks"])


def roadmap_limits(given: RoadmapSettings, *, budget: float | None = None) -> Limits:
    """Return money, days and the first day that a roadmap keeps to.

    Parameters
    ----------
    given
        What the settings say.
    budget
        Takes the place of theirs.
    """
    return Limits(given.start, given.budget if budget is None else budget, given.person_days_per_quarter, given.quarters)


def roadmap_rules(given: RoadmapSettings, handoffs: Sequence[str], cleanup: float | None) -> Rules:
    """Return what binds handoffs together: needs, exclusives and shared costs, the clean-up of all among them.

    Parameters
    ----------
    given
        What the settings say.
    handoffs
        All of them.
    cleanup
        What the clean-up that serves all costs; null or 0: none.
    """
    shared = [SharedCost(name, one.cost, one.users) for name, one in given.shared_costs.items()]
    shared += [SharedCost(CLEANUP, cleanup, tuple(handoffs))] if cleanup else []
    needs = tuple((name, needed) for name, one in given.projects.items() for needed in one.needs)
    return Rules(needs, given.exclusive, tuple(shared))


def _money_ranks(projects: Mapping[str, Row]) -> dict[str, int]:
    ranking = money_ranking([Impact(n, row["cost_now_per_month"], row["build_days"]) for n, row in projects.items()])
    return {name: place for place, name in enumerate(ranking.order, start=1)}


def _planned(found: Roadmap, name: str) -> dict[str, Any]:
    step = found.steps.get(name)
    if step is None:
        return {"place": None}
    live = step.dates.live_on
    return {
        "place": step.place,
        "stage": step.stage,
        "starts_on": step.dates.starts_on,
        "built_on": step.dates.built_on,
        "live_on": live,
        "weeks_to_live": step.dates.weeks_to_live,
        "cd3": step.cd3,
        **{f"review_{days}_on": live and live + timedelta(days=days) for days in REVIEW_DAYS},
    }
