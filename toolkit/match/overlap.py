"""What pairs of texts have in common: words that are equal, words that are spelled alike, and what is left over."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from toolkit.match.comparison import Floats, Ints
from toolkit.match.spelling import Spellings, likeness
from toolkit.match.words import WordColumn, Words, chunks_of_pairs, word_pairs


class Overlap(NamedTuple):
    """What each pair has in common, in bits.

    ``shared`` are the bits of equal words, and part of those of words spelled alike; ``over_l`` and ``over_r`` the bits
    of words that only one side has; ``rarest_l`` and ``rarest_r`` those of the rarest such word. ``is_exact`` tells whether
    no word is merely alike.
    """

    shared: Floats
    over_l: Floats
    over_r: Floats
    rarest_l: Floats
    rarest_r: Floats
    is_exact: npt.NDArray[np.bool_]


def overlaps(column: WordColumn, words: Words, known: Spellings, left: Ints, right: Ints) -> Overlap:
    """Return what each pair of texts has in common.

    Parameters
    ----------
    column
        The vocabulary with its bits.
    words
        The words of each text without repetition.
    known
        The spellings of the vocabulary.
    left, right
        Positions of the texts of each pair.
    """
    sizes_l, sizes_r = words.sizes[left], words.sizes[right]
    parts = [_overlap(column, words, known, left[chunk], right[chunk]) for chunk in chunks_of_pairs(sizes_l * sizes_r + 1)]
    if not parts:
        none = np.zeros(0, dtype=np.float64)
        return Overlap(none, none, none, none, none, none.astype(bool))
    return Overlap(*(np.concatenate(field) for field in zip(*parts, strict=True)))


def _overlap(column: WordColumn, words: Words, known: Spellings, left: Ints, right: Ints) -> Overlap:
    count = len(left)
    side_l, side_r = _Side.of(words, left), _Side.of(words, right)
    cross = word_pairs(words, left, right)
    place_l = side_l.places(cross.pair, cross.left - words.starts[left][cross.pair])
    place_r = side_r.places(cross.pair, cross.right - words.starts[right][cross.pair])
    ids_l, ids_r = words.ids[cross.left], words.ids[cross.right]
    equal = np.flatnonzero(ids_l == ids_r)
    side_l.is_open[place_l[equal]] = False
    side_r.is_open[place_r[equal]] = False
    shared = _sums(cross.pair[equal], column.bits[ids_l[equal]], count)
    rest = np.flatnonzero(side_l.is_open[place_l] & side_r.is_open[place_r])
    alike = likeness(known, ids_l[rest], ids_r[rest])
    rest, alike = rest[alike > 0], alike[alike > 0]
    strength = alike * np.minimum(column.bits[ids_l[rest]], column.bits[ids_r[rest]])
    # Both sides see the same order, so that a pair is worth the same the other way round.
    ties = column.hashes[ids_l[rest]] ^ column.hashes[ids_r[rest]]
    taken = _best_first(cross.pair[rest], place_l[rest], place_r[rest], strength, ties)
    side_l.is_open[place_l[rest[taken]]] = False
    side_r.is_open[place_r[rest[taken]]] = False
    shared += _sums(cross.pair[rest[taken]], strength[taken], count)
    is_exact = np.ones(count, dtype=bool)
    is_exact[cross.pair[rest[taken]]] = False
    over_l, rarest_l = side_l.left_over(column, words, left)
    over_r, rarest_r = side_r.left_over(column, words, right)
    return Overlap(shared, over_l, over_r, rarest_l, rarest_r, is_exact)


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

    def left_over(self, column: WordColumn, words: Words, texts: Ints) -> tuple[Floats, Floats]:
        """Return the bits of the words that stayed open, and of the rarest of them, by pair."""
        places = np.flatnonzero(self.is_open)
        pair = self.pair[places]
        bits = column.bits[words.ids[words.starts[texts][pair] + places - self.starts[pair]]]
        rarest = np.zeros(len(texts), dtype=np.float64)
        np.maximum.at(rarest, pair, bits)
        return _sums(pair, bits, len(texts)), rarest


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
