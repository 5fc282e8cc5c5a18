"""Whole columns of cells: what is plain is worked on at once, what is unusual by the function for one value."""

from collections.abc import Callable

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.values.text import MAX_COMPARED_CHARACTERS


def of_distinct(values: pa.StringArray, judge: Callable[[pa.StringArray], pa.StringArray]) -> pa.StringArray:
    """Return ``judge`` of a column, worked out for distinct cells only; null stays null.

    Examples
    --------
    >>> of_distinct(pa.array(["a", None, "a"]), pc.utf8_upper).to_pylist()
    ['A', None, 'A']
    """
    encoded = values.dictionary_encode()
    return judge(encoded.dictionary).take(encoded.indices)


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
