"""Title of a thing: an article, a paper, a song. Words in common, by rarity; its codes, sizes and colours are facts apart.

Two shops or libraries write one title differently: longer, in another order, with a subtitle or without.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from rapidfuzz import fuzz
from rapidfuzz.process import cpdist

from toolkit.match.comparison import Columns, Comparison, Ints, Keys, Levels, WordCounts, no_keys
from toolkit.match.comparisons import text
from toolkit.values import product_title

LEVELS = (
    "different",
    "some words in common",
    "half in common",
    "most in common, or one has all words of the other",
    "same but for spelling",
    "same",
)
_HALF, _MOST, _SPELLED, _SAME = range(3, 7)

_SHARES = (0.15, 0.4, 0.7)
_ALL = 0.999
_ALIKE = 93.0
"""Likeness of two titles, of 100, from which on they differ in their spelling alone."""
_FEWEST_WORDS = 3
"""Words of the shorter title from which on it says something that the longer one has all of them."""


class Titles(NamedTuple):
    """Distinct titles: taken apart into words as any text is, and whole."""

    texts: text.Texts
    whole: npt.NDArray[np.object_]


def standardised(columns: Columns) -> pa.StringArray:
    """Return the words of each title that are no code, size or colour."""
    return product_title.standardised(columns["title"])


def prepared(values: pa.StringArray, word_counts: WordCounts | None = None) -> Titles:
    """Return distinct titles taken apart into words."""
    return Titles(text.prepared(values, word_counts), np.asarray(values.to_numpy(zero_copy_only=False), dtype=np.object_))


def graded(titles: Titles, left: Ints, right: Ints) -> Levels:
    """Return the level of each pair of distinct titles.

    Parameters
    ----------
    titles
        What ``prepared`` made of the distinct values.
    left, right
        Positions of the two values of each pair.
    """
    words = titles.texts.words
    shared, shares = text.shared_parts(titles.texts, left, right)
    result = (1 + np.digitize(shares, _SHARES)).astype(np.uint8)
    has_all = shared >= _ALL * np.minimum(titles.texts.bits[left], titles.texts.bits[right])
    is_long = np.minimum(words.sizes[left], words.sizes[right]) >= _FEWEST_WORDS
    result[has_all & is_long & (result >= _HALF)] = _MOST
    is_open = np.flatnonzero(result >= _HALF)
    alike = np.asarray(
        cpdist(titles.whole[left[is_open]], titles.whole[right[is_open]], scorer=fuzz.ratio, dtype=np.float64)
    )
    result[is_open[alike >= _ALIKE]] = _SPELLED
    result[shares >= _ALL] = _SAME
    result[left == right] = _SAME
    return result


def counted(titles: Titles) -> WordCounts:
    """Return in how many titles each word occurs."""
    return text.counted(titles.texts)


def narrow(titles: Titles) -> Keys:
    """Return the two rarest words, and any two of the five rarest."""
    return text.narrow(titles.texts)


COMPARISON = Comparison(
    name="title",
    reads=("title",),
    facet="title",
    levels=LEVELS,
    m=(0.03, 0.07, 0.13, 0.22, 0.13, 0.42),
    by_place=(0.80, 0.13, 0.04, 0.015, 0.01, 0.005),
    by_name=(0.002, 0.012, 0.06, 0.25, 0.16, 0.516),
    u=(0.93, 0.05, 0.012, 0.004, 0.001, 0.003),
    standardised=standardised,
    prepared=prepared,
    graded=graded,
    narrow=narrow,
    broad=no_keys,
    word_counts=counted,
)
