"""Dates that were probably mistyped: day and month swapped, in the future, long ago, or ending before they begin.

A date counts as swapped only when something else says where it belongs: the usual time between two dates of the same
stream, or its place in the sequence of document numbers. It must stand out there, and fit once day and month change places.
"""

from collections.abc import Iterator
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.quality.outcome import Finding, Outcome
from toolkit.quality.streams import Stream
from toolkit.tables import EVENT_COLUMNS

Days = npt.NDArray[np.datetime64]
Offsets = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

MIN_HISTORY = 10
"""Records with both dates that make a usual time between them."""

_EARLIEST = np.datetime64("1990-01-01")
_MAX_YEARS_AHEAD = 20
_MAX_TERM_DAYS = 120

_ORDERED = (("issued_on", "due_on"), ("started_at", "completed_at"), ("opened_at", "resolved_at"))

_NEVER_FUTURE = (
    "created_at", "updated_at", "issued_on", "posted_on", "spent_on", "paid_at", "opened_at", "resolved_at", "completed_at",
)  # fmt: skip
_ALWAYS_PAST = (*_NEVER_FUTURE, "due_on", "started_at", "closed_at")

_WORDS = {
    "created_at": "creation date", "updated_at": "date of change", "issued_on": "date", "posted_on": "date",
    "spent_on": "date", "paid_at": "payment date", "opened_at": "opening date", "resolved_at": "closing date",
    "completed_at": "end date", "due_on": "due date", "started_at": "start date", "closed_at": "closing date",
}  # fmt: skip


def date_outcomes(stream: Stream, *, as_of: date) -> list[Outcome]:
    """Return the outcomes for every date column of the stream that is filled.

    Parameters
    ----------
    stream
        Live records of one stream.
    as_of
        The day on which the data was taken; one day later still passes, for time zones.
    """
    days = {
        name: stream.table[name].cast(pa.date32()).combine_chunks().to_numpy(zero_copy_only=False)
        for name in _ALWAYS_PAST
        if name in stream.table.column_names and stream.table[name].null_count < stream.table.num_rows
    }
    days = {name: values.astype("datetime64[D]") for name, values in days.items()}
    swapped = _swapped(stream, days)
    outcomes = [
        _outcome(
            stream, column, days[column], rows, kind="swapped_date", words="may have day and month swapped", reason=reason
        )
        for column, (rows, reason) in sorted(swapped.items())
    ]
    taken = {column: rows for column, (rows, _) in swapped.items()}
    return [*outcomes, *_order_outcomes(stream, days, taken), *_range_outcomes(stream, days, taken, as_of)]


def swapped_day_month(days: Days) -> Days:
    """Return every date with day and month exchanged; not a time (NaT) where that is no other date.

    Examples
    --------
    >>> swapped_day_month(np.array(["2026-03-11", "2026-03-13", "2026-05-05"], dtype="datetime64[D]")).tolist()
    [datetime.date(2026, 11, 3), None, None]
    """
    years = days.astype("datetime64[Y]")
    months = (days.astype("datetime64[M]") - years.astype("datetime64[M]")).astype(np.int64)
    day = (days - days.astype("datetime64[M]").astype("datetime64[D]")).astype(np.int64)
    may_swap = ~np.isnat(days) & (day < 12) & (day != months)
    swapped = np.full(days.shape, np.datetime64("NaT"), dtype="datetime64[D]")
    swapped[may_swap] = (years[may_swap].astype("datetime64[M]") + day[may_swap]).astype("datetime64[D]") + months[may_swap]
    return swapped


def _swapped(stream: Stream, days: dict[str, Days]) -> dict[str, tuple[Flags, str]]:
    """Return by column which dates are swapped, for the columns that something else vouches for."""
    found: dict[str, tuple[Flags, str]] = {}

    def add(column: str, rows: Flags, reason: str) -> None:
        before = found.get(column)
        found[column] = (rows, reason) if before is None else (before[0] | rows, before[1])

    event = next((name for name in EVENT_COLUMNS.get(stream.entity, ()) if name in days), None)
    if event is not None and event != "created_at":
        if "created_at" in days:
            rows = _out_of_band(days[event], days["created_at"])
            if rows is not None:
                add(
                    event, rows, "It is far from the day the record was created, and close to it with day and month swapped."
                )
        rows = _out_of_sequence(stream, days[event])
        if rows is not None:
            add(event, rows, "It breaks the sequence of the numbers, and keeps it with day and month swapped.")
    for start, end in _ORDERED:
        if start in days and end in days:
            start_rows, end_rows = _against_terms(days[start], days[end])
            known = found[start][0] if start in found else np.zeros(len(days[start]), dtype=bool)
            reason = f"The time between {_WORDS[start]} and {_WORDS[end]} is odd, and usual with day and month swapped."
            add(end, end_rows & ~known, reason)
            add(start, start_rows & ~end_rows, reason)
    return found


def _out_of_band(days: Days, anchor: Days) -> Flags | None:
    """Dates far outside the usual distance to another date, and inside once swapped; null: there is no usual one."""
    offsets = _offsets(days, anchor)
    known = offsets[~np.isnan(offsets)]
    if len(known) < MIN_HISTORY:
        return None
    low, high = np.quantile(known, [0.1, 0.9])
    if high - low > 25:
        return None
    mended = _offsets(swapped_day_month(days), anchor)
    is_far = (offsets < low - 15) | (offsets > high + 15)
    flags: Flags = is_far & (mended >= low - 3) & (mended <= high + 3)
    return flags


def _against_terms(starts: Days, ends: Days) -> tuple[Flags, Flags]:
    """Starts and ends whose distance is odd as they stand and usual once one of them is swapped.

    Usual are distances of at least three records and 2 % of all; they must cover 90 % before a positive one can be odd.
    """
    offsets = _offsets(ends, starts)
    known = offsets[~np.isnan(offsets)]
    if not len(known):
        return np.zeros(len(starts), dtype=bool), np.zeros(len(starts), dtype=bool)
    values, counts = np.unique(known, return_counts=True)
    usual = values[(counts >= max(3, 0.02 * len(known))) & (values >= 0)]
    has_terms = len(known) >= MIN_HISTORY and np.isin(known, usual).mean() >= 0.9
    is_odd = (offsets < 0) | (~np.isin(offsets, usual) & ~np.isnan(offsets) & has_terms)

    def fits(mended: Offsets) -> Flags:
        if has_terms:
            return np.isin(mended, usual)
        result: Flags = (mended >= 0) & (mended <= _MAX_TERM_DAYS)
        return result

    start_mended, end_mended = _offsets(ends, swapped_day_month(starts)), _offsets(swapped_day_month(ends), starts)
    return is_odd & fits(start_mended), is_odd & fits(end_mended)


def _out_of_sequence(stream: Stream, days: Days) -> Flags | None:
    """Dates far from those of the neighbouring numbers, and among them once swapped; null: numbers do not follow time."""
    if "number" not in stream.table.column_names:
        return None
    flags = np.zeros(len(days), dtype=bool)
    was_judged = False
    for rows in _sequences(stream, days):
        dates = days[rows].astype(np.int64)
        padded = np.pad(dates, 5, mode="reflect")
        windows = np.lib.stride_tricks.sliding_window_view(padded, 11)
        expected = np.median(windows, axis=1)
        residuals = np.abs(dates - expected)
        usual = float(np.quantile(residuals, 0.8))
        if usual > 10:
            continue
        was_judged = True
        mended = _offsets(swapped_day_month(days[rows]), expected.astype("datetime64[D]"))
        flags[rows] = (residuals > 20) & (np.abs(mended) <= max(5.0, 2 * usual))
    return flags if was_judged else None


def _sequences(stream: Stream, days: Days) -> Iterator[npt.NDArray[np.int64]]:
    """Yield the rows of each run of numbers with one beginning ("INV-"), in order of the number."""
    numbers = stream.table["number"]
    # Fifteen digits fit an integer; longer ones are ids, not a sequence.
    parts = pc.extract_regex(numbers, r"^(?P<front>.*?)(?P<count>[0-9]{1,15})$").combine_chunks()
    fronts = pc.fill_null(pc.struct_field(parts, "front"), "").dictionary_encode().indices.to_numpy()
    counts = pc.fill_null(pc.struct_field(parts, "count").cast(pa.int64()), -1).to_numpy()
    usable = (counts >= 0) & ~np.isnat(days)
    for front in np.unique(fronts[usable]):
        rows = np.flatnonzero(usable & (fronts == front))
        if len(rows) >= 2 * MIN_HISTORY:
            yield rows[np.argsort(counts[rows], kind="stable")]


def _offsets(days: Days, anchor: Days) -> Offsets:
    """Days from the anchor to the date; not a number where one is missing."""
    difference = (days - anchor).astype("timedelta64[D]")
    return np.where(np.isnat(difference), np.nan, difference.astype(np.int64))


def _order_outcomes(stream: Stream, days: dict[str, Days], taken: dict[str, Flags]) -> list[Outcome]:
    outcomes = []
    for start, end in _ORDERED:
        if start not in days or end not in days:
            continue
        offsets = _offsets(days[end], days[start])
        is_known = ~np.isnan(offsets)
        nothing = np.zeros(len(offsets), dtype=bool)
        rows = (offsets < 0) & ~taken.get(start, nothing) & ~taken.get(end, nothing)
        words = f"is before the {_WORDS[start]}"
        reason = f"The {_WORDS[end]} is before the {_WORDS[start]}."
        outcomes.append(
            _outcome(
                stream,
                end,
                days[end],
                rows,
                kind="date_order",
                words=words,
                reason=reason,
                checked=int(is_known.sum()),
                mend=False,
            )
        )
    return outcomes


def _range_outcomes(stream: Stream, days: dict[str, Days], taken: dict[str, Flags], as_of: date) -> list[Outcome]:
    outcomes = []
    latest = np.datetime64(as_of + timedelta(days=1))
    for column, values in days.items():
        known = ~np.isnat(values) & ~taken.get(column, np.zeros(len(values), dtype=bool))
        is_event = (column in _NEVER_FUTURE and stream.entity != "quote") or _must_be_past(stream, column)
        limit = latest if is_event else latest + np.timedelta64(365 * _MAX_YEARS_AHEAD, "D")
        in_future = known & (values > limit)
        long_ago = known & (values < _EARLIEST)
        mended = swapped_day_month(values) <= latest
        outcomes.append(
            _outcome(
                stream,
                column,
                values,
                in_future,
                kind="future",
                words="lies in the future",
                reason=f"It is after {as_of.isoformat()}, when the data was taken.",
                mend=mended & is_event,
            )
        )
        if long_ago.any():
            reason = "It lies before 1990: probably a default or a mistyped year."
            outcomes.append(
                _outcome(
                    stream, column, values, long_ago, kind="long_ago", words="lies before 1990", reason=reason, mend=False
                )
            )
    return outcomes


def _must_be_past(stream: Stream, column: str) -> bool:
    """A deal's closing date is a forecast until it is won; only where all are won is it judged."""
    if column != "closed_at" or stream.entity != "deal":
        return False
    return bool(pc.all(pc.fill_null(stream.table["is_won"], fill_value=False)).as_py())


def _outcome(
    stream: Stream,
    column: str,
    days: Days,
    flags: Flags,
    *,
    kind: str,
    words: str,
    reason: str,
    checked: int | None = None,
    mend: Flags | bool = True,
) -> Outcome:
    rows = np.flatnonzero(flags)
    may_mend = np.broadcast_to(np.asarray(mend), flags.shape)[rows]
    swapped = swapped_day_month(days[rows])
    return Outcome(
        system=stream.system,
        stream=stream.name,
        column=column,
        rule=f"implausible.{kind}",
        label=f"{stream.noun.capitalize()} whose {_WORDS[column]} {words}",
        severity="medium",
        checked=int((~np.isnat(days)).sum()) if checked is None else checked,
        findings=[
            Finding(key, str(day), reason, str(other) if may and not np.isnat(other) else None)
            for key, day, other, may in zip(stream.keys_at(rows), days[rows], swapped, may_mend, strict=True)
        ],
    )
