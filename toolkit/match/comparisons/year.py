"""Year of issue or vintage: a reprint, a journal's version and a wine of another year are other things.

A preprint, or a list kept by another calendar, is a year away now and then.
"""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.match.comparison import Columns, Comparison, Ints, Levels, no_keys

LEVELS = ("different", "two years apart", "one year apart", "same year")


def standardised(columns: Columns) -> pa.StringArray:
    """Return the year in each cell; null where there is none."""
    return pc.struct_field(pc.extract_regex(columns["year"], r"(?:^|\D)(?P<year>(?:1[5-9]|20)\d\d)(?:\D|$)"), "year")


def prepared(values: pa.StringArray, word_counts: object = None) -> Ints:  # noqa: ARG001 - no words in a year
    """Return distinct years as numbers."""
    return np.asarray(values.cast(pa.int64()), dtype=np.int64)


def graded(years: Ints, left: Ints, right: Ints) -> Levels:
    """Return the level of each pair of years.

    Parameters
    ----------
    years
        What ``prepared`` made of the distinct values.
    left, right
        Positions of the two values of each pair.
    """
    apart = np.abs(years[left] - years[right])
    return np.asarray(len(LEVELS) - np.minimum(apart, len(LEVELS) - 1), dtype=np.uint8)


COMPARISON = Comparison(
    name="year",
    reads=("year",),
    facet="variant",
    levels=LEVELS,
    m=(0.015, 0.006, 0.04, 0.939),
    by_place=(0.60, 0.13, 0.15, 0.12),
    by_name=(0.38, 0.20, 0.30, 0.12),
    u=(0.72, 0.10, 0.10, 0.08),
    standardised=standardised,
    prepared=prepared,
    graded=graded,
    narrow=no_keys,
    broad=no_keys,
)
