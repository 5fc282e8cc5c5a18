"""Which snapshots there are, and which of them count: rows of the state file.

A stream counts by its newest snapshot, unless it is ``left_out``: its system was renamed, dropped or retired.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import sqlalchemy as sa

from toolkit.store.snapshots import WrittenSnapshot, snapshot_sha256
from toolkit.store.state import PRESENCE, SNAPSHOTS
from toolkit.tables import SNAPSHOT

PRESENT = "present"
NOT_SENT = "not_sent"
SHRUNK = "shrunk"
LEFT_OUT = "left_out"
RETIRED = "retired"
RENAMED = "renamed"
_NOT_COUNTED = (LEFT_OUT, RETIRED, RENAMED)
_COLUMNS = tuple(column for column in SNAPSHOTS.columns if column.name != "sequence")


@dataclass(frozen=True, slots=True)
class Presence:
    """What became of a stream at the last pull, and why, in a sentence; of one that shrank, its ``records_before``."""

    system: str
    stream: str
    presence: str
    reason: str = ""
    records_before: int = 0

    @property
    def is_counted(self) -> bool:
        """Whether its records are part of every figure."""
        return self.presence not in _NOT_COUNTED


def catalogued(connection: sa.Connection, written: WrittenSnapshot) -> None:
    """Add a snapshot that was written to the catalogue."""
    connection.execute(
        sa.insert(SNAPSHOTS).values(
            system=written.system,
            stream=written.stream,
            entity=written.entity,
            connector=written.connector,
            taken_at=written.taken_at.isoformat(),
            rows=written.rows,
            rows_absent=written.rows_absent,
            is_complete=written.is_complete,
            reasons=json.dumps(written.reasons),
            source_files=json.dumps(written.source_files),
            sha256=written.sha256,
            path=written.path,
        )
    )


def newest_snapshots(connection: sa.Connection) -> list[dict[str, Any]]:
    """Return the newest snapshot of every stream, counted or not, as rows of SNAPSHOT."""
    return [_read(row) for row in _newest(connection)]


def snapshot_table(connection: sa.Connection, *, all_streams: bool = False) -> pa.Table:
    """Return the newest snapshot of every stream that counts, as a SNAPSHOT table; with ``all_streams`` of every one."""
    rows, found = _newest(connection), presences(connection)
    if not all_streams:
        rows = [row for row in rows if (key := (row.system, row.stream)) not in found or found[key].is_counted]
    return _laid_out(tuple(tuple(row) for row in rows))


def _newest(connection: sa.Connection) -> Sequence[sa.Row[Any]]:
    newest = sa.select(sa.func.max(SNAPSHOTS.c.sequence)).group_by(SNAPSHOTS.c.system, SNAPSHOTS.c.stream)
    chosen = sa.select(*_COLUMNS).where(SNAPSHOTS.c.sequence.in_(newest))
    return connection.execute(chosen.order_by(SNAPSHOTS.c.system, SNAPSHOTS.c.stream)).all()


@lru_cache(maxsize=4)
def _laid_out(rows: tuple[tuple[Any, ...], ...]) -> pa.Table:
    """Return rows of the state as a table; a run asks for them some eighty times, and few answers differ."""
    return SNAPSHOT.from_rows([_read(row) for row in rows])


def _read(values: Sequence[Any]) -> dict[str, Any]:
    row = dict(zip((column.name for column in _COLUMNS), values, strict=True))
    row["taken_at"] = datetime.fromisoformat(row["taken_at"])
    row["reasons"] = json.loads(row["reasons"])
    row["source_files"] = json.loads(row["source_files"])
    return row


def newest_paths(connection: sa.Connection, folder: Path, system: str, stream: str) -> tuple[str | None, str | None]:
    """Return the path of a stream's newest snapshot, and of the newest that is whole; null where there is none.

    Parameters
    ----------
    connection
        To the state.
    folder
        The engagement's.
    system, stream
        Of the stream; whether it counts at present does not matter.
    """
    chosen = (
        sa.select(SNAPSHOTS.c.path, SNAPSHOTS.c.sha256)
        .where(SNAPSHOTS.c.system == system, SNAPSHOTS.c.stream == stream)
        .order_by(SNAPSHOTS.c.sequence.desc())
    )
    rows = connection.execute(chosen).all()
    whole = next((row.path for row in rows if snapshot_sha256(folder / row.path) == row.sha256), None)
    return (rows[0].path if rows else None), whole


def count_again(connection: sa.Connection, path: str) -> None:
    """Let a stream count by an older snapshot of it, which becomes the newest row."""
    columns = [column for column in SNAPSHOTS.columns if column.name != "sequence"]
    row = connection.execute(sa.select(*columns).where(SNAPSHOTS.c.path == path).limit(1)).mappings().one()
    connection.execute(sa.insert(SNAPSHOTS).values(**row))


def presences(connection: sa.Connection) -> dict[tuple[str, str], Presence]:
    """Return what became of each stream, by system and stream; one that was never missed is not among them."""
    rows = connection.execute(sa.select(PRESENCE).order_by(PRESENCE.c.sequence))
    return {
        (row.system, row.stream): Presence(row.system, row.stream, row.presence, row.reason, row.records_before)
        for row in rows
    }


def note_presence(connection: sa.Connection, found: Presence, at: datetime) -> bool:
    """Keep what became of a stream; return whether that is news.

    Parameters
    ----------
    connection
        In a transaction.
    found
        What became of the stream; equal to what is known it is no news and nothing is written.
    at
        UTC.
    """
    key = (found.system, found.stream)
    if presences(connection).get(key, Presence(*key, PRESENT)) == found:
        return False
    connection.execute(
        sa.insert(PRESENCE).values(
            at=at.isoformat(),
            system=found.system,
            stream=found.stream,
            presence=found.presence,
            reason=found.reason,
            records_before=found.records_before,
        )
    )
    return True


def adopt_snapshots(connection: sa.Connection, folder: Path) -> int:
    """Add snapshots that are on the disk and in no row, by their manifests; return how many.

    A pull that was killed leaves one such, a state file that was lost all of them. Each names the one before it, so they
    come in order whatever the clock said.
    """
    waiting = [*_manifests(folder)]
    count = 0
    while waiting:
        rows = connection.execute(sa.select(SNAPSHOTS.c.path)).scalars()
        known = {*rows}
        newest = {(row["system"], row["stream"]): row["path"] for row in newest_snapshots(connection)}
        fitting = [
            (path, one)
            for path, one in waiting
            if path not in known and newest.get((one["system"], one["stream"])) == one["previous"]
        ]
        for path, one in fitting:
            connection.execute(
                sa.insert(SNAPSHOTS).values(
                    **{name: one[name] for name in _AS_THEY_ARE},
                    reasons=json.dumps(one["reasons"]),
                    source_files=json.dumps(one["source_files"]),
                    path=path,
                )
            )
        count += len(fitting)
        waiting = [one for one in waiting if one not in fitting] if fitting else []
    return count


_AS_THEY_ARE = ("system", "stream", "entity", "connector", "taken_at", "rows", "rows_absent", "is_complete", "sha256")


def _manifests(folder: Path) -> list[tuple[str, Mapping[str, Any]]]:
    """Return path and manifest of every snapshot that is as its manifest says."""
    found = []
    for manifest in sorted((folder / "snapshots").glob("*/*/*.json")):
        path = manifest.with_suffix(".parquet")
        try:
            said = json.loads(manifest.read_text(encoding="utf-8"))
            is_whole = {*_AS_THEY_ARE, "reasons", "source_files", "previous"} <= said.keys()
        except (OSError, ValueError, AttributeError):
            continue
        if is_whole and snapshot_sha256(path) == said["sha256"]:
            found.append((path.relative_to(folder).as_posix(), said))
    return found
