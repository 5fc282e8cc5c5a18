"""Product code or model number, from a column of codes or from titles; another variant of one series is no match."""

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from rapidfuzz.distance import OSA, Prefix
from rapidfuzz.process import cpdist

from toolkit.match.comparison import Columns, Comparison, Ints, Keys, Levels, no_keys
from toolkit.match.comparisons import identifier
from toolkit.match.hashing import Hashes, tagged
from toolkit.match.texts.short_codes import Packed, packed_signs
from toolkit.match.texts.words import Words, chunks_of_pairs, word_column, word_pairs
from toolkit.values import product_code

LEVELS = (
    "different codes",
    "one series, or one sign apart",
    "one begins with the other",
    "one of several codes is the same",
    "same code",
)
_DIFFERENT, _SERIES, _BEGINS, _AMONG, _SAME = range(1, 6)

_SHORTEST_SERIES = 4
_TWO_SIGNS = np.uint64(48)
_SERIES_SHARE = 0.6
"""Share of the longer code that both begin with, from which on they are of one series."""


class Codes(NamedTuple):
    """Distinct cells: the codes of each, and text, size, hash, first four and last two signs of each distinct code."""

    words: Words
    texts: npt.NDArray[np.object_]
    sizes: Ints
    hashes: Hashes
    heads: Packed
    tails: Packed


def standardised(columns: Columns) -> pa.StringArray:
    """Return the code of each record, or the model numbers in its title."""
    codes, titles = columns.get("product_code"), columns.get("text")
    from_titles = None if titles is None else product_code.standardised(titles)
    if codes is None:
        return from_titles
    bare = identifier.bare_texts(codes)
    return bare if from_titles is None else pc.coalesce(bare, from_titles)


def prepared(values: pa.StringArray, word_counts: object = None) -> Codes:  # noqa: ARG001 - codes do not count
    """Return distinct codes for grading."""
    column = word_column(values)
    vocabulary = column.vocabulary
    return Codes(
        column.words,
        np.asarray(vocabulary.to_numpy(zero_copy_only=False), dtype=np.object_),
        np.asarray(pc.utf8_length(vocabulary), dtype=np.int64),
        column.hashes,
        packed_signs(pc.utf8_slice_codeunits(vocabulary, 0, _SHORTEST_SERIES)),
        packed_signs(pc.utf8_slice_codeunits(vocabulary, -2, None)),
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
    result = np.full(len(left), _DIFFERENT, dtype=np.uint8)
    for chunk in chunks_of_pairs(values.words.sizes[left] * values.words.sizes[right]):
        pairs = word_pairs(values.words, left[chunk], right[chunk])
        levels = _code_levels(values, values.words.ids[pairs.left], values.words.ids[pairs.right])
        np.maximum.at(result, pairs.pair + chunk.start, levels)
    several = (values.words.sizes[left] > 1) | (values.words.sizes[right] > 1)
    result[several & (result == _SAME) & (left != right)] = _AMONG
    return result


def _code_levels(values: Codes, left: Ints, right: Ints) -> Levels:
    levels = np.where(left == right, _SAME, _DIFFERENT).astype(np.uint8)
    shorter, longer = np.sort([values.sizes[left], values.sizes[right]], axis=0)
    has_head = np.flatnonzero((left != right) & (shorter >= _SHORTEST_SERIES) & (values.heads[left] == values.heads[right]))
    common = _scores(values, left[has_head], right[has_head], Prefix.similarity)
    levels[has_head[common >= _SERIES_SHARE * longer[has_head]]] = _SERIES
    # One wrong sign leaves the beginning or the end of a code as it is.
    has_end = (values.heads[left] >> _TWO_SIGNS == values.heads[right] >> _TWO_SIGNS) | (
        values.tails[left] == values.tails[right]
    )
    may_slip = np.flatnonzero((levels == _DIFFERENT) & (shorter >= _SHORTEST_SERIES) & (longer - shorter <= 1) & has_end)
    levels[may_slip[_scores(values, left[may_slip], right[may_slip], OSA.distance) <= 1]] = _SERIES
    begins = has_head[common == shorter[has_head]]
    levels[begins[levels[begins] == _SERIES]] = _BEGINS
    return levels


def _scores(values: Codes, left: Ints, right: Ints, scorer: Any) -> npt.NDArray[np.int32]:
    return np.asarray(cpdist(values.texts[left], values.texts[right], scorer=scorer, dtype=np.int32))


def narrow(values: Codes) -> Keys:
    """Return each code."""
    ids, owners = values.words.ids, values.words.owners
    return Keys(tagged("product code", values.hashes[ids]), owners)


COMPARISON = Comparison(
    name="product code",
    reads=("product_code", "text"),
    facet="identity",
    levels=LEVELS,
    m=(0.12, 0.05, 0.07, 0.13, 0.63),
    by_place=(0.93, 0.05, 0.008, 0.006, 0.006),
    by_name=(0.55, 0.30, 0.08, 0.03, 0.04),
    u=(0.985, 0.012, 0.0015, 0.001, 0.0005),
    standardised=standardised,
    prepared=prepared,
    graded=graded,
    narrow=narrow,
    broad=no_keys,
)
