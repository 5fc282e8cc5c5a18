"""The fit of one part of the model: expectation and maximisation over the distinct patterns of levels."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from toolkit.match.comparison import MISSING, Floats, Ints, Levels
from toolkit.match.linkage.answered_pairs import AnsweredPatterns
from toolkit.match.linkage.beliefs import (
    PSEUDO_PAIRS,
    believed_shares,
    proves_one_party,
    random_strength,
    taught_shares,
)
from toolkit.match.linkage.class_shares import MOST_OF_A_CLASS, first_class_shares, new_class_shares
from toolkit.match.linkage.held_shares import held_class_shares
from toolkit.match.linkage.pair_totals import ByLists
from toolkit.match.linkage.weights import BY_NAME, MATCH, MOVED, UNRELATED
from toolkit.match.records.profiles import Fact

_LOCAL = {BY_NAME: 0.3, MOVED: 0.6}
_LOCAL_STRENGTH = 20.0
"""Share of branches, and of moves, that are in one town more often than chance, and how many pairs that belief counts
for."""

_CLEARLY = 3.0
"""By so much more (as a natural logarithm) must a second answer explain the table to be taken instead of the first."""

_FEW_PAIRS, _MANY_RECORDS = 5.0, 50
"""Fewer pairs, or records, are no reason to doubt a fit."""

_ONE_MANY_TIMES = 0.15
"""Share of all pairs that are one party by general knowledge from which on a table is one party many times."""

_ROUNDS = 200
_TOLERANCE = 1e-6


@dataclass(frozen=True, slots=True)
class Table:
    """What one part of a table shows: distinct patterns of its candidate pairs and how often each occurs, and all its pairs.

    ``totals`` are how many of all pairs have each level of each fact, ``chance`` how many have each level of a name
    by chance; ``known_shares`` the share of all pairs from which a class may be learned, ``is_known`` which patterns those
    are; ``by_lists`` what several lists tell of each fact by what each holds twice,
    ``repeated_share`` the share of all pairs that would be one party by general knowledge.
    """

    facts: tuple[Fact, ...]
    patterns: Levels
    times: Floats
    answers: AnsweredPatterns
    count: int
    pairs_count: float
    totals: list[Floats]
    chance: list[Floats]
    is_known: Floats
    known_shares: Floats
    by_lists: list[ByLists]
    repeated_share: float = 0.0
    is_of_persons: bool = False


@dataclass(frozen=True, slots=True)
class Fit:
    """Share of each level in each class by fact, and of each class; how well they explain the table, belief counted in."""

    shares: list[Floats]
    class_shares: Floats
    likelihood: float


def best_fit(table: Table, name: str) -> tuple[Fit, str]:
    """Return the fit that explains a table best, and why it is not to be trusted, if it is not; then it is what is believed.

    Parameters
    ----------
    table
        What is seen.
    name
        The part of the model, in words.
    """
    believed = [_anchored(table, number) for number in range(len(table.facts))]
    plain = [believed_shares(fact.comparison, is_of_persons=table.is_of_persons) for fact in table.facts]
    first = _fitted(table, believed, believed)
    second = first if _is_one_start(table, believed, plain) else _fitted(table, believed, plain)
    # What begins from the table's own names is left only for what explains clearly more: else both explain the same.
    best = second if second.likelihood > first.likelihood + _CLEARLY else first
    doubt = _doubt(table, best, name)
    return (Fit(believed, first_class_shares(table.count, table.pairs_count), best.likelihood) if doubt else best), doubt


def _is_one_start(table: Table, one: list[Floats], other: list[Floats]) -> bool:
    """Return whether two starts differ in nothing but levels that no pair has: what begins from them is one and the same."""
    return not any(
        (ours[:, seen] != theirs[:, seen]).any()
        for number, (ours, theirs) in enumerate(zip(one, other, strict=True))
        for seen in [np.unique(table.patterns[table.patterns[:, number] != MISSING, number]) - 1]
    )


def _doubt(table: Table, fit: Fit, name: str) -> str:
    """Return why a fit is not to be trusted, in a sentence; empty where nothing speaks against it.

    Equal names that no accident explains are held to be one party where nothing else is known of them. A fit that takes
    them for strangers has taken the matches for what any two records have in common.
    """
    own = [number for number, fact in enumerate(table.facts) if fact.comparison.facet == "name"]
    rest = [number for number in range(len(table.facts)) if number not in own]
    nothing_else = (table.patterns[:, rest] == MISSING).all(axis=1)
    for number in own:
        size = len(table.facts[number].comparison.levels)
        equal = nothing_else & (table.patterns[:, number] == size)
        pairs = float(table.times[equal].sum())
        if pairs < _FEW_PAIRS or float(table.chance[number][-1]) > pairs / 2:
            continue
        posterior = class_posteriors(table.patterns[equal], fit.shares, fit.class_shares)
        held = float((posterior[:, [MATCH, MOVED]].sum(axis=1) * table.times[equal]).sum())
        if held < pairs / 2:
            return (
                f"{pairs:,.0f} pairs of records ({name}) bear one and the same rare name and say nothing else of each "
                "other, and what was learned from the table would have kept them apart. It was not used: what is known of "
                "business data in general decided. Look at a sample of the pairs before you rely on the counts."
            )
    if table.repeated_share >= _ONE_MANY_TIMES and table.count >= _MANY_RECORDS:
        return (
            f"Of all pairs of its {table.count:,} records ({name}) {table.repeated_share:.0%} would be one party by what is "
            "known of business data in general; what was learned from the table would have taken that for what any two "
            "records have in common. It was not used: general knowledge decided. Look whether the table holds one party "
            "many times."
        ).replace("%", " %")
    if float(fit.class_shares[[MATCH, MOVED]].sum()) >= MOST_OF_A_CLASS and table.count >= _MANY_RECORDS:
        return (
            f"By what was learned from the table, three in ten of all pairs of its {table.count:,} records ({name}) would "
            "be one party. It was not used: what is known of business data in general decided. Look whether the table holds "
            "one party many times."
        )
    return ""


def _anchored(table: Table, number: int) -> Floats:
    """Return what is believed of a fact; strangers' names are no more often equal than the table shows by chance."""
    comparison = table.facts[number].comparison
    result = believed_shares(comparison, is_of_persons=table.is_of_persons)
    if comparison.facet == "name":
        most = (table.chance[number] + 0.5) / table.pairs_count
        result[UNRELATED] = np.fmin(result[UNRELATED], most)
        result[UNRELATED] /= result[UNRELATED].sum()
    return result


def _fitted(table: Table, believed: list[Floats], start: list[Floats]) -> Fit:
    shares = start
    class_shares = first_class_shares(table.count, table.pairs_count)
    local = np.tile(list(_LOCAL.values()), (len(table.facts), 1))
    columns = _columns(table.patterns)
    sums = _LevelSums(columns, [belief.shape[1] for belief in believed])
    is_known = np.ascontiguousarray(table.is_known.T)
    is_proven = _are_proven(table, columns)
    has_answers = bool(table.answers.answers.any())
    unseen = frozenset(number for number, column in enumerate(columns) if not column.any())
    settled: frozenset[int] = frozenset()
    for _ in range(_ROUNDS):
        posterior = _posteriors(columns, shares, class_shares)
        if has_answers:
            posterior = np.ascontiguousarray(table.answers.posterior(np.ascontiguousarray(posterior.T)).T)
        seen = posterior * table.times
        expected = seen * is_known
        # What a class does not learn from is still no pair of strangers.
        all_observed = sums.of([*expected[:UNRELATED], table.times - seen[UNRELATED], *expected[UNRELATED + 1 :]])
        proven = sums.of([(expected[MATCH] + expected[MOVED]) * is_proven])
        updated = []
        for number, fact in enumerate(table.facts):
            if number in settled:
                updated.append(shares[number])
                continue
            observed = all_observed[number]
            if fact.comparison.facet == "place":
                local[number] = [
                    _local_share(observed[kind], shares[number][UNRELATED], believed[number][BY_NAME], before, first)
                    for (kind, first), before in zip(_LOCAL.items(), local[number].tolist(), strict=True)
                ]
            if fact.comparison.facet == "web" and table.is_of_persons:
                local[number, 1] = _local_share(
                    observed[MOVED], shares[number][MATCH], shares[number][BY_NAME], local[number, 1], _LOCAL[MOVED]
                )
            updated.append(
                taught_shares(
                    fact.comparison,
                    believed[number],
                    observed,
                    table.totals[number],
                    table.chance[number],
                    table.pairs_count,
                    local[number],
                    proven[number][0],
                    is_counted=table.by_lists[number].is_counted,
                    is_of_persons=table.is_of_persons,
                )
            )
        shares = updated
        # What no pair tells anything of is taught nothing more.
        settled = unseen
        new = new_class_shares(
            np.ascontiguousarray(expected.T).sum(axis=0) / table.known_shares,
            table.count,
            table.pairs_count,
            is_of_persons=table.is_of_persons,
        )
        new = held_class_shares(table.facts, new)
        moved = float(np.max(np.abs(new - class_shares) / np.maximum(class_shares, 1e-12)))
        class_shares = new
        if moved < _TOLERANCE:
            break
    return Fit(shares, class_shares, _likelihood(table, believed, shares, class_shares))


def _are_proven(table: Table, columns: list[Ints]) -> npt.NDArray[np.bool_]:
    """Return which patterns agree in full in what neighbours hardly ever share: of names they show what one party's are."""
    result = np.zeros(len(table.patterns), dtype=bool)
    for fact, column in zip(table.facts, columns, strict=True):
        if proves_one_party(fact.comparison):
            result |= column == len(fact.comparison.levels)
    return result


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
    return np.ascontiguousarray(_posteriors(_columns(patterns), shares, class_shares).T)


def _columns(patterns: Levels) -> list[Ints]:
    """Return the levels of each fact as what picks from an array."""
    return [patterns[:, number].astype(np.intp) for number in range(patterns.shape[1])]


def _posteriors(columns: list[Ints], shares: list[Floats], class_shares: Floats) -> Floats:
    """Return the probability of each class (rows) for each pattern (columns)."""
    logs = _class_logs(columns, shares, class_shares)
    logs -= logs.max(axis=0, initial=-np.inf)
    likelihood = np.exp(logs, out=logs)
    likelihood /= likelihood.sum(axis=0)
    return likelihood


def _class_logs(columns: list[Ints], shares: list[Floats], class_shares: Floats) -> Floats:
    count = len(columns[0]) if columns else 0
    logs = np.repeat(np.log(class_shares)[:, None], count, axis=1)
    for column, share in zip(columns, shares, strict=True):
        if not column.any():
            continue
        table = np.zeros((len(class_shares), share.shape[1] + 1))
        np.log(share, out=table[:, 1:])
        logs += table.take(column, axis=1)
    return logs


def _likelihood(table: Table, believed: list[Floats], shares: list[Floats], class_shares: Floats) -> float:
    """Return the logarithm of how likely the table is, pairs that are no candidates counted as unrelated, and the belief."""
    logs = _class_logs(_columns(table.patterns), shares, class_shares)
    peak = logs.max(axis=0, initial=-np.inf)
    total = float((table.times * (peak + np.log(np.exp(logs - peak).sum(axis=0)))).sum())
    for number, belief in enumerate(believed):
        size = belief.shape[1]
        among = np.bincount(table.patterns[:, number], weights=table.times, minlength=size + 1)[1:]
        total += float((np.maximum(table.totals[number] - among, 0.0) * np.log(shares[number][UNRELATED])).sum())
        for kind, strength in PSEUDO_PAIRS.items():
            total += strength * float((belief[kind] * np.log(shares[number][kind])).sum())
        total += random_strength(table.pairs_count) * float((belief[UNRELATED] * np.log(shares[number][UNRELATED])).sum())
    return total


class _LevelSums:
    """Adds up what the patterns of each level of each fact weigh: all facts in one walk over the patterns."""

    def __init__(self, columns: list[Ints], sizes: list[int]) -> None:
        self._starts = np.cumsum([0, *(size + 1 for size in sizes)]).tolist()
        nothing = np.zeros(0, np.intp)
        # What is missing is not counted, and more than half is.
        known = [np.flatnonzero(column != MISSING) for column in columns]
        self._rows = np.concatenate([nothing, *known])
        levels = [column[rows] + start for column, rows, start in zip(columns, known, self._starts, strict=False)]
        self._places = np.concatenate([nothing, *levels])

    def of(self, weights: list[Floats]) -> list[Floats]:
        """Return by fact how much each level (columns) has of each of several weights of the patterns (rows)."""
        count = self._starts[-1]
        sums = np.array([np.bincount(self._places, own.take(self._rows), count) for own in weights], np.float64)
        return [sums[:, start + 1 : end] for start, end in pairwise(self._starts)]


def _local_share(observed: Floats, any_two: Floats, nearby: Floats, before: float, first: float) -> float:
    """Return the share of pairs that are placed as believed of branches and not like any two."""
    local, other = before * nearby, (1 - before) * any_two
    own = float((observed * local / (local + other)).sum())
    return (own + _LOCAL_STRENGTH * first) / (float(observed.sum()) + _LOCAL_STRENGTH)
