"""Words of a column of texts as arrays: ids, where each text starts, how rare each word is; and words that pairs share."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.match.comparison import Floats, Ints, WordCounts
from toolkit.match.hashing import Hashes, text_hashes

_LEAST_BITS = 0.3
"""A word that every text holds still tells a little."""

_EXPANDED_AT_ONCE = 1_000_000
"""Words of pairs that are laid side by side in one step, which bounds the memory."""


class Words(NamedTuple):
    """Words of each text, as ids into a vocabulary, one text after another.

    ``ids[starts[i] : starts[i] + sizes[i]]`` are those of text ``i`` in their order; ``owners`` gives the text of each.
    """

    ids: Ints
    starts: Ints
    sizes: Ints
    owners: Ints


@dataclass(frozen=True, slots=True)
class WordColumn:
    """The words of a column of texts.

    Attributes
    ----------
    vocabulary
        The distinct words, by first occurrence.
    hashes
        Hash of each word of the vocabulary.
    counts
        In how many texts each word of the vocabulary occurs, here or in the column that a saved model was made of.
    total
        Number of texts that were counted.
    bits
        What it tells that two texts share this word: -log2 of the share of texts that hold it; at least 0.3.
    words
        Ids of the words of each text.
    """

    vocabulary: pa.StringArray
    hashes: Hashes
    counts: Ints
    total: int
    bits: Floats
    words: Words

    def counted(self) -> WordCounts:
        """Return the counts by hash, in order of the hash, to be kept with a saved model."""
        order = np.argsort(self.hashes)
        return WordCounts(self.hashes[order], self.counts[order], self.total)


def word_column(texts: pa.StringArray, word_counts: WordCounts | None = None) -> WordColumn:
    """Return the words of texts that have one blank between words; a null has none.

    Examples
    --------
    >>> column = word_column(pa.array(["red brick", "red house", None]))
    >>> column.vocabulary.to_pylist(), column.words.ids.tolist(), column.words.sizes.tolist(), column.counts.tolist()
    (['red', 'brick', 'house'], [0, 1, 0, 2], [2, 2, 0], [2, 1, 1])
    """
    vocabulary, words = split_words(texts)
    hashes = text_hashes(vocabulary)
    if word_counts is None:
        total = int((words.sizes > 0).sum())
        distinct = distinct_words(words, len(vocabulary))
        counts = np.bincount(distinct.ids, minlength=len(vocabulary)).astype(np.int64)
    else:
        total, counts = word_counts.total, _known_counts(word_counts, hashes)
    return WordColumn(vocabulary, hashes, counts, total, word_bits(counts, total), words)


def split_words(texts: pa.StringArray) -> tuple[pa.StringArray, Words]:
    """Return the distinct words of texts that have one blank between words, by first occurrence, and those of each text.

    Examples
    --------
    >>> vocabulary, words = split_words(pa.array(["red brick", None, "red house"]))
    >>> vocabulary.to_pylist(), words.ids.tolist(), words.owners.tolist()
    (['red', 'brick', 'house'], [0, 1, 0, 2], [0, 0, 2, 2])
    """
    filled = texts.filter(pc.and_(texts.is_valid(), pc.not_equal(texts, "")))
    lists = pc.split_pattern(filled, " ")
    sizes = np.zeros(len(texts), dtype=np.int64)
    has_words = np.asarray(pc.fill_null(pc.not_equal(texts, ""), False))
    sizes[has_words] = np.asarray(pc.list_value_length(lists), dtype=np.int64)
    encoded = lists.flatten().dictionary_encode()
    return encoded.dictionary, words_of_sizes(np.asarray(encoded.indices, dtype=np.int64), sizes)


def words_of_sizes(ids: Ints, sizes: Ints) -> Words:
    """Return words from their ids, one text after another, and the number of words of each text."""
    ends = np.cumsum(sizes)
    return Words(ids, ends - sizes, sizes, np.repeat(np.arange(len(sizes)), sizes))


def distinct_words(words: Words, vocabulary_size: int) -> Words:
    """Return the words of each text without repetition, ids rising within a text."""
    keys = np.sort(words.owners * vocabulary_size + words.ids)
    is_first = np.ones(len(keys), dtype=bool)
    is_first[1:] = keys[1:] != keys[:-1]
    keys = keys[is_first]
    owners = keys // max(vocabulary_size, 1)
    return words_of_sizes(keys - owners * vocabulary_size, np.bincount(owners, minlength=len(words.sizes)))


def rarest_first(column: WordColumn) -> Words:
    """Return the words of each text without repetition, the rarest first.

    Examples
    --------
    >>> column = word_column(pa.array(["red brick", "red house red", "red"]))
    >>> column.vocabulary.take(pa.array(rarest_first(column).ids)).to_pylist()
    ['brick', 'red', 'house', 'red', 'red']
    """
    order = np.lexsort((column.hashes, -column.bits))
    rank = np.empty_like(order)
    rank[order] = np.arange(len(order))
    ranked = distinct_words(column.words._replace(ids=rank[column.words.ids]), len(order))
    return ranked._replace(ids=order[ranked.ids])


def word_bits(counts: Ints, total: int) -> Floats:
    """Return what each word tells, in bits, from the number of texts that hold it."""
    return np.asarray(np.maximum(np.log2(max(total, 2) / (counts + 0.5)), _LEAST_BITS), dtype=np.float64)


def _known_counts(word_counts: WordCounts, hashes: Hashes) -> Ints:
    if not len(word_counts.word):
        return np.zeros(len(hashes), dtype=np.int64)
    place = np.minimum(np.searchsorted(word_counts.word, hashes), len(word_counts.word) - 1)
    return np.where(word_counts.word[place] == hashes, word_counts.count[place], 0)


def rows_of(starts: Ints, sizes: Ints) -> tuple[Ints, Ints]:
    """Return, for ragged rows laid one after another, the row and the position in the flat array of each element.

    Examples
    --------
    >>> row, position = rows_of(np.array([5, 0]), np.array([2, 3]))
    >>> row.tolist(), position.tolist()
    ([0, 0, 1, 1, 1], [5, 6, 0, 1, 2])
    """
    row = np.repeat(np.arange(len(sizes)), sizes)
    before = np.cumsum(sizes) - sizes
    return row, np.arange(len(row)) + np.repeat(starts - before, sizes)


class WordPairs(NamedTuple):
    """Every word of the left text beside every word of the right one: number of the pair, positions in ``Words.ids``."""

    pair: Ints
    left: Ints
    right: Ints


def word_pairs(words: Words, left: Ints, right: Ints) -> WordPairs:
    """Return the words of pairs of texts, each of the left beside each of the right.

    As many rows as the product of the sizes: for short texts, or for chunks that ``chunks_of_pairs`` gives.

    Parameters
    ----------
    words
        The words of texts.
    left, right
        Positions of the two texts of each pair.
    """
    sizes_r = words.sizes[right]
    row, position = rows_of(words.starts[left], words.sizes[left])
    again, right_position = rows_of(words.starts[right][row], sizes_r[row])
    return WordPairs(row[again], position[again], right_position)


def chunks_of_pairs(costs: Ints) -> list[slice]:
    """Return consecutive chunks of pairs whose summed costs stay near one step's worth of memory.

    Examples
    --------
    >>> chunks_of_pairs(np.array([3_000_000, 3_000_000, 1]))
    [slice(0, 1, None), slice(1, 3, None)]
    """
    if not len(costs):
        return []
    step = np.cumsum(costs) // (_EXPANDED_AT_ONCE + 1)
    starts = [0, *(np.flatnonzero(np.diff(step)) + 1).tolist()]
    return [slice(start, stop) for start, stop in zip(starts, [*starts[1:], len(costs)], strict=True)]


def shared_bits(column: WordColumn, words: Words, left: Ints, right: Ints) -> Floats:
    """Return the bits of the words that both texts of each pair hold; ``words`` without repetition.

    Parameters
    ----------
    column
        The vocabulary with its bits.
    words
        What ``distinct_words`` gives.
    left, right
        Positions of the texts of each pair.
    """
    result = np.zeros(len(left), dtype=np.float64)
    for chunk in chunks_of_pairs(words.sizes[left] + words.sizes[right]):
        row_l, position_l = rows_of(words.starts[left[chunk]], words.sizes[left[chunk]])
        row_r, position_r = rows_of(words.starts[right[chunk]], words.sizes[right[chunk]])
        size = np.int64(max(len(column.vocabulary), 1))
        keys = np.sort(np.concatenate([row_l * size + words.ids[position_l], row_r * size + words.ids[position_r]]))
        twice = keys[1:][keys[1:] == keys[:-1]]
        row = twice // size
        result[chunk] = np.bincount(row, weights=column.bits[twice - row * size], minlength=chunk.stop - chunk.start)
    return result
