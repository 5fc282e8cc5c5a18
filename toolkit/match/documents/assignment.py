"""The one-to-one choice of pairs with the largest total, exact in every connected group, with ties told apart.

A tie is never settled by order: where another choice is as good within ``tie_margin``, the rows it would change are named.
"""

from dataclasses import dataclass

import numpy as np

from toolkit.compiled import compiled
from toolkit.match.clustering.components import components
from toolkit.match.comparison import Floats, Ints
from toolkit.match.documents.side import Flags

_MAX_EXACT_TIES = 400
_MAX_EXACT_CELLS = 4_000_000


@dataclass(frozen=True, slots=True)
class Assignment:
    """For each left row the right row chosen (-1: none), and whether an equally good choice would change it."""

    right_of: Ints
    is_tied: Flags


@dataclass(frozen=True, slots=True)
class _Alike:
    left: Ints
    right: Ints
    twin: Ints


def assignment(
    left: Ints,
    right: Ints,
    gain: Floats,
    *,
    left_count: int,
    same_l: Ints,
    same_r: Ints,
    twin_r: Ints,
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

    Notes
    -----
    In a group of more than some four million possible cells the best pairs are taken one after another; in such a one, and
    in one of more than 400 left rows, only exchanges of one or two pairs are looked at.

    Examples
    --------
    >>> rows = np.array([0, 0, 1]), np.array([0, 1, 0])
    >>> distinct = np.arange(2)
    >>> gain = np.array([5.0, 4.0, 3.0])
    >>> assignment(*rows, gain, left_count=2, same_l=distinct, same_r=distinct, twin_r=distinct, tie_margin=0.5).right_of
    array([1, 0])
    """
    right_of = np.full(left_count, -1, dtype=np.int64)
    is_tied = np.zeros(left_count, dtype=bool)
    if len(left) == 0:
        return Assignment(right_of, is_tied)
    size = left_count + int(right.max()) + 1
    # Pairs that share no row, not even by way of others, cannot disturb each other: each such group is solved by itself,
    # and most groups are one pair.
    label = components(size, left, right + left_count)[left]
    # In order of group, then left row: `_tied_by_exchange` looks pairs up by halving.
    order = np.lexsort((right, left, label))
    bounds = np.flatnonzero(np.concatenate([[True], np.diff(label[order]) != 0, [True]]))
    is_alone = np.diff(bounds) == 1
    alone = order[bounds[:-1][is_alone]]
    right_of[left[alone]] = right[alone]
    alike = _Alike(same_l, same_r, twin_r)
    for start, stop in zip(bounds[:-1][~is_alone].tolist(), bounds[1:][~is_alone].tolist(), strict=True):
        group = order[start:stop]
        _assign_group(left[group], right[group], gain[group], alike, right_of, is_tied, tie_margin=tie_margin)
    return Assignment(right_of, is_tied)


def _assign_group(  # noqa: PLR0917 - parallel columns
    left: Ints, right: Ints, gain: Floats, alike: _Alike, right_of: Ints, is_tied: Flags, *, tie_margin: float
) -> None:
    """Set the choice of one connected group of pairs, which are in order of their left rows."""
    rows_l, at_l = np.unique(left, return_inverse=True)
    rows_r, at_r = np.unique(right, return_inverse=True)
    # The exact way needs every cell of the group in memory, and time that grows with its cube.
    is_too_large = len(rows_l) * len(rows_r) > _MAX_EXACT_CELLS
    if is_too_large:
        chosen = _greedily_chosen(at_l, at_r, gain, len(rows_l), len(rows_r))
    else:
        # Zero stands for "not allowed": every allowed pair has a positive gain, so none is chosen over nothing.
        gains = np.zeros((len(rows_l), len(rows_r)))
        gains[at_l, at_r] = gain
        chosen = _chosen(gains)
    same = _Alike(alike.left[rows_l], alike.right[rows_r], alike.twin[rows_r])
    right_of[rows_l] = np.where(chosen >= 0, rows_r[chosen], -1)
    if is_too_large or len(rows_l) > _MAX_EXACT_TIES:
        is_tied[rows_l] = _tied_by_exchange(at_l, at_r, gain, chosen, same, tie_margin=tie_margin)
    else:
        is_tied[rows_l] = _tied(gains, chosen, same, tie_margin=tie_margin)


def _chosen(gains: Floats) -> Ints:
    linear_sum_assignment = compiled("scipy.optimize", "_lsap", "linear_sum_assignment")
    chosen = np.full(gains.shape[0], -1, dtype=np.int64)
    rows, columns = linear_sum_assignment(gains, maximize=True)
    is_real = gains[rows, columns] > 0
    chosen[rows[is_real]] = columns[is_real]
    return chosen


def _greedily_chosen(left: Ints, right: Ints, gain: Floats, count_l: int, count_r: int) -> Ints:
    """Return the best pairs one after another, for a group too large to weigh all choices."""
    chosen = [-1] * count_l
    is_taken = [False] * count_r
    order = np.lexsort((right, left, -gain))
    for row, other in zip(left[order].tolist(), right[order].tolist(), strict=True):
        if chosen[row] < 0 and not is_taken[other]:
            chosen[row] = other
            is_taken[other] = True
    return np.array(chosen, dtype=np.int64)


def _tied(gains: Floats, chosen: Ints, alike: _Alike, *, tie_margin: float) -> Flags:
    """Return which left rows lie on an exchange of pairs that costs less than the margin.

    The exchanges are the cycles of a graph over left rows plus two more nodes: a right row that is still free, and the
    state of having none. A cycle's length is what the exchange costs.
    """
    count = gains.shape[0]
    free, unpaired = count, count + 1
    cost = np.full((count + 2, count + 2), np.inf)
    is_paired = chosen >= 0
    own = np.where(is_paired, gains[np.arange(count), np.maximum(chosen, 0)], 0.0)
    is_free = np.ones(gains.shape[1], dtype=bool)
    is_free[chosen[is_paired]] = False
    pairs = np.flatnonzero(is_paired)
    # Rows without a partner read row 0 here; `is_paired` keeps that from counting.
    same_r, same_l = alike.right[np.maximum(chosen, 0)], alike.left
    taken_gain = gains[:, chosen[pairs]]
    is_same = is_paired[:, None] & ((same_r[:, None] == same_r[pairs]) | (same_l[:, None] == same_l[pairs]))
    cost[:count, pairs] = np.where((taken_gain > 0) & ~is_same, own[:, None] - taken_gain, np.inf)
    # To take what one has already is no exchange.
    cost[pairs, pairs] = np.inf
    # Giving the partner up costs all of its gain; a free right row costs nothing to leave, so paths through it begin there.
    cost[pairs, unpaired] = own[pairs]
    cost[free, pairs] = 0.0
    is_open = is_free & (alike.twin[None, :] != alike.twin[np.maximum(chosen, 0)][:, None])
    # Of all free partners only the best can make the cheapest exchange; a twin of one's own partner is a second entry.
    open_gain = np.where(is_open & is_paired[:, None], gains, 0.0).max(axis=1, initial=0.0)
    has_open = np.flatnonzero(open_gain > 0)
    cost[has_open, free] = own[has_open] - open_gain[has_open]
    cost[unpaired, np.flatnonzero(~is_paired)] = 0.0
    # Floyd and Warshall's shortest paths; the length of the shortest circle through a row stands on the diagonal.
    for via in range(count + 2):
        np.minimum(cost, cost[:, via, None] + cost[None, via, :], out=cost)
    return np.asarray(np.diagonal(cost)[:count] < tie_margin, dtype=bool)


def _tied_by_exchange(left: Ints, right: Ints, gain: Floats, chosen: Ints, alike: _Alike, *, tie_margin: float) -> Flags:
    """Return which left rows could take a free partner, take one from a row that has none then, or swap with another."""
    result = np.zeros(len(chosen), dtype=bool)
    base = np.int64(right.max() + 1)
    known = left * base + right
    owner_of = np.full(int(base), -1, dtype=np.int64)
    owner_of[chosen[chosen >= 0]] = np.flatnonzero(chosen >= 0)
    own = _gain_of(known, gain, np.arange(len(chosen)) * base + chosen)
    own[chosen < 0] = 0.0
    others = np.flatnonzero(chosen[left] != right)
    row, other, worth = left[others], right[others], gain[others]
    mine, owner = chosen[row], owner_of[other]
    is_twin = (mine >= 0) & (alike.twin[np.maximum(mine, 0)] == alike.twin[other])
    # Exchanges of one pair with nobody, of one pair between two rows, and of two pairs: longer circles are not looked for in
    # groups of this size, where they would cost the cube.
    to_free = (owner < 0) & ~is_twin & (own[row] - worth < tie_margin)
    from_owner = (owner >= 0) & (mine < 0) & (own[np.maximum(owner, 0)] - worth < tie_margin)
    is_same = (alike.right[np.maximum(mine, 0)] == alike.right[other]) | (
        alike.left[row] == alike.left[np.maximum(owner, 0)]
    )
    back = _gain_of(known, gain, np.maximum(owner, 0) * base + np.maximum(mine, 0))
    swapped = (owner >= 0) & (mine >= 0) & ~is_same & (back > 0)
    swapped &= own[row] + own[np.maximum(owner, 0)] - worth - back < tie_margin
    result[row[to_free | from_owner | swapped]] = True
    result[owner[from_owner | swapped]] = True
    return result


def _gain_of(known: Ints, gain: Floats, pairs: Ints) -> Floats:
    """Return the gain of pairs among the known ones in order; 0 where they are not among them."""
    at = np.minimum(np.searchsorted(known, pairs), len(known) - 1)
    return np.where(known[at] == pairs, gain[at], 0.0)
