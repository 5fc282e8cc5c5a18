"""Category: one of a few values that many records share; agreement tells little, disagreement something."""

import numpy as np
import pyarrow as pa

from toolkit.match.comparison import Columns, Comparison, Ints, Levels, WordCounts, no_keys
from toolkit.values import text

LEVELS = ("different", "same")


def prepared(values: pa.StringArray, word_counts: WordCounts | None = None) -> None:
    """Return nothing: distinct categories are told apart by their positions."""
    del values, word_counts


def graded(prepared: None, left: Ints, right: Ints) -> Levels:
    """Return the level of each pair of distinct categories.

    Parameters
    ----------
    prepared
        What ``prepared`` made of the distinct values.
    left, right
        Positions of the two values of each pair.
    """
    del prepared
    return np.where(left == right, 2, 1).astype(np.uint8)


def standardised(columns: Columns) -> pa.StringArray:
    """Return each category as folded words."""
    return text.standardised(columns["category"])


COMPARISON = Comparison(
    name="category",
    reads=("category",),
    facet="attribute",
    levels=LEVELS,
    m=(0.3, 0.7),
    by_place=(0.6, 0.4),
    by_name=(0.6, 0.4),
    u=(0.8, 0.2),
    standardised=standardised,
    prepared=prepared,
    graded=graded,
    narrow=no_keys,
    broad=no_keys,
    is_per_column=True,
)
