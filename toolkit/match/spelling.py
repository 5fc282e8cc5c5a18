"""Whether two words may be one word: a typing error, an abbreviation or an initial; judged once per distinct pair of words.

What cannot be alike is left out by the letters the words have, before anything is compared letter by letter.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from rapidfuzz.distance import OSA, Prefix
from rapidfuzz.process import cpdist

from toolkit.match.comparison import Floats, Ints

_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"
_MIN_PREFIX = 3
_MIN_TYPO = 4
_MIN_TWO_TYPOS = 8

INITIAL, SHORT_FORM, TYPO = 0.4, 0.8, 0.8
"""How much of a word's bits an initial, a short form and a typing error of it still tell."""


@dataclass(frozen=True, slots=True)
class Spellings:
    """Distinct words, with what rules out quickly that two are alike.

    ``letters`` has a bit for every letter and digit that a word holds; ``first`` is its first letter.
    """

    words: npt.NDArray[np.object_]
    sizes: Ints
    letters: Ints
    first: npt.NDArray[np.uint8]
    has_digit: npt.NDArray[np.bool_]
    is_letter: npt.NDArray[np.bool_]


def spellings(vocabulary: pa.StringArray) -> Spellings:
    """Return distinct folded words made ready for comparing."""
    sizes = np.asarray(pc.binary_length(vocabulary), dtype=np.int64)
    letters = np.zeros(len(vocabulary), dtype=np.int64)
    for place, letter in enumerate(_LETTERS):
        letters |= np.asarray(pc.match_substring(vocabulary, letter)).astype(np.int64) << place
    starts = pc.utf8_slice_codeunits(vocabulary, 0, 1)
    first = np.array([ord(one[:1] or " ") % 256 for one in starts.to_pylist()], dtype=np.uint8)
    has_digit = letters >> _LETTERS.index("0") > 0
    words = np.empty(len(vocabulary), dtype=object)
    words[:] = vocabulary.to_pylist()
    return Spellings(words, sizes, letters, first, has_digit, (sizes == 1) & ~has_digit)


def likeness(known: Spellings, left: Ints, right: Ints) -> Floats:
    """Return how much of their bits each pair of different words tells: 0 where they are two words.

    Parameters
    ----------
    known
        The vocabulary.
    left, right
        Positions in it; repeated pairs are judged once.
    """
    result = np.zeros(len(left), dtype=np.float64)
    open_pairs = np.flatnonzero(_may_be_alike(known, left, right))
    low = np.minimum(left[open_pairs], right[open_pairs])
    high = np.maximum(left[open_pairs], right[open_pairs])
    codes = low * len(known.words) + high
    distinct = np.sort(codes)
    distinct = distinct[np.concatenate([[True], distinct[1:] != distinct[:-1]])] if len(distinct) else distinct
    found = _judged(known, distinct // max(len(known.words), 1), distinct % max(len(known.words), 1))
    result[open_pairs] = found[np.searchsorted(distinct, codes)]
    return result


def _may_be_alike(known: Spellings, left: Ints, right: Ints) -> npt.NDArray[np.bool_]:
    short, long = np.minimum(known.sizes[left], known.sizes[right]), np.maximum(known.sizes[left], known.sizes[right])
    difference = known.letters[left] ^ known.letters[right]
    extra = np.bitwise_count(difference)
    allowed = np.where(short < _MIN_TWO_TYPOS, 1, 2)
    # One typing error takes a letter away and brings another.
    may_be_typo = (short >= _MIN_TYPO) & (long - short <= allowed) & (extra <= 2 * allowed)
    shorter = np.where(known.sizes[left] <= known.sizes[right], left, right)
    is_inside = (difference & known.letters[shorter]) == 0
    may_be_prefix = is_inside & (known.first[left] == known.first[right]) & (long > short)
    may_be_prefix &= (short >= _MIN_PREFIX) | known.is_letter[shorter]
    # Another number is another thing, and never a slip.
    return np.asarray((may_be_typo | may_be_prefix) & ~known.has_digit[left] & ~known.has_digit[right])


def _judged(known: Spellings, left: Ints, right: Ints) -> Floats:
    if not len(left):
        return np.zeros(0, dtype=np.float64)
    words_l, words_r = known.words[left], known.words[right]
    short = np.minimum(known.sizes[left], known.sizes[right])
    is_prefix = cpdist(words_l, words_r, scorer=Prefix.similarity, dtype=np.int32) == short
    allowed = np.where(short < _MIN_TWO_TYPOS, 1, 2)
    errors = cpdist(words_l, words_r, scorer=OSA.distance, score_cutoff=2, dtype=np.int32)
    is_typo = (errors <= allowed) & (short >= _MIN_TYPO)
    is_short_form = is_prefix & (short >= _MIN_PREFIX)
    is_initial = is_prefix & (known.is_letter[left] | known.is_letter[right])
    return np.select([is_typo, is_short_form, is_initial], [TYPO, SHORT_FORM, INITIAL], 0.0)
