"""Cluster ids that last: the same party keeps its id when records come, go, merge and split.

An id belongs to the records that bore it. The cluster that holds most of them now keeps it; records that were there in the
matching before count before those that come back. An id that was given once is never given to anything else: it stays with
its records when they are gone, and with its successor when it was merged.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.match.comparison import Ints
from toolkit.tables import CLUSTER, CLUSTER_EVENT, CLUSTER_MEMBER, CLUSTER_NAME, checked

_ID_DIGITS = 12


@dataclass(frozen=True, slots=True)
class Identity:
    """What is remembered from one matching to the next: tables CLUSTER_MEMBER and CLUSTER_NAME."""

    members: pa.Table = field(default_factory=CLUSTER_MEMBER.empty)
    names: pa.Table = field(default_factory=CLUSTER_NAME.empty)

    def current_id(self, cluster_id: str) -> str:
        """Return the id that stands for ``cluster_id`` today: its own, or that of what it was merged into."""
        into = self._successors()
        seen = set()
        while cluster_id in into and cluster_id not in seen:
            seen.add(cluster_id)
            cluster_id = into[cluster_id]
        return cluster_id

    def record_keys(self, cluster_id: str) -> list[str]:
        """Return the records of a cluster, those that are not there at present too."""
        own = pc.equal(self.members["cluster_id"], self.current_id(cluster_id))
        keys: list[str] = self.members.filter(own)["record_key"].to_pylist()
        return keys

    def _successors(self) -> dict[str, str]:
        merged = self.names.filter(pc.is_valid(self.names["merged_into"]))
        return dict(zip(merged["cluster_id"].to_pylist(), merged["merged_into"].to_pylist(), strict=True))


@dataclass(frozen=True, slots=True)
class Identified:
    """Clusters under their lasting ids (table CLUSTER), what to remember, and what happened (table CLUSTER_EVENT)."""

    clusters: pa.Table
    identity: Identity
    events: pa.Table


def id_from_key(record_key: str, attempt: int = 0) -> str:
    """Return the id of a new cluster whose smallest record is ``record_key``; a further attempt gives another one.

    Examples
    --------
    >>> id_from_key("crm/companies/7")
    'g-599872fab32f'
    """
    content = record_key if not attempt else f"{record_key}\0{attempt}"
    return f"g-{hashlib.sha256(content.encode('utf-8', 'surrogatepass')).hexdigest()[:_ID_DIGITS]}"


def identified(
    clusters: pa.Table,
    previous: Identity | None = None,
    *,
    run_id: str,
    excluded: Iterable[tuple[str, str]] = (),
) -> Identified:
    """Return clusters under ids that last.

    Parameters
    ----------
    clusters
        Table CLUSTER; what its clusters are called does not matter.
    previous
        What the matching before remembered.
    run_id
        Under which the events are noted.
    excluded
        Record and cluster id: a cluster that holds the record never bears the id.

    Examples
    --------
    >>> rows = [{"record_key": "crm/c/1", "cluster_id": "x"}, {"record_key": "crm/c/2", "cluster_id": "x"}]
    >>> first = identified(CLUSTER.from_rows(rows), run_id="monday")
    >>> second = identified(CLUSTER.from_rows(rows[1:]), first.identity, run_id="tuesday")
    >>> second.clusters["cluster_id"][0] == first.clusters["cluster_id"][0], second.events["kind"].to_pylist()
    (True, ['shrunk'])
    """
    before = previous or Identity()
    table = _by_key(checked(clusters, CLUSTER))
    keys = table["record_key"].combine_chunks()
    # In the order of keys, clusters are numbered by their smallest record.
    encoded = table["cluster_id"].combine_chunks().dictionary_encode()
    number = np.asarray(encoded.indices, dtype=np.int64)
    count = len(encoded.dictionary)
    remembered = _Remembered.of(before, keys)
    votes = _votes(number, remembered)
    may = votes.but(_barred(keys, number, remembered.ids, before, excluded))
    heir = _best(may.old, (may.first, -may.absent, -may.present), may.new, len(remembered.ids))
    # Of several ids that a cluster could keep, the one with most records; of those the oldest.
    is_heir = heir[votes.old] == votes.new
    kept = _best(
        votes.new[is_heir], (votes.old[is_heir], -votes.absent[is_heir], -votes.present[is_heir]), votes.old[is_heir], count
    )
    source = _best(votes.new, (votes.old, -votes.absent, -votes.present), votes.old, count)
    smallest = keys.take(pa.array(_first(number, count)))
    ids = _ids(kept, remembered.ids, smallest)
    story = _Story(number, count, remembered, votes, heir, kept, source)
    return Identified(
        pa.table({"record_key": keys, "cluster_id": ids.take(pa.array(number))}, schema=CLUSTER.arrow),
        _identity(story, before, keys, ids),
        _events(story, ids, run_id),
    )


@dataclass(frozen=True, slots=True)
class _Remembered:
    """Ids ever given, in order; the number of each present record's own (-1: never seen) and whether it was just there."""

    ids: pa.StringArray
    counts: Ints
    old: Ints
    was_present: npt.NDArray[np.bool_]
    position: Ints

    @classmethod
    def of(cls, before: Identity, keys: pa.StringArray) -> "_Remembered":
        members, names = before.members, before.names
        ids = names["cluster_id"].combine_chunks()
        of_member = np.asarray(members["cluster_id"].combine_chunks().indices, dtype=np.int64)
        position = _positions(keys, members["record_key"].combine_chunks())
        is_known = position >= 0
        old = np.full(len(keys), -1, dtype=np.int64)
        old[is_known] = of_member[position[is_known]]
        was_present = np.zeros(len(keys), dtype=bool)
        was_present[is_known] = np.asarray(members["is_present"])[position[is_known]]
        return cls(ids, np.asarray(names["record_count"], dtype=np.int64), old, was_present, position)


@dataclass(frozen=True, slots=True)
class _Votes:
    """One row per cluster and id that its records bore: how many just did, how many come back, the smallest of them."""

    new: Ints
    old: Ints
    present: Ints
    absent: Ints
    first: Ints

    def but(self, barred: set[tuple[int, int]]) -> "_Votes":
        """Return the votes but those for a cluster to bear an id that it must not."""
        if not barred:
            return self
        allowed = np.array(
            [pair not in barred for pair in zip(self.new.tolist(), self.old.tolist(), strict=True)], dtype=bool
        )
        return _Votes(*(column[allowed] for column in (self.new, self.old, self.present, self.absent, self.first)))


@dataclass(frozen=True, slots=True)
class _Story:
    """What became of each id (``heir``, a cluster) and of each cluster (``kept`` and ``source``, ids); -1 is none."""

    number: Ints
    count: int
    remembered: _Remembered
    votes: _Votes
    heir: Ints
    kept: Ints
    source: Ints


def _by_key(table: pa.Table) -> pa.Table:
    keys = table["record_key"].combine_chunks()
    is_sorted = len(keys) < 2 or pc.all(pc.less(keys.slice(0, len(keys) - 1), keys.slice(1))).as_py()
    return table if is_sorted else table.sort_by("record_key")


def _positions(values: pa.Array, among: pa.Array) -> Ints:
    return np.asarray(pc.fill_null(pc.index_in(values, value_set=among), -1), dtype=np.int64)


def _first(groups: Ints, count: int) -> Ints:
    """Return the first position at which each group occurs."""
    result = np.zeros(count, dtype=np.int64)
    result[groups[::-1]] = np.arange(len(groups))[::-1]
    return result


def _best(groups: Ints, worst_last: tuple[Ints, ...], values: Ints, count: int) -> Ints:
    """Return for each of ``count`` groups the value whose keys are smallest, the last key first; -1 where there is none."""
    order = np.lexsort((*worst_last, groups))
    result = np.full(count, -1, dtype=np.int64)
    result[groups[order][::-1]] = values[order][::-1]
    return result


def _barred(
    keys: pa.StringArray, number: Ints, ids: pa.StringArray, before: Identity, excluded: Iterable[tuple[str, str]]
) -> set[tuple[int, int]]:
    """Return clusters and the ids that they must not bear."""
    listed = sorted(set(excluded))
    records = _positions(pa.array([key for key, _ in listed], pa.string()), keys)
    own = _positions(pa.array([before.current_id(name) for _, name in listed], pa.string()), ids)
    found = zip(records.tolist(), own.tolist(), strict=True)
    return {(int(number[record]), old) for record, old in found if record >= 0 and old >= 0}


def _votes(number: Ints, remembered: _Remembered) -> _Votes:
    known = np.flatnonzero(remembered.old >= 0)
    width = max(len(remembered.ids), 1)
    combined = number[known] * width + remembered.old[known]
    order = np.argsort(combined, kind="stable")
    combined, records = combined[order], known[order]
    starts = np.flatnonzero(np.diff(combined, prepend=-1))
    sizes = np.diff(starts, append=len(combined))
    present = np.add.reduceat(remembered.was_present[records].astype(np.int64), starts) if len(starts) else sizes
    new, old = combined[starts] // width, combined[starts] % width
    # Records stand in the order of their keys, and the sort is stable: the first of a group is its smallest.
    return _Votes(new, old, present, sizes - present, records[starts])


def _ids(kept: Ints, known: pa.StringArray, smallest: pa.StringArray) -> pa.StringArray:
    """Return the id of each cluster: the kept one, or a new one made from its smallest record."""
    fresh = np.flatnonzero(kept < 0)
    keys = smallest.take(pa.array(fresh)).to_pylist()
    names = [id_from_key(key) for key in keys]
    is_used = np.asarray(pc.is_in(pa.array(names, pa.string()), value_set=known)) if names else np.zeros(0, dtype=bool)
    taken: set[str] = set()
    used = set(known.to_pylist()) if is_used.any() or len(set(names)) < len(names) else set()
    for position, (key, name) in enumerate(zip(keys, names, strict=True)):
        attempt = 0
        while name in used or name in taken:
            attempt += 1
            name = id_from_key(key, attempt)  # noqa: PLW2901 - the next name to try
        names[position] = name
        taken.add(name)
    every = pa.concat_arrays([known, pa.array(names, pa.string())])
    place = kept.copy()
    place[fresh] = len(known) + np.arange(len(fresh))
    return every.take(pa.array(place))


def _identity(story: _Story, before: Identity, keys: pa.StringArray, ids: pa.StringArray) -> Identity:
    """Return what to remember: every record with its id, every id with its records and its successor."""
    known, heir, kept = story.remembered.ids, story.heir, story.kept
    sizes = np.bincount(story.number, minlength=story.count)
    # An id whose heir bears another one has gone into that one.
    is_merged = (heir >= 0) & (np.append(kept, -1)[heir] != np.arange(len(known)))
    successor = ids.take(pa.array(np.maximum(heir, 0), mask=~is_merged))
    into = pc.coalesce(successor, before.names["merged_into"].combine_chunks())
    counts = np.zeros(len(known), dtype=np.int64)
    has_id = kept >= 0
    counts[kept[has_id]] = sizes[has_id]
    fresh = np.flatnonzero(~has_id)
    every = pa.concat_arrays([known, ids.take(pa.array(fresh))])
    names = pa.table(
        {
            "cluster_id": every,
            "record_count": np.concatenate([counts, sizes[fresh]]),
            "merged_into": pa.concat_arrays([into, pa.nulls(len(fresh), pa.string())]),
        },
        schema=CLUSTER_NAME.arrow,
    )
    # By number of the id: those of the clusters now, and for the records that are gone those of before.
    bears = kept.copy()
    bears[fresh] = len(known) + np.arange(len(fresh))
    follows = np.where(is_merged, np.append(bears, -1)[heir], np.arange(len(known)))
    is_gone = np.ones(before.members.num_rows, dtype=bool)
    is_gone[story.remembered.position[story.remembered.position >= 0]] = False
    gone = before.members.filter(pa.array(is_gone))
    of_gone = follows[np.asarray(gone["cluster_id"].combine_chunks().indices, dtype=np.int64)]
    bearer = np.concatenate([bears[story.number], of_gone]).astype(np.int32)
    members = pa.table(
        {
            "record_key": pa.chunked_array([keys, *gone["record_key"].chunks], pa.string()),
            "cluster_id": pa.DictionaryArray.from_arrays(pa.array(bearer), every),
            "is_present": np.arange(len(bearer)) < len(keys),
        },
        schema=CLUSTER_MEMBER.arrow,
    )
    return Identity(_by_key(members), names)


def _events(story: _Story, ids: pa.StringArray, run_id: str) -> pa.Table:
    """Return what happened to each cluster and id since the matching before."""
    remembered, votes, kept, source = story.remembered, story.votes, story.kept, story.source
    counts = remembered.counts
    sizes = np.bincount(story.number, minlength=story.count)
    clusters = np.arange(story.count)
    has_id = kept >= 0
    before = np.zeros(story.count, dtype=np.int64)
    before[has_id] = counts[kept[has_id]]
    stayed = np.zeros(story.count, dtype=np.int64)
    is_own = kept[votes.new] == votes.old
    stayed[votes.new[is_own]] = votes.present[is_own]
    is_merged = (story.heir[votes.old] == votes.new) & ~is_own
    has_merged = np.zeros(story.count, dtype=bool)
    has_merged[votes.new[is_merged]] = True
    is_split = ~has_id & (source >= 0)
    has_lost = np.zeros(len(counts), dtype=bool)
    has_lost[source[is_split]] = True
    is_back = has_id & (before == 0)
    is_grown = has_id & ~is_back & (sizes > stayed) & ~has_merged
    is_shrunk = np.zeros(story.count, dtype=bool)
    is_shrunk[has_id] = (before[has_id] > stayed[has_id]) & ~has_lost[kept[has_id]]
    retired = np.flatnonzero((story.heir < 0) & (counts > 0))
    merged_new, merged_old = votes.new[is_merged], votes.old[is_merged]
    known = remembered.ids

    def rows(kind: str, chosen: Ints, moved: Ints, other: pa.Array | None = None) -> dict[str, pa.Array]:
        others = pa.nulls(len(chosen), pa.string()) if other is None else other
        return {
            "kind": pa.repeat(kind, len(chosen)),
            "cluster_id": ids.take(pa.array(chosen)),
            "other_cluster_id": others,
            "record_count_before": pa.array(before[chosen]),
            "record_count": pa.array(sizes[chosen]),
            "moved_count": pa.array(moved),
        }

    parts: list[Mapping[str, pa.Array]] = [
        rows("new", clusters[~has_id & ~is_split], sizes[~has_id & ~is_split]),
        rows(
            "merged",
            merged_new,
            votes.present[is_merged] + votes.absent[is_merged],
            known.take(pa.array(merged_old)),
        ),
        rows("split", clusters[is_split], sizes[is_split], known.take(pa.array(source[is_split]))),
        rows("grown", clusters[is_grown], (sizes - stayed)[is_grown]),
        rows("shrunk", clusters[is_shrunk], (before - stayed)[is_shrunk]),
        {
            "kind": pa.repeat("retired", len(retired)),
            "cluster_id": known.take(pa.array(retired)),
            "other_cluster_id": pa.nulls(len(retired), pa.string()),
            "record_count_before": pa.array(counts[retired]),
            "record_count": pa.array(np.zeros(len(retired), dtype=np.int64)),
            "moved_count": pa.array(counts[retired]),
        },
        rows("returned", clusters[is_back], sizes[is_back]),
    ]
    table = pa.concat_tables([pa.table(dict(part)).cast(_EVENT_COLUMNS) for part in parts])
    table = table.append_column("run_id", pa.repeat(run_id, table.num_rows))
    order = [(name, "ascending") for name in ("cluster_id", "kind", "other_cluster_id")]
    return table.sort_by(order).select(CLUSTER_EVENT.names).cast(CLUSTER_EVENT.arrow)


_EVENT_COLUMNS = pa.schema([one for one in CLUSTER_EVENT.arrow if one.name != "run_id"])
