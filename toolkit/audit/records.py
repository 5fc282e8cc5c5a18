"""The latest records of an engagement, by what they are; read when they are first asked for, let go when told so."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pyarrow as pa

from toolkit.audit.engagement import Engagement
from toolkit.errors import DamagedError
from toolkit.store.snapshots import present_records, read_snapshot, refuse_damaged_snapshot, snapshot_rows
from toolkit.tables import (
    DOCUMENT,
    DOCUMENT_ENTITIES,
    DOCUMENT_LINE,
    ITEM,
    ITEM_ENTITIES,
    PARTY,
    PARTY_ENTITIES,
    Schema,
)

RECORD_TABLES: Mapping[str, tuple[str, ...] | None] = {
    "by_stream": None,
    "parties": PARTY_ENTITIES,
    "documents": DOCUMENT_ENTITIES,
    "items": ITEM_ENTITIES,
    "lines": None,
    "written": None,
    "document_columns": DOCUMENT_ENTITIES,
    "documents_of": DOCUMENT_ENTITIES,
    "earlier_documents_of": DOCUMENT_ENTITIES,
}
"""What `Records` offers, with the entities it is made of; null is all of them."""


@dataclass(frozen=True)
class Records:
    """Active and archived records: all streams, and parties, documents, items and lines as one table each (no ``raw``)."""

    engagement: Engagement

    @cached_property
    def by_stream(self) -> Mapping[tuple[str, str], pa.Table]:
        """Every stream's records, by system and stream."""
        return self._read(None)

    @cached_property
    def parties(self) -> pa.Table:
        """Table PARTY."""
        return self._joined(PARTY_ENTITIES, PARTY)

    @cached_property
    def documents(self) -> pa.Table:
        """Table DOCUMENT."""
        return self._joined(DOCUMENT_ENTITIES, DOCUMENT)

    @cached_property
    def items(self) -> pa.Table:
        """Table ITEM."""
        return self._joined(ITEM_ENTITIES, ITEM)

    @cached_property
    def lines(self) -> pa.Table:
        """Table DOCUMENT_LINE."""
        return pa.concat_tables([DOCUMENT_LINE.empty(), *self.engagement.store.side_tables("lines").values()])

    def release(self, kept: Collection[str]) -> None:
        """Let go of all tables but those ``kept``; one that is asked for again is read again."""
        for name in RECORD_TABLES:
            if name not in kept:
                self.__dict__.pop(name, None)

    def document_columns(self, columns: Sequence[str]) -> pa.Table:
        """Return some columns of table DOCUMENT, without keeping them."""
        chosen = sorted((row["system"], row["stream"]) for row in self._rows if row["entity"] in DOCUMENT_ENTITIES)
        return pa.concat_tables([_nothing_of(columns), *(self.documents_of(*stream, columns) for stream in chosen)])

    def documents_of(self, system: str, stream: str, columns: Sequence[str]) -> pa.Table:
        """Return some columns of table DOCUMENT for the documents of one stream, without keeping them.

        Parameters
        ----------
        system, stream
            The stream.
        columns
            Which columns; one that the stream does not have is null.
        """
        store, schema = self.engagement.store, _nothing_of(columns).schema
        own = [row for row in self._rows if (row["system"], row["stream"]) == (system, stream)]
        parts, asked = [], dict.fromkeys([*columns, "state"])
        for row in own:
            refuse_damaged_snapshot(store.folder, row["path"], row["sha256"])
            parts.append(present_records(read_snapshot(store.folder / row["path"], row["entity"], asked)))
        return _joined(parts, schema)

    def earlier_documents_of(self, system: str, stream: str, columns: Sequence[str]) -> Iterator[pa.Table]:
        """Yield some columns of DOCUMENT for the snapshots of one stream before the one that counts, oldest first.

        Parameters
        ----------
        system, stream
            The stream.
        columns
            Which columns; one that a snapshot does not have is null.

        Raises
        ------
        DamagedError
            A snapshot cannot be read.
        """
        store, schema = self.engagement.store, _nothing_of(columns).schema
        for row in self._rows:
            if (row["system"], row["stream"]) != (system, stream):
                continue
            newest = store.folder / row["path"]
            for path in sorted(one for one in newest.parent.glob("*Z.parquet") if one.name < newest.name):
                try:
                    part = present_records(read_snapshot(path, row["entity"], dict.fromkeys([*columns, "state"])))
                except (OSError, pa.ArrowException) as error:
                    raise DamagedError(
                        path, "Put it back from a backup, or move it and its .json out of the folder."
                    ) from error
                yield _joined([part], schema)

    def written(self, system: str, stream: str, keys: Sequence[str]) -> Mapping[str, Mapping[str, str]]:
        """Return rows of a stream as the file wrote them, by record key.

        Parameters
        ----------
        system, stream
            The stream.
        keys
            The records; those that kept no row are left out.
        """
        store = self.engagement.store
        own = [row for row in self._rows if (row["system"], row["stream"]) == (system, stream)]
        return {key: row for one in own for key, row in snapshot_rows(store.folder / one["path"], keys).items()}

    @cached_property
    def _rows(self) -> list[dict[str, Any]]:
        """The snapshots that count, of which all tables are made: asked for once."""
        rows: list[dict[str, Any]] = self.engagement.store.snapshots().to_pylist()
        return rows

    def _read(self, entities: tuple[str, ...] | None) -> dict[tuple[str, str], pa.Table]:
        if entities is not None and "by_stream" in self.__dict__:
            return {**self.by_stream}
        return self.engagement.store.records(entities=entities)

    def _joined(self, entities: tuple[str, ...], schema: Schema) -> pa.Table:
        """Return the streams of some entities as one table in the whole schema, ``raw`` left empty."""
        chosen = sorted((row["system"], row["stream"]) for row in self._rows if row["entity"] in entities)
        read = self._read(entities)
        parts = [read.pop(key) for key in chosen]
        read.clear()
        return _joined(parts, schema.arrow)


def _nothing_of(columns: Sequence[str]) -> pa.Table:
    return DOCUMENT.empty().select(list(columns))


def _joined(parts: list[pa.Table], schema: pa.Schema) -> pa.Table:
    """Return tables as one of a schema; each leaves ``parts`` column by column, and what none has is null."""
    count = sum(part.num_rows for part in parts)
    empty = _Nulls(count)
    columns = []
    for column in schema:
        # A column leaves its parts before the next is joined: no moment holds all of them twice.
        found = [part[column.name] for part in parts if column.name in part.column_names]
        parts[:] = [part.drop_columns([column.name]) if column.name in part.column_names else part for part in parts]
        columns.append(_in_one_piece(found, empty.of(column.type)))
        del found
    return pa.Table.from_arrays(columns, schema=schema)


class _Nulls:
    """Columns without a value, one for all columns of a type: most columns of most documents are empty."""

    def __init__(self, count: int) -> None:
        self._count = count
        self._known: dict[pa.DataType, pa.Array] = {}

    def of(self, kind: pa.DataType) -> pa.Array:
        """Return the column of a type."""
        if kind not in self._known:
            self._known[kind] = pa.nulls(self._count, kind)
        return self._known[kind]


def _in_one_piece(parts: list[pa.ChunkedArray], nulls: pa.Array) -> pa.Array:
    if all(part.null_count == len(part) for part in parts):
        return nulls
    chunks = [chunk for part in parts for chunk in part.chunks]
    parts.clear()
    return pa.concat_arrays(chunks)


def engagement_records(engagement: Engagement) -> Records:
    """Return the latest records of every stream that counts.

    What its tables hold is read on first use; `DamagedError` then says which snapshot is not as it was written.
    """
    return Records(engagement)
