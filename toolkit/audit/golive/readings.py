"""Both lists of a parallel run as they were at the end of each day, from the snapshots of an engagement.

A list that was not read to its end, or that came back much smaller than before, counts as nothing, and that is said.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.audit.engagement import Engagement
from toolkit.audit.pull.presence import GUARD_RECORDS, GUARD_SHARE
from toolkit.errors import InputError, UnknownNameError
from toolkit.golive.compared_fields import COMPARABLE, KEYS
from toolkit.golive.parallel_run import Reading
from toolkit.golive.sides import Place, compared_side
from toolkit.match.documents.side import sorted_by_key
from toolkit.reconcile.accounts import Accounts
from toolkit.reconcile.references import NAMING_COLUMNS, found_references, with_party_keys
from toolkit.reconcile.sides import DOCUMENT_COLUMNS, Side
from toolkit.store.looks import ListReading, list_readings
from toolkit.store.snapshots import present_records, read_snapshot, refuse_damaged_snapshot
from toolkit.tables import DOCUMENT, DOCUMENT_ENTITIES, EVENT_COLUMNS
from toolkit.values.counted import counted

_DAY = timedelta(days=1)
_BEFORE = timedelta(days=12)
"""Documents from so long before the first day are not read at all: more than is compared, whatever the zone."""
_COLUMNS = tuple(
    name for name in dict.fromkeys((*DOCUMENT_COLUMNS, *NAMING_COLUMNS, *COMPARABLE, *KEYS)) if name in DOCUMENT.names
)


@dataclass(frozen=True, slots=True)
class ReadList:
    """A list of a parallel run with all its readings: those that count, and of the others why they do not."""

    place: Place
    entity: str
    counted: tuple[ListReading, ...]
    passed_over: tuple[tuple[ListReading, str], ...]

    @property
    def name(self) -> str:
        """The list as ``engagement.yaml`` names it."""
        return ".".join(self.place)

    @property
    def readings(self) -> list[tuple[ListReading, str]]:
        """All readings, oldest first, each with why it does not count; empty where it does."""
        return sorted([*((one, "") for one in self.counted), *self.passed_over], key=lambda one: one[0].at)


def read_list(engagement: Engagement, name: str) -> ReadList:
    """Return the readings of a list.

    Parameters
    ----------
    engagement
        Whose list it is.
    name
        ``system.stream``.

    Raises
    ------
    UnknownNameError
        It was never read.
    InputError
        It holds no documents.
    """
    system, stream = name.split(".", 1)
    found = list_readings(engagement.store, system, stream)
    if not found:
        rows = engagement.store.snapshots(all_streams=True).to_pylist()
        raise UnknownNameError("list", name, [f"{row['system']}.{row['stream']}" for row in rows])
    if found[-1].entity not in DOCUMENT_ENTITIES:
        raise InputError(f"parallel_run: {name} holds no documents, and only these can be compared day by day.")
    return ReadList((system, stream), found[-1].entity, *judged_readings(found))


def judged_readings(found: Sequence[ListReading]) -> tuple[tuple[ListReading, ...], tuple[tuple[ListReading, str], ...]]:
    """Return the readings that count, and the others with the reason.

    A list that lost more than ten records and a tenth of them is a filter or a broken export, as a rule. When the next
    reading holds as few, that is how it is.
    """
    kept: list[ListReading] = []
    passed: list[tuple[ListReading, str]] = []
    small: int | None = None
    for one in found:
        if not one.is_complete:
            passed.append((one, f"it was not read to its end: {'; '.join(one.reasons) or 'no reason was noted'}"))
            continue
        before = kept[-1].rows if kept else 0
        is_small = before - one.rows > max(GUARD_RECORDS, GUARD_SHARE * before)
        if is_small and (small is None or _has_shrunk(small, one.rows)):
            passed.append((one, f"it held {one.rows:,} of the {counted(before, 'record')} that the reading before held"))
            small = one.rows
            continue
        kept.append(one)
        small = None
    return tuple(kept), tuple(passed)


def _has_shrunk(before: int, rows: int) -> bool:
    return before - rows > max(GUARD_RECORDS, GUARD_SHARE * before)


def day_before(at: datetime, time_zone: str) -> date:
    """Return the last day that had ended at an instant, in a zone.

    Examples
    --------
    >>> from datetime import UTC
    >>> day_before(datetime(2026, 3, 3, 5, 30, tzinfo=UTC), "America/Chicago")
    datetime.date(2026, 3, 1)
    """
    return at.astimezone(ZoneInfo(time_zone)).date() - _DAY


@dataclass(frozen=True, slots=True)
class Moment:
    """The first moment at which both lists had been read whole after a further day had ended."""

    at: datetime
    through: date
    by_hand: ListReading
    integrated: ListReading


def moments(by_hand: ReadList, integrated: ReadList, *, first: date, time_zone: str) -> list[Moment]:
    """Return the moments that a parallel run is judged at, oldest first; the last one is the newest there is.

    Parameters
    ----------
    by_hand, integrated
        Both lists.
    first
        Day on which the run began.
    time_zone
        The client's: it says when a day ends.
    """
    sides = (by_hand.counted, integrated.counted)
    found: list[Moment] = []
    newest: Moment | None = None
    for at in sorted({one.at for side in sides for one in side}):
        held = [[one for one in side if one.at <= at][-1:] for side in sides]
        if not all(held):
            continue
        one, other = held[0][0], held[1][0]
        newest = Moment(at, day_before(min(one.at, other.at), time_zone), one, other)
        if newest.through >= first and (not found or newest.through > found[-1].through):
            found.append(newest)
    is_further = newest is not None and (not found or newest.at > found[-1].at)
    return [*found, newest] if newest is not None and is_further else found


class Shelf:
    """The records of both lists at each moment, each snapshot read once."""

    def __init__(self, engagement: Engagement, parties: pa.Table, accounts: Accounts, *, first: date) -> None:
        self._engagement = engagement
        self._parties = parties
        self._accounts = accounts
        self._first = first
        self._known: dict[str, Side] = {}

    def reading(self, moment: Moment, by_hand: ReadList, integrated: ReadList) -> Reading:
        """Return both lists at a moment.

        Parameters
        ----------
        moment
            When.
        by_hand, integrated
            The lists.
        """
        left, right = self._side(by_hand, moment.by_hand), self._side(integrated, moment.integrated)
        return Reading(moment.at, moment.through, left, right)

    def _side(self, of: ReadList, reading: ListReading) -> Side:
        if reading.path not in self._known:
            records = self._records(of, reading)
            zone = self._engagement.settings.time_zone
            self._known[reading.path] = compared_side(of.entity, of.place, records, self._accounts, time_zone=zone)
        return self._known[reading.path]

    def _records(self, of: ReadList, reading: ListReading) -> pa.Table:
        store = self._engagement.store
        refuse_damaged_snapshot(store.folder, reading.path, reading.sha256)
        table = read_snapshot(store.folder / reading.path, of.entity, _COLUMNS)
        table = self._in_time(present_records(table), of)
        lacking = [DOCUMENT.arrow.field(name) for name in _COLUMNS if name not in table.column_names]
        for one in lacking:
            table = table.append_column(one, pa.nulls(table.num_rows, one.type))
        named = table.select(list(NAMING_COLUMNS))
        return sorted_by_key(with_party_keys(table, found_references(named, self._parties)).combine_chunks())

    def _in_time(self, table: pa.Table, of: ReadList) -> pa.Table:
        """Return the documents that may be of the run; those without any date only where they are new since it began."""
        columns = [table[name] for name in EVENT_COLUMNS[of.entity] if name in table.column_names]
        since = self._first - _BEFORE
        day = pc.coalesce(*(pc.cast(one, pa.date32(), safe=False) for one in columns))
        is_old = pc.is_in(table["record_key"], value_set=self._keys_before(of))
        return table.filter(pc.if_else(pc.is_valid(day), pc.greater_equal(day, since), pc.invert(is_old)))

    def _keys_before(self, of: ReadList) -> pa.Array:
        zone = self._engagement.settings.time_zone
        before = [one for one in of.counted if day_before(one.at, zone) < self._first]
        if not before:
            return pa.array([], pa.string())
        store = self._engagement.store
        refuse_damaged_snapshot(store.folder, before[-1].path, before[-1].sha256)
        return read_snapshot(store.folder / before[-1].path, of.entity, ["record_key"])["record_key"].combine_chunks()
