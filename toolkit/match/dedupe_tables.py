"""Pairs and clusters as they leave: named by file and id, with a level per fact."""

import hashlib

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.cores import results
from toolkit.match.comparison import Ints
from toolkit.match.parties import Matching
from toolkit.match.records.joint_records import JointRecords
from toolkit.tables.pair_texts import pair_texts

_MOST_PASSED_OVER = 20
"""Pairs without a level that are passed over one by one, before all are looked up."""


class LevelColumns:
    """The level of each fact of pairs, a column per fact, looked up by the row of a pair among all pairs of a matching."""

    def __init__(self, matching: Matching) -> None:
        levels = matching.pair_levels.combine_chunks()
        labels = pa.array([fact.label for fact in matching.model.facts], pa.string())
        self._pairs_count = matching.pairs.num_rows
        self._labels: list[str] = labels.to_pylist()
        self._codes = np.asarray(pc.fill_null(pc.index_in(levels["comparison"], value_set=labels), -1))
        self._words = levels["level"].combine_chunks()
        # The levels of a pair stand one after the other: each pair is looked up once.
        starts = _starts_of_pairs(levels)
        named = levels.select(["key_l", "key_r"]).take(pa.array(starts))
        self._rows = np.repeat(_rows_of(named, matching.pairs), np.diff(np.append(starts, levels.num_rows)))

    def of(self, rows: pa.ChunkedArray) -> dict[str, pa.Array]:
        """Return the columns of some pairs, given by their rows, under the labels of the facts."""
        wanted = np.asarray(rows)

        def column(number: int) -> pa.Array:
            own = np.flatnonzero((self._codes == number) & (self._rows >= 0))
            at = np.full(self._pairs_count, -1, dtype=np.int64)
            at[self._rows[own]] = own
            at = at[wanted]
            return self._words.take(pa.array(at, mask=at < 0))

        return dict(zip(self._labels, results(column, range(len(self._labels))), strict=True))


def pair_rows(joint: JointRecords, levels: LevelColumns, pairs: pa.Table) -> pa.Table:
    """Return listed pairs as they leave: ids, files, probability, weight, a level per fact, decision, reason.

    ``joined_through`` names the weakest link by which a group joins two records that are not alike enough by themselves.

    Parameters
    ----------
    joint
        The records of all files.
    levels
        Of all pairs that were found.
    pairs
        Some of them, with their ``row`` among all. ``id_l`` is from the file named first where the two are of different
        files.
    """
    columns: dict[str, pa.Array | pa.ChunkedArray] = {
        "id_l": joint.ids(pairs["key_l"]),
        "id_r": joint.ids(pairs["key_r"]),
        "file_l": joint.file_names(pairs["key_l"]),
        "file_r": joint.file_names(pairs["key_r"]),
        "match_probability": pc.round(pairs["match_probability"], 6),
        "match_weight": pc.round(pairs["match_weight"], 4),
    }
    columns |= levels.of(pairs["row"])
    links = (_words(joint, pairs[f"link_{side}"]) for side in ("l", "r"))
    columns["joined_through"] = pc.binary_join_element_wise(*links, " = ")
    return pa.table({**columns, "decision": pairs["decision"], "reason": pairs["reason"]})


def cluster_rows(joint: JointRecords, matching: Matching) -> pa.Table:
    """Return ``record_id, cluster_id, file`` of every record; a cluster's id is made from its first record."""
    keys, named = matching.clusters["record_key"], matching.clusters["cluster_id"]
    if len(keys) < joint.records.num_rows:
        # Who says nothing was not compared, and is a cluster of its own; all in the order of keys.
        known = keys.combine_chunks()
        keys = joint.records["record_key"].take(pc.sort_indices(joint.records["record_key"]))
        named = pc.coalesce(named.take(pc.index_in(keys, value_set=known)), keys)
    clusters = pc.dictionary_encode(named).combine_chunks()
    short = [hashlib.sha256(name.encode()).hexdigest()[:12] for name in clusters.dictionary.to_pylist()]
    return pa.table(
        {
            "record_id": joint.ids(keys),
            "cluster_id": pc.take(pa.array(short, pa.string()), clusters.indices),
            "file": joint.file_names(keys),
        }
    )


def side_by_side(joint: JointRecords, keys_l: pa.ChunkedArray, keys_r: pa.ChunkedArray) -> pa.Table:
    """Return pairs of records as a person compares them: ids and files, then both values of each field beside each other.

    Parameters
    ----------
    joint
        The records of all files.
    keys_l, keys_r
        Keys of the two records of each pair.
    """
    # Only the few records that are shown are looked up, among a million.
    records = joint.records.filter(
        pc.is_in(joint.records["record_key"], value_set=pa.chunked_array([*keys_l.chunks, *keys_r.chunks]))
    )
    known = records["record_key"]
    rows = {"l": pc.index_in(keys_l, value_set=known), "r": pc.index_in(keys_r, value_set=known)}
    columns: dict[str, pa.Array | pa.ChunkedArray] = {
        "id_l": joint.ids(keys_l),
        "id_r": joint.ids(keys_r),
        "file_l": joint.file_names(keys_l),
        "file_r": joint.file_names(keys_r),
    }
    for field in joint.shown_fields:
        for side, own in rows.items():
            columns.setdefault(f"{field}_{side}", pc.take(records[field], own))
    return pa.table(columns)


def _words(joint: JointRecords, keys: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return what a person calls the records of some keys: ids, and their files where there are several."""
    if len(joint.files) == 1:
        return joint.ids(keys)
    return pc.binary_join_element_wise(joint.ids(keys), " (", joint.file_names(keys), ")", "")


def _rows_of(named: pa.Table, pairs: pa.Table) -> Ints:
    """Return the row among ``pairs`` of each of some pairs, -1 where there is none."""
    # Nearly always they are all pairs in their order, but for a few of which no fact tells anything.
    count, begin, more = named.num_rows, 0, pairs.num_rows - named.num_rows
    rows = np.arange(count)
    for passed in range(_MOST_PASSED_OVER):
        if passed > more:
            break
        rows[begin:] = np.arange(begin + passed, count + passed)
        is_other = np.flatnonzero(_differ(named.slice(begin), pairs.slice(begin + passed, count - begin)))
        if not len(is_other):
            return rows
        begin += int(is_other[0])
    place = pc.index_in(pair_texts(named), value_set=pair_texts(pairs))
    return np.asarray(pc.fill_null(place, -1), dtype=np.int64)


def _differ(one: pa.Table, other: pa.Table) -> npt.NDArray[np.bool_]:
    """Return which pairs of two tables of one length are not the same."""
    is_other = [np.asarray(pc.not_equal(one[name], other[name])) for name in ("key_l", "key_r")]
    return np.asarray(is_other[0] | is_other[1])


def _starts_of_pairs(levels: pa.Table) -> Ints:
    """Return where the levels of another pair begin."""
    last = max(levels.num_rows - 1, 0)
    columns = (levels[name].combine_chunks() for name in ("key_l", "key_r"))
    is_other = [np.asarray(pc.not_equal(keys.slice(0, last), keys.slice(1))) for keys in columns]
    return np.flatnonzero(np.append(np.ones(min(levels.num_rows, 1), dtype=bool), is_other[0] | is_other[1]))
