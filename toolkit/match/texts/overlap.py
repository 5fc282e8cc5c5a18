"""What pairs of texts have in common: words that are equal, words that are spelled alike, and what is left over."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from toolkit.match.comparison import Floats, Ints
from toolkit.match.texts.spelling import ROUGH, Spellings, likeness
from toolkit.match.texts.words import WordColumn, Words, chunks_of_pairs, word_pairs

Sorts = npt.NDArray[np.uint8]


class Wording(NamedTuple):
    """Texts made ready to be compared word by word.

    ``column`` has the vocabulary with its bits, ``words`` those of each text without repetition, ``known`` the spellings of
    the vocabulary and ``sorts`` one bit for each word of it: of what sort it is, as the caller tells them apart.
    """

    column: WordColumn
    words: Words
    known: Spellings
    sorts: Sorts


class Overlap(NamedTuple):
    """What each pair has in common, in bits.

    ``shared`` are the bits of equal words, and part of those of words spelled alike; ``over_l`` and ``over_r`` the bits
    of words that only one side has; ``sorts_l`` and ``sorts_r`` tell of what sorts those words are, a bit for each sort.
    ``is_rough`` tells where words were taken for one that are only roughly alike.
    """

    shared: Floats
    over_l: Floats
    over_r: Floats
    sorts_l: Sorts
    sorts_r: Sorts
    is_rough: npt.NDArray[np.bool_]


def overlaps(texts: Wording, left: Ints, right: Ints) -> Overlap:
    """Return what each pair of texts has in common.

    Parameters
    ----------
    texts
        Distinct texts as words.
    left, right
        Positions of the two texts of each pair.
    """
    costs = texts.words.sizes[left] * texts.words.sizes[right] + 1
    parts = [_overlap(texts, left[chunk], right[chunk]) for chunk in chunks_of_pairs(costs)]
    if not parts:
        none = np.zeros(0, dtype=np.float64)
        return Overlap(none, none, none, none.astype(np.uint8), none.astype(np.uint8), none.astype(bool))
    return Overlap(*(np.concatenate(field) for field in zip(*parts, strict=True)))


def _overlap(texts: Wording, left: Ints, right: Ints) -> Overlap:
    count, words = len(left), texts.words
    bits, hashes = texts.column.bits, texts.column.hashes
    side_l, side_r = _Side.of(words, left), _Side.of(words, right)
    cross = word_pairs(words, left, right)
    place_l = side_l.places(cross.pair, cross.left - words.starts[left][cross.pair])
    place_r = side_r.places(cross.pair, cross.right - words.starts[right][cross.pair])
    ids_l, ids_r = words.ids[cross.left], words.ids[cross.right]
    equal = np.flatnonzero(ids_l == ids_r)
    side_l.is_open[place_l[equal]] = False
    side_r.is_open[place_r[equal]] = False
    shared = _sums(cross.pair[equal], bits[ids_l[equal]], count)
    rest = np.flatnonzero(side_l.is_open[place_l] & side_r.is_open[place_r])
    alike = likeness(texts.known, ids_l[rest], ids_r[rest])
    rest, alike = rest[alike > 0], alike[alike > 0]
    strength = alike * np.minimum(bits[ids_l[rest]], bits[ids_r[rest]])
    # Both sides see the same order, so that a pair is worth the same the other way round.
    ties = hashes[ids_l[rest]] ^ hashes[ids_r[rest]]
    taken = _best_first(cross.pair[rest], place_l[rest], place_r[rest], strength, ties)
    side_l.is_open[place_l[rest[taken]]] = False
    side_r.is_open[place_r[rest[taken]]] = False
    shared += _sums(cross.pair[rest[taken]], strength[taken], count)
    is_rough = np.zeros(count, dtype=bool)
    is_rough[cross.pair[rest[taken]][alike[taken] == ROUGH]] = True
    over_l, sorts_l = side_l.left_over(texts, left)
    over_r, sorts_r = side_r.left_over(texts, right)
    return Overlap(shared, over_l, over_r, sorts_l, sorts_r, is_rough)


class _Side(NamedTuple):
    """One side's words, laid one pair after another; open until a word of the other side is found for them."""

    starts: Ints
    pair: Ints
    is_open: npt.NDArray[np.bool_]

    @classmethod
    def of(cls, words: Words, texts: Ints) -> "_Side":
        sizes = words.sizes[texts]
        pair = np.repeat(np.arange(len(texts)), sizes)
        return cls(np.cumsum(sizes) - sizes, pair, np.ones(len(pair), dtype=bool))

    def places(self, pair: Ints, position: Ints) -> Ints:
        return self.starts[pair] + position

    def left_over(self, texts: Wording, side: Ints) -> tuple[Floats, Sorts]:
        """Return the bits of the words that stayed open, and their sorts, by pair."""
        places = np.flatnonzero(self.is_open)
        pair = self.pair[places]
        ids = texts.words.ids[texts.words.starts[side][pair] + places - self.starts[pair]]
        found = np.zeros(len(side), dtype=np.uint8)
        for sort in (1, 2, 4):
            found[pair[texts.sorts[ids] == sort]] |= np.uint8(sort)
        return _sums(pair, texts.column.bits[ids], len(side)), found


def _sums(pair: Ints, bits: Floats, count: int) -> Floats:
    return np.bincount(pair, weights=bits, minlength=count).astype(np.float64)


def _best_first(pair: Ints, left: Ints, right: Ints, strength: Floats, ties: npt.NDArray[np.uint64]) -> Ints:
    """Return which couples of words are taken, the strongest first, so that each word is taken once."""
    order = np.lexsort((ties, -strength, pair))
    taken: list[Ints] = []
    while len(order):
        is_first_l, is_first_r = _is_first(left[order]), _is_first(right[order])
        chosen = order[is_first_l & is_first_r]
        taken.append(chosen)
        is_gone = np.isin(left[order], left[chosen]) | np.isin(right[order], right[chosen])
        order = order[~is_gone]
    return np.concatenate(taken) if taken else np.zeros(0, dtype=np.int64)


def _is_first(places: Ints) -> npt.NDArray[np.bool_]:
    result = np.zeros(len(places), dtype=bool)
    _, first = np.unique(places, return_index=True)
    result[first] = True
    return result
