"""What happened to clusters, in words."""

from collections.abc import Mapping
from typing import Any


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
