"""Two amount columns as one: credit less debit, or a total less what is still open.

Amounts are int64 minor units, null where a cell is empty.
"""

import pyarrow as pa
import pyarrow.compute as pc

# Of a debit and a credit column each row fills one; a few corrections may fill both.
_MAX_SHARE_OF_BOTH = 0.2


def difference(main: pa.Array, less: pa.Array) -> pa.Array:
    """Return ``main - less`` row by row, null where both are empty.

    Where rows fill the one or the other, they are two sides of an account: money of the second goes off, whatever sign its
    column carries. Of a column with both signs, the rare one is a reversal.

    Examples
    --------
    >>> difference(pa.array([100, None, 0]), pa.array([None, -30, -5])).to_pylist()
    [100, -30, -5]
    >>> difference(pa.array([100, 50]), pa.array([20, 50])).to_pylist()
    [80, 0]
    """
    is_main = pc.fill_null(pc.not_equal(main, 0), False)
    is_less = pc.fill_null(pc.not_equal(less, 0), False)
    both, filled = (pc.sum(flags).as_py() or 0 for flags in (pc.and_(is_main, is_less), is_less))
    if filled and both <= _MAX_SHARE_OF_BOTH * filled:
        main, less = _unsigned(main), _unsigned(less)
    result = pc.subtract(pc.fill_null(main, 0), pc.fill_null(less, 0))
    is_empty = pc.and_(pc.is_null(main), pc.is_null(less))
    return pc.if_else(is_empty, pa.scalar(None, pa.int64()), result)


def _unsigned(side: pa.Array) -> pa.Array:
    """Return the amounts with their signs turned where the column writes most of them below zero."""
    below, above = (pc.sum(compare(side, 0)).as_py() or 0 for compare in (pc.less, pc.greater))
    return pc.negate(side) if below > above else side
