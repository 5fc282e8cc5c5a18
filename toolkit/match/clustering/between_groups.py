"""How likely two groups are one, from all that their records say: what a person is asked about are groups, not pairs."""

import numpy as np

from toolkit.match.clustering.agglomeration import evidence_of, group_weights
from toolkit.match.comparison import Floats, Ints
from toolkit.match.linkage.blocking import ranges
from toolkit.match.linkage.levels import GradedPairs
from toolkit.match.linkage.scoring import Commonness
from toolkit.match.linkage.weights import MatchModel

_MOST_MEMBERS = 12
"""Distinct records of a group that speak for it: more say the same again."""

_AT_ONCE = 500_000


def weights_between(  # noqa: PLR0917 - parallel columns
    graded: GradedPairs,
    cluster_of: Ints,
    model: MatchModel,
    common: tuple[Commonness, ...],
    left: Ints,
    right: Ints,
    *,
    at_once: int = _AT_ONCE,
) -> Floats:
    """Return the match weight in bits of the two groups of each pair.

    Parameters
    ----------
    graded
        The pairs whose levels are known; others are graded.
    cluster_of
        The group of each profile.
    model, common
        The fitted model, and how common each value is.
    left, right
        The two profiles of each pair, of two groups.
    at_once
        About how many pairs of members are graded at a time.
    """
    count = len(cluster_of)
    groups = np.stack([np.minimum(cluster_of[left], cluster_of[right]), np.maximum(cluster_of[left], cluster_of[right])])
    codes, question = np.unique(groups[0] * count + groups[1], return_inverse=True)
    order = np.argsort(cluster_of, kind="stable")
    sizes = np.bincount(cluster_of, minlength=count)
    starts = np.cumsum(sizes) - sizes
    spoken = np.minimum(sizes, _MOST_MEMBERS)
    one, other = codes // count, codes % count
    pairs_count = spoken[one] * spoken[other]
    weight = np.zeros(len(codes))
    ends = np.cumsum(pairs_count)
    # As many questions at a time as fit a chunk of pairs.
    for part in np.split(np.arange(len(codes)), np.flatnonzero(np.diff(ends // at_once)) + 1):
        if not len(part):
            continue
        own = pairs_count[part]
        within = ranges(np.zeros(len(part), dtype=np.int64), own)
        width = np.repeat(spoken[other[part]], own)
        nodes_l = order[np.repeat(starts[one[part]], own) + within // width]
        nodes_r = order[np.repeat(starts[other[part]], own) + within % width]
        levels = graded.between(nodes_l, nodes_r)
        is_apart = np.zeros(len(nodes_l), dtype=bool)
        evidence = evidence_of(graded.profiles, levels, nodes_l, nodes_r, model, common, is_apart)
        weight[part] = group_weights(evidence, np.cumsum(own) - own, model)
    return np.asarray(weight[question])
