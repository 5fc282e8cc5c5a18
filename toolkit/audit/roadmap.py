"""The verb ``plan_roadmap``: what to connect in which order, and what it answers with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from toolkit.audit.cell_work import cell_work
from toolkit.audit.engagement import Engagement
from toolkit.audit.progress import Progress
from toolkit.audit.roadmap_tables import roadmap_tables
from toolkit.audit.roadmap_words import asked_of_all
from toolkit.audit.run_gaps import measured_gaps
from toolkit.audit.runs import run_stages
from toolkit.audit.verb_answers import frame_of
from toolkit.audit.verb_result import UNKNOWN, VerbResult, number_text
from toolkit.scoping.projects import SHARED
from toolkit.store import Run
from toolkit.values.counted import counted

Row = Mapping[str, Any]

_STATES = {"do": "", "wait": "waits", "manual": "stays by hand", "unknown": "not known yet"}
NO_HANDOFF = "There is no handoff to plan yet: name them in engagement.yaml, or fill in the landscape workbook."


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class RoadmapAnswer(VerbResult):
    """A roadmap to be read.

    ``table`` is schema ROADMAP, ``totals`` its sums by name, ``asked`` what is still to be said, with where to write it.
    """

    table: pa.Table = field(kw_only=True)
    totals: Mapping[str, float | None] = field(default_factory=dict)
    asked: tuple[str, ...] = ()


def plan_roadmap(engagement: Engagement, *, budget: float | None = None, progress: Progress | None = None) -> RoadmapAnswer:
    """Return which handoffs to connect in which order, when, and what stays by hand; ``frame``: table ROADMAP.

    Parameters
    ----------
    engagement
        Its ``roadmap`` settings say what it must keep to.
    budget
        Tries another one than ``roadmap.budget``; nothing is written.
    progress
        What long work reports to; in a notebook a bar without.

    Raises
    ------
    SnapshotMissingError
        Nothing has been pulled yet.
    UnknownNameError
        The settings name a handoff that there is not.
    InputError
        Handoffs need each other in a circle, or the budget is no amount.
    """
    with cell_work(progress) as told:
        run = run_stages(engagement, "roadmap" if budget is None else "roi", told)
    tables = (
        {name: run.table(name) for name in ("roadmap", "roadmap_total")}
        if budget is None
        else roadmap_tables(run, engagement.settings, budget=budget)
    )
    return roadmap_answer(run, tables, asked_of_all(engagement.settings.roadmap, budget=budget))


def roadmap_answer(run: Run, tables: Mapping[str, pa.Table], open_points: Sequence[str]) -> RoadmapAnswer:
    """Return the answer to a roadmap's tables.

    Parameters
    ----------
    run
        The run that it was planned on.
    tables
        ROADMAP and ROADMAP_TOTAL by their names.
    open_points
        What is not known of the roadmap as a whole.
    """
    rows = tables["roadmap"].to_pylist()
    totals = {row["name"]: row["value"] for row in tables["roadmap_total"].to_pylist()}
    currency = str(run.facts.get("currency") or "")
    own = [f"{row['label']}: {'; '.join(row['asked'])}." for row in rows if row["asked"]]
    asked = (*open_points, *_unknown_cleanup(run), *own) if rows else ()
    left = [f"{row['label']} {_STATES[row['state']]}: {row['reason']}" for row in rows if row["state"] != "do"]
    order = [f"{row['label']}: {row['reason']}" for row in rows if row["stage"] == 3]
    return RoadmapAnswer(
        _sentence(rows, totals, currency),
        (
            "place",
            "handoff",
            "stage",
            "live",
            f"cost, {currency}",
            f"saves, {currency} a month",
            f"worth, {currency}",
            "owner",
        ),
        tuple(_cells(row) for row in rows),
        frame_of(tables["roadmap"]),
        (*left, *order, *_order_note(totals, currency)),
        gaps=(*measured_gaps(run), *_gaps(asked)),
        next_step="write what is asked into engagement.yaml (.asked has all of it), then plan_roadmap(here) again."
        if asked
        else "check_cutover(here) judges what must hold before each one goes live.",
        table=tables["roadmap"],
        totals=totals,
        asked=asked,
    )


def _unknown_cleanup(run: Run) -> list[str]:
    """Return that no sum holds the clean-up for all, where there is one and nobody knows what it costs."""
    is_unknown = any(row["handoff_id"] == SHARED and row["cost"] is None for row in run.table("project").to_pylist())
    told = "What the clean-up that serves all costs is not known, so no sum holds it: rates.loaded_rate_per_hour."
    return [told] if is_unknown else []


def _gaps(asked: Sequence[str]) -> list[str]:
    if not asked:
        return []
    return [f"{counted(len(asked), 'thing')} {'is' if len(asked) == 1 else 'are'} still to be said, first: {asked[0]}"]


def _cells(row: Row) -> tuple[str, ...]:
    live = row["live_on"].isoformat() if row["live_on"] else ""
    weeks = number_text(row["weeks_to_live"], digits=1)
    when = live or (f"after {weeks} weeks" if row["place"] else _STATES[row["state"]])
    return (
        number_text(row["place"]),
        row["label"],
        number_text(row["stage"]),
        when,
        *(number_text(row[name]) for name in ("cost", "saving_per_month", "npv")),
        row["owner"] or UNKNOWN,
    )


def _sentence(rows: Sequence[Row], totals: Mapping[str, float | None], currency: str) -> str:
    if not rows:
        return NO_HANDOFF
    done = [row for row in rows if row["state"] == "do"]
    budget = totals["budget"]
    if not done:
        waiting = [row["cost_in_all"] for row in rows if row["state"] == "wait"]
        if waiting and budget is not None:
            return (
                f"The budget of {currency} {number_text(budget)} pays for none of {counted(len(rows), 'handoff')}: "
                f"the cheapest that pays costs, with what it shares, {currency} {number_text(min(waiting))}."
            )
        return f"None of {counted(len(rows), 'handoff')} is to be connected: see why below."
    of = f" of {number_text(budget)}" if budget is not None else ""
    last = max((row["live_on"] for row in done if row["live_on"]), default=None)
    end = f"all live on {last}" if last else f"all live after {number_text(totals['weeks'], digits=1)} weeks"
    return (
        f"Connect {len(done)} of {counted(len(rows), 'handoff')}, first {done[0]['label']}: {currency} "
        f"{number_text(totals['cost'])}{of} once, worth {currency} {number_text(totals['npv'])}, {end}."
    )


def _order_note(totals: Mapping[str, float | None], currency: str) -> list[str]:
    shared = [
        f"{name.removeprefix('shared.')}: {currency} {number_text(value)}, paid once and part of the cost."
        for name, value in totals.items()
        if name.startswith("shared.")
    ]
    gain = (totals["forgone_as_written"] or 0) - (totals["forgone"] or 0)
    ordered = f"In this order {currency} {number_text(gain)} less saving is forgone than in that of engagement.yaml."
    return [*shared, *([ordered] if round(gain) > 0 else [])]
