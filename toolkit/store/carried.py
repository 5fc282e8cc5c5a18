"""The newest snapshot of a stream carried over to another name of its system: the same records under other keys."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import sqlalchemy as sa

from toolkit.store.audit_log import log_entry
from toolkit.store.catalogue import RENAMED, Presence, catalogued, newest_snapshots, note_presence, presences
from toolkit.store.renames import Rename, note_rename, renamed_keys
from toolkit.store.snapshots import WrittenSnapshot, read_side_table, refuse_damaged_snapshot, write_snapshot

_SIDES = ("lines", "points")
_KEYS = ("record_key", "parent_key", "party_key", "merged_into")
"""Columns that hold keys of records."""


def carry_over(
    folder: Path, row: Mapping[str, Any], there: Mapping[str, Any] | None, *, old: str, new: str, at: datetime
) -> WrittenSnapshot | None:
    """Write a stream's records under the new name of its system, and return what was written; nothing when none is new.

    Parameters
    ----------
    folder
        The engagement.
    row
        The newest snapshot under the old name, a row of SNAPSHOT.
    there
        The newest one under the new name, where the stream was already read under it: its records hold, and those of the
        old name that it lacks become absent.
    old, new
        The names.
    at
        When.
    """
    change = [Rename(old, new, 0)]
    table = _renamed(pq.read_table(folder / row["path"]), change)
    sides = {name: _renamed(read_side_table(folder / row["path"], name), change) for name in _SIDES}
    parts = [table]
    if there is not None:
        held = pq.read_table(folder / there["path"])
        gone = table.filter(pc.invert(pc.is_in(table["record_key"], value_set=held["record_key"].combine_chunks())))
        if not gone.num_rows:
            return None
        place = gone.column_names.index("state")
        parts = [held, gone.set_column(place, "state", pa.repeat("absent", gone.num_rows))]
        sides = {name: read_side_table(folder / there["path"], name) for name in _SIDES}
    newest = there or row
    return write_snapshot(
        folder,
        system=new,
        stream=row["stream"],
        entity=row["entity"],
        connector=newest["connector"],
        records=_in_one_schema(parts),
        side_tables={name: side for name, side in sides.items() if side.num_rows},
        taken_at=at,
        previous=None,
        is_complete=newest["is_complete"],
        reasons=newest["reasons"],
        source_files=dict.fromkeys(newest["source_files"], ""),
        follows=there["path"] if there else None,
    )


def carry_system_over(connection: sa.Connection, folder: Path, old: str, new: str, at: datetime) -> list[str]:
    """Carry all streams of a system over to another name, and keep that it has it; return them.

    Parameters
    ----------
    connection
        To the state.
    folder
        The engagement.
    old, new
        The names.
    at
        When.

    Raises
    ------
    DamagedError
        A snapshot of the system is gone, or no longer what was written.
    """
    rows = {(row["system"], row["stream"]): row for row in newest_snapshots(connection)}
    own = [row for (system, _), row in rows.items() if system == old]
    carried = []
    for row in own:
        there = rows.get((new, row["stream"]))
        for one in (row, *([there] if there else [])):
            refuse_damaged_snapshot(folder, one["path"], one["sha256"])
        carried.append(carry_over(folder, row, there, old=old, new=new, at=at))
    held = presences(connection)
    for row, written in zip(own, carried, strict=True):
        if written is not None:
            catalogued(connection, written)
        past = held.get((old, row["stream"]))
        if past is not None and (new, row["stream"]) not in rows:
            # What a person retired stays retired; what was missed is missed under the new name.
            reason = past.reason.replace(f"{old}/", f"{new}/")
            note_presence(connection, replace(past, system=new, reason=reason), at)
        note_presence(connection, Presence(old, row["stream"], RENAMED), at)
    note_rename(connection, old, new, at)
    log_entry(connection, "rename", {"old": old, "new": new}, at)
    return [row["stream"] for row in own]


def _renamed(table: pa.Table, change: list[Rename]) -> pa.Table:
    for place, name in enumerate(table.column_names):
        kind = table.schema.field(name)
        if name in _KEYS:
            table = table.set_column(place, kind, renamed_keys(table[name], change))
        elif name == "system":
            table = table.set_column(place, kind, pa.repeat(change[0].new, table.num_rows).cast(kind.type))
    return table


def _in_one_schema(parts: list[pa.Table]) -> Iterator[pa.Table]:
    for part in parts:
        yield part.select(parts[0].column_names).cast(parts[0].schema)
