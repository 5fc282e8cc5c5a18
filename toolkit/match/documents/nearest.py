"""Documents of one code that lie near each other in time: the same party, the same amount."""

import numpy as np

from toolkit.match.comparison import Ints
from toolkit.match.documents.side import NO_DAY
from toolkit.match.texts.words import rows_of

EARLIEST_DAYS, LATEST_DAYS = -21, 200
NO_CODE = -1
# Some of them lie before the day itself.
_NEXT = 8


def nearest(day_l: Ints, day_r: Ints, code_l: Ints, code_r: Ints, *, most: int) -> tuple[Ints, Ints]:
    """Return for each left row the rows of its code within the window, at most ``most``, from its own day on.

    Rows of one code and day start one after another, so that a thousand alike do not all meet the same few.

    Parameters
    ----------
    day_l, day_r
        Days of both sides.
    code_l, code_r
        What must be equal; ``NO_CODE`` equals nothing.
    most
        So many for each left row.
    """
    rows_l = np.flatnonzero((code_l != NO_CODE) & (day_l != NO_DAY))
    rows_r = np.flatnonzero((code_r != NO_CODE) & (day_r != NO_DAY))
    if not len(rows_l) or not len(rows_r):
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    # Code and day in one number: rows of one code stand together, in order of day, and a window is one slice.
    first = int(min(day_l[rows_l].min() + EARLIEST_DAYS, day_r[rows_r].min()))
    span = np.int64(max(day_l[rows_l].max() + LATEST_DAYS, day_r[rows_r].max()) - first + 1)
    keys_r = code_r[rows_r] * span + day_r[rows_r] - first
    order_r = np.argsort(keys_r, kind="stable")
    keys_r, rows_r = keys_r[order_r], rows_r[order_r]
    keys_l = code_l[rows_l] * span + day_l[rows_l] - first
    order_l = np.argsort(keys_l, kind="stable")
    keys_l, rows_l = keys_l[order_l], rows_l[order_l]
    start = np.searchsorted(keys_r, keys_l + EARLIEST_DAYS, "left")
    stop = np.searchsorted(keys_r, keys_l + LATEST_DAYS, "right")
    # The second of two alike begins one partner further on: equal fees of every month would else all meet the first twelve.
    rank = np.arange(len(keys_l)) - np.searchsorted(keys_l, keys_l, "left")
    own_day = np.searchsorted(keys_r, keys_l, "left") + rank - most // 4
    begin = np.where(stop - start > most, np.clip(own_day, start, np.maximum(stop - most, start)), start)
    owner, at = rows_of(begin, np.minimum(stop - begin, most))
    return rows_l[owner], rows_r[at]


def next_of_code(day_l: Ints, day_r: Ints, code_l: Ints, code_r: Ints) -> tuple[Ints, Ints]:
    """Return each left row with the first right row of its code from its own day on, within the window.

    Parameters
    ----------
    day_l, day_r
        Days of both sides.
    code_l, code_r
        What must be equal; ``NO_CODE`` equals nothing.
    """
    rows_l, rows_r = nearest(day_l, day_r, code_l, code_r, most=_NEXT)
    later = np.flatnonzero(day_r[rows_r] >= day_l[rows_l])
    order = later[np.lexsort((day_r[rows_r[later]], rows_l[later]))]
    is_first = np.ones(len(order), dtype=bool)
    is_first[1:] = rows_l[order][1:] != rows_l[order][:-1]
    return rows_l[order[is_first]], rows_r[order[is_first]]
