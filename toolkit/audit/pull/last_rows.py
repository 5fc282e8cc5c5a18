"""The rows of a stream's last snapshot, to hold new ones against."""

from collections.abc import Mapping
from typing import Any

import pyarrow as pa

from toolkit.audit.engagement import Engagement
from toolkit.audit.pull.presence import Key
from toolkit.files.canonical import CanonicalStream
from toolkit.files.kept_numbers import has_numbered_keys, with_kept_numbers
from toolkit.store.snapshots import read_snapshot, snapshot_sha256

LastSnapshot = Mapping[str, Any] | None
"""The newest snapshot of a stream, as a row of SNAPSHOT; null before the first."""


def last_snapshots(engagement: Engagement) -> Mapping[Key, Mapping[str, Any]]:
    """Return the newest snapshot of every stream, as a row of SNAPSHOT."""
    rows = engagement.store.snapshots(all_streams=True).to_pylist()
    return {(row["system"], row["stream"]): row for row in rows}


def with_numbers_of_before(engagement: Engagement, stream: CanonicalStream, last: LastSnapshot) -> CanonicalStream:
    """Return the stream where records that share a key keep their ids of the last snapshot, if that is whole.

    Parameters
    ----------
    engagement
        In whose folder the snapshots are.
    stream
        As its files have it.
    last
        Its newest snapshot.
    """
    if last is None:
        return stream
    path, entity = engagement.folder / last["path"], last["entity"]
    if snapshot_sha256(path) != last["sha256"]:
        return stream
    # The raw rows of a big ledger are read only where a number stands behind some id.
    ids = [read_snapshot(path, entity, ["record_id"])["record_id"], *(one.identity.ids for one in stream.files)]
    if not any(has_numbered_keys(column) for column in ids):
        return stream
    before: pa.Table = read_snapshot(path, entity, ["record_id", "raw"])
    return with_kept_numbers(stream, before)
