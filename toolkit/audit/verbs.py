"""The verbs a consultant thinks in: each takes the engagement and answers with a sentence and a small table.

``.frame`` of an answer is the whole table, as pandas with Arrow-backed text. A verb brings the stages along that it needs;
what is still true is not computed again.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, overload

import pyarrow as pa

from toolkit.audit.audited_folder import run_audit
from toolkit.audit.dedupe.matched_tables import matched_tables
from toolkit.audit.engagement import Engagement
from toolkit.audit.explain import explain
from toolkit.audit.progress import Progress, silent
from toolkit.audit.pull.snapshots import pull_snapshots
from toolkit.audit.records import engagement_records
from toolkit.audit.report import render_report
from toolkit.audit.runs import run_stages
from toolkit.audit.verb_answers import (
    frame_of,
    handoffs_answer,
    match_answer,
    quality_answer,
    reconcile_answer,
    roi_answer,
)
from toolkit.audit.verb_result import VerbResult
from toolkit.errors import InputError
from toolkit.match.dedupe import Deduplicated
from toolkit.store import Run

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "check_quality",
    "estimate_roi",
    "explain",
    "latest_run",
    "match_records",
    "measure_handoffs",
    "pull_snapshots",
    "reconcile_systems",
    "render_report",
    "results_table",
    "run_audit",
]


def check_quality(engagement: Engagement, *, progress: Progress = silent) -> VerbResult:
    """Return what the checks found, by system; ``frame``: every check, worst first (table CHECK); records: FINDING."""
    run = run_stages(engagement, "quality", progress)
    frame = frame_of(run.table("check"))
    return quality_answer(run, frame.sort_values(["share", "failing"], ascending=False, ignore_index=True))


@overload
def match_records(records: Engagement, *, progress: Progress = silent) -> VerbResult: ...


@overload
def match_records(
    records: "pd.DataFrame | pa.Table | Mapping[str, pd.DataFrame | pa.Table]",
    *,
    answers: "pd.DataFrame | pa.Table | Path | str | None" = None,
    **options: Any,
) -> Deduplicated: ...


def match_records(
    records: object, *, answers: object = None, progress: Progress = silent, **options: Any
) -> VerbResult | Deduplicated:
    """Return which records are one: of all systems of an engagement, or of any tables.

    Of an engagement: duplicates, links and pairs for a person, by system. ``frame``: the pairs found to be the same,
    related, or put aside for review, surest first; columns of table PAIR, and ``name_l`` and ``name_r`` as the systems write
    them. What a person decided is in its decisions.

    Of tables: what ``dedupe`` finds in them, with ``pairs``, ``clusters``, ``candidates`` and ``related``.

    Parameters
    ----------
    records
        An engagement; or a frame or table, or a mapping of names to them.
    answers
        For tables: labelled pairs with ``id_l, id_r, answer`` (same, not_same, unsure), or a file of them.
        ``toolkit.match.review.answers.questions`` tells which answers teach most.
    options
        For tables: ``kinds``, ``id_columns``, ``is_link`` and ``min_match_probability`` of ``audit.dedupe.matched_tables``.

    Raises
    ------
    InputError
        The tables hold nothing that can be compared; or answers were given for an engagement.
    """
    if not isinstance(records, Engagement):
        return matched_tables(records, answers=answers, **options)
    if answers is not None or options:
        raise InputError("An engagement has its own decisions and settings: read answers in with 'decisions import'.")
    return _engagement_pairs(records, progress)


def _engagement_pairs(engagement: Engagement, progress: Progress) -> VerbResult:
    run = run_stages(engagement, "match", progress)
    frame = frame_of(run.table("pair"))
    names = _names(engagement)
    for side in ("l", "r"):
        frame[f"name_{side}"] = frame[f"key_{side}"].map(names).astype(frame[f"key_{side}"].dtype)
    return match_answer(run, frame.sort_values("match_weight", ascending=False, ignore_index=True))


def reconcile_systems(engagement: Engagement, *, progress: Progress = silent) -> VerbResult:
    """Return how fields agree between systems on matched records; ``frame``: table COMPARED_FIELD."""
    run = run_stages(engagement, "reconcile", progress)
    return reconcile_answer(run, frame_of(run.table("compared_field")))


def measure_handoffs(engagement: Engagement, *, progress: Progress = silent) -> VerbResult:
    """Return what was measured of every handoff: volume, lag, errors, missing; ``frame``: table HANDOFF_MEASURE."""
    run = run_stages(engagement, "handoffs", progress)
    return handoffs_answer(run, frame_of(run.table("handoff_measure")))


def estimate_roi(engagement: Engagement, *, progress: Progress = silent) -> VerbResult:
    """Return what connecting each handoff costs, saves and is worth, and all of them together; ``frame``: table CASE."""
    run = run_stages(engagement, "roi", progress)
    return roi_answer(run, frame_of(run.table("case")))


def latest_run(engagement: Engagement, *, progress: Progress = silent) -> Run:
    """Return a run that holds every stage on the latest snapshots: what charts, report and ``explain`` read."""
    return run_stages(engagement, progress=progress)


def results_table(engagement: Engagement, name: str, run_id: str = "latest") -> "pd.DataFrame":
    """Return any table of a run by name, e.g. ``finding``, ``mismatch``, ``counterpart``, ``figure``.

    Parameters
    ----------
    engagement
        With a finished run.
    name
        Of a results table, in lower case.
    run_id
        ``latest``, or the id of any finished run.

    Raises
    ------
    UnknownNameError
        There is no such table or run; the message offers the nearest.
    """
    return frame_of(engagement.store.run(run_id).table(name))


def _names(engagement: Engagement) -> dict[str, str | None]:
    """Return what each party record is called, by its key."""
    parties = engagement_records(engagement).parties
    return dict(zip(parties["record_key"].to_pylist(), parties["name"].to_pylist(), strict=True))
