"""The latest records of an engagement, by what they are; read when they are first asked for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import pyarrow as pa

from toolkit.audit.engagement import Engagement
from toolkit.store.snapshots import snapshot_rows
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
        own = [row for row in store.snapshots().to_pylist() if (row["system"], row["stream"]) == (system, stream)]
        return {key: row for one in own for key, row in snapshot_rows(store.folder / one["path"], keys).items()}

    def _read(self, entities: tuple[str, ...] | None) -> Mapping[tuple[str, str], pa.Table]:
        if entities is not None and "by_stream" in self.__dict__:
            return self.by_stream
        return self.engagement.store.records(entities=entities)

    def _joined(self, entities: tuple[str, ...], schema: Schema) -> pa.Table:
        """Return the streams of some entities as one table in the whole schema, ``raw`` left empty."""
        rows = self.engagement.store.snapshots().to_pylist()
        chosen = sorted((row["system"], row["stream"]) for row in rows if row["entity"] in entities)
        read = self._read(entities)
        names = [name for name in schema.names if name != "raw"]
        parts = [
            read[key].append_column("raw", pa.nulls(read[key].num_rows, pa.string())).select([*names, "raw"])
            for key in chosen
        ]
        ordered = [part.select(list(schema.names)) for part in parts]
        return pa.concat_tables([schema.empty(), *ordered]).combine_chunks()


def engagement_records(engagement: Engagement) -> Records:
    """Return the latest records of every stream that counts.

    What its tables hold is read on first use; `DamagedError` then says which snapshot is not as it was written.
    """
    return Records(engagement)
