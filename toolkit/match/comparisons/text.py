"""Free text about a thing or a party: the share of words in common, by rarity.

Two people describe one thing in other words, so that a text that differs says next to nothing.
"""

from typing import NamedTuple

import numpy as np
import pyarrow as pa

from toolkit.match.comparison import (
    Columns,
    Comparison,
    Floats,
    Ints,
    Keys,
    Levels,
    WordCounts,
    joined_keys,
    keys_where,
    no_keys,
)
from toolkit.match.hashing import tagged
from toolkit.match.texts.words import WordColumn, Words, rarest_first, shared_bits, word_column
from toolkit.values import text

LEVELS = ("different", "some words in common", "half in common", "most in common", "same")

_PAIRED_WORDS = 5


class Texts(NamedTuple):
    """Distinct texts: their words without repetition, the rarest first, and the bits of all words of each."""

    column: WordColumn
    words: Words
    bits: Floats


def prepared(values: pa.StringArray, word_counts: WordCounts | None = None) -> Texts:
    """Return distinct texts taken apart into words."""
    column = word_column(values, word_counts)
    words = rarest_first(column)
    bits = np.bincount(words.owners, weights=column.bits[words.ids], minlength=len(values))
    return Texts(column, words, bits.astype(np.float64))


def graded(texts: Texts, left: Ints, right: Ints) -> Levels:
    """Return the level of each pair of distinct texts.

    Parameters
    ----------
    texts
        What ``prepared`` made of the distinct values.
    left, right
        Positions of the two values of each pair.
    """
    _, shares = shared_parts(texts, left, right)
    return (1 + np.digitize(shares, [0.15, 0.45, 0.75, 0.999])).astype(np.uint8)


def shared_parts(texts: Texts, left: Ints, right: Ints) -> tuple[Floats, Floats]:
    """Return the bits of the words that each pair of texts has in common, and their share of those of all its words.

    Parameters
    ----------
    texts
        What ``prepared`` made of the distinct texts.
    left, right
        Positions of the two texts of each pair.
    """
    shared = shared_bits(texts.column, texts.words, left, right)
    return shared, shared / np.maximum(texts.bits[left] + texts.bits[right] - shared, 1e-9)


def standardised(columns: Columns) -> pa.StringArray:
    """Return each text as folded words."""
    return text.standardised(columns["text"])


def counted(texts: Texts) -> WordCounts:
    """Return in how many texts each word occurs."""
    return texts.column.counted()


def narrow(texts: Texts) -> Keys:
    """Return the two rarest words, and any two of the five rarest.

    A title is written in other words on every site: what two of them share may be neither one's rarest word.
    """
    words = texts.words
    hashes = []
    for place in range(_PAIRED_WORDS):
        own = np.zeros(len(words.sizes), dtype=np.uint64)
        has = words.sizes > place
        own[has] = texts.column.hashes[words.ids[words.starts[has] + place]]
        hashes.append(own)
    alone = [keys_where(tagged("text word", hashes[place]), words.sizes > place) for place in range(2)]
    paired = [
        keys_where(tagged("text words", np.minimum(one, other), np.maximum(one, other)), words.sizes > place)
        for place, other in enumerate(hashes)
        for one in hashes[:place]
    ]
    return joined_keys(*alone, *paired)


COMPARISON = Comparison(
    name="text",
    reads=("text",),
    facet="attribute",
    levels=LEVELS,
    m=(0.62, 0.12, 0.09, 0.07, 0.10),
    by_place=(0.80, 0.10, 0.05, 0.025, 0.025),
    by_name=(0.64, 0.13, 0.09, 0.07, 0.07),
    u=(0.92, 0.05, 0.016, 0.007, 0.007),
    standardised=standardised,
    prepared=prepared,
    graded=graded,
    narrow=narrow,
    broad=no_keys,
    word_counts=counted,
    is_per_column=True,
    most_against=0.6,
    most_for=(0, 1.5, 2.5, 4, 8),
)
