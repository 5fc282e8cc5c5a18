"""Runs the stages in their order, each from the tables of those before it; what is still true is not computed again.

A run is true as long as snapshots, settings and decisions are the ones it was computed from (``inputs_hash``). A stage that
is asked for brings those it needs along.
"""

import platform
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa

from toolkit.audit.completeness import incompleteness
from toolkit.audit.engagement import Engagement
from toolkit.audit.progress import Progress, silent
from toolkit.audit.records import Records, engagement_records
from toolkit.audit.stages import figures, handoffs, match, quality, reconcile, roi
from toolkit.errors import SnapshotMissingError
from toolkit.store import Run
from toolkit.tables import INTAKE, QUARANTINE
from toolkit.version import __version__


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage: what a person reads while it works, the tables it writes, and the function that does."""

    label: str
    tables: tuple[str, ...]
    work: Callable[[Engagement, Run, Records], Mapping[str, pa.Table]]


STAGES: Mapping[str, Stage] = {
    "quality": Stage("Checking the data", ("column_profile", "check", "finding", "edge_case"), quality.results),
    "match": Stage("Finding duplicates and links", ("pair", "pair_level", "cluster", "cluster_event"), match.results),
    "reconcile": Stage(
        "Comparing the systems",
        ("reference", "crosswalk", "golden", "mismatch", "compared_field", "coverage"),
        reconcile.results,
    ),
    "handoffs": Stage(
        "Measuring the handoffs",
        ("handoff", "counterpart", "handoff_measure", "handoff_month"),
        handoffs.results,
    ),
    "roi": Stage("Working out the money", ("cost_line", "case", "cash_flow"), roi.results),
    "figures": Stage("Collecting the figures", ("figure",), figures.results),
}


def run_stages(
    engagement: Engagement, upto: str = "figures", progress: Progress = silent, refit: match.Refit | None = None
) -> Run:
    """Return a run that holds every stage up to and including ``upto``.

    With ``refit`` the matching model is fitted anew, and what rests on it is computed again.

    Raises
    ------
    SnapshotMissingError
        Nothing has been pulled yet.
    BusyError
        Another run is writing.
    """
    if not engagement.store.snapshots().num_rows:
        raise SnapshotMissingError(
            f"There are no snapshots in {engagement.folder} yet. Put the client's files into "
            f"{engagement.folder / 'exports'} and run 'integration-audit pull {engagement.folder}'."
        )
    names = list(STAGES)
    wanted = names[: names.index(upto) + 1]
    inputs_hash = engagement.inputs_hash()
    before = _run_on(engagement, inputs_hash)
    done = list(before.facts["stages"]) if before else []
    if refit is not None:
        done = [name for name in done if names.index(name) < names.index("match")]
    if before and set(wanted) <= set(done):
        return before
    with engagement.store.writing(f"audit of {engagement.settings.client}"):
        facts = _facts(engagement, inputs_hash, [*done, *(name for name in wanted if name not in done)])
        facts |= {"refit": refit.as_facts()} if refit else {}
        facts |= {"matching": before.facts.get("matching")} if before and "match" in done else {}
        with engagement.store.new_run(datetime.now(UTC), facts) as run:
            _keep(engagement, run, before, done)
            records = engagement_records(engagement)
            for number, name in enumerate(wanted):
                progress(STAGES[name].label, number, len(wanted))
                if name in done:
                    continue
                tables = STAGES[name].work(engagement, run, records)
                for table in STAGES[name].tables:
                    run.write(table, tables[table])
            progress("Done", len(wanted), len(wanted))
    return engagement.store.run(run.run_id)


def _run_on(engagement: Engagement, inputs_hash: str) -> Run | None:
    try:
        run = engagement.store.run()
    except SnapshotMissingError:
        return None
    is_same = run.facts.get("inputs_hash") == inputs_hash and run.facts["versions"]["toolkit"] == __version__
    return run if is_same else None


def _facts(engagement: Engagement, inputs_hash: str, stages: list[str]) -> dict[str, Any]:
    settings = engagement.settings
    snapshots = engagement.store.snapshots()
    intake, quarantine = engagement.store.intake()
    return {
        "client": settings.client,
        "currency": settings.currency,
        "labels": {name: one.label for name, one in settings.systems.items() if one.label},
        "as_of": str(engagement.as_of()),
        "inputs_hash": inputs_hash,
        "stages": stages,
        "snapshots": {row["path"]: row["sha256"] for row in snapshots.to_pylist()},
        "has_settings_file": engagement.has_settings_file,
        "unconfirmed": list(settings.unconfirmed),
        "questions": [one.ask for one in settings.questions.values() if not one.answer],
        "unmeasured": handoffs.unmeasured_handoffs(engagement),
        "without_files": sorted(set(settings.systems) - set(snapshots["system"].to_pylist())),
        "reasons": incompleteness(intake, quarantine, snapshots),
        "versions": {
            "toolkit": __version__,
            "python": platform.python_version(),
            "pyarrow": pa.__version__,
        },
    }


def _keep(engagement: Engagement, run: Run, before: Run | None, done: list[str]) -> None:
    """Write what was read, and the tables of an earlier run that are still true."""
    intake, quarantine = engagement.store.intake()
    run.write(INTAKE.name, intake)
    run.write(QUARANTINE.name, quarantine)
    run.write("snapshot", engagement.store.snapshots())
    for name in done:
        for table in STAGES[name].tables:
            if before and before.has(table):
                run.write(table, before.table(table))
