"""Parties matched: duplicates within a system and links across systems in one go."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Self

import numpy as np
import pyarrow as pa

from toolkit.match.clustering.decisions import NOTHING_DECIDED, Decided, decided_pairs
from toolkit.match.comparison import Ints
from toolkit.match.incremental.match_state import MatchState, match_state
from toolkit.match.linkage.blocking import Blocks, candidate_pairs, dropped_sample
from toolkit.match.linkage.evaluation import expected_by_threshold
from toolkit.match.linkage.explain import Explanation, explained
from toolkit.match.linkage.frequencies import Frequencies, frequencies_of
from toolkit.match.linkage.levels import GradedPairs, pair_levels
from toolkit.match.linkage.scoring import Commonness, pair_scores
from toolkit.match.linkage.weights import MatchModel
from toolkit.match.records.profiles import Profiles
from toolkit.match.steps import Matched, Terms, ToFit, matched

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

MIN_MATCH_PROBABILITY = 0.5
MIN_REVIEW_PROBABILITY = 0.1
_DROPPED_SAMPLE = 4_000


@dataclass(frozen=True, slots=True)
class Blocking:
    """How much was compared, and what that is expected to miss.

    Attributes
    ----------
    profiles
        Distinct records.
    candidate_pairs
        Pairs compared.
    max_block
        Profiles that share a key beyond which the key was split.
    dropped_pairs
        Pairs that share a key which stayed over-full, and nothing narrower.
    expected_missed
        Matches expected among those, estimated from a random sample of them.
    """

    profiles: int
    candidate_pairs: int
    max_block: int
    dropped_pairs: float
    expected_missed: float


@dataclass(frozen=True, slots=True)
class Matching:
    """What matching found.

    ``pairs``, ``pair_levels`` and ``clusters`` follow ``tables.PAIR``, ``PAIR_LEVEL`` and ``CLUSTER``; related parties are
    the pairs with decision ``related``. ``expected`` has precision and recall by threshold as the model expects them.
    ``frequencies`` belong to ``model``: both are needed to match the next snapshot in the same way, and ``state`` to match
    it by what changed.
    """

    pairs: pa.Table
    pair_levels: pa.Table
    clusters: pa.Table
    model: MatchModel
    frequencies: Frequencies
    expected: pa.Table
    blocking: Blocking
    state: MatchState | None

    @property
    def warnings(self) -> tuple[str, ...]:
        """What speaks against trusting what was found, a sentence each: whoever shows results shows these before them."""
        return self.model.doubts

    @property
    def candidates_count(self) -> int:
        """Pairs compared."""
        return self.blocking.candidate_pairs


def matched_parties(
    records: pa.Table,
    *,
    kinds: Mapping[str, str] | None = None,
    decisions: pa.Table | None = None,
    answered: pa.Table | None = None,
    model: MatchModel | None = None,
    frequencies: Frequencies | None = None,
    min_match_probability: float = MIN_MATCH_PROBABILITY,
    min_review_probability: float = MIN_REVIEW_PROBABILITY,
    is_link: bool = False,
    country: str | None = None,
    keep_state: bool = False,
) -> Matching:
    """Return which records are one party.

    Parameters
    ----------
    records
        Table with ``record_key``, ``system`` and the columns of ``kinds``; by default the columns of
        ``tables.PARTY``. A column ``kind`` (company, person, unknown) keeps companies and persons apart; which of the
        unknown are which is told from what all the records say.
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
    frequencies
        The counts saved with it; without them those of this table.
    min_match_probability
        From here on (0 to 1) a pair is held to be one party.
    min_review_probability
        From here on a pair is put to a person.
    is_link
        Link across systems only, each record to at most one of another system.
    country
        Two letters: how a calling code without ``+`` is read.
    keep_state
        Whether to return what ``incremental.incrementally_matched`` needs to match the next snapshot by its changes.
    """
    table = records.select([name for name in records.column_names if name in _wanted(records, kinds)])
    chosen = {name: kind for name, kind in (PARTY_KINDS if kinds is None else kinds).items() if name in table.column_names}
    decided = NOTHING_DECIDED if decisions is None else decided_pairs(decisions, frozenset(table["record_key"].to_pylist()))
    terms = Terms(
        chosen,
        decided,
        model or ToFit(answered, min_match_probability, min_review_probability),
        frequencies,
        is_link=is_link,
        country=country,
    )
    found = matched(table, terms, partial(_EveryPair.of, terms))
    common, outcome = found.opened.common, found.outcome
    return Matching(
        found.pairs,
        found.pair_levels,
        found.clusters,
        found.model,
        frequencies or frequencies_of(found.profiles, common, found.blocks),
        expected_by_threshold(1 / (1 + np.exp2(-outcome.stated))),
        _blocking(found),
        match_state(table, found.profiles, found.blocks, outcome, found.model, found.clusters) if keep_state else None,
    )


@dataclass(frozen=True, slots=True)
class _EveryPair:
    """All pairs that share a key, and all of them open."""

    terms: Terms
    profiles: Profiles
    left: Ints
    right: Ints
    inside_l: Ints
    inside_r: Ints

    @classmethod
    def of(cls, terms: Terms, profiles: Profiles, blocks: Blocks) -> Self:
        """Return the pairs of a table; where records of two systems are linked, those across systems."""
        left, right = candidate_pairs(profiles, blocks)
        if not terms.is_link:
            return cls(terms, profiles, left, right, left[:0], right[:0])
        systems = profiles.systems[profiles.first_records]
        is_across = systems[left] != systems[right]
        return cls(terms, profiles, left[is_across], right[is_across], left[~is_across], right[~is_across])

    def opened(self, graded: GradedPairs, model: MatchModel, common: tuple[Commonness, ...]) -> "_AllOpen":  # noqa: ARG002 - nothing is chosen by weight
        """Return all pairs as open."""
        return _AllOpen(graded, self.terms.decided, common)


@dataclass(frozen=True, slots=True)
class _AllOpen:
    graded: GradedPairs
    decided: Decided
    common: tuple[Commonness, ...]


def _blocking(found: Matched[_AllOpen]) -> Blocking:
    profiles, blocks, graded = found.profiles, found.blocks, found.graded
    left, right = dropped_sample(blocks, profiles.count, _DROPPED_SAMPLE)
    scores = pair_scores(profiles, pair_levels(profiles, left, right), left, right, found.model, found.opened.common)
    is_kept = graded.holds(left, right)
    missed = float(np.mean(np.where(is_kept, 0.0, scores.match_probability))) * blocks.dropped_pairs if len(left) else 0.0
    return Blocking(profiles.count, len(graded.left), blocks.max_block, blocks.dropped_pairs, missed)


def explained_pair(matching: Matching, key_l: str, key_r: str) -> Explanation:
    """Return why two records were held to be one party, or not.

    Parameters
    ----------
    matching
        What was found.
    key_l, key_r
        The two records, in any order.

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
