"""Pairs and clusters as they leave: named by file and id, with a level per fact."""

import hashlib

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.match.parties import Matching
from toolkit.match.records.joint_records import JointRecords

_BETWEEN = "\x00"


def pair_rows(joint: JointRecords, matching: Matching, pairs: pa.Table) -> pa.Table:
    """Return listed pairs as they leave: ids, files, probability, weight, a level per fact, decision, reason.

    ``joined_through`` names the weakest link by which a group joins two records that are not alike enough by themselves.

    Parameters
    ----------
    joint
        The records of all files.
    matching, pairs
        What was found, and some of its pairs. ``id_l`` is from the file named first where the two are of different files.
    """
    columns: dict[str, pa.Array | pa.ChunkedArray] = {
        "id_l": joint.ids(pairs["key_l"]),
        "id_r": joint.ids(pairs["key_r"]),
        "file_l": joint.file_names(pairs["key_l"]),
        "file_r": joint.file_names(pairs["key_r"]),
        "match_probability": pc.round(pairs["match_probability"], 6),
        "match_weight": pc.round(pairs["match_weight"], 4),
    }
    columns |= _levels(matching, pairs)
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
    known = joint.records["record_key"]
    rows = {"l": pc.index_in(keys_l, value_set=known), "r": pc.index_in(keys_r, value_set=known)}
    columns: dict[str, pa.Array | pa.ChunkedArray] = {
        "id_l": joint.ids(keys_l),
        "id_r": joint.ids(keys_r),
        "file_l": joint.file_names(keys_l),
        "file_r": joint.file_names(keys_r),
    }
    for field in joint.shown_fields:
        for side, own in rows.items():
            columns.setdefault(f"{field}_{side}", pc.take(joint.records[field], own))
    return pa.table(columns)


def _words(joint: JointRecords, keys: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return what a person calls the records of some keys: ids, and their files where there are several."""
    if len(joint.files) == 1:
        return joint.ids(keys)
    return pc.binary_join_element_wise(joint.ids(keys), " (", joint.file_names(keys), ")", "")


def _levels(matching: Matching, pairs: pa.Table) -> dict[str, pa.Array]:
    place = pc.index_in(_joined(matching.pair_levels), value_set=_joined(pairs))
    levels = matching.pair_levels.filter(place.is_valid())
    rows = place.drop_null().to_numpy()
    facts = np.asarray(levels["comparison"].to_numpy(), dtype=object)
    words = np.asarray(levels["level"].to_numpy(), dtype=object)
    columns = {}
    for fact in matching.model.facts:
        column = np.full(pairs.num_rows, None, dtype=object)
        is_own = facts == fact.label
        column[rows[is_own]] = words[is_own]
        columns[fact.label] = pa.array(column, pa.string())
    return columns


def _joined(table: pa.Table) -> pa.Array:
    return pc.binary_join_element_wise(table["key_l"], table["key_r"], _BETWEEN).combine_chunks()
