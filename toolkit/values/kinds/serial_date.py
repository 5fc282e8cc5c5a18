"""Days as spreadsheets count them: since 1899-12-30, with a fraction for the time of day.

Source: ECMA-376, part 1, 18.17.4.1; 29,221 is the first day of 1980 and 54,788 the last of 2049.
"""

import re

from toolkit.values.sample import Sample

FIRST, LAST = 29_221, 54_788
_MOST_DAYS_APART, _ENOUGH, _DENSE = 3_700, 8, 1.2
_FORM = re.compile(r"([2-5]\d{4})(?:[.,]\d{1,15})?")


def share(sample: Sample) -> float:
    """Return how much of the values may be serial days; numbers close together count for more.

    Examples
    --------
    >>> from toolkit.values.sample import sample_of
    >>> share(sample_of(["45631", "45640.5", "45702"])), share(sample_of(["60614"]))
    (0.8, 0.0)
    >>> share(sample_of([str(number) for number in range(45_001, 45_021)]))
    0.4
    """
    days = [
        int(found.group(1)) for values in sample.figures.values() for value in values if (found := _FORM.fullmatch(value))
    ]
    days = [day for day in days if FIRST <= day <= LAST]
    if not days:
        return 0.0
    different, spread = len(set(days)), max(days) - min(days)
    # Days of ten years are near each other; numbers without a gap count something, mostly.
    if different == 1 or spread >= _MOST_DAYS_APART:
        fit = 0.3
    else:
        fit = 0.4 if different >= _ENOUGH and spread < _DENSE * different else 0.8
    return fit * (len(days) / sample.count)
