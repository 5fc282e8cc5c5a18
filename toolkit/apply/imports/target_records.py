"""Records of the target as they stood when the plan was made: their values, and their rows as the client's file has them."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.changes import Operation
from toolkit.connector import Field, alternatives, header_key
from toolkit.tables.schema import DAY, MINOR, TEXT

_READ = (TEXT, MINOR, DAY)
_SAMPLES = 20
_ORDINAL = re.compile(r"#[0-9]+$")


@dataclass(frozen=True, slots=True)
class TargetRecord:
    """One record: its canonical texts, and the cells of its row by header (none, where it came from an interface)."""

    values: Mapping[str, str | None]
    cells: Mapping[str, str]

    def header(self, name: str) -> str | None:
        """Return the header of the row that is ``name``, without case and marks, or null where the row has none."""
        if name in self.cells:
            return name
        key = header_key(name)
        return next((one for one in self.cells if header_key(one) == key), None)

    def headers_of(self, source: Field) -> list[str]:
        """Return the headers of the row that a canonical column is read from, in the order in which they count."""
        names = (name for one in source.headers for name in alternatives(one))
        return [header for name in names if (header := self.header(name)) is not None]


@dataclass(frozen=True, slots=True)
class TargetRecords:
    """The records of one stream that a plan touches, a few others, and how often each value that names a record is there."""

    found: dict[str, TargetRecord]
    samples: tuple[TargetRecord, ...] = ()
    counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    def count(self, column: str, value: str) -> int:
        """Return how many records have this value, without case."""
        return self.counts.get(column, {}).get(_folded(value), 0)


def target_records(operations: Iterable[Operation], table: pa.Table, naming: Iterable[str]) -> TargetRecords:
    """Return what a stream's snapshot says of the records that changes touch.

    Parameters
    ----------
    operations
        Of one stream.
    table
        PARTY, DOCUMENT or ITEM: every record of the stream.
    naming
        Canonical columns by which an import finds a record.
    """
    ids = {one.target_id for one in operations if one.target_id is not None}
    known = table.select([one.name for one in table.schema if one.type in _READ])
    touched = known.filter(pc.is_in(known["record_id"], pa.array(sorted(ids), TEXT)))
    # Rows in any order give the same samples.
    samples = known.take(pc.sort_indices(known["record_id"])[:_SAMPLES])
    return TargetRecords(
        {row["record_id"]: _record(row) for row in touched.to_pylist()},
        tuple(_record(row) for row in samples.to_pylist()),
        {name: Counter(_folded(one) for one in known[name].to_pylist() if one) for name in sorted({*naming})},
    )


def _folded(value: str) -> str:
    """Return a value as it is compared: rows that share a key were told apart by a number behind it."""
    return _ORDINAL.sub("", value.strip().casefold())


def _record(row: Mapping[str, Any]) -> TargetRecord:
    return TargetRecord({name: _canonical(value) for name, value in row.items() if name != "raw"}, _flat(row["raw"]))


def _canonical(value: str | int | date | None) -> str | None:
    """Return a value as plans write it."""
    return value if value is None or isinstance(value, str) else str(value)


def _flat(raw: str | None) -> Mapping[str, str]:
    """Return the cells of a row of a file; none of what an interface answered, nor where a header stands twice."""
    try:
        held = json.loads(raw or "{}")
    except ValueError:
        return {}
    if not isinstance(held, dict) or not all(value is None or isinstance(value, str) for value in held.values()):
        return {}
    return {header: value or "" for header, value in held.items()}
