"""Product code, from a column of codes; another member of a series is another thing."""

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from rapidfuzz.distance import OSA, Prefix
from rapidfuzz.process import cpdist

from toolkit.match.comparison import Columns, Comparison, Ints, Keys, Levels, no_keys
from toolkit.match.comparisons import identifier
from toolkit.match.hashing import Hashes, tagged, text_hashes
from toolkit.match.texts.short_codes import Packed, packed_signs
from toolkit.match.texts.words import Words, chunks_of_pairs, word_column, word_pairs
from toolkit.values import product_code

LEVELS = (
    "one series, another member of it, or one sign apart",
    "different codes",
    "a number that may be no code",
    "one begins with the other, or is written apart",
    "one of several codes is the same",
    "same code",
)
_SERIES, _DIFFERENT, _UNSURE, _BEGINS, _AMONG, _SAME = range(1, 7)

_SHORTEST_SERIES = 4
_TWO_SIGNS = np.uint64(48)
_SERIES_SHARE = 0.6
"""Share of the longer code that both begin with, from which on they are of one series."""


class Codes(NamedTuple):
    """Distinct cells: the codes of each, and what each distinct code is.

    ``is_sure`` tells those that stand as one word; ``numbers`` are equal for equal codes, however sure; then text, size,
    hash, first four and last two signs.
    """

    words: Words
    is_sure: npt.NDArray[np.bool_]
    numbers: Ints
    texts: npt.NDArray[np.object_]
    sizes: Ints
    hashes: Hashes
    heads: Packed
    tails: Packed


def standardised(columns: Columns) -> pa.StringArray:
    """Return the letters and digits of each code."""
    return identifier.bare_texts(columns["product_code"])


def prepared(values: pa.StringArray, word_counts: object = None) -> Codes:  # noqa: ARG001 - codes do not count
    """Return distinct codes for grading."""
    column = word_column(values)
    bare = pc.utf8_ltrim(column.vocabulary, product_code.MAYBE)
    return Codes(
        column.words,
        ~np.asarray(pc.starts_with(column.vocabulary, product_code.MAYBE), dtype=bool),
        np.asarray(bare.dictionary_encode().indices, dtype=np.int64),
        np.asarray(bare.to_numpy(zero_copy_only=False), dtype=np.object_),
        np.asarray(pc.utf8_length(bare), dtype=np.int64),
        text_hashes(bare),
        packed_signs(pc.utf8_slice_codeunits(bare, 0, _SHORTEST_SERIES)),
        packed_signs(pc.utf8_slice_codeunits(bare, -2, None)),
    )


def graded(values: Codes, left: Ints, right: Ints) -> Levels:
    """Return the level of each pair of cells: the best of any code of the left with any of the right.

    Parameters
    ----------
    values
        What ``prepared`` made of the distinct values.
    left, right
        Positions of the two values of each pair.
    """
    sure = np.bincount(values.words.owners, weights=values.is_sure[values.words.ids], minlength=len(values.words.sizes))
    result = np.where((sure[left] > 0) & (sure[right] > 0), _DIFFERENT, _UNSURE).astype(np.uint8)
    is_split = np.zeros(len(left), dtype=bool)
    for chunk in chunks_of_pairs(values.words.sizes[left] * values.words.sizes[right]):
        pairs = word_pairs(values.words, left[chunk], right[chunk])
        one, other = values.words.ids[pairs.left], values.words.ids[pairs.right]
        levels = _code_levels(values, one, other)
        np.maximum.at(is_split, pairs.pair + chunk.start, levels == _SERIES)
        levels[levels == _SERIES] = _DIFFERENT
        levels[(levels == _SAME) & ~(values.is_sure[one] & values.is_sure[other])] = _BEGINS
        np.maximum.at(result, pairs.pair + chunk.start, levels)
    # Another member of the series speaks, though nothing else of the two may be a code.
    result[is_split & (result <= _UNSURE)] = _SERIES
    several = (sure[left] != 1) | (sure[right] != 1)
    result[several & (result == _SAME) & (left != right)] = _AMONG
    return result


def _code_levels(values: Codes, left: Ints, right: Ints) -> Levels:
    is_same = values.numbers[left] == values.numbers[right]
    levels = np.where(is_same, _SAME, _DIFFERENT).astype(np.uint8)
    is_open = ~is_same
    shorter, longer = np.sort([values.sizes[left], values.sizes[right]], axis=0)
    has_head = np.flatnonzero(is_open & (shorter >= _SHORTEST_SERIES) & (values.heads[left] == values.heads[right]))
    common = _scores(values, left[has_head], right[has_head], Prefix.similarity)
    levels[has_head[common >= _SERIES_SHARE * longer[has_head]]] = _SERIES
    # One wrong sign leaves the beginning or the end of a code as it is.
    has_end = (values.heads[left] >> _TWO_SIGNS == values.heads[right] >> _TWO_SIGNS) | (
        values.tails[left] == values.tails[right]
    )
    may_slip = np.flatnonzero(
        is_open & (levels == _DIFFERENT) & (shorter >= _SHORTEST_SERIES) & (longer - shorter <= 1) & has_end
    )
    levels[may_slip[_scores(values, left[may_slip], right[may_slip], OSA.distance) <= 1]] = _SERIES
    begins = has_head[common == shorter[has_head]]
    levels[begins[levels[begins] == _SERIES]] = _BEGINS
    return levels


def _scores(values: Codes, left: Ints, right: Ints, scorer: Any) -> npt.NDArray[np.int32]:
    return np.asarray(cpdist(values.texts[left], values.texts[right], scorer=scorer, dtype=np.int32))


def narrow(values: Codes) -> Keys:
    """Return each code."""
    return keys_of(values, "product code")


def keys_of(values: Codes, sort: str) -> Keys:
    """Return each code as a key of a sort of its own."""
    return Keys(tagged(sort, values.hashes[values.words.ids]), values.words.owners)


COMPARISON = Comparison(
    name="product code",
    reads=("product_code",),
    facet="variant",
    levels=LEVELS,
    m=(0.005, 0.08, 0.12, 0.06, 0.14, 0.595),
    by_place=(0.05, 0.86, 0.08, 0.004, 0.003, 0.003),
    by_name=(0.40, 0.40, 0.08, 0.06, 0.03, 0.03),
    u=(0.012, 0.90, 0.085, 0.0015, 0.001, 0.0005),
    standardised=standardised,
    prepared=prepared,
    graded=graded,
    narrow=narrow,
    broad=no_keys,
)
