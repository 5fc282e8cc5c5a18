"""Dates that are odd as they stand and usual with day and month exchanged."""

from collections.abc import Iterator

import numpy as np

from toolkit.quality.check import Check, Judged
from toolkit.quality.dates import day_columns, judged_days
from toolkit.quality.evidence import Evidence
from toolkit.quality.swapped_dates import not_swapped, swapped_dates


def judged(evidence: Evidence) -> Iterator[Judged]:
    """Yield every date column that something else vouches for."""
    for (stream, days), swapped in zip(evidence.once(day_columns), evidence.once(swapped_dates), strict=True):
        for column, by_reason in sorted(swapped.items()):
            count = len(days[column])
            shows = np.full(count, "", dtype=object)
            for reason, rows in by_reason.items():
                shows[rows] = reason
            flags = ~not_swapped(swapped, column, count)
            words = "may have day and month swapped"
            yield judged_days(stream, column, days[column], flags, words=words, reason=shows[flags].tolist())


CHECK = Check(
    rule="implausible.swapped_date",
    label="Dates that may have day and month swapped",
    fails_when="a date is odd as it stands and usual with day and month exchanged",
    severities=("medium",),
    judged=judged,
    round=1,
    turn=13,
)
