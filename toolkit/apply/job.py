"""What is known of the changes of a plan while it is carried out, and how the next of them come to an end."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from toolkit.apply.batches import sent_together
from toolkit.apply.carrying import Carrying, Place
from toolkit.apply.one_change import Ready, carried_out, found_out, prepared
from toolkit.apply.standing import Standing
from toolkit.changes import Operation
from toolkit.changes.operation import MERGED_INTO
from toolkit.changes.steps import DONE, OPEN, JournalEntry, Step
from toolkit.changes.written_columns import maker_of
from toolkit.errors import ToolkitError

_LOOKS = 3
"""How often in one job it is found out what became of one change, before that is left to the next."""
_UNKNOWN: frozenset[Step] = frozenset({"intent", "uncertain"})
"""Steps after which nobody knows what became of a change."""


class Job:
    """What is known of the changes of a plan while it is carried out."""

    def __init__(self, carrying: Carrying, again: frozenset[str]) -> None:
        self._carrying = carrying
        self._again = again
        self._steps = dict(carrying.notes.last)
        self._counts = Counter(one.state for one in self._steps.values())
        self._known = {one.op_id: one for one in carrying.plan.operations}
        self._standing = Standing()
        for op_id, entry in self._steps.items():
            if op_id in self._known:
                self._standing.remember(self._known[op_id], entry)

    @property
    def steps(self) -> Mapping[str, JournalEntry]:
        """The last step of every change that has one."""
        return self._steps

    @property
    def counts(self) -> Counter[Step]:
        """How many changes are at each step."""
        return self._counts

    @property
    def unknown_count(self) -> int:
        """How many changes were sent without anybody knowing what became of them."""
        return sum(self._counts[step] for step in _UNKNOWN)

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
        is_begun = entry is not None and entry.state in _UNKNOWN
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
        found = prepared(self._carrying, change, self._standing.place(change))
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
        self._standing.remember(change, entry)

    def _worked(self, planned: Operation, before: JournalEntry | None) -> JournalEntry:
        change = self._with_made(planned)
        place = self._standing.place(change)
        begun = before if before is not None and before.state in _UNKNOWN else None
        entry = begun or carried_out(self._carrying, change, place)
        return entry if self._carrying.is_dry_run else self._looked_for(change, place, entry)

    def _looked_for(self, change: Operation, place: Place, entry: JournalEntry) -> JournalEntry:
        """Return the last step of a change, after a look for what became of it where nobody knew."""
        for _ in range(_LOOKS):
            if entry.state not in _UNKNOWN:
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
            return replace(change, after={MERGED_INTO: self._standing.id_of(change.stream, into)})
        makers = {name: maker_of(value, change.depends_on) for name, value in change.after.items()}
        ids = {
            name: self._steps[maker].record_id
            for name, maker in makers.items()
            if maker is not None and self._steps[maker].record_id is not None
        }
        return replace(change, after={**change.after, **ids}) if ids else change
