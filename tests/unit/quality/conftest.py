"""Small tables of records, written as rows."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pyarrow as pa
import pytest

from toolkit.tables import ENTITY_SCHEMAS, record_key

Rows = Sequence[Mapping[str, Any]]


@pytest.fixture
def records() -> Callable[..., pa.Table]:
    """Return a function that makes the table of one stream: ids are 1, 2, 3 … unless a row names its own."""

    def table(entity: str, rows: Rows, *, system: str = "ledger", stream: str | None = None) -> pa.Table:
        name = stream or f"{entity}s"
        schema = ENTITY_SCHEMAS[entity]
        full = []
        for number, row in enumerate(rows, start=1):
            record_id = row.get("record_id", str(number))
            defaults = {
                "record_key": record_key(system, name, record_id),
                "system": system,
                "stream": name,
                "record_id": record_id,
                "entity": entity,
                "state": "active",
            }
            if entity in ("party", "employee"):
                defaults["kind"] = "company"
            full.append({**defaults, **row})
        return schema.from_rows(full)

    return table
