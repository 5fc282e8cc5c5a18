"""Which pairs of records are listed, with what was decided about each, by whom, and why."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.match.clustering.between_groups import weights_between
from toolkit.match.clustering.decisions import Decided
from toolkit.match.comparison import Floats, Ints
from toolkit.match.linkage.evaluation import probability_weight
from toolkit.match.linkage.levels import GradedPairs, pair_levels
from toolkit.match.linkage.scoring import Commonness, Scores, pair_scores
from toolkit.match.linkage.weights import BY_NAME, BY_PLACE, MatchModel
from toolkit.match.records.profiles import Profiles

MAX_MEMBERS_IN_FULL = 100
"""Clusters of up to this many records list every pair; larger ones each record with the first."""

_MOST_HEARD = 10.0
"""Bits of two records, or of what joins or parts them, beyond which neither outweighs the other."""

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
    "Alike, not the same: other records of the two groups tell them apart.",
)
(
    NO_NOTE, _TIED, _APART, _UNSURE, _NEIGHBOURS, _NAMESAKES, _TOLD_SAME, _TOLD_APART, _CONTRADICTED, JOINED, _EQUAL, _OTHERS
) = range(len(NOTES))  # fmt: skip
_NOTES_OF_THINGS = {
    _NEIGHBOURS: "Related, not the same: something in common, another title.",
    _NAMESAKES: "Related, not the same: one title, another variant of it.",
}


def note_words(note: int, *, is_of_things: bool) -> str:
    """Return what a note says; things have a title and variants, where parties have a name and a place.

    Parameters
    ----------
    note
        Its code, a place in ``NOTES``.
    is_of_things
        Whether things are compared.

    Examples
    --------
    >>> note_words(5, is_of_things=False), note_words(5, is_of_things=True)
    ('Related, not the same: one name, another place.', 'Related, not the same: one title, another variant of it.')
    """
    own = _NOTES_OF_THINGS if is_of_things else {}
    return own.get(note, NOTES[note])


@dataclass(frozen=True, slots=True)
class Outcome:
    """Scored pairs of profiles, the cluster of each profile, and pairs left open because another was as good.

    ``stated`` is the weight in bits of each pair that its probability is made of: of links, less what others compete for.
    """

    graded: GradedPairs
    scores: Scores
    cluster_of: Ints
    is_tied: npt.NDArray[np.bool_]
    common: tuple[Commonness, ...]
    stated: Floats


@dataclass(frozen=True, slots=True)
class Listed:
    """Pairs of records to list, in order, with the decision, who took it and a note, all as codes.

    ``group_weight`` is the weight of the groups of the two, in bits, where those are what a person is asked about; else nan.
    """

    left: Ints
    right: Ints
    decision: Ints
    decided_by: Ints
    note: Ints
    group_weight: Floats


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
    repeated, weight = _equal_records(profiles, outcome, model)
    is_loose = np.zeros(profiles.count, dtype=bool)
    is_loose[repeated[(weight < probability_weight(model.min_match_probability)) | is_link]] = True
    records = np.arange(len(profiles.record_keys))
    first = np.full(profiles.count, len(records))
    joint = np.where(is_loose[profiles.profile_of], -1, outcome.cluster_of[profiles.profile_of])
    np.minimum.at(first, joint[joint >= 0], records[joint >= 0])
    return np.where(joint >= 0, first[joint], records)


def _equal_records(profiles: Profiles, outcome: Outcome, model: MatchModel) -> tuple[Ints, Floats]:
    """Return the profiles of several records, and the weight of those being one."""
    repeated = np.flatnonzero(np.bincount(profiles.profile_of, minlength=profiles.count) > 1)
    levels = pair_levels(profiles, repeated, repeated)
    return repeated, pair_scores(profiles, levels, repeated, repeated, model, outcome.common).match_weight


class _Open(NamedTuple):
    """Pairs of records of two groups, the lower one left, with a note and the weight that they are listed by, in bits.

    ``group_weight`` is nan where the two are weighed by themselves.
    """

    left: Ints
    right: Ints
    weight: Floats
    note: Ints
    group_weight: Floats


def _listed(profiles: Profiles, outcome: Outcome, cluster_of: Ints, model: MatchModel, *, is_link: bool) -> Listed:
    same_l, same_r = pairs_within(cluster_of)
    shown = _shown_records(profiles)
    doubtful, related = _open_pairs(outcome, cluster_of, model, shown, is_link=is_link)
    more = [] if is_link else [_equal_in_doubt(profiles, outcome, model, shown)]
    review, related = _strongest([doubtful, *more], MAX_REVIEW), _strongest([related], MAX_RELATED)
    sizes = (len(same_l), len(review.left), len(related.left))
    return Listed(
        np.concatenate([same_l, review.left, related.left]),
        np.concatenate([same_r, review.right, related.right]),
        np.repeat((SAME, REVIEW, RELATED), sizes),
        np.full(sum(sizes), BY_MODEL),
        np.concatenate([np.full(len(same_l), NO_NOTE), review.note, related.note]),
        np.concatenate([np.full(len(same_l), np.nan), review.group_weight, related.group_weight]),
    )


def _open_pairs(outcome: Outcome, cluster_of: Ints, model: MatchModel, shown: Ints, *, is_link: bool) -> tuple[_Open, _Open]:
    """Return the pairs of two groups that are put to a person, and those that are related."""
    graded, kind, weight = outcome.graded, outcome.scores.likeliest, outcome.stated
    least, sure = (probability_weight(one) for one in (model.min_review_probability, model.min_match_probability))
    one, other = shown[graded.left], shown[graded.right]
    record_l, record_r = np.minimum(one, other), np.maximum(one, other)
    is_open = cluster_of[record_l] != cluster_of[record_r]
    is_related = (kind == BY_PLACE) | (kind == BY_NAME)
    rows = np.flatnonzero(is_open & ((weight >= least) | outcome.is_tied | is_related))
    tied, own = outcome.is_tied[rows], weight[rows]
    group = np.full(len(rows), np.nan)
    if not is_link:
        # What two records say by themselves is half of it where others of their groups say more: those decide.
        left, right = graded.left[rows], graded.right[rows]
        places = outcome.cluster_of
        sizes = np.bincount(places, minlength=len(places))
        is_group = (sizes[places[left]] > 1) | (sizes[places[right]] > 1)
        asked = np.flatnonzero((own >= least) & is_group & (places[left] != places[right]))
        group[asked] = weights_between(graded, places, model, outcome.common, left[asked], right[asked])
    stated = np.where(np.isnan(group), own, group)
    is_doubtful = (stated >= least) | tied
    by_kind = np.where(kind[rows] == BY_PLACE, _NEIGHBOURS, np.where(kind[rows] == BY_NAME, _NAMESAKES, _OTHERS))
    in_doubt = np.where(tied, _TIED, np.where(np.maximum(own, stated) >= sure, _APART, _UNSURE))
    found = _Open(record_l[rows], record_r[rows], stated, np.where(is_doubtful, in_doubt, by_kind), group)
    return _where(found, is_doubtful), _where(found, ~is_doubtful)


def half_way(own: Floats, others: Floats) -> Floats:
    """Return the weight of pairs of which two records say one thing, and others of their groups another.

    Examples
    --------
    >>> half_way(np.array([4.0, 50.0, -1.0]), np.array([-2.0, -30.0, 3.0])).tolist()
    [1.0, 0.0, 1.0]
    """
    return np.asarray((np.clip(own, -_MOST_HEARD, _MOST_HEARD) + np.clip(others, -_MOST_HEARD, _MOST_HEARD)) / 2)


def _where(found: _Open, is_wanted: npt.NDArray[np.bool_]) -> _Open:
    return _Open._make(column[is_wanted] for column in found)


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
    repeated, weight = _equal_records(profiles, outcome, model)
    least, sure = (probability_weight(one) for one in (model.min_review_probability, model.min_match_probability))
    is_open = (weight >= least) & (weight < sure)
    known = np.full(profiles.count, np.nan)
    known[repeated[is_open]] = weight[is_open]
    records = np.flatnonzero(~np.isnan(known[profiles.profile_of]))
    first = shown[profiles.profile_of[records]]
    records, first = records[records != first], first[records != first]
    return _Open(
        np.minimum(records, first),
        np.maximum(records, first),
        known[profiles.profile_of[records]],
        np.full(len(records), _EQUAL),
        np.full(len(records), np.nan),
    )


def _strongest(parts: list[_Open], limit: int) -> _Open:
    found = _Open._make(np.concatenate(columns) for columns in zip(*parts, strict=True))
    # By keys where two weigh the same, as in a matching by changes.
    order = np.lexsort((found.right, found.left, -found.weight))[:limit]
    return _Open._make(column[order] for column in found)


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
        np.concatenate([listed.group_weight, np.full(len(added), np.nan)])[order],
    )
