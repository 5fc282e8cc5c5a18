"""The words of a roadmap: what must hold before a handoff goes live, what is asked for and where it is written, its sums."""

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from toolkit.golive.gates import MEASURE_WORDS, GateLimits, wanted_text
from toolkit.report.gaps import input_words
from toolkit.scoping.roadmap import Limits, Roadmap
from toolkit.settings import HandoffSettings, RateSettings, RoadmapSettings, Settings

_BUILD = {"build_days": "build.days", "build_cost": "build.cost"}
_DECIDES_DATES = {"build_days", "parallel_run_weeks"}

Row = Mapping[str, Any]


def gates_of(handoff: Row, project: Row, settings: Settings) -> list[str]:
    """Return what must hold before a handoff goes live, each with whether it is known to.

    Parameters
    ----------
    handoff, project
        Its rows of HANDOFF and PROJECT.
    settings
        Say what was agreed on.
    """
    name = handoff["handoff_id"]
    own = settings.roadmap.projects.get(name)
    tested = own.sandbox_tested_on if own else None
    runs = sorted(run for run, one in settings.parallel_run.items() if one.handoff == name)
    weeks = f"{project['parallel_weeks']:.3g} week{'' if project['parallel_weeks'] == 1 else 's'}"
    return [
        *(_data_gate(entity, settings) for entity in dict.fromkeys((handoff["entity_l"], handoff["entity_r"])) if entity),
        f"holds: tested in a sandbox on {tested}" if tested else "open: tested in a sandbox; before that nothing goes live",
        f"open: both ways run for {weeks} and meet the rule of {runs[0]}: integration-audit parallel-run"
        if runs
        else f"open: both ways run for {weeks}, by a rule that nobody has agreed on yet",
        "open: from the day it is live nobody enters it by hand; each review counts such entries, and 0 are expected",
    ]


def _data_gate(entity: str, settings: Settings) -> str:
    usual = GateLimits()
    agreed = settings.cutover.gates.get(entity) if settings.cutover else None
    limits = agreed.limits(usual) if agreed else usual
    wanted = ", ".join(f"{words} {wanted_text(name, limits)}" for name, words in MEASURE_WORDS.items())
    return f"open: {entity.replace('_', ' ')} data: {wanted}; integration-audit cutover says what is"


def asked_of(handoff: Row, project: Row, settings: Settings, *, is_done: bool) -> list[str]:
    """Return what is not known of a handoff, in words, each with where to write it.

    Parameters
    ----------
    handoff, project
        Its rows of HANDOFF and PROJECT.
    settings
        What is written already.
    is_done
        Whether it is to be connected: then an owner, a rule and a confirmed effort are asked for, too.
    """
    name = handoff["handoff_id"]
    asked = [f"{input_words(one)}: {_place(name, one)}" for one in project["lacking"] or ()]
    if not is_done:
        return asked
    assumed = [one for one in project["assumed"] or () if one in _DECIDES_DATES]
    asked += [f"confirm {input_words(one)}: {_place(name, one)}" for one in assumed]
    own = settings.roadmap.projects.get(name)
    if own is None or not own.owner:
        system = settings.systems.get(handoff["system_r"])
        likely = f" ({system.owner} is responsible for {handoff['system_r']})" if system and system.owner else ""
        asked.append(f"who is responsible: roadmap.projects.{name}.owner{likely}")
    if not any(one.handoff == name for one in settings.parallel_run.values()):
        asked.append(f"the rule by which both ways have run long enough: parallel_run, for handoff {name}")
    return asked


def _place(handoff_id: str, name: str) -> str:
    if name in _BUILD or (name in HandoffSettings.model_fields and name not in RateSettings.model_fields):
        return f"handoffs.{handoff_id}.{_BUILD.get(name, name)}"
    return f"rates.{name}"


def asked_of_all(given: RoadmapSettings, *, budget: float | None) -> list[str]:
    """Return what is not known of the roadmap as a whole, with what is planned until then and where to write it.

    Parameters
    ----------
    given
        What the settings say of it.
    budget
        The one that was tried, if any.
    """
    has_days = given.person_days_per_quarter is not None
    no_days = (
        "Nobody said how many days there are to build; the weeks are those of one person who does nothing else: "
        "roadmap.person_days_per_quarter."
    )
    points = {
        "The first day is not known, so there are weeks and no dates: roadmap.start.": given.start is None,
        "No budget was named, so money leaves nothing out: roadmap.budget.": given.budget is None and budget is None,
        no_days: not has_days,
        "Nobody said for how many quarters there are days, so days leave nothing out: roadmap.quarters.": has_days
        and given.quarters is None,
    }
    return [words for words, is_open in points.items() if is_open]


def totals_of(found: Roadmap, limits: Limits, rows: Sequence[Row]) -> Iterator[dict[str, Any]]:
    """Yield the sums of a roadmap, rows of ROADMAP_TOTAL.

    Parameters
    ----------
    found
        The roadmap.
    limits
        What it had to keep to.
    rows
        Of ROADMAP.
    """
    best, done = found.portfolio, [row for row in rows if row["place"]]
    weeks = max((row["weeks_to_live"] for row in done), default=0.0)
    saving = math.fsum(row["saving_per_month"] for row in done)
    sums = (
        ("budget", limits.budget, "currency", "the most that may be spent; null: no limit was given"),
        ("days", limits.person_days, "days", "person-days there are; null: no limit was given"),
        ("cost", best.cost, "currency", "what is done costs once, shared costs included"),
        ("npv", best.npv, "currency", "what is done is worth beyond its cost, shared costs paid once"),
        ("saving_per_month", saving, "currency per month", "what is done saves when all of it runs"),
        ("person_days", best.person_days, "days", "what is done takes to build"),
        ("weeks", weeks, "weeks", "until the last one is live"),
        ("forgone", found.forgone, "currency", "saving forgone until all is live, in this order"),
        ("forgone_as_written", found.forgone_as_written, "currency", "the same in the order of engagement.yaml"),
        ("is_exact", float(found.is_exact), "count", "1: no order forgoes less; 0: there were too many to try all"),
    )
    once = "paid once, however many use it"
    shared = [(f"shared.{name}", found.shared_costs[name], "currency", once) for name in best.shared]
    for name, value, unit, meaning in (*sums, *shared):
        yield {"name": name, "value": value, "unit": unit, "meaning": meaning}
