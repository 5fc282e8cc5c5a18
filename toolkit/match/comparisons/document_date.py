"""Day of a document, such as an invoice and its payment: how many days lie between, whichever is first."""

import numpy as np
import pyarrow as pa

from toolkit.match.comparison import Columns, Comparison, Ints, Keys, Levels, keys_where, no_keys
from toolkit.match.hashing import tagged
from toolkit.values.date import date_column

LEVELS = (
    "more than four months apart",
    "up to four months apart",
    "up to 45 days apart",
    "up to ten days apart",
    "up to three days apart",
    "same day",
)
_LAGS = np.array([121, 45, 10, 3, 0])
"""Most days of each level but the first: a quarter, 30 days and grace, a week and a weekend, a weekend."""

_WEEK = 7


def standardised(columns: Columns) -> pa.StringArray:
    """Return each day as year, month and day; null for what is no date."""
    return date_column(columns["document_date"]).days.cast(pa.string())


def prepared(values: pa.StringArray, word_counts: object = None) -> Ints:  # noqa: ARG001 - no words in a day
    """Return the distinct days as days since 1970."""
    return np.asarray(values.cast(pa.date32()).cast(pa.int32()), dtype=np.int64)


def graded(values: Ints, left: Ints, right: Ints) -> Levels:
    """Return the level of each pair of days.

    Parameters
    ----------
    values
        What ``prepared`` made of the distinct values.
    left, right
        Positions of the two values of each pair.
    """
    apart = np.abs(values[left] - values[right])
    return np.asarray(1 + (apart[:, np.newaxis] <= _LAGS).sum(axis=1), dtype=np.uint8)


def broad(values: Ints) -> Keys:
    """Return the week of each day, which needs another fact beside it."""
    return keys_where(tagged("week", (values // _WEEK).astype(np.uint64)), np.ones(len(values), dtype=bool))


COMPARISON = Comparison(
    name="document date",
    reads=("document_date",),
    facet="attribute",
    levels=LEVELS,
    m=(0.04, 0.08, 0.28, 0.18, 0.15, 0.27),
    by_place=(0.35, 0.37, 0.16, 0.055, 0.035, 0.03),
    by_name=(0.35, 0.37, 0.16, 0.055, 0.035, 0.03),
    u=(0.41, 0.37, 0.145, 0.047, 0.023, 0.005),
    standardised=standardised,
    prepared=prepared,
    graded=graded,
    narrow=no_keys,
    broad=broad,
    is_per_column=True,
)
