"""When a list was read, and what it held then: also the readings that found nothing new and left no snapshot."""

import json
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from toolkit.store.state import AUDIT_LOG, SNAPSHOTS
from toolkit.store.store import Store

_ACTIONS = ("snapshot", "snapshot_unchanged")


@dataclass(frozen=True, slots=True)
class ListReading:
    """One reading of a list: when, whether to its end (``reasons`` says why not), and the snapshot that holds it."""

    at: datetime
    is_complete: bool
    reasons: tuple[str, ...]
    entity: str
    path: str
    sha256: str
    rows: int


def list_readings(store: Store, system: str, stream: str) -> list[ListReading]:
    """Return every reading of a stream, oldest first.

    Parameters
    ----------
    store
        Of the engagement.
    system, stream
        The stream; one that was never read has none.
    """
    own = sa.select(SNAPSHOTS).where(SNAPSHOTS.c.system == system, SNAPSHOTS.c.stream == stream)
    entries = sa.select(AUDIT_LOG.c.at, AUDIT_LOG.c.action, AUDIT_LOG.c.detail).where(AUDIT_LOG.c.action.in_(_ACTIONS))
    found: list[ListReading] = []
    with store.reading() as connection:
        rows = {row["path"]: row for row in connection.execute(own.order_by(SNAPSHOTS.c.sequence)).mappings()}
        logged = set()
        for at, action, text in connection.execute(entries.order_by(AUDIT_LOG.c.sequence)):
            detail = json.loads(text)
            row = rows.get(detail["path"])
            if row is None:
                continue
            logged.add(detail["path"])
            told = row["taken_at"] if action == "snapshot" else at
            found.append(_reading(row, detail.get("read_at", told), is_complete=detail.get("is_complete")))
        # A state that was put back from the snapshots' manifests has no log of before.
        found += [_reading(row, row["taken_at"]) for path, row in rows.items() if path not in logged]
    return sorted(found, key=lambda one: one.at)


def _reading(row: sa.RowMapping, at: str, *, is_complete: bool | None = None) -> ListReading:
    return ListReading(
        datetime.fromisoformat(at),
        bool(row["is_complete"]) if is_complete is None else is_complete,
        tuple(json.loads(row["reasons"])),
        row["entity"],
        row["path"],
        row["sha256"],
        row["rows"] - row["rows_absent"],
    )
