"""The latest records of an engagement, by what they are."""

from collections.abc import Mapping
from dataclasses import dataclass

import pyarrow as pa

from toolkit.audit.engagement import Engagement
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


@dataclass(frozen=True, slots=True)
class Records:
    """Active and archived records: all streams, and parties, documents, items and lines as one table each (no ``raw``)."""

    by_stream: Mapping[tuple[str, str], pa.Table]
    parties: pa.Table
    documents: pa.Table
    items: pa.Table
    lines: pa.Table


def engagement_records(engagement: Engagement) -> Records:
    """Return the latest records of every stream."""
    by_stream = engagement.store.records()
    entity = {(row["system"], row["stream"]): row["entity"] for row in engagement.store.snapshots().to_pylist()}
    return Records(
        by_stream=by_stream,
        parties=_joined(by_stream, entity, PARTY_ENTITIES, PARTY),
        documents=_joined(by_stream, entity, DOCUMENT_ENTITIES, DOCUMENT),
        items=_joined(by_stream, entity, ITEM_ENTITIES, ITEM),
        lines=pa.concat_tables([DOCUMENT_LINE.empty(), *engagement.store.side_tables("lines").values()]),
    )


def _joined(
    by_stream: Mapping[tuple[str, str], pa.Table],
    entity: Mapping[tuple[str, str], str],
    entities: tuple[str, ...],
    schema: Schema,
) -> pa.Table:
    """Return the streams of some entities as one table in the whole schema, ``raw`` left empty."""
    chosen = [by_stream[key] for key in sorted(by_stream) if entity[key] in entities]
    names = [name for name in schema.names if name != "raw"]
    parts = [one.append_column("raw", pa.nulls(one.num_rows, pa.string())).select([*names, "raw"]) for one in chosen]
    ordered = [part.select(list(schema.names)) for part in parts]
    return pa.concat_tables([schema.empty(), *ordered]).combine_chunks()
