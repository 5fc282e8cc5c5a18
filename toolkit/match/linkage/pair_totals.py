"""What any two records of a table have in common: how many of all its pairs have each level of each fact."""

from typing import NamedTuple

import numpy as np

from toolkit.match.comparison import MISSING, Floats, Ints, Levels
from toolkit.match.comparisons.company import COMPARISON as COMPANY_NAME
from toolkit.match.comparisons.company import ROUGHLY_ALIKE, SPELLED
from toolkit.match.linkage.beliefs import RANDOM_PAIRS
from toolkit.match.linkage.levels import pair_levels
from toolkit.match.records.profiles import Fact, Profiles

MOST_REPEATS = 20.0
"""Pairs that the repeats of one company count for: one name a million times is no million examples, nor chances."""

_FEW_DRAWN = 8
"""Pairs of a random sample that are too few to count by."""

_FEW_UNEQUAL = 3
"""Unequal values that are drawn at a level which equal ones reach too: fewer may be an accident, or one party."""

_UNLIKE, _MOST_UNLIKE = 2, 0.3
"""The levels of names up to this one have little in common; of one name spelled in many ways fewer pairs than this have."""


_FEW_INSIDE = 5.0
"""Fewer pairs within one system are an accident."""

_MAY_BE_MORE = 2.0
"""By so many times its square root a count of accidents may well be exceeded."""

_BELIEVED_BY_PARTS = 1.0
"""Pairs within one system for which the belief counts that given and family names come together by chance."""


class Apart(NamedTuple):
    """Very many spellings of one name.

    ``group`` is that of each profile (-1: none), ``share`` how much of a chance each stands for.
    """

    group: Ints
    share: Floats


def _is_names_only(profiles: Profiles) -> bool:
    """Return whether a table says nothing of its parties but names."""
    return bool(profiles.facts) and all(fact.comparison.facet == "name" for fact in profiles.facts)


def apart_of(profiles: Profiles, left: Ints, right: Ints, levels: Levels) -> tuple[Apart, Ints]:
    """Return which profiles are spellings of one name of very many, and how many others each has.

    Parameters
    ----------
    profiles
        The distinct records.
    left, right, levels
        The candidate pairs and their levels.
    """
    group = _names_alike(profiles, left, right, levels)
    alike = np.bincount(group, minlength=profiles.count)[group] - 1
    is_many = alike > MOST_REPEATS
    return Apart(np.where(is_many, group, -1), np.where(is_many, 1.0 / (1 + alike), 1.0)), alike


def _names_alike(profiles: Profiles, left: Ints, right: Ints, levels: Levels) -> Ints:
    """Return the group of each profile whose names are the same but for spelling, in a table that has nothing but names.

    There one company with a thousand spellings would be most of what any two records have in common.
    """
    if not _is_names_only(profiles):
        return np.arange(profiles.count)
    facts = profiles.facts
    is_alike = np.any([levels[:, number] >= len(fact.comparison.levels) - 1 for number, fact in enumerate(facts)], axis=0)
    # Of very many spellings only some pairs are compared; those lead from each to all.
    group = np.arange(profiles.count)
    one, other = left[is_alike], right[is_alike]
    while (group[one] != group[other]).any():
        lower = np.minimum(group[one], group[other])
        np.minimum.at(group, group[one], lower)
        np.minimum.at(group, group[other], lower)
        group = group[group]
    # Where every third pair of a group is unlike, a long common part makes the likeness, and not one name.
    is_inside = group[left] == group[right]
    is_unlike = np.all([levels[:, number] <= _UNLIKE for number in range(len(facts))], axis=0)
    pairs, unlike = (np.bincount(group[left[own]], minlength=profiles.count) for own in (is_inside, is_inside & is_unlike))
    is_one = unlike <= _MOST_UNLIKE * pairs
    return np.where(is_one[group], group, np.arange(profiles.count))


class Strangers(NamedTuple):
    """Pairs of records of one system each, which are two parties as a rule: how many have each level of each fact.

    ``pairs_count`` is the number of all pairs within one system, ``is_strict`` whether each system holds a party once.
    """

    counts: list[Floats]
    pairs_count: float
    is_strict: bool


class ByLists(NamedTuple):
    """What several lists tell of a fact by what each holds twice.

    ``of_chance`` is the share of what the parts of its values would bring together by chance that really comes together,
    ``is_counted`` whether it is counted how often strangers' values are nearly the same.
    """

    of_chance: float
    is_counted: bool


def pair_totals(  # noqa: PLR0917 - parallel columns
    profiles: Profiles,
    members: Ints,
    patterns: Levels,
    weights: Floats,
    pairs_count: float,
    apart: Apart,
    strangers: Strangers | None = None,
) -> tuple[list[Floats], list[Floats], list[ByLists]]:
    """Return how many of all pairs have each level of each fact, missing ones left out, and how many of names by chance.

    Of names by chance nan stands for what is not known, and infinity for what has no bound. Last comes what the lists
    themselves tell of each fact.

    Equal values are counted exactly from their frequencies; all others from a random sample, and never fewer than
    among the candidate pairs.

    Parameters
    ----------
    profiles, members
        The distinct records, and those that pairs of a part of the model are made of.
    patterns, weights
        Distinct patterns of levels of the candidate pairs, and how many of all pairs those with each stand for.
    pairs_count
        Number of all pairs.
    apart
        Which members are spellings of one name of very many.
    strangers
        Pairs of records of one system, where there are several.
    """
    generator = np.random.default_rng(20_011)
    drawn = np.arange(len(members))
    if (apart.group >= 0).any():
        drawn = generator.choice(len(members), RANDOM_PAIRS, p=apart.share / apart.share.sum())
    one, other = drawn[generator.integers(0, max(len(drawn), 1), (2, RANDOM_PAIRS if len(drawn) else 0))]
    is_pair = (one != other) & ((apart.group[one] != apart.group[other]) | (apart.group[one] < 0))
    left, right = members[one[is_pair]], members[other[is_pair]]
    sampled = pair_levels(profiles, np.minimum(left, right), np.maximum(left, right))
    factor = pairs_count / max(len(sampled), 1)
    totals, chance, by_lists = [], [], []
    for number, fact in enumerate(profiles.facts):
        size = len(fact.comparison.levels) + 1
        sample = np.bincount(sampled[:, number], minlength=size)[:size]
        # Of what keys find nearly always, candidates are all: one of them in a random sample is an accident of the sample.
        is_found = (np.arange(size) >= (fact.comparison.found_from or size)) & (sample < _FEW_DRAWN)
        total = np.where(is_found, 0, sample) * factor
        among_candidates: Floats = np.bincount(patterns[:, number], weights=weights, minlength=size)[:size].astype(
            np.float64
        )
        equal = _equal_pairs(fact, members)
        # Towns without a street are as near as a town is to one with a street: equal ones alone would be too few.
        unequal = np.bincount(sampled[fact.codes[left] != fact.codes[right], number], minlength=size)[:size]
        total = np.where(equal > 0, equal + np.where(unequal >= _FEW_UNEQUAL, unequal, 0) * factor, total)
        totals.append(np.maximum(total, among_candidates)[MISSING + 1 :])
        by_chance = np.full(size - 1, np.nan)
        of_parts, is_alone = 1.0, False
        if fact.comparison.facet == "name":
            is_bound = _tells_little_else(profiles, patterns, weights, number)
            of_parts = _share_of_chance(profiles, fact, members) if is_bound else 1.0
            share = pairs_count / max(len(members) * (len(members) - 1) / 2, pairs_count)
            by_chance[-1] = share * _chance_pairs(fact, members, of_parts) if is_bound else np.inf
            is_alone = _is_names_only(profiles) or _is_mostly_alone(profiles, patterns, weights, number)
        if is_alone and fact.comparison.name == COMPANY_NAME.name:
            rough, spelled = among_candidates[[ROUGHLY_ALIKE, SPELLED]].tolist()
            by_chance[SPELLED - 1] = _spelled_by_chance(rough, spelled, float(total[SPELLED]), len(members))
        is_counted = is_alone and strangers is not None and strangers.pairs_count > 0
        if strangers is not None and is_counted:
            _bound_by_strangers(by_chance, fact, strangers, number, among_candidates[MISSING + 1 :], pairs_count)
        chance.append(by_chance)
        by_lists.append(ByLists(of_parts, is_counted))
    return totals, chance, by_lists


def _bound_by_strangers(  # noqa: PLR0917 - parallel columns
    by_chance: Floats, fact: Fact, strangers: Strangers, number: int, seen: Floats, pairs_count: float
) -> None:
    """Set how many pairs of names that are nearly the same are strangers' to what those are within one system.

    Where a system may hold a party twice they are that many at most, unless they are as frequent within as across.
    """
    for place in range(_alike_from(fact) - 1, len(by_chance) - 1):
        inside = float(strangers.counts[number][place])
        chance = (inside + 1.0) * pairs_count / strangers.pairs_count
        # As many as there may well be: a few more than usual are no sign of one party yet.
        chance = max(chance, min(float(seen[place]), chance + _MAY_BE_MORE * chance**0.5))
        across = max(float(seen[place]) - inside, 0.0) / max(pairs_count - strangers.pairs_count, 1.0)
        is_as_often = inside >= _FEW_INSIDE and inside / strangers.pairs_count >= across / 2
        by_chance[place] = chance if strangers.is_strict or is_as_often else np.minimum(by_chance[place], chance)


def _share_of_chance(profiles: Profiles, fact: Fact, members: Ints) -> float:
    """Return which share of the equal values that parts would bring together by chance there really are.

    Those of one system show it, for a system holds most parties once. What is equal there and rare by its parts is so for
    another reason, and counts for little.
    """
    by_parts, chances = fact.comparison.chances(fact.prepared), fact.comparison.chances_by_others(fact.prepared)
    systems_count = len(profiles.system_names)
    if by_parts is None or chances is None or systems_count < 2:
        return 1.0
    is_member = np.zeros(profiles.count, dtype=bool)
    is_member[members] = True
    codes = fact.codes[profiles.profile_of]
    own = np.flatnonzero((codes >= 0) & is_member[profiles.profile_of])
    in_system = np.bincount(profiles.systems[own], minlength=systems_count)
    held, borne = np.unique(codes[own] * systems_count + profiles.systems[own], return_counts=True)
    chance = chances[held // systems_count]
    others = (in_system[held % systems_count] - 1) / 2
    expected = chance * others
    usual = float((expected * chance).sum()) / max(float(expected.sum()), 1e-300)
    seen = float((borne * (borne - 1) / 2 * chance).sum()) / max(usual, 1e-300)
    shown = (seen + _BELIEVED_BY_PARTS) / (float(expected.sum()) + _BELIEVED_BY_PARTS)
    return min(1.0, shown * float(expected.sum()) / max(float((by_parts[held // systems_count] * others).sum()), 1e-300))


def _is_mostly_alone(profiles: Profiles, patterns: Levels, weights: Floats, number: int) -> bool:
    """Return whether of most candidate pairs whose names are alike in a fact nothing but names is known."""
    rest = [place for place, fact in enumerate(profiles.facts) if fact.comparison.facet != "name"]
    alike = weights * (patterns[:, number] >= _alike_from(profiles.facts[number]))
    alone = alike * (patterns[:, rest] == MISSING).all(axis=1)
    return bool(alone.sum() > alike.sum() / 2)


def _alike_from(fact: Fact) -> int:
    """Return from which level on names are as good as equal."""
    return SPELLED if fact.comparison.name == COMPANY_NAME.name else fact.comparison.found_from or 1


def _tells_little_else(profiles: Profiles, patterns: Levels, weights: Floats, number: int) -> bool:
    """Return whether most candidate pairs that are equal in a fact are equal names of which nothing else is known.

    There a fit cannot tell matches from accidents but by how many accidents there can be. Where other facts are known those
    tell, and better: names are not as independent of each other as their parts would have it.
    """
    rest = [place for place, fact in enumerate(profiles.facts) if fact.comparison.facet != "name"]
    own = weights * (patterns[:, number] == len(profiles.facts[number].comparison.levels))
    alone = own * (patterns[:, rest] == MISSING).all(axis=1)
    return bool(alone.sum() >= own.sum() / 2)


def _spelled_by_chance(rough: float, spelled: float, all_spelled: float, count: int) -> float:
    """Return how many pairs of names that are the same but for spelling are strangers'.

    One slip is a stranger's about twice as often as two, and one party's ten times as often and more. And no table has more
    matches than records but for one name in very many spellings, of which no pair is drawn.
    """
    return min(max(2 * (rough + 1 - 0.1 * spelled), all_spelled - count, 0.0), spelled)


def _equal_pairs(fact: Fact, members: Ints) -> Floats:
    """Return how many pairs of profiles have equal values, by the level that those reach, counted from frequencies."""
    codes = fact.codes[members]
    frequencies = np.bincount(codes[codes >= 0], minlength=len(fact.values)).astype(np.float64)
    shared = np.flatnonzero(frequencies > 1)
    pairs = frequencies[shared] * (frequencies[shared] - 1) / 2
    levels = fact.comparison.graded(fact.prepared, shared, shared)
    counted = np.bincount(levels, weights=pairs, minlength=len(fact.comparison.levels) + 1)
    return np.asarray(counted, dtype=np.float64)


def _chance_pairs(fact: Fact, members: Ints, of_parts: float) -> float:
    """Return how many pairs of profiles may have equal values by chance.

    Two that bear a value may be one party, so that only those beyond two show that a value is common. Where values have
    parts, the parts show how often they would come together.
    """
    codes = fact.codes[members]
    borne = np.bincount(codes[codes >= 0], minlength=len(fact.values)).astype(np.float64)
    beyond = np.maximum(borne - 2, 0.0)
    by_count = float((beyond * (beyond + 1) / 2).sum())
    chances = fact.comparison.chances(fact.prepared)
    by_parts = 0.0 if chances is None else of_parts * float((borne * chances).sum() * borne.sum() / 2)
    return max(by_count, by_parts)
