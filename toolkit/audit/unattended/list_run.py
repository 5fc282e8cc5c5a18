"""A list of jobs from its first step to its last: each in a process of its own, with a record, one code, and alerts.

Only one list of an engagement runs at a time. A step that failed stops those that come after it by the list, and no other.
"""

import time
import traceback
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from toolkit.alerts.alert import Alert, ToldStep
from toolkit.audit.engagement import Engagement, open_engagement
from toolkit.audit.unattended.children import Ended, run_child
from toolkit.audit.unattended.records import FOLDER, RunRecord, begun_record, refuse_no_folder
from toolkit.audit.unattended.steps import PARTIAL, step_arguments, whole_code
from toolkit.audit.unattended.telling import Told, told_of
from toolkit.errors import BusyError, ToolkitError
from toolkit.rest.clock import Clock
from toolkit.rest.redaction import redacted
from toolkit.settings import secret_environment
from toolkit.settings.job_list import JobList, LinkedStep
from toolkit.store.journal import last_steps
from toolkit.store.list_lock import running_a_list
from toolkit.store.plans import kept_plan

INTERRUPTED = 130
RAN = "jobs_run"
"""What the audit log calls that a list was run."""

StepState = Literal["done", "done in part", "failed", "stopped", "not begun"]
_SENT = frozenset({0, 4, 6})
_START, _END = "(start)", "(end)"
"""What stands for a step where the list could not begin one, or went wrong itself when all of them had ended."""


@dataclass(frozen=True, slots=True)
class StepEnd:
    """How a step ended; ``counts`` is of a job that was sent how many changes ended how."""

    name: str
    run: str
    state: StepState
    code: int | None = None
    line: str = ""
    seconds: float = 0.0
    system: str = ""
    counts: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class ListRun:
    """How a list ended: its steps, one code for the whole, who was told, and where the record is."""

    job: str
    run_id: str
    code: int
    steps: tuple[StepEnd, ...]
    told: tuple[Told, ...]
    record: Path | None

    @property
    def counts(self) -> dict[str, int]:
        """How many steps ended how."""
        return dict(Counter(one.state for one in self.steps))


@dataclass(slots=True)
class _Running:
    """A list that is being run."""

    jobs: JobList
    folder: Path
    home: Path
    is_stopped: Callable[[], bool]
    begins: Callable[[str], None]
    clock: Clock | None
    ends: list[StepEnd] = field(default_factory=list)
    record: RunRecord | None = None

    @property
    def counts(self) -> dict[str, int]:
        return dict(Counter(one.state for one in self.ends))

    @property
    def code(self) -> int:
        return whole_code(one.code for one in self.ends if one.code is not None)

    @property
    def place(self) -> str:
        """What stands for a step where the list goes wrong itself."""
        return _END if len(self.ends) == len(self.jobs.linked_steps()) else _START

    @property
    def state(self) -> str:
        """How the whole ended, in a word."""
        states = {one.state for one in self.ends}
        words = {"stopped": "stopped", "failed": "failed", "done in part": "partial"}
        return next((word for state, word in words.items() if state in states), "done")


def run_list(
    jobs: JobList,
    folder: Path,
    *,
    home: Path,
    is_stopped: Callable[[], bool] = lambda: False,
    begins: Callable[[str], None] = lambda _name: None,
    clock: Clock | None = None,
) -> ListRun:
    """Run a list of jobs, and tell who is to be told.

    Parameters
    ----------
    jobs
        The list.
    folder
        The engagement's.
    home
        The folder of the list's file.
    is_stopped
        Asked several times a second: whether somebody wants it to stop.
    begins
        Told the name of each step that begins.
    clock
        What waits between the tries of an alert.

    Raises
    ------
    BusyError
        A list of this engagement is still running; it is left alone, and nothing is told.
    """
    running = _Running(jobs, folder, home, is_stopped, begins, clock)
    try:
        refuse_no_folder(folder)
        engagement = open_engagement(folder)
        try:
            with running_a_list(folder / FOLDER, f"the list of jobs {jobs.name}"):
                return _run(running, engagement)
        finally:
            engagement.close()
    except ToolkitError as error:
        if isinstance(error, BusyError) and running.record is None:
            raise
        # Whoever is to be told of failures is told of this one, too.
        running.ends.append(StepEnd(running.place, "the list itself", "failed", error.exit_code, redacted(str(error))))
        return _ended(running)
    except Exception as error:  # noqa: BLE001 - a bug of ours is told like any other failure
        frames = traceback.extract_tb(error.__traceback__)
        line = f"A bug in integration-audit: {type(error).__name__} at {frames[-1].filename}:{frames[-1].lineno}."
        running.ends.append(StepEnd(running.place, "the list itself", "failed", ToolkitError.exit_code, line))
        return _ended(running)


def _run(running: _Running, engagement: Engagement) -> ListRun:
    running.record = begun_record(running.folder, running.jobs.name)
    for one in running.jobs.linked_steps():
        running.ends.append(_step(one, running, running.record, engagement))
    facts = {"run": running.record.run_id, "job": running.jobs.name, "code": running.code, "steps": running.counts}
    engagement.store.log(RAN, facts)
    return _ended(running)


def _ended(running: _Running) -> ListRun:
    """Tell who is to be told, and close the record."""
    record = running.record
    run_id = record.run_id if record is not None else ""
    told = _told(running, run_id)
    code = whole_code([running.code, *(one.code for one in told)])
    if record is not None:
        alerts = {one.channel: one.why or "sent" for one in told}
        record.note_end(state=running.state, code=code, steps=running.counts, alerts=alerts)
    path = None if record is None else record.path
    return ListRun(running.jobs.name, run_id, code, tuple(running.ends), tuple(told), path)


def _step(one: LinkedStep, running: _Running, record: RunRecord, engagement: Engagement) -> StepEnd:
    """Run one step, where it may run; note how it ended."""
    why = _held_back(one, running.ends)
    was_stopped = any(end.state == "stopped" for end in running.ends)
    if why or was_stopped or running.is_stopped():
        is_first = not was_stopped and running.is_stopped()
        record.note("step_left", step=one.name, why=why or "stopped by hand")
        code = INTERRUPTED if is_first else None
        return StepEnd(one.name, one.step.run, "stopped" if is_first else "not begun", code, why, 0.0, one.step.system)
    running.begins(one.name)
    record.note("step_began", step=one.name, run=one.step.run)
    began = time.monotonic()
    seconds = None if one.step.minutes is None else one.step.minutes * 60
    kept = record.outputs / f"{len(running.ends) + 1:02d}-{one.name.replace(' ', '-')}"
    ended = run_child(step_arguments(one, engagement.folder), kept, seconds=seconds, is_stopped=running.is_stopped)
    took = time.monotonic() - began
    state, code, line = _judged(ended, one)
    counts = _job_counts(engagement, one, code)
    record.note("step_ended", step=one.name, state=state, code=code, line=line, seconds=round(took, 1), counts=counts)
    return StepEnd(one.name, one.step.run, state, code, line, took, one.step.system, counts)


def _judged(ended: Ended, one: LinkedStep) -> tuple[StepState, int, str]:
    """Return how a step ended, its code by our list of codes, and its first line."""
    if ended.stopped == "by_hand":
        return "stopped", INTERRUPTED, ended.line
    if ended.stopped == "by_time":
        return "failed", PARTIAL, f"Stopped after {one.step.minutes:g} minutes. {ended.line}".strip()
    if ended.code < 0:
        return "failed", whole_code([ended.code]), f"Ended by the machine (signal {-ended.code}). {ended.line}".strip()
    states: Mapping[int, StepState] = {0: "done", PARTIAL: "done in part", INTERRUPTED: "stopped"}
    return states.get(ended.code, "failed"), whole_code([ended.code]), ended.line


def _held_back(one: LinkedStep, before: list[StepEnd]) -> str:
    """Return why a step is not begun: what it comes after did not end as it must."""
    states = {end.name: end for end in before}
    for name in one.after:
        end = states[name]
        if end.state in {"failed", "stopped", "not begun"}:
            return f"{name} {'was not begun' if end.state == 'not begun' else end.state}"
        if end.state == "done in part" and one.step.after_partial == "skip":
            return f"{name} was done in part"
    return ""


def _job_counts(engagement: Engagement, one: LinkedStep, code: int) -> dict[str, int]:
    """Return how many changes of a job that was sent ended how, by its journal."""
    is_sent = one.step.run == "resume" or (one.step.run == "apply" and one.step.send)
    if not is_sent or code not in _SENT:
        return {}
    try:
        kept = kept_plan(engagement.store, one.step.plan or "latest")
    except ToolkitError:
        return {}
    return dict(sorted(Counter(entry.state for entry in last_steps(engagement.store, kept.plan_id).values()).items()))


def _told(running: _Running, run_id: str) -> list[Told]:
    bad = tuple(ToldStep(one.name, one.run, one.system, one.code, one.counts) for one in running.ends if one.state != "done")
    state = "recovered" if running.state == "done" else running.state
    alert = Alert(running.jobs.name, state, running.code, datetime.now(UTC), run_id, running.counts, bad)
    # Where there is no engagement, the list's own folder remembers what was told.
    folder = running.folder if running.folder.is_dir() else running.home
    return told_of(
        running.jobs.alerts, alert, folder, home=running.home, environment=secret_environment(), clock=running.clock
    )
