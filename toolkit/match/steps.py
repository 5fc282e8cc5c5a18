"""The steps of a matching in their order: one definition for a full run and for one by changes.

1. Standardise the records; what says the same is one profile (``records.profiles``).
2. Give each profile its blocking keys (``linkage.blocking``).
3. Pair profiles that share a key. A full run pairs all of them, one by changes the new ones with all.
4. Grade each fact of each pair; pairs without a fact in common go (``linkage.levels``).
5. Weigh grades by the saved model and its counts, or by what these pairs teach (``linkage.training``, ``linkage.scoring``).
6. Open pairs for deciding. A full run opens all, one by changes those that hang together with what is new.
7. Decide: scores, rules and persons' words make clusters (``clustering.deciding``).
8. Write out the tables PAIR, PAIR_LEVEL and CLUSTER (``clustering.outcome``).

Steps 3 and 6 are all in which the two ways differ; they come in as a ``Pairing``.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

import numpy as np
import pyarrow as pa

from toolkit.match.clustering.components import components
from toolkit.match.clustering.deciding import decided_outcome
from toolkit.match.clustering.decisions import Decided
from toolkit.match.clustering.listed_pairs import Outcome
from toolkit.match.clustering.outcome import outcome_tables
from toolkit.match.comparison import MISSING, Ints
from toolkit.match.linkage.blocking import Blocks, planned_blocks
from toolkit.match.linkage.frequencies import Frequencies
from toolkit.match.linkage.levels import GradedPairs, pair_levels
from toolkit.match.linkage.namesakes import Namesakes, namesakes_of
from toolkit.match.linkage.scoring import Commonness, commonness_of, pair_scores, saved_commonness
from toolkit.match.linkage.training import Inside, trained_model
from toolkit.match.linkage.weights import MatchModel
from toolkit.match.records.profiles import Profiles, profiles_of

_LIKELIER_ONE = 0.5
"""Probability from which two records of companies count as one where it is asked how many parties bear a name."""


@dataclass(frozen=True, slots=True)
class ToFit:
    """What a new model is fitted with: pairs that a person answered (they teach it), and the thresholds kept with it."""

    answered: pa.Table | None
    min_match_probability: float
    min_review_probability: float


@dataclass(frozen=True, slots=True)
class Terms:
    """What a matching goes by.

    Attributes
    ----------
    kinds
        Kind of each column that takes part.
    decided
        What persons decided about records that are there.
    model
        A saved model, or how one is fitted.
    frequencies
        The counts saved with it; without them those of the table at hand.
    is_link
        Whether records of one system are linked to those of another, each to at most one.
    country
        Two letters: how a calling code without ``+`` is read.
    """

    kinds: Mapping[str, str]
    decided: Decided
    model: MatchModel | ToFit
    frequencies: Frequencies | None = None
    is_link: bool = False
    country: str | None = None


class Opened(Protocol):
    """Pairs to be decided, what persons decided about their records, and how common the values of those are."""

    @property
    def graded(self) -> GradedPairs:
        """The pairs with their levels."""

    @property
    def decided(self) -> Decided:
        """The decisions about records of these pairs."""

    @property
    def common(self) -> tuple[Commonness, ...]:
        """How common each value of the pairs' profiles is."""


OpenedT_co = TypeVar("OpenedT_co", bound=Opened, covariant=True)


class Paired(Protocol[OpenedT_co]):
    """Pairs to be compared: positions in ``profiles``, left below right, in order."""

    @property
    def profiles(self) -> Profiles:
        """The profiles that are compared."""

    @property
    def left(self) -> Ints:
        """The lower profile of each pair."""

    @property
    def right(self) -> Ints:
        """The higher profile of each pair."""

    @property
    def inside_l(self) -> Ints:
        """The lower profile of each pair within one system, where only pairs across two are to be compared."""

    @property
    def inside_r(self) -> Ints:
        """The higher profile of each of these."""

    def opened(self, graded: GradedPairs, model: MatchModel, common: tuple[Commonness, ...]) -> OpenedT_co:
        """Return the pairs to be decided, once these are graded and weighed.

        Parameters
        ----------
        graded
            The compared pairs with their levels.
        model, common
            The model, and how common each value is.
        """


Pairing = Callable[[Profiles, Blocks], Paired[OpenedT_co]]
"""Profiles and their blocking keys to the pairs to be compared."""


@dataclass(frozen=True, slots=True)
class Matched(Generic[OpenedT_co]):
    """What the steps gave: profiles and blocks of the records, pairs compared, what was decided, and its tables."""

    profiles: Profiles
    blocks: Blocks
    graded: GradedPairs
    model: MatchModel
    opened: OpenedT_co
    outcome: Outcome
    pairs: pa.Table
    pair_levels: pa.Table
    clusters: pa.Table


def matched(records: pa.Table, terms: Terms, pairing: Pairing[OpenedT_co]) -> Matched[OpenedT_co]:
    """Return what is decided about some records.

    Parameters
    ----------
    records
        ``record_key``, ``system`` and the columns of ``terms.kinds``.
    terms
        What the matching goes by.
    pairing
        Which profiles are compared, and which of their pairs are decided.
    """
    frequencies = terms.frequencies
    saved = terms.model if isinstance(terms.model, MatchModel) else None
    profiles = profiles_of(
        records,
        terms.kinds,
        told_apart=terms.decided.record_keys,
        is_per_system=terms.is_link,
        country=terms.country,
        word_counts=frequencies.words if frequencies else None,
        facts={fact.label: fact.comparison for fact in saved.facts} if saved else None,
        names=frequencies.names if frequencies else None,
        fillers=frequencies.fillers if frequencies else None,
    )
    # A saved model says which keys were over-full, so that new records never change which of the old ones are compared.
    blocks = planned_blocks(
        profiles,
        over_full=frequencies.over_full if frequencies else None,
        max_block=frequencies.max_block if frequencies else None,
    )
    paired = pairing(profiles, blocks)
    graded = _graded(paired.profiles, paired.left, paired.right)
    namesakes = namesakes_of(paired.profiles, is_link=terms.is_link)
    model = (
        terms.model
        if isinstance(terms.model, MatchModel)
        else _fitted(graded, terms.model, paired, namesakes, is_link=terms.is_link)
    )
    common = saved_commonness(graded.profiles, frequencies.values) if frequencies else _commonness(graded, model, namesakes)
    # What is decided may be more than what was compared: a change opens old pairs too.
    opened = paired.opened(graded, model, common)
    outcome = decided_outcome(opened.graded, model, opened.decided, opened.common, is_link=terms.is_link)
    tables = outcome_tables(outcome, model, opened.decided, is_link=terms.is_link)
    return Matched(profiles, blocks, graded, model, opened, outcome, *tables)


def _graded(profiles: Profiles, left: Ints, right: Ints) -> GradedPairs:
    levels = pair_levels(profiles, left, right)
    # Two records without a fact in common are no evidence of anything.
    says_something = (levels != MISSING).any(axis=1)
    if says_something.all():
        return GradedPairs(profiles, left, right, levels)
    return GradedPairs(profiles, left[says_something], right[says_something], levels[says_something])


def _fitted(
    graded: GradedPairs, terms: ToFit, paired: Paired[OpenedT_co], namesakes: Namesakes, *, is_link: bool
) -> MatchModel:
    inside = None
    if len(paired.inside_l) and _tells_names_alone(graded):
        within = _graded(graded.profiles, paired.inside_l, paired.inside_r)
        inside = Inside(within.left, within.right, within.levels)
    return trained_model(
        graded.profiles,
        graded.left,
        graded.right,
        graded.levels,
        min_match_probability=terms.min_match_probability,
        min_review_probability=terms.min_review_probability,
        answered=terms.answered,
        namesakes=namesakes,
        inside=inside,
        is_link=is_link,
    )


def _tells_names_alone(graded: GradedPairs) -> bool:
    """Return whether most pairs are compared by names alone."""
    rest = [number for number, fact in enumerate(graded.profiles.facts) if fact.comparison.facet != "name"]
    return bool((graded.levels[:, rest] == MISSING).all(axis=1).mean() >= 0.5) if len(graded.levels) else False


def _commonness(graded: GradedPairs, model: MatchModel, namesakes: Namesakes) -> tuple[Commonness, ...]:
    """Return how common values are among parties, which can only be told once it is known which records may be one."""
    profiles = graded.profiles
    first = pair_scores(profiles, graded.levels, graded.left, graded.right, model, commonness_of(profiles, None, namesakes))
    # Branches are so alike that they would hide how many bear their name, were all one that may be.
    least = np.array([_LIKELIER_ONE, model.min_review_probability])
    may_be_one = first.match_probability >= least[profiles.parts(graded.left, graded.right)]
    entities = components(profiles.count, graded.left[may_be_one], graded.right[may_be_one])
    return commonness_of(profiles, entities, namesakes)
