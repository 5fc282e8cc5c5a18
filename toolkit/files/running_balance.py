"""Which way money went, from the balance that an account had after each line."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

Ints = np.ndarray[tuple[int, ...], np.dtype[np.int64]]


def signed_by_balance(minor: pa.Array, balance: pa.Array) -> pa.Array:
    """Return amounts with their signs turned where the balance moves against them, on most lines that show it.

    The newest line may stand first. Lines without an amount or a balance show nothing.

    Examples
    --------
    >>> signed_by_balance(pa.array([1960, 9367, -4000]), pa.array([48040, 38673, 42673])).to_pylist()
    [-1960, -9367, 4000]
    """
    rows = np.flatnonzero(pc.and_(pc.is_valid(minor), pc.is_valid(balance)).to_numpy(zero_copy_only=False))
    if len(rows) < 2:
        return minor
    amounts = minor.take(pa.array(rows)).to_numpy(zero_copy_only=False)
    steps = np.diff(balance.take(pa.array(rows)).to_numpy(zero_copy_only=False))
    forward, backward = _votes(steps, amounts[1:]), _votes(-steps, amounts[:-1])
    votes = forward if abs(forward) >= abs(backward) else backward
    return pc.negate(minor) if votes < 0 else minor


def _votes(steps: Ints, amounts: Ints) -> int:
    """Return how many steps of the balance are the amount, less those that are its opposite."""
    told = amounts != 0
    return int((steps == amounts)[told].sum()) - int((steps == -amounts)[told].sum())
