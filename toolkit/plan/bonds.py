"""What is known of two records being one: how sure the matching is, what persons said, which clusters are in doubt.

A merge that is wrong is data loss, so what is not known counts as doubt.
"""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.plan.target_records import NONE, Flags, Ints, in_one, positions
from toolkit.tables import decision_keys, is_record_key

Floats = npt.NDArray[np.float64]

SAID_APART = "Somebody decided that two records of this cluster are not the same."
OPEN_PAIR = "Whether two records of this cluster are the same is not decided yet."
EXCLUDED_MEMBER = "Somebody took a record out of this cluster after it was last matched."


class Bonds(NamedTuple):
    """Records that were matched, in order of their keys, their clusters, and the pairs within clusters.

    ``pair`` numbers a pair (its left record times the count of records, plus its right one), in order; ``likely`` is how
    sure a pair is: 0 where it does not count as the same, 1 where a person or a rule said so (``is_said``). ``doubt`` says
    why a cluster is in doubt, by its number.
    """

    keys: pa.StringArray
    cluster: Ints
    cluster_ids: pa.StringArray
    pair: Ints
    likely: Floats
    is_said: Flags
    doubt: dict[int, str]

    def cluster_of(self, keys: pa.Array | pa.ChunkedArray) -> Ints:
        """Return the numbers of records' clusters; ``NONE`` for a record that was not matched."""
        place = positions(keys, self.keys)
        return np.where(place == NONE, NONE, self.cluster[place]) if len(self.keys) else place

    def likelihood(self, one: Ints, other: Ints) -> Floats:
        """Return how sure it is that pairs of records (by their places in ``keys``) are one; 0 where nothing says so."""
        at = self._places(one, other)
        return np.where(at == NONE, 0.0, self.likely[at]) if len(self.pair) else np.zeros(len(one))

    def are_said(self, one: Ints, other: Ints) -> Flags:
        """Return of which pairs a person or a rule said that they are one."""
        at = self._places(one, other)
        return (at != NONE) & self.is_said[at] if len(self.pair) else np.zeros(len(one), dtype=bool)

    def _places(self, one: Ints, other: Ints) -> Ints:
        wanted = np.minimum(one, other) * len(self.keys) + np.maximum(one, other)
        at = np.minimum(np.searchsorted(self.pair, wanted), max(len(self.pair) - 1, 0))
        return np.where(self.pair[at] == wanted, at, NONE) if len(self.pair) else np.full(len(one), NONE)


def bonds(crosswalk: pa.Table, pairs: pa.Table, decisions: pa.Table) -> Bonds:
    """Return what is known of records being one.

    Parameters
    ----------
    crosswalk
        Table CROSSWALK.
    pairs
        Table PAIR of the same run.
    decisions
        Table DECISION, also those made after the run: the latest about two keys counts.
    """
    walk = crosswalk.select(["record_key", "golden_id"]).sort_by("record_key")
    keys = in_one(walk["record_key"])
    encoded = in_one(walk["golden_id"]).dictionary_encode()
    order = pc.sort_indices(encoded.dictionary)
    rank = np.empty(len(order), dtype=np.int64)
    rank[np.asarray(order)] = np.arange(len(order))
    cluster = rank[np.asarray(encoded.indices, dtype=np.int64)]
    cluster_ids = encoded.dictionary.take(order)
    said = _in_force(decisions)
    left, right = (positions(pairs[name], keys) for name in ("key_l", "key_r"))
    is_within = (left != NONE) & (right != NONE)
    is_within[is_within] = cluster[left[is_within]] == cluster[right[is_within]]
    within = np.flatnonzero(is_within)
    own = pairs.select(["match_probability", "decision", "decided_by"]).take(pa.array(within))
    number = np.minimum(left, right)[within] * len(keys) + np.maximum(left, right)[within]
    is_same = np.asarray(pc.equal(own["decision"], "same"), dtype=bool)
    is_said = is_same & np.asarray(pc.invert(pc.equal(own["decided_by"], "model")), dtype=bool)
    likely = np.asarray(own["match_probability"], dtype=np.float64)
    by_person = np.asarray(pc.equal(own["decided_by"], "person"), dtype=bool)
    known = _Known(keys.to_pylist() if said else [], len(keys))
    numbers = {known.number(pair): word for pair, word in said.items() if known.has(pair)}
    if numbers:
        listed = np.array(sorted(numbers), dtype=np.int64)
        words = np.array([numbers[one] for one in listed.tolist()])
        at = np.minimum(np.searchsorted(listed, number), len(listed) - 1)
        word = np.where(listed[at] == number, words[at], "")
        is_same = np.where(word == "same", True, is_same & ~((word == "open") & by_person))
        is_said = (word == "same") | (is_said & (word != "open"))
        new = listed[(words == "same") & ~np.isin(listed, number)]
        number = np.concatenate([number, new])
        is_same, is_said = (np.concatenate([one, np.ones(len(new), dtype=bool)]) for one in (is_same, is_said))
        likely = np.concatenate([likely, np.ones(len(new))])
    doubt = {int(one): OPEN_PAIR for one in np.unique(cluster[number[~is_same] // max(len(keys), 1)])}
    doubt |= _said_apart(said, known, cluster, cluster_ids.to_pylist() if said else [])
    order_of_pairs = np.argsort(number, kind="stable")
    likely = np.where(is_said, 1.0, np.where(is_same, likely, 0.0))
    return Bonds(keys, cluster, cluster_ids, number[order_of_pairs], likely[order_of_pairs], is_said[order_of_pairs], doubt)


class _Known:
    """Places of records by their keys."""

    def __init__(self, keys: Iterable[str], count: int) -> None:
        self.place = {key: place for place, key in enumerate(keys)}
        self.count = count

    def has(self, pair: tuple[str, str]) -> bool:
        return pair[0] in self.place and pair[1] in self.place

    def number(self, pair: tuple[str, str]) -> int:
        low, high = sorted((self.place[pair[0]], self.place[pair[1]]))
        return low * self.count + high


def _in_force(decisions: pa.Table) -> dict[tuple[str, str], str]:
    """Return the latest word about each two keys."""
    rows = decisions.select(["sequence", "key_l", "key_r", "decision"]).sort_by("sequence").to_pylist()
    return {decision_keys(row["key_l"], row["key_r"]): row["decision"] for row in rows}


def _said_apart(said: dict[tuple[str, str], str], known: _Known, cluster: Ints, cluster_ids: list[str]) -> dict[int, str]:
    """Return the clusters that a decision against them stands in, also over a chain of records said to be the same."""
    group = _Groups()
    for (left, right), word in sorted(said.items()):
        if word == "same":
            group.join(_node(left, known, cluster), _node(right, known, cluster))
    apart = {}
    for (left, right), word in sorted(said.items()):
        if word == "not_same" and is_record_key(right):
            ends = [group.top(_node(key, known, cluster)) for key in (left, right)]
            if ends[0] == ends[1]:
                apart[ends[0]] = SAID_APART
        elif word == "exclude" and left in known.place and cluster_ids[cluster[known.place[left]]] == right:
            apart[group.top(_node(left, known, cluster))] = EXCLUDED_MEMBER
    return {one: apart[group.top(one)] for one in {*cluster.tolist()} if group.top(one) in apart} if apart else {}


def _node(key: str, known: _Known, cluster: Ints) -> int | str:
    """Return the cluster of a record; of one that was not matched its key."""
    return int(cluster[known.place[key]]) if key in known.place else key


class _Groups:
    """Things that were joined, one name for all that hang together."""

    def __init__(self) -> None:
        self._above: dict[int | str, int | str] = {}

    def top(self, one: int | str) -> int | str:
        while one in self._above:
            one = self._above[one]
        return one

    def join(self, one: int | str, other: int | str) -> None:
        top, under = self.top(one), self.top(other)
        if top != under:
            self._above[under] = top
