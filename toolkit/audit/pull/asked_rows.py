"""From the pages of a pull to raw tables: a row for each record, its columns the paths that the stream reads.

So what an interface gives is read by the very code that reads files. Records come in batches, so that a stream of any size
needs the memory of one.
"""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from toolkit.audit.pull.asked import AskedStream, asked_paths
from toolkit.files.cells import text_of
from toolkit.files.raw import RawTable
from toolkit.rest.newest import kept_records
from toolkit.rest.pages import PageLog
from toolkit.rest.places import getter_of, value_at
from toolkit.rest.walk import record_key
from toolkit.tables import QUARANTINE

BATCH_RECORDS = 20_000
INTERFACE = "interface"
"""``part`` of what came over an interface, where a file has its sheet."""

STATE_PATH = "(state of the list)"
"""Column of the state that a list gives to its records."""

_SEEN_RECORDS = 200


@dataclass(slots=True)
class Shape:
    """What the records of a stream look like: by path, how many have a value there, and of which kinds."""

    records: int = 0
    filled: dict[str, int] = field(default_factory=dict)
    kinds: dict[str, set[str]] = field(default_factory=dict)

    def look(self, row: Mapping[str, Any]) -> None:
        """Count one record."""
        self.records += 1
        waiting: list[tuple[str, Any]] = [*row.items()]
        while waiting:
            path, value = waiting.pop()
            if isinstance(value, Mapping) and path.count(".") < 4:
                waiting += [(f"{path}.{name}", inner) for name, inner in value.items()]
            elif value is not None and value != "":
                self.filled[path] = self.filled.get(path, 0) + 1
                self.kinds.setdefault(path, set()).add(_kind(value))


def _kind(value: Any) -> str:
    if isinstance(value, bool):
        return "yes or no"
    if isinstance(value, int | float):
        return "number"
    # Fractions are read as the text that stands there.
    return "text" if isinstance(value, str) else "list"


@dataclass(frozen=True, slots=True)
class AskedRows:
    """What comes out of the pages of one stream beside its tables: what its records look like."""

    system: str
    asked: AskedStream
    log: PageLog
    old: Collection[tuple[int, int]]
    shape: Shape = field(default_factory=Shape)

    def tables(self) -> Iterator[RawTable]:
        """Yield the records in batches; those that a newer version replaces are left out."""
        paths = [path for path in asked_paths(self.asked.stream) if path != STATE_PATH]
        has_states = any(one.state for one in self.asked.readings)
        headers = (*paths, *([STATE_PATH] if has_states else []))
        getters = [getter_of(path) for path in paths]
        cells: list[list[str | None]] = [[] for _ in headers]
        raws: list[str] = []
        first = 1
        for row, text, state in self._records():
            for place, getter in enumerate(getters):
                cells[place].append(_cell(getter(row)))
            if has_states:
                cells[-1].append(state or None)
            raws.append(text)
            if len(raws) >= BATCH_RECORDS:
                yield self._table(headers, cells, raws, first)
                first += len(raws)
                cells, raws = [[] for _ in headers], []
        if raws or first == 1:
            yield self._table(headers, cells, raws, first)

    def _records(self) -> Iterator[tuple[Mapping[str, Any], str, str]]:
        """Yield a row for each record, or for each line of one, with its text and the state of its list."""
        for number, page in enumerate(self.log.pages()):
            reading = self.asked.readings[page.reading]
            if reading.is_keys_only:
                continue
            texts, rows = kept_records(page, self.asked.readings)
            for place, (row, text) in enumerate(zip(rows, texts, strict=True)):
                if self.old and (number, place) in self.old:
                    continue
                if self.shape.records < _SEEN_RECORDS or place == 0:
                    self.shape.look(row)
                for line in _lines(row, reading.lines):
                    yield line, text.decode("utf-8", "replace"), reading.state

    def states(self) -> dict[str, str]:
        """Return by key what lists say of records that they only name: deleted, archived."""
        found: dict[str, str] = {}
        for number, page in enumerate(self.log.pages()):
            reading = self.asked.readings[page.reading]
            if not reading.is_keys_only:
                continue
            paths = reading.key or self.asked.stream.key
            for place, row in enumerate(kept_records(page, self.asked.readings)[1]):
                if (number, place) not in self.old:
                    found[record_key(row, paths).replace("\x1f", " ")] = reading.state or "deleted"
        return found

    def _table(self, headers: Sequence[str], cells: Sequence[list[str | None]], raws: list[str], first: int) -> RawTable:
        columns: dict[str, pa.Array] = {"line": pa.array(range(first, first + len(raws)), pa.int64())}
        columns |= {f"c{place}": pa.array(column, pa.string()) for place, column in enumerate(cells)}
        columns["raw"] = pa.array(raws, pa.string())
        name = f"{self.system}/{self.asked.stream.name}"
        return RawTable(name, INTERFACE, tuple(headers), pa.table(columns), QUARANTINE.empty(), len(raws), 0)


def _lines(row: Mapping[str, Any], path: str) -> Iterator[Mapping[str, Any]]:
    """Yield a record once for each of its lines, that line in the place of the list; a record without lines once."""
    found = value_at(row, path) if path else None
    if not isinstance(found, list) or not found:
        yield row
        return
    names = path.split(".")
    for line in found:
        copy = inner = dict(row)
        for name in names[:-1]:
            inner[name] = dict(inner[name])
            inner = inner[name]
        inner[names[-1]] = line
        yield copy


def _cell(value: Any) -> str | None:
    """Return a value as the text of a cell."""
    if value is None or type(value) is str:
        return value or None
    if type(value) is int:
        return str(value)
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict) else text_of(value) or None
