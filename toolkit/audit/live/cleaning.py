"""The sample client is pulled, audited, cleaned up over interfaces, audited again, and all of it is taken back."""

import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

from toolkit.audit.audited_folder import Audit, run_audit
from toolkit.audit.engagement import Engagement, open_engagement
from toolkit.audit.jobs.approving import approve_plan
from toolkit.audit.jobs.planning import plan_job, system_label
from toolkit.audit.jobs.sending import SentJob, plan_undo, send_plan
from toolkit.audit.live.circle import APPROVER, IN_USE, Circle, DoneJob, taken_back
from toolkit.audit.live.circle_page import write_circle_page
from toolkit.audit.live.comparing import Records, compared, held_records
from toolkit.audit.live.sample import LiveSample, live_sample, pull_live
from toolkit.audit.progress import Progress, silent
from toolkit.changes import JobKind, Plan, excesses
from toolkit.changes.operation import LOST_WORD, MERGED_INTO
from toolkit.errors import InputError
from toolkit.plan.sync_tables import NAMES
from toolkit.rest.clock import Clock
from toolkit.settings import FILE_NAME, change_settings
from toolkit.store.journal import last_steps
from toolkit.store.state_file import STATE_NAME

PER_MINUTE = 100_000
"""What the stand-ins allow here: at the pace of the smallest plans this would take an hour."""
MergeBy = Literal["archive", "vendor"]
JOBS: tuple[tuple[JobKind, str], ...] = (
    ("cleanup", "crm"),
    ("cleanup", "ledger"),
    ("cleanup", "shop"),
    ("sync", "ledger"),
)
"""What is done, in its order: a customer who stands there twice gets no invoice before that is cleaned up."""
MERGES: tuple[tuple[JobKind, str], ...] = (("cleanup", "crm"), ("cleanup", "shop"))
"""What is done with the systems' own merges: those of the sample that have duplicates, and merges for them."""


def cleaned_live(
    folder: Path,
    *,
    jobs: Sequence[tuple[JobKind, str]] = JOBS,
    merge_by: MergeBy = "archive",
    with_faults: bool = False,
    clock: Clock | None = None,
    progress: Progress = silent,
) -> Circle:
    """Pull the sample client from stand-ins, clean it up over them, audit it before and after, and take it all back.

    Parameters
    ----------
    folder
        Where it goes.
    jobs
        What is done.
    merge_by
        How duplicates are merged: so that all of it can be taken back, or by the systems' own merges.
    with_faults
        Whether things go wrong now and then.
    clock
        What waits; the machine's without.
    progress
        What long work reports to.

    Raises
    ------
    InputError
        Something stands there already, or a pull brought less than everything.
    """
    if (folder / STATE_NAME).exists():
        # What was done there stands in its journal, and would not be done again.
        raise InputError(
            f"Something was audited in {folder} before. Choose a folder that is not there yet: "
            "integration-audit demo DIR --live --clean"
        )
    begun = time.monotonic()
    options: dict[str, Any] = {"with_faults": with_faults, "clock": clock, "progress": progress}
    with live_sample(folder, per_minute=PER_MINUTE, **options) as sample:
        records, before, client = _pulled(sample, progress)
        if merge_by == "vendor":
            ways: dict[tuple[str, ...], Any] = {("cleanup", system, "merge_by"): merge_by for kind, system in jobs}
            change_settings(sample.folder / FILE_NAME, ways)
        done: list[DoneJob] = []
        left_alone: dict[str, str] = {}
        for kind, system in jobs:
            if done and kind == "sync":
                pull_live(sample, is_full=True, progress=progress)
            found = _sent(sample, kind, system, progress)
            if isinstance(found, str):
                left_alone[system] = found
            else:
                done.append(found)
        _, after, _ = _pulled(sample, progress)
        taken_back = [_taken_back(sample, one, progress) for one in reversed(done)]
        again, figures, _ = _pulled(sample, progress)
    anew, made = _made_records(taken_back)
    comparison = compared(records, again, anew=anew, made=made)
    jobs_done = tuple(reversed(taken_back))
    seconds = time.monotonic() - begun
    circle = Circle(folder, client, before, after, figures, jobs_done, comparison, left_alone, seconds, _lost(jobs_done))
    return replace(circle, page=write_circle_page(circle, folder / "reports" / "cleaned-live.html"))


def _pulled(sample: LiveSample, progress: Progress) -> tuple[Records, dict[str, dict[str, Any]], str]:
    """Pull everything and audit it; return the records of the stand-ins, every figure by its id, and the client."""
    pull_live(sample, is_full=True, progress=progress)
    audit: Audit = run_audit(sample.folder, progress=progress)
    try:
        figures = {one["figure_id"]: one for one in audit.figures()}
        records = held_records(audit.engagement, sample.systems)
        figures[IN_USE] = {"figure_id": IN_USE, "value": float(_duplicates(audit, records)), "unit": "count"}
        return records, figures, audit.engagement.settings.client
    finally:
        audit.engagement.close()


def _duplicates(audit: Audit, records: Records) -> int:
    """Return how many records in use stand for somebody who has another one in the same system."""
    seen: set[tuple[str, str]] = set()
    count = 0
    for row in audit.run.table("cluster").to_pylist():
        system, stream, _ = row["record_key"].split("/", 2)
        if stream == NAMES or records.get(row["record_key"], {}).get("state", "active") != "active":
            continue
        count += (system, row["cluster_id"]) in seen
        seen.add((system, row["cluster_id"]))
    return count


def _sent(sample: LiveSample, kind: JobKind, system: str, progress: Progress) -> DoneJob | str:
    """Plan a job, agree to it, and do it; return why it cannot be done where it cannot."""
    engagement = open_engagement(sample.folder)
    try:
        made = plan_job(engagement, kind, system, progress)
        if not made.saved.plan.operations:
            return "There is nothing to do."
        _agree(engagement, made.saved.plan)
        try:
            sent = send_plan(engagement, made.kept.plan_id, is_dry_run=False, clock=sample.clock, progress=progress)
        except InputError as error:
            return str(error)
        return DoneJob(kind, system, system_label(engagement, system), sent)
    finally:
        engagement.close()


def _taken_back(sample: LiveSample, job: DoneJob, progress: Progress) -> DoneJob:
    engagement = open_engagement(sample.folder)
    try:
        kept, saved = plan_undo(engagement, job.plan_id)
        if not saved.plan.operations:
            return job
        _agree(engagement, saved.plan)
        sent = send_plan(engagement, kept.plan_id, is_dry_run=False, clock=sample.clock, progress=progress)
        steps = last_steps(engagement.store, job.plan_id)
        undone, in_part = taken_back(job.sent.saved.plan, steps)
        return replace(job, undo=sent, undone=undone, in_part=in_part)
    finally:
        engagement.close()


def _agree(engagement: Engagement, plan: Plan) -> None:
    """Agree to a plan as the demo, to as many records taken away as it says."""
    ceilings = {one.stream: one.count for one in excesses(plan.summary, {})}
    accepted = sorted({one.reversibility for one in plan.operations} & {"R2", "R3"})
    approve_plan(engagement, plan.plan_id, APPROVER, ceilings=ceilings, accepted=accepted)


def _lost(jobs: Sequence[DoneJob]) -> tuple[str, ...]:
    """Return what the plans of jobs said is lost for good."""
    reasons = (why for job in jobs for one in job.sent.saved.plan.operations for why in one.evidence.reasons)
    return tuple(sorted({why for why in reasons if why.startswith(LOST_WORD)}))


def _made_records(jobs: Sequence[DoneJob]) -> tuple[dict[str, str], set[str]]:
    """Return which record stands in whose place since a job was taken back, and every record that jobs made."""
    anew: dict[str, str] = {}
    made: set[str] = set()
    for job in jobs:
        made |= {key for _, key in _creations(job.sent)}
        anew |= _merges(job.sent)
        anew |= dict(_creations(job.undo)) if job.undo is not None else {}
    return anew, made


def _merges(sent: SentJob) -> dict[str, str]:
    """Return under which keys records stand by now that others were merged into."""
    plan, steps = sent.saved.plan, sent.outcome.steps
    place = f"{plan.target.system}/{{}}/{{}}"
    return {
        place.format(one.stream, one.after[MERGED_INTO]): place.format(one.stream, steps[one.op_id].record_id)
        for one in plan.operations
        if one.action == "merge" and one.op_id in steps and steps[one.op_id].record_id is not None
    }


def _creations(sent: SentJob) -> list[tuple[str, str]]:
    """Return what a job made: the key of what it stands for, and its own."""
    plan, steps = sent.saved.plan, sent.outcome.steps
    made = [(one, steps[one.op_id]) for one in plan.operations if one.action == "create" and one.op_id in steps]
    return [
        (one.natural_key or "", f"{plan.target.system}/{one.stream}/{entry.record_id}")
        for one, entry in made
        if entry.record_id is not None
    ]
