"""One-to-one links between systems: exact assignment inside ambiguous components; ties are reported, not guessed."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from toolkit.compiled import compiled
from toolkit.match.clustering.components import components
from toolkit.match.comparison import Floats, Ints

_TIE_BITS = 0.05
_MAX_ASSIGNED = 2_000

Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Links:
    """Which pairs are linked, and which would be but for an equally good other choice."""

    is_linked: Flags
    is_tied: Flags


def one_to_one_links(count: int, left: Ints, right: Ints, weight: Floats, *, min_weight: float) -> Links:
    """Return the links of highest total weight in which no node occurs twice.

    Parameters
    ----------
    count
        Number of nodes of both sides together.
    left, right
        Nodes of each pair; a node is on one side only.
    weight
        Match weight in bits.
    min_weight
        Pairs below are never linked.
    """
    strong = np.flatnonzero(weight >= min_weight)
    linked = np.zeros(len(weight), dtype=bool)
    component = components(count, left[strong], right[strong])
    own = component[left[strong]]
    is_alone = np.bincount(own, minlength=count)[own] == 1
    linked[strong[is_alone]] = True
    order = np.flatnonzero(~is_alone)[np.argsort(own[~is_alone], kind="stable")]
    bounds = np.flatnonzero(np.concatenate([[True], np.diff(own[order]) != 0, [True]])) if len(order) else order
    for a, b in pairwise(bounds):
        linked[_assigned(left, right, weight, strong[order[a:b]], min_weight)] = True
    is_tied = _tied(count, left, right, weight, linked, strong)
    return Links(linked & ~is_tied, is_tied)


def _assigned(left: Ints, right: Ints, weight: Floats, pairs: Ints, min_weight: float) -> Ints:
    linear_sum_assignment = compiled("scipy.optimize", "_lsap", "linear_sum_assignment")
    nodes_l, rows = np.unique(left[pairs], return_inverse=True)
    nodes_r, columns = np.unique(right[pairs], return_inverse=True)
    if max(len(nodes_l), len(nodes_r)) > _MAX_ASSIGNED:
        return _greedy(left, right, weight, pairs)
    # Every pair is worth more than none, so the gain over the threshold is what counts.
    gain = np.zeros((len(nodes_l), len(nodes_r)))
    gain[rows, columns] = weight[pairs] - min_weight + 1e-6
    position = np.full(gain.shape, -1, dtype=np.int64)
    position[rows, columns] = pairs
    chosen = position[linear_sum_assignment(gain, maximize=True)]
    return np.asarray(chosen[chosen >= 0], dtype=np.int64)


def _greedy(left: Ints, right: Ints, weight: Floats, pairs: Ints) -> Ints:
    """Return links taken best first, for a component too large for exact assignment."""
    used: set[int] = set()
    chosen = []
    for pair in pairs[np.lexsort((pairs, -weight[pairs]))].tolist():
        ends = {int(left[pair]), int(right[pair])}
        if used.isdisjoint(ends):
            used |= ends
            chosen.append(pair)
    return np.array(chosen, dtype=np.int64)


def _tied(  # noqa: PLR0917 - parallel columns
    count: int, left: Ints, right: Ints, weight: Floats, linked: Flags, strong: Ints
) -> Flags:
    """Return linked pairs with an alternative as good whose other end is free, and those alternatives."""
    taken = np.full(count, -np.inf)
    taken[left[linked]] = weight[linked]
    taken[right[linked]] = weight[linked]
    is_tied = np.zeros(len(weight), dtype=bool)
    tied_nodes = np.zeros(count, dtype=bool)
    for near, far in ((left, right), (right, left)):
        rivals = strong[~linked[strong]]
        is_rival = np.isneginf(taken[far[rivals]]) & (weight[rivals] >= taken[near[rivals]] - _TIE_BITS)
        is_tied[rivals[is_rival]] = True
        tied_nodes[near[rivals[is_rival]]] = True
    is_tied |= linked & (tied_nodes[left] | tied_nodes[right])
    return is_tied
