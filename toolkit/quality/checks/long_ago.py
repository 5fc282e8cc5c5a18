"""Dates before 1990: a default of some system, or a mistyped year."""

from collections.abc import Iterator

import numpy as np

from toolkit.quality.check import Check, Judged
from toolkit.quality.dates import day_columns, judged_days
from toolkit.quality.evidence import Evidence
from toolkit.quality.swapped_dates import not_swapped, swapped_dates

_EARLIEST = np.datetime64("1990-01-01")


def judged(evidence: Evidence) -> Iterator[Judged]:
    """Yield the date columns that have such a date; a clean one would only repeat what the check of the future counts."""
    for (stream, columns), swapped in zip(evidence.once(day_columns), evidence.once(swapped_dates), strict=True):
        for step, (column, days) in enumerate(columns.items()):
            flags = (days < _EARLIEST) & not_swapped(swapped, column, len(days))
            if flags.any():
                reason = "It lies before 1990: probably a default or a mistyped year."
                words = "lies before 1990"
                yield judged_days(stream, column, days, flags, words=words, reason=reason, mend=False, step=step)


CHECK = Check(
    rule="implausible.long_ago",
    label="Dates before 1990",
    fails_when="a date lies before 1990",
    severities=("medium",),
    judged=judged,
    round=1,
    turn=15,
)
