"""The rows of a stream's last snapshot, to hold new ones against."""

import pyarrow as pa

from toolkit.audit.engagement import Engagement
from toolkit.files.canonical import CanonicalStream
from toolkit.files.kept_numbers import has_numbered_keys, with_kept_numbers
from toolkit.store.snapshots import read_snapshot, snapshot_sha256


def with_numbers_of_before(engagement: Engagement, stream: CanonicalStream) -> CanonicalStream:
    """Return the stream where records that share a key keep their ids of the last snapshot, if that is whole."""
    own = (stream.system, stream.stream.name)
    rows = {(row["system"], row["stream"]): row for row in engagement.store.snapshots(all_streams=True).to_pylist()}
    if own not in rows:
        return stream
    path, entity = engagement.folder / rows[own]["path"], rows[own]["entity"]
    if snapshot_sha256(path) != rows[own]["sha256"]:
        return stream
    # The raw rows of a big ledger are read only where a number stands behind some id.
    ids = [read_snapshot(path, entity, ["record_id"])["record_id"], *(one.identity.ids for one in stream.files)]
    if not any(has_numbered_keys(column) for column in ids):
        return stream
    before: pa.Table = read_snapshot(path, entity, ["record_id", "raw"])
    return with_kept_numbers(stream, before)
