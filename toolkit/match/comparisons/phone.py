"""Telephone number: national digits; neighbours on one exchange and typing errors have levels of their own."""

from collections.abc import Sequence

import numpy as np
from rapidfuzz.distance import OSA

from toolkit.match.comparison import Columns, Comparison, Ints, Levels, own_keys
from toolkit.values import phone

LEVELS = ("different numbers", "same exchange", "nearly the same number", "same number")
_DIFFERENT, _EXCHANGE, _NEAR, _SAME = range(1, 5)


def _level(left: str, right: str) -> int:
    short, long = sorted((left, right), key=len)
    # A number without its area code is the end of the number with it.
    if long.endswith(short) and len(short) >= 7:
        return _SAME
    if len(left) == len(right) and OSA.distance(left, right, score_cutoff=1) <= 1:
        return _NEAR
    return (
        _EXCHANGE
        if left[:-4] == right[:-4] or (left[-7:-4] == right[-7:-4] and min(len(left), len(right)) <= 7)
        else _DIFFERENT
    )


def graded(values: Sequence[str], left: Ints, right: Ints) -> Levels:
    """Return the level of each pair of distinct numbers."""
    pairs = zip(left.tolist(), right.tolist(), strict=True)
    return np.fromiter((_SAME if i == j else _level(values[i], values[j]) for i, j in pairs), np.uint8, len(left))


def standardised(columns: Columns) -> list[str | None]:
    """Return the national digits of each number."""
    return phone.standardised(columns["phone"])


def narrow(values: Sequence[str]) -> list[list[str]]:
    """Return the last seven digits."""
    return [[value[-7:]] for value in values]


COMPARISON = Comparison(
    name="phone",
    reads=("phone",),
    facet="contact",
    levels=LEVELS,
    m=(0.22, 0.04, 0.04, 0.70),
    by_place=(0.30, 0.10, 0.05, 0.55),
    by_name=(0.80, 0.03, 0.02, 0.15),
    u=(0.985, 0.013, 0.001, 0.001),
    standardised=standardised,
    graded=graded,
    narrow=narrow,
    broad=own_keys,
    is_per_column=True,
)
