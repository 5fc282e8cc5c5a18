"""Category: one of a few values that many records share; agreement tells little, disagreement something.

A journal is written out here and cut there ("ACM Trans. Database Syst."), and a brand by its initials.
"""

import numpy as np
import pyarrow as pa

from toolkit.match.comparison import Columns, Comparison, Ints, Levels, no_keys
from toolkit.values import text

LEVELS = ("different", "one may be short for the other", "same")
_DIFFERENT, _SHORT, _SAME = range(1, 4)

_MOST_VALUES = 3_000
"""Different values beyond which a column is no category, and is compared letter by letter."""
_SMALL = text.word_set("the of on and for in a an de der die das des le la les et du von und y")


Categories = tuple[tuple[str, ...], ...]
"""The words of each distinct category that say anything; nothing at all where categories are too many."""


def prepared(values: pa.StringArray, word_counts: object = None) -> Categories:  # noqa: ARG001 - categories do not count
    """Return distinct categories as words."""
    if len(values) > _MOST_VALUES:
        return ()
    return tuple(tuple(word for word in one.split() if word not in _SMALL) for one in values.to_pylist())


def graded(categories: Categories, left: Ints, right: Ints) -> Levels:
    """Return the level of each pair of distinct categories.

    Parameters
    ----------
    categories
        What ``prepared`` made of the distinct values.
    left, right
        Positions of the two values of each pair.
    """
    result = np.where(left == right, _SAME, _DIFFERENT).astype(np.uint8)
    other, count = np.flatnonzero(left != right), len(categories)
    if not count or not len(other):
        return result
    pairs, inverse = np.unique(np.minimum(left, right)[other] * count + np.maximum(left, right)[other], return_inverse=True)
    may_be_one = [_is_short_for(categories[pair // count], categories[pair % count]) for pair in pairs.tolist()]
    result[other[np.array(may_be_one, dtype=bool)[inverse]]] = _SHORT
    return result


def _is_short_for(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Return whether the shorter is the initials of the longer, or each word of it begins one of the longer, in order."""
    short, long = sorted((one, other), key=lambda words: (len(words), len("".join(words)), words))
    if not short:
        return False
    if len(short) == 1 and len(long) > 1 and short[0] == "".join(word[0] for word in long):
        return True
    rest = iter(long)
    return all(any(word.startswith(cut) for word in rest) for cut in short)


def standardised(columns: Columns) -> pa.StringArray:
    """Return each category as folded words."""
    return text.standardised(columns["category"])


COMPARISON = Comparison(
    name="category",
    reads=("category",),
    facet="attribute",
    levels=LEVELS,
    m=(0.25, 0.08, 0.67),
    by_place=(0.58, 0.03, 0.39),
    by_name=(0.58, 0.03, 0.39),
    u=(0.775, 0.035, 0.19),
    standardised=standardised,
    prepared=prepared,
    graded=graded,
    narrow=no_keys,
    broad=no_keys,
    is_per_column=True,
)
