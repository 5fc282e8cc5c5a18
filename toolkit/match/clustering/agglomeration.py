"""Groups of records compared with each other as records are, the best pair of groups merged first.

Each fact of two groups says what it says of their pairs of members on average, and says it once: that a party has moved is
one piece of evidence, however many records are from before and after. So a chain (A like B, B like C, A unlike C) breaks
where the members disagree, and a party that has moved stays one.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from toolkit.match.clustering.components import components
from toolkit.match.comparison import MISSING, Floats, Ints, Levels
from toolkit.match.linkage.blocking import distinct
from toolkit.match.linkage.scoring import Commonness, is_by_chance, rarity_bits, spoken_against
from toolkit.match.linkage.weights import FactModel, MatchModel, weight_and_class
from toolkit.match.records.profiles import Profiles

_ROUNDING = 9
"""Decimals of a weight that count when two are compared: sums in another order differ beyond."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """All pairs of nodes within some components.

    Levels, rarity of what they share (bits per fact), part of the model, and whether a rule or a person keeps them apart.
    """

    left: Ints
    right: Ints
    levels: Levels
    rarity: Floats
    parts: Ints
    is_apart: npt.NDArray[np.bool_]


def evidence_of(  # noqa: PLR0917 - parallel columns
    profiles: Profiles,
    levels: Levels,
    left: Ints,
    right: Ints,
    model: MatchModel,
    common: tuple[Commonness, ...],
    is_apart: npt.NDArray[np.bool_],
) -> Evidence:
    """Return what is known of pairs of nodes, from their levels.

    Parameters
    ----------
    profiles
        The distinct records.
    levels, left, right
        Levels of the pairs, one column per fact, and the two nodes of each.
    model, common
        The fitted model, and how common each value is.
    is_apart
        Which pairs a rule or a person keeps apart.
    """
    parts = profiles.parts(left, right)
    rarity = np.zeros(levels.shape)
    for number, part in enumerate(model.parts):
        own = np.flatnonzero(parts == number)
        for position, known in enumerate(part.facts):
            codes = profiles.facts[position].codes
            rarity[own, position] = rarity_bits(codes, common[position], left[own], right[own], levels[own, position], known)
    return Evidence(left, right, levels, rarity, parts, is_apart)


def agglomerated(count: int, evidence: Evidence, model: MatchModel, fixed: Ints, *, min_weight: float) -> Ints:
    """Return the group of each of ``count`` nodes: the smallest node in it.

    Parameters
    ----------
    evidence
        All pairs of nodes of each component.
    model
        The fitted model.
    fixed
        Groups to begin with, which stay together: the smallest node of each.
    min_weight
        Match weight in bits from which two groups are merged.
    """
    # Nodes that a person joined start as one group, so that no step can part them and all their pairs count together.
    group = fixed.copy()
    active = np.arange(len(evidence.left))
    while len(active):
        one, other = group[evidence.left[active]], group[evidence.right[active]]
        is_between = one != other
        active, one, other = active[is_between], one[is_between], other[is_between]
        code = np.minimum(one, other) * count + np.maximum(one, other)
        order = np.argsort(code, kind="stable")
        active, code = active[order], code[order]
        starts = np.flatnonzero(np.concatenate([[True], code[1:] != code[:-1]])) if len(code) else code
        if not len(starts):
            break
        weight = _weights(evidence, active, starts, model)
        low, high = code[starts] // count, code[starts] % count
        is_merged = _best_pairs(low, high, weight, min_weight)
        # All best pairs at once. Each group is in one of them at most, so that the order among them changes nothing.
        merged_into = np.arange(count)
        merged_into[high[is_merged]] = low[is_merged]
        group = merged_into[group]
        # A pair of groups is looked at again only when one of the two, or one of its other choices, has changed.
        sizes = np.diff(np.append(starts, len(code)))
        active = active[np.repeat(_is_near(low, high, is_merged, count), sizes)]
    return group


def group_weights(evidence: Evidence, starts: Ints, model: MatchModel) -> Floats:
    """Return the match weight in bits of two groups, for each run of pairs of their members.

    Parameters
    ----------
    evidence
        All pairs of members of the two groups, one run of pairs after the other.
    starts
        Where each run begins.
    model
        The fitted model.
    """
    return _weights(evidence, np.arange(len(evidence.left)), starts, model)


def _best_pairs(low: Ints, high: Ints, weight: Floats, min_weight: float) -> npt.NDArray[np.bool_]:
    """Return the pairs of groups that are each other's best choice."""
    strong = np.flatnonzero(weight >= min_weight)
    # Ties go to the smaller nodes: the same clusters come out whatever the order of pairs, and of summing, was.
    order = strong[np.lexsort((high[strong], low[strong], -np.round(weight[strong], _ROUNDING)))]
    rank = np.full(len(low), len(low), dtype=np.int64)
    rank[order] = np.arange(len(order))
    best = np.full(int(high.max(initial=0)) + 1, len(low), dtype=np.int64)
    np.minimum.at(best, low, rank)
    np.minimum.at(best, high, rank)
    return np.asarray((rank < len(low)) & (rank == best[low]) & (rank == best[high]))


def _is_near(low: Ints, high: Ints, is_merged: npt.NDArray[np.bool_], count: int) -> npt.NDArray[np.bool_]:
    """Return the pairs of groups of components in which something was merged."""
    nodes = distinct(np.concatenate([low, high]))
    place_l, place_r = np.searchsorted(nodes, low), np.searchsorted(nodes, high)
    component = components(len(nodes), place_l, place_r)
    has_merged = np.zeros(count, dtype=bool)
    has_merged[component[place_l[is_merged]]] = True
    return np.asarray(has_merged[component[place_l]])


def _weights(evidence: Evidence, pairs: Ints, starts: Ints, model: MatchModel) -> Floats:
    """Return the match weight of groups of pairs, each from a position in ``starts`` on; minus infinity where kept apart."""
    # One person among two groups makes it a question of persons, whose namesakes are many.
    parts = np.maximum.reduceat(evidence.parts[pairs], starts)
    weight = np.zeros(len(starts))
    for number, part in enumerate(model.parts):
        own = parts == number
        if not own.any():
            continue
        logs = np.tile(np.log2(np.asarray(part.class_shares))[:, None], (1, len(starts)))
        for position, fact in enumerate(part.facts):
            logs += _fact_logs(evidence.levels[pairs, position], evidence.rarity[pairs, position], starts, fact)
        weight[own] = weight_and_class(logs)[0][own]
    # One pair that must not meet keeps two whole groups apart: this is what stops a chain around a person's "not the same".
    is_apart = np.logical_or.reduceat(evidence.is_apart[pairs], starts)
    return np.where(is_apart, -np.inf, weight)


def _fact_logs(levels: npt.NDArray[np.uint8], rarity: Floats, starts: Ints, fact: FactModel) -> Floats:
    """Return log2 of the share of each class (rows) among groups of pairs, for one fact."""
    table = np.concatenate([np.zeros((len(fact.shares), 1)), np.log2(fact.shares)], axis=1)
    # The mean over pairs that know the fact; a missing value is no evidence, so it must not thin out the others.
    known = np.maximum(np.add.reduceat((levels != MISSING).astype(np.int64), starts), 1)
    logs = np.add.reduceat(table[:, levels], starts, axis=1) / known
    bonus = np.add.reduceat(rarity, starts) / known
    for kind in range(len(logs)):
        if is_by_chance(kind, fact):
            logs[kind] -= spoken_against(kind, fact, bonus)
    return np.asarray(logs)
