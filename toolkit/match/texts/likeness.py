"""Names of streets and towns side by side: the same, the same but for spelling, or different.

Every distinct pair of names is graded once, and the letters of two names are compared only where they could be alike.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from rapidfuzz import process
from rapidfuzz.distance import OSA

from toolkit.match.comparison import Ints, Levels
from toolkit.match.hashing import Hashes
from toolkit.match.texts.text_ids import coded
from toolkit.match.texts.words import WordColumn, word_column

DIFFERENT, UNKNOWN, CLOSE, EQUAL = range(4)
"""Grades of a part of an address; unknown where one side has none."""

_Mask = npt.NDArray[np.bool_]

_MIN_TELLING = 3
"""A shared word of fewer letters ("la", "st") does not make two names one."""
_MOST_SLIPS = 3


class Names(NamedTuple):
    """Distinct names: their texts, words, text without blanks and digits as codes, letters and words as bits, and size."""

    texts: pa.StringArray
    words: WordColumn
    bare: Ints
    digits: Ints
    letters: Hashes
    word_bits: Hashes
    sizes: Ints


def names_of(texts: pa.StringArray) -> Names:
    """Return distinct, filled names made ready to be compared."""
    words = word_column(texts)
    return Names(
        texts,
        words,
        coded(pc.replace_substring(texts, " ", "")).codes,
        coded(pc.replace_substring_regex(texts, "[^0-9]+", "")).codes,
        _letter_bits(texts),
        _any_bits(np.uint64(1) << (words.hashes & np.uint64(63))[words.words.ids], words.words.starts),
        np.asarray(pc.binary_length(texts), dtype=np.int64),
    )


def _letter_bits(texts: pa.StringArray) -> Hashes:
    """Return which letters occur in each text, one bit a letter."""
    if not len(texts):
        return np.zeros(0, dtype=np.uint64)
    large = texts.cast(pa.large_string())
    offsets = np.frombuffer(large.buffers()[1], dtype=np.int64)[large.offset : large.offset + len(large) + 1]
    letters = np.frombuffer(large.buffers()[2], dtype=np.uint8)[offsets[0] : offsets[-1]]
    bits = np.uint64(1) << (np.arange(256, dtype=np.uint64) & np.uint64(63))
    return _any_bits(bits[letters], offsets[:-1] - offsets[0])


def _any_bits(bits: Hashes, starts: Ints) -> Hashes:
    return np.bitwise_or.reduceat(bits, starts) if len(starts) else np.zeros(0, dtype=np.uint64)


def name_grades(names: Names, left: Ints, right: Ints) -> Levels:
    """Return how alike the names of each pair are.

    Parameters
    ----------
    names
        Distinct names.
    left, right
        Positions of the two names of each pair; -1 is none.
    """
    result = np.full(len(left), UNKNOWN, dtype=np.uint8)
    result[(left == right) & (left >= 0)] = EQUAL
    rows = np.flatnonzero((left != right) & (left >= 0) & (right >= 0))
    size = np.int64(max(len(names.texts), 1))
    pairs = np.minimum(left[rows], right[rows]) * size + np.maximum(left[rows], right[rows])
    ordered = np.sort(pairs)
    distinct = ordered[np.append(np.ones(min(len(ordered), 1), dtype=bool), ordered[1:] != ordered[:-1])]
    result[rows] = _grades(names, distinct // size, distinct % size)[np.searchsorted(distinct, pairs)]
    return result


def _grades(names: Names, left: Ints, right: Ints) -> Levels:
    """Return the grade of distinct pairs of two names."""
    result = np.full(len(left), DIFFERENT, dtype=np.uint8)
    is_slip = _may_be_slip(names, left, right)
    rows = np.flatnonzero(is_slip)
    allowed = _slips_allowed(np.minimum(names.sizes[left[rows]], names.sizes[right[rows]]))
    texts_l, texts_r = (names.texts.take(side[rows]).to_pylist() for side in (left, right))
    distances = process.cpdist(texts_l, texts_r, scorer=OSA.distance, score_cutoff=_MOST_SLIPS, dtype=np.uint8)
    result[rows[distances <= allowed]] = CLOSE
    result[names.bare[left] == names.bare[right]] = EQUAL
    bits_l, bits_r = names.word_bits[left], names.word_bits[right]
    held = np.flatnonzero(((bits_l & ~bits_r == 0) | (bits_r & ~bits_l == 0)) & (result != EQUAL))
    texts_l, texts_r = (names.texts.take(side[held]).to_pylist() for side in (left, right))
    grades = [_held_grade(text_l, text_r) for text_l, text_r in zip(texts_l, texts_r, strict=True)]
    result[held] = np.maximum(result[held], np.array(grades, dtype=np.uint8))
    return result


def _held_grade(left: str, right: str) -> int:
    """Return how alike two names are of which all words of one should be in the other."""
    words_l, words_r = set(left.split()), set(right.split())
    if not (words_l <= words_r or words_r <= words_l):
        return DIFFERENT
    return EQUAL if max(map(len, words_l & words_r)) >= _MIN_TELLING else CLOSE


def _slips_allowed(sizes: Ints) -> Ints:
    """Return how many slips of the hand leave a name what it was: one from four letters on, one more each further four."""
    return np.minimum(sizes // 4, _MOST_SLIPS)


def _may_be_slip(names: Names, left: Ints, right: Ints) -> _Mask:
    """Return where two names could be few slips apart, by their letters and sizes; a number is never a slip of another."""
    sizes_l, sizes_r = names.sizes[left], names.sizes[right]
    allowed = _slips_allowed(np.minimum(sizes_l, sizes_r))
    letters = np.bitwise_count(names.letters[left] ^ names.letters[right])
    has_same_digits = names.digits[left] == names.digits[right]
    return np.asarray((letters <= 2 * allowed) & (np.abs(sizes_l - sizes_r) <= allowed) & (allowed > 0) & has_same_digits)


def longest_words(names: Names) -> Hashes:
    """Return the hash of the longest word of each name, the first of several."""
    words = names.words
    lengths = np.asarray(pc.binary_length(words.vocabulary), dtype=np.int64)[words.words.ids]
    last = len(lengths)
    if not last:
        return np.zeros(0, dtype=np.uint64)
    place = np.maximum.reduceat(lengths * last + (last - 1 - np.arange(last)), words.words.starts) % last
    return np.asarray(words.hashes[words.words.ids[last - 1 - place]])
