"""Match weight and probability of pairs, from a model, adjusted for how common the agreeing values are."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from toolkit.cores import results
from toolkit.match.comparison import Floats, Ints, Levels
from toolkit.match.comparisons.company import COMPARISON as COMPANY_NAME
from toolkit.match.comparisons.person import COMPARISON as PERSONS_NAME
from toolkit.match.hashing import Hashes
from toolkit.match.linkage.blocking import distinct
from toolkit.match.linkage.namesakes import Namesakes
from toolkit.match.linkage.weights import (
    AKIN,
    BY_NAME,
    BY_PLACE,
    GROUP_OF,
    MATCH,
    UNRELATED,
    FactModel,
    MatchModel,
    PartModel,
    weight_and_class,
)
from toolkit.match.records.profiles import Fact, Profiles

MAX_BITS = 60.0
_MAX_RARITY_BITS = 10.0
THEMSELVES = 2
"""Records of a pair, of all that bear a value."""

_MOST_FOR_BRANCHES, _MOST_AGAINST_BRANCHES = 2.0, 1.0
"""Bits that it says for branches of a company that many bear its name, and against them that few do, at most."""

_CHUNK = 250_000
CHANCE_FACETS = {
    BY_PLACE: frozenset({"name", "title", "web", "identity", "birth", "variant", "attribute"}),
    BY_NAME: frozenset({"place", "identity", "birth", "variant", "attribute"}),
    UNRELATED: frozenset({"name", "title", "place", "contact", "web", "identity", "birth", "variant", "attribute"}),
    AKIN: frozenset({"name", "title", "identity", "variant", "attribute"}),
}
"""Facets in which pairs of a class agree only by chance, so that a rare value in common speaks against that class.

Neighbours who belong together and have one date of birth are twins, however rare the date is.
"""


def is_by_chance(kind: int, fact: FactModel) -> bool:
    """Return whether pairs of a class agree in a fact only by chance, so that a rare value in common speaks against it.

    Two persons bear one name by chance: the rarer it is, the fewer namesakes there are. Branches bear one by design; but the
    more parties bear a company's name, the more pairs of branches there are for each that is one party.
    """
    return _is_of_namesakes(kind, fact) or fact.facet in CHANCE_FACETS.get(kind, frozenset())


def spoken_against(kind: int, fact: FactModel, rarity: Floats) -> Floats:
    """Return the bits by which rarity speaks against a class; a person's common name says nothing more of namesakes.

    That they bear one name is what makes them namesakes: how often is learned, and by common names in the first place. Of
    companies a common name speaks for branches, and a rare one against them, but not much.

    Parameters
    ----------
    kind
        The class.
    fact
        What is rare or common.
    rarity
        Bits more than average that agreement on a value says.
    """
    if not _is_of_namesakes(kind, fact):
        return rarity
    is_of_persons = fact.comparison == PERSONS_NAME.name
    return np.maximum(rarity, 0.0) if is_of_persons else np.clip(rarity, -_MOST_FOR_BRANCHES, _MOST_AGAINST_BRANCHES)


def _is_of_namesakes(kind: int, fact: FactModel) -> bool:
    return kind == BY_NAME and fact.comparison in {PERSONS_NAME.name, COMPANY_NAME.name}


@dataclass(frozen=True, slots=True)
class Scores:
    """Scores of pairs: weight in bits, probability, and the likeliest class."""

    match_weight: Floats
    match_probability: Floats
    likeliest: npt.NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class Commonness:
    """How many parties bear each value of a fact (one count per distinct value), and how many bear any.

    ``chance`` is the share that would bear it did its parts come together by chance, where values have parts.
    """

    count: Ints
    total: int
    chance: Floats | None


@dataclass(frozen=True, slots=True)
class ValueCounts:
    """Values that several parties bear, as hashes in order with their counts, and how many parties bear any value."""

    value: Hashes
    count: Ints
    total: int


def commonness_of(
    profiles: Profiles, entities: Ints | None = None, namesakes: Namesakes | None = None
) -> tuple[Commonness, ...]:
    """Return how common each value of each fact is.

    Parameters
    ----------
    profiles
        The distinct records.
    entities
        What each profile is held to be so far: a value is common when many parties have it, not many records of one.
    namesakes
        The names that several parties bear, as their lists show.
    """
    owners = np.arange(profiles.count) if entities is None else entities
    return tuple(results(lambda fact: _commonness(fact, owners, namesakes), profiles.facts))


def _commonness(fact: Fact, owners: Ints, namesakes: Namesakes | None) -> Commonness:
    size = len(fact.values)
    has = fact.codes >= 0
    count = np.bincount(distinct(owners[has] * size + fact.codes[has]) % max(size, 1), minlength=size)
    if namesakes is not None and fact.comparison.facet == "name":
        # Two records are no evidence of how common their value is, unless it is known that they are two parties.
        told = np.flatnonzero((namesakes.bearers > 0) & has)
        np.maximum.at(count, fact.codes[told], namesakes.bearers[told] + THEMSELVES)
    return Commonness(count, max(int(count.sum()), 1), fact.comparison.chances(fact.prepared))


def saved_commonness(profiles: Profiles, known: Mapping[str, ValueCounts]) -> tuple[Commonness, ...]:
    """Return how common each value is by a saved model's counts; a value it does not know is borne by one party."""
    found = []
    for fact in profiles.facts:
        own = known[fact.label]
        place = np.minimum(np.searchsorted(own.value, fact.hashes), max(len(own.value) - 1, 0))
        count = np.ones(len(fact.hashes), dtype=np.int64)
        if len(own.value):
            is_known = own.value[place] == fact.hashes
            count[is_known] = own.count[place[is_known]]
        found.append(Commonness(count, own.total, fact.comparison.chances(fact.prepared)))
    return tuple(found)


def value_counts(profiles: Profiles, common: tuple[Commonness, ...]) -> dict[str, ValueCounts]:
    """Return what a saved model keeps of how common values are: those that more than two parties bear, by fact."""
    kept = {}
    for fact, own in zip(profiles.facts, common, strict=True):
        often = np.flatnonzero(own.count > THEMSELVES)
        order = often[np.argsort(fact.hashes[often])]
        kept[fact.label] = ValueCounts(fact.hashes[order], own.count[order], own.total)
    return kept


def pair_scores(  # noqa: PLR0917 - parallel columns
    profiles: Profiles, levels: Levels, left: Ints, right: Ints, model: MatchModel, common: tuple[Commonness, ...]
) -> Scores:
    """Return the scores of pairs of profiles.

    Parameters
    ----------
    profiles
        The distinct records.
    levels
        Levels of the pairs, one column per fact.
    left, right
        Positions of the profiles.
    model
        The fitted model, whose facts are those of ``profiles``.
    common
        How common each value is.
    """
    weight, likeliest = np.zeros(len(levels)), np.zeros(len(levels), dtype=np.int8)

    def score(start: int) -> None:
        chunk = slice(start, start + _CHUNK)
        part_of = profiles.parts(left[chunk], right[chunk])
        for number, part in enumerate(model.parts):
            own = start + np.flatnonzero(part_of == number)
            if len(own):
                weight[own], likeliest[own] = _part_scores(profiles, part, common, levels[own], left[own], right[own])

    results(score, range(0, len(levels), _CHUNK))
    return Scores(weight, 1 / (1 + np.exp2(-weight)), likeliest)


def starting_bits(model: MatchModel) -> Floats:
    """Return how likely any two records are one against unrelated, before a fact is looked at, in bits: per part."""
    shares = [np.asarray(part.class_shares) for part in model.parts]
    return np.array([np.log2(own[GROUP_OF[: len(own)] == MATCH].sum() / own[UNRELATED]) for own in shares])


def fact_bits(  # noqa: PLR0917 - parallel columns
    profiles: Profiles, levels: Levels, left: Ints, right: Ints, model: MatchModel, common: tuple[Commonness, ...]
) -> Floats:
    """Return what each fact says of each pair, match against unrelated, in bits; one column per fact.

    Parameters
    ----------
    profiles
        The distinct records.
    levels
        Levels of the pairs, one column per fact.
    left, right
        Positions of the profiles.
    model, common
        The fitted model, and how common each value is.
    """
    bits = np.zeros(levels.shape)
    part_of = profiles.parts(left, right)
    for number, part in enumerate(model.parts):
        own = np.flatnonzero(part_of == number)
        for position, known in enumerate(part.facts):
            column = levels[own, position]
            rarity = rarity_bits(profiles.facts[position].codes, common[position], left[own], right[own], column, known)
            bits[own, position] = known.bits[column] + rarity
    return bits


def _part_scores(  # noqa: PLR0917 - parallel columns
    profiles: Profiles, part: PartModel, common: tuple[Commonness, ...], levels: Levels, left: Ints, right: Ints
) -> tuple[Floats, npt.NDArray[np.int8]]:
    logs = np.repeat(np.log2(np.asarray(part.class_shares))[:, None], len(levels), axis=1)
    for number, (fact, known) in enumerate(zip(profiles.facts, part.facts, strict=True)):
        column = levels[:, number]
        if not column.any():
            continue
        table = np.concatenate([np.zeros((len(known.shares), 1)), np.log2(known.shares)], axis=1)
        rarity = rarity_bits(fact.codes, common[number], left, right, column, known)
        bits = table.take(column.astype(np.intp), axis=1)
        # Only what agrees is rare or common.
        told = np.flatnonzero(rarity)
        plain, rare = bits[:, told], rarity[told]
        for kind in range(len(logs)):
            if is_by_chance(kind, known):
                own = plain[kind] - spoken_against(kind, known, rare)
                if kind != UNRELATED and not _is_of_namesakes(kind, known):
                    # A common value is no more often that of neighbours than that of one party, or of any two.
                    most = np.maximum(plain[MATCH], plain[UNRELATED] - rare)
                    own = np.where(rare < 0, np.minimum(own, np.maximum(most, plain[kind])), own)
                bits[kind, told] = own
        logs += bits
    weight, likeliest = weight_and_class(logs)
    return np.clip(weight, -MAX_BITS, MAX_BITS), likeliest


def rarity_bits(  # noqa: PLR0917 - parallel columns
    codes: Ints, common: Commonness, left: Ints, right: Ints, column: npt.NDArray[np.uint8], known: FactModel
) -> Floats:
    """Return how many bits more than average agreement on this value says; negative for a common value.

    Parameters
    ----------
    codes
        Position of the value of each profile.
    common
        How common each of these values is.
    left, right
        Positions of the profiles of each pair.
    column
        Levels of the pairs in this fact.
    known
        What the model knows of it.
    """
    result = np.zeros(len(left))
    same = np.flatnonzero(column == len(known.levels))
    if len(same):
        borne = np.maximum(common.count[codes[left[same]]], common.count[codes[right[same]]])
        chance = float(known.shares[UNRELATED, -1])
        # The two records themselves are no evidence of how common a value is.
        seen = np.maximum(borne - THEMSELVES, 0) / common.total
        if common.chance is None:
            result[same] = np.log2(chance / (0.4 * chance + 0.6 * seen))
        else:
            by_parts = np.maximum(common.chance[codes[left[same]]], common.chance[codes[right[same]]])
            most = np.exp2(_MAX_RARITY_BITS)
            result[same] = np.log2(chance / (np.clip(known.of_chance * by_parts, chance / most, chance * most) + seen))
    return result
