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
    blocks: list[list[float]] = []
    for share_m, share_u in zip(m.tolist(), u.tolist(), strict=True):
        blocks.append([share_m, share_u, 1])
        while len(blocks) > 1 and blocks[-2][0] * blocks[-1][1] > blocks[-1][0] * blocks[-2][1]:
            last = blocks.pop()
            blocks[-1] = [a + b for a, b in zip(blocks[-1], last, strict=True)]
    return np.repeat([block[0] / block[1] for block in blocks], [int(block[2]) for block in blocks])
