"""Parties matched: duplicates within a system and links across systems in one go."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from toolkit.match.blocking import candidate_pairs
from toolkit.match.clusters import clusters_of, components
from toolkit.match.comparison import MISSING, Floats, Ints, Levels
from toolkit.match.decisions import Decided, decided_pairs
from toolkit.match.evaluation import expected_by_threshold, probability_weight
from toolkit.match.explain import Explanation, explained
from toolkit.match.levels import GradedPairs, pair_levels
from toolkit.match.links import one_to_one_links
from toolkit.match.outcome import Outcome, outcome_tables
from toolkit.match.profiles import Profiles, profiles_of
from toolkit.match.scoring import pair_scores
from toolkit.match.training import trained_model
from toolkit.match.weights import MatchModel

PARTY_KINDS = {
    "name": "name",
    "given_name": "given_name",
    "family_name": "family_name",
    "company_name": "company",
    "email": "email",
    "phone": "phone",
    "website": "domain",
    "street": "street",
    "city": "city",
    "region": "region",
    "postcode": "postcode",
    "tax_id": "tax_id",
}
"""Kinds of the columns of the table PARTY."""

MIN_MATCH_PROBABILITY = 0.75
MIN_REVIEW_PROBABILITY = 0.2


@dataclass(frozen=True, slots=True)
class Matching:
    """What matching found.

    ``pairs``, ``pair_levels`` and ``clusters`` follow ``tables.PAIR``, ``PAIR_LEVEL`` and ``CLUSTER``; related
    parties are the
    pairs with decision ``related``. ``expected`` has precision and recall by threshold as the model expects them.
    """

    pairs: pa.Table
    pair_levels: pa.Table
    clusters: pa.Table
    model: MatchModel
    expected: pa.Table
    candidates_count: int


def matched_parties(
    records: pa.Table,
    *,
    kinds: Mapping[str, str] | None = None,
    decisions: pa.Table | None = None,
    answered: pa.Table | None = None,
    model: MatchModel | None = None,
    min_match_probability: float = MIN_MATCH_PROBABILITY,
    min_review_probability: float = MIN_REVIEW_PROBABILITY,
    is_link: bool = False,
    country: str | None = None,
) -> Matching:
    """Return which records are one party.

    Parameters
    ----------
    records
        Table with ``record_key``, ``system`` and the columns of ``kinds``; by default the columns of
        ``tables.PARTY``. A column
        ``kind`` (company, person, unknown) keeps companies and persons apart.
    kinds
        Kind of each column that takes part: name, company, person, given_name, family_name, email, phone, domain,
        street, city,
        region, postcode, tax_id, identifier, date, amount, text, category.
    decisions
        Table ``tables.DECISION``: always obeyed, through chains too.
    answered
        Decisions that the model learns from when it is fitted, usually the same ones.
    model
        A saved model of the same columns to score with, instead of fitting one.
    min_match_probability
        From here on (0 to 1) a pair is held to be one party.
    min_review_probability
        From here on a pair is put to a person.
    is_link
        Link across systems only, each record to at most one of another system.
    country
        Two letters: how a calling code without ``+`` is read.
    """
    table = records.select([name for name in records.column_names if name in _wanted(records, kinds)])
    chosen = {name: kind for name, kind in (PARTY_KINDS if kinds is None else kinds).items() if name in table.column_names}
    known = frozenset(table["record_key"].to_pylist())
    decided = decided_pairs(decisions, known)
    touched = sorted({key for pair in (*decided.same, *decided.apart, *decided.contradicted) for key in pair})
    profiles = profiles_of(table, chosen, told_apart=touched, is_per_system=is_link, country=country)
    left, right = candidate_pairs(profiles)
    if is_link:
        left, right = _across_systems(profiles, left, right)
    levels = pair_levels(profiles, left, right)
    # Two records without a fact in common are no evidence of anything.
    says_something = (levels != MISSING).any(axis=1)
    left, right, levels = left[says_something], right[says_something], levels[says_something]
    graded = GradedPairs(profiles, left, right, levels)
    fitted = model or trained_model(
        profiles,
        left,
        right,
        levels,
        min_match_probability=min_match_probability,
        min_review_probability=min_review_probability,
        answered=answered,
    )
    # How common a value is can only be told once it is known which records may be one: score, count, and score again.
    entities = np.arange(profiles.count)
    first = pair_scores(profiles, levels, left, right, fitted, entities).match_probability >= fitted.min_review_probability
    entities = components(profiles.count, left[first], right[first])
    outcome = _decided(graded, fitted, decided, entities, is_link=is_link)
    scores = outcome.scores
    pairs, levels_table, clusters = outcome_tables(outcome, fitted, decided, is_link=is_link)
    return Matching(pairs, levels_table, clusters, fitted, expected_by_threshold(scores.match_probability), len(left))


def explained_pair(matching: Matching, key_l: str, key_r: str) -> Explanation:
    """Return why two records were held to be one party, or not.

    Raises
    ------
    UnknownNameError
        Nothing narrow connects the two records, so that they were not compared.
    """
    return explained(matching.pairs, matching.pair_levels, key_l, key_r)


def _wanted(records: pa.Table, kinds: Mapping[str, str] | None) -> set[str]:
    return {"record_key", "system", *(PARTY_KINDS if kinds is None else kinds)} | (
        {"kind"} if "kind" in records.column_names else set()
    )


def _first_systems(profiles: Profiles) -> Ints:
    systems = np.zeros(profiles.count, dtype=np.int64)
    systems[profiles.profile_of[::-1]] = profiles.systems[::-1]
    return systems


def _across_systems(profiles: Profiles, left: Ints, right: Ints) -> tuple[Ints, Ints]:
    systems = _first_systems(profiles)
    is_across = systems[left] != systems[right]
    return left[is_across], right[is_across]


def _decided(graded: GradedPairs, model: MatchModel, decided: Decided, entities: Ints, *, is_link: bool) -> Outcome:
    """Return scores and the cluster of each profile, from levels and decisions."""
    profiles, left, right = graded.profiles, graded.left, graded.right
    scores = pair_scores(profiles, graded.levels, left, right, model, entities)
    first = {key: int(profiles.profile_of[number]) for number, key in enumerate(profiles.record_keys)}
    same = [(first[a], first[b]) for a, b in decided.same]
    apart = [(first[a], first[b]) for a, b in decided.apart]
    min_weight = probability_weight(model.min_match_probability)
    conflicts = _tax_conflicts(profiles)
    if is_link:
        held = _cut(profiles, graded.levels, left, right, scores.match_weight, conflicts)
        cluster_of, is_tied = _linked(profiles, left, right, held, min_weight, same, apart)
    else:

        def weights_between(nodes_l: Ints, nodes_r: Ints) -> Floats:
            between = graded.between(nodes_l, nodes_r)
            weights = pair_scores(profiles, between, nodes_l, nodes_r, model, entities).match_weight
            return _cut(profiles, between, nodes_l, nodes_r, weights, conflicts)

        cluster_of = clusters_of(
            profiles.count, left, right, scores.match_weight, weights_between, min_weight=min_weight, same=same, apart=apart
        )
        is_tied = np.zeros(len(left), dtype=bool)
    return Outcome(graded, scores, cluster_of, is_tied, entities)


def _tax_conflicts(profiles: Profiles) -> int | None:
    names = [fact.comparison.name for fact in profiles.facts]
    return names.index("tax number") if "tax number" in names else None


def _cut(  # noqa: PLR0917 - parallel columns
    profiles: Profiles, levels: Levels, left: Ints, right: Ints, weights: Floats, conflicts: int | None
) -> Floats:
    """Return weights with minus infinity where a rule keeps a pair apart: two tax numbers, a company and a person."""
    kinds = profiles.kinds[left] * profiles.kinds[right]
    is_apart = kinds == 2
    if conflicts is not None:
        is_apart |= levels[:, conflicts] == 1
    return np.where(is_apart, -np.inf, weights)


def _linked(  # noqa: PLR0917 - parallel columns
    profiles: Profiles,
    left: Ints,
    right: Ints,
    weight: Floats,
    min_weight: float,
    same: list[tuple[int, int]],
    apart: list[tuple[int, int]],
) -> tuple[Ints, np.ndarray]:
    """Return the cluster of each profile from one-to-one links of each two systems, and which pairs are tied."""
    systems = _first_systems(profiles)
    held = weight.copy()
    known = {(int(a), int(b)): number for number, (a, b) in enumerate(zip(left.tolist(), right.tolist(), strict=True))}
    for a, b in apart:
        number = known.get((min(a, b), max(a, b)))
        if number is not None:
            held[number] = -np.inf
    taken = np.zeros(profiles.count, dtype=bool)
    for a, b in same:
        taken[[a, b]] = True
    held[taken[left] | taken[right]] = -np.inf
    cluster_of = np.arange(profiles.count)
    is_tied = np.zeros(len(left), dtype=bool)
    edges = list(same)
    lower, upper = np.minimum(systems[left], systems[right]), np.maximum(systems[left], systems[right])
    for one, other in sorted(set(zip(lower.tolist(), upper.tolist(), strict=True))):
        own = np.flatnonzero((lower == one) & (upper == other))
        is_swapped = systems[left[own]] != one
        side_l = np.where(is_swapped, right[own], left[own])
        side_r = np.where(is_swapped, left[own], right[own])
        links = one_to_one_links(profiles.count, side_l, side_r, held[own], min_weight=min_weight)
        edges += zip(left[own][links.is_linked].tolist(), right[own][links.is_linked].tolist(), strict=True)
        is_tied[own] |= links.is_tied
    for a, b in sorted(edges):
        low, high = sorted((int(cluster_of[a]), int(cluster_of[b])))
        cluster_of[cluster_of == high] = low
    return cluster_of, is_tied
