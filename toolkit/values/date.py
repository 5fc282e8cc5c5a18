"""Dates and times as people and systems write them, to instants in UTC and calendar days.

The order of day and month is decided once for a column, from all its values: a part above 12 decides. Where none does,
the country decides; without a country such values stay unread and the column says so. A time without a zone is local to
its system. A two-digit year is 2000 to 2069 or 1970 to 1999.

Source: the styles of real exports, "2026-11-20T23:15:00Z", "31/12/2026 17:05", "31-Jul-13", "30/Oct/26 5:00 PM", "02 Sep
2026", "20261120120000.000[-5:EST]" (OFX), spreadsheet serials ("45631") and epoch seconds or milliseconds.
"""

import re
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.values.day_order import DayOrder, Ints, decided_order
from toolkit.values.placeholder import is_placeholder

Flags = np.ndarray[tuple[int, ...], np.dtype[np.bool_]]

INSTANT = pa.timestamp("us", tz="UTC")

_TIME = (
    r"(?:[ ,T]+(?P<H>\d{1,2})[:.](?P<M>\d{2})(?:[:.](?P<S>\d{2})(?:[.,](?P<f>\d{1,9}))?)?"
    r"\s*(?P<p>[AaPp]\.?[Mm]\.?)?\s*(?P<z>Z|z|[A-Z]{3,4}|(?:GMT|UTC)?[+-]\d{1,2}(?::?\d{2})?)?)?$"
)
_WEEKDAY = r"^(?:[A-Za-z]{2,9}\.?,? +)?"
_ISO = r"^(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})" + _TIME
_NUMERIC = r"^(?P<a>\d{1,2})[-/. ](?P<b>\d{1,2})[-/. ](?P<y>\d{4}|\d{2})" + _TIME
_NAMED = (
    _WEEKDAY
    + r"(?P<d>\d{1,2})(?:st|nd|rd|th|\.)?[-/ .]*(?P<n>[A-Za-z\x{e0}-\x{ff}]{3,9})\.?[-/ ,.]*(?P<y>\d{4}|\d{2})"
    + _TIME
)
_NAME_FIRST = _WEEKDAY + r"(?P<n>[A-Za-z\x{e0}-\x{ff}]{3,9})\.? +(?P<d>\d{1,2})(?:st|nd|rd|th)?,? +(?P<y>\d{4})" + _TIME
_COMPACT = (
    r"^(?P<y>(?:19|20)\d{2})(?P<m>\d{2})(?P<d>\d{2})(?:T?(?P<H>\d{2})(?P<M>\d{2})(?P<S>\d{2})?(?:\.(?P<f>\d{1,9}))?)?"
    r"(?P<z>Z|\[[+-]?\d{1,2}(?:\.\d{1,2})?(?::[A-Za-z]{3,4})?\])?$"
)
_SERIAL = r"^[2-7]\d{4}(?:\.\d+)?$"
_EPOCH = r"^1\d{9}(?:\d{3})?$"
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january januar jän janv janvier ene enero gen", "feb february februar fév févr février febrero",
            "mar march mär märz mars marzo mrt", "apr april avr avril abr abril", "may mai mayo mei mag maggio",
            "jun june juni juin junio giu", "jul july juli juil juillet julio lug", "aug august août agosto ago",
            "sep sept september septembre septiembre set", "oct october okt oktober octobre octubre ott",
            "nov november novembre noviembre", "dec december dez dezember déc décembre dic diciembre",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_ZONES = {"EST": -300, "EDT": -240, "CST": -360, "CDT": -300, "MST": -420, "MDT": -360, "PST": -480, "PDT": -420}
_ZONES |= {"UTC": 0, "GMT": 0, "Z": 0, "BST": 60, "CET": 60, "CEST": 120, "AEST": 600, "AEDT": 660}
_FILLERS = pa.array(["19000101", "19700101", "99991231", "29991231", "20991231"])
_NUMBERS_IN = re.compile(r"[0-9]+")
_LONGEST = 30
_DIGITS = 8
_EMPTY = ("", "-", "n/a", "na", "null", "none", "never", "0000-00-00", "0000-00-00 00:00:00")


@dataclass(frozen=True, slots=True)
class DateColumn:
    """A column of dates, row by row.

    ``instants`` are UTC microseconds; ``days`` the calendar day in the system's zone; ``is_date_only`` marks values without
    a time of day; ``is_failed`` values that could not be read. ``order`` is the day and month order used, empty where
    none was needed or none could be told; ``is_sure`` is false when the country decided it or nobody could.
    """

    instants: pa.Array
    days: pa.Array
    is_date_only: pa.Array
    is_failed: pa.Array
    order: DayOrder | Literal[""]
    is_sure: bool


@dataclass(frozen=True, slots=True)
class _Parsed:
    wall_us: Ints
    offset_minutes: Ints
    has_zone: Flags
    has_time: Flags
    is_read: Flags


def date_column(
    values: pa.Array,
    *,
    time_zone: str = "UTC",
    country: str | None = None,
    order: DayOrder | Literal[""] | None = None,
    pattern: str = "",
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

    Examples
    --------
    >>> column = date_column(pa.array(["31/01/2026", "02/01/2026", "31/13/2026"]))
    >>> column.days.to_pylist()[1].isoformat(), column.order, column.is_failed.to_pylist()
    ('2026-01-02', 'dmy', [False, False, True])
    """
    encoded = values.cast(pa.string()).dictionary_encode()
    distinct = pc.utf8_trim_whitespace(encoded.dictionary)
    used, is_sure = decided_order(distinct, country=country) if order is None else (order, True)
    parsed = _by_pattern(distinct, pattern) if pattern else _parsed(distinct, used)
    has_time = _real_times(parsed)
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
    )


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


def _parsed(distinct: pa.Array, order: str) -> _Parsed:
    count = len(distinct)
    result = _Parsed(np.zeros(count, np.int64), np.zeros(count, np.int64), *(np.zeros(count, np.bool_) for _ in range(3)))
    todo: Ints = np.arange(count, dtype=np.int64)
    for form in (_ISO, _NUMERIC, _NAMED, _NAME_FIRST, _COMPACT):
        if not len(todo):
            break
        todo = _read_form(result, distinct, todo, form, order)
    if len(todo):
        _read_numbers(result, distinct, todo)
    return result


def _read_form(result: _Parsed, distinct: pa.Array, todo: Ints, form: str, order: str) -> Ints:
    """Fill ``result`` with the values of this form; return the places still to be read."""
    found = pc.extract_regex(distinct.take(pa.array(todo)), form)
    hits = pc.is_valid(found).to_numpy(zero_copy_only=False)
    if not hits.any():
        return todo
    parts = found.filter(pa.array(hits))
    names = {parts.type.field(number).name for number in range(parts.type.num_fields)}
    year = _ints(parts, "y")
    year = np.where(year < 70, year + 2000, np.where(year < 100, year + 1900, year))
    if "a" in names:
        first, second = _ints(parts, "a"), _ints(parts, "b")
        day, month = (first, second) if order == "dmy" else (second, first)
        known = np.full(len(day), bool(order)) | (first == second)
    else:
        day, known = _ints(parts, "d"), np.ones(len(year), np.bool_)
        month = _month_numbers(parts.field("n")) if "n" in names else _ints(parts, "m")
    seconds, has_time, is_time = _time_of_day(parts)
    offset, has_zone, is_zone = _offsets(parts.field("z"))
    days, is_day = _days(year, month, day)
    places = todo[hits]
    result.is_read[places] = known & is_day & is_time & is_zone
    result.wall_us[places] = days * 86_400_000_000 + seconds
    result.has_time[places] = has_time
    result.has_zone[places] = has_zone & has_time
    result.offset_minutes[places] = offset
    left: Ints = todo[~hits]
    return left


def _read_numbers(result: _Parsed, distinct: pa.Array, todo: Ints) -> None:
    """Fill ``result`` with spreadsheet serials (days since 1899-12-30) and epoch times."""
    left = distinct.take(pa.array(todo))
    for form, is_epoch in ((_SERIAL, False), (_EPOCH, True)):
        hits = pc.fill_null(pc.match_substring_regex(left, form), False).to_numpy(zero_copy_only=False)
        if not hits.any():
            continue
        numbers = left.filter(pa.array(hits)).cast(pa.float64()).to_numpy(zero_copy_only=False)
        places = todo[hits]
        if is_epoch:
            wall = np.where(numbers > 1e11, numbers * 1e3, numbers * 1e6)
        else:
            # Serials carry seconds at best; rounding removes the noise of the binary fraction.
            wall = np.round((numbers - 25_569) * 86_400) * 1e6
        result.wall_us[places] = wall.astype(np.int64)
        result.is_read[places] = True
        result.has_time[places] = is_epoch | (numbers % 1 != 0)
        result.has_zone[places] = is_epoch


def _real_times(parsed: _Parsed) -> Flags:
    """Return which values have a time of day: midnight in every cell is how a spreadsheet writes a plain date."""
    timed = parsed.is_read & parsed.has_time
    is_midnight = (parsed.wall_us % 86_400_000_000 == 0) & ~parsed.has_zone
    result: Flags = parsed.has_time & ~(timed.any() & is_midnight[timed].all())
    return result


def _by_pattern(distinct: pa.Array, pattern: str) -> _Parsed:
    from datetime import datetime  # only for patterns that a person wrote into the settings

    count = len(distinct)
    wall, is_read = np.zeros(count, np.int64), np.zeros(count, np.bool_)
    epoch = datetime(1970, 1, 1)  # noqa: DTZ001 - wall time; the zone is applied to the whole column
    for place, text in enumerate(distinct.to_pylist()):
        try:
            moment = datetime.strptime(text, pattern).replace(tzinfo=None)  # noqa: DTZ007 - as above
        except (ValueError, TypeError):
            continue
        wall[place] = round((moment - epoch).total_seconds() * 1_000_000)
        is_read[place] = True
    has_time = np.full(count, any(sign in pattern for sign in ("%H", "%I", "%X", "%c")))
    return _Parsed(wall, np.zeros(count, np.int64), np.zeros(count, np.bool_), has_time, is_read)


def _ints(parts: pa.Array, name: str) -> Ints:
    """Return a named group as integers, 0 where it took no part."""
    text = parts.field(name)
    numbers = pc.if_else(pc.equal(text, ""), "0", text).cast(pa.int64())
    result: Ints = pc.fill_null(numbers, 0).to_numpy(zero_copy_only=False)
    return result


def _month_numbers(names: pa.Array) -> Ints:
    encoded = names.dictionary_encode()
    numbers = [_MONTHS.get(name.lower(), 0) for name in encoded.dictionary.to_pylist()]
    result: Ints = np.array(numbers, np.int64)[encoded.indices.to_numpy(zero_copy_only=False)]
    return result


def _days(year: Ints, month: Ints, day: Ints) -> tuple[Ints, Flags]:
    """Return days since 1970-01-01 and whether there is such a day."""
    is_plausible = (year >= 1000) & (month >= 1) & (month <= 12) & (day >= 1) & (day <= 31)
    months = (np.where(is_plausible, year, 1970) - 1970) * 12 + np.where(is_plausible, month, 1) - 1
    starts = months.astype("datetime64[M]")
    first = starts.astype("datetime64[D]").astype(np.int64)
    length = (starts + 1).astype("datetime64[D]").astype(np.int64) - first
    return first + np.where(is_plausible, day, 1) - 1, is_plausible & (day <= length)


def _time_of_day(parts: pa.Array) -> tuple[Ints, Flags, Flags]:
    """Return microseconds since midnight, whether there is a time, and whether it is a possible one."""
    hour, minute, second = (_ints(parts, name) for name in "HMS")
    has_time = pc.not_equal(parts.field("H"), "").to_numpy(zero_copy_only=False)
    fraction = pc.utf8_slice_codeunits(pc.utf8_rpad(parts.field("f"), 6, "0"), 0, 6)
    micro: Ints = fraction.cast(pa.int64()).to_numpy(zero_copy_only=False)
    is_fine = (hour < 24) & (minute < 60) & (second < 60)
    if "p" in {parts.type.field(number).name for number in range(parts.type.num_fields)}:
        half = pc.utf8_lower(pc.utf8_slice_codeunits(parts.field("p"), 0, 1))
        is_half, is_afternoon = (
            flags.to_numpy(zero_copy_only=False) for flags in (pc.not_equal(half, ""), pc.equal(half, "p"))
        )
        is_fine &= ~is_half | ((hour >= 1) & (hour <= 12))
        hour = np.where(is_half, hour % 12 + 12 * is_afternoon, hour)
    return ((hour * 60 + minute) * 60 + second) * 1_000_000 + micro, has_time, is_fine


def _offsets(zones: pa.Array) -> tuple[Ints, Flags, Flags]:
    """Return minutes east of UTC, whether a zone is written, and whether it is a known one."""
    encoded = zones.dictionary_encode()
    known = [_offset_minutes(text) for text in encoded.dictionary.to_pylist()]
    places = encoded.indices.to_numpy(zero_copy_only=False)
    minutes = np.array([one or 0 for one in known], np.int64)[places]
    has_zone = np.array([bool(text) for text in encoded.dictionary.to_pylist()], np.bool_)[places]
    return minutes, has_zone, np.array([one is not None for one in known], np.bool_)[places]


def _offset_minutes(text: str) -> int | None:
    name = text.strip("[]").upper()
    if not name:
        return 0
    if name in _ZONES:
        return _ZONES[name]
    number = name.partition(":")[0] if text.startswith("[") else name.removeprefix("GMT").removeprefix("UTC")
    sign, digits = (-1 if number.startswith("-") else 1), number.lstrip("+-")
    if text.startswith("["):
        return round(sign * float(digits) * 60)
    hours, _, minutes = digits.partition(":") if ":" in digits else (digits[:-2] or digits, "", digits[-2:])
    if len(digits) <= 2:
        hours, minutes = digits, "0"
    if not (hours + minutes).isdigit() or int(hours) > 14 or int(minutes) > 59:
        return None
    return sign * (int(hours) * 60 + int(minutes))


def _in_zone(parsed: _Parsed, time_zone: str) -> tuple[pa.Array, pa.Array]:
    """Return instants in UTC and calendar days in the zone, null where nothing was read."""
    missing = ~parsed.is_read
    naive = pa.array(parsed.wall_us, pa.timestamp("us"), mask=missing)
    local = pc.assume_timezone(naive, time_zone, ambiguous="earliest", nonexistent="latest").cast(INSTANT)
    if not parsed.has_zone.any():
        return local, naive.cast(pa.date32(), safe=False)
    exact = pa.array(parsed.wall_us - parsed.offset_minutes * 60_000_000, INSTANT, mask=missing)
    has_zone = pa.array(parsed.has_zone)
    in_zone = pc.local_timestamp(exact.cast(pa.timestamp("us", tz=time_zone)))
    return (
        pc.if_else(has_zone, exact, local),
        pc.if_else(has_zone, in_zone, naive).cast(pa.date32(), safe=False),
    )
