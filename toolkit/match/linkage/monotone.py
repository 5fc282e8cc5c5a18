"""Weights that never fall as agreement grows."""

import numpy as np

from toolkit.match.comparison import Floats


def rising_ratios(m: Floats, u: Floats) -> Floats:
    """Return the ratios of ``m`` to ``u`` that never fall with the level (pool adjacent violators).

    Examples
    --------
    >>> rising_ratios(np.array([0.1, 0.5, 0.4]), np.array([0.5, 0.25, 0.25])).round(2).tolist()
    [0.2, 1.8, 1.8]
    """
    tops: list[float] = []
    bottoms: list[float] = []
    sizes: list[int] = []
    for one, other in zip(m.tolist(), u.tolist(), strict=True):
        top, bottom, size = one, other, 1
        while tops and tops[-1] * bottom > top * bottoms[-1]:
            top, bottom, size = tops.pop() + top, bottoms.pop() + bottom, sizes.pop() + size
        tops.append(top)
        bottoms.append(bottom)
        sizes.append(size)
    ratios: list[float] = []
    for top, bottom, size in zip(tops, bottoms, sizes, strict=True):
        ratios += [top / bottom] * size
    return np.array(ratios, dtype=np.float64)
