"""Colour of a thing, from a column of its own, its title or what is said of it: another colour is another article."""

from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.match.comparison import Columns, Comparison, Ints, Levels, no_keys
from toolkit.match.texts.words import WordColumn, Words, distinct_words, shared_bits, word_column
from toolkit.values import product_colour

LEVELS = ("different colours", "one of several is the same", "same colour")
_DIFFERENT, _AMONG, _SAME = range(1, 4)


class Colours(NamedTuple):
    """Distinct cells: the colours of each."""

    column: WordColumn
    words: Words


def standardised(columns: Columns) -> pa.StringArray:
    """Return the colours of each record."""
    told = (columns[kind] for kind in ("feature", "title", "text") if kind in columns)
    return pc.coalesce(*map(product_colour.standardised, told))


def prepared(values: pa.StringArray, word_counts: object = None) -> Colours:  # noqa: ARG001 - colours do not count
    """Return distinct cells as sets of colours."""
    column = word_column(values)
    return Colours(column, distinct_words(column.words, len(column.vocabulary)))


def graded(values: Colours, left: Ints, right: Ints) -> Levels:
    """Return the level of each pair of cells.

    Parameters
    ----------
    values
        What ``prepared`` made of the distinct values.
    left, right
        Positions of the two values of each pair.
    """
    has_common = shared_bits(values.column, values.words, left, right) > 0
    result = np.where(has_common, _AMONG, _DIFFERENT).astype(np.uint8)
    result[left == right] = _SAME
    return result


COMPARISON = Comparison(
    name="colour",
    reads=("feature", "title"),
    facet="variant",
    levels=LEVELS,
    m=(0.06, 0.06, 0.88),
    by_place=(0.70, 0.08, 0.22),
    by_name=(0.36, 0.06, 0.58),
    u=(0.78, 0.07, 0.15),
    standardised=standardised,
    prepared=prepared,
    graded=graded,
    narrow=no_keys,
    broad=no_keys,
    reads_beside=("text",),
    most_for=(0, 1, 1.5),
)
