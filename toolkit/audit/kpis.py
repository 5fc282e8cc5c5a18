"""The verb ``measure_kpis``: what shows that it worked, with baseline, target and reviews."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from toolkit.audit.cell_work import cell_work
from toolkit.audit.engagement import Engagement
from toolkit.audit.progress import Progress
from toolkit.audit.run_gaps import measured_gaps
from toolkit.audit.runs import run_stages
from toolkit.audit.verb_answers import frame_of
from toolkit.audit.verb_result import UNKNOWN, VerbResult, evidence_text, number_text
from toolkit.scoping.kpi.reviews import REVIEW_DAYS
from toolkit.store import Run
from toolkit.values.counted import counted

Row = Mapping[str, Any]

_VERDICTS = {
    "met": "met",
    "missed": "missed",
    "undecided": "not decided yet",
    "not_applicable": "does not apply",
    "cannot_be_judged": "cannot be judged",
}
_RULES = {"reduction_at_least": "falls by at least", "below": "below", "at_most": "at most"}


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class KpiAnswer(VerbResult):
    """KPIs to be read: ``table`` is schema KPI, ``reviews`` KPI_REVIEW, ``asked`` what is still to be said, and where."""

    table: pa.Table = field(kw_only=True)
    reviews: pa.Table = field(kw_only=True)
    asked: tuple[str, ...] = ()


def measure_kpis(engagement: Engagement, *, progress: Progress | None = None) -> KpiAnswer:
    """Return each KPI with its baseline, its target and what its reviews say; ``frame``: KPI_REVIEW, or KPI before any.

    The same definitions measure the days before going live and those after it, on the snapshots that there are now: to
    review is to pull, and to ask again.

    Parameters
    ----------
    engagement
        Its ``kpis`` settings say targets, owners, the day of going live, and what no data can tell.
    progress
        What long work reports to; in a notebook a bar without.

    Raises
    ------
    SnapshotMissingError
        Nothing has been pulled yet.
    InputError
        A KPI lacks what it is, or its baseline is of a day after going live.
    UnknownNameError
        A KPI names a handoff that there is not.
    """
    with cell_work(progress) as told:
        run = run_stages(engagement, "kpi", told)
    return kpi_answer(run)


def kpi_answer(run: Run) -> KpiAnswer:
    """Return the answer to the KPIs of a run.

    Parameters
    ----------
    run
        With KPI and KPI_REVIEW.
    """
    table, reviewed = run.table("kpi"), run.table("kpi_review")
    rows = table.to_pylist()
    by_kpi: dict[tuple[str, int], Row] = {(row["kpi_id"], row["days"]): row for row in reviewed.to_pylist()}
    asked = [f"{row['label']}: {'; '.join(row['asked'])}." for row in rows if row["asked"]]
    notes = [
        f"{row['label']}, after {days} days: {one['reason']}"
        for row in rows
        for days in REVIEW_DAYS
        if (one := by_kpi.get((row["kpi_id"], days))) and one["state"] == "judged"
    ]
    unknown = [f"{row['label']} has no baseline: {row['baseline_method']}" for row in rows if row["baseline"] is None]
    gaps = [f"{counted(len(asked), 'KPI')} {'lacks' if len(asked) == 1 else 'lack'} something: {asked[0]}"] if asked else []
    return KpiAnswer(
        _sentence(rows, reviewed.to_pylist()),
        ("KPI", "unit", "before", "evidence", "target", *(f"after {days} days" for days in REVIEW_DAYS), "owner"),
        tuple(_cells(row, by_kpi) for row in rows),
        frame_of(reviewed if reviewed.num_rows else table),
        (*notes, *unknown),
        gaps=(*measured_gaps(run), *gaps),
        next_step="write what is asked into engagement.yaml (.asked has all of it), then measure_kpis(here) again."
        if asked
        else "pull_snapshots(here), then measure_kpis(here), when the next review is due.",
        table=table,
        reviews=reviewed,
        asked=tuple(asked),
    )


def _sentence(rows: Sequence[Row], reviewed: Sequence[Row]) -> str:
    known = sum(row["baseline"] is not None for row in rows)
    said = f"{known} of {counted(len(rows), 'KPI')} {'has' if known == 1 else 'have'} a baseline"
    judged = [row for row in reviewed if row["state"] == "judged"]
    if not judged:
        return f"{said}; none is reviewed yet."
    latest = {row["kpi_id"]: row["verdict"] for row in judged}
    met, missed = (sum(verdict == one for verdict in latest.values()) for one in ("met", "missed"))
    return f"{said}; of {len(latest)} that were reviewed {met} {'is' if met == 1 else 'are'} met and {missed} missed."


def _cells(row: Row, reviewed: Mapping[tuple[str, int], Row]) -> tuple[str, ...]:
    is_share = row["unit"] == "share"
    target = _shown(row["target"], is_share=is_share or row["rule"] == "reduction_at_least")
    return (
        row["label"],
        row["unit"],
        _shown(row["baseline"], is_share=is_share),
        evidence_text(row["baseline_evidence"]),
        f"{_RULES[row['rule']]} {target}",
        *(_review_cell(reviewed.get((row["kpi_id"], days)), is_share=is_share) for days in REVIEW_DAYS),
        row["owner"] or UNKNOWN,
    )


def _review_cell(one: Row | None, *, is_share: bool) -> str:
    if one is None:
        return UNKNOWN
    if one["state"] != "judged":
        return f"due {one['due_on']}" if one["state"] == "not_due" else "not measured"
    return f"{_shown(one['value'], is_share=is_share)}: {_VERDICTS[one['verdict']]}"


def _shown(value: float | None, *, is_share: bool) -> str:
    if value is None:
        return UNKNOWN
    return f"{100 * value:.3g} %" if is_share else number_text(value, digits=1)
