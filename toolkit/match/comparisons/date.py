"""Date, such as a date of birth: swapped day and month, one digit wrong and the same year have levels of their own."""

import re
from collections.abc import Sequence

import numpy as np
from rapidfuzz.distance import OSA

from toolkit.match.comparison import Columns, Comparison, Ints, Levels, no_keys, own_keys
from toolkit.values.placeholder import is_placeholder
from toolkit.values.text import each_distinct, folded

LEVELS = ("different dates", "same year", "one part differs", "one digit differs, or day and month swapped", "same date")


def digits(value: str) -> str | None:
    """Return the digits of a date as ``YYYYMMDD`` where the year's place shows, else as they stand.

    Examples
    --------
    >>> digits("1956-04-09"), digits("09/04/1956"), digits("19560409")
    ('19560409', '19560409', '19560409')
    """
    if is_placeholder(value):
        return None
    numbers = re.findall(r"\d+", folded(value).split("t")[0].split(" ")[0])
    if len(numbers) == 3 and len(numbers[0]) == 4:
        return f"{numbers[0]}{numbers[1]:0>2}{numbers[2]:0>2}"
    if len(numbers) == 3 and len(numbers[2]) == 4:
        return f"{numbers[2]}{numbers[1]:0>2}{numbers[0]:0>2}"
    return "".join(numbers) or None


def _level(left: str, right: str) -> int:
    if left == right:
        return 5
    if len(left) != 8 or len(right) != 8:
        return 4 if OSA.distance(left, right, score_cutoff=1) <= 1 else 1
    if OSA.distance(left, right, score_cutoff=1) <= 1 or (
        left[:4] == right[:4] and left[4:6] == right[6:] and left[6:] == right[4:6]
    ):
        return 4
    agreeing = (left[:4] == right[:4]) + (left[4:6] == right[4:6]) + (left[6:] == right[6:])
    if agreeing == 2:
        return 3
    return 2 if left[:4] == right[:4] else 1


def graded(values: Sequence[str], left: Ints, right: Ints) -> Levels:
    """Return the level of each pair of distinct dates."""
    pairs = zip(left.tolist(), right.tolist(), strict=True)
    return np.fromiter((_level(values[i], values[j]) for i, j in pairs), np.uint8, len(left))


def standardised(columns: Columns) -> list[str | None]:
    """Return each date as digits, year first."""
    return each_distinct(columns["date"], digits)


COMPARISON = Comparison(
    name="date",
    reads=("date",),
    facet="identity",
    levels=LEVELS,
    m=(0.03, 0.02, 0.04, 0.06, 0.85),
    by_place=(0.94, 0.03, 0.02, 0.005, 0.005),
    by_name=(0.94, 0.03, 0.02, 0.005, 0.005),
    u=(0.945, 0.015, 0.037, 0.0025, 0.0005),
    standardised=standardised,
    graded=graded,
    narrow=own_keys,
    broad=no_keys,
    is_per_column=True,
)
