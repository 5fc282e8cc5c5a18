"""Runs the stages in their order, each from the tables of those before it; what is still true is not computed again.

A stage is asked for by what it says it reads (`stages.stage`): when some run on the disk had the same, its tables are
taken over, byte for byte. A run is whole or it is no run: one that lacks a table, or holds one that was changed, is computed
again.
"""

import hashlib
import json
import platform
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa

from toolkit.audit.completeness import incompleteness
from toolkit.audit.engagement import Engagement
from toolkit.audit.freed_memory import return_memory
from toolkit.audit.progress import Progress, silent
from toolkit.audit.pull.presence import said_of
from toolkit.audit.pull.unfinished import unfinished_sentences
from toolkit.audit.records import engagement_records
from toolkit.audit.stages import (
    approach,
    backtest,
    details,
    documents,
    field_maps,
    figures,
    flows,
    handoffs,
    kpi,
    match,
    quality,
    reconcile,
    roadmap,
    roi,
    scope,
    sources,
)
from toolkit.audit.stages.handoffs import unmeasured_handoffs
from toolkit.audit.stages.stage import Stage, stage_key, stage_tables
from toolkit.errors import DamagedError, InputError, SnapshotMissingError
from toolkit.store import Run
from toolkit.store.results import latest_run_id, run_ids
from toolkit.tables import INTAKE, QUARANTINE, RESULTS
from toolkit.version import __version__

ORDER = (
    quality.STAGE,
    match.STAGE,
    documents.STAGE,
    reconcile.STAGE,
    handoffs.STAGE,
    details.STAGE,
    roi.STAGE,
    approach.STAGE,
    flows.STAGE,
    roadmap.STAGE,
    kpi.STAGE,
    backtest.STAGE,
    sources.STAGE,
    field_maps.STAGE,
    scope.STAGE,
    figures.STAGE,
)
STAGES: Mapping[str, Stage] = {stage.name: stage for stage in ORDER}

_DESCRIBED = {"connector", "category", "label", "owner", "is_informal", "process", "data_in", "data_out"}
"""What of a system's description the report tells."""
_RUNS_LOOKED_AT = 12
"""How many runs back a stage is looked for: as far as somebody may go back and forth between two settings."""


def run_stages(
    engagement: Engagement, upto: str = "figures", progress: Progress = silent, refit: match.Refit | None = None
) -> Run:
    """Return a run that holds the stage ``upto`` and all that it needs.

    Parameters
    ----------
    engagement
        With overrides of its settings the run is a trial: it stands beside the latest and does not take its place.
    upto
        Name of a stage.
    progress
        What long work reports to.
    refit
        The wish to fit the matching model anew; what rests on it is computed again.

    Raises
    ------
    SnapshotMissingError
        Nothing has been pulled yet.
    DamagedError
        A snapshot is not as it was written.
    BusyError
        Another run is writing.
    """
    if not engagement.store.snapshots().num_rows:
        raise SnapshotMissingError(
            f"There are no snapshots in {engagement.folder} yet. Put the client's files into "
            f"{engagement.folder / 'exports'} and run 'integration-audit pull {engagement.folder}'."
        )
    earlier, damage = _earlier_runs(engagement)
    wanted = _needed(upto)
    before = _standing(engagement, earlier, engagement.inputs_hash())
    if refit is None and before is not None and {stage.name for stage in wanted} <= set(before.facts["stages"]):
        _keep_settings(engagement)
        return before
    with engagement.store.writing(f"audit of {engagement.settings.client}"):
        # Another thread may read the settings of this engagement anew, up to here and from here on: what the run is kept
        # under and what it is computed from are one reading of them.
        engagement = replace(engagement)
        inputs_hash = engagement.inputs_hash()
        before = _standing(engagement, earlier, inputs_hash)
        facts = _facts(engagement, inputs_hash)
        facts |= {"refit": refit.as_facts()} if refit else {}
        facts |= {"mended": damage} if damage else {}
        kept = () if refit or before is None else before.facts["stages"]
        chosen = [stage for stage in ORDER if stage in wanted or stage.name in kept]
        stopped = None
        with engagement.store.new_run(datetime.now(UTC), facts) as run:
            _write_read(engagement, run)
            try:
                _work(engagement, run, chosen, earlier, progress)
            except KeyboardInterrupt as error:
                if not run.facts["stages"]:
                    raise
                # What is computed is kept, as after a verb that asks for no more: who goes on need not wait for it again.
                _forget_unfinished(run)
                stopped = error
        _keep_settings(engagement)
        if stopped is not None:
            raise stopped
    return engagement.store.run(run.run_id)


def _forget_unfinished(run: Run) -> None:
    """Take out of a run what a stage has written that was stopped before its end."""
    done = [STAGES[name] for name in run.facts["stages"]]
    kept = {INTAKE.name, QUARANTINE.name, "snapshot", *(table for stage in done for table in stage.tables)}
    for name in [one for one in run.facts["tables"] if one not in kept]:
        run.drop(name)
    for stage in STAGES.values():
        for name in (*stage.facts,) if stage not in done else ():
            run.facts.pop(name, None)


def _keep_settings(engagement: Engagement) -> None:
    """Keep ``engagement.yaml``, now that a run has come to its end with it."""
    path = engagement.loaded.path
    if path is not None and not engagement.is_trial and not engagement.store.is_read_only:
        engagement.store.keep_settings(path.read_text(encoding="utf-8-sig"))


def run_holding(engagement: Engagement, table: str, run_id: str = "latest") -> Run:
    """Return a run that holds a table. What the latest lacks of that is worked out; an older one is as it was kept.

    Parameters
    ----------
    engagement
        With a finished run.
    table
        Name of a results table.
    run_id
        ``latest``, or the id of any finished run.

    Raises
    ------
    UnknownNameError
        There is no such run.
    """
    run = engagement.store.run(run_id)
    stage = next((one for one in ORDER if table in one.tables), None)
    if run_id != "latest" or stage is None or stage.name in run.facts["stages"]:
        return run
    return run_stages(engagement, stage.name)


def _needed(upto: str) -> list[Stage]:
    """Return a stage and those whose tables it reads, in their order."""
    needed = [STAGES[upto]]
    for stage in reversed(ORDER):
        if any({*stage.tables} & {*one.reads} for one in needed) and stage not in needed:
            needed.append(stage)
    return [stage for stage in ORDER if stage in needed]


AUDITED: tuple[str, ...] = tuple(stage.name for stage in _needed("figures"))
"""The stages of an audit; the others are worked out when somebody asks for them."""


def _work(engagement: Engagement, run: Run, chosen: Sequence[Stage], earlier: Sequence[Run], progress: Progress) -> None:
    """Bring the tables of the chosen stages into a run: from an earlier one that had the same to read, or computed."""
    records = engagement_records(engagement)
    for number, stage in enumerate(chosen):
        records.release({name for one in chosen[number:] for name in one.records})
        return_memory()
        progress(stage.label, number, len(chosen))
        key = stage_key(stage, engagement, run)
        candidates = [] if stage.has_memory and match.is_damaged(engagement.store) else _candidates(stage, earlier)
        source = next((one for one in candidates if one.facts["stage_keys"][stage.name] == key), None)
        if source is not None:
            for table in stage.tables:
                run.keep(table, source)
            run.facts.update({name: source.facts[name] for name in stage.facts if name in source.facts})
        else:
            before = next((one for one in earlier if stage.name in one.facts["stages"]), None)
            tables = {**stage_tables(stage, engagement, run, records, before)}
            # To be written a table is laid out anew: not on top of what the stage has freed.
            return_memory()
            _write(run, stage, tables)
        run.facts["stages"].append(stage.name)
        run.facts["stage_keys"][stage.name] = key
    progress("Done", len(chosen), len(chosen))


def _write(run: Run, stage: Stage, tables: dict[str, pa.Table]) -> None:
    """Write a stage's tables, and hold none of them longer."""
    for table in stage.tables:
        run.write(table, tables.pop(table))


def _candidates(stage: Stage, earlier: Sequence[Run]) -> list[Run]:
    """Return the runs whose tables a stage may take over: of one that remembers, the last that was no trial."""
    holding = [one for one in earlier if stage.name in one.facts["stage_keys"]]
    return [one for one in holding if not one.facts.get("trial")][:1] if stage.has_memory else holding


def _standing(engagement: Engagement, earlier: Sequence[Run], inputs_hash: str) -> Run | None:
    """Return the run that holds for these inputs: the latest, or of a trial any that tried the same."""
    same = [one for one in earlier if _is_of(one, engagement, inputs_hash)]
    if engagement.is_trial:
        return same[0] if same else None
    if match.is_damaged(engagement.store):
        # The run stands, but the next one could not go on from what it kept.
        return None
    latest = latest_run_id(engagement.folder)
    return next((one for one in same if one.run_id == latest), None)


def _earlier_runs(engagement: Engagement) -> tuple[list[Run], list[str]]:
    """Return the newest runs that are whole, newest first, and what is damaged in the latest, in sentences."""
    found: list[Run] = []
    damage = []
    latest = latest_run_id(engagement.folder)
    for name in run_ids(engagement.folder)[:_RUNS_LOOKED_AT]:
        broken = ""
        try:
            run = engagement.store.run(name)
            files = ", ".join(path.name for path in run.damaged_tables())
            broken = f"results/{name}: {files} gone or changed" if files else ""
        except DamagedError as error:
            broken = f"{error.path.relative_to(engagement.folder)} gone or changed"
        except InputError:
            broken = f"results/{name} is a run of another engagement"
        if not broken:
            found.append(run)
        elif name == latest:
            damage.append(f"{broken}; it was computed again.")
    return found, damage


def _is_of(run: Run, engagement: Engagement, inputs_hash: str) -> bool:
    """Return whether a run was computed from these inputs, by this version, as a trial or not."""
    is_same = run.facts.get("inputs_hash") == inputs_hash and run.facts["versions"]["toolkit"] == __version__
    return (
        is_same and run.facts.get("columns_hash") == _columns_hash() and bool(run.facts.get("trial")) == engagement.is_trial
    )


def _facts(engagement: Engagement, inputs_hash: str) -> dict[str, Any]:
    settings = engagement.settings
    snapshots = engagement.store.snapshots()
    intake, quarantine = engagement.store.intake()
    trial = {name: str(value) for name, value in engagement.loaded.overrides.items()}
    return {
        # On the first line and on the cover: nobody takes what was tried for what was found.
        "client": settings.client + (f" (trial: {said})" if (said := _tried(trial)) else ""),
        "currency": settings.currency,
        "country": settings.country,
        "time_zone": settings.time_zone,
        "labels": {name: one.label for name, one in settings.systems.items() if one.label},
        "systems": {
            name: one.model_dump(mode="json", include=_DESCRIBED, exclude_defaults=True)
            for name, one in settings.systems.items()
        },
        "as_of": str(engagement.as_of()),
        "inputs_hash": inputs_hash,
        "columns_hash": _columns_hash(),
        "audit_log_head": engagement.store.log_head(),
        **({"trial": trial} if trial else {}),
        "stages": [],
        "stage_keys": {},
        "snapshots": {row["path"]: row["sha256"] for row in snapshots.to_pylist()},
        "has_settings_file": engagement.has_settings_file,
        "unconfirmed": list(settings.unconfirmed),
        "questions": [one.ask for one in settings.questions.values() if not one.answer],
        "unmeasured": unmeasured_handoffs(engagement),
        "without_files": sorted(set(settings.systems) - set(snapshots["system"].to_pylist())),
        "reasons": [
            *said_of(engagement.store.presences().values()),
            *unfinished_sentences(engagement),
            *incompleteness(intake, quarantine, snapshots),
        ],
        "versions": {
            "toolkit": __version__,
            "python": platform.python_version(),
            "pyarrow": pa.__version__,
        },
    }


def _columns_hash() -> str:
    """Return a hash of the columns of all results: a run from before a table had a column is computed again."""
    return hashlib.sha256(json.dumps({name: table.arrow.names for name, table in RESULTS.items()}).encode()).hexdigest()


def _tried(trial: Mapping[str, str]) -> str:
    return ", ".join(f"{name}={value}" for name, value in trial.items())


def _write_read(engagement: Engagement, run: Run) -> None:
    """Write what was read: no stage computes it."""
    intake, quarantine = engagement.store.intake()
    run.write(INTAKE.name, intake)
    run.write(QUARANTINE.name, quarantine)
    run.write("snapshot", engagement.store.snapshots())
