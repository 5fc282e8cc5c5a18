"""Dates whose day and month changed places, found by what else says where they belong.

That is the usual time between two dates of the same stream, or the place in the sequence of document numbers. A date must
stand out there, and fit once day and month change places.
"""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.quality.dates import DATE_WORDS, ORDERED, Days, Flags, Offsets, day_columns, offsets_from, swapped_day_month
from toolkit.quality.evidence import Evidence
from toolkit.quality.streams import Rows, Stream, coded
from toolkit.tables import EVENT_COLUMNS

MIN_HISTORY = 10
"""Records with both dates that make a usual time between them."""

_MAX_TERM_DAYS = 120
_NEIGHBOURS = 5
_MAX_SPREAD_DAYS = 20
_AT_ONCE = 100_000

_REASONS = {
    "band": "It is far from the day the record was created, and close to it with day and month swapped.",
    "sequence": "It breaks the sequence of the numbers, and keeps it with day and month swapped.",
    "terms": "The time between {start} and {end} is odd, and usual with day and month swapped.",
}

Swapped = dict[str, dict[str, Flags]]
"""By column, then by how it shows, in a sentence, which dates are swapped; each date shows once."""


def swapped_dates(evidence: Evidence) -> list[Swapped]:
    """Return for every stream its swapped dates, in the columns that something else vouches for."""
    return [_swapped(stream, days) for stream, days in evidence.once(day_columns)]


def not_swapped(swapped: Swapped, column: str, count: int) -> Flags:
    """Return which dates of a column stand as they were meant, as far as anybody can tell.

    Parameters
    ----------
    swapped
        The swapped dates of the stream.
    column
        Which dates.
    count
        How many they are.
    """
    result = np.ones(count, dtype=bool)
    for rows in swapped.get(column, {}).values():
        result &= ~rows
    return result


def _swapped(stream: Stream, days: dict[str, Days]) -> Swapped:
    found: Swapped = {}

    def add(column: str, rows: Flags | None, reason: str) -> None:
        if rows is not None:
            found.setdefault(column, {})[reason] = rows & not_swapped(found, column, len(rows))

    event = next((name for name in EVENT_COLUMNS.get(stream.entity, ()) if name in days), None)
    if event is not None and event != "created_at":
        if "created_at" in days:
            add(event, _out_of_band(days[event], days["created_at"]), _REASONS["band"])
        add(event, _out_of_sequence(stream, days[event]), _REASONS["sequence"])
    for start, end in ORDERED:
        if start in days and end in days:
            start_rows, end_rows = _against_terms(days[start], days[end])
            reason = _REASONS["terms"].format(start=DATE_WORDS[start], end=DATE_WORDS[end])
            # A date that is told already explains the odd time; where either could be swapped, the end is more often typed.
            add(end, end_rows & not_swapped(found, start, len(days[start])), reason)
            add(start, start_rows & ~end_rows, reason)
    return found


def _out_of_band(days: Days, anchor: Days) -> Flags | None:
    """Dates far outside the usual distance to another date, and inside once swapped; null: there is no usual one."""
    offsets = offsets_from(anchor, days)
    known = offsets[~np.isnan(offsets)]
    if len(known) < MIN_HISTORY:
        return None
    # Between the tenth and the ninetieth of a hundred, since the swapped dates themselves are among the distances.
    low, high = np.quantile(known, [0.1, 0.9])
    # Where a month is as usual as a day, no date stands out by one.
    if high - low > 25:
        return None
    mended = offsets_from(anchor, swapped_day_month(days))
    is_far = (offsets < low - 15) | (offsets > high + 15)
    flags: Flags = is_far & (mended >= low - 3) & (mended <= high + 3)
    return flags


def _against_terms(starts: Days, ends: Days) -> tuple[Flags, Flags]:
    """Starts and ends whose distance is odd as they stand and usual once one of them is swapped.

    Usual are distances of at least three records and 2 % of all; they must cover 90 % before a positive one can be odd.
    """
    offsets = offsets_from(starts, ends)
    known = offsets[~np.isnan(offsets)]
    if not len(known):
        return np.zeros(len(starts), dtype=bool), np.zeros(len(starts), dtype=bool)
    values, counts = np.unique(known, return_counts=True)
    usual = values[(counts >= max(3, 0.02 * len(known))) & (values >= 0)]
    has_terms = len(known) >= MIN_HISTORY and np.isin(known, usual).mean() >= 0.9
    is_odd = (offsets < 0) | (~np.isin(offsets, usual) & ~np.isnan(offsets) & has_terms)

    # Without usual terms only an end before its beginning is odd, and any term of four months mends it.
    def fits(mended: Offsets) -> Flags:
        if has_terms:
            return np.isin(mended, usual)
        result: Flags = (mended >= 0) & (mended <= _MAX_TERM_DAYS)
        return result

    start_mended = offsets_from(swapped_day_month(starts), ends)
    end_mended = offsets_from(starts, swapped_day_month(ends))
    return is_odd & fits(start_mended), is_odd & fits(end_mended)


def _out_of_sequence(stream: Stream, days: Days) -> Flags | None:
    """Dates far from those of the neighbouring numbers, and among them once swapped; null: numbers do not follow time."""
    if "number" not in stream.table.column_names:
        return None
    rows, sizes, number = _sequences(stream.table, days)
    sequence = np.repeat(np.arange(len(sizes)), sizes)
    expected, spread = _middle_of_neighbours(days[rows].astype(np.int64), sizes)
    residuals = np.abs(days[rows].astype(np.int64) - expected)
    usual = _quantiles(residuals, sequence, sizes, 0.8)
    follows_time = usual <= 10
    if not follows_time.any():
        return None
    swapped = swapped_day_month(days[rows])
    mended = np.abs(offsets_from(expected.astype("datetime64[D]"), swapped))
    flags = np.zeros(len(days), dtype=bool)
    # Where two ranges of numbers meet or mix, the neighbours' own days are far apart, and nothing is out of order.
    is_within = spread <= np.maximum(_MAX_SPREAD_DAYS, 4 * usual)[sequence]
    is_odd = follows_time[sequence] & is_within & (residuals > 20) & (mended <= np.maximum(5.0, 2 * usual)[sequence])
    flags[rows] = is_odd & ~_is_taken(number, days[rows], swapped, is_odd)
    return flags


def _is_taken(number: Rows, days: Days, swapped: Days, asked: Flags) -> Flags:
    """Return which dates stand beside a number that another record has, too: then the number may be the wrong one.

    Unless that record is of the very day that the date is with day and month swapped: it is the same, entered twice.
    """
    result = np.zeros(len(number), dtype=bool)
    for place in np.flatnonzero(asked).tolist():
        first, end = np.searchsorted(number, [number[place], number[place] + 1])
        result[place] = end - first > 1 and not (days[first:end] == swapped[place]).any()
    return result


def _sequences(table: pa.Table, days: Days) -> tuple[Rows, Rows, Rows]:
    """Return the rows of all runs of numbers with one beginning ("INV-"), each in order of the number, and their lengths.

    The third says of each row which number it has: rows with one number have the same, and it never falls.
    """
    numbers, keys = table["number"], table["record_key"]
    # Fifteen digits fit an integer; longer ones are ids, not a sequence. A line break is no part of a number.
    counted = pc.struct_field(pc.extract_regex(numbers, r"(?P<count>[0-9]{1,15})$").combine_chunks(), "count")
    counts = pc.fill_null(counted.cast(pa.int64()), -1).to_numpy()
    has_break = pc.fill_null(pc.match_substring(numbers, "\n"), fill_value=False).to_numpy(zero_copy_only=False)
    usable = np.flatnonzero((counts >= 0) & ~np.isnat(days) & ~has_break)
    _, fronts = coded(pc.replace_substring_regex(numbers.take(pa.array(usable)), r"[0-9]{1,15}$", ""))
    is_long = (np.bincount(fronts) >= 2 * MIN_HISTORY)[fronts]
    usable, fronts = usable[is_long], fronts[is_long]
    # One sort puts every run in order: a look through all numbers per beginning would cost the square where each has its
    # own ("000123/2026").
    order = np.lexsort((_turns_of_equals(keys, usable, fronts, counts[usable]), counts[usable], fronts))
    count, front = counts[usable][order], fronts[order]
    number = np.cumsum(np.concatenate([[False], (np.diff(count) != 0) | (np.diff(front) != 0)])[: len(order)])
    return usable[order], np.unique(fronts, return_counts=True)[1], number


def _turns_of_equals(keys: pa.ChunkedArray, rows: Rows, fronts: Rows, counts: Rows) -> Rows:
    """Return the place of each row among those of one number, by record key: the order of a file must not decide."""
    order = np.lexsort((counts, fronts))
    same = (np.diff(fronts[order]) == 0) & (np.diff(counts[order]) == 0)
    is_shared = np.zeros(len(rows), dtype=bool)
    is_shared[order[1:][same]] = is_shared[order[:-1][same]] = True
    turns = np.zeros(len(rows), dtype=np.int64)
    turns[is_shared] = pc.rank(keys.take(pa.array(rows[is_shared]))).to_numpy()
    return turns


def _middle_of_neighbours(values: Rows, sizes: Rows) -> tuple[Rows, Rows]:
    """Return the median of each value, the five before it and the five after it, and how far off the fourth farthest is.

    A run is mirrored at its ends.
    """
    last = np.repeat(sizes - 1, sizes)
    place = np.arange(len(values)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    first = np.arange(len(values)) - place
    result, spread = np.empty(len(values), dtype=np.int64), np.empty(len(values), dtype=np.int64)
    # In parts, since eleven neighbours of a million records are as much memory as all else of them.
    for start in range(0, len(values), _AT_ONCE):
        part = slice(start, start + _AT_ONCE)
        beside = np.abs(place[part, None] + np.arange(-_NEIGHBOURS, _NEIGHBOURS + 1))
        mirrored = np.minimum(beside, 2 * last[part, None] - beside)
        near = values[first[part, None] + mirrored]
        result[part] = np.median(near, axis=1)
        # The value itself may be off, and two of the others.
        spread[part] = np.partition(np.abs(near - result[part, None]), -4, axis=1)[:, -4]
    return result, spread


def _quantiles(values: Rows, sequence: Rows, sizes: Rows, share: float) -> Offsets:
    """Return a quantile of the values of each run, between two of them by their distance."""
    ordered = values[np.lexsort((values, sequence))].astype(np.float64)
    first = np.cumsum(sizes) - sizes
    wanted = share * (sizes - 1)
    below = np.floor(wanted).astype(np.int64)
    # A run has more than one value, and the share is below one: there is always a value above.
    low, high = ordered[first + below], ordered[first + below + 1]
    result: Offsets = low + (high - low) * (wanted - below)
    return result
