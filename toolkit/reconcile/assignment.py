"""The one-to-one choice of pairs with the largest total, exact in every connected group, with ties told apart.

A tie is never settled by order: where another choice is as good within ``tie_margin``, the rows it would change are named.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Integers = npt.NDArray[np.int64]
Numbers = npt.NDArray[np.float64]

_MAX_EXACT_TIES = 400


@dataclass(frozen=True, slots=True)
class Assignment:
    """For each left row the right row chosen (-1: none), and whether an equally good choice would change it."""

    right_of: Integers
    is_tied: npt.NDArray[np.bool_]


def assignment(
    left: Integers,
    right: Integers,
    gain: Numbers,
    *,
    left_count: int,
    same_l: Integers,
    same_r: Integers,
    twin_r: Integers,
    tie_margin: float,
) -> Assignment:
    """Return the one-to-one choice of pairs that has the largest total gain.

    Parameters
    ----------
    left, right, gain
        The allowed pairs as rows of both sides, each once, with a positive gain.
    left_count
        Number of left rows.
    same_l, same_r
        A number per row; rows with equal numbers are interchangeable: swapping them is no other choice.
    twin_r
        The same for the right side, but for the date: a free twin of the row chosen is a second entry, not another choice.
    tie_margin
        Choices whose totals differ by less than this are equally good.

    Examples
    --------
    >>> rows = np.array([0, 0, 1]), np.array([0, 1, 0])
    >>> distinct = np.arange(2)
    >>> gain = np.array([5.0, 4.0, 3.0])
    >>> assignment(*rows, gain, left_count=2, same_l=distinct, same_r=distinct, twin_r=distinct, tie_margin=0.5).right_of
    array([1, 0])
    """
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    right_of = np.full(left_count, -1, dtype=np.int64)
    is_tied = np.zeros(left_count, dtype=bool)
    if len(left) == 0:
        return Assignment(right_of, is_tied)
    offset = left_count
    size = offset + int(right.max()) + 1
    graph = coo_array((np.ones(len(left)), (left, right + offset)), shape=(size, size))
    _, labels = connected_components(graph, directed=False)
    label = labels[left]
    order = np.lexsort((right, left, label))
    bounds = np.flatnonzero(np.diff(label[order])) + 1
    for group in np.split(order, bounds):
        rows_l, at_l = np.unique(left[group], return_inverse=True)
        rows_r, at_r = np.unique(right[group], return_inverse=True)
        gains = np.zeros((len(rows_l), len(rows_r)))
        gains[at_l.reshape(-1), at_r.reshape(-1)] = gain[group]
        chosen = _chosen(gains)
        tied = _tied(gains, chosen, same_l[rows_l], same_r[rows_r], twin_r[rows_r], tie_margin=tie_margin)
        right_of[rows_l] = np.where(chosen >= 0, rows_r[chosen], -1)
        is_tied[rows_l] = tied
    return Assignment(right_of, is_tied)


def _chosen(gains: Numbers) -> Integers:
    from scipy.optimize import linear_sum_assignment

    chosen = np.full(gains.shape[0], -1, dtype=np.int64)
    if gains.shape == (1, 1):
        chosen[0] = 0
        return chosen
    rows, columns = linear_sum_assignment(gains, maximize=True)
    is_real = gains[rows, columns] > 0
    chosen[rows[is_real]] = columns[is_real]
    return chosen


def _tied(
    gains: Numbers, chosen: Integers, same_l: Integers, same_r: Integers, twin_r: Integers, *, tie_margin: float
) -> npt.NDArray[np.bool_]:
    """Return which left rows lie on an exchange of pairs that costs less than the margin.

    The exchanges are the cycles of a graph over left rows plus two more nodes: a right row that is still free, and the
    state of having none. A cycle's length is what the exchange costs.
    """
    count = gains.shape[0]
    if gains.shape == (1, 1) or count > _MAX_EXACT_TIES:
        return np.zeros(count, dtype=bool)
    free, unpaired = count, count + 1
    cost = np.full((count + 2, count + 2), np.inf)
    is_paired = chosen >= 0
    own = np.where(is_paired, gains[np.arange(count), np.maximum(chosen, 0)], 0.0)
    is_free = np.ones(gains.shape[1], dtype=bool)
    is_free[chosen[is_paired]] = False
    for row in range(count):
        for other in np.flatnonzero(is_paired):
            is_swap = other != row and gains[row, chosen[other]] > 0
            is_same = is_paired[row] and (same_r[chosen[row]] == same_r[chosen[other]] or same_l[row] == same_l[other])
            if is_swap and not is_same:
                cost[row, other] = own[row] - gains[row, chosen[other]]
        if is_paired[row]:
            cost[unpaired, row] = np.inf
            cost[row, unpaired] = own[row]
            cost[free, row] = 0.0
            open_gains = np.where(is_free & (twin_r != twin_r[chosen[row]]), gains[row], 0.0)
            if open_gains.max(initial=0.0) > 0:
                cost[row, free] = own[row] - open_gains.max()
        else:
            cost[unpaired, row] = 0.0
    for via in range(count + 2):
        np.minimum(cost, cost[:, via, None] + cost[None, via, :], out=cost)
    result: npt.NDArray[np.bool_] = np.diagonal(cost)[:count] < tie_margin
    return result
