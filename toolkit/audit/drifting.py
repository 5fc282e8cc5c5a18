"""The verb ``measure_drift``: what broke, what was repaired and what is still wrong since an earlier run."""

from collections import Counter
from dataclasses import dataclass, field

import pyarrow as pa

from toolkit.audit.cell_work import cell_work
from toolkit.audit.engagement import Engagement
from toolkit.audit.progress import Progress
from toolkit.audit.runs import run_stages
from toolkit.audit.verb_answers import frame_of
from toolkit.audit.verb_result import VerbResult, number_text
from toolkit.errors import InputError
from toolkit.reconcile.drift import DRIFT_TABLES, NEW, REPAIRED, STILL, drift
from toolkit.store import Run
from toolkit.store.results import run_ids

_KINDS = {
    "mismatch": "values that differ between systems",
    "missing": "items that never arrived",
    "extra": "items one too many",
    "error": "items that arrived wrong",
    "finding": "values that a check found",
}


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class DriftAnswer(VerbResult):
    """Drift to be read: ``table`` is schema DRIFT, between the runs ``before`` and ``run_id``."""

    table: pa.Table = field(kw_only=True)
    before: str = ""
    run_id: str = ""


def measure_drift(engagement: Engagement, *, before: str = "", progress: Progress | None = None) -> DriftAnswer:
    """Return what is newly wrong, repaired or gone, and still wrong since an earlier run; ``frame``: table DRIFT.

    Parameters
    ----------
    engagement
        With a run of earlier snapshots.
    before
        Id of that run; by default the newest one of other snapshots.
    progress
        What long work reports to; in a notebook a bar without.

    Raises
    ------
    InputError
        There is no earlier run to compare with, or the one that is named lacks what is compared.
    UnknownNameError
        There is no such run.
    """
    with cell_work(progress) as told:
        run = run_stages(engagement, "figures", told)
    earlier = engagement.store.run(before) if before else _run_before(engagement, run)
    lacking = [name for name in DRIFT_TABLES if not earlier.has(name)]
    if lacking:
        raise InputError(f"Run {earlier.run_id} was no whole audit: it has no table {lacking[0]!r}. Name another run.")
    table = drift(*({name: one.table(name) for name in DRIFT_TABLES} for one in (earlier, run)))
    return _answer(table, earlier, run)


def _run_before(engagement: Engagement, run: Run) -> Run:
    for name in run_ids(engagement.folder):
        if name >= run.run_id:
            continue
        one = engagement.store.run(name)
        is_whole = not one.facts.get("trial") and all(one.has(table) for table in DRIFT_TABLES)
        if is_whole and one.facts.get("snapshots") != run.facts.get("snapshots"):
            return one
    raise InputError(
        "There is no earlier audit of other snapshots to compare with. When something has changed, audit again: "
        f"integration-audit audit {engagement.folder}"
    )


def _answer(table: pa.Table, earlier: Run, run: Run) -> DriftAnswer:
    counts = Counter(zip(table["kind"].to_pylist(), table["state"].to_pylist(), strict=True))
    states = Counter(table["state"].to_pylist())
    rows = [
        (words, *(number_text(counts[kind, state]) for state in (NEW, REPAIRED, STILL)))
        for kind, words in _KINDS.items()
        if any(counts[kind, state] for state in (NEW, REPAIRED, STILL))
    ]
    return DriftAnswer(
        f"Since {earlier.facts['as_of']} {states[NEW]:,} things broke, {states[REPAIRED]:,} were repaired or are gone, and "
        f"{states[STILL]:,} are still wrong.",
        ("what", "new", "repaired or gone", "still wrong"),
        tuple(rows),
        frame_of(table),
        (f"Run {earlier.run_id} (as of {earlier.facts['as_of']}) against {run.run_id} (as of {run.facts['as_of']}).",),
        next_step=".frame has each of them; review_mismatches(here) settles what differs.",
        table=table,
        before=earlier.run_id,
        run_id=run.run_id,
    )
