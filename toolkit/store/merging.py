"""A new snapshot out of what a pull brought and what the one before held.

A file holds the whole stream: what it lacks is gone. A pull of changes holds a part: what it lacks is as it was. What a
system says was deleted is deleted, which is more than absent.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from toolkit.query import query_connection, quoted_text
from toolkit.store.parquet import parquet_columns
from toolkit.tables import Schema
from toolkit.tables.schema import TEXTS

_DIFFERENT = frozenset({"record_key", "record_id", "raw"})
"""Columns of which nearly every row has another value."""


@dataclass(frozen=True, slots=True)
class Brought:
    """What a pull brought beside records.

    With ``is_changes`` the records are those that changed, and all others stay as they are. ``states`` are records of
    before that the system says are deleted or archived, by record key. ``facts`` are kept in the manifest.
    ``late_reasons`` says, once the records were read, what else is missing in them. ``merged`` says into which record one of
    before was merged, both by record key: that one is there no more.
    """

    is_changes: bool = False
    states: Mapping[str, str] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)
    late_reasons: Callable[[], Sequence[str]] = tuple
    merged: Mapping[str, str] = field(default_factory=dict)


WHOLE_LIST = Brought()
"""All of a stream, as a file has it."""


def snapshot_writer(path: Path, schema: Schema) -> pq.ParquetWriter:
    """Return a writer of records, without what costs time and saves nothing."""
    leaves = {name: f"{name}.list.element" if schema.arrow.field(name).type == TEXTS else name for name in schema.names}
    return pq.ParquetWriter(
        path,
        schema.arrow,
        compression="zstd",
        # Of what is different in every row a dictionary is begun, outgrown and thrown away.
        use_dictionary=[leaf for name, leaf in leaves.items() if name not in _DIFFERENT],
        # Nobody looks for a raw row by its first letters.
        write_statistics=[leaf for name, leaf in leaves.items() if name != "raw"],
    )


def in_schema(table: pa.Table, schema: pa.Schema) -> pa.Table:
    """Return a table's columns in a schema; those that an older version did not write yet are null."""
    columns = [
        table[field.name].cast(field.type) if field.name in table.column_names else pa.nulls(table.num_rows, field.type)
        for field in schema
    ]
    return pa.Table.from_arrays(columns, schema=schema)


def merged_snapshot(
    folder: Path, new: Path, previous: Path | None, schema: Schema, brought: Brought, *, is_complete: bool
) -> Path:
    """Return the full state: what a pull brought, and behind it what it lacks of the snapshot before.

    Parameters
    ----------
    folder
        Where it is written.
    new
        The records that the pull brought.
    previous
        The snapshot before; None for the first one.
    schema
        Of the records.
    brought
        What the pull says of what it lacks.
    is_complete
        Whether it brought everything that there is.
    """
    if previous is None:
        return new
    merged = folder / "merged.parquet"
    # Both files lie below the stream's folder, and the engine may open nothing outside it.
    with query_connection(previous.parent) as connection:
        absent: pa.Table = connection.sql(
            f"SELECT * FROM read_parquet({quoted_text(str(previous.resolve()))}) AS before "
            f"ANTI JOIN read_parquet({quoted_text(str(new.resolve()))}) AS new USING (record_key) ORDER BY record_key"
        ).to_arrow_table()
    # Nothing is gone, which is the usual case: what was written already is the full state, and is not written again.
    if not absent.num_rows:
        return new
    absent = in_schema(absent, schema.arrow)
    states = _states_of_missing(absent, brought, is_complete=is_complete)
    absent = absent.set_column(absent.column_names.index("state"), "state", states)
    if brought.merged:
        into = pc.coalesce(_told(absent, brought.merged), absent["merged_into"])
        absent = absent.set_column(absent.column_names.index("merged_into"), "merged_into", into)
    with snapshot_writer(merged, schema) as writer:
        # Group by group, so that a stream of any size needs the memory of one batch; what is gone stands behind it, by key.
        for group in range(pq.ParquetFile(new).num_row_groups):
            writer.write_table(pq.ParquetFile(new).read_row_group(group).cast(schema.arrow))
        writer.write_table(absent)
    return merged


def _states_of_missing(missing: pa.Table, brought: Brought, *, is_complete: bool) -> pa.ChunkedArray:
    """Return the state of the records that a pull did not bring."""
    states = missing["state"]
    # Half a pull does not show what is gone, nor do changes: missing records keep the state that they had.
    if is_complete and not brought.is_changes:
        gone = pa.chunked_array([pa.array(["absent"] * missing.num_rows, pa.string())])
        # A file does not know what deleting is; of a system, what was deleted stays it.
        states = gone if brought is WHOLE_LIST else pc.if_else(pc.equal(states, "deleted"), states, gone)
    if brought.states:
        states = pc.coalesce(_told(missing, brought.states), states)
    if brought.merged:
        states = pc.if_else(pc.is_valid(_told(missing, brought.merged)), "deleted", states)
    return states


def _told(missing: pa.Table, said: Mapping[str, str]) -> pa.ChunkedArray:
    """Return what is said of records by their key; null for nothing."""
    keys = pa.array(list(said), pa.string())
    return pa.array(list(said.values()), pa.string()).take(pc.index_in(missing["record_key"], value_set=keys))


def is_unchanged(new: Path, previous: Path, brought: Brought, *, reasons: Sequence[str]) -> bool:
    """Return whether changes that a pull brought are none: every record of it stands in the snapshot before as it is.

    Parameters
    ----------
    new, previous
        What the pull brought, and the snapshot before.
    brought
        Whether these are changes.
    reasons
        Why it is not complete: what is to be said is written.
    """
    if not brought.is_changes or reasons:
        return False
    if brought.states:
        known = parquet_columns(previous, ["record_key", "state"])
        keys = pa.array(list(brought.states), pa.string())
        told = pc.index_in(known["record_key"], value_set=keys)
        said = pa.array(list(brought.states.values()), pa.string()).take(told)
        if pc.any(pc.fill_null(pc.not_equal(said, known["state"]), False)).as_py():
            return False
    with query_connection(previous.parent) as connection:
        found = connection.sql(
            f"SELECT record_key, state, raw FROM read_parquet({quoted_text(str(new.resolve()))}) "
            f"EXCEPT SELECT record_key, state, raw FROM read_parquet({quoted_text(str(previous.resolve()))}) LIMIT 1"
        ).to_arrow_table()
    return bool(found.num_rows == 0)


def merged_sides(
    sides: Mapping[str, pa.Table], schemas: Mapping[str, Schema], previous: Path | None, new: Path, brought: Brought
) -> dict[str, pa.Table]:
    """Return the side tables of the full state: of changes, those of records that did not change stand before the new ones.

    Parameters
    ----------
    sides
        What the pull brought.
    schemas
        Of every side table that there may be.
    previous
        The snapshot before.
    new
        The records that the pull brought.
    brought
        Whether these are changes.
    """
    if not brought.is_changes or previous is None:
        return dict(sides)
    changed = parquet_columns(new, ["record_key"])["record_key"].combine_chunks()
    merged = {}
    for name, schema in schemas.items():
        path = previous.with_suffix(f".{name}.parquet")
        parts = []
        if path.exists():
            held = parquet_columns(path)
            parts.append(held.filter(pc.invert(pc.is_in(held["record_key"], value_set=changed))).cast(schema.arrow))
        if name in sides:
            parts.append(sides[name].cast(schema.arrow))
        if parts and (table := pa.concat_tables(parts)).num_rows:
            merged[name] = table
    return merged
