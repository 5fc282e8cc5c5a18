"""A person's company: the company name graded coarsely; colleagues share it, so it is a place more than a name."""

import numpy as np
import pyarrow as pa

from toolkit.match.comparison import Columns, Comparison, Ints, Levels, no_keys
from toolkit.match.comparisons import company
from toolkit.values import company_name

LEVELS = ("different companies", "part in common", "nearly the same company", "same company")
_COARSE = np.array([0, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4], dtype=np.uint8)


def graded(names: company.Names, left: Ints, right: Ints) -> Levels:
    """Return the level of each pair of distinct companies.

    Parameters
    ----------
    names
        What ``prepared`` made of the distinct values.
    left, right
        Positions of the two values of each pair.
    """
    return _COARSE[company.graded(names, left, right)]


def standardised(columns: Columns) -> pa.StringArray:
    """Return each company name as distinctive words."""
    return company_name.standardised(columns["employer"])


COMPARISON = Comparison(
    name="person's company",
    reads=("employer",),
    facet="place",
    levels=LEVELS,
    m=(0.15, 0.05, 0.15, 0.65),
    by_place=(0.08, 0.05, 0.12, 0.75),
    by_name=(0.93, 0.04, 0.015, 0.015),
    u=(0.985, 0.012, 0.001, 0.002),
    standardised=standardised,
    prepared=company.prepared,
    graded=graded,
    narrow=no_keys,
    broad=company.broad,
    word_counts=company.counted,
)
