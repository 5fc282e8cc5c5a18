"""Where the records of a job stand by now, for the changes that follow: their ids, what our own writes left, and merges."""

from toolkit.apply.carrying import Place
from toolkit.changes import Operation
from toolkit.changes.operation import MERGED_INTO
from toolkit.changes.steps import DONE, JournalEntry

Key = tuple[str, str]
"""The stream of a record, and the id that it was planned by."""


class Standing:
    """What the steps of a job say of its records."""

    def __init__(self) -> None:
        self._last: dict[Key, JournalEntry] = {}
        self._ids: dict[Key, str] = {}
        self._left: dict[Key, dict[str, frozenset[str | None]]] = {}

    def place(self, change: Operation) -> Place:
        """Return where a change finds its record."""
        if change.target_id is None:
            return Place(None, None)
        key = (change.stream, change.target_id)
        last = self._last.get(key)
        return Place(
            self._ids.get(key, change.target_id),
            None if last is None else last.version,
            None if last is None else last.stamp,
            is_ours=key in self._ids,
            left=self._left.get(key, {}),
        )

    def id_of(self, stream: str, planned_id: str) -> str:
        """Return the id under which a record stands now."""
        return self._ids.get((stream, planned_id), planned_id)

    def remember(self, change: Operation, entry: JournalEntry) -> None:
        """Remember under which id a record stands by now, and as what our own change of it left it."""
        if change.target_id is None or entry.record_id is None:
            return
        if change.action == "merge":
            if entry.state in DONE:
                self._remember_merge(change, entry.record_id)
            return
        if entry.state == "confirmed":
            key = (change.stream, change.target_id)
            self._ids[key] = entry.record_id
            self._last[key] = entry

    def _remember_merge(self, change: Operation, record_id: str) -> None:
        """Remember of the record that stays under which id it stands now, and which values the other may have left there."""
        into = (change.stream, change.after[MERGED_INTO] or "")
        # A version that was read before is of the record as it was then.
        self._last.pop(into, None)
        self._ids |= {into: record_id, (change.stream, change.target_id or ""): record_id}
        left = self._left.setdefault(into, {})
        for name, value in change.before.items():
            left[name] = left.get(name, frozenset()) | {value}
