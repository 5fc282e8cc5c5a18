"""The verbs a consultant thinks in: each takes the engagement and returns a table.

Tables come back as pandas frames with Arrow-backed text. A verb brings the stages along that it needs; what is still true is
not computed again.
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


def check_quality(engagement: Engagement, *, progress: Progress = silent) -> "pd.DataFrame":
    """Return every check with how many values fail it, worst first (table CHECK); records: table FINDING."""
    frame = _frame(run_stages(engagement, "quality", progress), "check")
    return frame.sort_values(["share", "failing"], ascending=False, ignore_index=True)


@overload
def match_records(records: Engagement, *, progress: Progress = silent) -> "pd.DataFrame": ...


@overload
def match_records(
    records: "pd.DataFrame | pa.Table | Mapping[str, pd.DataFrame | pa.Table]",
    *,
    answers: "pd.DataFrame | pa.Table | Path | str | None" = None,
    **options: Any,
) -> Deduplicated: ...


def match_records(
    records: object, *, answers: object = None, progress: Progress = silent, **options: Any
) -> "pd.DataFrame | Deduplicated":
    """Return which records are one: of all systems of an engagement, or of any tables.

    Of an engagement: the pairs found to be the same, related, or put aside for review, surest first; columns of table PAIR,
    and ``name_l`` and ``name_r`` as the systems write them. What a person decided is in its decisions.

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


def _engagement_pairs(engagement: Engagement, progress: Progress) -> "pd.DataFrame":
    frame = _frame(run_stages(engagement, "match", progress), "pair")
    names = _names(engagement)
    for side in ("l", "r"):
        frame[f"name_{side}"] = frame[f"key_{side}"].map(names).astype(frame[f"key_{side}"].dtype)
    return frame.sort_values("match_weight", ascending=False, ignore_index=True)


def reconcile_systems(engagement: Engagement, *, progress: Progress = silent) -> "pd.DataFrame":
    """Return how fields agree between systems on matched records (table COMPARED_FIELD)."""
    return _frame(run_stages(engagement, "reconcile", progress), "compared_field")


def measure_handoffs(engagement: Engagement, *, progress: Progress = silent) -> "pd.DataFrame":
    """Return what was measured of every handoff: volume, lag, errors, missing (table HANDOFF_MEASURE)."""
    return _frame(run_stages(engagement, "handoffs", progress), "handoff_measure")


def estimate_roi(engagement: Engagement, *, progress: Progress = silent) -> "pd.DataFrame":
    """Return cost, saving, payback and value of connecting each handoff, and of all of them together (table CASE)."""
    return _frame(run_stages(engagement, "roi", progress), "case")


def latest_run(engagement: Engagement, *, progress: Progress = silent) -> Run:
    """Return a run that holds every stage on the latest snapshots: what charts, report and ``explain`` read."""
    return run_stages(engagement, progress=progress)


def results_table(engagement: Engagement, name: str, run_id: str = "latest") -> "pd.DataFrame":
    """Return any table of a run by name, e.g. ``finding``, ``mismatch``, ``counterpart``, ``figure``.

    Raises
    ------
    UnknownNameError
        There is no such table or run; the message offers the nearest.
    """
    return _frame(engagement.store.run(run_id), name)


def _names(engagement: Engagement) -> dict[str, str | None]:
    """Return what each party record is called, by its key."""
    parties = engagement_records(engagement).parties
    return dict(zip(parties["record_key"].to_pylist(), parties["name"].to_pylist(), strict=True))


def _frame(run: Run, name: str) -> "pd.DataFrame":
    import pandas as pd

    frame: pd.DataFrame = run.table(name).to_pandas(types_mapper={pa.string(): pd.ArrowDtype(pa.string())}.get)
    return frame
