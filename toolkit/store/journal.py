"""The journal of a job: a row for each step of each change, on the disk before the next thing happens.

Rows are only added; the last one of a change holds. An intent is committed with ``synchronous=FULL`` when `note` returns: a
power cut after that loses nothing of it. How a change ended is written with the next intent, in one go: until then the
intent stands, and whoever resumes finds out what became of it, as after any lost answer.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from toolkit.changes.steps import JournalEntry
from toolkit.errors import InputError, ToolkitError
from toolkit.store.state import JOURNAL
from toolkit.store.store import Store

_INSERT = sa.insert(JOURNAL)
_COPY_EVERY = 200
"""Steps after which the copy of the state follows; it follows at the end in any case."""
_NO_MORE = "Nothing more was sent. Mend that, then go on with the job: integration-audit resume"


@dataclass(frozen=True, slots=True)
class StepCounts:
    """How many changes of a plan are at each step, and the place in the journal of its newest step."""

    by_state: Mapping[str, int]
    newest: int


@dataclass(slots=True)
class Journal:
    """The steps of one plan: what was noted before, and the way to note more. Made by `opened_journal`."""

    plan_id: str
    last: dict[str, JournalEntry]
    _store: Store
    _connection: sa.Connection
    _waiting: list[JournalEntry] = field(default_factory=list)
    _since_copy: int = field(default=0)

    def note(self, *entries: JournalEntry) -> None:
        """Write steps down; with an intent among them all that waited are on the disk when this returns."""
        self._waiting += entries
        self.last.update((one.op_id, one) for one in entries)
        if any(one.state == "intent" for one in entries):
            self.write()
            if self._since_copy >= _COPY_EVERY:
                self.copy()

    def write(self) -> None:
        """Bring the steps that waited onto the disk, all or none.

        Raises
        ------
        InputError
            The disk is full, or the folder is gone: nothing may be sent that cannot be noted.
        """
        if not self._waiting:
            return
        if not self._store.folder.is_dir():
            # What is written to a file that was taken away is gone with it, and no error says so.
            raise InputError(f"{self._store.folder} is gone. {_NO_MORE}")
        try:
            with self._connection.begin():
                self._connection.execute(_INSERT, [_row(self.plan_id, one) for one in self._waiting])
        except sa.exc.OperationalError as error:
            raise InputError(f"The journal of the job cannot be written: {error.orig}. {_NO_MORE}") from error
        self._since_copy += len(self._waiting)
        self._waiting.clear()

    def copy(self) -> None:
        """Let the copy of the state follow."""
        self.write()
        if self._since_copy:
            with self._store.changing():
                pass
            self._since_copy = 0


@contextmanager
def opened_journal(store: Store, plan_id: str) -> Iterator[Journal]:
    """Yield the journal of a plan; hold the right to write while it is open.

    Parameters
    ----------
    store
        Of the engagement.
    plan_id
        Whose steps are noted.
    """
    connection = store.noting()
    try:
        with connection.begin():
            last = _last_steps(connection, plan_id)
        journal = Journal(plan_id, last, store, connection)
        try:
            yield journal
        except BaseException:
            # What went wrong first is what is said.
            with suppress(ToolkitError):
                journal.copy()
            raise
        journal.copy()
    finally:
        connection.close()


def journal_steps(store: Store, plan_id: str) -> list[JournalEntry]:
    """Return every step of a plan in the order in which they happened."""
    chosen = sa.select(JOURNAL).where(JOURNAL.c.plan_id == plan_id).order_by(JOURNAL.c.sequence)
    with store.reading() as connection:
        return [_entry(row) for row in connection.execute(chosen)]


def last_steps(store: Store, plan_id: str) -> dict[str, JournalEntry]:
    """Return the last step of every change of a plan that has one, by ``op_id``."""
    with store.reading() as connection:
        return _last_steps(connection, plan_id)


def is_begun(store: Store, plan_id: str) -> bool:
    """Return whether any step of a plan was noted."""
    with store.reading() as connection:
        return (
            connection.execute(sa.select(JOURNAL.c.sequence).where(JOURNAL.c.plan_id == plan_id).limit(1)).first()
            is not None
        )


def steps_since(store: Store, plan_id: str, place: int = 0) -> tuple[list[JournalEntry], int]:
    """Return the steps of a plan that were noted behind a place of the journal, and the place of the last of them.

    Parameters
    ----------
    store
        Of the engagement.
    plan_id
        Whose steps.
    place
        As the call before returned it; 0: from the beginning.
    """
    chosen = sa.select(JOURNAL).where(JOURNAL.c.plan_id == plan_id, JOURNAL.c.sequence > place).order_by(JOURNAL.c.sequence)
    with store.reading() as connection:
        rows = connection.execute(chosen).all()
    return [_entry(row) for row in rows], rows[-1].sequence if rows else place


def step_counts(store: Store) -> dict[str, StepCounts]:
    """Return how far each plan is that has steps, by its id."""
    newest = sa.select(sa.func.max(JOURNAL.c.sequence)).group_by(JOURNAL.c.plan_id, JOURNAL.c.op_id)
    counted = (
        sa.select(JOURNAL.c.plan_id, JOURNAL.c.state, sa.func.count(), sa.func.max(JOURNAL.c.sequence))
        .where(JOURNAL.c.sequence.in_(newest))
        .group_by(JOURNAL.c.plan_id, JOURNAL.c.state)
    )
    found: dict[str, StepCounts] = {}
    with store.reading() as connection:
        for plan_id, state, count, place in connection.execute(counted):
            before = found.get(plan_id, StepCounts({}, 0))
            found[plan_id] = StepCounts({**before.by_state, state: count}, max(before.newest, place))
    return found


def _last_steps(connection: sa.Connection, plan_id: str) -> dict[str, JournalEntry]:
    newest = sa.select(sa.func.max(JOURNAL.c.sequence)).where(JOURNAL.c.plan_id == plan_id).group_by(JOURNAL.c.op_id)
    chosen = sa.select(JOURNAL).where(JOURNAL.c.sequence.in_(newest)).order_by(JOURNAL.c.sequence)
    return {row.op_id: _entry(row) for row in connection.execute(chosen)}


_TIMES = ("at", "begun_at")
_NAMES = tuple(one.name for one in fields(JournalEntry) if one.name not in _TIMES)


def _row(plan_id: str, entry: JournalEntry) -> dict[str, Any]:
    begun = None if entry.begun_at is None else entry.begun_at.isoformat()
    texts = {"plan_id": plan_id, "at": entry.at.isoformat(), "begun_at": begun}
    return {**texts, **{name: getattr(entry, name) for name in _NAMES}}


def _entry(row: Any) -> JournalEntry:
    begun = None if row.begun_at is None else datetime.fromisoformat(row.begun_at)
    others = {name: getattr(row, name) for name in _NAMES}
    return JournalEntry(at=datetime.fromisoformat(row.at), begun_at=begun, **others)
