"""An approved plan carried out over a system's interface; the same command goes on after anything."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from toolkit.apply.carrying import Notes
from toolkit.apply.running import JobLimits, JobOutcome, run_job
from toolkit.audit.engagement import Engagement
from toolkit.audit.jobs.approving import approved_plan, refuse_beyond, refuse_stale
from toolkit.audit.jobs.job_page import write_job_page
from toolkit.audit.jobs.opened_system import opened_system
from toolkit.audit.jobs.planning import plan_names, system_label
from toolkit.audit.jobs.sync import keep_written
from toolkit.audit.jobs.ways_back import is_taken_back
from toolkit.audit.jobs.write_target import Confirm, WriteTarget, named_account
from toolkit.audit.jobs.written_streams import written_streams
from toolkit.audit.progress import Progress, silent
from toolkit.audit.pull.asked import is_asked
from toolkit.audit.runs import run_stages
from toolkit.changes import Plan, SavedPlan, made_plan, saved_plan
from toolkit.changes.steps import JournalEntry
from toolkit.connector import Writing
from toolkit.errors import InputError, PlanRefusedError
from toolkit.plan.undo import undo
from toolkit.rest.clock import Clock
from toolkit.rest.soap import refuse_without_reader
from toolkit.store.journal import journal_steps, last_steps, opened_journal
from toolkit.store.plans import KeptPlan, approval_of, keep_plan, keep_records, kept_plan, opened_plan
from toolkit.values.counted import listed
from toolkit.version import __version__

_TRIED_AGAIN = frozenset({"rejected", "needs_human", "conflict"})
"""What is tried again when a person says so; each record is compared again before anything is sent."""
_UNNAMED = named_account("")
SENT = "plan_sent"
"""What the audit log calls that a plan was carried out, or as far as it went."""


@dataclass(frozen=True, slots=True)
class SentJob:
    """How a job ended: the plan, its outcome, what its records are called, and the page that says it."""

    saved: SavedPlan
    outcome: JobOutcome
    label: str
    names: Mapping[str, str]
    is_dry_run: bool
    refusal: str = ""
    page: Path | None = None
    target: WriteTarget | None = None


@dataclass(frozen=True, slots=True)
class _Nowhere:
    """Where a rehearsal writes its steps down."""

    last: Mapping[str, JournalEntry]

    def note(self, *entries: JournalEntry) -> None:
        """Forget steps."""


def send_plan(
    engagement: Engagement,
    name: str,
    *,
    is_dry_run: bool = True,
    limits: JobLimits | None = None,
    again: bool = False,
    clock: Clock | None = None,
    is_stopped: Callable[[], bool] = lambda: False,
    progress: Progress = silent,
    confirm: Confirm = _UNNAMED,
) -> SentJob:
    """Carry out what is left of an approved plan, or rehearse it.

    Parameters
    ----------
    engagement
        Whose plan it is.
    name
        The first letters of its id, or ``latest``.
    is_dry_run
        Whether everything is done but the noting and the sending.
    limits
        When the job stops by itself.
    again
        Whether changes that were refused, left alone, or could not be told, are tried again.
    clock
        What waits; the machine's without.
    is_stopped
        Asked between two changes.
    progress
        What long work reports to.
    confirm
        Told what would be changed, before anything is sent; without, a live account is left alone.

    Raises
    ------
    PlanRefusedError
        Nobody agreed to the plan, or it is refused for what it is, or nobody named the live account.
    InputError
        The system cannot be written to, as the settings stand.
    AuthError
        The credentials open nothing, or another account.
    BusyError
        Another run is writing.
    """
    _, saved, refusal = _opened(engagement, name, is_dry_run=is_dry_run)
    plan = saved.plan
    writings = _writings(engagement, plan)
    label = system_label(engagement, plan.target.system)
    names = plan_names(engagement, run_stages(engagement), plan)
    page: Path | None = None

    def told(done: int, total: int) -> None:
        progress(f"Changing {label}", done, total)

    if not is_dry_run:
        # Asked before the system is: two jobs that ask one at a time are told off by it, and not by us.
        with engagement.store.writing(f"job on {plan.target.system}"):
            pass
    with opened_system(engagement, plan, writings, label, clock) as opened:
        if not is_dry_run:
            confirm(opened.target)

        def run(notes: Notes) -> JobOutcome:
            tried = {op_id for op_id, one in notes.last.items() if again and one.state in _TRIED_AGAIN}
            return run_job(
                plan,
                opened.system,
                notes,
                opened.clock,
                limits=limits or JobLimits(),
                is_dry_run=is_dry_run,
                again=tried,
                keep=lambda op_id, records: _kept(engagement, plan, op_id, records),
                is_stopped=is_stopped,
                told=told,
            )

        if is_dry_run:
            outcome = run(_Nowhere(last_steps(engagement.store, plan.plan_id)))
        else:
            with engagement.store.writing(f"job on {plan.target.system}"):
                with opened_journal(engagement.store, plan.plan_id) as journal:
                    outcome = run(journal)
                _note_undone(engagement, plan, outcome)
                _note_written(engagement, plan, outcome)
                engagement.store.log(SENT, {"plan_id": plan.plan_id, **outcome.counts})
                # Whoever else writes clears away what is half-written.
                page = write_job_page(engagement, saved, outcome, label=label, names=names)
                if plan.kind == "undo":
                    _write_first_page(engagement, plan, label)
    return SentJob(saved, outcome, label, names, is_dry_run, refusal, page, opened.target)


def plan_undo(engagement: Engagement, name: str) -> tuple[KeptPlan, SavedPlan]:
    """Make the plan that takes a job back, from what its journal says was done; nothing is sent.

    Parameters
    ----------
    engagement
        Whose job it was.
    name
        The first letters of the plan's id, or ``latest``.

    Raises
    ------
    InputError
        Nothing of the plan was done over an interface.
    """
    kept = kept_plan(engagement.store, name)
    plan = opened_plan(engagement.store, kept).plan
    found = undo(plan, last_steps(engagement.store, plan.plan_id), _writings_of(engagement, plan))
    if not found.operations and not found.left_out:
        raise InputError(
            f"Nothing of plan {kept.name} was sent, so there is nothing to take back here. What was imported from its files "
            "is taken back by those under 'undo/' beside them."
        )
    counts = {
        row["stream"]: row["rows"] - row["rows_absent"]
        for row in engagement.store.snapshots().to_pylist()
        if row["system"] == plan.target.system
    }
    made = made_plan(
        "undo",
        engagement_id=engagement.store.engagement_id,
        target=plan.target,
        snapshot_ids={},
        rules_hash=plan.plan_id,
        operations=found.operations,
        record_counts=counts,
        left_out=found.left_out,
    )
    saved = saved_plan(made, datetime.now(UTC), __version__)
    with engagement.store.writing("plan that takes a job back"):
        again = keep_plan(engagement.store, saved)
    return again, opened_plan(engagement.store, again)


def searched_journal(engagement: Engagement, name: str, word: str = "") -> list[JournalEntry]:
    """Return the steps of a plan, or those whose record, state, change or reason holds a word.

    Parameters
    ----------
    engagement
        Whose plan it is.
    name
        The first letters of its id, or ``latest``.
    word
        In any case; empty: every step.
    """
    kept = kept_plan(engagement.store, name)
    wanted = word.casefold()
    return [
        one
        for one in journal_steps(engagement.store, kept.plan_id)
        if wanted in f"{one.op_id} {one.state} {one.record_id} {one.reason}".casefold()
    ]


def _opened(engagement: Engagement, name: str, *, is_dry_run: bool) -> tuple[KeptPlan, SavedPlan, str]:
    """Return a plan that may be carried out, and why it may not be yet, which a rehearsal says."""
    kept = kept_plan(engagement.store, name)
    saved = opened_plan(engagement.store, kept)
    approval = approval_of(engagement.store, kept)
    if not saved.plan.operations:
        raise InputError(f"Plan {kept.name} changes nothing, so there is nothing to send.")
    if last_steps(engagement.store, kept.plan_id) and approval is not None:
        # A job that has begun goes on: its own changes made the snapshots old. Each record is still compared.
        refuse_beyond(saved, approval)
        return kept, saved, ""
    if not is_dry_run:
        return *approved_plan(engagement, name)[:2], ""
    refuse_stale(engagement, saved)
    return kept, saved, "" if approval is not None else f"Nobody has agreed to plan {kept.name} yet."


def _writings_of(engagement: Engagement, plan: Plan) -> dict[str, Writing]:
    return {name: writing for name, (_, writing) in written_streams(engagement, plan.target.system).items()}


def _writings(engagement: Engagement, plan: Plan) -> dict[str, Writing]:
    """Return how the streams of a plan are written; refuse what is not described, before anything is sent."""
    system = plan.target.system
    given = engagement.settings.systems.get(system)
    if given is None or not is_asked(system, engagement.settings):
        raise InputError(
            f"{system} is not asked over an interface, so nothing can be sent to it. Write its files instead: "
            f"integration-audit apply {plan.plan_id[:12]} --write"
        )
    described = _writings_of(engagement, plan)
    lacking = sorted({one.stream for one in plan.operations} - set(described))
    if lacking:
        raise InputError(
            f"Nothing says how these are written in {system}: {listed(lacking)}. Describe it under "
            f"systems.{system}.streams.{lacking[0]}.write in engagement.yaml, or write files instead: "
            f"integration-audit apply {plan.plan_id[:12]} --write"
        )
    calls = (described[one.stream].call_of(one.action) for one in plan.operations)
    if any(call is not None and call.form == "soap" for call in calls):
        refuse_without_reader()
    conditions = {(one.stream, one.precondition.kind) for one in plan.operations if one.precondition is not None}
    unseen = sorted(stream for stream, kind in conditions if kind == "updated_at" and not described[stream].stamp)
    if unseen:
        raise InputError(
            f"Nothing says where these records say when they were changed: {listed(unseen)}. An edit of somebody else would "
            f"not be seen. Name it under systems.{system}.streams.{unseen[0]}.write.stamp in engagement.yaml."
        )
    lost = [one for one in plan.operations if plan.kind != "undo" and not is_taken_back(one, described[one.stream])]
    if lost:
        raise PlanRefusedError(
            f"Plan {plan.plan_id[:12]} says that a change of {lost[0].stream} can be taken back, and over this interface it "
            "cannot be so. Nothing was sent. Plan again: the new plan says how far each change can be taken back."
        )
    return described


def _kept(engagement: Engagement, plan: Plan, op_id: str, records: Mapping[str, Any]) -> None:
    """Keep what a change takes away for good, before it is sent."""
    keep_records(engagement.store, plan.plan_id, op_id, records)


def _note_written(engagement: Engagement, plan: Plan, outcome: JobOutcome) -> None:
    """Note what a sync wrote, so that its coming back from the system is nobody's change."""
    if plan.kind != "sync":
        return
    done = [one for one in plan.operations if one.op_id in outcome.steps and outcome.steps[one.op_id].state == "confirmed"]
    keep_written(engagement, done, plan.target.system)


def _write_first_page(engagement: Engagement, plan: Plan, label: str) -> None:
    """Let the page of a job say what another one has taken back of it."""
    first = opened_plan(engagement.store, kept_plan(engagement.store, plan.rules_hash))
    outcome = JobOutcome(last_steps(engagement.store, first.plan.plan_id), len(first.plan.operations))
    names = plan_names(engagement, run_stages(engagement), first.plan)
    write_job_page(engagement, first, outcome, label=label, names=names)


def _note_undone(engagement: Engagement, plan: Plan, outcome: JobOutcome) -> None:
    """Note in the journal of a job what another one has taken back of it."""
    if plan.kind != "undo":
        return
    first = opened_plan(engagement.store, kept_plan(engagement.store, plan.rules_hash)).plan
    steps = last_steps(engagement.store, first.plan_id)
    origins = undo(first, steps, _writings_of(engagement, first)).origins
    left: Collection[str] = {
        origin
        for op_id, origin in origins.items()
        if op_id not in outcome.steps or outcome.steps[op_id].state not in {"confirmed", "noop_already"}
    }
    taken_back = [op_id for op_id in dict.fromkeys(origins.values()) if op_id not in left and steps[op_id].state != "undone"]
    now = datetime.now(UTC)
    with opened_journal(engagement.store, first.plan_id) as journal:
        if taken_back:
            # Where each record was, and as which version it was left, is asked again by whoever looks at the same plan.
            journal.note(*(replace(steps[one], state="undone", at=now, reason=None) for one in taken_back))
