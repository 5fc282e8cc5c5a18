"""Category: one of a few values that many records share; agreement tells little, disagreement something."""

from collections.abc import Sequence

import numpy as np

from toolkit.match.comparison import Columns, Comparison, Ints, Levels, no_keys
from toolkit.values import text

LEVELS = ("different", "same")


def graded(values: Sequence[str], left: Ints, right: Ints) -> Levels:
    """Return the level of each pair of distinct categories."""
    del values
    return np.where(left == right, 2, 1).astype(np.uint8)


def standardised(columns: Columns) -> list[str | None]:
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
    graded=graded,
    narrow=no_keys,
    broad=no_keys,
    is_per_column=True,
)
