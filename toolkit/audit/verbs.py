"""The verbs a consultant thinks in: each takes the engagement and returns a table.

Tables come back as pandas frames with Arrow-backed text. A verb brings the stages along that it needs; what is still true is
not computed again.
"""

from typing import TYPE_CHECKING

import pyarrow as pa

from toolkit.audit.engagement import Engagement
from toolkit.audit.explain import explain
from toolkit.audit.progress import Progress, silent
from toolkit.audit.pull import pull_snapshots
from toolkit.audit.records import engagement_records
from toolkit.audit.report import render_report
from toolkit.audit.stages import run_stages
from toolkit.audit.whole import run_audit
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


def match_records(engagement: Engagement, *, progress: Progress = silent) -> "pd.DataFrame":
    """Return the pairs of records found to be the same, related, or put aside for review, surest first.

    Columns of table PAIR, and ``name_l`` and ``name_r`` as the systems write them.
    """
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
