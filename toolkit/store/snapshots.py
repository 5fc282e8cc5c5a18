"""Snapshots on disk: each one a full state of a stream, immutable, with a manifest beside it.

A pull is written to a ``.partial`` folder first. When it is complete it is merged with the latest snapshot: what that one
had and this one lacks becomes ``absent`` (an incomplete pull makes nothing absent), and the result is moved into place.
A pull that changed nothing leaves the latest snapshot as it is.
"""

import json
import re
import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from toolkit.disk import atomic_file, disk_errors, private_folder, removed_folder
from toolkit.errors import DamagedError, InputError, TableError
from toolkit.store.checksums import file_sha256, joint_sha256
from toolkit.store.continuing import going_on
from toolkit.store.merging import (
    WHOLE_LIST,
    Brought,
    in_schema,
    is_unchanged,
    merged_sides,
    merged_snapshot,
    snapshot_writer,
)
from toolkit.store.parquet import parquet_columns, read_columns
from toolkit.tables import DOCUMENT_LINE, ENTITY_SCHEMAS, PARTY_POINT, Schema, checked
from toolkit.values.counted import counted

STAMP = "%Y%m%dT%H%M%SZ"
_SAFE_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,62}")
_SHOWN_KEYS = 20
_SIDE_TABLES: Mapping[str, Schema] = {"lines": DOCUMENT_LINE, "points": PARTY_POINT}


@dataclass(frozen=True, slots=True)
class WrittenSnapshot:
    """What became of a pull of one stream; ``is_new`` is false when nothing had changed since ``taken_at``."""

    system: str
    stream: str
    entity: str
    connector: str
    taken_at: datetime
    rows: int
    rows_absent: int
    is_complete: bool
    reasons: tuple[str, ...]
    source_files: tuple[str, ...]
    sha256: str
    path: str
    is_new: bool

    def logged(self, read_at: datetime) -> dict[str, Any]:
        """Return what the log says of the reading, also of one that found nothing new: when it was, and whether whole."""
        read = {"read_at": read_at.isoformat(), "is_complete": self.is_complete}
        return {"path": self.path, "rows": self.rows, "sha256": self.sha256, **read}


def safe_name(name: str, kind: str) -> str:
    """Return ``name`` when it can be part of a path; it names systems and streams on disk."""
    if not _SAFE_NAME.fullmatch(name):
        raise InputError(
            f"{name!r} cannot be the name of a {kind}: use up to 63 small letters, digits, '_' or '-', "
            "beginning with a letter or digit."
        )
    return name


def write_snapshot(
    folder: Path,
    *,
    system: str,
    stream: str,
    entity: str,
    connector: str,
    records: Iterable[pa.Table],
    side_tables: Mapping[str, pa.Table],
    taken_at: datetime,
    previous: Path | None,
    is_complete: bool,
    reasons: Iterable[str] = (),
    source_files: Mapping[str, str] | None = None,
    follows: str | None = None,
    brought: Brought = WHOLE_LIST,
) -> WrittenSnapshot:
    """Write one stream's full state below ``folder`` (the engagement) and return what was written.

    Parameters
    ----------
    records
        Tables in the schema of ``entity``; read once, so a generator serves.
    side_tables
        ``lines`` (DOCUMENT_LINE) and ``points`` (PARTY_POINT), where the stream has them.
    previous
        The latest snapshot of the same stream.
    source_files
        Path below the engagement to sha256.
    follows
        Path of the snapshot before, where the records are not to be merged with it: they hold it already.
    brought
        Whether the records are the whole stream or what changed in it, and what else is known of the pull.

    Raises
    ------
    TableError
        Two records share a key, or a table breaks its schema. Nothing is left behind.
    """
    home = private_folder(folder / "snapshots" / safe_name(system, "system") / safe_name(stream, "stream"))
    partial = private_folder(home / f".partial-{secrets.token_hex(4)}")
    try:
        with disk_errors(home):
            schema = ENTITY_SCHEMAS[entity]
            new = _written(partial / "new.parquet", records, schema)
            new, side_tables, brought, ids = going_on(partial, new, side_tables, previous, brought)
            said = [*reasons, *brought.late_reasons()]
            is_complete = is_complete and not [*brought.late_reasons()]
            merged = merged_snapshot(partial, new, previous, schema, brought, is_complete=is_complete)
        sides = _written_sides(partial, merged_sides(side_tables, _SIDE_TABLES, previous, new, brought))
        digest = joint_sha256(file_sha256(merged), {name: file_sha256(path) for name, path in sides.items()})
        rows, absent = _counts(merged)
        if not is_complete and not brought.is_changes and (still := rows - pq.read_metadata(new).num_rows):
            verb = "counts" if still == 1 else "count"
            said.append(f"{counted(still, 'record')} of before that it does not hold still {verb}: it was not whole")
        facts: dict[str, Any] = {
            "system": system,
            "stream": stream,
            "entity": entity,
            "connector": connector,
            "rows": rows,
            "rows_absent": absent,
            "is_complete": is_complete,
            "reasons": tuple(said),
            "source_files": tuple(sorted(source_files or {})),
            "sha256": digest,
        }
        # The same records in the same order give the same bytes: a pull that found nothing new leaves no second file.
        if previous is not None and (
            (digest == snapshot_sha256(previous) and (brought.is_changes or _says(previous, is_complete, said)))
            or is_unchanged(new, previous, brought, reasons=said)
        ):
            stamp = datetime.strptime(previous.stem, STAMP).replace(tzinfo=UTC)
            facts["sha256"] = snapshot_sha256(previous)
            return WrittenSnapshot(**facts, taken_at=stamp, path=_relative(previous, folder), is_new=False)
        # Two pulls within one second: a snapshot is never written over.
        while (home / f"{taken_at:{STAMP}}.parquet").exists():
            taken_at += timedelta(seconds=1)
        taken_at = taken_at.replace(microsecond=0)
        final = home / f"{taken_at:{STAMP}}.parquet"
        for name, side in sides.items():
            side.replace(_side(final, name))
        manifest = {
            **facts,
            "taken_at": taken_at.isoformat(),
            "sha256_of_sources": source_files or {},
            # The catalogue can be made again from manifests, in their order whatever the clock said.
            "previous": _relative(previous, folder) if previous else follows,
            **({"pull": brought.facts} if brought.facts else {}),
            **({"ids": ids.kept} if ids is not None else {}),
        }
        # The manifest comes before the file that it describes: a snapshot without one could not be checked.
        with atomic_file(final.with_suffix(".json"), "w", encoding="utf-8") as stream_out:
            json.dump(manifest, stream_out, indent=2, ensure_ascii=False)
        with disk_errors(final):
            merged.chmod(0o600)
            merged.replace(final)
        return WrittenSnapshot(**facts, taken_at=taken_at, path=_relative(final, folder), is_new=True)
    finally:
        removed_folder(partial)


def _says(previous: Path, is_complete: bool, said: Sequence[str]) -> bool:  # noqa: FBT001  # a fact beside facts
    """Return whether a snapshot says the same of what it lacks: a reason that is mended must not stay for ever."""
    try:
        kept = json.loads(previous.with_suffix(".json").read_text("utf-8"))
        return (kept["is_complete"], list(kept["reasons"])) == (is_complete, list(said))
    except (OSError, ValueError, KeyError, TypeError):
        return True


def snapshot_sha256(path: Path) -> str:
    """Return the hash of the snapshot at ``path`` with its side tables; empty when it is not there."""
    own = file_sha256(path)
    sides = {name: digest for name in _SIDE_TABLES if (digest := file_sha256(_side(path, name)))}
    return joint_sha256(own, sides) if own else ""


def refuse_damaged_snapshot(folder: Path, path: str, sha256: str) -> None:
    """Compare a snapshot below the engagement ``folder`` with what was recorded when it was written.

    Parameters
    ----------
    folder
        The engagement's.
    path
        Of the snapshot, below ``folder``.
    sha256
        Over the records and the side tables, as the catalogue recorded it.

    Raises
    ------
    DamagedError
        It, or one of its side tables, is gone or has changed.
    """
    if snapshot_sha256(folder / path) != sha256:
        raise DamagedError(
            folder / path, f"Run 'integration-audit audit {folder}': it is made again from the client's files."
        )


def read_snapshot(path: Path, entity: str, columns: Iterable[str] | None = None) -> pa.Table:
    """Return a snapshot's records: all columns of the entity's schema but ``raw``, or those of ``columns`` that it has.

    Parameters
    ----------
    path
        The snapshot.
    entity
        What its records are.
    columns
        Columns to read; all but ``raw`` without.
    """
    schema = ENTITY_SCHEMAS[entity]
    names = set(schema.names)
    wanted = [name for name in (schema.names if columns is None else columns) if name in names]
    if columns is None:
        wanted.remove("raw")
    with pq.ParquetFile(path) as file:
        written = set(file.schema_arrow.names)
        chosen = [name for name in wanted if name in written]
        table = read_columns(file, chosen)
    return in_schema(table, pa.schema([schema.arrow.field(name) for name in wanted]))


def found_records(path: Path, entity: str, columns: Iterable[str], record_keys: Iterable[str]) -> pa.Table:
    """Return some records of a snapshot by their keys, without holding the others in memory.

    Parameters
    ----------
    path
        The snapshot.
    entity
        What its records are.
    columns
        Columns to read, ``record_key`` among them, of those that it has.
    record_keys
        Of the records that are wanted.
    """
    names = set(ENTITY_SCHEMAS[entity].names)
    wanted = [name for name in columns if name in names]
    keys = pa.array(list(record_keys), pa.string())
    with pq.ParquetFile(path) as file:
        written = [name for name in wanted if name in file.schema_arrow.names]
        found = [
            batch.filter(pc.is_in(batch.column("record_key"), value_set=keys))
            for batch in file.iter_batches(columns=written)
        ]
    table = pa.Table.from_batches(found).select(written) if found else ENTITY_SCHEMAS[entity].empty().select(written)
    return in_schema(table, pa.schema([ENTITY_SCHEMAS[entity].arrow.field(name) for name in wanted]))


def snapshot_rows(path: Path, keys: Sequence[str]) -> dict[str, dict[str, str]]:
    """Return the rows of some records as their file wrote them, by record key; cells as text.

    Parameters
    ----------
    path
        The snapshot.
    keys
        The records.
    """
    file = pq.ParquetFile(path)
    if "raw" not in file.schema_arrow.names:
        return {}
    wanted = pa.array(keys, pa.string())
    found: dict[str, dict[str, str]] = {}
    # Batch by batch: the rows of a large file are as large as the file.
    for batch in file.iter_batches(columns=["record_key", "raw"]):
        kept = batch.filter(pc.and_(pc.is_in(batch["record_key"], value_set=wanted), pc.is_valid(batch["raw"])))
        for key, raw in zip(kept["record_key"].to_pylist(), kept["raw"].to_pylist(), strict=True):
            row = json.loads(raw)
            if isinstance(row, dict):
                found[key] = dict(_cells_of(row))
    return found


def _cells_of(row: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, str]]:
    """Yield the cells of a row; what an interface has nested goes by the path to it."""
    for name, cell in row.items():
        if isinstance(cell, dict):
            yield from _cells_of(cell, f"{before}{name}.")
        else:
            yield f"{before}{name}", "" if cell is None else str(cell)


def present_records(table: pa.Table) -> pa.Table:
    """Return the records of a snapshot that are neither absent nor deleted."""
    if "state" not in table.column_names:
        return table
    is_present = pc.is_in(table["state"], pa.array(["active", "archived"]))
    # Mostly nothing is gone, and nothing has to be copied.
    return table if pc.all(is_present).as_py() is not False else table.filter(is_present)


def read_side_table(path: Path, name: str) -> pa.Table:
    """Return the ``lines`` or ``points`` beside the snapshot at ``path``; empty where it has none."""
    side = _side(path, name)
    return parquet_columns(side) if side.exists() else _SIDE_TABLES[name].empty()


def _written(path: Path, tables: Iterable[pa.Table], schema: Schema) -> Path:
    """Write the records and refuse keys that occur more than once."""
    keys: list[pa.ChunkedArray] = []
    with snapshot_writer(path, schema) as writer:
        for table in tables:
            # A table in the schema already is not copied by the cast.
            records = table.select(list(schema.names)).cast(schema.arrow)
            writer.write_table(records)
            keys.append(records["record_key"])
    _refuse_repeated_keys(pa.chunked_array([chunk for column in keys for chunk in column.chunks], pa.string()))
    return path


def _refuse_repeated_keys(keys: pa.ChunkedArray) -> None:
    # Most systems export in the order of their ids, and keys that only rise need no count.
    if not keys.null_count and pc.all(pc.less(keys.slice(0, max(len(keys) - 1, 0)), keys.slice(1))).as_py():
        return
    if pc.count_distinct(keys, mode="all").as_py() == len(keys):
        return
    counts = pc.value_counts(keys)
    repeated = counts.filter(pc.greater(counts.field("counts"), 1)).to_pylist()
    rows = sorted(({"record_key": one["values"], "times": one["counts"]} for one in repeated), key=_key_of)[:_SHOWN_KEYS]
    raise TableError(
        f"{len(rows)} record keys occur more than once, the first is {rows[0]['record_key']!r} ({rows[0]['times']} times). "
        "Declare a key that is unique in this stream.",
        rows,
    )


def _key_of(row: Mapping[str, Any]) -> str:
    return str(row["record_key"])


def _written_sides(folder: Path, tables: Mapping[str, pa.Table]) -> dict[str, Path]:
    written = {}
    for name, table in tables.items():
        written[name] = folder / f"{name}.parquet"
        pq.write_table(checked(table, _SIDE_TABLES[name]), written[name], compression="zstd")
        written[name].chmod(0o600)
    return written


def _side(path: Path, name: str) -> Path:
    """Return where a side table of the snapshot at ``path`` stands."""
    return path.with_suffix(f".{name}.parquet")


def _counts(path: Path) -> tuple[int, int]:
    states = parquet_columns(path, ["state"])["state"]
    return len(states), pc.sum(pc.equal(states, "absent")).as_py() or 0


def _relative(path: Path, folder: Path) -> str:
    return path.relative_to(folder).as_posix()
