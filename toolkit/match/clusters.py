"""Clusters: records held to be one party.

Components of strong pairs first, then average linkage inside each, so that a chain (A like B, B like C, A unlike
C) breaks. What
a person or a rule keeps apart never meets in a cluster, through chains too; what a person held to be the same
stays together.
"""

from collections.abc import Callable, Iterable
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from toolkit.match.comparison import Floats, Ints

Weights = Callable[[Ints, Ints], Floats]
"""Match weights of pairs of nodes, in bits; minus infinity where they must stay apart."""

MAX_LINKED = 600
"""Nodes of a component beyond which weaker pairs are cut before linkage."""

_CLIP_BITS = 10.0
_APART = 1e7
_CERTAIN_BITS = 30.0


def clusters_of(
    count: int,
    left: Ints,
    right: Ints,
    weight: Floats,
    weights_between: Weights,
    *,
    min_weight: float,
    same: Iterable[tuple[int, int]] = (),
    apart: Iterable[tuple[int, int]] = (),
) -> Ints:
    """Return the cluster of each node: the smallest node in it.

    Parameters
    ----------
    count
        Number of nodes.
    left, right, weight
        Scored pairs, weights in bits.
    weights_between
        Weights of any pairs, asked for within ambiguous components.
    min_weight
        Pairs from this weight on hold a cluster together.
    same, apart
        Pairs that a person decided; ``same`` must not contradict ``apart``.
    """
    must = list(same)
    cannot = list(apart)
    strong = weight >= min_weight
    edges_l = np.concatenate([left[strong], np.array([a for a, _ in must], dtype=np.int64)])
    edges_r = np.concatenate([right[strong], np.array([b for _, b in must], dtype=np.int64)])
    bits = np.concatenate([weight[strong], np.full(len(must), np.inf)])
    component = components(count, edges_l, edges_r)
    component = _cut_large(component, edges_l, edges_r, bits, min_weight)
    result = np.arange(count)
    fixed = components(count, *_columns(must))
    cannot_l, cannot_r = _columns(cannot)
    is_free = np.ones(count, dtype=bool)
    is_free[np.concatenate([cannot_l, cannot_r])] = False
    whole, members_of = _whole_and_open(component, edges_l, edges_r, is_free)
    result[whole] = smallest_members(component)[whole]
    huge = [members for members in members_of if len(members) > MAX_LINKED]
    members_of = [members for members in members_of if len(members) <= MAX_LINKED]
    for members in huge:
        inside = np.isin(edges_l, members) & np.isin(edges_r, members)
        result[members] = _joined(members, edges_l[inside], edges_r[inside], bits[inside], cannot)
    asked_l, asked_r = _all_pairs(members_of)
    asked = weights_between(asked_l, asked_r)
    position = 0
    for members in members_of:
        size = len(members) * (len(members) - 1) // 2
        own = _square(asked[position : position + size], len(members))
        position += size
        inside = np.isin(cannot_l, members) & np.isin(cannot_r, members) if cannot else np.zeros(0, dtype=bool)
        for a, b in zip(cannot_l[inside], cannot_r[inside], strict=True):
            i, j = np.searchsorted(members, (a, b))
            own[i, j] = own[j, i] = -np.inf
        labels = _linked(own, fixed[members], min_weight)
        for label in np.unique(labels):
            together = members[labels == label]
            result[together] = together.min()
    return result


def _whole_and_open(component: Ints, left: Ints, right: Ints, is_free: npt.NDArray[np.bool_]) -> tuple[Ints, list[Ints]]:
    """Return the nodes of components in which every pair is strong, and the members of each of the others.

    Nine components in ten are of the first sort, and need no linkage.
    """
    sizes = np.bincount(component)
    pairs = np.minimum(left, right) * len(component) + np.maximum(left, right)
    ordered = np.sort(pairs)
    distinct = ordered[np.concatenate([[True], ordered[1:] != ordered[:-1]])] if len(ordered) else ordered
    held = (
        np.bincount(component[distinct // len(component)], minlength=len(sizes)) if len(distinct) else np.zeros_like(sizes)
    )
    is_bound = np.zeros(len(sizes), dtype=bool)
    is_bound[component[~is_free]] = True
    is_whole = (sizes > 1) & (held == sizes * (sizes - 1) // 2) & ~is_bound
    is_open = (sizes > 1) & ~is_whole
    nodes = np.flatnonzero(is_open[component])
    order = nodes[np.argsort(component[nodes], kind="stable")]
    bounds = np.flatnonzero(np.diff(component[order])) + 1
    return np.flatnonzero(is_whole[component]), np.split(order, bounds) if len(order) else []


def smallest_members(component: Ints) -> Ints:
    """Return for each node the smallest node of its component."""
    first = np.zeros(int(component.max(initial=-1)) + 1, dtype=np.int64)
    first[component[::-1]] = np.arange(len(component))[::-1]
    return np.asarray(first[component], dtype=np.int64)


def _columns(pairs: list[tuple[int, int]]) -> tuple[Ints, Ints]:
    table = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    return table[:, 0], table[:, 1]


def components(count: int, left: Ints, right: Ints) -> Ints:
    """Return the connected component of each node, numbered from 0."""
    import scipy.sparse.csgraph

    graph = scipy.sparse.coo_matrix((np.ones(len(left), dtype=np.int8), (left, right)), shape=(count, count))
    _, labels = scipy.sparse.csgraph.connected_components(graph, directed=False)
    return np.asarray(labels, dtype=np.int64)


def _cut_large(component: Ints, left: Ints, right: Ints, bits: Floats, min_weight: float) -> Ints:
    """Return components none of which is larger than ``MAX_LINKED``, the weakest pairs cut first where one is."""
    result = component
    floor = min_weight
    while True:
        sizes = np.bincount(result)
        large = sizes[result] > MAX_LINKED
        if not large.any() or floor >= _CERTAIN_BITS:
            return result
        floor += 2.0
        kept = ~large[left] | (bits >= floor)
        result = components(len(component), left[kept], right[kept])


def _joined(members: Ints, left: Ints, right: Ints, bits: Floats, cannot: list[tuple[int, int]]) -> Ints:
    """Return the cluster of each member of a component too large for linkage: the strongest pairs joined first."""
    group = {int(member): int(member) for member in members}
    inside: dict[int, set[int]] = {member: {member} for member in group}
    enemies: dict[int, set[int]] = {}
    for a, b in cannot:
        enemies.setdefault(a, set()).add(b)
        enemies.setdefault(b, set()).add(a)
    for position in np.lexsort((right, left, -bits)).tolist():
        one, other = sorted((group[int(left[position])], group[int(right[position])]))
        if one == other or any(not enemies.get(member, set()).isdisjoint(inside[one]) for member in inside[other]):
            continue
        inside[one] |= inside.pop(other)
        for member in inside[one]:
            group[member] = one
    return np.array([group[int(member)] for member in members], dtype=np.int64)


def _all_pairs(members_of: list[Ints]) -> tuple[Ints, Ints]:
    left, right = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
    for members in members_of:
        i, j = _upper(len(members))
        left.append(members[i])
        right.append(members[j])
    return np.concatenate(left), np.concatenate(right)


@lru_cache(maxsize=32)
def _upper(size: int) -> tuple[Ints, Ints]:
    i, j = np.triu_indices(size, 1)
    return i.astype(np.int64), j.astype(np.int64)


def _square(condensed: Floats, size: int) -> Floats:
    square = np.zeros((size, size))
    square[_upper(size)] = condensed
    return square + square.T


def _linked(weights: Floats, fixed: Ints, min_weight: float) -> Ints:
    """Return a label per node of one component by average linkage; nodes of one ``fixed`` group stay together."""
    import scipy.cluster.hierarchy

    groups, group_of = np.unique(fixed, return_inverse=True)
    is_apart = np.isneginf(weights)
    clipped = np.clip(weights, -_CLIP_BITS, _CLIP_BITS)
    if len(groups) < len(fixed):
        clipped, is_apart = _contracted(clipped, is_apart, group_of, len(groups))
    if len(groups) == 1:
        return np.zeros(len(fixed), dtype=np.int64)
    upper = _upper(len(groups))
    distance = np.where(is_apart[upper], _APART, _CLIP_BITS - clipped[upper])
    limit = _CLIP_BITS - min_weight
    if distance.max() <= limit:
        return np.zeros(len(fixed), dtype=np.int64)
    tree = scipy.cluster.hierarchy.linkage(distance, method="average")
    labels = scipy.cluster.hierarchy.fcluster(tree, t=limit, criterion="distance")
    return np.asarray(labels, dtype=np.int64)[group_of]


def _contracted(weights: Floats, is_apart: np.ndarray, group_of: Ints, count: int) -> tuple[Floats, np.ndarray]:
    """Return weights and separations between groups of nodes: averages, and any separation among their members."""
    member = np.zeros((count, len(group_of)))
    member[group_of, np.arange(len(group_of))] = 1
    sizes = member.sum(axis=1)
    averages = member @ weights @ member.T / np.outer(sizes, sizes)
    apart = (member @ is_apart.astype(np.float64) @ member.T) > 0
    return averages, apart
