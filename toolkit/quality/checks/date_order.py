"""Something that ends before it begins, or is due before it was issued; of a swapped date that is said instead."""

from collections.abc import Iterator

import numpy as np

from toolkit.quality.check import Check, Judged
from toolkit.quality.dates import DATE_WORDS, ORDERED, day_columns, judged_days, offsets_from
from toolkit.quality.evidence import Evidence
from toolkit.quality.swapped_dates import not_swapped, swapped_dates


def judged(evidence: Evidence) -> Iterator[Judged]:
    """Yield every pair of a beginning and an end that a stream fills both."""
    for (stream, days), swapped in zip(evidence.once(day_columns), evidence.once(swapped_dates), strict=True):
        for start, end in ORDERED:
            if start not in days or end not in days:
                continue
            offsets = offsets_from(days[start], days[end])
            may_stand = not_swapped(swapped, start, len(offsets)) & not_swapped(swapped, end, len(offsets))
            yield judged_days(
                stream,
                end,
                days[end],
                (offsets < 0) & may_stand,
                words=f"is before the {DATE_WORDS[start]}",
                reason=f"The {DATE_WORDS[end]} is before the {DATE_WORDS[start]}.",
                checked=int((~np.isnan(offsets)).sum()),
                mend=False,
            )


CHECK = Check(
    rule="implausible.date_order",
    label="Dates that end before they begin",
    fails_when="something ends before it begins, or is due before it was issued",
    severities=("medium",),
    judged=judged,
    round=1,
    turn=14,
)
