"""Sizes and numbers of a thing (volume, length, screen, generation, pack), from its title or what is said of it.

The same dimension with another number is another article; what only one of two titles tells says nothing, but for a pack:
"6 x 330 ml" is not "330 ml". "2 x 500 ml" and "1 l" are as much, but not one article: they neither agree nor contradict.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.match.comparison import Columns, Comparison, Floats, Ints, Levels, no_keys
from toolkit.match.texts.words import Words, chunks_of_pairs, word_column, word_pairs
from toolkit.values import product_measures

LEVELS = (
    "a size or number differs, and none agrees",
    "one differs, another agrees",
    "they tell different things",
    "one agrees",
    "two agree",
    "three or more agree",
)
_DIFFERENT, _MIXED, _OTHER = range(1, 4)

_TOLERANCE = 0.006
"""A screen of 32 inch is sold as one of 81 cm, a pound as 454 g."""
_ALL, _PACK = "all-", "pack"


class Measures(NamedTuple):
    """Distinct cells: the measures of each, and dimension, number (as far as it is one) and text of each distinct measure.

    ``dimensions`` and ``texts`` are positions in lists of their own; ``total_of`` is the dimension that a measure is the
    total of, over all pieces of a pack; -1 for most. ``has_pack`` tells cells that name a pack, ``is_counted`` dimensions of
    which several pieces are sold together, ``is_converted`` those that are told in several units.
    """

    words: Words
    dimensions: Ints
    numbers: Floats
    texts: Ints
    total_of: Ints
    has_pack: npt.NDArray[np.bool_]
    is_counted: npt.NDArray[np.bool_]
    is_converted: npt.NDArray[np.bool_]


def standardised(columns: Columns) -> pa.StringArray:
    """Return the measures of each record: those of its columns of sizes, then what else its title tells, then its text."""
    own, *others = (product_measures.standardised(columns[kind]) for kind in ("feature", "title", "text") if kind in columns)
    for more in others:
        pairs = zip(own.to_pylist(), more.to_pylist(), strict=True)
        own = pa.array([_with_more(one, other) for one, other in pairs], pa.string())
    return own


def _with_more(one: str | None, more: str | None) -> str | None:
    if one is None or more is None:
        return one or more
    told = {measure.partition(":")[0] for measure in one.split()}
    return " ".join([one, *(measure for measure in more.split() if measure.partition(":")[0] not in told)])


def prepared(values: pa.StringArray, word_counts: object = None) -> Measures:  # noqa: ARG001 - measures do not count
    """Return distinct cells taken apart into measures."""
    column = word_column(values)
    parts = pc.extract_regex(column.vocabulary, "^(?P<dimension>[^:]*):?(?P<number>.*)$")
    dimension, number = parts.field("dimension"), parts.field("number")
    names = dimension.dictionary_encode()
    known = names.dictionary.to_pylist()
    totals = {place: known.index(name.removeprefix(_ALL)) for place, name in enumerate(known)
              if name.startswith(_ALL) and name.removeprefix(_ALL) in known}  # fmt: skip
    dimensions = np.asarray(names.indices, dtype=np.int64)
    is_pack = np.asarray(pc.equal(dimension, _PACK), dtype=bool)
    is_number = pc.match_substring_regex(number, r"^\d+(?:\.\d+)?(?:e[+-]?\d+)?$")
    return Measures(
        column.words,
        dimensions,
        np.asarray(pc.fill_null(pc.cast(pc.if_else(is_number, number, None), pa.float64()), -1.0), dtype=np.float64),
        np.asarray(number.dictionary_encode().indices, dtype=np.int64),
        np.array([totals.get(place, -1) for place in dimensions.tolist()], dtype=np.int64),
        np.bincount(column.words.owners, weights=is_pack[column.words.ids], minlength=len(values)) > 0,
        np.isin(known, sorted(product_measures.COUNTED)),
        np.isin([name.removeprefix(_ALL) for name in known], sorted(product_measures.CONVERTED)),
    )


def graded(values: Measures, left: Ints, right: Ints) -> Levels:
    """Return the level of each pair of cells.

    Parameters
    ----------
    values
        What ``prepared`` made of the distinct values.
    left, right
        Positions of the two values of each pair.
    """
    result = np.full(len(left), _OTHER, dtype=np.uint8)
    for chunk in chunks_of_pairs(values.words.sizes[left] * values.words.sizes[right] + len(values.is_counted)):
        result[chunk] = _graded_chunk(values, left[chunk], right[chunk])
    return result


def _graded_chunk(values: Measures, left: Ints, right: Ints) -> Levels:
    count = max(len(values.is_counted), 1)
    pairs = word_pairs(values.words, left, right)
    one, other = values.words.ids[pairs.left], values.words.ids[pairs.right]
    dim_l, dim_r = values.dimensions[one], values.dimensions[other]
    number_l, number_r = values.numbers[one], values.numbers[other]
    is_near = (np.abs(number_l - number_r) <= _TOLERANCE * np.maximum(number_l, number_r)) & values.is_converted[dim_l]
    is_equal = (values.texts[one] == values.texts[other]) | is_near
    is_shared = dim_l == dim_r

    def where(mask: npt.NDArray[np.bool_], dimension: Ints) -> npt.NDArray[np.bool_]:
        cells = np.zeros(len(left) * count, dtype=bool)
        cells[pairs.pair[mask] * count + dimension[mask]] = True
        return cells.reshape(len(left), count)

    def unmet(side: Ints, place: Ints, dimension: Ints) -> npt.NDArray[np.bool_]:
        """Return in which dimensions a side has a measure that the other, which has some too, has not."""
        ends = np.cumsum(values.words.sizes[side])
        word = (ends - values.words.sizes[side])[pairs.pair] + place - values.words.starts[side][pairs.pair]
        is_met = np.zeros(int(ends[-1]) if len(ends) else 0, dtype=bool)
        is_met[word[is_shared & is_equal]] = True
        return where(is_shared & ~is_met[word], dimension)

    agrees = where(is_shared & is_equal, dim_l)
    # As much in all, in other pieces: no contradiction of the pieces.
    excused = where((values.total_of[one] == dim_r) & is_equal, dim_r)
    excused |= where((values.total_of[other] == dim_l) & is_equal, dim_l)
    is_total = np.zeros(count, dtype=bool)
    is_total[values.dimensions[values.total_of >= 0]] = True
    # A title that names 6.0 and 2 is not one that names 6.0 and 3; one that names 6.0 alone may be either.
    differs = unmet(left, pairs.left, dim_l) & unmet(right, pairs.right, dim_r) & ~excused & ~is_total
    agreeing, differing = (agrees & ~is_total).sum(axis=1), differs.any(axis=1)
    result = (_OTHER + np.minimum(agreeing, len(LEVELS) - _OTHER)).astype(np.uint8)
    # The pieces are alike, and only one side sells several of them.
    differing |= (values.has_pack[left] != values.has_pack[right]) & (agrees & values.is_counted).any(axis=1)
    result[differing] = np.where(agreeing[differing] > 0, _MIXED, _DIFFERENT)
    return np.asarray(result, dtype=np.uint8)


COMPARISON = Comparison(
    name="size and number",
    reads=("feature", "title"),
    facet="variant",
    levels=LEVELS,
    m=(0.04, 0.05, 0.35, 0.38, 0.13, 0.05),
    by_place=(0.45, 0.10, 0.33, 0.10, 0.015, 0.005),
    by_name=(0.32, 0.18, 0.25, 0.18, 0.05, 0.02),
    u=(0.46, 0.06, 0.36, 0.105, 0.013, 0.002),
    standardised=standardised,
    prepared=prepared,
    graded=graded,
    narrow=no_keys,
    broad=no_keys,
    reads_beside=("text",),
    most_for=(0, 0, 0.5, 2, 6, 12),
)
