"""``try_change``: what a change of the scope does to cost, running cost, date and worth; nothing is written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pyarrow.compute as pc

from toolkit.audit.cell_work import cell_work
from toolkit.audit.engagement import Engagement
from toolkit.audit.progress import Progress
from toolkit.audit.roadmap_tables import CLEANUP, roadmap_limits, roadmap_rules
from toolkit.audit.runs import run_stages
from toolkit.audit.scope.scope_tables import flows_in
from toolkit.audit.verb_result import UNKNOWN, VerbResult, number_text
from toolkit.errors import InputError, UnknownNameError
from toolkit.report.gaps import input_words
from toolkit.scoping.portfolio import Rules
from toolkit.scoping.projects import SHARED
from toolkit.scoping.scope.effects import Effect, FlowCase, ScopeSum, changed_flows, effects, scope_sum
from toolkit.settings import Settings, load_settings
from toolkit.settings.scope_change import ScopeChange, change_overrides, load_scope_change
from toolkit.store import Run
from toolkit.values.counted import listed

DAYS_PER_FIELD = 0.25
"""What a field more takes to build, where nobody said: an assumption of ours, and told as one."""
_WORDS = {
    "cost": "one-time cost",
    "running_per_month": "running cost a month",
    "saving_per_month": "saving a month",
    "npv": "worth beyond the cost",
    "person_days": "person-days of building",
    "weeks": "weeks until all is live",
    "live_on": "all live on",
}
_DIGITS = {"weeks": 1, "person_days": 1}


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class ChangeAnswer(VerbResult):
    """What a change does: each quantity before, after and its difference, and the flows that come in and go out."""

    effects: tuple[Effect, ...] = field(default=())
    added: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()


def try_change(
    engagement: Engagement,
    *,
    add: Sequence[str] = (),
    drop: Sequence[str] = (),
    change: str | Path | None = None,
    progress: Progress | None = None,
) -> ChangeAnswer:
    """Return what a change of the scope does to cost, running cost, date and worth; nothing is written.

    Parameters
    ----------
    engagement
        With an ``engagement.yaml``.
    add, drop
        Handoffs that come in, and that go out.
    change
        A file with a change request: new handoffs, more volume, another approach, more fields.
    progress
        What long work reports to; in a notebook a bar without.

    Raises
    ------
    SnapshotMissingError
        Nothing has been pulled yet.
    UnknownNameError
        There is no such handoff.
    InputError
        The change names nothing, or its file is not valid.
    """
    wish = load_scope_change(Path(change)) if change is not None else ScopeChange()
    wish = wish.model_copy(update={"add": (*wish.add, *add, *wish.handoffs), "drop": (*wish.drop, *drop)})
    if not (wish.add or wish.drop or wish.changes_settings):
        raise InputError("The change names nothing: say what comes in (add), what goes out (drop), or name a file.")
    with cell_work(progress) as told:
        run = run_stages(engagement, "scope", told)
        days, notes = _build_days(run, wish)
        trial = _trial(engagement, change_overrides(wish, days)) if wish.changes_settings else engagement
        after = run_stages(trial, "roi", told) if wish.changes_settings else run
    return _answer(run, after, (engagement.settings, trial.settings), wish, notes)


def _trial(engagement: Engagement, overrides: Sequence[str]) -> Engagement:
    path = engagement.loaded.path
    if path is None:
        raise InputError(f"{engagement.folder} has no engagement.yaml: there is no scope that could change.")
    tried = [f"{name}={value}" for name, value in engagement.loaded.overrides.items()]
    return replace(engagement, loaded=load_settings(path, [*tried, *overrides]))


def _build_days(run: Run, wish: ScopeChange) -> tuple[dict[str, float], list[str]]:
    """Return how many days handoffs take with their further fields, and what is assumed for it."""
    projects = {row["handoff_id"]: row["build_days"] for row in run.table("project").to_pylist()}
    per_field = wish.days_per_field or DAYS_PER_FIELD
    found = {}
    for name, count in wish.fields.items():
        if name not in projects:
            raise UnknownNameError("handoff, as fields of the change says,", name, projects)
        if projects[name] is None:
            raise InputError(f"How many days {name!r} takes to build is not known, so more fields cannot be priced.")
        found[name] = projects[name] + count * per_field
    is_assumed = bool(found) and wish.days_per_field is None
    return found, [
        f"A further field takes {per_field:g} days: an assumption of ours, unless days_per_field says otherwise."
    ] * is_assumed


def _answer(run: Run, after: Run, said: tuple[Settings, Settings], wish: ScopeChange, notes: Sequence[str]) -> ChangeAnswer:
    import pandas as pd

    settings, changed = said

    before_flows = flows_in(run.table("scope").to_pylist())
    cases, cases_after = flow_cases(run), flow_cases(after)
    every = [(name, needed) for name, one in changed.roadmap.projects.items() for needed in one.needs]
    needs = [pair for pair in every if {*pair} <= cases_after.keys()]
    waiting = [pair for pair in every if pair not in needs and pair[0] in wish.add]
    flows = changed_flows(before_flows, [*cases_after], needs, add=wish.add, drop=wish.drop)
    limits = roadmap_limits(settings.roadmap)
    before = scope_sum(before_flows, cases, limits, _rules(run, settings))
    then = scope_sum(flows, cases_after, roadmap_limits(changed.roadmap), _rules(after, changed))
    found = effects(before, then)
    added, dropped = sorted({*flows} - {*before_flows}), sorted({*before_flows} - {*flows})
    currency = str(run.facts.get("currency") or "")
    rows = tuple((_WORDS[one.name], *_cells(one)) for one in found)
    lines = [f"{one} needs {needed}, of which nothing was read: it is in no sum." for one, needed in waiting]
    lines += [*notes, *_said_twice(wish, before_flows), *_budget(then, changed, currency), *_labour(wish)]
    labels = dict(zip(*(after.table("handoff")[name].to_pylist() for name in ("handoff_id", "label")), strict=True))
    moved = [*(f"{labels[one]} comes in" for one in added), *(f"{labels[one]} goes out" for one in dropped)]
    return ChangeAnswer(
        _sentence(found, moved, currency),
        ("quantity", "before", "after", "difference"),
        rows,
        pd.DataFrame(
            [
                {"name": one.name, "unit": one.unit, "before": one.before, "after": one.after, "difference": one.difference}
                for one in found
            ]
        ),
        tuple(lines),
        gaps=tuple(_unknown(before, cases, "before") + _unknown(then, cases_after, "after")),
        next_step="when both sides agree, write it into engagement.yaml (scope.flows), then write_scope(here).",
        effects=tuple(found),
        added=tuple(added),
        dropped=tuple(dropped),
    )


def flow_cases(run: Run) -> dict[str, FlowCase]:
    """Return the business case of each handoff of a run.

    Parameters
    ----------
    run
        With PROJECT and CASE.
    """
    case = run.table("case")
    running = case.filter(pc.equal(case["metric"], "running_cost_per_month"))
    by_id = dict(zip(running["handoff_id"].to_pylist(), running["value"].to_pylist(), strict=True))
    names = ("cost", "npv", "saving_per_month", "build_days", "parallel_weeks")
    return {
        row["handoff_id"]: FlowCase(
            handoff_id=row["handoff_id"],
            running_per_month=by_id.get(row["handoff_id"]),
            lacking=tuple(row["lacking"] or ()),
            **{name: row[name] for name in names},
        )
        for row in run.table("project").to_pylist()
        if row["handoff_id"] != SHARED
    }


def _rules(run: Run, settings: Settings) -> Rules:
    projects = run.table("project").to_pylist()
    cleanup = next((row["cost"] for row in projects if row["handoff_id"] == SHARED), None)
    return roadmap_rules(settings.roadmap, [row["handoff_id"] for row in projects if row["handoff_id"] != SHARED], cleanup)


def _cells(one: Effect) -> tuple[str, str, str]:
    if one.name == "live_on":
        days = UNKNOWN if one.difference is None else f"{one.difference:+.0f} days"
        return (str(one.before or UNKNOWN), str(one.after or UNKNOWN), days)
    digits = _DIGITS.get(one.name, 0)
    values = [None if value is None else float(str(value)) for value in (one.before, one.after)]
    difference = UNKNOWN if one.difference is None else f"{one.difference:+,.{digits}f}"
    return (number_text(values[0], digits=digits), number_text(values[1], digits=digits), difference)


def _sentence(found: Sequence[Effect], moved: Sequence[str], currency: str) -> str:
    by_name = {one.name: one for one in found}
    what = listed(moved) or "The flows stay the same"
    cost, worth = by_name["cost"].difference, by_name["npv"].difference
    told = " and ".join(
        f"{'costs' if name == 'cost' else 'is worth'} {currency} {abs(value):,.0f} {'more' if value >= 0 else 'less'}"
        for name, value in (("cost", cost), ("npv", worth))
        if value is not None
    )
    weeks = by_name["weeks"].difference
    when = "" if weeks is None else f", {abs(weeks):.1f} weeks {'later' if weeks >= 0 else 'earlier'}"
    return f"{what}: the scope {told}{when}." if told else f"{what}: what that costs cannot be told yet."


def _said_twice(wish: ScopeChange, flows: Sequence[str]) -> list[str]:
    twice = [f"{name} is in the scope already." for name in wish.add if name in flows]
    return [*twice, *(f"{name} is not in the scope." for name in wish.drop if name not in flows)]


def _budget(then: ScopeSum, settings: Settings, currency: str) -> list[str]:
    budget = settings.roadmap.budget
    if budget is None or then.cost is None or then.cost <= budget:
        return []
    return [f"That is {currency} {then.cost - budget:,.0f} more than the budget of {currency} {budget:,.0f}."]


def _labour(wish: ScopeChange) -> list[str]:
    asked = f", asked by {wish.asked_by}" if wish.asked_by else ""
    on = f" on {wish.on}" if wish.on else ""
    shared = f"What serves all ({CLEANUP}) is paid once and is part of both sums."
    return [*([f"Change request: {wish.what}{asked}{on}."] if wish.what else []), shared]


def _unknown(found: ScopeSum, cases: Mapping[str, Any], when: str) -> list[str]:
    return [
        f"The sums {when} are not known: of {name} lacks {listed([*map(input_words, cases[name].lacking)]) or 'something'}."
        for name in found.unknown
    ]
