"""Parties matched: duplicates within a system and links across systems in one go."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from toolkit.match.clustering.clusters import components
from toolkit.match.clustering.deciding import decided_outcome
from toolkit.match.clustering.decisions import Decided, decided_pairs
from toolkit.match.clustering.outcome import outcome_tables
from toolkit.match.comparison import MISSING, Ints
from toolkit.match.incremental.match_state import MatchState, match_state
from toolkit.match.linkage.blocking import Blocks, candidate_pairs, dropped_sample, planned_blocks
from toolkit.match.linkage.evaluation import expected_by_threshold
from toolkit.match.linkage.explain import Explanation, explained
from toolkit.match.linkage.frequencies import Frequencies, frequencies_of
from toolkit.match.linkage.levels import GradedPairs, pair_levels
from toolkit.match.linkage.scoring import Commonness, commonness_of, pair_scores, saved_commonness
from toolkit.match.linkage.training import trained_model
from toolkit.match.linkage.weights import MatchModel
from toolkit.match.records.profiles import Profiles, profiles_of

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
    decided = Decided() if decisions is None else decided_pairs(decisions, frozenset(table["record_key"].to_pylist()))
    touched = sorted({key for pair in (*decided.same, *decided.apart, *decided.contradicted) for key in pair})
    profiles = profiles_of(
        table,
        chosen,
        told_apart=touched,
        is_per_system=is_link,
        country=country,
        word_counts=frequencies.words if frequencies else None,
        facts={fact.label: fact.comparison for fact in model.facts} if model else None,
        names=frequencies.names if frequencies else None,
        fillers=frequencies.fillers if frequencies else None,
    )
    blocks = planned_blocks(
        profiles,
        over_full=frequencies.over_full if frequencies else None,
        max_block=frequencies.max_block if frequencies else None,
    )
    graded = _graded(profiles, *candidate_pairs(profiles, blocks), is_link=is_link)
    fitted = model or trained_model(
        profiles,
        graded.left,
        graded.right,
        graded.levels,
        min_match_probability=min_match_probability,
        min_review_probability=min_review_probability,
        answered=answered,
    )
    common = saved_commonness(profiles, frequencies.values) if frequencies else _commonness(graded, fitted)
    outcome = decided_outcome(graded, fitted, decided, common, is_link=is_link)
    pairs, levels_table, clusters = outcome_tables(outcome, fitted, decided, is_link=is_link)
    return Matching(
        pairs,
        levels_table,
        clusters,
        fitted,
        frequencies or frequencies_of(profiles, common, blocks),
        expected_by_threshold(outcome.scores.match_probability),
        _blocking(profiles, blocks, graded, fitted, common),
        match_state(table, profiles, blocks, outcome, fitted, clusters) if keep_state else None,
    )


def _graded(profiles: Profiles, left: Ints, right: Ints, *, is_link: bool) -> GradedPairs:
    if is_link:
        systems = profiles.systems[profiles.first_records]
        is_across = systems[left] != systems[right]
        left, right = left[is_across], right[is_across]
    levels = pair_levels(profiles, left, right)
    # Two records without a fact in common are no evidence of anything.
    says_something = (levels != MISSING).any(axis=1)
    return GradedPairs(profiles, left[says_something], right[says_something], levels[says_something])


def _commonness(graded: GradedPairs, model: MatchModel) -> tuple[Commonness, ...]:
    """Return how common values are among parties, which can only be told once it is known which records may be one."""
    profiles = graded.profiles
    first = pair_scores(profiles, graded.levels, graded.left, graded.right, model, commonness_of(profiles))
    may_be_one = first.match_probability >= model.min_review_probability
    return commonness_of(profiles, components(profiles.count, graded.left[may_be_one], graded.right[may_be_one]))


def _blocking(
    profiles: Profiles, blocks: Blocks, graded: GradedPairs, model: MatchModel, common: tuple[Commonness, ...]
) -> Blocking:
    left, right = dropped_sample(blocks, profiles.count, _DROPPED_SAMPLE)
    scores = pair_scores(profiles, pair_levels(profiles, left, right), left, right, model, common)
    is_kept = graded.holds(left, right)
    missed = float(np.mean(np.where(is_kept, 0.0, scores.match_probability))) * blocks.dropped_pairs if len(left) else 0.0
    return Blocking(profiles.count, len(graded.left), blocks.max_block, blocks.dropped_pairs, missed)


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
