"""Match weight and probability of pairs, from a model, adjusted for how common the agreeing values are."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from toolkit.match.comparison import Floats, Ints, Levels
from toolkit.match.profiles import Profiles
from toolkit.match.weights import BY_NAME, BY_PLACE, MATCH, UNRELATED, MatchModel, PartModel

_MAX_BITS = 60.0
_CHANCE_FACETS = {
    BY_PLACE: frozenset({"name", "identity", "attribute"}),
    BY_NAME: frozenset({"place", "identity", "attribute"}),
    UNRELATED: frozenset({"name", "place", "contact", "identity", "attribute"}),
}
"""Facets in which pairs of a class agree only by chance, so that a rare value in common speaks against that class."""


@dataclass(frozen=True, slots=True)
class Scores:
    """Scores of pairs: weight in bits, probability, the likeliest class, and bits per fact (one column each)."""

    match_weight: Floats
    match_probability: Floats
    likeliest: npt.NDArray[np.int64]
    fact_bits: Floats


def pair_scores(  # noqa: PLR0917 - parallel columns
    profiles: Profiles, levels: Levels, left: Ints, right: Ints, model: MatchModel, entities: Ints | None = None
) -> Scores:
    """Return the scores of pairs of profiles.

    Parameters
    ----------
    profiles
        The distinct records, whose values' frequencies count.
    levels
        Levels of the pairs, one column per fact.
    left, right
        Positions of the profiles.
    model
        The fitted model, whose facts are those of ``profiles``.
    entities
        What each profile is held to be so far: a value is common when many entities have it, not many records of one.
    """
    owners = np.arange(profiles.count) if entities is None else entities
    part_of = profiles.parts(left, right)
    weight, likeliest = np.zeros(len(levels)), np.zeros(len(levels), dtype=np.int64)
    bits = np.zeros((len(levels), len(model.facts)))
    for number, part in enumerate(model.parts):
        own = np.flatnonzero(part_of == number)
        if len(own):
            weight[own], likeliest[own], bits[own] = _part_scores(profiles, part, owners, levels[own], left[own], right[own])
    probability = 1 / (1 + np.exp2(-weight))
    return Scores(weight, probability, likeliest, bits)


def _part_scores(  # noqa: PLR0917 - parallel columns
    profiles: Profiles, part: PartModel, owners: Ints, levels: Levels, left: Ints, right: Ints
) -> tuple[Floats, Ints, Floats]:
    logs = np.tile(np.log2(np.asarray(part.class_shares)), (len(levels), 1))
    bits = np.zeros((len(levels), len(part.facts)))
    for number, (fact, known) in enumerate(zip(profiles.facts, part.facts, strict=True)):
        column = levels[:, number]
        table = np.concatenate([np.zeros((4, 1)), np.log2(known.shares)], axis=1)
        logs += table[:, column].T
        is_same = column == len(known.levels)
        rarity = _rarity_bits(fact.codes, owners, left, right, is_same, float(known.shares[UNRELATED, -1]))
        for kind, facets in _CHANCE_FACETS.items():
            if known.facet in facets:
                logs[:, kind] -= rarity
        bits[:, number] = known.bits[column] + rarity
    others = logs[:, 1:]
    peak = others.max(axis=1)
    against = peak + np.log2(np.exp2(others - peak[:, None]).sum(axis=1))
    return np.clip(logs[:, MATCH] - against, -_MAX_BITS, _MAX_BITS), logs.argmax(axis=1), bits


def _rarity_bits(  # noqa: PLR0917 - parallel columns
    codes: Ints, owners: Ints, left: Ints, right: Ints, is_same: npt.NDArray[np.bool_], chance: float
) -> Floats:
    """Return how many bits more than average agreement on this value says; negative for a common value."""
    result = np.zeros(len(left))
    if not is_same.any():
        return result
    has = codes >= 0
    base = int(codes.max()) + 1
    counts = np.bincount(np.unique(owners[has] * base + codes[has]) % base, minlength=base)
    filled = max(int(counts.sum()), 1)
    common = np.maximum(counts[codes[left[is_same]]], counts[codes[right[is_same]]])
    # The two records themselves are no evidence of how common a value is.
    by_value = np.maximum(common - 2, 0) / filled
    result[is_same] = np.log2(chance / (0.4 * chance + 0.6 * by_value))
    return result
