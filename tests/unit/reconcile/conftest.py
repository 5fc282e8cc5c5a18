"""Short ways to write documents, parties and crosswalks in tests: only what a test is about stands in it."""

from collections.abc import Callable, Iterable
from typing import Any

import pyarrow as pa
import pytest

from toolkit.tables import CROSSWALK, DOCUMENT, PARTY, Schema

Rows = Callable[..., pa.Table]


def _table(schema: Schema, rows: Iterable[dict[str, Any]], **defaults: Any) -> pa.Table:
    whole = []
    for row in rows:
        system, stream, record_id = row["record_key"].split("/", 2)
        whole.append({"system": system, "stream": stream, "record_id": record_id, **defaults, **row})
    return schema.from_rows(whole)


@pytest.fixture
def documents() -> Rows:
    """Return documents of one entity, each named by its record key."""

    def build(entity: str, *rows: dict[str, Any]) -> pa.Table:
        return _table(DOCUMENT, rows, entity=entity, currency="USD", state="active")

    return build


@pytest.fixture
def parties() -> Rows:
    """Return parties, companies unless a row says otherwise."""

    def build(*rows: dict[str, Any]) -> pa.Table:
        return _table(PARTY, rows, entity="party", kind="company", state="active")

    return build


@pytest.fixture
def same() -> Rows:
    """Return a crosswalk from groups of record keys: each group is one party and its own account."""

    def build(*groups: Iterable[str]) -> pa.Table:
        rows = []
        for group in groups:
            keys = sorted(group)
            for key in keys:
                ids = {"golden_id": f"g-{keys[0]}", "account_id": f"g-{keys[0]}"}
                rows.append({"record_key": key, "match_probability": 1.0, "decided_by": "model", **ids})
        return _table(CROSSWALK, rows)

    return build
