"""Several amounts that add up exactly to one: a small search over all choices, with how likely a chance hit is."""

from functools import cache
from typing import NamedTuple

import numpy as np

from toolkit.match.comparison import Floats, Ints
from toolkit.match.documents.amounts import roundness

MAX_PARTS = 12
"""Among so many amounts, the likeliest first, every choice is tried."""


class Sum(NamedTuple):
    """Positions of the parts in the order given, and in bits how unlikely some choice hits the total by chance."""

    parts: tuple[int, ...]
    bits: float


def exact_sums(total: float, amounts: Floats) -> list[Sum]:
    """Return every choice of two or more amounts that adds up to the total.

    A total in round figures is hit by chance more often, and the more choices there are, the sooner one fits.

    Parameters
    ----------
    total
        Minor units.
    amounts
        Minor units with the sign of the total, each of a size below it; only the first ``MAX_PARTS`` are tried.

    Examples
    --------
    >>> [one.parts for one in exact_sums(10_000.0, np.array([6_150.0, 3_850.0, 700.0]))]
    [(0, 1)]
    >>> [one.parts for one in exact_sums(300.0, np.array([100.0, 200.0, 200.0]))]
    [(0, 1), (0, 2)]
    """
    tried = amounts[:MAX_PARTS]
    choices = _choices(len(tried))
    # Whole minor units as floats: their sums are exact, and equality needs no tolerance.
    fitting = choices[choices @ tried == total]
    if not len(fitting):
        return []
    step = float(roundness(np.append(tried, total)).min())
    span = max(abs(total), float(np.abs(tried).sum()))
    # Chance: so many choices, spread over so many different totals that amounts of this roundness can make.
    bits = float(np.log2(max(span / step, 1.0) / len(choices)))
    return [Sum(tuple(np.flatnonzero(one).tolist()), bits) for one in fitting]


@cache
def _choices(count: int) -> Ints:
    """Return every choice of two or more of ``count`` things, smaller choices first."""
    numbers = np.arange(2**count)
    chosen = (numbers[:, None] >> np.arange(count)[None, :]) & 1
    sizes = chosen.sum(axis=1)
    order = np.argsort(sizes, kind="stable")
    return np.asarray(chosen[order][sizes[order] >= 2], dtype=np.int64)
