"""What was decided, written out per record: pairs, their levels and clusters."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from toolkit.match.comparison import MISSING, Ints, Levels
from toolkit.match.decisions import Decided
from toolkit.match.explain import evidence_sentence
from toolkit.match.levels import GradedPairs, pair_levels
from toolkit.match.profiles import PERSON, Profiles
from toolkit.match.scoring import Scores, pair_scores
from toolkit.match.weights import BY_NAME, BY_PLACE, MatchModel
from toolkit.tables import CLUSTER, PAIR, PAIR_LEVEL, checked

MAX_MEMBERS_IN_FULL = 100
"""Clusters of up to this many records list every pair; larger ones each record with the first."""

MAX_RELATED = 20_000
MAX_REVIEW = 50_000


@dataclass(frozen=True, slots=True)
class Outcome:
    """Scored pairs of profiles, the cluster of each profile, and pairs left open because another was as good."""

    graded: GradedPairs
    scores: Scores
    cluster_of: Ints
    is_tied: npt.NDArray[np.bool_]
    entities: Ints


@dataclass(frozen=True, slots=True)
class _Listed:
    """Pairs of records to list, with the decision and what it rests on."""

    left: Ints
    right: Ints
    decision: list[str]
    decided_by: list[str]
    note: list[str]


def outcome_tables(
    outcome: Outcome, model: MatchModel, decided: Decided, *, is_link: bool
) -> tuple[pa.Table, pa.Table, pa.Table]:
    """Return the tables PAIR, PAIR_LEVEL and CLUSTER."""
    profiles = outcome.graded.profiles
    cluster_of = _record_clusters(profiles, outcome, model, is_link=is_link)
    listed = _with_decisions(profiles, _listed(profiles, outcome, cluster_of, model), decided)
    profiles_l, profiles_r = profiles.profile_of[listed.left], profiles.profile_of[listed.right]
    levels = outcome.graded.between(profiles_l, profiles_r)
    scores = pair_scores(profiles, levels, profiles_l, profiles_r, model, outcome.entities)
    keys = np.array(profiles.record_keys, dtype=object)
    pairs = _pair_table(listed, levels, scores, model, keys)
    return pairs, _level_table(listed, levels, scores, model, keys), _cluster_table(profiles, cluster_of)


def _record_clusters(profiles: Profiles, outcome: Outcome, model: MatchModel, *, is_link: bool) -> Ints:
    """Return the first record of each record's cluster; equal records that say too little stay single.

    Two persons may well bear one name. Companies that are equal in all that is known of them are held to be one unless the
    name is a common one: a list of suppliers often keeps nothing but names.
    """
    every = np.arange(profiles.count)
    sizes = np.bincount(profiles.profile_of, minlength=profiles.count)
    levels = pair_levels(profiles, every, every)
    own = pair_scores(profiles, levels, every, every, model, outcome.entities).match_probability
    least = np.where(profiles.kinds == PERSON, model.min_match_probability, model.min_review_probability)
    is_loose = (sizes > 1) & ((own < least) | is_link)
    records = np.arange(len(profiles.record_keys))
    first = np.full(profiles.count, len(records))
    joint = np.where(is_loose[profiles.profile_of], -1, outcome.cluster_of[profiles.profile_of])
    np.minimum.at(first, joint[joint >= 0], records[joint >= 0])
    return np.where(joint >= 0, first[joint], records)


def _listed(profiles: Profiles, outcome: Outcome, cluster_of: Ints, model: MatchModel) -> _Listed:
    same_l, same_r = _pairs_within(cluster_of)
    first = np.zeros(profiles.count, dtype=np.int64)
    first[profiles.profile_of[::-1]] = np.arange(len(profiles.profile_of))[::-1]
    record_l, record_r = first[outcome.graded.left], first[outcome.graded.right]
    is_open = cluster_of[record_l] != cluster_of[record_r]
    probability = outcome.scores.match_probability
    review = np.flatnonzero(is_open & ((probability >= model.min_review_probability) | outcome.is_tied))
    review = np.sort(review[np.argsort(-probability[review], kind="stable")][:MAX_REVIEW])
    kind = outcome.scores.likeliest
    related = np.flatnonzero(
        is_open & (probability < model.min_review_probability) & ~outcome.is_tied & ((kind == BY_PLACE) | (kind == BY_NAME))
    )
    related = np.sort(related[np.argsort(-outcome.scores.match_weight[related], kind="stable")][:MAX_RELATED])
    notes = [_review_note(probability[i], bool(outcome.is_tied[i]), model) for i in review.tolist()]
    notes_related = [
        "Related, not the same: "
        + ("one place or contact, another name." if kind[i] == BY_PLACE else "one name, another place.")
        for i in related.tolist()
    ]
    return _Listed(
        np.concatenate([same_l, record_l[review], record_l[related]]),
        np.concatenate([same_r, record_r[review], record_r[related]]),
        ["same"] * len(same_l) + ["review"] * len(review) + ["related"] * len(related),
        ["model"] * (len(same_l) + len(review) + len(related)),
        [""] * len(same_l) + notes + notes_related,
    )


def _review_note(probability: float, is_tied: bool, model: MatchModel) -> str:  # noqa: FBT001 - one caller, beside it
    if is_tied:
        return "Not linked: another record fits as well."
    if probability >= model.min_match_probability:
        return "Not merged: the other records of the group disagree, or a rule or a person keeps them apart."
    return "Not sure enough to merge."


def _pairs_within(cluster_of: Ints) -> tuple[Ints, Ints]:
    order = np.argsort(cluster_of, kind="stable")
    bounds = np.flatnonzero(np.concatenate([[True], np.diff(cluster_of[order]) != 0, [True]]))
    left, right = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
    for a, b in pairwise(bounds):
        members = order[a:b]
        if len(members) < 2:
            continue
        if len(members) <= MAX_MEMBERS_IN_FULL:
            i, j = np.triu_indices(len(members), 1)
        else:
            i, j = np.zeros(len(members) - 1, dtype=np.int64), np.arange(1, len(members))
        left.append(members[i])
        right.append(members[j])
    return np.concatenate(left), np.concatenate(right)


def _with_decisions(profiles: Profiles, listed: _Listed, decided: Decided) -> _Listed:
    """Return the list with a person's word on the pairs that have one, added where they were not listed."""
    number = {key: position for position, key in enumerate(profiles.record_keys)}
    words = {
        **{(number[a], number[b]): ("same", "A person held them to be the same.") for a, b in decided.same},
        **{(number[a], number[b]): ("different", "A person held them to be different.") for a, b in decided.apart},
        **{
            (number[a], number[b]): ("review", "A person held them to be the same, but other decisions keep them apart.")
            for a, b in decided.contradicted
        },
    }
    if not words:
        return listed
    known = {pair: i for i, pair in enumerate(zip(listed.left.tolist(), listed.right.tolist(), strict=True))}
    decision, decided_by, note = list(listed.decision), list(listed.decided_by), list(listed.note)
    added = []
    for pair, (word, sentence) in sorted(words.items()):
        low, high = min(pair), max(pair)
        if (low, high) in known:
            position = known[low, high]
            decision[position], decided_by[position], note[position] = word, "person", sentence
        else:
            added.append((low, high))
            decision.append(word)
            decided_by.append("person")
            note.append(sentence)
    extra = np.array(added, dtype=np.int64).reshape(-1, 2)
    return _Listed(
        np.concatenate([listed.left, extra[:, 0]]), np.concatenate([listed.right, extra[:, 1]]), decision, decided_by, note
    )


def _pair_table(listed: _Listed, levels: Levels, scores: Scores, model: MatchModel, keys: np.ndarray) -> pa.Table:
    labels = [fact.label for fact in model.facts]
    words = [fact.levels for fact in model.facts]
    known: dict[bytes, str] = {}
    reasons = []
    rounded = np.round(scores.fact_bits, 0).astype(np.int8)
    for position in range(len(levels)):
        row = levels[position]
        code = row.tobytes() + rounded[position].tobytes()
        if code not in known:
            facts = [i for i in range(len(labels)) if row[i] != MISSING]
            known[code] = evidence_sentence(
                [labels[i] for i in facts],
                [words[i][row[i] - 1] for i in facts],
                [float(scores.fact_bits[position, i]) for i in facts],
            )
        reasons.append(f"{listed.note[position]} {known[code]}".strip())
    table = pa.table(
        {
            "key_l": pa.array(keys[listed.left], pa.string()),
            "key_r": pa.array(keys[listed.right], pa.string()),
            "match_weight": np.round(scores.match_weight, 4),
            "match_probability": np.round(scores.match_probability, 6),
            "decision": pa.array(listed.decision, pa.string()),
            "decided_by": pa.array(listed.decided_by, pa.string()),
            "reason": pa.array(reasons, pa.string()),
        }
    )
    return checked(table.sort_by([("key_l", "ascending"), ("key_r", "ascending")]), PAIR)


def _level_table(listed: _Listed, levels: Levels, scores: Scores, model: MatchModel, keys: np.ndarray) -> pa.Table:
    left, right, names, words, bits = [], [], [], [], []
    for number, fact in enumerate(model.facts):
        filled = np.flatnonzero(levels[:, number] != MISSING)
        left.append(keys[listed.left[filled]])
        right.append(keys[listed.right[filled]])
        names += [fact.label] * len(filled)
        words += np.array(("", *fact.levels), dtype=object)[levels[filled, number]].tolist()
        bits.append(np.round(scores.fact_bits[filled, number], 4))
    table = pa.table(
        {
            "key_l": pa.array(np.concatenate(left) if left else [], pa.string()),
            "key_r": pa.array(np.concatenate(right) if right else [], pa.string()),
            "comparison": pa.array(names, pa.string()),
            "level": pa.array(words, pa.string()),
            "bits": pa.array(np.concatenate(bits) if bits else [], pa.float64()),
        }
    )
    order = [("key_l", "ascending"), ("key_r", "ascending"), ("comparison", "ascending")]
    return checked(table.sort_by(order), PAIR_LEVEL)


def _cluster_table(profiles: Profiles, cluster_of: Ints) -> pa.Table:
    """Return the table CLUSTER; a cluster is named by its smallest record key."""
    keys = np.array(profiles.record_keys, dtype=object)
    table = pa.table({"record_key": pa.array(keys, pa.string()), "cluster_id": pa.array(keys[cluster_of], pa.string())})
    return checked(table, CLUSTER)
