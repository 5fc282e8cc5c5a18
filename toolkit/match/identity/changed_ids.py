"""Lasting cluster ids where little changed: only clusters that were decided anew, and what ever had to do with them, count.

An id is at stake when a record that bears or bore it is new, gone or in a cluster that was decided anew. All records that
bear or bore such an id are looked at, and so on until nothing is added; all others keep their ids, as in a full matching.
"""

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.match.comparison import Ints
from toolkit.match.identity.lasting_ids import Identified, Identity, identified
from toolkit.match.identity.succession import id_numbers
from toolkit.tables import CLUSTER, CLUSTER_MEMBER, CLUSTER_NAME


def identified_changes(
    decided: pa.Table,
    gone: pa.StringArray,
    previous: Identity,
    *,
    run_id: str,
    excluded: Iterable[tuple[str, str]] = (),
) -> Identified:
    """Return clusters under ids that last, from those that were decided anew.

    Parameters
    ----------
    decided
        Table CLUSTER of the records whose cluster was decided anew: whole clusters, and all records of those before.
    gone
        Keys of records that are no more.
    previous
        What the matching before remembered.
    run_id
        Under which the events are noted.
    excluded
        Record and cluster id: a cluster that holds the record never bears the id. It must be what it was.
    """
    members, ids = previous.members, previous.names["cluster_id"].combine_chunks()
    old, former = (id_numbers(members[name], ids) for name in ("cluster_id", "former_id"))
    changed = pa.chunked_array([*decided["record_key"].chunks, gone], pa.string()).combine_chunks()
    # Ids by number: each step outwards looks at all records again.
    is_changed = np.asarray(pc.is_in(members["record_key"], value_set=changed))
    is_own, is_at_stake = _closure(is_changed, old, former, len(ids))
    own_rows, own_ids = np.flatnonzero(is_own), np.flatnonzero(is_at_stake)
    rank = np.append(np.cumsum(is_at_stake) - 1, -1)
    own_names = previous.names.take(pa.array(own_ids))
    names = own_names["cluster_id"].combine_chunks()
    present = np.asarray(members["is_present"])
    keys = members["record_key"].take(pa.array(own_rows)).combine_chunks()
    before = _members(keys, rank[old[own_rows]], rank[former[own_rows]], present[own_rows], names)
    stays = np.flatnonzero(is_own & present & ~is_changed)
    others = pa.table(
        {"record_key": members["record_key"].take(pa.array(stays)), "cluster_id": ids.take(pa.array(old[stays]))}
    )
    # A letter before each keeps what was decided anew apart from what was named before.
    clusters = pa.concat_tables([_prefixed("n", decided), _prefixed("o", others)]).cast(CLUSTER.arrow)
    found = identified(clusters, Identity(before, own_names), run_id=run_id, excluded=excluded, reserved=ids)
    # What ``identified`` remembers begins with the ids that it was given, in their order; new ones follow.
    fresh = found.identity.names.slice(len(own_ids))
    every = pa.concat_arrays([ids, fresh["cluster_id"].combine_chunks()])
    numbers = np.append(np.concatenate([own_ids, len(ids) + np.arange(fresh.num_rows)]), -1)
    now = found.identity.members
    own_every = found.identity.names["cluster_id"].combine_chunks()
    now_old, now_former = (numbers[id_numbers(now[name], own_every)] for name in ("cluster_id", "former_id"))
    is_new = np.asarray(pc.invert(pc.is_in(now["record_key"], value_set=keys)))
    now_present = np.asarray(now["is_present"])
    for column, values in ((old, now_old), (former, now_former)):
        column[own_rows] = values[~is_new]
    present = present.copy()
    present[own_rows] = now_present[~is_new]
    all_keys = members["record_key"].combine_chunks()
    new_keys = now["record_key"].combine_chunks().filter(pa.array(is_new))
    # Members stand in the order of keys, which the next matching relies on.
    place = np.searchsorted(all_keys.to_numpy(zero_copy_only=False), new_keys.to_numpy(zero_copy_only=False))
    order = np.insert(np.arange(len(all_keys)), place, len(all_keys) + np.arange(len(new_keys)))
    merged = _members(
        pa.concat_arrays([all_keys, new_keys]).take(pa.array(order)),
        np.insert(old, place, now_old[is_new]),
        np.insert(former, place, now_former[is_new]),
        np.insert(present, place, now_present[is_new]),
        every,
    )
    is_there = merged["is_present"]
    return Identified(
        pa.table(
            {
                "record_key": merged["record_key"].filter(is_there),
                "cluster_id": merged["cluster_id"].filter(is_there).cast(pa.string()),
            },
            schema=CLUSTER.arrow,
        ),
        Identity(merged, _names(previous.names, is_at_stake, found.identity.names, len(own_ids))),
        found.events,
    )


def _closure(
    is_own: npt.NDArray[np.bool_], old: Ints, former: Ints, count: int
) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """Return all records, and all ids, that hang together with some records by an id that they bear or bore."""
    is_at_stake = np.zeros(count + 1, dtype=bool)
    while True:
        is_at_stake[old[is_own]] = True
        is_at_stake[former[is_own]] = True
        # The last place is that of no id.
        is_at_stake[-1] = False
        grown = is_own | is_at_stake[old] | is_at_stake[former]
        if np.array_equal(grown, is_own):
            return is_own, is_at_stake[:-1]
        is_own = grown


def _members(
    keys: pa.StringArray, old: Ints, former: Ints, is_present: npt.NDArray[np.bool_], ids: pa.StringArray
) -> pa.Table:
    coded = (pa.DictionaryArray.from_arrays(pa.array(one.astype(np.int32), mask=one < 0), ids) for one in (old, former))
    return pa.Table.from_arrays([keys, *coded, pa.array(is_present)], schema=CLUSTER_MEMBER.arrow)


def _names(before: pa.Table, is_at_stake: npt.NDArray[np.bool_], now: pa.Table, known: int) -> pa.Table:
    """Return the table of ids with the rows of those at stake replaced, and new ones added."""
    mask = pa.array(is_at_stake)
    columns = [
        pa.concat_arrays([
            pc.replace_with_mask(before[name].combine_chunks(), mask, now[name].combine_chunks().slice(0, known)),
            now[name].combine_chunks().slice(known),
        ])
        for name in CLUSTER_NAME.names
    ]  # fmt: skip
    return pa.Table.from_arrays(columns, schema=CLUSTER_NAME.arrow)


def _prefixed(letter: str, clusters: pa.Table) -> pa.Table:
    names = pc.binary_join_element_wise(pa.scalar(letter), clusters["cluster_id"], "")
    return pa.table({"record_key": clusters["record_key"], "cluster_id": names})
