"""Which pairs of records are listed, with what was decided about each, by whom, and why."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.match.clustering.decisions import Decided
from toolkit.match.comparison import Floats, Ints
from toolkit.match.linkage.levels import GradedPairs, pair_levels
from toolkit.match.linkage.scoring import Commonness, Scores, pair_scores
from toolkit.match.linkage.weights import BY_NAME, BY_PLACE, MatchModel
from toolkit.match.records.profiles import Profiles

MAX_MEMBERS_IN_FULL = 100
"""Clusters of up to this many records list every pair; larger ones each record with the first."""

MAX_RELATED = 20_000
MAX_REVIEW = 50_000

BY_MODEL, BY_PERSON = 0, 1
DECIDED_BY = ("model", "person")
DECISIONS = ("same", "review", "related", "different")
SAME, REVIEW, RELATED, DIFFERENT = range(4)
NOTES = (
    "",
    "Not linked: another record fits as well.",
    "Not merged: the other records of the group disagree, or a rule or a person keeps them apart.",
    "Not sure enough to merge.",
    "Related, not the same: one place or contact, another name.",
    "Related, not the same: one name, another place.",
    "A person held them to be the same.",
    "A person held them to be different.",
    "A person held them to be the same, but other decisions keep them apart.",
    "Joined through other records of the group.",
    "They say the same, but too little to be sure.",
)
(
    NO_NOTE, _TIED, _APART, _UNSURE, _NEIGHBOURS, _NAMESAKES, _TOLD_SAME, _TOLD_APART, _CONTRADICTED, JOINED, _EQUAL
) = range(len(NOTES))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Outcome:
    """Scored pairs of profiles, the cluster of each profile, and pairs left open because another was as good."""

    graded: GradedPairs
    scores: Scores
    cluster_of: Ints
    is_tied: npt.NDArray[np.bool_]
    common: tuple[Commonness, ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """Pairs of records to list, in order, with the decision, who took it and a note, all as codes."""

    left: Ints
    right: Ints
    decision: Ints
    decided_by: Ints
    note: Ints


def listed_pairs(outcome: Outcome, cluster_of: Ints, model: MatchModel, decided: Decided, *, is_link: bool) -> Listed:
    """Return the pairs to list, with a person's word on those that have one.

    Parameters
    ----------
    outcome, cluster_of
        Scored pairs of profiles, and the cluster of each record.
    model
        The fitted model.
    decided
        What persons decided.
    is_link
        Whether records of one system are linked to those of another; then equal records of one system are no pair.
    """
    profiles = outcome.graded.profiles
    found = _listed(profiles, outcome, cluster_of, model, is_link=is_link)
    return _with_decisions(profiles, found, decided)


def record_clusters(profiles: Profiles, outcome: Outcome, model: MatchModel, *, is_link: bool) -> Ints:
    """Return the first record of each record's cluster; equal records that say too little stay single.

    Two persons may well bear one name, and so may two companies where it is a common one. What is rare is one of two alike:
    a list of suppliers often keeps nothing but names.

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
    repeated, probability = _equal_records(profiles, outcome, model)
    is_loose = np.zeros(profiles.count, dtype=bool)
    is_loose[repeated[(probability < model.min_match_probability) | is_link]] = True
    records = np.arange(len(profiles.record_keys))
    first = np.full(profiles.count, len(records))
    joint = np.where(is_loose[profiles.profile_of], -1, outcome.cluster_of[profiles.profile_of])
    np.minimum.at(first, joint[joint >= 0], records[joint >= 0])
    return np.where(joint >= 0, first[joint], records)


def _equal_records(profiles: Profiles, outcome: Outcome, model: MatchModel) -> tuple[Ints, Floats]:
    """Return the profiles of several records, and the probability that those are one."""
    repeated = np.flatnonzero(np.bincount(profiles.profile_of, minlength=profiles.count) > 1)
    levels = pair_levels(profiles, repeated, repeated)
    return repeated, pair_scores(profiles, levels, repeated, repeated, model, outcome.common).match_probability


@dataclass(frozen=True, slots=True)
class _Open:
    """Pairs of records of two clusters, the lower one left, with the probability that they are one."""

    left: Ints
    right: Ints
    probability: Floats
    note: Ints


def _listed(profiles: Profiles, outcome: Outcome, cluster_of: Ints, model: MatchModel, *, is_link: bool) -> Listed:
    same_l, same_r = pairs_within(cluster_of)
    shown = _shown_records(profiles)
    one, other = shown[outcome.graded.left], shown[outcome.graded.right]
    record_l, record_r = np.minimum(one, other), np.maximum(one, other)
    is_open = cluster_of[record_l] != cluster_of[record_r]
    probability, kind = outcome.scores.match_probability, outcome.scores.likeliest
    is_doubtful = (probability >= model.min_review_probability) | outcome.is_tied
    own = np.flatnonzero(is_open & is_doubtful)
    is_likely = probability[own] >= model.min_match_probability
    note = np.where(outcome.is_tied[own], _TIED, np.where(is_likely, _APART, _UNSURE))
    doubtful = [_Open(record_l[own], record_r[own], probability[own], note)]
    if not is_link:
        doubtful.append(_equal_in_doubt(profiles, outcome, model, shown))
    review = _likeliest(doubtful, MAX_REVIEW)
    related = np.flatnonzero(is_open & ~is_doubtful & ((kind == BY_PLACE) | (kind == BY_NAME)))
    related = related[np.lexsort((record_r[related], record_l[related], -outcome.scores.match_weight[related]))][
        :MAX_RELATED
    ]
    sizes = (len(same_l), len(review.left), len(related))
    return Listed(
        np.concatenate([same_l, review.left, record_l[related]]),
        np.concatenate([same_r, review.right, record_r[related]]),
        np.repeat((SAME, REVIEW, RELATED), sizes),
        np.full(sum(sizes), BY_MODEL),
        np.concatenate([
            np.full(len(same_l), NO_NOTE), review.note, np.where(kind[related] == BY_PLACE, _NEIGHBOURS, _NAMESAKES)
        ]),
    )  # fmt: skip


def _shown_records(profiles: Profiles) -> Ints:
    """Return the record that a pair of each profile is listed by: the first, whatever its system is called."""
    shown = profiles.first_records
    sizes = np.bincount(profiles.profile_of, minlength=profiles.count)
    rows = np.flatnonzero(sizes[profiles.profile_of] > 1)
    keys = profiles.record_keys.take(pa.array(rows))
    names = pa.table({"profile": profiles.profile_of[rows], "name": pc.replace_substring_regex(keys, "^[^/]*/", "")})
    order = rows[pc.sort_indices(names, sort_keys=[("profile", "ascending"), ("name", "ascending")]).to_numpy()]
    shown[profiles.profile_of[order[::-1]]] = order[::-1]
    return shown


def _equal_in_doubt(profiles: Profiles, outcome: Outcome, model: MatchModel, shown: Ints) -> _Open:
    """Return records that say the same, but too little to be sure that they are one: each with the first of them."""
    repeated, probability = _equal_records(profiles, outcome, model)
    is_open = (probability >= model.min_review_probability) & (probability < model.min_match_probability)
    known = np.zeros(profiles.count)
    known[repeated[is_open]] = probability[is_open]
    records = np.flatnonzero(known[profiles.profile_of] > 0)
    first = shown[profiles.profile_of[records]]
    records, first = records[records != first], first[records != first]
    return _Open(
        np.minimum(records, first),
        np.maximum(records, first),
        known[profiles.profile_of[records]],
        np.full(len(records), _EQUAL),
    )


def _likeliest(parts: list[_Open], limit: int) -> _Open:
    left, right, probability, note = (
        np.concatenate([getattr(one, name) for one in parts]) for name in ("left", "right", "probability", "note")
    )
    # By keys where two are as likely, as in a matching by changes.
    order = np.lexsort((right, left, -probability))[:limit]
    return _Open(left[order], right[order], probability[order], note[order])


def pairs_within(cluster_of: Ints) -> tuple[Ints, Ints]:
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


def _with_decisions(profiles: Profiles, listed: Listed, decided: Decided) -> Listed:
    """Return the list in order, with a person's word on the pairs that have one, added where they were not listed."""
    named = {key for pair in (*decided.same, *decided.apart, *decided.contradicted) for key in pair}
    keys = profiles.record_keys.to_pylist() if named else []
    number = {key: position for position, key in enumerate(keys) if key in named}
    told = [
        (*sorted((number[a], number[b])), word, note)
        for pairs, word, note in (
            (decided.same, SAME, _TOLD_SAME),
            (decided.apart, DIFFERENT, _TOLD_APART),
            (decided.contradicted, REVIEW, _CONTRADICTED),
        )
        for a, b in pairs
    ]  # fmt: skip
    added = np.array(told, dtype=np.int64).reshape(-1, 4)
    count = len(profiles.record_keys)
    code = np.concatenate([listed.left * count + listed.right, added[:, 0] * count + added[:, 1]])
    # What a person said comes last, and the last of a pair is kept.
    order = np.argsort(code, kind="stable")
    order = order[np.append(np.diff(code[order]) != 0, np.ones(min(len(order), 1), dtype=bool))]
    return Listed(
        np.concatenate([listed.left, added[:, 0]])[order],
        np.concatenate([listed.right, added[:, 1]])[order],
        np.concatenate([listed.decision, added[:, 2]])[order],
        np.concatenate([listed.decided_by, np.full(len(added), BY_PERSON)])[order],
        np.concatenate([listed.note, added[:, 3]])[order],
    )
