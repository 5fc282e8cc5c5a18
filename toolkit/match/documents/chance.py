"""What chance makes of the values that pairs agree in, kept for those pairs alone; and pairs looked at in steps.

Of a million documents there are ten million pairs, and few of them agree in more than the party.
"""

from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from toolkit.match.comparison import Floats

Places: TypeAlias = npt.NDArray[np.int32]

_PAIRS_AT_ONCE = 1 << 16


class ChanceBits(NamedTuple):
    """Of one fact, the pairs that agree in a value, in order, and the bits of chance: -log2 of how often the value meets."""

    at: Places
    bits: Floats

    def some(self, rows: slice) -> "ChanceBits":
        """Return those of consecutive pairs, numbered from the first of these."""
        # Asked in the same type: else all places would be copied for each question.
        own = slice(*np.searchsorted(self.at, np.array([rows.start, rows.stop], dtype=np.int32)).tolist())
        return ChanceBits(self.at[own] - np.int32(rows.start), self.bits[own])


def joined(parts: Sequence[ChanceBits]) -> ChanceBits:
    """Return the bits of one step of pairs after another.

    Examples
    --------
    >>> one = ChanceBits(np.array([3], dtype=np.int32), np.array([2.5]))
    >>> both = joined([one, ChanceBits(np.array([7], dtype=np.int32), np.array([1.0]))])
    >>> both.at.tolist(), both.some(slice(5, 9)).at.tolist(), joined([]).bits.tolist()
    ([3, 7], [2], [])
    """
    at, bits = zip(*parts, strict=True) if parts else ((), ())
    return ChanceBits(np.concatenate([np.zeros(0, dtype=np.int32), *at]), np.concatenate([np.zeros(0), *bits]))


def steps_of(count: int) -> list[slice]:
    """Return consecutive slices of pairs: what is reckoned on the way takes the memory of one of them.

    Examples
    --------
    >>> steps_of(100_000)
    [slice(0, 65536, None), slice(65536, 100000, None)]
    """
    return [slice(start, min(start + _PAIRS_AT_ONCE, count)) for start in range(0, count, _PAIRS_AT_ONCE)]
