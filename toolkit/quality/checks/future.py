"""Dates after the day on which the data was taken, of what has already happened.

One day later still passes, for time zones. What is yet to come may be up to twenty years ahead.
"""

from collections.abc import Iterator
from datetime import timedelta

import numpy as np
import pyarrow.compute as pc

from toolkit.quality.check import Check, Judged
from toolkit.quality.dates import NEVER_FUTURE, day_columns, judged_days, swapped_day_month
from toolkit.quality.evidence import Evidence
from toolkit.quality.streams import Stream
from toolkit.quality.swapped_dates import not_swapped, swapped_dates

_MAX_YEARS_AHEAD = 20


def judged(evidence: Evidence) -> Iterator[Judged]:
    """Yield every date column; a date that is taken for a swapped one passes."""
    latest = np.datetime64(evidence.as_of + timedelta(days=1))
    for (stream, columns), swapped in zip(evidence.once(day_columns), evidence.once(swapped_dates), strict=True):
        for step, (column, days) in enumerate(columns.items()):
            has_happened = (column in NEVER_FUTURE and stream.entity != "quote") or _must_be_past(stream, column)
            limit = latest if has_happened else latest + np.timedelta64(365 * _MAX_YEARS_AHEAD, "D")
            yield judged_days(
                stream,
                column,
                days,
                (days > limit) & not_swapped(swapped, column, len(days)),
                words="lies in the future",
                reason=f"It is after {evidence.as_of.isoformat()}, when the data was taken.",
                mend=(swapped_day_month(days) <= latest) & has_happened,
                step=step,
            )


def _must_be_past(stream: Stream, column: str) -> bool:
    """A deal's closing date is a forecast until it is won; only where all are won is it judged."""
    if column != "closed_at" or stream.entity != "deal":
        return False
    return bool(pc.all(pc.fill_null(stream.table["is_won"], fill_value=False)).as_py())


CHECK = Check(
    rule="implausible.future",
    label="Dates in the future of what has already happened",
    fails_when="what has already happened lies after the day the data was taken, and what is to come more than twenty years "
    "after it",
    severities=("medium",),
    judged=judged,
    round=1,
    turn=15,
)
