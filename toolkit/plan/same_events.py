"""Documents of several systems that stand for one event, so that no event is entered twice in one list."""

from collections.abc import Mapping

import pyarrow as pa
import pyarrow.compute as pc


def same_events(counterparts: pa.Table) -> Mapping[str, str]:
    """Return for each document with a counterpart the event it belongs to: the smallest key among its documents.

    A counterpart that stands for several documents, such as one payment of two invoices, joins none of them.

    Parameters
    ----------
    counterparts
        Table COUNTERPART.
    """
    found = counterparts.filter(pc.equal(counterparts["status"], "found")).filter(pc.is_null(pc.field("more_keys_r")))
    # One target for two sources of one handoff joins neither.
    sides = pa.table({"handoff": found["handoff_id"], "key": found["key_r"]}).group_by(["handoff", "key"])
    sole = sides.aggregate([([], "count_all")]).filter(pc.field("count_all") == 1)
    single = {(row["handoff"], row["key"]) for row in sole.to_pylist()}
    leader: dict[str, str] = {}
    for row in found.select(["handoff_id", "key_l", "key_r"]).to_pylist():
        if (row["handoff_id"], row["key_r"]) in single:
            one, other = sorted((_root(leader, row["key_l"]), _root(leader, row["key_r"])))
            leader[other] = one
    return {key: _root(leader, key) for key in leader}


def _root(leader: dict[str, str], key: str) -> str:
    """Return the smallest key of the event, and shorten the way to it."""
    root = key
    while leader.setdefault(root, root) != root:
        root = leader[root]
    while leader[key] != root:
        leader[key], key = root, leader[key]
    return root
