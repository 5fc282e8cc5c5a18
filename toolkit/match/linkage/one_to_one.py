"""What it changes that a record has one partner in the other list at most: how likely one is, and who competes for it."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from toolkit.match.comparison import Floats, Ints
from toolkit.match.linkage.weights import MATCH, MOVED, UNRELATED, PartModel

_LEAST_SINGLE = 0.1
"""Share of the records of either list that have no partner, at least: how many have one is only estimated."""

_TRUSTED = 0.5
"""How far that is trusted, in bits."""

_LEAST_RIVAL, _MOST_RIVALS = -6.0, 20
"""Pairs of a record with less weight, or beyond so many, are not asked whether they are the same party."""

_MOST_BITS = 30.0
_ROUNDS = 30


def linked_parts(parts: Iterable[PartModel], counts: tuple[int, int]) -> tuple[PartModel, ...]:
    """Return the parts of a model for two lists whose records have one partner at most.

    Of all pairs any two are one as often as there are matches. But where nearly all records have a partner, two that have
    found no other are likelier one than two strangers: of records without a partner hardly a pair is left.

    Parameters
    ----------
    parts
        Of the fitted model.
    counts
        Distinct records of either list.
    """
    known = tuple(parts)
    matches = sum((part.class_shares[MATCH] + part.class_shares[MOVED]) * part.pairs_count for part in known)
    factor = 1.0
    for count in counts:
        factor *= max(1 - matches / max(count, 1), _LEAST_SINGLE) ** _TRUSTED
    return tuple(replace(part, class_shares=_with_fewer_unrelated(part.class_shares, factor)) for part in known)


def _with_fewer_unrelated(class_shares: tuple[float, ...], factor: float) -> tuple[float, ...]:
    shares = np.array(class_shares)
    shares[UNRELATED] *= factor
    return tuple((shares / shares.sum()).tolist())


def rival_weights(
    count: int, left: Ints, right: Ints, weight: Floats, probabilities: Callable[[Ints, Ints], Floats]
) -> Floats:
    """Return the weight of each pair when its two records have one partner at most: others compete for them.

    Two of one list that are one party themselves do not compete: either is the partner.

    Parameters
    ----------
    count
        Number of nodes of both sides together.
    left, right
        Nodes of each pair; a node is on one side only.
    weight
        Match weight in bits of the two by themselves.
    probabilities
        Pairs of nodes of one side, the lower one left, to the probability that they are one.

    References
    ----------
    Bayati, Shah and Sharma, Max-product for maximum weight matching, IEEE Transactions on Information Theory 54 (2008),
    pp. 1241-1251; here sums of products, which give probabilities: exact where no circle of pairs is closed.

    Examples
    --------
    >>> left, right, weight = np.array([0, 1, 1]), np.array([2, 3, 4]), np.array([3.0, 3.0, 3.0])
    >>> rival_weights(5, left, right, weight, lambda one, other: np.zeros(len(one))).round(2).tolist()
    [3.0, -0.17, -0.17]
    >>> rival_weights(5, left, right, weight, lambda one, other: np.ones(len(one))).round(2).tolist()
    [3.0, 3.0, 3.0]
    """
    odds = np.exp2(np.clip(weight, -_MOST_BITS, _MOST_BITS))
    rivals_l = _rivals(count, left, right, weight, probabilities)
    rivals_r = _rivals(count, right, left, weight, probabilities)
    # How free each end of a pair is to take the other, as far as its other pairs are concerned.
    free_l, free_r = np.ones(len(odds)), np.ones(len(odds))
    for _ in range(_ROUNDS):
        others_l, others_r = _others(left, odds * free_r, rivals_l), _others(right, odds * free_l, rivals_r)
        # Half-way, so that what closes a circle settles instead of swinging to and fro.
        free_l, free_r = np.sqrt(free_l / (1 + others_l)), np.sqrt(free_r / (1 + others_r))
    return np.asarray(weight + np.log2(free_l) + np.log2(free_r))


class _Rivals(NamedTuple):
    """Each two pairs of one node that may compete for it, and how likely their other ends are one."""

    one: Ints
    other: Ints
    alike: Floats


def _rivals(count: int, node: Ints, far: Ints, weight: Floats, probabilities: Callable[[Ints, Ints], Floats]) -> _Rivals:
    strong = np.flatnonzero(weight >= _LEAST_RIVAL)
    order = strong[np.lexsort((far[strong], -weight[strong], node[strong]))]
    first = np.searchsorted(node[order], np.arange(count))
    order = order[np.arange(len(order)) - first[node[order]] < _MOST_RIVALS]
    ones, others = [], []
    for distance in range(1, _MOST_RIVALS):
        is_one = node[order[:-distance]] == node[order[distance:]]
        if not is_one.any():
            break
        ones.append(order[:-distance][is_one])
        others.append(order[distance:][is_one])
    one, other = (np.concatenate([np.zeros(0, dtype=np.int64), *part]) for part in (ones, others))
    return _Rivals(one, other, probabilities(np.minimum(far[one], far[other]), np.maximum(far[one], far[other])))


def _others(node: Ints, odds: Floats, rivals: _Rivals) -> Floats:
    """Return the sum of the odds of the other pairs of a node, for each pair, without those of the same party."""
    size = len(odds)
    same = np.bincount(rivals.one, rivals.alike * odds[rivals.other], size)
    same += np.bincount(rivals.other, rivals.alike * odds[rivals.one], size)
    return np.maximum(np.bincount(node, odds)[node] - odds - same, 0.0) if size else odds
