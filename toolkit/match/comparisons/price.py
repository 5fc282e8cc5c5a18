"""Price of a thing: every shop has its own, so that prices near each other say a little, and far ones speak against."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.match.comparison import Columns, Comparison, Floats, Ints, Levels, no_keys
from toolkit.values import money

LEVELS = ("more than twice as much", "within half", "within a fifth", "within a twentieth", "same price")
_LEAST = (0.5, 0.8, 0.95)
"""Share of the higher price that the lower one is at least, for each level but the first and the last."""


def standardised(columns: Columns) -> pa.StringArray:
    """Return each price as a plain decimal; null for what is none, and for nothing."""
    decimals = money.decimal_column(columns["price"])
    told = pc.if_else(pc.greater(decimals, 0), decimals, None).cast(pa.string())
    return pc.ascii_rtrim(pc.ascii_rtrim(told, "0"), ".")


def prepared(values: pa.StringArray, word_counts: object = None) -> Floats:  # noqa: ARG001 - no words in a price
    """Return distinct prices as numbers."""
    return np.asarray(values.cast(pa.float64()), dtype=np.float64)


def graded(prices: Floats, left: Ints, right: Ints) -> Levels:
    """Return the level of each pair of prices.

    Parameters
    ----------
    prices
        What ``prepared`` made of the distinct values.
    left, right
        Positions of the two values of each pair.
    """
    low, high = np.minimum(prices[left], prices[right]), np.maximum(prices[left], prices[right])
    result = (1 + np.digitize(low / high, _LEAST)).astype(np.uint8)
    result[low == high] = len(LEVELS)
    return result


COMPARISON = Comparison(
    name="price",
    reads=("price",),
    facet="attribute",
    levels=LEVELS,
    m=(0.04, 0.11, 0.32, 0.28, 0.25),
    by_place=(0.45, 0.25, 0.18, 0.08, 0.04),
    by_name=(0.12, 0.24, 0.30, 0.20, 0.14),
    u=(0.60, 0.215, 0.12, 0.045, 0.02),
    standardised=standardised,
    prepared=prepared,
    graded=graded,
    narrow=no_keys,
    broad=no_keys,
    most_for=(0, 0, 1.5, 2, 2.5),
)
