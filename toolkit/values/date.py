"""Dates and times as people and systems write them, to instants in UTC and calendar days.

The order of day and month is decided once for a column, from all its values (``day_order.py``); where they leave it open,
its file decides (``locale.py``), else the country; without a country such values stay unread and the column says so. A time
without a zone is local to its system. A two-digit year is 2000 to 2069 or 1970 to 1999. How a date can be written:
``date_forms.py``.
"""

import re
from dataclasses import dataclass
from typing import Literal

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.values.date_forms import WallTimes, have_times, pattern_times, plain_texts, wall_times
from toolkit.values.day_order import DayOrder, order_evidence, order_examples, usual_order
from toolkit.values.locale import Locale
from toolkit.values.placeholder import is_placeholder

INSTANT = pa.timestamp("us", tz="UTC")

_FILLERS = pa.array(["19000101", "19700101", "99991231", "29991231", "20991231"])
_NUMBERS_IN = re.compile(r"[0-9]+")
_LONGEST = 30
_DIGITS = 8
_EMPTY = ("", "-", "n/a", "na", "null", "none", "never", "0000-00-00", "0000-00-00 00:00:00")


@dataclass(frozen=True, slots=True)
class DateColumn:
    """A column of dates, row by row.

    ``instants`` are UTC microseconds; ``days`` the calendar day: as written beside an offset ("22:30 -0500" is of that
    day), else in the system's zone, of times in UTC, too; ``is_date_only`` marks values without a time of day;
    ``is_failed`` values that could not be read. ``order`` is the day and month order used, empty where none was needed or
    none could be told; ``is_sure`` is false when the country decided it or nobody could. ``offset_minutes`` is how far east
    of UTC a value was written; null beside none, and for UTC. ``both_orders`` are a date that proves the day first and one
    that proves the month first, where the column has both: it is not sure then.
    """

    instants: pa.Array
    days: pa.Array
    is_date_only: pa.Array
    is_failed: pa.Array
    order: DayOrder | Literal[""]
    is_sure: bool
    offset_minutes: pa.Array | None = None
    both_orders: tuple[str, str] | None = None


def date_column(
    values: pa.Array,
    *,
    time_zone: str = "UTC",
    country: str | None = None,
    order: DayOrder | Literal[""] | None = None,
    pattern: str = "",
    locale: Locale | None = None,
) -> DateColumn:
    """Return a column of text as dates.

    Parameters
    ----------
    values
        Text cells.
    time_zone
        IANA zone of times without one, and of calendar days.
    country
        Two-letter country, for a column whose values do not tell day from month.
    order
        Known order of day and month; empty: known to be unknown; otherwise decided from the values.
    pattern
        ``strptime`` pattern, when the settings give one; nothing else is accepted then.
    locale
        How the file writes dates, for a column whose own values do not tell.

    Examples
    --------
    >>> column = date_column(pa.array(["31/01/2026", "02/01/2026", "31/13/2026"]))
    >>> column.days.to_pylist()[1].isoformat(), column.order, column.is_failed.to_pylist()
    ('2026-01-02', 'dmy', [False, False, True])
    """
    encoded = values.cast(pa.string()).dictionary_encode()
    distinct = plain_texts(encoded.dictionary)
    used, is_sure, has_both = _column_order(distinct, locale, country) if order is None else (order, True, False)
    parsed = pattern_times(distinct, pattern) if pattern else wall_times(distinct, used)
    has_time = have_times(parsed)
    instants, days = _in_zone(parsed, time_zone)
    is_empty = pc.fill_null(pc.is_in(pc.utf8_lower(distinct), pa.array(_EMPTY)), True)
    failed = pc.and_not(pa.array(~parsed.is_read), is_empty)
    indices = encoded.indices
    return DateColumn(
        instants.take(indices),
        days.take(indices),
        pc.fill_null(pa.array(~has_time & parsed.is_read).take(indices), False),
        pc.fill_null(failed.take(indices), False),
        used if not pattern else "",
        is_sure or bool(pattern),
        pa.array(parsed.offset_minutes, mask=~(parsed.is_read & parsed.has_zone & (parsed.offset_minutes != 0))).take(
            indices
        ),
        order_examples(distinct) if has_both and not pattern else None,
    )


def _column_order(
    distinct: pa.Array, locale: Locale | None, country: str | None
) -> tuple[DayOrder | Literal[""], bool, bool]:
    """Return the order of a column's dates, whether it is sure, and whether they prove both.

    The column's own values tell it, else its file, else the country; where many prove each order, the file goes first.
    """
    evidence = order_evidence(distinct, years=() if locale is None else locale.years)
    has_both = evidence.has_both
    if evidence.order is not None and not (evidence.is_torn and locale is not None and locale.is_order_sure):
        return evidence.order, not has_both, has_both
    if not evidence.count:
        return "", True, False
    if locale is not None:
        return locale.day_order, not has_both and (locale.is_order_sure or not evidence.is_open), has_both
    return usual_order(country), not has_both and not evidence.is_open, has_both


def day_digits(values: pa.StringArray) -> pa.StringArray:
    """Return each date for comparing, as up to eight digits of year, month and day; null for fillers and what has no digit.

    What is no date (month 13) keeps its digits, year first where its place shows: most of them may still be right. Days
    that systems write for "none" are fillers: 1 January of 1900 and of 1970, and the end of the year 9999.

    Examples
    --------
    >>> day_digits(pa.array(["1956-04-09", "14/04/1956", "9 Apr 1956", "1956-13-09", "1956", "1900-01-01"])).to_pylist()
    ['19560409', '19560414', '19560409', '19561309', '1956', None]
    """
    encoded = values.dictionary_encode()
    read = date_column(encoded.dictionary)
    digits = pc.strftime(read.days, format="%Y%m%d")
    unread = pc.is_null(digits)
    written = [_digits_as_written(value) for value in encoded.dictionary.filter(unread).to_pylist()]
    digits = pc.replace_with_mask(digits, unread, pa.array(written, pa.string()))
    return pc.if_else(pc.is_in(digits, value_set=_FILLERS), None, digits).take(encoded.indices)


def _digits_as_written(value: str) -> str | None:
    if is_placeholder(value):
        return None
    numbers = _NUMBERS_IN.findall(value[:_LONGEST])
    if len(numbers) >= 3 and len(numbers[2]) == 4:
        numbers = [numbers[2], numbers[1], numbers[0]]
    elif len(numbers) == 2 and len(numbers[1]) == 4:
        numbers = numbers[::-1]
    return "".join(number.rjust(2, "0") for number in numbers[:3])[:_DIGITS] or None


def _in_zone(parsed: WallTimes, time_zone: str) -> tuple[pa.Array, pa.Array]:
    """Return instants in UTC and calendar days in the zone, null where nothing was read."""
    missing = ~parsed.is_read
    naive = pa.array(parsed.wall_us, pa.timestamp("us"), mask=missing)
    local = pc.assume_timezone(naive, time_zone, ambiguous="earliest", nonexistent="latest").cast(INSTANT)
    if not parsed.has_zone.any():
        return local, naive.cast(pa.date32(), safe=False)
    exact = pa.array(parsed.wall_us - parsed.offset_minutes * 60_000_000, INSTANT, mask=missing)
    has_zone = pa.array(parsed.has_zone)
    in_zone = pc.local_timestamp(exact.cast(pa.timestamp("us", tz=time_zone)))
    is_utc = pa.array(parsed.has_zone & (parsed.offset_minutes == 0))
    return (
        pc.if_else(has_zone, exact, local),
        pc.if_else(is_utc, in_zone, naive).cast(pa.date32(), safe=False),
    )
