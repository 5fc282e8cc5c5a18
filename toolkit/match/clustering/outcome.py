"""What was decided, written out per record: pairs, their levels and clusters."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from toolkit.match.clustering.decisions import Decided
from toolkit.match.comparison import MISSING, Floats, Ints, Levels
from toolkit.match.linkage.explain import evidence_sentence
from toolkit.match.linkage.levels import GradedPairs, pair_levels
from toolkit.match.linkage.scoring import Commonness, Scores, fact_bits, pair_scores
from toolkit.match.linkage.weights import BY_NAME, BY_PLACE, MatchModel
from toolkit.match.records.columns import PERSON
from toolkit.match.records.profiles import Profiles
from toolkit.tables import CLUSTER, PAIR, PAIR_LEVEL, checked

MAX_MEMBERS_IN_FULL = 100
"""Clusters of up to this many records list every pair; larger ones each record with the first."""

MAX_RELATED = 20_000
MAX_REVIEW = 50_000

_BY_MODEL, _BY_PERSON = 0, 1
_DECIDED_BY = ("model", "person")
_DECISIONS = ("same", "review", "related", "different")
_SAME, _REVIEW, _RELATED, _DIFFERENT = range(4)
_NOTES = (
    "",
    "Not linked: another record fits as well.",
    "Not merged: the other records of the group disagree, or a rule or a person keeps them apart.",
    "Not sure enough to merge.",
    "Related, not the same: one place or contact, another name.",
    "Related, not the same: one name, another place.",
    "A person held them to be the same.",
    "A person held them to be different.",
    "A person held them to be the same, but other decisions keep them apart.",
)
_NO_NOTE, _TIED, _APART, _UNSURE, _NEIGHBOURS, _NAMESAKES, _TOLD_SAME, _TOLD_APART, _CONTRADICTED = range(9)


@dataclass(frozen=True, slots=True)
class Outcome:
    """Scored pairs of profiles, the cluster of each profile, and pairs left open because another was as good."""

    graded: GradedPairs
    scores: Scores
    cluster_of: Ints
    is_tied: npt.NDArray[np.bool_]
    common: tuple[Commonness, ...]


@dataclass(frozen=True, slots=True)
class _Listed:
    """Pairs of records to list, in order, with the decision, who took it and a note, all as codes."""

    left: Ints
    right: Ints
    decision: Ints
    decided_by: Ints
    note: Ints


def outcome_tables(
    outcome: Outcome, model: MatchModel, decided: Decided, *, is_link: bool
) -> tuple[pa.Table, pa.Table, pa.Table]:
    """Return the tables PAIR, PAIR_LEVEL and CLUSTER.

    Parameters
    ----------
    outcome
        Scored pairs and the cluster of each profile.
    model
        The fitted model.
    decided
        What persons decided, which is listed beside what was found.
    is_link
        Whether records of one system are linked to those of another; then equal records stay apart.
    """
    profiles = outcome.graded.profiles
    cluster_of = record_clusters(profiles, outcome, model, is_link=is_link)
    listed = _with_decisions(profiles, _listed(profiles, outcome, cluster_of, model), decided)
    profiles_l, profiles_r = profiles.profile_of[listed.left], profiles.profile_of[listed.right]
    levels = outcome.graded.between(profiles_l, profiles_r)
    scores = pair_scores(profiles, levels, profiles_l, profiles_r, model, outcome.common)
    bits = fact_bits(profiles, levels, profiles_l, profiles_r, model, outcome.common)
    pairs = _pair_table(profiles, listed, levels, bits, scores, model)
    return pairs, _level_table(profiles, listed, levels, bits, model), _cluster_table(profiles, cluster_of)


def record_clusters(profiles: Profiles, outcome: Outcome, model: MatchModel, *, is_link: bool) -> Ints:
    """Return the first record of each record's cluster; equal records that say too little stay single.

    Two persons may well bear one name. Companies that are equal in all that is known of them are held to be one unless the
    name is a common one: a list of suppliers often keeps nothing but names.

    Parameters
    ----------
    profiles
        The distinct records.
    outcome
        Scored pairs and the cluster of each profile.
    model
        The fitted model.
    is_link
        Whether records of one system are linked to those of another; then equal records stay apart.
    """
    sizes = np.bincount(profiles.profile_of, minlength=profiles.count)
    repeated = np.flatnonzero(sizes > 1)
    levels = pair_levels(profiles, repeated, repeated)
    own = pair_scores(profiles, levels, repeated, repeated, model, outcome.common).match_probability
    least = np.where(profiles.kinds[repeated] == PERSON, model.min_match_probability, model.min_review_probability)
    is_loose = np.zeros(profiles.count, dtype=bool)
    is_loose[repeated[(own < least) | is_link]] = True
    records = np.arange(len(profiles.record_keys))
    first = np.full(profiles.count, len(records))
    joint = np.where(is_loose[profiles.profile_of], -1, outcome.cluster_of[profiles.profile_of])
    np.minimum.at(first, joint[joint >= 0], records[joint >= 0])
    return np.where(joint >= 0, first[joint], records)


def _listed(profiles: Profiles, outcome: Outcome, cluster_of: Ints, model: MatchModel) -> _Listed:
    same_l, same_r = _pairs_within(cluster_of)
    first = profiles.first_records
    record_l, record_r = first[outcome.graded.left], first[outcome.graded.right]
    is_open = cluster_of[record_l] != cluster_of[record_r]
    probability = outcome.scores.match_probability
    review = np.flatnonzero(is_open & ((probability >= model.min_review_probability) | outcome.is_tied))
    review = review[np.argsort(-probability[review], kind="stable")][:MAX_REVIEW]
    kind = outcome.scores.likeliest
    related = np.flatnonzero(
        is_open & (probability < model.min_review_probability) & ~outcome.is_tied & ((kind == BY_PLACE) | (kind == BY_NAME))
    )
    related = related[np.argsort(-outcome.scores.match_weight[related], kind="stable")][:MAX_RELATED]
    review_note = np.where(
        outcome.is_tied[review], _TIED, np.where(probability[review] >= model.min_match_probability, _APART, _UNSURE)
    )
    sizes = (len(same_l), len(review), len(related))
    return _Listed(
        np.concatenate([same_l, np.minimum(record_l, record_r)[review], np.minimum(record_l, record_r)[related]]),
        np.concatenate([same_r, np.maximum(record_l, record_r)[review], np.maximum(record_l, record_r)[related]]),
        np.repeat((_SAME, _REVIEW, _RELATED), sizes),
        np.full(sum(sizes), _BY_MODEL),
        np.concatenate([
            np.full(len(same_l), _NO_NOTE), review_note, np.where(kind[related] == BY_PLACE, _NEIGHBOURS, _NAMESAKES)
        ]),
    )  # fmt: skip


def _pairs_within(cluster_of: Ints) -> tuple[Ints, Ints]:
    """Return the pairs of members of each cluster; a large one's members each with the first."""
    order = np.argsort(cluster_of, kind="stable")
    group = cluster_of[order]
    sizes = np.bincount(cluster_of, minlength=len(cluster_of))
    is_large = sizes[group] > MAX_MEMBERS_IN_FULL
    others = order[is_large & (order != group)]
    left, right = [cluster_of[others]], [others]
    small, group = order[~is_large], group[~is_large]
    for distance in range(1, MAX_MEMBERS_IN_FULL):
        is_same = group[:-distance] == group[distance:]
        if not is_same.any():
            break
        left.append(small[:-distance][is_same])
        right.append(small[distance:][is_same])
    return np.concatenate(left), np.concatenate(right)


def _with_decisions(profiles: Profiles, listed: _Listed, decided: Decided) -> _Listed:
    """Return the list in order, with a person's word on the pairs that have one, added where they were not listed."""
    named = {key for pair in (*decided.same, *decided.apart, *decided.contradicted) for key in pair}
    keys = profiles.record_keys.to_pylist() if named else []
    number = {key: position for position, key in enumerate(keys) if key in named}
    told = [
        (*sorted((number[a], number[b])), word, note)
        for pairs, word, note in (
            (decided.same, _SAME, _TOLD_SAME),
            (decided.apart, _DIFFERENT, _TOLD_APART),
            (decided.contradicted, _REVIEW, _CONTRADICTED),
        )
        for a, b in pairs
    ]  # fmt: skip
    added = np.array(told, dtype=np.int64).reshape(-1, 4)
    count = len(profiles.record_keys)
    code = np.concatenate([listed.left * count + listed.right, added[:, 0] * count + added[:, 1]])
    # What a person said comes last, and the last of a pair is kept.
    order = np.argsort(code, kind="stable")
    order = order[np.append(np.diff(code[order]) != 0, np.ones(min(len(order), 1), dtype=bool))]
    return _Listed(
        np.concatenate([listed.left, added[:, 0]])[order],
        np.concatenate([listed.right, added[:, 1]])[order],
        np.concatenate([listed.decision, added[:, 2]])[order],
        np.concatenate([listed.decided_by, np.full(len(added), _BY_PERSON)])[order],
        np.concatenate([listed.note, added[:, 3]])[order],
    )


def _words(words: tuple[str, ...], codes: npt.NDArray[np.integer[Any]]) -> pa.StringArray:
    return pa.array(words, pa.string()).take(pa.array(codes))


def _pair_table(  # noqa: PLR0917 - parallel columns
    profiles: Profiles, listed: _Listed, levels: Levels, bits: Floats, scores: Scores, model: MatchModel
) -> pa.Table:
    table = pa.table(
        {
            "key_l": profiles.record_keys.take(pa.array(listed.left)),
            "key_r": profiles.record_keys.take(pa.array(listed.right)),
            "match_weight": np.round(scores.match_weight, 4),
            "match_probability": np.round(scores.match_probability, 6),
            "decision": _words(_DECISIONS, listed.decision),
            "decided_by": _words(_DECIDED_BY, listed.decided_by),
            "reason": _reasons(listed.note, levels, bits, model),
        }
    )
    return checked(table, PAIR)


def _reasons(notes: Ints, levels: Levels, bits: Floats, model: MatchModel) -> pa.StringArray:
    """Return a sentence per pair, written once for each distinct combination of note, levels and whole bits."""
    labels = [fact.label for fact in model.facts]
    words = [fact.levels for fact in model.facts]
    rounded = np.clip(np.round(bits), -100, 100).astype(np.int8)
    rows = np.concatenate([notes[:, None].astype(np.uint8), levels, rounded.view(np.uint8)], axis=1)
    whole = np.ascontiguousarray(rows).view(np.dtype((np.void, rows.shape[1]))).ravel()
    _, first, inverse = np.unique(whole, return_index=True, return_inverse=True)
    sentences = []
    for position in first.tolist():
        facts = [number for number in range(len(labels)) if levels[position, number] != MISSING]
        sentence = evidence_sentence(
            [labels[number] for number in facts],
            [words[number][levels[position, number] - 1] for number in facts],
            [float(rounded[position, number]) for number in facts],
        )
        sentences.append(f"{_NOTES[notes[position]]} {sentence}".strip())
    return pa.array(sentences, pa.string()).take(pa.array(inverse))


def _level_table(profiles: Profiles, listed: _Listed, levels: Levels, bits: Floats, model: MatchModel) -> pa.Table:
    """Return one row per pair and fact with a level, in the order of pairs and then of labels."""
    by_label = sorted(range(len(model.facts)), key=lambda number: model.facts[number].label)
    ordered, ordered_bits = levels[:, by_label], bits[:, by_label]
    pair, column = np.nonzero(ordered != MISSING)
    texts = [(model.facts[number].label, word) for number in by_label for word in model.facts[number].levels]
    starts = np.cumsum([0, *(len(model.facts[number].levels) for number in by_label)])[:-1]
    code = starts[column] + ordered[pair, column] - 1 if len(pair) else pair
    table = pa.table(
        {
            "key_l": profiles.record_keys.take(pa.array(listed.left[pair])),
            "key_r": profiles.record_keys.take(pa.array(listed.right[pair])),
            "comparison": _words(tuple(label for label, _ in texts), code),
            "level": _words(tuple(word for _, word in texts), code),
            "bits": np.round(ordered_bits[pair, column], 4),
        }
    )
    return checked(table, PAIR_LEVEL)


def _cluster_table(profiles: Profiles, cluster_of: Ints) -> pa.Table:
    """Return the table CLUSTER; a cluster is named by its smallest record key."""
    keys = profiles.record_keys
    return checked(pa.table({"record_key": keys, "cluster_id": keys.take(pa.array(cluster_of))}), CLUSTER)
