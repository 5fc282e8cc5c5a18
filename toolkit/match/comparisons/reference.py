"""Reference: the number of an invoice or order and the numbers that another document quotes.

One number under two series (INV-1001 against SO-1001) is mostly two documents; numbers run on, so that one which differs
in one sign is mostly the next one.
"""

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from rapidfuzz.distance import OSA, Postfix
from rapidfuzz.process import cpdist

from toolkit.match.comparison import Columns, Comparison, Ints, Keys, Levels
from toolkit.match.hashing import Hashes, tagged, text_hashes
from toolkit.match.texts.words import Words, chunks_of_pairs, word_column, word_pairs
from toolkit.values import reference

LEVELS = (
    "different numbers",
    "one sign apart, or one ends with the other",
    "same number in another series",
    "one of several numbers is the same",
    "same number",
)
_DIFFERENT, _NEAR, _OTHER_SERIES, _AMONG, _SAME = range(1, 6)

_SHORTEST_ENDING, _SHORTEST_SLIP = 4, 5


class References(NamedTuple):
    """Distinct references: the numbers each quotes, and of each distinct quoted number series, number, text and size.

    ``series`` and ``numbers`` are positions in lists of their own; a series of -1 is unknown.
    """

    quoted: Words
    series: Ints
    numbers: Ints
    texts: npt.NDArray[np.object_]
    sizes: Ints
    hashes: Hashes


def standardised(columns: Columns) -> pa.StringArray:
    """Return the numbers each cell quotes, as ``values.reference.quoted_numbers`` gives them."""
    return reference.standardised(columns["reference"])


def prepared(values: pa.StringArray, word_counts: object = None) -> References:  # noqa: ARG001 - numbers do not count
    """Return distinct references for grading."""
    column = word_column(values)
    parts = pc.extract_regex(column.vocabulary, "^(?:(?P<series>[^:]+):)?(?P<number>[^:]+)$")
    numbers = parts.field("number")
    series = parts.field("series").dictionary_encode()
    codes = np.asarray(series.indices, dtype=np.int64)
    return References(
        column.words,
        np.where(codes == series.dictionary.index("").as_py(), -1, codes),
        np.asarray(numbers.dictionary_encode().indices, dtype=np.int64),
        np.asarray(numbers.to_numpy(zero_copy_only=False), dtype=np.object_),
        np.asarray(pc.utf8_length(numbers), dtype=np.int64),
        text_hashes(numbers),
    )


def graded(values: References, left: Ints, right: Ints) -> Levels:
    """Return the level of each pair of references.

    Parameters
    ----------
    values
        What ``prepared`` made of the distinct values.
    left, right
        Positions of the two values of each pair.
    """
    result = np.full(len(left), _DIFFERENT, dtype=np.uint8)
    for chunk in chunks_of_pairs(values.quoted.sizes[left] * values.quoted.sizes[right]):
        result[chunk] = _graded_chunk(values, left[chunk], right[chunk])
    result[left == right] = _SAME
    return result


def _graded_chunk(values: References, left: Ints, right: Ints) -> Levels:
    """Return the best level of any quoted number of the left with any of the right."""
    pairs = word_pairs(values.quoted, left, right)
    one, other = values.quoted.ids[pairs.left], values.quoted.ids[pairs.right]
    is_same = values.numbers[one] == values.numbers[other]
    series_l, series_r = values.series[one], values.series[other]
    may_be_one = (series_l == series_r) | (series_l < 0) | (series_r < 0)
    levels = np.where(is_same, np.where(may_be_one, _SAME, _OTHER_SERIES), _DIFFERENT).astype(np.uint8)
    is_open = np.flatnonzero(~is_same & may_be_one)
    levels[is_open[_is_near(values, one[is_open], other[is_open])]] = _NEAR
    result = np.zeros(len(left), dtype=np.uint8)
    np.maximum.at(result, pairs.pair, levels)
    several = (values.quoted.sizes[left] > 1) | (values.quoted.sizes[right] > 1)
    result[several & (result == _SAME)] = _AMONG
    return result


def _is_near(values: References, left: Ints, right: Ints) -> npt.NDArray[np.bool_]:
    """Return where two numbers are one sign apart, or the longer ends with the shorter."""
    shorter = np.minimum(values.sizes[left], values.sizes[right])
    apart = np.abs(values.sizes[left] - values.sizes[right])
    result = np.zeros(len(left), dtype=bool)
    may_slip = np.flatnonzero((shorter >= _SHORTEST_SLIP) & (apart <= 1))
    result[may_slip] = _scores(values, left[may_slip], right[may_slip], OSA.distance) <= 1
    may_end = np.flatnonzero((shorter >= _SHORTEST_ENDING) & (apart >= 1))
    result[may_end] |= (
        _scores(values, left[may_end], right[may_end], Postfix.distance)
        == np.maximum(values.sizes[left[may_end]], values.sizes[right[may_end]]) - shorter[may_end]
    )
    return result


def _scores(values: References, left: Ints, right: Ints, scorer: Any) -> npt.NDArray[np.int32]:
    return np.asarray(cpdist(values.texts[left], values.texts[right], scorer=scorer, dtype=np.int32))


def narrow(values: References) -> Keys:
    """Return the numbers without their series, those that are long enough to be few."""
    is_long = values.sizes[values.quoted.ids] >= _SHORTEST_ENDING
    return Keys(tagged("reference", values.hashes[values.quoted.ids[is_long]]), values.quoted.owners[is_long])


def broad(values: References) -> Keys:
    """Return the short numbers, which need another fact beside them."""
    is_short = values.sizes[values.quoted.ids] < _SHORTEST_ENDING
    return Keys(tagged("reference", values.hashes[values.quoted.ids[is_short]]), values.quoted.owners[is_short])


COMPARISON = Comparison(
    name="reference",
    reads=("reference",),
    facet="identity",
    levels=LEVELS,
    m=(0.12, 0.02, 0.02, 0.09, 0.75),
    by_place=(0.955, 0.03, 0.005, 0.005, 0.005),
    by_name=(0.965, 0.02, 0.005, 0.005, 0.005),
    u=(0.984, 0.012, 0.0025, 0.0005, 0.001),
    standardised=standardised,
    prepared=prepared,
    graded=graded,
    narrow=narrow,
    broad=broad,
    is_per_column=True,
)
