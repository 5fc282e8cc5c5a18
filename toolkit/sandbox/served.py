"""What a stand-in serves: the snapshots of one system of an engagement, as rows."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import pyarrow as pa

from toolkit.sandbox.stand_in import Row


@dataclass(frozen=True, slots=True)
class ServedStream:
    """A snapshot of a stream with its side tables. With ``is_asked`` its raw rows are what an interface sent."""

    records: pa.Table
    lines: pa.Table | None = None
    points: pa.Table | None = None
    is_asked: bool = False

    def rows(self) -> list[Row]:
        """Return a row for each record, with its lines and points."""
        beside = {name: _by_record(table) for name, table in (("lines", self.lines), ("points", self.points))}
        rows: list[Row] = []
        for record in self.records.to_pylist():
            row: dict[str, Any] = {name: value for name, value in record.items() if value is not None and name != "raw"}
            for name, found in beside.items():
                row[name] = found.get(record["record_key"], [])
            if self.is_asked and record.get("raw"):
                row["sent"] = json.loads(record["raw"])
            rows.append(row)
        return rows


@dataclass(frozen=True, slots=True)
class ServedSystem:
    """One system: the client's name of it, its connector, its streams by name, and how its values are to be read.

    ``streams`` may be exchanged while it is served: the next request sees it.
    """

    name: str
    connector: str
    streams: dict[str, ServedStream]
    label: str = ""
    time_zone: str = "UTC"
    currency: str = "USD"
    taken_at: datetime | None = None
    places: Mapping[str, str] = field(default_factory=dict)


def _by_record(table: pa.Table | None) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for one in table.to_pylist() if table is not None else ():
        found.setdefault(one["record_key"], []).append(one)
    return found
