"""When documents happened, in the client's calendar, and what became of those that have no counterpart.

Days are counted from 1970-01-01 in the client's local calendar; instants are microseconds UTC. ``NO_DAY`` is no date,
``NO_TIME`` no instant.
"""

from datetime import date
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.match.comparison import Ints
from toolkit.reconcile.coded import Flags

NO_DAY = int(np.iinfo(np.int64).min)
NO_TIME = NO_DAY
_EPOCH = date(1970, 1, 1)
_INSTANT = pa.timestamp("us", tz="UTC")


class Events(NamedTuple):
    """When each row of a table happened: local day, instant, and whether the instant has a time of day."""

    day: Ints
    at: Ints
    has_time: Flags


def first_events(table: pa.Table, columns: tuple[str, ...], time_zone: str) -> Events:
    """Return when each row happened: the first of some columns that is filled.

    Parameters
    ----------
    table
        Records with any of the columns, ``date_only``, and perhaps ``offset_minutes``.
    columns
        Days (``..._on``) and instants in order of preference; those that the table lacks are passed over.
    time_zone
        The client's.
    """
    rows = table.num_rows
    day, at, has_time = np.full(rows, NO_DAY), np.full(rows, NO_TIME), np.zeros(rows, dtype=bool)
    for column in dict.fromkeys(columns):
        if column not in table.column_names:
            continue
        values = table[column]
        is_open = (day == NO_DAY) & np.asarray(pc.is_valid(values).combine_chunks())
        if not is_open.any():
            continue
        if column.endswith("_on"):
            local = pc.assume_timezone(
                values.cast(pa.timestamp("us")), time_zone, ambiguous="earliest", nonexistent="earliest"
            )
            instants, value_day, is_timed = local.cast(_INSTANT), days_of(values), np.zeros(rows, dtype=bool)
        else:
            is_timed = ~_is_date_only(table, column)
            offset = table["offset_minutes"] if "offset_minutes" in table.column_names else None
            instants, value_day = values, local_days(values, ~is_timed, time_zone, offset)
        at = np.where(is_open, instants_of(instants), at)
        day = np.where(is_open, value_day, day)
        has_time = np.where(is_open, is_timed, has_time)
    return Events(day, at, has_time)


def _is_date_only(table: pa.Table, column: str) -> Flags:
    """Return which rows name the column among those of which only the date is known."""
    lists = table["date_only"].combine_chunks()
    result = np.zeros(len(lists), dtype=bool)
    is_named = np.asarray(pc.fill_null(pc.equal(pc.list_flatten(lists), column), False))
    result[np.asarray(pc.list_parent_indices(lists))[is_named]] = True
    return result


def local_days(
    instants: pa.ChunkedArray, is_date_only: Flags, time_zone: str, offset_minutes: pa.ChunkedArray | None = None
) -> Ints:
    """Return local calendar days: by the offset that stood beside the time, else by the zone.

    Where the time of day is unknown, midnight UTC and local midnight mean the same day.

    Parameters
    ----------
    instants
        Timestamps with a zone; null is unknown.
    is_date_only
        Where only a day was given, so that the time of day means nothing.
    time_zone
        IANA name of the client's zone.
    offset_minutes
        Minutes east of UTC that stood beside the time; null where there was none.

    Examples
    --------
    >>> from datetime import datetime, UTC
    >>> at = pa.chunked_array([pa.array([datetime(2026, 3, 2, 3, 0, tzinfo=UTC)], pa.timestamp("us", tz="UTC"))])
    >>> local_days(at, np.array([False]), "America/Chicago").astype("datetime64[D]").astype(str).tolist()
    ['2026-03-01']
    """
    utc = instants.cast(pa.timestamp("us", tz="UTC"))
    local = pc.local_timestamp(utc.cast(pa.timestamp("us", tz=time_zone)))
    local_day = days_of(local.cast(pa.date32(), safe=False))
    utc_day = days_of(pc.local_timestamp(utc).cast(pa.date32(), safe=False))
    microseconds = pc.fill_null(utc.cast(pa.int64()), 0).to_numpy(zero_copy_only=False)
    is_utc_midnight = microseconds % 86_400_000_000 == 0
    if offset_minutes is not None:
        written = pc.add(utc.cast(pa.int64()), pc.multiply(offset_minutes, 60_000_000)).cast(pa.timestamp("us"))
        written_day = days_of(written.cast(pa.date32(), safe=False))
        local_day = np.where(written_day == NO_DAY, local_day, written_day)
    return np.where(is_date_only & is_utc_midnight, utc_day, local_day)


def days_of(dates: pa.ChunkedArray) -> Ints:
    """Return dates as days; null is ``NO_DAY``."""
    return _numbers(dates.cast(pa.int32()).cast(pa.int64()))


def instants_of(instants: pa.ChunkedArray) -> Ints:
    """Return instants as microseconds; null is ``NO_TIME``."""
    return _numbers(instants.cast(_INSTANT).cast(pa.int64()))


def as_dates(days: Ints) -> pa.Array:
    """Return days as dates; null for ``NO_DAY``."""
    is_none = days == NO_DAY
    return pa.array(np.where(is_none, 0, days).astype(np.int32), mask=is_none).cast(pa.date32())


def as_instants(at: Ints) -> pa.Array:
    """Return microseconds as instants; null for ``NO_TIME``."""
    return pa.array(at, mask=at == NO_TIME).cast(_INSTANT)


def is_time_up(days: Ints, grace_days: int, as_of: date) -> Flags:
    """Return which source documents had all the time that the target may take: only these can be missing.

    Parameters
    ----------
    days
        When they happened; one without a date is judged like an old one.
    grace_days
        So long the target may take.
    as_of
        Local day up to which the target is complete.
    """
    return np.asarray((days == NO_DAY) | (days < (as_of - _EPOCH).days - grace_days), dtype=bool)


def absences(days: Ints, grace_days: int, as_of: date) -> pa.StringArray:
    """Return what source documents without counterpart are: still ``waiting`` inside the grace window, or ``missing``.

    Parameters
    ----------
    days
        When they happened; one without a date is missing.
    grace_days
        So long the target may take.
    as_of
        Local day up to which the target is complete.

    Examples
    --------
    >>> friday = np.array([(date(2026, 10, 2) - _EPOCH).days])
    >>> [absences(friday, 3, date(2026, 10, day)).to_pylist() for day in (5, 6)]
    [['waiting'], ['missing']]
    """
    return pc.if_else(pa.array(is_time_up(days, grace_days, as_of)), "missing", "waiting")


def _numbers(values: pa.ChunkedArray) -> Ints:
    return np.asarray(pc.fill_null(values, NO_DAY).combine_chunks(), dtype=np.int64)
