"""What happened to clusters: as rows, and in words."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa

from toolkit.match.comparison import Ints
from toolkit.match.identity.succession import Succession
from toolkit.tables import CLUSTER_EVENT

_EVENT_COLUMNS = pa.schema([one for one in CLUSTER_EVENT.arrow if one.name != "run_id"])


def cluster_events(story: Succession, ids: pa.StringArray, run_id: str) -> pa.Table:
    """Return what happened to each cluster and id since the matching before.

    Parameters
    ----------
    story
        What became of ids and clusters.
    ids
        The id that each cluster bears now.
    run_id
        Under which the events are noted.
    """
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
    # An id whose heir bears another one has gone into that one.
    is_merged = (story.heir[votes.old] == votes.new) & ~is_own
    has_merged = np.zeros(story.count, dtype=bool)
    has_merged[votes.new[is_merged]] = True
    is_split = ~has_id & (source >= 0)
    has_lost = np.zeros(len(counts), dtype=bool)
    has_lost[source[is_split]] = True
    is_back = has_id & (before == 0)
    # One event tells each change: what a merger or a split explains is not told again as growth or loss.
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
    # The order of finding depends on numbers of clusters, which one more record shifts.
    order = [(name, "ascending") for name in ("cluster_id", "kind", "other_cluster_id")]
    return table.sort_by(order).select(CLUSTER_EVENT.names).cast(CLUSTER_EVENT.arrow)


def event_sentence(event: Mapping[str, Any], cluster_id: str) -> str:
    """Return what an event (a row of CLUSTER_EVENT) meant for a cluster that took part in it.

    Examples
    --------
    >>> event = {"kind": "merged", "cluster_id": "g-1", "other_cluster_id": "g-2", "record_count": 5, "moved_count": 2}
    >>> event_sentence(event, "g-1"), event_sentence(event, "g-2")
    ('g-2 was merged into it with 2 records; it has 5 now.', 'It was merged into g-1 with 2 records.')
    """
    other, count, moved = event["other_cluster_id"], event["record_count"], _records(event["moved_count"])
    if event["kind"] == "merged":
        if event["cluster_id"] == cluster_id:
            return f"{other} was merged into it with {moved}; it has {count:,} now."
        return f"It was merged into {event['cluster_id']} with {moved}."
    if event["kind"] == "split":
        if event["cluster_id"] == cluster_id:
            return f"It was split off {other} with {moved}."
        return f"{event['cluster_id']} was split off it with {moved}."
    return {
        "new": f"It was found with {moved}.",
        "grown": f"{moved} joined it; it has {count:,} now.",
        "shrunk": f"{moved} left it; it has {count:,} now.",
        "retired": "No record of it is left; the id waits for them.",
        "returned": f"It came back with {moved}.",
    }[event["kind"]]


def _records(count: int) -> str:
    return f"{count:,} record{'' if count == 1 else 's'}"
