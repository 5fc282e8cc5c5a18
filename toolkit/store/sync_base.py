"""What two systems held when they were last alike, kept from one sync to the next.

It cannot be made again, and without it a person decides: so it is checked against its hash, and one that is damaged is
taken for none.
"""

from typing import Any

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
    known = _entries(store)
    if not known:
        return SYNC_BASE.empty()
    if not path.exists() or file_sha256(path) != known[-1]["sha256"]:
        if not store.is_read_only and not known[-1].get("is_lost"):
            store.log(_ACTION, {"sha256": "", "is_lost": True, **_of_desk(store)})
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
    store.log(_ACTION, {"sha256": file_sha256(path), "rows": base.num_rows, **_of_desk(store)})


def _of_desk(store: Store) -> dict[str, str]:
    """Return what an entry says of the folder that the base is in: colleagues who share a state each have their own."""
    return {"desk": store.state.desk} if store.state.desk else {}


def _entries(store: Store) -> list[dict[str, Any]]:
    """Return what was logged of the base of this folder, before it shared its state and after."""
    known = store.logged(_ACTION)
    if all("desk" not in one for one in known):
        return known
    taken = store.logged("unshared")
    own = store.state.desk or (str(taken[-1].get("desk")) if taken else "")
    return [one for one in known if one.get("desk", own) == own]
