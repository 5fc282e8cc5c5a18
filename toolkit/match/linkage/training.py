"""The model learned without labels: four latent classes over the distinct patterns of levels.

Unrelated pairs are anchored in all pairs of the table (random pairs, and the frequencies of values), never in the
candidate pairs,
which blocking has chosen for their likeness. Every share starts from what is believed beforehand, held by
pseudo-counts: a table of
fifty records is decided by those, a table of a million by itself.
"""

from dataclasses import replace

import numpy as np
import pyarrow as pa

from toolkit.match.comparison import MISSING, Comparison, Floats, Ints, Levels
from toolkit.match.linkage.answered_pairs import AnsweredPairs, answered_pairs, answered_patterns
from toolkit.match.linkage.held_shares import held_bits, held_class_shares, held_titles, held_variants
from toolkit.match.linkage.levels import distinct_patterns, pair_levels
from toolkit.match.linkage.monotone import rising_ratios
from toolkit.match.linkage.weights import BY_NAME, BY_PLACE, MATCH, PARTS, UNRELATED, FactModel, MatchModel, PartModel
from toolkit.match.records.columns import PERSON
from toolkit.match.records.profiles import Fact, Profiles

_RANDOM_PAIRS = 20_000
_PSEUDO_PAIRS = (40.0, 60.0, 60.0)
"""Strength of what is believed beforehand of matches, neighbours and namesakes, in pairs."""
_MOST_REPEATS = 20.0
"""Pairs that the repeats of one company count for: one name a million times is no million examples, nor chances.

Of persons every repeat counts: many of one name are many persons."""
_DEFINING = {
    MATCH: frozenset[str](),
    BY_PLACE: frozenset({"name", "title", "identity", "birth", "variant"}),
    BY_NAME: frozenset({"place", "identity", "birth"}),
}
_ANCHORS = {BY_PLACE: frozenset({"name", "title"}), BY_NAME: frozenset({"place", "variant"})}
"""Facets of which one has to be known for a class to be learned."""
_LEAST_RELATED = np.array([1.0, 0.01, 0.005])
"""Neighbours and namesakes for each match, at least: they are possible in every table, however few there are."""
_FEW_DRAWN = 8
"""Pairs of a random sample that are too few to count by."""
_TWINS_OF_ONE_DATE = 0.6
"""Share of neighbours of one date of birth where no fact tells a place, before the table is looked at."""
_MOST_RARE = 2.5
_KNOWN_MATCHES = 300.0
"""Pairs of one party whose names are known from which on a table may say that two unlike names of one are usual in it."""
_PSEUDO_RANDOM = 20.0
_ROUNDS = 200
_TOLERANCE = 1e-7


def trained_model(
    profiles: Profiles,
    left: Ints,
    right: Ints,
    levels: Levels,
    *,
    min_match_probability: float,
    min_review_probability: float,
    answered: pa.Table | None = None,
) -> MatchModel:
    """Return the model fitted to the levels of all candidate pairs.

    Parameters
    ----------
    profiles
        The distinct records.
    left, right
        Positions of the profiles of each candidate pair.
    levels
        Levels of those pairs, one column per fact.
    min_match_probability, min_review_probability
        Thresholds stored with the model.
    answered
        Pairs that a person answered, ``key_l, key_r, decision``: they fix what they are examples of.
    """
    # Records that are equal after standardising share a profile and are no candidate pair, but pairs they are all the same.
    records = np.bincount(profiles.profile_of, minlength=profiles.count)
    repeated = np.flatnonzero(records > 1)
    known = answered_pairs(profiles, answered)
    seen = np.concatenate([levels, pair_levels(profiles, repeated, repeated), known.levels])
    is_person = profiles.kinds[repeated] == PERSON
    repeats = np.minimum(records[repeated] - 1.0, np.where(is_person, np.inf, _MOST_REPEATS))
    times = np.concatenate([np.ones(len(levels)), repeats, np.ones(len(known.levels))])
    part_of = np.concatenate([profiles.parts(left, right), profiles.parts(repeated, repeated), known.parts])
    parts = tuple(
        _trained_part(profiles, seen[part_of == part], times[part_of == part], part, known) for part in range(len(PARTS))
    )
    return MatchModel(parts, min_match_probability, min_review_probability)


def _trained_part(profiles: Profiles, levels: Levels, times: Floats, part: int, known: AnsweredPairs) -> PartModel:
    patterns, inverse = distinct_patterns(levels)
    weights: Floats = np.bincount(inverse, weights=times, minlength=len(patterns)).astype(np.float64)
    answers = answered_patterns(patterns, weights, known, part)
    members = profiles.members(part)
    count = len(members)
    pairs_count = max(count * (count - 1) / 2, float(weights.sum()), 1.0)
    totals = _totals(profiles, members, patterns, weights, pairs_count)
    is_known = _is_anchor_known(profiles, patterns)
    # Shares of all pairs in which the name, or the place, is known on both sides.
    known_shares = np.array([1.0, *(_known_share(profiles, totals, telling, pairs_count) for telling in _ANCHORS.values())])
    class_shares = _first_class_shares(count, pairs_count)
    is_placed = any(fact.comparison.facet in {"place", "contact"} for fact in profiles.facts)
    comparisons = [fact.comparison if is_placed else _of_twins(fact.comparison) for fact in profiles.facts]
    shares = [comparison.priors() for comparison in comparisons]
    for _ in range(_ROUNDS):
        posterior = answers.posterior(class_posteriors(patterns, shares, class_shares))
        expected = posterior[:, :3] * weights[:, None] * is_known
        shares = [
            _new_shares(patterns[:, number], expected, comparison, totals[number], pairs_count)
            for number, comparison in enumerate(comparisons)
        ]
        updated = held_class_shares(profiles, _new_class_shares(expected.sum(axis=0) / known_shares, count, pairs_count))
        moved = float(np.max(np.abs(updated - class_shares) / np.maximum(class_shares, 1e-12)))
        class_shares = updated
        if moved < _TOLERANCE:
            break
    facts = tuple(
        FactModel(fact.label, fact.comparison.name, fact.comparison.facet, fact.comparison.levels, share)
        for fact, share in zip(profiles.facts, shares, strict=True)
    )
    return PartModel(PARTS[part], facts, tuple(class_shares.tolist()), pairs_count)


def _of_twins(comparison: Comparison) -> Comparison:
    """Return a fact as it is where no other tells a place: the neighbours who are seen are twins then, of one date of birth.

    How often they share it is learned; otherwise it is what neighbours are known by not to be one party.
    """
    if comparison.facet != "birth":
        return comparison
    rest = np.array(comparison.by_place[:-1])
    shares = (*(rest * (1 - _TWINS_OF_ONE_DATE) / rest.sum()).tolist(), _TWINS_OF_ONE_DATE)
    return replace(comparison, facet="attribute", by_place=shares)


def class_posteriors(patterns: Levels, shares: list[Floats], class_shares: Floats) -> Floats:
    """Return the probability of each class for each pattern of levels.

    Parameters
    ----------
    patterns
        Rows of levels, one column per fact.
    shares
        Share of each level in each class, by fact.
    class_shares
        Share of each class among all pairs.
    """
    logs = np.tile(np.log(class_shares), (len(patterns), 1))
    for number, share in enumerate(shares):
        table = np.concatenate([np.zeros((4, 1)), np.log(share)], axis=1)
        logs += table[:, patterns[:, number]].T
    logs -= logs.max(axis=1, keepdims=True, initial=-np.inf)
    likelihood = np.exp(logs)
    return np.asarray(likelihood / likelihood.sum(axis=1, keepdims=True), dtype=np.float64)


def _first_class_shares(count: int, pairs_count: float) -> Floats:
    each = np.array([0.3, 0.1, 0.1]) * max(count, 2) / pairs_count
    each = np.minimum(each, (0.3, 0.05, 0.05))
    return np.concatenate([each, [1 - each.sum()]])


def _is_anchor_known(profiles: Profiles, patterns: Levels) -> Floats:
    """Return, per pattern and class but the last, 1 where the class may be learned from it.

    Namesakes are told from matches by their place alone, things of one name by what tells variants apart: where it is
    unknown they would take in every match whose place is.
    """
    facets = [fact.comparison.facet for fact in profiles.facts]
    known = np.ones((len(patterns), 3))
    for kind, telling in _ANCHORS.items():
        own = [number for number, one in enumerate(facets) if one in telling]
        known[:, kind] = (patterns[:, own] != MISSING).any(axis=1)
    return known


def _known_share(profiles: Profiles, totals: list[Floats], telling: frozenset[str], pairs_count: float) -> float:
    own = [
        float(total.sum()) for fact, total in zip(profiles.facts, totals, strict=True) if fact.comparison.facet in telling
    ]
    return min(max(max(own, default=0.0) / pairs_count, 0.01), 1.0)


def _new_class_shares(expected: Floats, count: int, pairs_count: float) -> Floats:
    prior = _first_class_shares(count, pairs_count)[:3] * pairs_count
    strength = min(1.0, 20.0 / max(count, 1))
    each = (expected + strength * prior + 1e-3) / (pairs_count + 1)
    each = np.minimum(np.maximum(each, each[MATCH] * _LEAST_RELATED), 0.3)
    return np.concatenate([each, [1 - each.sum()]])


def _totals(profiles: Profiles, members: Ints, patterns: Levels, weights: Floats, pairs_count: float) -> list[Floats]:
    """Return how many of all pairs have each level of each fact, missing ones left out.

    Agreement is counted exactly from the frequencies of values; the other levels from a random sample, and never fewer than
    among the candidate pairs.
    """
    generator = np.random.default_rng(20_011)
    left, right = members[generator.integers(0, max(len(members), 1), (2, _RANDOM_PAIRS if len(members) else 0))]
    is_pair = left != right
    sampled = pair_levels(profiles, np.minimum(left, right)[is_pair], np.maximum(left, right)[is_pair])
    factor = pairs_count / max(len(sampled), 1)
    totals = []
    for number, fact in enumerate(profiles.facts):
        size = len(fact.comparison.levels) + 1
        drawn = np.bincount(sampled[:, number], minlength=size)[:size]
        # Of what keys find nearly always, candidates are all: one of them in a random sample is an accident of the sample.
        is_found = (np.arange(size) >= (fact.comparison.found_from or size)) & (drawn < _FEW_DRAWN)
        total = np.where(is_found, 0, drawn) * factor
        among_candidates = np.bincount(patterns[:, number], weights=weights, minlength=size)[:size]
        equal = _equal_pairs(fact, members)
        total = np.where(equal > 0, equal, total)
        totals.append(np.maximum(total, among_candidates)[MISSING + 1 :])
    return totals


def _equal_pairs(fact: Fact, members: Ints) -> Floats:
    """Return how many pairs of profiles have equal values, by the level that those reach, counted from frequencies."""
    codes = fact.codes[members]
    frequencies = np.bincount(codes[codes >= 0], minlength=len(fact.values)).astype(np.float64)
    shared = np.flatnonzero(frequencies > 1)
    pairs = frequencies[shared] * (frequencies[shared] - 1) / 2
    levels = fact.comparison.graded(fact.prepared, shared, shared)
    counted = np.bincount(levels, weights=pairs, minlength=len(fact.comparison.levels) + 1)
    return np.asarray(counted, dtype=np.float64)


def _new_shares(levels: Levels, expected: Floats, comparison: Comparison, total: Floats, pairs_count: float) -> Floats:
    """Return the share of each level in each class; weights of matches against unrelated do not fall as agreement grows."""
    prior = comparison.priors()
    size = prior.shape[1]
    observed = np.stack(
        [np.bincount(levels, weights=expected[:, kind], minlength=size + 1)[1 : size + 1] for kind in range(3)]
    )
    shares = np.empty_like(prior)
    for kind, strength in zip((MATCH, BY_PLACE, BY_NAME), _PSEUDO_PAIRS, strict=True):
        # Neighbours are known by their different names, namesakes by their different places: were that learned too, they
        # would take in whatever matches disagree on. Whether branches share a telephone differs from table to table.
        learned = 0.0 if comparison.facet in _DEFINING[kind] else 1.0
        counted = learned * observed[kind] + strength * prior[kind]
        shares[kind] = counted / counted.sum()
    # What is not related must be unrelated: the rest of all pairs.
    rest = np.maximum(total - observed.sum(axis=0), 0.0)
    strength = _PSEUDO_RANDOM * max(pairs_count / _RANDOM_PAIRS, 1.0)
    counted = rest + strength * prior[UNRELATED]
    shares[UNRELATED] = counted / counted.sum()
    if comparison.facet == "name":
        # That one party bears two unlike names is rare everywhere; were it learned, neighbours would teach it. Names that
        # rather speak for neighbours may be more frequent among matches than believed, but not by much, and not because of
        # a handful.
        shares[MATCH, 0] = min(shares[MATCH, 0], prior[MATCH, 0])
        is_rare = prior[MATCH] < prior[BY_PLACE]
        most = 1 + (_MOST_RARE - 1) * min(1.0, float(observed[MATCH].sum()) / _KNOWN_MATCHES)
        shares[MATCH, is_rare] = np.minimum(shares[MATCH, is_rare], most * prior[MATCH, is_rare])
    shares = held_variants(comparison, shares)
    # Weights never fall as agreement grows. Matches are many enough to be known; what of all pairs is left over is not.
    fitting = shares[MATCH] / rising_ratios(shares[MATCH], shares[UNRELATED])
    shares[UNRELATED] = fitting / fitting.sum()
    shares = held_bits(comparison, shares)
    # Nor may agreement ever speak for neighbours or namesakes rather than for a match.
    for kind in (BY_PLACE, BY_NAME):
        fitting = shares[MATCH] / rising_ratios(shares[MATCH], shares[kind])
        shares[kind] = fitting / fitting.sum()
    return held_titles(comparison, shares)
