"""The model learned without labels: latent classes over the distinct patterns of levels.

Unrelated pairs are anchored in all pairs of the table (random pairs, and the frequencies of values), never in the
candidate pairs, which blocking has chosen for their likeness. Every share starts from what is believed beforehand, held by
pseudo-counts: a table of fifty records is decided by those, a table of a million by itself.

A fit may settle on more than one answer: where two lists hold nothing but names, equal ones may be matches or accidents.
So it begins from two sides, and what explains the table better, belief counted in, is taken.
"""

from dataclasses import replace
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from toolkit.match.comparison import MISSING, Floats, Ints, Levels
from toolkit.match.comparisons.person import BY_PLACE_OF_CUSTOMERS
from toolkit.match.comparisons.person import COMPARISON as PERSONS_NAME
from toolkit.match.linkage.answered_pairs import AnsweredPairs, answered_pairs, answered_patterns
from toolkit.match.linkage.class_shares import KINDS
from toolkit.match.linkage.fitting import Fit, Table, best_fit
from toolkit.match.linkage.levels import distinct_patterns, pair_levels
from toolkit.match.linkage.namesakes import Namesakes
from toolkit.match.linkage.one_to_one import linked_parts
from toolkit.match.linkage.pair_totals import MOST_REPEATS, Apart, Strangers, apart_of, pair_totals
from toolkit.match.linkage.repeated_party import repeated_share
from toolkit.match.linkage.weights import AKIN, BY_NAME, BY_PLACE, MOVED, PARTS, FactModel, MatchModel, PartModel
from toolkit.match.records.columns import PERSON
from toolkit.match.records.profiles import Fact, Profiles

_NEEDED = (
    ((BY_PLACE, AKIN), frozenset({"name", "title"})),
    ((BY_NAME,), frozenset({"place", "variant"})),
    ((MOVED,), frozenset({"place"})),
)
"""Classes that are told from others by some facets: where all are unknown they would take in every match."""

_MOST_SYSTEMS = 62
"""Systems that a record's profile can be told to be in, by a bit for each."""

_TWINS_OF_ONE_DATE = 0.6
"""Share of neighbours of one date of birth where no fact tells a place, before the table is looked at."""


class Inside(NamedTuple):
    """Candidate pairs within one system, with their levels."""

    left: Ints
    right: Ints
    levels: Levels


def trained_model(
    profiles: Profiles,
    left: Ints,
    right: Ints,
    levels: Levels,
    *,
    min_match_probability: float,
    min_review_probability: float,
    answered: pa.Table | None = None,
    namesakes: Namesakes | None = None,
    inside: Inside | None = None,
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
    namesakes
        The names that several parties bear, as their lists show: two bearers of one are no example of anything.
    inside
        Candidate pairs within one system, where ``levels`` are those of pairs across two to be linked.
    is_link
        Whether each record has one partner in the other list at most.
    """
    told = namesakes or Namesakes(np.full(profiles.count, -1), np.zeros(profiles.count, dtype=np.int64))
    # Records that are equal after standardising share a profile and are no candidate pair, but pairs they are all the same.
    records = np.bincount(profiles.profile_of, minlength=profiles.count)
    repeated = np.flatnonzero((records > 1) & (told.bearers == 0))
    known = answered_pairs(profiles, answered)
    seen = np.concatenate([levels, pair_levels(profiles, repeated, repeated), known.levels])
    is_person = profiles.kinds[repeated] == PERSON
    repeats = np.minimum(records[repeated] - 1.0, np.where(is_person, np.inf, MOST_REPEATS))
    times = np.concatenate([np.ones(len(levels)), repeats, np.ones(len(known.levels))])
    # All spellings of one name together are as much of a chance as one of another, and are no strangers to each other.
    apart, alike = apart_of(profiles, left, right, levels)
    times[: len(levels)] = np.minimum(1.0, MOST_REPEATS / np.maximum(np.minimum(alike[left], alike[right]), 1))
    times[: len(levels)][told.are_both(left, right)] = 0.0
    by_chance = np.concatenate([apart.share[left] * apart.share[right], times[len(levels) :]])
    part_of = np.concatenate([profiles.parts(left, right), profiles.parts(repeated, repeated), known.parts])
    parts, doubts = [], []
    for part, name in enumerate(PARTS):
        own = part_of == part
        strangers = _strangers(profiles, left, right, levels, inside, part)
        table = _table(profiles, seen[own], times[own], by_chance[own], part, known, apart, strangers)
        best, doubt = best_fit(table, name)
        parts.append(_part_model(profiles, name, best, table))
        doubts += [doubt] if doubt else []
    if is_link:
        counts = np.bincount(profiles.systems[profiles.first_records])
        # Of three lists and more it is left open who may have a partner where.
        parts = list(linked_parts(parts, tuple(counts.tolist()))) if len(counts) == 2 else parts
    return MatchModel(tuple(parts), min_match_probability, min_review_probability, tuple(doubts))


def _part_model(profiles: Profiles, name: str, best: Fit, table: Table) -> PartModel:
    facts = tuple(
        FactModel(fact.label, fact.comparison.name, fact.comparison.facet, fact.comparison.levels, share, told.of_chance)
        for fact, share, told in zip(profiles.facts, best.shares, table.by_lists, strict=True)
    )
    return PartModel(name, facts, tuple(best.class_shares.tolist()), table.pairs_count)


def _strangers(  # noqa: PLR0917 - parallel columns
    profiles: Profiles, left: Ints, right: Ints, levels: Levels, inside: Inside | None, part: int
) -> Strangers | None:
    """Return what pairs of records of one system have in common; None where there is one system alone."""
    systems_count = len(profiles.system_names)
    if systems_count < 2 or systems_count > _MOST_SYSTEMS:
        return None
    held = np.zeros(profiles.count, dtype=np.int64)
    np.bitwise_or.at(held, profiles.profile_of, 1 << profiles.systems)
    if inside is not None:
        left, right, levels = inside
    both = np.flatnonzero((profiles.parts(left, right) == part) & ((held[left] & held[right]) > 0))
    systems, sizes = np.unique(held[profiles.members(part)], return_counts=True)
    sharing = sum(size * int(sizes[(systems & own) > 0].sum()) for own, size in zip(systems, sizes.tolist(), strict=True))
    counts: list[Floats] = [
        np.bincount(levels[both, number], minlength=len(fact.comparison.levels) + 1)[MISSING + 1 :].astype(np.float64)
        for number, fact in enumerate(profiles.facts)
    ]
    return Strangers(counts, (sharing - int(sizes.sum())) / 2, is_strict=inside is not None)


def _table(  # noqa: PLR0917 - parallel columns
    profiles: Profiles,
    levels: Levels,
    times: Floats,
    by_chance: Floats,
    part: int,
    known: AnsweredPairs,
    apart: Apart,
    strangers: Strangers | None,
) -> Table:
    patterns, inverse = distinct_patterns(levels)
    weights: Floats = np.bincount(inverse, weights=times, minlength=len(patterns)).astype(np.float64)
    members = profiles.members(part)
    count = len(members)
    # Where only pairs across two systems are looked at, those within one are no pairs that could be one party.
    not_asked = strangers.pairs_count if strangers is not None and strangers.is_strict else 0.0
    pairs_count = max(count * (count - 1) / 2 - not_asked, float(weights.sum()), 1.0)
    seen: Floats = np.bincount(inverse, by_chance, len(patterns)).astype(np.float64)
    totals, chance, by_lists = pair_totals(
        profiles,
        members,
        patterns,
        seen,
        pairs_count,
        Apart(apart.group[members], apart.share[members]),
        strangers,
    )
    answers = answered_patterns(patterns, weights, known, part)
    is_known = np.ones((len(patterns), KINDS))
    known_shares = np.ones(KINDS)
    for kinds, telling in _NEEDED:
        own = [number for number, fact in enumerate(profiles.facts) if fact.comparison.facet in telling]
        most = max((float(totals[number].sum()) for number in own), default=0.0)
        is_known[:, kinds] = (patterns[:, own] != MISSING).any(axis=1)[:, None]
        known_shares[list(kinds)] = min(max(most / pairs_count, 0.01), 1.0)
    if not any(totals[number].any() for number, fact in enumerate(profiles.facts) if fact.comparison.facet != "name"):
        # By names alone neighbours look like any two.
        is_known[:, [BY_PLACE, AKIN]] = 0.0
    return Table(
        _facts(profiles.facts),
        patterns,
        weights,
        answers,
        count,
        pairs_count,
        totals,
        chance,
        is_known,
        known_shares,
        by_lists,
        repeated_share(profiles, members, pairs_count, is_of_persons=bool(part)),
        is_of_persons=bool(part),
    )


def _facts(facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    """Return the facts with what is believed of them beside each other."""
    facets = {fact.comparison.facet for fact in facts}
    if not facets & {"place", "contact"}:
        facts = tuple(_of_twins(fact) for fact in facts)
    return facts if "birth" in facets else tuple(_of_customers(fact) for fact in facts)


def _of_customers(fact: Fact) -> Fact:
    """Return a fact as it is where no date of birth is kept: lists of customers hold father and son of one name hardly ever.

    Where births are kept, whole families are.
    """
    if fact.comparison.name != PERSONS_NAME.name:
        return fact
    return replace(fact, comparison=replace(fact.comparison, by_place=BY_PLACE_OF_CUSTOMERS))


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
