"""Which id is whose: what every cluster's records bore before, and who of them keeps it.

An id goes to the cluster that holds most of the records that bore it. Those that were there in the matching before count
before those that come back, and those that always bore it before those that came by a merger.
"""

from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.match.comparison import Ints


@dataclass(frozen=True, slots=True)
class Remembered:
    """What is known of ids (by number, in the order of giving) and of each present record.

    ``counts`` and ``is_merged`` tell of an id how many records it had and whether another one took its place; ``old``,
    ``former``, ``was_present`` and ``position`` of a record its own id, the one it bore before that was merged into it,
    whether it was just there, and its row in the table of members; -1 is none.
    """

    ids: pa.StringArray
    counts: Ints
    is_merged: npt.NDArray[np.bool_]
    old: Ints
    former: Ints
    was_present: npt.NDArray[np.bool_]
    position: Ints

    @classmethod
    def of(cls, members: pa.Table, names: pa.Table, keys: pa.StringArray) -> Self:
        """Return what CLUSTER_MEMBER and CLUSTER_NAME say of the records ``keys``.

        Parameters
        ----------
        members, names
            Tables CLUSTER_MEMBER and CLUSTER_NAME of the matching before.
        keys
            Keys of the records that are there now, in order.
        """
        ids = names["cluster_id"].combine_chunks()
        position = positions(keys, members["record_key"].combine_chunks())
        is_known = position >= 0

        def of_record(values: npt.NDArray[np.generic], otherwise: int) -> Ints:
            result = np.full(len(keys), otherwise, dtype=np.int64)
            result[is_known] = values[position[is_known]]
            return result

        return cls(
            ids,
            np.asarray(names["record_count"], dtype=np.int64),
            np.asarray(pc.is_valid(names["merged_into"])),
            of_record(id_numbers(members["cluster_id"], ids), -1),
            of_record(id_numbers(members["former_id"], ids), -1),
            of_record(np.asarray(members["is_present"]), 0).astype(bool),
            position,
        )


@dataclass(frozen=True, slots=True)
class Votes:
    """One row per cluster and id that its records bore.

    ``present`` is how many just did, ``native`` how many of those did not come by a merger, ``absent`` how many come back,
    ``first`` the smallest of them.
    """

    new: Ints
    old: Ints
    native: Ints
    present: Ints
    absent: Ints
    first: Ints

    def where(self, chosen: npt.NDArray[np.bool_]) -> Self:
        """Return some of the votes."""
        columns = (self.new, self.old, self.native, self.present, self.absent, self.first)
        return type(self)(*(column[chosen] for column in columns))

    def but(self, barred: set[tuple[int, int]]) -> Self:
        """Return the votes but those for a cluster to bear an id that it must not."""
        pairs = zip(self.new.tolist(), self.old.tolist(), strict=True) if barred else ()
        allowed = np.array([pair not in barred for pair in pairs], dtype=bool)
        return self.where(allowed) if barred else self


@dataclass(frozen=True, slots=True)
class Succession:
    """What became of ids and clusters; -1 is none.

    ``heir`` is the cluster that holds most of what bore an id. Of a cluster, ``kept`` is the id that it keeps, ``revived``
    one that was merged away and is its own again, ``source`` the one that most of its records bore.
    """

    number: Ints
    count: int
    remembered: Remembered
    votes: Votes
    heir: Ints
    kept: Ints
    revived: Ints
    source: Ints

    @property
    def bears(self) -> Ints:
        """The known id that each cluster bears."""
        return np.where(self.kept >= 0, self.kept, self.revived)


def succession(number: Ints, count: int, remembered: Remembered, barred: set[tuple[int, int]]) -> Succession:
    """Return what becomes of ids.

    Parameters
    ----------
    number
        The cluster of each present record, in the order of record keys.
    count
        Number of clusters.
    remembered
        What is known of the records.
    barred
        Clusters and ids that they must not bear.
    """
    # By a merger came who bore another id before and has not got it back.
    merged = np.where(np.append(remembered.is_merged, False)[remembered.former], remembered.former, -1)
    votes = _votes(number, remembered.old, remembered, merged < 0)
    may = votes.but(barred)
    heir = _best(may.old, (may.first, -may.absent, -may.present, -may.native), may.new, len(remembered.ids))
    # Of several ids that a cluster could keep, the one with most records; of those the oldest.
    own = may.where(heir[may.old] == may.new)
    kept = _best(own.new, (own.old, -own.absent, -own.present), own.old, count)
    # What was merged and parts again takes its old id back, unless most of its records stay behind.
    again = _votes(number, merged, remembered, merged < 0).but(barred)
    home = _best(again.old, (again.first, -again.absent, -again.present), again.new, len(remembered.ids))
    back = again.where((home[again.old] == again.new) & (kept[again.new] < 0))
    revived = _best(back.new, (back.old, -back.absent, -back.present), back.old, count)
    source = _best(votes.new, (votes.old, -votes.absent, -votes.present), votes.old, count)
    return Succession(number, count, remembered, votes, heir, kept, revived, source)


def positions(values: pa.Array, among: pa.Array) -> Ints:
    """Return where each value stands in ``among``; -1: nowhere."""
    return np.asarray(pc.fill_null(pc.index_in(values, value_set=among), -1), dtype=np.int64)


def id_numbers(coded: pa.ChunkedArray, ids: pa.StringArray) -> Ints:
    """Return the number of each id of a coded column among all ``ids``; -1 for null."""
    codes = coded.combine_chunks()
    indices = np.asarray(pc.fill_null(codes.indices, -1), dtype=np.int64)
    if codes.dictionary.equals(ids):
        return indices
    return np.asarray(np.append(positions(codes.dictionary, ids), -1)[indices], dtype=np.int64)


def _votes(number: Ints, bore: Ints, remembered: Remembered, is_native: npt.NDArray[np.bool_]) -> Votes:
    # Cluster and id as one number: a sort of it puts the records of each vote side by side.
    known = np.flatnonzero(bore >= 0)
    width = max(len(remembered.ids), 1)
    combined = number[known] * width + bore[known]
    order = np.argsort(combined, kind="stable")
    combined, records = combined[order], known[order]
    starts = np.flatnonzero(np.diff(combined, prepend=-1))
    sizes = np.diff(starts, append=len(combined))
    was_present = remembered.was_present[records]
    present, native = (
        np.add.reduceat(chosen.astype(np.int64), starts) if len(starts) else sizes
        for chosen in (was_present, was_present & is_native[records])
    )
    new, old = combined[starts] // width, combined[starts] % width
    # Records stand in the order of their keys, and the sort is stable: the first of a group is its smallest.
    return Votes(new, old, native, present, sizes - present, records[starts])


def _best(groups: Ints, worst_last: tuple[Ints, ...], values: Ints, count: int) -> Ints:
    """Return for each of ``count`` groups the value whose keys are smallest, the last key first; -1 where there is none."""
    order = np.lexsort((*worst_last, groups))
    result = np.full(count, -1, dtype=np.int64)
    # Written from the last to the first, so that of a group the first is what stays.
    result[groups[order][::-1]] = values[order][::-1]
    return result
