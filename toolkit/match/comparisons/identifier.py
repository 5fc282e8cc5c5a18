"""Identifiers other than tax numbers: social security number, membership number, registration number."""

from collections.abc import Sequence

import numpy as np
from rapidfuzz.distance import OSA

from toolkit.match.comparison import Columns, Comparison, Ints, Levels, no_keys, own_keys
from toolkit.values.placeholder import is_placeholder
from toolkit.values.text import each_distinct, words

LEVELS = ("different", "one or two characters apart", "same")


def graded(values: Sequence[str], left: Ints, right: Ints) -> Levels:
    """Return the level of each pair of distinct identifiers."""

    def level(one: str, other: str) -> int:
        if one == other:
            return 3
        allowed = 1 if min(len(one), len(other)) < 7 else 2
        return 2 if OSA.distance(one, other, score_cutoff=allowed) <= allowed else 1

    pairs = zip(left.tolist(), right.tolist(), strict=True)
    return np.fromiter((level(values[i], values[j]) for i, j in pairs), np.uint8, len(left))


def bare(value: str) -> str | None:
    """Return an identifier's letters and digits, folded; None for a filler.

    Examples
    --------
    >>> bare("DE 123.456"), bare("n/a")
    ('de123456', None)
    """
    return None if is_placeholder(value) else "".join(words(value)) or None


def standardised(columns: Columns) -> list[str | None]:
    """Return the bare identifier of each record."""
    return each_distinct(columns["identifier"], bare)


COMPARISON = Comparison(
    name="identifier",
    reads=("identifier",),
    facet="identity",
    levels=LEVELS,
    m=(0.08, 0.07, 0.85),
    by_place=(0.98, 0.01, 0.01),
    by_name=(0.98, 0.01, 0.01),
    u=(0.9988, 0.001, 0.0002),
    standardised=standardised,
    graded=graded,
    narrow=own_keys,
    broad=no_keys,
    is_per_column=True,
)
