"""Texts as numbers: the position of each among its distinct values in order, so that they can be joined, sorted, counted."""

from typing import NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.match.comparison import Floats, Ints

NONE = -1
Flags = npt.NDArray[np.bool_]
Column: TypeAlias = "pa.StringArray | pa.ChunkedArray"


class Coded(NamedTuple):
    """Distinct texts in order, and the position of each text among them; ``NONE`` is null."""

    texts: pa.StringArray
    code: Ints

    def code_of(self, texts: Column) -> Ints:
        """Return the positions of other texts; ``NONE`` for null and for what is not among them."""
        return positions(texts, self.texts)


def coded(column: Column) -> Coded:
    """Return the texts of a column as numbers that sort as the texts do.

    Examples
    --------
    >>> found = coded(pa.array(["b", "a", None, "b"]))
    >>> found.texts.to_pylist(), found.code.tolist()
    (['a', 'b'], [1, 0, -1, 1])
    """
    encoded = array_of(column).dictionary_encode()
    order = np.asarray(pc.sort_indices(encoded.dictionary), dtype=np.int64)
    rank = np.empty(len(order) + 1, dtype=np.int64)
    rank[order] = np.arange(len(order))
    rank[-1] = NONE
    return Coded(encoded.dictionary.take(pa.array(order)), rank[np.asarray(pc.fill_null(encoded.indices, len(order)))])


def positions(texts: Column, among: Column) -> Ints:
    """Return where each text stands among others, each of which is there once; ``NONE`` for null and for what is not there.

    Examples
    --------
    >>> positions(pa.array(["b", None, "c"]), pa.array(["a", "b"])).tolist()
    [1, -1, -1]
    """
    return _whole_numbers(pc.index_in(array_of(texts), value_set=array_of(among)))


def taken(texts: pa.Array, at: Ints) -> pa.Array:
    """Return the texts at some positions; null at ``NONE``."""
    return texts.take(pa.array(at, mask=at < 0))


def array_of(column: Column) -> pa.StringArray:
    """Return a column in one piece."""
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column


def known_numbers(column: pa.Array | pa.ChunkedArray) -> Floats:
    """Return a column of numbers; NaN is null."""
    filled = pc.fill_null(array_of(column).cast(pa.float64(), safe=False), np.nan)
    return np.asarray(filled, dtype=np.float64)


def flags(column: pa.Array | pa.ChunkedArray) -> Flags:
    """Return a column of flags; null is false."""
    return np.asarray(pc.fill_null(array_of(column), False), dtype=bool)


def firsts(*sorted_columns: Ints) -> Ints:
    """Return where a new combination begins in columns that are sorted by it.

    Examples
    --------
    >>> firsts(np.array([1, 1, 2]), np.array([0, 3, 3])).tolist(), firsts(np.array([1, 1, 2])).tolist()
    ([0, 1, 2], [0, 2])
    """
    is_first = np.zeros(len(sorted_columns[0]), dtype=bool)
    is_first[:1] = True
    for column in sorted_columns:
        is_first[1:] |= column[1:] != column[:-1]
    return np.flatnonzero(is_first)


def _whole_numbers(indices: pa.Array) -> Ints:
    return np.asarray(pc.fill_null(indices, NONE), dtype=np.int64)
