"""A job: the changes of an approved plan in their order, each to a named end, with the reasons for which a job stops.

The same code runs a first time, after a crash, for a rehearsal and for what was refused and mended: what the journal says of
a change decides what is left of it.
"""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from toolkit.apply.canary import canary_first
from toolkit.apply.carrying import Carrying, Keep, Notes
from toolkit.apply.job import Job
from toolkit.apply.system import WritableSystem
from toolkit.changes import Operation, Plan
from toolkit.changes.steps import DONE, OPEN, JournalEntry, Step
from toolkit.errors import AuthError, ResponseError, RetryableError, ScopeError
from toolkit.rest.clock import Clock
from toolkit.values.counted import counted

Told = Callable[[int, int], None]
"""What is told how many changes have come to an end, of how many."""

_FAILED: frozenset[Step] = frozenset({"rejected", "differs", "needs_human"})
_PLANNED = "planned"


@dataclass(frozen=True, slots=True)
class JobLimits:
    """When a job stops by itself.

    ``max_conflict_share`` and ``max_failed_share`` are shares of the changes that came to an end, looked at from
    ``min_judged`` changes on. ``canary`` changes are done first, at most one of each kind of action and object: any surprise
    among them stops the job. ``max_changes`` is how many are begun at most; null: all.
    """

    max_conflict_share: float = 0.05
    max_failed_share: float = 0.2
    min_judged: int = 20
    canary: int = 5
    max_changes: int | None = None

    def begun_at_most(self, place: int) -> int | None:
        """Return how many more changes may be begun behind the first ``place``; null: all."""
        return None if self.max_changes is None else self.max_changes - place

    def beyond(self, counts: Counter[Step]) -> str:
        """Return why a job goes no further, in a sentence; empty while it may.

        Parameters
        ----------
        counts
            How many changes are at each step.
        """
        # What waits for another change was not tried: it speaks neither for nor against going on.
        ended = counts.total() - counts["held_back"] - sum(counts[step] for step in OPEN)
        if ended < self.min_judged:
            return ""
        conflicts, failed = counts["conflict"], sum(counts[step] for step in _FAILED)
        if conflicts > self.max_conflict_share * ended:
            return f"{conflicts:,} of {ended:,} records were changed by others since the plan was made: plan again."
        if failed > self.max_failed_share * ended:
            return f"{failed:,} of {ended:,} changes failed: look at the reasons before going on."
        return ""


@dataclass(frozen=True, slots=True)
class JobOutcome:
    """How a job ended: the last step of every change that has one, and why it stopped before its end, if it did.

    ``is_paused`` says that the same command goes on from here; else a person has to look first.
    """

    steps: Mapping[str, JournalEntry]
    planned: int
    stopped: str = ""
    is_paused: bool = False

    @property
    def counts(self) -> dict[str, int]:
        """How many changes are at each step; those that were never begun are ``planned``. The sum is that of the plan."""
        found = Counter(one.state for one in self.steps.values())
        rest = self.planned - sum(found.values())
        return {**{str(step): count for step, count in sorted(found.items())}, **({_PLANNED: rest} if rest else {})}

    @property
    def is_whole(self) -> bool:
        """Whether every change is as the plan wants it."""
        return len(self.steps) == self.planned and all(one.state in DONE for one in self.steps.values())


def run_job(
    plan: Plan,
    system: WritableSystem,
    notes: Notes,
    clock: Clock,
    *,
    limits: JobLimits,
    is_dry_run: bool,
    again: Collection[str] = (),
    keep: Keep = lambda _op_id, _records: None,
    is_stopped: Callable[[], bool] = lambda: False,
    told: Told = lambda _done, _all: None,
) -> JobOutcome:
    """Carry out what is left of a plan, in its order, until its end or until something stops it.

    Parameters
    ----------
    plan
        Approved by whoever calls this.
    system
        What takes the changes.
    notes
        The journal.
    clock
        What says how late it is, and waits.
    limits
        When it stops by itself.
    is_dry_run
        Whether everything is done but noting and sending.
    again
        ``op_id`` of changes that were refused, and are tried again now.
    keep
        What keeps the records that a change takes away for good.
    is_stopped
        Asked between two changes: whether a person wants it to stop.
    told
        Told after each change.
    """
    carrying = Carrying(plan, system, notes, clock, is_dry_run, keep, is_resumed=bool(notes.last))
    return _Walk(carrying, Job(carrying, frozenset(again)), limits, is_stopped, told).outcome()


class _Walk:
    """The way through what is left of a plan: one step after the other, until its end or until something stops it."""

    def __init__(self, carrying: Carrying, job: Job, limits: JobLimits, is_stopped: Callable[[], bool], told: Told) -> None:
        changes = carrying.plan.operations
        self._job = job
        self._limits = limits
        self._is_stopped = is_stopped
        self._told = told
        self._is_dry_run = carrying.is_dry_run
        self._planned = len(changes)
        self._waiting = [one for one in canary_first(changes, limits.canary) if job.is_left(one)]
        self._canaries = min(limits.canary, len(self._waiting)) if not job.has_begun() else 0
        self._ended = self._planned - len(self._waiting)
        self._place = 0
        self._forbidden: dict[str, str] = {}
        """Streams that may not be written, each with why."""

    def outcome(self) -> JobOutcome:
        """Go to the end, and return how the job ended."""
        while self._place < len(self._waiting):
            if reason := self._asked_to_stop():
                return self._stopped(reason, is_paused=True)
            try:
                reason = self._next()
            except (RetryableError, AuthError, ResponseError) as error:
                # What nobody understands is the same the next time: a person looks at it first.
                return self._stopped(str(error), is_paused=not isinstance(error, ResponseError))
            if reason:
                return self._stopped(reason)
        count = 0 if self._is_dry_run else self._job.unknown_count
        unknown = [f"Of {counted(count, 'change')} nobody knows yet what became of it."] if count else []
        reasons = [*self._forbidden.values(), *unknown]
        return self._stopped(" ".join(reasons), is_paused=bool(reasons))

    def _asked_to_stop(self) -> str:
        if self._is_stopped():
            return "Stopped by a person."
        most = self._limits.max_changes
        return f"{most:,} changes were to be done at most." if most is not None and self._place >= most else ""

    def _next(self) -> str:
        """Bring the next change to an end, or those that are sent with it; return why the job goes no further."""
        begun = self._place
        # The first changes are watched one by one.
        is_watched = begun < self._canaries
        waiting = self._waiting[begun:]
        together = waiting[:1] if is_watched else self._job.together(waiting, self._limits.begun_at_most(begun))
        self._place += len(together)
        stream = together[0].stream
        if stream in self._forbidden:
            return ""
        try:
            surprise = self._done(together, is_watched=is_watched)
        except ScopeError as error:
            # Other objects may be written all the same.
            self._forbidden[stream] = str(error)
            return ""
        self._ended += len(together)
        self._told(self._ended, self._planned)
        return surprise or self._limits.beyond(self._job.counts)

    def _done(self, together: Sequence[Operation], *, is_watched: bool) -> str:
        """Bring changes to an end; return what is said of one that is watched and ended otherwise than planned."""
        if len(together) > 1:
            self._job.end_together(together)
            return ""
        entry = self._job.ended(together[0])
        # What waits for a change that was not done was not sent itself: the system says nothing by it. Nor is it a surprise
        # what the record said beforehand, and was left out for.
        is_left_out = entry.state == "held_back" or (entry.state == "rejected" and entry.begun_at is None)
        expected = DONE | OPEN if self._is_dry_run else DONE
        is_surprise = is_watched and entry.state not in expected and not is_left_out
        return f"One of the first changes ended otherwise than planned: {entry.reason}" if is_surprise else ""

    def _stopped(self, reason: str, *, is_paused: bool = False) -> JobOutcome:
        return JobOutcome(dict(self._job.steps), self._planned, reason, is_paused)
