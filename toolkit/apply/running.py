"""A job: the changes of an approved plan in their order, each to a named end, with the reasons for which a job stops.

The same code runs a first time, after a crash, for a rehearsal and for what was refused and mended: what the journal says of
a change decides what is left of it.
"""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from toolkit.apply.batches import sent_together
from toolkit.apply.canary import canary_first
from toolkit.apply.carrying import Carrying, Keep, Notes, Place
from toolkit.apply.one_change import Ready, carried_out, found_out, prepared
from toolkit.apply.system import WritableSystem
from toolkit.changes import Operation, Plan
from toolkit.changes.operation import MERGED_INTO
from toolkit.changes.steps import DONE, OPEN, JournalEntry, Step
from toolkit.changes.written_columns import maker_of
from toolkit.errors import AuthError, ResponseError, RetryableError, ScopeError, ToolkitError
from toolkit.rest.clock import Clock
from toolkit.values.counted import counted

Told = Callable[[int, int], None]
"""What is told how many changes have come to an end, of how many."""

_LOOKS = 3
"""How often in one job it is found out what became of one change, before that is left to the next."""
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
    job = _Job(plan, carrying, limits, frozenset(again), dict(notes.last))
    waiting = [one for one in canary_first(plan.operations, limits.canary) if job.is_left(one)]
    ended = len(plan.operations) - len(waiting)
    canaries = min(limits.canary, len(waiting)) if not job.has_begun() else 0
    expected = DONE | OPEN if is_dry_run else DONE
    forbidden: dict[str, str] = {}
    place = 0
    while place < len(waiting):
        change = waiting[place]
        reason = _asked_to_stop(place, limits, is_stopped)
        if reason:
            return job.outcome(reason, is_paused=True)
        # The first changes are watched one by one.
        together = job.together(waiting[place:], limits.begun_at_most(place)) if place >= canaries else [change]
        begun, place = place, place + len(together)
        if change.stream in forbidden:
            continue
        try:
            if len(together) > 1:
                job.end_together(together)
                ended += len(together)
                told(ended, len(plan.operations))
                if reason := job.beyond_limits():
                    return job.outcome(reason)
                continue
            entry = job.ended(change)
        except ScopeError as error:
            # Other objects may be written all the same.
            forbidden[change.stream] = str(error)
            continue
        except (RetryableError, AuthError, ResponseError) as error:
            # What nobody understands is the same the next time: a person looks at it first.
            return job.outcome(str(error), is_paused=not isinstance(error, ResponseError))
        ended += 1
        told(ended, len(plan.operations))
        # What waits for a change that was not done was not sent itself: the system says nothing by it. Nor is it a surprise
        # what the record said beforehand, and was left out for.
        is_left_out = entry.state == "held_back" or (entry.state == "rejected" and entry.begun_at is None)
        is_surprise = begun < canaries and entry.state not in expected and not is_left_out
        reason = f"One of the first changes ended otherwise than planned: {entry.reason}" if is_surprise else ""
        reason = reason or job.beyond_limits()
        if reason:
            return job.outcome(reason)
    count = 0 if is_dry_run else job.unknown_count
    unknown = [f"Of {counted(count, 'change')} nobody knows yet what became of it."] if count else []
    reasons = [*forbidden.values(), *unknown]
    return job.outcome(" ".join(reasons), is_paused=bool(reasons))


def _asked_to_stop(place: int, limits: JobLimits, is_stopped: Callable[[], bool]) -> str:
    if is_stopped():
        return "Stopped by a person."
    is_enough = limits.max_changes is not None and place >= limits.max_changes
    return f"{limits.max_changes:,} changes were to be done at most." if is_enough else ""


class _Job:
    """What is known of the changes of a plan while it is carried out."""

    def __init__(
        self,
        plan: Plan,
        carrying: Carrying,
        limits: JobLimits,
        again: frozenset[str],
        steps: dict[str, JournalEntry],
    ) -> None:
        self._plan = plan
        self._carrying = carrying
        self._limits = limits
        self._again = again
        self._steps = steps
        self._counts = Counter(one.state for one in steps.values())
        self._known = {one.op_id: one for one in plan.operations}
        self._ids: dict[tuple[str, str], str] = {}
        self._versions: dict[tuple[str, str], str] = {}
        self._left: dict[tuple[str, str], dict[str, frozenset[str | None]]] = {}
        for op_id, entry in steps.items():
            if op_id in self._known:
                self._remember(self._known[op_id], entry)

    def has_begun(self) -> bool:
        """Whether any change was done before."""
        return any(one.state in DONE for one in self._steps.values())

    def _words(self, op_id: str) -> str:
        """Return a change as a person finds it in the list, and in the journal by its id."""
        one = self._known[op_id]
        return f"{one.action} of {one.stream} {one.target_id or one.natural_key} (change {op_id})"

    def is_left(self, change: Operation) -> bool:
        """Whether a change is still to be done: it never was, its end is not known, or it may be tried again."""
        entry = self._steps.get(change.op_id)
        return entry is None or entry.state in OPEN or entry.state == "held_back" or change.op_id in self._again

    def ended(self, change: Operation) -> JournalEntry:
        """Bring a change to an end, or as far as it goes now."""
        carrying, before = self._carrying, self._steps.get(change.op_id)
        lacking = [one for one in change.depends_on if not self._is_ready(one)]
        if lacking:
            entry = JournalEntry(
                change.op_id,
                "held_back",
                0 if before is None else before.attempt,
                carrying.clock.now(),
                reason=f"It waits for {', '.join(map(self._words, lacking))}.",
            )
            if not carrying.is_dry_run and (before is None or before.state != "held_back"):
                carrying.notes.note(entry)
        else:
            try:
                entry = self._worked(change, before)
            except ToolkitError:
                # As far as it came is noted, and counts.
                noted = carrying.notes.last.get(change.op_id)
                if noted is not None:
                    self._keep(change, noted)
                raise
        self._keep(change, entry)
        return entry

    def together(self, waiting: Sequence[Operation], at_most: int | None) -> list[Operation]:
        """Return the first changes of those that wait which may be sent in one request; the first alone, where none may.

        Parameters
        ----------
        waiting
            In their order.
        at_most
            How many may be begun; null: all.
        """
        first = waiting[0]
        size = self._carrying.system.batch_size(first) if self._is_fresh(first) else 1
        size = size if at_most is None else min(size, at_most)
        found: list[Operation] = []
        records: set[str | None] = set()
        for one in waiting[:size]:
            is_alike = (one.stream, one.action) == (first.stream, first.action) and self._is_fresh(one)
            if not is_alike or one.target_id in records or self._carrying.system.batch_size(one) < size:
                break
            found.append(one)
            records.add(one.target_id)
        return found or [first]

    def _is_fresh(self, change: Operation) -> bool:
        """Whether a change can be sent now, and nothing is to be found out of it before."""
        entry = self._steps.get(change.op_id)
        is_begun = entry is not None and entry.state in {"intent", "uncertain"}
        return not is_begun and all(map(self._is_ready, change.depends_on))

    def end_together(self, changes: Sequence[Operation]) -> None:
        """Bring changes to an end, or as far as they go now, that are sent in one request."""
        carrying = self._carrying
        ready = [one for change in changes if (one := self._prepared(change)) is not None]
        try:
            entries = sent_together(carrying, ready)
            for one in ready:
                entry = self._looked_for(one.change, one.place, entries[one.change.op_id])
                self._keep(self._known[one.change.op_id], entry)
        except ToolkitError:
            # As far as they came is noted, and counts.
            for one in ready:
                if (noted := carrying.notes.last.get(one.change.op_id)) is not None:
                    self._keep(self._known[one.change.op_id], noted)
            raise

    def _prepared(self, planned: Operation) -> Ready | None:
        """Return a change that may be sent; nothing where it ended before."""
        change = self._with_made(planned)
        found = prepared(self._carrying, change, self._place(change))
        if isinstance(found, Ready):
            return found
        self._keep(planned, found)
        return None

    def _keep(self, change: Operation, entry: JournalEntry) -> None:
        """Remember how a change stands now."""
        before = self._steps.get(change.op_id)
        if before is not None:
            self._counts[before.state] -= 1
        self._counts[entry.state] += 1
        self._steps[change.op_id] = entry
        self._remember(change, entry)

    def _worked(self, planned: Operation, before: JournalEntry | None) -> JournalEntry:
        change = self._with_made(planned)
        place = self._place(change)
        if before is not None and before.state in {"intent", "uncertain"}:
            entry = before
        else:
            entry = carried_out(self._carrying, change, place)
        return entry if self._carrying.is_dry_run else self._looked_for(change, place, entry)

    def _looked_for(self, change: Operation, place: Place, entry: JournalEntry) -> JournalEntry:
        """Return the last step of a change, after a look for what became of it where nobody knew."""
        for _ in range(_LOOKS):
            if entry.state not in {"intent", "uncertain"}:
                break
            entry = found_out(self._carrying, change, place, entry)
        return entry

    def _is_ready(self, op_id: str) -> bool:
        entry = self._steps.get(op_id)
        return entry is not None and (entry.state in DONE or (self._carrying.is_dry_run and entry.state in OPEN))

    def _with_made(self, change: Operation) -> Operation:
        """Return a change that names records by the ids that they were made under, not by the changes that made them."""
        if change.action == "merge":
            into = change.after[MERGED_INTO] or ""
            return replace(change, after={MERGED_INTO: self._ids.get((change.stream, into), into)})
        makers = {name: maker_of(value, change.depends_on) for name, value in change.after.items()}
        ids = {
            name: self._steps[maker].record_id
            for name, maker in makers.items()
            if maker is not None and self._steps[maker].record_id is not None
        }
        return replace(change, after={**change.after, **ids}) if ids else change

    def _place(self, change: Operation) -> Place:
        if change.target_id is None:
            return Place(None, None)
        key = (change.stream, change.target_id)
        return Place(
            self._ids.get(key, change.target_id), self._versions.get(key), key in self._ids, self._left.get(key, {})
        )

    def _remember(self, change: Operation, entry: JournalEntry) -> None:
        """Remember under which id and version a record stands by now, for the changes that follow."""
        if change.target_id is None or entry.record_id is None:
            return
        if change.action == "merge":
            if entry.state in DONE:
                self._remember_merge(change, entry.record_id)
            return
        if entry.state != "confirmed":
            return
        key = (change.stream, change.target_id)
        self._ids[key] = entry.record_id
        if entry.version is not None:
            self._versions[key] = entry.version

    def _remember_merge(self, change: Operation, record_id: str) -> None:
        """Remember of the record that stays under which id it stands now, and which values the other may have left there."""
        into = (change.stream, change.after[MERGED_INTO] or "")
        # A version that was read before is of the record as it was then.
        self._versions.pop(into, None)
        self._ids |= {into: record_id, (change.stream, change.target_id or ""): record_id}
        left = self._left.setdefault(into, {})
        for name, value in change.before.items():
            left[name] = left.get(name, frozenset()) | {value}

    def beyond_limits(self) -> str:
        """Return why a job goes no further, in a sentence; empty while it may."""
        ended = self._counts.total() - self.open_count
        if ended < self._limits.min_judged:
            return ""
        conflicts, failed = self._counts["conflict"], sum(self._counts[step] for step in _FAILED)
        if conflicts > self._limits.max_conflict_share * ended:
            return f"{conflicts:,} of {ended:,} records were changed by others since the plan was made: plan again."
        if failed > self._limits.max_failed_share * ended:
            return f"{failed:,} of {ended:,} changes failed: look at the reasons before going on."
        return ""

    @property
    def open_count(self) -> int:
        """How many changes have no end yet."""
        return sum(self._counts[step] for step in OPEN)

    @property
    def unknown_count(self) -> int:
        """How many changes were sent without anybody knowing what became of them."""
        return self.open_count - self._counts["not_applied"]

    def outcome(self, stopped: str = "", *, is_paused: bool = False) -> JobOutcome:
        """Return how it stands."""
        return JobOutcome(dict(self._steps), len(self._plan.operations), stopped, is_paused)
