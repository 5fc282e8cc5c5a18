"""Whether two words may be one word: a typing error, an abbreviation or an initial; judged once per distinct pair of words.

What cannot be alike is left out by the letters the words have, before anything is compared letter by letter.

Source: one or two in a hundred spelling errors are in the first letter, nine in ten are a single slip (Yannakoudakis and
Fawthrop, The rules of spelling errors, Information Processing & Management 19, 1983).
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from rapidfuzz.distance import OSA, Indel, LCSseq, Prefix
from rapidfuzz.process import cpdist

from toolkit.match.comparison import Floats, Ints

_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"
_FIRST_DIGIT = 1 << _LETTERS.index("0")
"""Words with a digit are never alike: another number is another thing, not a slip."""
_MIN_PREFIX = 3
_MIN_TYPO = 4
_MIN_ROUGH = 5
_MIN_TWO_TYPOS = 8
_MIN_IN_ORDER = 0.72
"""Two wrong letters leave less of a short word in its order; letters missing, added or changed about leave more."""

INITIAL, ROUGH, SHORT_FORM, TYPO = 0.4, 0.5, 0.8, 0.81
"""How much of a word's bits an initial, a rough likeness, a short form and a typing error of it still tell.

A likeness is rough where a short word has two slips, or one in its first letter.
"""


@dataclass(frozen=True, slots=True)
class Spellings:
    """Distinct words, with what rules out quickly that two are alike.

    ``letters`` has a bit for every letter and digit that a word holds; ``first`` and ``second`` are its first letters,
    ``bones`` a code for what is left of it without vowels, and ``bone_sizes`` how many letters that is.
    """

    words: npt.NDArray[np.object_]
    sizes: Ints
    letters: Ints
    first: npt.NDArray[np.uint8]
    second: npt.NDArray[np.uint8]
    bones: Ints
    bone_sizes: Ints


def spellings(vocabulary: pa.StringArray) -> Spellings:
    """Return distinct folded words made ready for comparing."""
    sizes = np.asarray(pc.binary_length(vocabulary), dtype=np.int64)
    letters = np.zeros(len(vocabulary), dtype=np.int64)
    for place, letter in enumerate(_LETTERS):
        letters |= np.asarray(pc.match_substring(vocabulary, letter)).astype(np.int64) << place
    first, second = (_letter_at(vocabulary, place) for place in (0, 1))
    bones = pc.replace_substring_regex(vocabulary, "[aeiou]", "")
    words = np.empty(len(vocabulary), dtype=object)
    words[:] = vocabulary.to_pylist()
    codes = np.asarray(bones.dictionary_encode().indices, dtype=np.int64)
    return Spellings(words, sizes, letters, first, second, codes, np.asarray(pc.binary_length(bones), dtype=np.int64))


def _letter_at(vocabulary: pa.StringArray, place: int) -> npt.NDArray[np.uint8]:
    letters = pc.utf8_slice_codeunits(vocabulary, place, place + 1)
    return np.array([ord(one or " ") % 256 for one in letters.to_pylist()], dtype=np.uint8)


def likeness(known: Spellings, left: Ints, right: Ints) -> Floats:
    """Return how much of their bits each pair of different words tells: 0 where they are two words.

    Parameters
    ----------
    known
        The vocabulary.
    left, right
        Positions in it; repeated pairs are judged once.

    Examples
    --------
    >>> words = spellings(pa.array(["quinros", "quinors", "manufacturing", "manuf", "home", "dome", "store1", "store2"]))
    >>> likeness(words, np.array([0, 2, 4, 6]), np.array([1, 3, 5, 7])).tolist()
    [0.81, 0.8, 0.5, 0.0]
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
    """Return which words have letters and sizes of words that may be one."""
    letters_l, letters_r = known.letters[left], known.letters[right]
    difference = letters_l ^ letters_r
    # A slip takes a letter away and brings another; a short form brings none.
    is_near = np.bitwise_count(difference) <= 4
    is_inside = ((difference & letters_l) == 0) | ((difference & letters_r) == 0)
    result = np.asarray((is_near | is_inside) & ((letters_l | letters_r) < _FIRST_DIGIT))
    places = np.flatnonzero(result)
    left, right, is_inside = left[places], right[places], is_inside[places]
    short, long = np.minimum(known.sizes[left], known.sizes[right]), np.maximum(known.sizes[left], known.sizes[right])
    may_be_typo = is_near[places] & (short >= _MIN_TYPO) & (long - short <= np.where(short < _MIN_ROUGH, 1, 2))
    may_be_prefix = is_inside & (known.first[left] == known.first[right]) & ((short >= _MIN_PREFIX) | (short == 1))
    result[places] = may_be_typo | may_be_prefix
    return result


def _judged(known: Spellings, left: Ints, right: Ints) -> Floats:
    if not len(left):
        return np.zeros(0, dtype=np.float64)
    words_l, words_r = known.words[left], known.words[right]
    short = np.minimum(known.sizes[left], known.sizes[right])
    is_prefix = cpdist(words_l, words_r, scorer=Prefix.similarity, dtype=np.int32) == short
    slips = cpdist(words_l, words_r, scorer=OSA.distance, score_cutoff=2, dtype=np.int32)
    starts_swapped = (known.first[left] == known.second[right]) & (known.second[left] == known.first[right])
    begins_alike = (known.first[left] == known.first[right]) | starts_swapped | (short >= _MIN_TWO_TYPOS)
    one, two = (slips <= 1) & (short >= _MIN_TYPO), (slips <= 2) & (short >= _MIN_ROUGH)
    # Of "hotel" and "ohtels" the plural is no second slip.
    one |= (slips == 2) & (short > _MIN_TYPO) & (cpdist(_singular(words_l), _singular(words_r), scorer=OSA.distance) <= 1)
    is_typo = begins_alike & (one | (two & (short >= _MIN_TWO_TYPOS)))
    in_order = cpdist(words_l, words_r, scorer=Indel.normalized_similarity, dtype=np.float32)
    is_rough = one | (begins_alike & two & (in_order >= _MIN_IN_ORDER))
    rules = [is_typo, _is_without_vowels(known, left, right), is_prefix & (short >= _MIN_PREFIX), is_rough]
    rules.append(is_prefix & (short == 1))
    return np.select(rules, [TYPO, SHORT_FORM, SHORT_FORM, ROUGH, INITIAL], 0.0)


def _singular(words: npt.NDArray[np.object_]) -> list[str]:
    return [word.removesuffix("s") for word in words.tolist()]


def _is_without_vowels(known: Spellings, left: Ints, right: Ints) -> npt.NDArray[np.bool_]:
    """Return where two words are one but for vowels left out of one of them, as in ``srvces`` for ``services``."""
    is_one = (known.bones[left] == known.bones[right]) & (known.bone_sizes[left] >= _MIN_TYPO)
    is_one &= known.first[left] == known.first[right]
    rows = np.flatnonzero(is_one)
    short = np.minimum(known.sizes[left[rows]], known.sizes[right[rows]])
    in_order = cpdist(known.words[left[rows]], known.words[right[rows]], scorer=LCSseq.similarity, dtype=np.int32)
    is_one[rows] = in_order == short
    return np.asarray(is_one)
