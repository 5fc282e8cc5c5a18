"""The dates of a stream as days, and what can be done with them."""

from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from toolkit.quality.check import Judged, failing_rows
from toolkit.quality.evidence import Evidence
from toolkit.quality.streams import Stream

Days = npt.NDArray[np.datetime64]
Offsets = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

ORDERED = (("issued_on", "due_on"), ("started_at", "completed_at"), ("opened_at", "resolved_at"))
"""Columns of a beginning and of its end."""

NEVER_FUTURE = (
    "created_at", "updated_at", "issued_on", "posted_on", "spent_on", "paid_at", "opened_at", "resolved_at", "completed_at",
)  # fmt: skip
"""What has happened once it is written down."""

DATE_WORDS = {
    "created_at": "creation date", "updated_at": "date of change", "issued_on": "date", "posted_on": "date",
    "spent_on": "date", "paid_at": "payment date", "opened_at": "opening date", "resolved_at": "closing date",
    "completed_at": "end date", "due_on": "due date", "started_at": "start date", "closed_at": "closing date",
}  # fmt: skip

_COLUMNS = (*NEVER_FUTURE, "due_on", "started_at", "closed_at")


def day_columns(evidence: Evidence) -> list[tuple[Stream, dict[str, Days]]]:
    """Return for every stream the date columns that it fills somewhere, as days of UTC."""
    return [
        (stream, {name: _days(stream.table[name]) for name in _COLUMNS if _is_kept(stream, name)})
        for stream in evidence.streams
    ]


def _is_kept(stream: Stream, name: str) -> bool:
    return name in stream.table.column_names and stream.table[name].null_count < stream.table.num_rows


def _days(column: pa.ChunkedArray) -> Days:
    days: Any = column.cast(pa.date32()).combine_chunks().to_numpy(zero_copy_only=False)
    result: Days = days.astype("datetime64[D]")
    return result


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


def offsets_from(anchor: Days, days: Days) -> Offsets:
    """Return the days from an anchor to each date; not a number where one of them is missing."""
    difference = (days - anchor).astype("timedelta64[D]")
    return np.where(np.isnat(difference), np.nan, difference.astype(np.int64))


def judged_days(
    stream: Stream,
    column: str,
    days: Days,
    flags: Flags,
    *,
    words: str,
    reason: str | list[str],
    checked: int | None = None,
    mend: Flags | bool = True,
    step: int = 0,
) -> Judged:
    """Return the dates of one column as judged.

    Parameters
    ----------
    stream, column, days
        Which dates.
    flags
        Which of them fail.
    words, reason
        What is wrong, after "whose due date" and as a sentence, or as one for each that fails.
    checked
        How many dates could be judged; null: all that are there.
    mend
        Where the date with day and month exchanged is a likely right one.
    step
        As in `Judged`.
    """
    rows = np.flatnonzero(flags)
    values = days[rows]
    swapped = swapped_day_month(values)
    may_mend = np.broadcast_to(np.asarray(mend), flags.shape)[rows] & ~np.isnat(swapped)
    suggestions = [str(day) if may else None for day, may in zip(swapped, may_mend.tolist(), strict=True)]
    return Judged(
        stream=stream,
        column=column,
        words=f"whose {DATE_WORDS[column]} {words}",
        severity="medium",
        checked=int((~np.isnat(days)).sum()) if checked is None else checked,
        failing=failing_rows(stream, rows, [str(day) for day in values], reason, suggestions),
        step=step,
    )
