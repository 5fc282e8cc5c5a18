"""Making a plan: from the newest run to a saved plan, with its page and workbook."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.audit.engagement import Engagement
from toolkit.audit.jobs.agreeing import approve_command
from toolkit.audit.jobs.inputs import JobInputs, job_inputs
from toolkit.audit.jobs.written_streams import is_sendable, written_streams
from toolkit.audit.progress import Progress, silent
from toolkit.audit.pull.read_as import canonical_settings
from toolkit.audit.record_words import record_words
from toolkit.audit.records import Records, engagement_records
from toolkit.audit.runs import run_stages
from toolkit.changes import Excess, JobKind, Operation, Plan, SavedPlan, excesses, made_plan, saved_plan
from toolkit.changes.operation import MERGED_INTO
from toolkit.errors import InputError
from toolkit.plan.planned import Planned
from toolkit.report.plan_page import plan_blocks
from toolkit.report.plan_workbook import write_plan_workbook
from toolkit.report.systems import system_labels
from toolkit.store import Run
from toolkit.store.plans import KeptPlan, keep_plan, opened_plan
from toolkit.version import __version__

Planner = Callable[[Engagement, Run, Records, str], Planned]
_MAX_NAMED = 60_000


@dataclass(frozen=True, slots=True)
class PlanMade:
    """A plan that was made or was there already: what is kept of it, its content, and its documents.

    ``withheld`` is what the guard against mass change keeps back until somebody agrees, ``incomplete`` the streams that
    were not read to their end, with the reason. ``is_sendable`` says whether it can be sent over the system's interface.
    """

    kept: KeptPlan
    saved: SavedPlan
    label: str
    names: Mapping[str, str]
    withheld: tuple[Excess, ...]
    incomplete: Mapping[str, str]
    paths: tuple[Path, ...]
    is_sendable: bool


def plan_job(engagement: Engagement, kind: JobKind, system: str, progress: Progress = silent) -> PlanMade:
    """Make the plan of a job for one system, save it, and write its page and workbook; nothing is sent.

    Parameters
    ----------
    engagement
        With snapshots; stages that a plan needs are run first where they are not there yet.
    kind
        ``cleanup`` or ``sync``.
    system
        The client's name of the system that is to be changed.
    progress
        What long work reports to.

    Raises
    ------
    SnapshotMissingError
        Nothing has been pulled yet.
    UnknownNameError
        There is no such system.
    BusyError
        Another run is writing.
    """
    run = run_stages(engagement, progress=progress)
    inputs = job_inputs(engagement, run, kind, system)
    progress(f"Planning for {system}", 0, 2)
    records = engagement_records(engagement)
    planned = _planner(kind)(engagement, run, records, system)
    planned = replace(planned, operations=as_sent(engagement, system, records, planned.operations))
    plan = _plan(engagement, kind, inputs, planned)
    saved = saved_plan(plan, datetime.now(UTC), __version__)
    with engagement.store.writing(f"plan for {system}"):
        kept = keep_plan(engagement.store, saved)
        if kind == "sync":
            _keep_settled(engagement, run, records)
    # The same plan may have been there, in the envelope that was agreed to.
    progress("Writing the plan's documents", 1, 2)
    return documented_plan(engagement, run, kept, inputs)


def documented_plan(engagement: Engagement, run: Run, kept: KeptPlan, inputs: JobInputs) -> PlanMade:
    """Write a plan's page and workbook, and return it with them.

    Parameters
    ----------
    engagement, run
        Where its records have names.
    kept
        The plan.
    inputs
        What a plan for its system rests on now.
    """
    from toolkit.report.page import write_page

    saved = opened_plan(engagement.store, kept)
    plan = saved.plan
    label = system_label(engagement, plan.target.system)
    names = plan_names(engagement, run, plan)
    withheld = excesses(plan.summary, {})
    home = engagement.folder / "reports"
    stem = f"plan-{plan.kind}-{plan.target.system}-{kept.name}"
    can_send = is_sendable(engagement, plan)
    steps = next_steps(plan, is_sendable=can_send)
    blocks = plan_blocks(saved, label=label, names=names, withheld=withheld, next_steps=steps)
    # Whoever writes clears away what is half-written: only with the right to write is that nobody else's.
    with engagement.store.writing(f"documents of plan {kept.name}"):
        page = write_page(home / f"{stem}.html", blocks, title=f"Plan for {label}", country=engagement.settings.country)
        workbook = write_plan_workbook(home / f"{stem}.xlsx", saved, label=label, names=names)
    return PlanMade(kept, saved, label, names, withheld, inputs.incomplete, (page, workbook), can_send)


def plan_names(engagement: Engagement, run: Run, plan: Plan) -> dict[str, str]:
    """Return what the records of a plan are called, by record_key; of a huge one those of its first records.

    Parameters
    ----------
    engagement, run
        Where the records stand.
    plan
        The plan.
    """
    return record_words(engagement, run, sorted(_keys(plan))[:_MAX_NAMED])


def next_steps(plan: Plan, folder: str = "", *, is_sendable: bool = False) -> tuple[str, ...]:
    """Return what to do with a plan, in the order in which it is done.

    Parameters
    ----------
    plan
        The plan.
    folder
        The engagement's folder as the commands name it; without, they are typed in it.
    is_sendable
        Whether it can be sent over the system's interface, too.
    """
    here, name = f" {folder}" if folder else "", plan.plan_id[:12]
    if not plan.operations:
        return ("There is nothing to do.",)
    return (
        "Read this page and the workbook beside it with whoever owns the system.",
        f"Agree to it: {approve_command(plan, folder)}",
        *apply_steps(name, here, is_sendable=is_sendable),
        f"Write the files to import, and those that take it back: integration-audit apply {name}{here} --write",
    )


def apply_steps(name: str, here: str, *, is_sendable: bool) -> tuple[str, ...]:
    """Return how to see what a plan does, before anything is done.

    Parameters
    ----------
    name
        Of the plan.
    here
        The engagement's folder as a command names it, behind a blank; empty, where the command is typed in it.
    is_sendable
        Whether it can be sent over the system's interface, too.

    Examples
    --------
    >>> apply_steps("3f2a", " harbor", is_sendable=False)
    ('See what would be written: integration-audit apply 3f2a harbor',)
    """
    command = f"integration-audit apply {name}{here}"
    sent = f"Or see what would be sent over the system's interface; it says how to send it: {command} --send"
    return (f"See what would be written: {command}", *((sent,) if is_sendable else ()))


def as_sent(engagement: Engagement, system: str, records: Records, operations: Sequence[Operation]) -> tuple[Operation, ...]:
    """Return changes in the order in which the system takes them, with how far each can be taken back there.

    Parameters
    ----------
    engagement, records
        What is known of the system.
    system
        Its name.
    operations
        As they were planned.
    """
    ordered = _after_their_holders(engagement, system, records, operations)
    return _with_ways_back(engagement, system, records, ordered)


def _after_their_holders(
    engagement: Engagement, system: str, records: Records, operations: Sequence[Operation]
) -> tuple[Operation, ...]:
    """Return changes that take over what no two records of the system may share only when its holder is archived."""
    from toolkit.plan.unique_values import after_their_holders

    written = written_streams(engagement, system)
    unique = {name: how.mark.column for name, (_, how) in written.items() if how.mark is not None and how.mark.column}
    return after_their_holders(operations, system, unique, records.parties) if unique else tuple(operations)


def _with_ways_back(
    engagement: Engagement, system: str, records: Records, operations: Sequence[Operation]
) -> tuple[Operation, ...]:
    """Return the changes of a plan with how far the interface that they are sent to can take each back."""
    from toolkit.audit.jobs.ways_back import Held, with_ways_back

    written = written_streams(engagement, system)
    gone: dict[str, list[str]] = {}
    for one in operations:
        is_kept = one.stream in written and one.action == "archive" and written[one.stream][1].restore is None
        if is_kept or (one.stream in written and one.action == "merge"):
            ids = {one.target_id, one.after.get(MERGED_INTO) or one.target_id}
            gone.setdefault(one.stream, []).extend(
                f"{system}/{one.stream}/{record_id}" for record_id in sorted(filter(None, ids))
            )
    currency = canonical_settings(engagement, system, None)["currency"] or ""
    held = {}
    for stream, keys in gone.items():
        rows = records.written(system, stream, keys)
        table = records.by_stream[system, stream]
        own = table.filter(pc.is_in(table["record_key"], value_set=pa.array(keys)))
        for row in own.to_pylist():
            columns = frozenset(name for name, value in row.items() if value not in (None, "", []))
            held[stream, row["record_id"]] = Held(rows.get(row["record_key"], {}), columns, currency)
    return with_ways_back(operations, written, held)


def _planner(kind: JobKind) -> Planner:
    from toolkit.audit.jobs import cleanup, sync

    return {"cleanup": cleanup.planned_cleanup, "sync": sync.planned_sync}[kind]


def _keep_settled(engagement: Engagement, run: Run, records: Records) -> None:
    from toolkit.audit.jobs.sync import keep_settled

    keep_settled(engagement, run, records)


def _plan(engagement: Engagement, kind: JobKind, inputs: JobInputs, planned: Planned) -> Plan:
    if engagement.is_trial:
        raise InputError("A plan is made from engagement.yaml as it stands, not from --set. Write the settings down first.")
    return made_plan(
        kind,
        engagement_id=engagement.store.engagement_id,
        target=inputs.target,
        snapshot_ids=inputs.snapshot_ids,
        rules_hash=inputs.rules_hash,
        operations=planned.operations,
        record_counts=inputs.record_counts,
        left_out=planned.left_out,
    )


def system_label(engagement: Engagement, system: str) -> str:
    """Return what the client calls a system."""
    return system_labels_of(engagement)[system]


def system_labels_of(engagement: Engagement) -> dict[str, str]:
    """Return what the client calls each system that was read."""
    rows = engagement.store.snapshots().to_pylist()
    given = {name: one.label for name, one in engagement.settings.systems.items()}
    return system_labels({row["system"]: row["connector"] for row in rows}, given)


def _keys(plan: Plan) -> set[str]:
    """Return the records that a plan names."""
    prefix = plan.target.system
    keys = {f"{prefix}/{one.stream}/{one.target_id}" for one in plan.operations if one.target_id is not None}
    keys |= {one.natural_key for one in plan.operations if one.natural_key is not None}
    keys |= {one.evidence.from_key for one in plan.operations if one.evidence.from_key is not None}
    return keys | {key for one in plan.left_out for key in one.record_keys}
