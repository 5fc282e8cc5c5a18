"""Whole columns of cells: what is plain is worked on at once, what is unusual by the function for one value."""

from collections.abc import Callable

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.values.text import MAX_COMPARED_CHARACTERS, in_parts

_JUDGED_ROWS, _FEW_ROWS = 5_000, 50_000
_MANY_DIFFERENT = 0.9


def of_distinct(values: pa.StringArray, judge: Callable[[pa.StringArray], pa.StringArray]) -> pa.StringArray:
    """Return ``judge`` of a column, worked out for distinct cells only, on all cores; null stays null.

    What ``judge`` gives for a cell depends on nothing but that cell.

    Examples
    --------
    >>> of_distinct(pa.array(["a", None, "a"]), pc.utf8_upper).to_pylist()
    ['A', None, 'A']
    """
    encoded = values.dictionary_encode()
    return in_parts(encoded.dictionary, judge).take(encoded.indices)


def encoded(values: pa.Array) -> tuple[pa.Array, pa.Array]:
    """Return values to work on and the place of each row's among them, null for a null.

    They are the distinct ones, but for a column in which nearly every row has another value: there all, which saves
    telling them apart.

    Examples
    --------
    >>> distinct, indices = encoded(pa.array(["a", None, "a"]))
    >>> distinct.to_pylist(), indices.to_pylist()
    (['a'], [0, None, 0])
    """
    head = values.slice(0, _JUDGED_ROWS)
    if len(values) > _FEW_ROWS and pc.count_distinct(head).as_py() > _MANY_DIFFERENT * len(head):
        is_valid = values.is_valid().to_numpy(zero_copy_only=False)
        return pc.drop_null(values), pa.array(np.cumsum(is_valid) - 1, pa.int64(), mask=~is_valid)
    found = values.dictionary_encode()
    return found.dictionary, found.indices


def each_text(values: pa.StringArray, judge: Callable[[str], str | None]) -> pa.StringArray:
    """Return ``judge`` of each distinct cell, one by one; null stays null.

    Examples
    --------
    >>> each_text(pa.array(["a", None, "a"]), str.upper).to_pylist()
    ['A', None, 'A']
    """
    return of_distinct(values, lambda distinct: pa.array([judge(value) for value in distinct.to_pylist()], pa.string()))


def with_unusual(
    values: pa.StringArray, plain: pa.StringArray, is_plain: pa.BooleanArray, judge: Callable[[str], str | None]
) -> pa.StringArray:
    """Return ``plain`` where a cell is plain, and ``judge`` of the cell where it is not; null stays null.

    A cell so long that only its beginning is compared is never plain.

    Parameters
    ----------
    values
        The cells.
    plain
        What the cells become that are plain.
    is_plain
        Which are.
    judge
        What any other cell becomes; None is null.

    Examples
    --------
    >>> values = pa.array(["1", "one"])
    >>> with_unusual(values, values, pc.utf8_is_digit(values), str.upper).to_pylist()
    ['1', 'ONE']
    """
    is_short = pc.less_equal(pc.binary_length(values), MAX_COMPARED_CHARACTERS)
    is_unusual = pc.invert(pc.fill_null(pc.and_(is_plain, is_short), True))
    unusual = values.filter(is_unusual)
    return pc.replace_with_mask(plain, is_unusual, each_text(unusual, judge)) if len(unusual) else plain
