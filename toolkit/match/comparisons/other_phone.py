"""Telephone numbers across columns: a mobile that stands under Phone in one record is the Mobile of another.

Numbers of one column are compared by ``phone``; here only a number of one record's column with those of the other's others.
"""

from itertools import permutations
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.match.comparison import Columns, Comparison, Ints, Levels, WordCounts, no_keys
from toolkit.match.texts.short_codes import MAX_DIGITS, Packed, packed_digits

LEVELS = ("in no other column", "same number in another column")
_ELSEWHERE, _SAME = 1, 2

MOST_COLUMNS = 4
"""Columns of numbers that are compared with each other; every one more is compared with all before it."""


class Rows(NamedTuple):
    """The numbers of each value as packed digits, one row per column, and whether there is one."""

    digits: Packed
    has: np.ndarray


def prepared(values: pa.StringArray, word_counts: WordCounts | None = None) -> Rows:
    """Return the digits of distinct rows of numbers."""
    del word_counts
    # A bar at the end for every column that a row may lack.
    lists = pc.split_pattern(pc.binary_join_element_wise(values, "|" * MOST_COLUMNS, ""), "|")
    columns = [pc.utf8_slice_codeunits(pc.list_element(lists, place), 0, MAX_DIGITS) for place in range(MOST_COLUMNS)]
    has = np.stack([np.asarray(pc.not_equal(column, "")) for column in columns])
    return Rows(np.stack([packed_digits(column) for column in columns]), has)


def graded(rows: Rows, left: Ints, right: Ints) -> Levels:
    """Return the level of each pair of distinct rows of numbers; missing where their columns say it one by one.

    That two numbers differ across columns says something only where no column has two.

    Parameters
    ----------
    rows
        What ``prepared`` made of the distinct values.
    left, right
        Positions of the two values of each pair.
    """
    result = np.zeros(len(left), dtype=np.uint8)
    is_told, is_equal = (np.zeros(len(left), dtype=bool) for _ in range(2))
    for column in range(MOST_COLUMNS):
        has_both = rows.has[column][left] & rows.has[column][right]
        is_told |= has_both
        is_equal |= has_both & (rows.digits[column][left] == rows.digits[column][right])
    for one, other in permutations(range(MOST_COLUMNS), 2):
        has_both = rows.has[one][left] & rows.has[other][right]
        is_same = has_both & (rows.digits[one][left] == rows.digits[other][right])
        result[has_both & ~is_told] = np.maximum(result[has_both & ~is_told], _ELSEWHERE)
        result[is_same & ~is_equal] = _SAME
    return result


def standardised(columns: Columns) -> pa.StringArray:
    """Return the digits of each record's numbers, with a bar between columns."""
    return pc.replace_substring_regex(columns["phones"], "[^0-9|]", "")


COMPARISON = Comparison(
    name="phone in another column",
    reads=("phones",),
    facet="contact",
    levels=LEVELS,
    m=(0.88, 0.12),
    by_place=(0.97, 0.03),
    by_name=(0.997, 0.003),
    u=(0.9998, 0.0002),
    standardised=standardised,
    prepared=prepared,
    graded=graded,
    narrow=no_keys,
    broad=no_keys,
    fills_in_for="phone",
)
