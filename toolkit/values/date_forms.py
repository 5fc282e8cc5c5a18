"""The forms in which dates and times are written, read into wall clock times, a whole column at once.

Source: the styles of real exports, "2026-11-20T23:15:00Z", "31/12/2026 17:05", "31-Jul-13", "30/Oct/26 5:00 PM", "02 Sep
2026", "1. Okt. 2026", "3 janv. 2026", "20261120120000.000[-5:EST]" (OFX), spreadsheet serials ("45631", days since
1899-12-30) and epoch seconds or milliseconds.
"""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.values.day_order import Ints
from toolkit.values.digits import ascii_digits
from toolkit.values.months import month_numbers
from toolkit.values.time_zone import offset_minutes
from toolkit.values.weekdays import is_weekday

Flags = np.ndarray[tuple[int, ...], np.dtype[np.bool_]]

# Any letter: by range, since the classes of Unicode make the patterns slow.
_LETTER = r"[A-Za-z\x{c0}-\x{10ffff}]"
_CLOCK = r"(?P<H>\d{1,2})[:.](?P<M>\d{2})(?:[:.](?P<S>\d{2})(?:[.,](?P<f>\d{1,9}))?)?"
_HALF_AND_ZONE = r"\s*(?P<p>[AaPp]\.?[Mm]\.?)?\s*(?P<z>Z|z|[A-Z]{3,4}|(?:GMT|UTC)?[+-]\d{1,2}(?::?\d{2})?)?"
_TIME = rf"(?:[ ,T]+{_CLOCK}{_HALF_AND_ZONE})?$"
_WEEKDAY = rf"^(?:(?P<w>{_LETTER}{{2,12}})\.?,? +)?"
_NAME = rf"(?P<n>{_LETTER}{{3,12}})"
_DAY_MONTH = r"(?P<a>\d{1,2})(?:[-/.] ?| )(?P<b>\d{1,2})(?:[-/.] ?| )(?P<y>\d{4}|\d{2})\.?"
_ISO = r"^(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})" + _TIME
_NUMERIC = "^" + _DAY_MONTH + _TIME
_NAMED = r"^(?P<d>\d{1,2})(?:st|nd|rd|th|\.)?[-/ .]*" + _NAME + r"\.?[-/ ,.]*(?P<y>\d{4}|\d{2})" + _TIME
_NAME_FIRST = "^" + _NAME + r"\.? +(?P<d>\d{1,2})(?:st|nd|rd|th)?,? +(?P<y>\d{4})" + _TIME
# Words before and between the parts ("Do, 5 de enero de 2026 a las 10:30"), in forms of their own: they slow a pattern down.
_WORDY_TIME = (
    rf"(?:[ ,T]+(?:(?:at|um|kl\.?|\x{{e0}}s?|a las) +)?{_CLOCK.replace('[:.](?P<M>', '[:.h](?P<M>')}(?: ?(?:Uhr|h))?"
    + _HALF_AND_ZONE.replace(r"\.?[Mm]", r"\.? ?[Mm]")
    + r"(?: \([^()]*\))?)?$"
)
_ISO_SPACED = (
    r"^(?P<y>\d{4})[-/.\x{5e74}\x{b144}] ?(?P<m>\d{1,2})[-/.\x{6708}\x{c6d4}] ?(?P<d>\d{1,2})[.\x{65e5}\x{c77c}]?"
    + _WORDY_TIME
)
_NUMERIC_WORDY = _WEEKDAY + _DAY_MONTH + _WORDY_TIME
_NAMED_WORDY = (
    _WEEKDAY
    + r"(?P<d>\d{1,2})(?:st|nd|rd|th|er|\.|\x{ba})?[-/ .]*(?:(?:de|of|del|d'|di) *)?"
    + _NAME
    + r"\.?[-/ ,.]*(?:(?:de|del) +)?(?P<y>\d{4}|\d{2})(?: ?\x{433}\.?)?"
    + _WORDY_TIME
)
_NAME_FIRST_WORDY = _WEEKDAY + _NAME + r"\.? +(?P<d>\d{1,2})(?:st|nd|rd|th)?,? +(?P<y>\d{4})" + _WORDY_TIME
_YEAR_FIRST = r"^(?P<y>\d{4})[-/ .,]+" + _NAME + r"\.?[-/ .]+(?P<d>\d{1,2})\.?" + _WORDY_TIME
_COMPACT = (
    r"^(?P<y>(?:19|20)\d{2})(?P<m>\d{2})(?P<d>\d{2})(?:T?(?P<H>\d{2})(?P<M>\d{2})(?P<S>\d{2})?(?:\.(?P<f>\d{1,9}))?)?"
    r"(?P<z>Z|\[[+-]?\d{1,2}(?:\.\d{1,2})?(?::[A-Za-z]{3,4})?\])?$"
)
_FORMS = (
    _ISO,
    _NUMERIC,
    _NAMED,
    _NAME_FIRST,
    _COMPACT,
    _ISO_SPACED,
    _NUMERIC_WORDY,
    _NAMED_WORDY,
    _NAME_FIRST_WORDY,
    _YEAR_FIRST,
)
_SERIAL = r"^[2-7]\d{4}(?:[.,]\d+)?$"
_EPOCH = r"^1\d{9}(?:\d{3})?$"


@dataclass(frozen=True, slots=True)
class WallTimes:
    """Times as the clock on the wall showed them, with what was written about their zone."""

    wall_us: Ints
    offset_minutes: Ints
    has_zone: Flags
    has_time: Flags
    is_read: Flags


def wall_times(distinct: pa.Array, order: str) -> WallTimes:
    """Return the times of distinct texts; ``order`` is that of day and month, or "ymd" where two-digit years come first."""
    count = len(distinct)
    result = WallTimes(np.zeros(count, np.int64), np.zeros(count, np.int64), *(np.zeros(count, np.bool_) for _ in range(3)))
    todo: Ints = np.arange(count, dtype=np.int64)
    for form in _FORMS:
        if not len(todo):
            break
        todo = _read_form(result, distinct, todo, form, order)
    if len(todo):
        _read_numbers(result, distinct, todo)
    return result


def plain_texts(distinct: pa.Array) -> pa.Array:
    r"""Return texts with ASCII digits, plain blanks and none around them.

    Examples
    --------
    >>> plain_texts(pa.array([" 5:00\u202fPM"])).to_pylist()
    ['5:00 PM']
    """
    distinct = pc.utf8_trim_whitespace(distinct)
    if pc.all(pc.string_is_ascii(distinct)).as_py():
        return distinct
    return pc.replace_substring_regex(ascii_digits(distinct), r"[\x{a0}\x{202f}\x{2009}]", " ")


def _read_form(result: WallTimes, distinct: pa.Array, todo: Ints, form: str, order: str) -> Ints:
    """Fill ``result`` with the values of this form; return the places still to be read."""
    found = pc.extract_regex(distinct.take(pa.array(todo)), form)
    hits = pc.is_valid(found).to_numpy(zero_copy_only=False)
    if not hits.any():
        return todo
    parts = found.filter(pa.array(hits))
    names = {parts.type.field(number).name for number in range(parts.type.num_fields)}
    if "a" in names:
        year, month, day, known = _numeric_parts(parts, order)
    else:
        year, day = _ints(parts, "y"), _ints(parts, "d")
        month = _month_numbers(parts.field("n")) if "n" in names else _ints(parts, "m")
        known = np.ones(len(year), np.bool_)
    year = np.where(year < 70, year + 2000, np.where(year < 100, year + 1900, year))
    if "w" in names:
        known = known & _may_stand_before(parts.field("w"))
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


def _numeric_parts(parts: pa.Array, order: str) -> tuple[Ints, Ints, Ints, Flags]:
    """Return year, month and day of dates in numbers, and which of them are known."""
    first, second, last = (_ints(parts, name) for name in ("a", "b", "y"))
    day, month = (first, second) if order == "dmy" else (second, first)
    known = np.full(len(first), order in {"dmy", "mdy"}) | (first == second)
    if order != "ymd":
        return last, month, day, known
    is_short = pc.equal(pc.utf8_length(parts.field("y")), 2).to_numpy(zero_copy_only=False)
    return np.where(is_short, first, last), second, np.where(is_short, last, first), is_short | (first == second)


def _read_numbers(result: WallTimes, distinct: pa.Array, todo: Ints) -> None:
    """Fill ``result`` with spreadsheet serials (days since 1899-12-30) and epoch times."""
    left = distinct.take(pa.array(todo))
    for form, is_epoch in ((_SERIAL, False), (_EPOCH, True)):
        hits = pc.fill_null(pc.match_substring_regex(left, form), False).to_numpy(zero_copy_only=False)
        if not hits.any():
            continue
        numbers = (
            pc.replace_substring(left.filter(pa.array(hits)), ",", ".").cast(pa.float64()).to_numpy(zero_copy_only=False)
        )
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


def have_times(parsed: WallTimes) -> Flags:
    """Return which values have a time of day: midnight in every cell is how a spreadsheet writes a plain date."""
    timed = parsed.is_read & parsed.has_time
    is_midnight = (parsed.wall_us % 86_400_000_000 == 0) & ~parsed.has_zone
    result: Flags = parsed.has_time & ~(timed.any() & is_midnight[timed].all())
    return result


def pattern_times(distinct: pa.Array, pattern: str) -> WallTimes:
    """Return the times of texts that fit a ``strptime`` pattern; nothing else is read."""
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
    return WallTimes(wall, np.zeros(count, np.int64), np.zeros(count, np.bool_), has_time, is_read)


def _ints(parts: pa.Array, name: str) -> Ints:
    """Return a named group as integers, 0 where it took no part."""
    text = parts.field(name)
    numbers = pc.if_else(pc.equal(text, ""), "0", text).cast(pa.int64())
    result: Ints = pc.fill_null(numbers, 0).to_numpy(zero_copy_only=False)
    return result


def _month_numbers(names: pa.Array) -> Ints:
    encoded = names.dictionary_encode()
    numbers = month_numbers(encoded.dictionary.to_pylist())
    result: Ints = np.array(numbers, np.int64)[encoded.indices.to_numpy(zero_copy_only=False)]
    return result


def _may_stand_before(words: pa.Array) -> Flags:
    """Return where nothing or a day of the week stands before the date."""
    encoded = words.dictionary_encode()
    fits = [not word or is_weekday(word) for word in encoded.dictionary.to_pylist()]
    result: Flags = np.array(fits, np.bool_)[encoded.indices.to_numpy(zero_copy_only=False)]
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
    known = [offset_minutes(text) for text in encoded.dictionary.to_pylist()]
    places = encoded.indices.to_numpy(zero_copy_only=False)
    minutes = np.array([one or 0 for one in known], np.int64)[places]
    has_zone = np.array([bool(text) for text in encoded.dictionary.to_pylist()], np.bool_)[places]
    return minutes, has_zone, np.array([one is not None for one in known], np.bool_)[places]
