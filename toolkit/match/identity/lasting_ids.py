"""Cluster ids that last: the same party keeps its id when records come, go, merge and split.

An id belongs to the records that bore it. The cluster that holds most of them now keeps it; records that were there in the
matching before count before those that come back. An id that was given once is never given to anything else: it stays with
its records when they are gone, and when it was merged they take it back if they part again.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.match.comparison import Ints
from toolkit.match.identity.history import cluster_events
from toolkit.match.identity.succession import Remembered, Succession, id_numbers, positions, succession
from toolkit.tables import CLUSTER, CLUSTER_MEMBER, CLUSTER_NAME, checked

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


def remembered_clusters(clusters: pa.Table) -> Identity:
    """Return what can be remembered of a matching from its clusters (table CLUSTER) alone: ids, but no history of them."""
    table = _by_key(checked(clusters, CLUSTER))
    ids = table["cluster_id"].cast(CLUSTER_MEMBER.arrow.field("cluster_id").type)
    counts = table.group_by("cluster_id", use_threads=False).aggregate([("record_key", "count")])
    size = table.num_rows
    members = [table["record_key"], ids, pa.nulls(size, CLUSTER_MEMBER.arrow.field("former_id").type), pa.repeat(True, size)]
    names = [counts["cluster_id"], counts["record_key_count"], pa.nulls(counts.num_rows, pa.string())]
    return Identity(
        pa.Table.from_arrays(members, names=list(CLUSTER_MEMBER.names)).cast(CLUSTER_MEMBER.arrow),
        pa.Table.from_arrays(names, names=list(CLUSTER_NAME.names)).cast(CLUSTER_NAME.arrow),
    )


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
    reserved: pa.StringArray | None = None,
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
    reserved
        Ids that were given once and must not be given again; by default those that are remembered.

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
    remembered = Remembered.of(before.members, before.names, keys)
    barred = _barred(keys, number, remembered.ids, before, excluded)
    story = succession(number, len(encoded.dictionary), remembered, barred)
    ids = _ids(story, keys, remembered.ids if reserved is None else reserved)
    return Identified(
        pa.table({"record_key": keys, "cluster_id": ids.take(pa.array(number))}, schema=CLUSTER.arrow),
        _identity(story, before, keys, ids),
        cluster_events(story, ids, run_id),
    )


def _by_key(table: pa.Table) -> pa.Table:
    keys = table["record_key"].combine_chunks()
    is_sorted = len(keys) < 2 or pc.all(pc.less(keys.slice(0, len(keys) - 1), keys.slice(1))).as_py()
    return table if is_sorted else table.sort_by("record_key")


def _barred(
    keys: pa.StringArray, number: Ints, ids: pa.StringArray, before: Identity, excluded: Iterable[tuple[str, str]]
) -> set[tuple[int, int]]:
    """Return clusters and the ids that they must not bear."""
    # A decision may name an id that has gone into another one since.
    listed = sorted(set(excluded))
    records = positions(pa.array([key for key, _ in listed], pa.string()), keys)
    own = positions(pa.array([before.current_id(name) for _, name in listed], pa.string()), ids)
    found = zip(records.tolist(), own.tolist(), strict=True)
    return {(int(number[record]), old) for record, old in found if record >= 0 and old >= 0}


def _ids(story: Succession, keys: pa.StringArray, reserved: pa.StringArray) -> pa.StringArray:
    """Return the id of each cluster: the one that it bears, or a new one made from its smallest record."""
    known, place = story.remembered.ids, story.bears.copy()
    fresh = np.flatnonzero(place < 0)
    smallest = np.zeros(story.count, dtype=np.int64)
    smallest[story.number[::-1]] = np.arange(len(keys))[::-1]
    first_keys = keys.take(pa.array(smallest[fresh])).to_pylist()
    names = [id_from_key(key) for key in first_keys]
    # Among a hundred thousand clusters two names of twelve digits agree once in fifty thousand times: the slow way is rare.
    is_used = bool(pc.any(pc.is_in(reserved, value_set=pa.array(names, pa.string()))).as_py())
    used = set(reserved.to_pylist()) if is_used or len(set(names)) < len(names) else set()
    taken: set[str] = set()
    for position, (key, name) in enumerate(zip(first_keys, names, strict=True)):
        attempt = 0
        while name in used or name in taken:
            attempt += 1
            name = id_from_key(key, attempt)  # noqa: PLW2901 - the next name to try
        names[position] = name
        taken.add(name)
    place[fresh] = len(known) + np.arange(len(fresh))
    return pa.concat_arrays([known, pa.array(names, pa.string())]).take(pa.array(place))


def _identity(story: Succession, before: Identity, keys: pa.StringArray, ids: pa.StringArray) -> Identity:
    """Return what to remember: every record with its id, every id with its records and its successor."""
    known, heir, number = story.remembered.ids, story.heir, story.number
    sizes = np.bincount(number, minlength=story.count)
    every_id = np.arange(len(known))
    # An id whose heir bears another one has gone into that one.
    is_merged = (heir >= 0) & (np.append(story.kept, -1)[heir] != every_id)
    successor = ids.take(pa.array(np.maximum(heir, 0), mask=~is_merged))
    is_back = np.isin(every_id, story.revived)
    into = pc.if_else(
        pa.array(is_back), pa.nulls(len(known), pa.string()), pc.coalesce(successor, _column(before.names, "merged_into"))
    )
    bears = story.bears
    counts = np.zeros(len(known), dtype=np.int64)
    has_known = bears >= 0
    counts[bears[has_known]] = sizes[has_known]
    fresh = np.flatnonzero(~has_known)
    every = pa.concat_arrays([known, ids.take(pa.array(fresh))])
    names = pa.table(
        {
            "cluster_id": every,
            "record_count": np.concatenate([counts, sizes[fresh]]),
            "merged_into": pa.concat_arrays([into, pa.nulls(len(fresh), pa.string())]),
        },
        schema=CLUSTER_NAME.arrow,
    )
    bears[fresh] = len(known) + np.arange(len(fresh))
    old = story.remembered.old
    has_merged = (old >= 0) & np.append(is_merged, False)[old] & (np.append(heir, -1)[old] == number)
    # Where nobody is left who always bore an id, it belongs to those who came by a merger.
    has_native = np.zeros(story.count, dtype=bool)
    has_native[story.votes.new[(story.votes.native > 0) & (story.kept[story.votes.new] == story.votes.old)]] = True
    stays = (bears[number] == old) & has_native[number]
    former = np.where(has_merged, old, np.where(stays, story.remembered.former, -1))
    # Records that are gone follow their id into what it was merged with.
    is_gone = np.ones(before.members.num_rows, dtype=bool)
    is_gone[story.remembered.position[story.remembered.position >= 0]] = False
    gone = before.members.filter(pa.array(is_gone))
    old_of_gone, former_of_gone = (id_numbers(gone[name], known) for name in ("cluster_id", "former_id"))
    follows = np.where(is_merged, np.append(bears, -1)[heir], every_id)
    former = np.concatenate([former, np.where(is_merged[old_of_gone], old_of_gone, former_of_gone)])
    # Whoever stayed behind when an id came back has no part in it any more.
    former = np.where(np.append(is_back, False)[former], -1, former)
    members = pa.table(
        {
            "record_key": pa.chunked_array([keys, *gone["record_key"].chunks], pa.string()),
            "cluster_id": _coded(np.concatenate([bears[number], follows[old_of_gone]]), every),
            "former_id": _coded(former, every),
            "is_present": np.arange(len(keys) + gone.num_rows) < len(keys),
        },
        schema=CLUSTER_MEMBER.arrow,
    )
    return Identity(_by_key(members), names)


def _column(table: pa.Table, name: str) -> pa.Array:
    return table[name].combine_chunks()


def _coded(numbers: Ints, ids: pa.StringArray) -> pa.DictionaryArray:
    return pa.DictionaryArray.from_arrays(pa.array(numbers.astype(np.int32), mask=numbers < 0), ids)
