"""Clusters: records held to be one party.

Components of strong pairs first. Where every pair of a component is strong it is a cluster; the others are looked at more
closely, so that a chain (A like B, B like C, A unlike C) breaks. What a person or a rule keeps apart never meets in a
cluster, through chains too; what a person held to be the same stays together.
"""

from collections.abc import Callable, Iterable
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from toolkit.match.clustering.components import components
from toolkit.match.comparison import Floats, Ints

Merged = Callable[[Ints, Ints, Ints], Ints]

MAX_LINKED = 600
"""Nodes of a component beyond which weaker pairs are cut before linkage."""

_CERTAIN_BITS = 30.0


def clusters_of(
    count: int,
    left: Ints,
    right: Ints,
    weight: Floats,
    merged_between: Merged,
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
    merged_between
        What to do with components in which not every pair is strong: all their pairs of nodes, and the smallest node of the
        group that each node must stay in, to the smallest node of the group that each node is merged into.
    same, apart
        Pairs that a person decided; ``same`` must not contradict ``apart``.
    """
    # What a person joined is an edge that no cut removes, beyond any weight.
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
    # A person's "not the same" takes its component out of the quick way, even where all pairs are strong.
    is_free = np.ones(count, dtype=bool)
    is_free[np.concatenate([cannot_l, cannot_r])] = False
    whole, members_of = _whole_and_open(component, edges_l, edges_r, is_free)
    result[whole] = smallest_members(component)[whole]
    # All pairs of six hundred nodes are 180,000, of a hundred thousand nodes more than any memory holds.
    huge = [members for members in members_of if len(members) > MAX_LINKED]
    members_of = [members for members in members_of if len(members) <= MAX_LINKED]
    for members in huge:
        inside = np.isin(edges_l, members) & np.isin(edges_r, members)
        result[members] = _joined(members, edges_l[inside], edges_r[inside], bits[inside], cannot)
    nodes = np.concatenate([np.zeros(0, dtype=np.int64), *members_of])
    result[nodes] = merged_between(*_all_pairs(members_of), smallest_members(fixed))[nodes]
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
    return np.flatnonzero(is_whole[component]), _members_of(component, is_open)


def _members_of(component: Ints, is_wanted: npt.NDArray[np.bool_]) -> list[Ints]:
    """Return the nodes of each wanted component, in rising order."""
    nodes = np.flatnonzero(is_wanted[component])
    order = nodes[np.argsort(component[nodes], kind="stable")]
    bounds = np.flatnonzero(np.diff(component[order])) + 1
    return np.split(order, bounds) if len(order) else []


def linked_clusters(
    cluster_of: Ints, left: Ints, right: Ints, weights_between: Callable[[Ints, Ints], Floats], *, min_weight: float
) -> Ints:
    """Return clusters of which every member is linked to another by itself: what only a sum of weak pairs holds parts.

    Parameters
    ----------
    cluster_of
        The cluster of each node: the smallest node in it.
    left, right
        Strong pairs of nodes, of one cluster or not.
    weights_between
        Pairs of nodes to their weights: in a doubtful cluster those count too that were not compared before.
    min_weight
        Weight from which a pair is a link.
    """
    count = len(cluster_of)
    is_inside = cluster_of[left] == cluster_of[right]
    left, right = left[is_inside], right[is_inside]
    part = smallest_members(components(count, left, right))
    is_doubtful = np.bincount(cluster_of[part == np.arange(count)], minlength=count) > 1
    more_l, more_r = _all_pairs(_members_of(cluster_of, is_doubtful))
    is_strong = weights_between(more_l, more_r) >= min_weight
    left, right = np.append(left, more_l[is_strong]), np.append(right, more_r[is_strong])
    return smallest_members(components(count, left, right))


def smallest_members(component: Ints) -> Ints:
    """Return for each node the smallest node of its component."""
    first = np.zeros(int(component.max(initial=-1)) + 1, dtype=np.int64)
    first[component[::-1]] = np.arange(len(component))[::-1]
    return np.asarray(first[component], dtype=np.int64)


def _columns(pairs: list[tuple[int, int]]) -> tuple[Ints, Ints]:
    table = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    return table[:, 0], table[:, 1]


def _cut_large(component: Ints, left: Ints, right: Ints, bits: Floats, min_weight: float) -> Ints:
    """Return components none of which is larger than ``MAX_LINKED``, the weakest pairs cut first where one is."""
    result = component
    floor = min_weight
    # What was cut once stays cut: otherwise how a component falls apart would depend on the others.
    kept = np.ones(len(left), dtype=bool)
    while True:
        sizes = np.bincount(result)
        large = sizes[result] > MAX_LINKED
        if not large.any() or floor >= _CERTAIN_BITS:
            return result
        # In steps, so that a component is cut no deeper than it must be.
        floor += 2.0
        kept &= ~large[left] | (bits >= floor)
        result = components(len(component), left[kept], right[kept])


def _joined(members: Ints, left: Ints, right: Ints, bits: Floats, cannot: list[tuple[int, int]]) -> Ints:
    """Return the cluster of each member of a component too large for linkage: the strongest pairs joined first."""
    group = {int(member): int(member) for member in members}
    inside: dict[int, set[int]] = {member: {member} for member in group}
    enemies: dict[int, set[int]] = {}
    for a, b in cannot:
        enemies.setdefault(a, set()).add(b)
        enemies.setdefault(b, set()).add(a)
    # By weight, then by nodes, so that equal weights are joined in the same order whatever the order of pairs was.
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
