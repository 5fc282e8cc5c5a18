"""Who made a thing: the authors of a paper, the artists of a song. Initials, order and "et al." are form.

The same people made many things, so that they find neighbours as well as the thing itself.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.match.comparison import Columns, Comparison, Ints, Keys, Levels, keys_where, no_keys
from toolkit.match.hashing import Hashes, tagged, text_hashes
from toolkit.match.texts.words import Words, chunks_of_pairs, word_column, word_pairs
from toolkit.values import people_list

LEVELS = ("nobody in common", "somebody in common", "all of the shorter list", "same people")
_NOBODY, _SOME, _SHORTER, _SAME = range(1, 5)


class Lists(NamedTuple):
    """Distinct lists: the people of each, and family name and initial of each distinct one (-1: not told).

    ``counts`` tells how many a list names, ``is_cut`` whether it says that there are more.
    """

    words: Words
    families: Ints
    initials: Ints
    counts: Ints
    is_cut: npt.NDArray[np.bool_]
    hashes: Hashes


def standardised(columns: Columns) -> pa.StringArray:
    """Return the people of each cell as family names with initials."""
    return people_list.standardised(columns["people"])


def prepared(values: pa.StringArray, word_counts: object = None) -> Lists:  # noqa: ARG001 - people do not count
    """Return distinct lists taken apart into people."""
    column = word_column(values)
    parts = pc.extract_regex(column.vocabulary, "^(?P<family>[^:]*):?(?P<initial>.*)$")
    families, initials = (parts.field(name).dictionary_encode() for name in ("family", "initial"))
    more = families.dictionary.index(people_list.MORE).as_py()
    unknown = initials.dictionary.index("").as_py()
    family = np.asarray(families.indices, dtype=np.int64)
    initial = np.asarray(initials.indices, dtype=np.int64)
    is_more = (family == more)[column.words.ids]
    size = len(values)
    cut = np.bincount(column.words.owners, weights=is_more, minlength=size)
    return Lists(
        column.words,
        np.where(family == more, -1, family),
        np.where(initial == unknown, -1, initial),
        (column.words.sizes - cut).astype(np.int64),
        cut > 0,
        text_hashes(values),
    )


def graded(lists: Lists, left: Ints, right: Ints) -> Levels:
    """Return the level of each pair of distinct lists.

    Parameters
    ----------
    lists
        What ``prepared`` made of the distinct values.
    left, right
        Positions of the two values of each pair.
    """
    common = np.zeros(len(left), dtype=np.int64)
    for chunk in chunks_of_pairs(lists.words.sizes[left] * lists.words.sizes[right]):
        pairs = word_pairs(lists.words, left[chunk], right[chunk])
        one, other = lists.words.ids[pairs.left], lists.words.ids[pairs.right]
        initial_l, initial_r = lists.initials[one], lists.initials[other]
        may_be_one = (initial_l == initial_r) | (initial_l < 0) | (initial_r < 0)
        is_one = (lists.families[one] == lists.families[other]) & (lists.families[one] >= 0) & may_be_one
        common[chunk] = np.bincount(pairs.pair[is_one], minlength=chunk.stop - chunk.start)
    count_l, count_r = lists.counts[left], lists.counts[right]
    result = np.where(common > 0, _SOME, _NOBODY).astype(np.uint8)
    result[(common > 0) & (common >= np.minimum(count_l, count_r))] = _SHORTER
    result[(common > 0) & (common >= np.maximum(count_l, count_r)) & ~lists.is_cut[left] & ~lists.is_cut[right]] = _SAME
    result[left == right] = _SAME
    return result


def narrow(lists: Lists) -> Keys:
    """Return the whole list."""
    return keys_where(tagged("people", lists.hashes), lists.counts > 0)


COMPARISON = Comparison(
    name="people",
    reads=("people",),
    facet="contact",
    levels=LEVELS,
    m=(0.05, 0.07, 0.12, 0.76),
    by_place=(0.40, 0.25, 0.10, 0.25),
    by_name=(0.40, 0.06, 0.09, 0.45),
    u=(0.984, 0.012, 0.002, 0.002),
    standardised=standardised,
    prepared=prepared,
    graded=graded,
    narrow=narrow,
    broad=no_keys,
)
