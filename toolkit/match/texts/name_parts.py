"""Parts of persons' names: given names and family names as one list, graded pair by pair, and framed by their consonants."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from rapidfuzz.distance import OSA, Hamming, JaroWinkler
from rapidfuzz.process import cdist, cpdist

from toolkit.match.comparison import Ints, Keys, Levels, WordCounts
from toolkit.match.hashing import Hashes, tagged, text_hashes
from toolkit.values.given_name import NAMES_WITH_FORMS, full_forms, spoken_name
from toolkit.values.known_names import given_name_texts
from toolkit.values.letters import Letters, kept, letters_of, texts_of

Mask = npt.NDArray[np.bool_]

UNLIKE, ABSENT, INITIAL, ALIKE, SLIP, EQUAL = range(6)
"""Grades of two parts: a slip is a typing error or a short form; alike are such that are names of their own."""

_ALIKE_FROM = 0.88
_SHORTEST, _LONG = 3, 8
"""Parts of fewer letters are compared as they stand; from so many on, two wrong letters are still a typing error."""
_SHORTEST_SWAPPED = 5
"""Letters of two known names from which on they are one where two letters inside changed places: Edna is not Enda."""
_MOST_LETTERS_APART = 6
_TIMES_A_NAME, _SHARE_OF_A_NAME = 3, 0.05
"""So often, and so often beside what it resembles, a spelling is a name and no typing error."""

_NAMES = pa.array(sorted(NAMES_WITH_FORMS))

_CODES = np.arange(256)
_IS_SILENT = np.isin(_CODES, [ord(letter) for letter in "aeiouyhw "])
_SOUND = _CODES.astype(np.uint8)
_SOUND[[ord("c"), ord("q"), ord("z")]] = [ord("k"), ord("k"), ord("s")]
_FRAME_SIZE = 6
_SHORTEST_FRAME = 2


@dataclass(frozen=True, slots=True)
class Parts:
    """Distinct parts of names.

    Attributes
    ----------
    texts
        The parts as Python texts.
    hashes, frames
        Hash of each part, and of its frame: the first letter and the consonants, which most typing errors leave.
    shortened
        Hashes of each frame, and of what is left of it without any one of its consonants, by position of the part: two
        frames that are one error apart have one of them in common.
    sizes, letters, initials
        Number of letters, which letters as bits, and the first letter.
    forms
        Position among the names that have short forms; -1 for others.
    is_form
        Whether two of those may be one name.
    spoken
        Which given name that many people bear each part is, spelling variants counted as one; -1 for others.
    given_counts, family_counts, total
        In how many distinct names each part is the given or the family name, and how many were counted.
    """

    texts: npt.NDArray[np.object_]
    hashes: Hashes
    frames: Hashes
    shortened: Keys
    sizes: Ints
    letters: npt.NDArray[np.uint64]
    initials: npt.NDArray[np.uint8]
    forms: Ints
    is_form: Mask
    spoken: Ints
    given_counts: Ints
    family_counts: Ints
    total: int

    def counted(self) -> WordCounts:
        """Return the counts by hash, in order of the hash, to be kept with a saved model."""
        keys = np.concatenate([tagged("given", self.hashes), tagged("family", self.hashes)])
        counts = np.concatenate([self.given_counts, self.family_counts])
        has = np.flatnonzero(counts > 0)
        order = has[np.argsort(keys[has])]
        return WordCounts(keys[order], counts[order], self.total)


def parts_of(vocabulary: pa.StringArray, given: Ints, family: Ints, known: WordCounts | None = None) -> Parts:
    """Return the parts of names.

    Parameters
    ----------
    vocabulary
        The distinct parts.
    given, family
        Position in it of the first given name and of the family name of each name; -1 where absent.
    known
        Counts of a saved model; by default those of these names.
    """
    hashes = text_hashes(vocabulary)
    size = len(vocabulary)
    if known is None:
        counts = [np.bincount(codes[codes >= 0], minlength=size).astype(np.int64) for codes in (given, family)]
        total = len(given)
    else:
        counts, total = [_known_counts(tagged(tag, hashes), known) for tag in ("given", "family")], known.total
    cells = letters_of(vocabulary)
    sizes = np.diff(cells.offsets)
    forms, is_form = _forms(vocabulary)
    frames = frames_of(vocabulary)
    return Parts(
        np.asarray(vocabulary.to_numpy(zero_copy_only=False), dtype=np.object_),
        hashes,
        text_hashes(frames),
        _shortened(frames),
        sizes,
        _letter_bits(cells, size),
        _initials(cells),
        forms,
        is_form,
        _spoken(vocabulary),
        counts[0],
        counts[1],
        total,
    )


def _spoken(vocabulary: pa.StringArray) -> Ints:
    """Return the number of each known given name as it is spoken; -1 for other parts."""
    known = np.asarray(pc.is_in(vocabulary, value_set=given_name_texts()))
    spoken = np.full(len(vocabulary), -1, dtype=np.int64)
    names = vocabulary.filter(pa.array(known)).to_pylist()
    spoken[known] = np.asarray(pa.array([spoken_name(name) for name in names], pa.string()).dictionary_encode().indices)
    return spoken


def _known_counts(keys: Hashes, known: WordCounts) -> Ints:
    if not len(known.word):
        return np.zeros(len(keys), dtype=np.int64)
    place = np.minimum(np.searchsorted(known.word, keys), len(known.word) - 1)
    return np.where(known.word[place] == keys, known.count[place], 0)


def _forms(vocabulary: pa.StringArray) -> tuple[Ints, Mask]:
    """Return which parts are known given names, and which of those may be one name."""
    short = vocabulary.filter(pc.is_in(vocabulary, value_set=_NAMES)).to_pylist()
    forms = np.full(len(vocabulary), -1, dtype=np.int64)
    forms[np.asarray(pc.index_in(pa.array(short, pa.string()), value_set=vocabulary), dtype=np.int64)] = np.arange(
        len(short)
    )
    fulls = [full_forms(name) for name in short]
    every = {full: number for number, full in enumerate(sorted(frozenset().union(*fulls)))}
    table = np.zeros((len(short), max(len(every), 1)), dtype=np.int64)
    for row, own in enumerate(fulls):
        table[row, [every[full] for full in own]] = 1
    return forms, table @ table.T > 0


def _letter_bits(cells: Letters, size: int) -> npt.NDArray[np.uint64]:
    bits = np.zeros(size, dtype=np.uint64)
    has = np.flatnonzero(np.diff(cells.offsets) > 0)
    if len(has):
        own = np.uint64(1) << (cells.data & np.uint8(63)).astype(np.uint64)
        bits[has] = np.bitwise_or.reduceat(own, cells.offsets[has])
    return bits


def _initials(cells: Letters) -> npt.NDArray[np.uint8]:
    initials = np.zeros(len(cells.offsets) - 1, dtype=np.uint8)
    has = np.diff(cells.offsets) > 0
    initials[has] = cells.data[cells.offsets[:-1][has]]
    return initials


def frames_of(parts: pa.StringArray) -> pa.StringArray:
    """Return the first letter of each part and its other consonants, each once in a row.

    Examples
    --------
    >>> frames_of(pa.array(["timothy", "garlund"])).to_pylist()
    ['tmt', 'grlnd']
    """
    cells = letters_of(parts)
    is_first = np.zeros(len(cells.data) + 1, dtype=bool)
    is_first[cells.offsets[:-1]] = True
    loud = kept(Letters(_SOUND.take(cells.data), cells.offsets), is_first[:-1] | ~_IS_SILENT.take(cells.data))
    is_first = np.zeros(len(loud.data) + 1, dtype=bool)
    is_first[loud.offsets[:-1]] = True
    is_new = np.ones(len(loud.data), dtype=bool)
    is_new[1:] = loud.data[1:] != loud.data[:-1]
    return pc.utf8_slice_codeunits(texts_of(kept(loud, is_new | is_first[:-1])), 0, _FRAME_SIZE)


def _shortened(frames: pa.StringArray) -> Keys:
    """Return the hashes of each frame and of what is left of it without one of its consonants, in order of the frames."""
    sizes = np.asarray(pc.fill_null(pc.binary_length(frames), 0), dtype=np.int64)
    hashes, places = [text_hashes(frames)], [np.arange(len(frames))]
    for position in range(1, _FRAME_SIZE):
        rows = np.flatnonzero((sizes > position) & (sizes > _SHORTEST_FRAME))
        own = frames.take(pa.array(rows))
        before, after = pc.utf8_slice_codeunits(own, 0, position), pc.utf8_slice_codeunits(own, position + 1)
        hashes.append(text_hashes(pc.binary_join_element_wise(before, after, "")))
        places.append(rows)
    place = np.concatenate(places)
    order = np.argsort(place, kind="stable")
    return Keys(np.concatenate(hashes)[order], place[order])


def part_grades(parts: Parts, left: Ints, right: Ints, counts: Ints, *, are_given: bool = False) -> Levels:
    """Return how far two parts of names agree, for pairs of positions (-1: absent).

    Parameters
    ----------
    parts
        The distinct parts.
    left, right
        Positions of the two parts of each pair.
    counts
        In how many names each part occurs in this place.
    are_given
        Whether the parts are given names: two that are known ones (Carl and Carla) are no typing error of each other.
    """
    result = np.where(left == right, EQUAL, UNLIKE).astype(np.uint8)
    result[(left < 0) | (right < 0)] = ABSENT
    is_open = np.flatnonzero(result == UNLIKE)
    left, right = left[is_open], right[is_open]
    shorter = np.minimum(parts.sizes[left], parts.sizes[right])
    same_initial = parts.initials[left] == parts.initials[right]
    grades = np.where((shorter == 1) & same_initial, INITIAL, UNLIKE).astype(np.uint8)
    apart = np.bitwise_count(parts.letters[left] ^ parts.letters[right])
    may_be = np.flatnonzero((shorter >= _SHORTEST) & (apart <= _MOST_LETTERS_APART))
    grades[may_be] = _spelling_grades(parts, left[may_be], right[may_be], counts, are_given=are_given)
    grades[_is_short_form(parts, left, right)] = SLIP
    result[is_open] = grades
    return result


def _spelling_grades(parts: Parts, left: Ints, right: Ints, counts: Ints, *, are_given: bool) -> Levels:
    """Return the grades of parts that share most letters: a slip, alike, or unlike."""
    shorter, longer = np.minimum(parts.sizes[left], parts.sizes[right]), np.maximum(parts.sizes[left], parts.sizes[right])
    texts_l, texts_r = parts.texts[left], parts.texts[right]
    allowed = np.where(longer < _LONG, 1, 2)
    # Of three letters one is a third: Tim is not Jim.
    allowed[(shorter <= _SHORTEST) & (parts.initials[left] != parts.initials[right])] = 0
    is_slip = cpdist(texts_l, texts_r, scorer=OSA.distance, score_cutoff=2, dtype=np.uint8) <= allowed
    rarer, commoner = np.minimum(counts[left], counts[right]), np.maximum(counts[left], counts[right])
    are_names = (rarer >= _TIMES_A_NAME) & (rarer >= _SHARE_OF_A_NAME * commoner)
    grades = np.where(is_slip, np.where(are_names, ALIKE, SLIP), UNLIKE).astype(np.uint8)
    is_settled = np.zeros(len(left), dtype=bool)
    if are_given:
        spoken_l, spoken_r = parts.spoken[left], parts.spoken[right]
        is_settled = (spoken_l >= 0) & (spoken_r >= 0)
        are_others = is_settled & (spoken_l != spoken_r) & ~_is_swapped_within(parts, left, right, is_slip)
        are_others |= ~is_settled & _is_woman_and_man(texts_l, texts_r, (spoken_l < 0) & (spoken_r < 0))
        one_known = np.flatnonzero(is_slip & ~are_others & ((spoken_l >= 0) != (spoken_r >= 0)))
        are_others[one_known] = _is_nearer_to_another(parts, left[one_known], right[one_known])
        grades[are_others] = UNLIKE
        grades[is_settled & ~are_others] = SLIP
        is_settled |= are_others
    is_open = np.flatnonzero(~is_slip & ~is_settled & (shorter > _SHORTEST))
    likeness = cpdist(texts_l[is_open], texts_r[is_open], scorer=JaroWinkler.similarity, dtype=np.float32)
    grades[is_open[likeness >= _ALIKE_FROM]] = ALIKE
    return grades


def _is_swapped_within(parts: Parts, left: Ints, right: Ints, is_slip: Mask) -> Mask:
    """Return where two letters inside a name changed places: Maria and Maira are one name mistyped, though both exist."""
    sizes_l, sizes_r = parts.sizes[left], parts.sizes[right]
    may_be = (parts.letters[left] == parts.letters[right]) & (sizes_l == sizes_r) & (sizes_l >= _SHORTEST_SWAPPED)
    rows = np.flatnonzero(is_slip & may_be)
    texts_l, texts_r = parts.texts[left[rows]], parts.texts[right[rows]]
    result = np.zeros(len(left), dtype=bool)
    result[rows] = [
        one[-1] == other[-1] and one[0] == other[0] and OSA.distance(one, other) == 1 and Hamming.distance(one, other) == 2
        for one, other in zip(texts_l, texts_r, strict=True)
    ]
    return result


def _is_woman_and_man(texts_l: npt.NDArray[np.object_], texts_r: npt.NDArray[np.object_], are_unknown: Mask) -> Mask:
    """Return where given names differ by what makes a woman's of a man's: Stanislavo and Stanislava, Tovin and Tovina.

    Where one of two is a known name, the other may lack its last letter.
    """
    return np.array(
        [
            (one[:-1] == other[:-1] and one[-1] + other[-1] in {"ao", "oa"})
            or (is_free and (one + "a" == other or other + "a" == one))
            for one, other, is_free in zip(texts_l, texts_r, are_unknown.tolist(), strict=True)
        ],
        dtype=bool,
    )


def _is_nearer_to_another(parts: Parts, left: Ints, right: Ints) -> Mask:
    """Return where of a known given name and a misspelling two letters away the latter is one letter from another name.

    Francico is Francisco, and not Francisca.
    """
    is_left = parts.spoken[left] >= 0
    known, other = np.where(is_left, left, right), np.where(is_left, right, left)
    apart = cpdist(parts.texts[known], parts.texts[other], scorer=OSA.distance, score_cutoff=1, dtype=np.uint8)
    far = np.flatnonzero(apart > 1)
    result = np.zeros(len(left), dtype=bool)
    odd, position = np.unique(other[far], return_inverse=True)
    if len(odd):
        names = given_name_texts().to_pylist()
        distances = cdist(parts.texts[odd], names, scorer=OSA.distance, score_cutoff=1, dtype=np.uint8)
        has_near = np.asarray((distances <= 1).any(axis=1))
        result[far] = has_near[position]
    return result


def _is_short_form(parts: Parts, left: Ints, right: Ints) -> Mask:
    form_l, form_r = parts.forms[left], parts.forms[right]
    has_both = np.flatnonzero((form_l >= 0) & (form_r >= 0))
    result = np.zeros(len(left), dtype=bool)
    result[has_both] = parts.is_form[form_l[has_both], form_r[has_both]]
    return result
