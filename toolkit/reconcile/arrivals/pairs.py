"""The items of one flow that arrived, side by side: when each began and was entered, and what both records say.

Days are local, counted from 1970-01-01; minutes are local, counted from then too, and NaN where only a day is known.
"""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.landscape.handoffs import Handoff
from toolkit.match.comparison import Floats, Ints
from toolkit.reconcile.coded import NONE, Flags, array_of, flags, positions
from toolkit.reconcile.events import NO_DAY, days_of, first_events
from toolkit.reconcile.sides import dating_columns
from toolkit.tables import COUNTERPART, PARTY_ENTITIES, checked

_MICROSECONDS_PER_MINUTE = 60_000_000


@dataclass(frozen=True, slots=True)
class Moments:
    """When rows of one side came to be: local day (``NO_DAY``: unknown) and local minute (NaN: only the day is known)."""

    day: Ints
    minute: Floats

    @property
    def is_timed(self) -> bool:
        """Whether most rows have a time of day; times on a few would tell of those few only."""
        return len(self.minute) > 0 and float((~np.isnan(self.minute)).mean()) >= _MOST


_MOST = 0.8


@dataclass(frozen=True, slots=True)
class Arrivals:
    """What arrived of one flow, item by item, and how many should have.

    Attributes
    ----------
    is_of_parties
        Whether customers (or suppliers) are carried, not documents.
    due_count, found_count
        Items of the source inside the time that the target covers, and how many of them have a counterpart.
    began, entered
        When each found item happened in the source, and was entered in the target.
    is_wrong
        Whether the target disagrees with the source.
    source, target
        Both records of each found item, row by row, with the columns that are read of them.
    """

    is_of_parties: bool
    due_count: int
    found_count: int
    began: Moments
    entered: Moments
    is_wrong: Flags
    source: pa.Table
    target: pa.Table

    def __len__(self) -> int:
        return self.found_count


def arrivals_of(
    handoff: Handoff, counterparts: pa.Table, records_l: pa.Table, records_r: pa.Table, *, time_zone: str
) -> Arrivals:
    """Return the items of one flow side by side.

    Parameters
    ----------
    handoff
        Which stream should arrive in which.
    counterparts
        Its COUNTERPART rows.
    records_l, records_r
        DOCUMENT or PARTY: the records of both streams.
    time_zone
        The client's.
    """
    own = checked(counterparts, COUNTERPART)
    own = own.filter(pc.is_valid(own["key_l"])).combine_chunks()
    target_days = _moments(records_r, dating_columns(handoff)[1], time_zone).day
    found = own.filter(pc.and_(pc.equal(own["status"], "found"), pc.is_valid(own["key_r"]))).combine_chunks()
    rows_l, rows_r = positions(found["key_l"], records_l["record_key"]), positions(found["key_r"], records_r["record_key"])
    is_here = (rows_l != NONE) & (rows_r != NONE)
    source, target = (one.take(pa.array(rows[is_here])) for one, rows in ((records_l, rows_l), (records_r, rows_r)))
    columns_l, columns_r = dating_columns(handoff)
    return Arrivals(
        handoff.entity_l in PARTY_ENTITIES,
        _due(own, target_days, handoff.grace_days),
        int(is_here.sum()),
        _moments(source, columns_l, time_zone),
        _moments(target, columns_r, time_zone),
        flags(found["is_error"])[is_here],
        source,
        target,
    )


def _due(own: pa.Table, target_days: Ints, grace_days: int) -> int:
    """Return how many items could have arrived: one that the target's list is too short, or too old, for could not."""
    days = days_of(own["event_on"])
    known = target_days[target_days != NO_DAY]
    is_asked = flags(pc.is_in(own["status"], value_set=pa.array(["found", "missing", "ambiguous", "unknown"])))
    if len(known):
        is_inside = (days == NO_DAY) | ((days + grace_days >= known.min()) & (days <= known.max()))
        is_asked &= is_inside | flags(pc.equal(own["status"], "found"))
    return int(is_asked.sum())


def _moments(records: pa.Table, columns: tuple[str, ...], time_zone: str) -> Moments:
    events = first_events(records, columns, time_zone)
    instants = pa.array(events.at, mask=events.day == NO_DAY).cast(pa.timestamp("us", tz="UTC"))
    local = pc.local_timestamp(instants.cast(pa.timestamp("us", tz=time_zone)))
    microseconds = np.asarray(pc.fill_null(local.cast(pa.int64()), 0), dtype=np.int64)
    minute = microseconds / _MICROSECONDS_PER_MINUTE
    return Moments(events.day, np.where(events.has_time & (events.day != NO_DAY), minute, np.nan))


def texts(records: pa.Table, column: str) -> pa.StringArray:
    """Return a text column, empty texts as nulls; nothing but nulls where the table has none.

    Parameters
    ----------
    records
        Records.
    column
        Its name.
    """
    if column not in records.column_names:
        return pa.nulls(records.num_rows, pa.string())
    trimmed = pc.utf8_trim_whitespace(array_of(records[column]))
    return pc.if_else(pc.equal(trimmed, ""), pa.scalar(None, pa.string()), trimmed)
