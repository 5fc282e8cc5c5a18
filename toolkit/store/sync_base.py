"""What two systems held when they were last alike, kept from one sync to the next.

It cannot be made again, and without it a person decides: so it is checked against its hash, and one that is damaged is
taken for none.
"""

import pyarrow as pa
import pyarrow.parquet as pq

from toolkit.disk import atomic_path
from toolkit.store.checksums import file_sha256
from toolkit.store.store import Store
from toolkit.tables import SYNC_BASE, checked

_ACTION = "sync_base"
_NAME = "sync-base.parquet"


def kept_base(store: Store) -> pa.Table:
    """Return SYNC_BASE as it was kept; empty before the first sync, and where it was damaged, which is said next time."""
    path = store.folder / "plans" / _NAME
    known = store.logged(_ACTION)
    if not known:
        return SYNC_BASE.empty()
    if not path.exists() or file_sha256(path) != known[-1]["sha256"]:
        if not store.is_read_only and not known[-1].get("is_lost"):
            store.log(_ACTION, {"sha256": "", "is_lost": True})
            store.say_next(
                "What two systems held when they were last alike is lost: where they differ now, a person decides which "
                "side holds.",
                is_lost=True,
            )
        return SYNC_BASE.empty()
    return checked(pq.read_table(path), SYNC_BASE)


def keep_base(store: Store, base: pa.Table) -> None:
    """Keep SYNC_BASE for the next sync.

    Parameters
    ----------
    store
        With the right to write.
    base
        Table SYNC_BASE.
    """
    path = store.folder / "plans" / _NAME
    with atomic_path(path) as target:
        pq.write_table(checked(base, SYNC_BASE), target)
    store.log(_ACTION, {"sha256": file_sha256(path), "rows": base.num_rows})
