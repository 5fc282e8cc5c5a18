"""Which records are one party, from the scores of pairs and the decisions of persons."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from toolkit.match.clustering.agglomeration import agglomerated, evidence_of
from toolkit.match.clustering.clusters import clusters_of, linked_clusters, smallest_members
from toolkit.match.clustering.components import components
from toolkit.match.clustering.decisions import Decided
from toolkit.match.clustering.links import one_to_one_links
from toolkit.match.clustering.listed_pairs import Outcome
from toolkit.match.comparison import Floats, Ints, Levels
from toolkit.match.comparisons.tax_id import CONFLICT_LEVEL
from toolkit.match.linkage.blocking import is_company_with_person
from toolkit.match.linkage.evaluation import probability_weight
from toolkit.match.linkage.levels import GradedPairs
from toolkit.match.linkage.one_to_one import rival_weights
from toolkit.match.linkage.scoring import Commonness, Scores, pair_scores
from toolkit.match.linkage.weights import MatchModel
from toolkit.match.records.profiles import Profiles


def decided_outcome(
    graded: GradedPairs, model: MatchModel, decided: Decided, common: tuple[Commonness, ...], *, is_link: bool
) -> Outcome:
    """Return scores and the cluster of each profile, from levels and decisions.

    Parameters
    ----------
    graded
        The pairs with their levels.
    model, common
        The fitted model, and how common each value is.
    decided
        What persons decided about records of these pairs.
    is_link
        Whether records of one system are linked to those of another, each to at most one.
    """
    profiles, left, right = graded.profiles, graded.left, graded.right
    scores = pair_scores(profiles, graded.levels, left, right, model, common)
    same, apart = (list(zip(*profiles.pairs_of_records(told), strict=True)) for told in (decided.same, decided.apart))
    min_weight = probability_weight(model.min_match_probability)
    conflicts = _tax_conflicts(profiles)
    # A rule cuts a pair before clusters are made; its own weight stays as scored, for the list that a person reads.
    held = np.where(_is_cut(profiles, graded.levels, left, right, conflicts), -np.inf, scores.match_weight)
    stated = scores.match_weight

    def between(nodes_l: Ints, nodes_r: Ints) -> Scores:
        levels = graded.between(nodes_l, nodes_r)
        return pair_scores(profiles, levels, nodes_l, nodes_r, model, common)

    if is_link:
        cluster_of, is_tied, stated = _linked(
            profiles, left, right, held, min_weight, same, apart, lambda one, other: between(one, other).match_probability
        )
        stated = np.where(np.isneginf(stated), scores.match_weight, stated)
    else:
        # A function, so that clustering knows of nodes and weights alone, and asks for doubtful components only.
        def merged_between(nodes_l: Ints, nodes_r: Ints, fixed: Ints) -> Ints:
            # Within a doubtful component every pair speaks, also those that no key had found.
            levels = graded.between(nodes_l, nodes_r)
            is_apart = _is_cut(profiles, levels, nodes_l, nodes_r, conflicts) | _is_among(
                nodes_l, nodes_r, apart, profiles.count
            )
            evidence = evidence_of(profiles, levels, nodes_l, nodes_r, model, common, is_apart)
            return agglomerated(profiles.count, evidence, model, fixed, min_weight=min_weight)

        cluster_of = clusters_of(
            profiles.count, left, right, held, merged_between, min_weight=min_weight, same=same, apart=apart
        )

        told = np.array(same, dtype=np.int64).reshape(-1, 2)
        is_link_of = np.append(held >= min_weight, np.ones(len(told), dtype=bool))
        links_l, links_r = np.append(left, told[:, 0])[is_link_of], np.append(right, told[:, 1])[is_link_of]
        cluster_of = linked_clusters(
            cluster_of, links_l, links_r, lambda one, other: between(one, other).match_weight, min_weight=min_weight
        )
        is_tied = np.zeros(len(left), dtype=bool)
    return Outcome(graded, scores, cluster_of, is_tied, common, stated)


def _tax_conflicts(profiles: Profiles) -> int | None:
    names = [fact.comparison.name for fact in profiles.facts]
    return names.index("tax number") if "tax number" in names else None


def _is_cut(profiles: Profiles, levels: Levels, left: Ints, right: Ints, conflicts: int | None) -> npt.NDArray[np.bool_]:
    """Return which pairs a rule keeps apart: two tax numbers, a company and a person."""
    is_apart = is_company_with_person(profiles.kinds[left], profiles.kinds[right])
    if conflicts is not None:
        is_apart |= levels[:, conflicts] == CONFLICT_LEVEL
    return is_apart


def _is_among(left: Ints, right: Ints, pairs: list[tuple[int, int]], count: int) -> npt.NDArray[np.bool_]:
    told = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    wanted = np.minimum(told[:, 0], told[:, 1]) * count + np.maximum(told[:, 0], told[:, 1])
    return np.isin(np.minimum(left, right) * count + np.maximum(left, right), wanted)


def _linked(  # noqa: PLR0917 - parallel columns
    profiles: Profiles,
    left: Ints,
    right: Ints,
    weight: Floats,
    min_weight: float,
    same: list[tuple[int, int]],
    apart: list[tuple[int, int]],
    probabilities: Callable[[Ints, Ints], Floats],
) -> tuple[Ints, npt.NDArray[np.bool_], Floats]:
    """Return the cluster of each profile from one-to-one links of each two systems, which pairs are tied, and their weights.

    A weight is what is left where other pairs of the two compete; minus infinity where a rule or a person keeps them apart.
    """
    systems = profiles.systems[profiles.first_records]
    held = weight.copy()
    known = {(int(a), int(b)): number for number, (a, b) in enumerate(zip(left.tolist(), right.tolist(), strict=True))}
    for a, b in apart:
        number = known.get((min(a, b), max(a, b)))
        if number is not None:
            held[number] = -np.inf
    # Whom a person linked is taken: a second link would give it two partners of one system.
    taken = np.zeros(profiles.count, dtype=bool)
    for a, b in same:
        taken[[a, b]] = True
    held[taken[left] | taken[right]] = -np.inf
    is_tied = np.zeros(len(left), dtype=bool)
    is_linked = np.zeros(len(left), dtype=bool)
    stated = held.copy()
    lower, upper = np.minimum(systems[left], systems[right]), np.maximum(systems[left], systems[right])
    # Each two systems by themselves: a link joins one record of each, and of three lists each two have their own.
    count = int(systems.max(initial=0)) + 1
    for code in np.flatnonzero(np.bincount(lower * count + upper)).tolist():
        one, other = divmod(code, count)
        own = np.flatnonzero((lower == one) & (upper == other))
        # The side of the profile that stands first by its content comes first, whatever the systems are called.
        first = int(np.argmin(left[own]))
        is_swapped = systems[left[own]] != systems[left[own[first]]]
        side_l = np.where(is_swapped, right[own], left[own])
        side_r = np.where(is_swapped, left[own], right[own])
        links = one_to_one_links(profiles.count, side_l, side_r, held[own], min_weight=min_weight)
        stated[own] = rival_weights(profiles.count, side_l, side_r, held[own], probabilities)
        # Whom others fit nearly as well is not linked: a person chooses.
        is_sure = stated[own] >= min_weight
        is_linked[own] = links.is_linked & is_sure
        is_tied[own] |= links.is_tied | (links.is_linked & ~is_sure)
    told = np.array(same, dtype=np.int64).reshape(-1, 2)
    edges_l = np.concatenate([told[:, 0], left[is_linked]])
    edges_r = np.concatenate([told[:, 1], right[is_linked]])
    weights = np.concatenate([np.full(len(told), np.inf), held[is_linked]])
    return _joined(profiles.count, edges_l, edges_r, weights, systems), is_tied, stated


def _joined(count: int, left: Ints, right: Ints, weight: Floats, systems: Ints) -> Ints:
    """Return the cluster of each profile from links, the strongest first; no cluster has two records of one system.

    What a person held to be the same (a weight without limit) is joined all the same.
    """
    # Links of three systems may form a chain from a record to another one of its own system (a-b, b-c, c-a').
    cluster_of = smallest_members(components(count, left, right))
    order = np.argsort(cluster_of * (int(systems.max(initial=0)) + 1) + systems, kind="stable")
    is_repeated = (np.diff(cluster_of[order]) == 0) & (np.diff(systems[order]) == 0)
    broken = np.zeros(count, dtype=bool)
    broken[cluster_of[order[1:][is_repeated]]] = True
    open_nodes = np.flatnonzero(broken[cluster_of])
    cluster_of[open_nodes] = open_nodes
    members = {int(node): {int(node)} for node in open_nodes}
    edges = np.flatnonzero(np.isin(left, open_nodes))
    for edge in edges[np.lexsort((right[edges], left[edges], -weight[edges]))].tolist():
        one, other = sorted((int(cluster_of[left[edge]]), int(cluster_of[right[edge]])))
        inside = {int(systems[node]) for node in members[one]}
        if one == other or (np.isfinite(weight[edge]) and any(int(systems[node]) in inside for node in members[other])):
            continue
        members[one] |= members.pop(other)
        cluster_of[list(members[one])] = one
    return cluster_of
