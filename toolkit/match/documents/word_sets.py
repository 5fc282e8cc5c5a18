"""The distinct words of each document of one side, and whether a document has a word, asked for millions of pairs."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from toolkit.match.comparison import Floats, Ints
from toolkit.match.documents.chance import Places
from toolkit.match.documents.side import Flags
from toolkit.match.texts.words import rows_of

# Neighbouring words fall on places far apart (the golden ratio in 64 bits); the upper six bits are one of 64 places.
_SPREAD, _UPPER_BITS = np.uint64(0x9E3779B97F4A7C15), np.uint64(58)
_ONE = np.uint64(1)


class WordSets(NamedTuple):
    """The distinct words of each row: ``row * vocabulary + word`` in order, where each row starts, and how many it has.

    ``marks`` has one bit of 64 set for each word of a row: most rows that lack a word are told without a search.
    """

    keys: Ints
    starts: Places
    sizes: Places
    marks: npt.NDArray[np.uint64]
    vocabulary: int

    def sizes_of(self, rows: Ints) -> Ints:
        """Return how many words each of some rows has."""
        return self.sizes[rows].astype(np.int64)

    def words_of(self, rows: Ints) -> tuple[Ints, Ints]:
        """Return the words of some rows one after another: whose each is, by place among ``rows``, and the word."""
        owner, at = rows_of(self.starts[rows].astype(np.int64), self.sizes_of(rows))
        return owner, self.keys[at] % self.vocabulary

    def holding(self, rows: Ints, words: Ints) -> Ints:
        """Return the places at which a row has the word beside it, in order.

        Parameters
        ----------
        rows, words
            Rows and words, one beside the other.
        """
        if not len(self.keys):
            return np.zeros(0, dtype=np.int64)
        asked = np.flatnonzero((self.marks[rows] >> _places(words)) & _ONE)
        keys = rows[asked] * np.int64(self.vocabulary) + words[asked]
        found = self.keys[np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)] == keys
        return np.asarray(asked[found], dtype=np.int64)

    def hold(self, rows: Ints, words: Ints) -> Flags:
        """Return whether each row has the word beside it.

        Parameters
        ----------
        rows, words
            Rows and words, one beside the other.
        """
        result = np.zeros(len(rows), dtype=bool)
        result[self.holding(rows, words)] = True
        return result

    def weight(self, bits: Floats) -> Floats:
        """Return what the words of each row are worth together, by what each word of the vocabulary is worth."""
        own = bits[self.keys % self.vocabulary]
        whole = np.bincount(self.keys // self.vocabulary, weights=own, minlength=len(self.sizes))
        return np.asarray(whole, dtype=np.float64)

    def rarest(self, bits: Floats) -> Floats:
        """Return what the most telling word of each row is worth; 0 where a row has none."""
        result = np.zeros(len(self.sizes))
        np.maximum.at(result, self.keys // self.vocabulary, bits[self.keys % self.vocabulary])
        return result


def word_sets(keys: Ints, count: int, vocabulary: int) -> WordSets:
    """Return the words of ``count`` rows.

    Parameters
    ----------
    keys
        ``row * vocabulary + word``, in order, each once.
    count
        Number of rows.
    vocabulary
        Number of words that there are.

    Examples
    --------
    >>> sets = word_sets(np.array([0, 2, 5]), 2, 3)
    >>> sets.sizes.tolist(), sets.hold(np.array([0, 0, 1]), np.array([2, 1, 2])).tolist()
    ([2, 1], [True, False, True])
    """
    sizes = np.bincount(keys // vocabulary, minlength=count)
    starts = np.cumsum(sizes) - sizes
    marks = np.zeros(count, dtype=np.uint64)
    filled = np.flatnonzero(sizes)
    if len(filled):
        marks[filled] = np.bitwise_or.reduceat(_ONE << _places(keys % vocabulary), starts[filled])
    return WordSets(keys, starts.astype(np.int32), sizes.astype(np.int32), marks, vocabulary)


def _places(words: Ints) -> npt.NDArray[np.uint64]:
    return (words.astype(np.uint64) * _SPREAD) >> _UPPER_BITS
