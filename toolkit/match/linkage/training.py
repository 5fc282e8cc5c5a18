"""The model learned without labels: latent classes over the distinct patterns of levels.

Unrelated pairs are anchored in all pairs of the table (random pairs, and the frequencies of values), never in the
candidate pairs, which blocking has chosen for their likeness. Every share starts from what is believed beforehand, held by
pseudo-counts: a table of fifty records is decided by those, a table of a million by itself.

A fit may settle on more than one answer: where two lists hold nothing but names, equal ones may be matches or accidents.
So it begins from two sides, and what explains the table better, belief counted in, is taken.
"""

from dataclasses import replace

import numpy as np
import pyarrow as pa

from toolkit.match.comparison import MISSING, Floats, Ints, Levels
from toolkit.match.linkage.answered_pairs import AnsweredPairs, answered_pairs, answered_patterns
from toolkit.match.linkage.class_shares import KINDS
from toolkit.match.linkage.fitting import Fit, Table, best_fit
from toolkit.match.linkage.levels import distinct_patterns, pair_levels
from toolkit.match.linkage.one_to_one import linked_parts
from toolkit.match.linkage.pair_totals import MOST_REPEATS, Apart, apart_of, pair_totals
from toolkit.match.linkage.weights import AKIN, BY_NAME, BY_PLACE, MOVED, PARTS, FactModel, MatchModel, PartModel
from toolkit.match.records.columns import PERSON
from toolkit.match.records.profiles import Fact, Profiles

_NEEDED = (
    ((BY_PLACE, AKIN), frozenset({"name", "title"})),
    ((BY_NAME,), frozenset({"place", "variant"})),
    ((MOVED,), frozenset({"place"})),
)
"""Classes that are told from others by some facets: where all are unknown they would take in every match."""

_TWINS_OF_ONE_DATE = 0.6
"""Share of neighbours of one date of birth where no fact tells a place, before the table is looked at."""


def trained_model(
    profiles: Profiles,
    left: Ints,
    right: Ints,
    levels: Levels,
    *,
    min_match_probability: float,
    min_review_probability: float,
    answered: pa.Table | None = None,
    is_link: bool = False,
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
    is_link
        Whether each record has one partner in the other list at most.
    """
    # Records that are equal after standardising share a profile and are no candidate pair, but pairs they are all the same.
    records = np.bincount(profiles.profile_of, minlength=profiles.count)
    repeated = np.flatnonzero(records > 1)
    known = answered_pairs(profiles, answered)
    seen = np.concatenate([levels, pair_levels(profiles, repeated, repeated), known.levels])
    is_person = profiles.kinds[repeated] == PERSON
    repeats = np.minimum(records[repeated] - 1.0, np.where(is_person, np.inf, MOST_REPEATS))
    times = np.concatenate([np.ones(len(levels)), repeats, np.ones(len(known.levels))])
    # All spellings of one name together are as much of a chance as one of another, and are no strangers to each other.
    apart, alike = apart_of(profiles, left, right, levels)
    times[: len(levels)] = np.minimum(1.0, MOST_REPEATS / np.maximum(np.minimum(alike[left], alike[right]), 1))
    by_chance = np.concatenate([apart.share[left] * apart.share[right], times[len(levels) :]])
    part_of = np.concatenate([profiles.parts(left, right), profiles.parts(repeated, repeated), known.parts])
    parts, doubts = [], []
    for part, name in enumerate(PARTS):
        own = part_of == part
        table = _table(profiles, seen[own], times[own], by_chance[own], part, known, apart)
        best, doubt = best_fit(table, name)
        parts.append(_part_model(profiles, name, best, table.pairs_count))
        doubts += [doubt] if doubt else []
    if is_link:
        counts = np.bincount(profiles.systems[profiles.first_records])
        # Of three lists and more it is left open who may have a partner where.
        parts = list(linked_parts(parts, tuple(counts.tolist()))) if len(counts) == 2 else parts
    return MatchModel(tuple(parts), min_match_probability, min_review_probability, tuple(doubts))


def _part_model(profiles: Profiles, name: str, best: Fit, pairs_count: float) -> PartModel:
    facts = tuple(
        FactModel(fact.label, fact.comparison.name, fact.comparison.facet, fact.comparison.levels, share)
        for fact, share in zip(profiles.facts, best.shares, strict=True)
    )
    return PartModel(name, facts, tuple(best.class_shares.tolist()), pairs_count)


def _table(  # noqa: PLR0917 - parallel columns
    profiles: Profiles, levels: Levels, times: Floats, by_chance: Floats, part: int, known: AnsweredPairs, apart: Apart
) -> Table:
    patterns, inverse = distinct_patterns(levels)
    weights: Floats = np.bincount(inverse, weights=times, minlength=len(patterns)).astype(np.float64)
    members = profiles.members(part)
    count = len(members)
    pairs_count = max(count * (count - 1) / 2, float(weights.sum()), 1.0)
    seen: Floats = np.bincount(inverse, by_chance, len(patterns)).astype(np.float64)
    totals, chance = pair_totals(
        profiles,
        members,
        patterns,
        seen,
        pairs_count,
        Apart(apart.group[members], apart.share[members]),
    )
    answers = answered_patterns(patterns, weights, known, part)
    is_known = np.ones((len(patterns), KINDS))
    known_shares = np.ones(KINDS)
    for kinds, telling in _NEEDED:
        own = [number for number, fact in enumerate(profiles.facts) if fact.comparison.facet in telling]
        most = max((float(totals[number].sum()) for number in own), default=0.0)
        is_known[:, kinds] = (patterns[:, own] != MISSING).any(axis=1)[:, None]
        known_shares[list(kinds)] = min(max(most / pairs_count, 0.01), 1.0)
    is_placed = any(fact.comparison.facet in {"place", "contact"} for fact in profiles.facts)
    return Table(
        profiles.facts if is_placed else tuple(_of_twins(fact) for fact in profiles.facts),
        patterns,
        weights,
        answers,
        count,
        pairs_count,
        totals,
        chance,
        is_known,
        known_shares,
        is_of_persons=bool(part),
    )


def _of_twins(fact: Fact) -> Fact:
    """Return a fact as it is where no other tells a place: the neighbours who are seen are twins then, of one date of birth.

    How often they share it is learned; otherwise it is what neighbours are known by not to be one party.
    """
    comparison = fact.comparison
    if comparison.facet != "birth":
        return fact
    rest = np.array(comparison.by_place[:-1])
    shares = (*(rest * (1 - _TWINS_OF_ONE_DATE) / rest.sum()).tolist(), _TWINS_OF_ONE_DATE)
    return replace(fact, comparison=replace(comparison, facet="attribute", by_place=shares))
