"""What was decided, written out per record: pairs with the terms of their probability, their levels, and clusters.

The terms of a pair add up to its weight: how likely any two records are one (``start_bits``), what each fact says, what
look-alikes would explain as well (``rival_bits``), and what other records of the group, or others that compete for a link,
add (``group_bits``). The weight is that of the stated probability: two records that a group holds together are as sure as
what is half-way between themselves and the weakest link that joins them.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from toolkit.match.clustering.decisions import Decided
from toolkit.match.clustering.listed_pairs import (
    BY_MODEL,
    DECIDED_BY,
    DECISIONS,
    JOINED,
    SAME,
    Listed,
    Outcome,
    half_way,
    listed_pairs,
    note_words,
    record_clusters,
)
from toolkit.match.clustering.weakest_links import weakest_links
from toolkit.match.comparison import MISSING, Floats, Ints, Levels
from toolkit.match.linkage.evaluation import probability_weight
from toolkit.match.linkage.explain import evidence_sentence
from toolkit.match.linkage.scoring import MAX_BITS, Scores, fact_bits, pair_scores, starting_bits
from toolkit.match.linkage.weights import MatchModel
from toolkit.match.records.profiles import Profiles
from toolkit.tables import CLUSTER, PAIR, PAIR_LEVEL, checked

_DECIMALS = 10
"""Of bits, so that the terms of a pair add up to its weight."""


@dataclass(frozen=True, slots=True)
class _Terms:
    """What the weight of each listed pair is made of, in bits, and the link that it rests on: profiles, -1 for none."""

    start: Floats
    facts: Floats
    rivals: Floats
    group: Floats
    link_l: Ints
    link_r: Ints

    @property
    def weight(self) -> Floats:
        """The sum of all terms."""
        return np.asarray(self.start + self.facts.sum(axis=1) + self.rivals + self.group)


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
    listed = listed_pairs(outcome, cluster_of, model, decided, is_link=is_link)
    profiles_l, profiles_r = profiles.profile_of[listed.left], profiles.profile_of[listed.right]
    levels = outcome.graded.between(profiles_l, profiles_r)
    scores = pair_scores(profiles, levels, profiles_l, profiles_r, model, outcome.common)
    bits = np.round(fact_bits(profiles, levels, profiles_l, profiles_r, model, outcome.common), _DECIMALS)
    start = np.round(starting_bits(model)[profiles.parts(profiles_l, profiles_r)], _DECIMALS)
    terms = _terms(outcome, model, decided, listed, scores, start, bits)
    pairs = _pair_table(profiles, listed, levels, terms, model)
    return pairs, _level_table(profiles, listed, levels, bits, model), _cluster_table(profiles, cluster_of)


def _terms(  # noqa: PLR0917 - parallel columns
    outcome: Outcome, model: MatchModel, decided: Decided, listed: Listed, scores: Scores, start: Floats, facts: Floats
) -> _Terms:
    profiles = outcome.graded.profiles
    left, right = profiles.profile_of[listed.left], profiles.profile_of[listed.right]
    rivals = np.round(scores.match_weight - start - facts.sum(axis=1), _DECIMALS)
    place, is_scored = outcome.graded.places(left, right)
    # Of links, less what others compete for.
    group = np.zeros(len(left))
    group[is_scored] = np.round((outcome.stated - outcome.scores.match_weight)[place[is_scored]], _DECIMALS)
    of_groups = np.flatnonzero(~np.isnan(listed.group_weight))
    group[of_groups] = np.round(listed.group_weight[of_groups] - scores.match_weight[of_groups], _DECIMALS)
    link_l, link_r = np.full(len(left), -1), np.full(len(left), -1)
    least = probability_weight(model.min_match_probability)
    is_same = (listed.decision == SAME) & (listed.decided_by == BY_MODEL)
    asked = np.flatnonzero(is_same & (scores.match_weight < least) & (left != right))
    if len(asked):
        graded, cluster = outcome.graded, outcome.cluster_of
        is_inside = cluster[graded.left] == cluster[graded.right]
        told_l, told_r = profiles.pairs_of_records(decided.same)
        links_l = np.concatenate([graded.left[is_inside], left[is_same], told_l])
        links_r = np.concatenate([graded.right[is_inside], right[is_same], told_r])
        weight = np.concatenate([
            outcome.scores.match_weight[is_inside], scores.match_weight[is_same], np.full(len(told_l), MAX_BITS)
        ])  # fmt: skip
        link = weakest_links(profiles.count, links_l, links_r, weight, left[asked], right[asked])
        is_better = (link >= 0) & (weight[link] > scores.match_weight[asked])
        asked, link = asked[is_better], link[is_better]
        stated = np.maximum(half_way(scores.match_weight[asked], weight[link]), least)
        group[asked] = np.round(stated - scores.match_weight[asked], _DECIMALS)
        link_l[asked], link_r[asked] = links_l[link], links_r[link]
    return _Terms(start, facts, rivals, group, link_l, link_r)


def _words(words: tuple[str, ...], codes: npt.NDArray[np.integer[Any]]) -> pa.StringArray:
    return pa.array(words, pa.string()).take(pa.array(codes))


def _pair_table(profiles: Profiles, listed: Listed, levels: Levels, terms: _Terms, model: MatchModel) -> pa.Table:
    is_joined = terms.link_l >= 0
    ends = profiles.first_records[np.stack([terms.link_l, terms.link_r])]
    link_l, link_r = (
        profiles.record_keys.take(pa.array(end, mask=~is_joined)) for end in (ends.min(axis=0), ends.max(axis=0))
    )
    table = pa.table(
        {
            "key_l": profiles.record_keys.take(pa.array(listed.left)),
            "key_r": profiles.record_keys.take(pa.array(listed.right)),
            "match_weight": terms.weight,
            "match_probability": 1 / (1 + np.exp2(-terms.weight)),
            "decision": _words(DECISIONS, listed.decision),
            "decided_by": _words(DECIDED_BY, listed.decided_by),
            "reason": _reasons(np.where(is_joined, JOINED, listed.note), levels, terms.facts, model),
            "start_bits": terms.start,
            "rival_bits": terms.rivals,
            "group_bits": terms.group,
            "link_l": link_l,
            "link_r": link_r,
        }
    )
    return checked(table, PAIR)


def _reasons(notes: Ints, levels: Levels, bits: Floats, model: MatchModel) -> pa.StringArray:
    """Return a sentence per pair, written once for each distinct combination of note, levels and whole bits."""
    labels = [fact.label for fact in model.facts]
    words = [fact.levels for fact in model.facts]
    is_of_things = any(fact.facet == "title" for fact in model.facts)
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
        sentences.append(f"{note_words(int(notes[position]), is_of_things=is_of_things)} {sentence}".strip())
    return pa.array(sentences, pa.string()).take(pa.array(inverse))


def _level_table(profiles: Profiles, listed: Listed, levels: Levels, bits: Floats, model: MatchModel) -> pa.Table:
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
            "bits": ordered_bits[pair, column],
        }
    )
    return checked(table, PAIR_LEVEL)


def _cluster_table(profiles: Profiles, cluster_of: Ints) -> pa.Table:
    """Return the table CLUSTER; a cluster is named by its smallest record key."""
    keys = profiles.record_keys
    return checked(pa.table({"record_key": keys, "cluster_id": keys.take(pa.array(cluster_of))}), CLUSTER)
