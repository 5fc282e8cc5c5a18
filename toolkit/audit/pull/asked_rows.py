"""From the pages of a pull to raw tables: a row for each record, its columns the paths that the stream reads.

So what an interface gives is read by the very code that reads files. Records come in batches, so that a stream of any size
needs the memory of one.
"""

import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.audit.pull.asked import AskedStream, asked_paths
from toolkit.connector import Reading
from toolkit.files.cells import text_of
from toolkit.files.raw import RawTable
from toolkit.report.row_counts import INTERFACE
from toolkit.rest.looking_up import Names
from toolkit.rest.newest import kept_records
from toolkit.rest.pages import PageLog
from toolkit.rest.places import getter_of, text_of_value, value_at
from toolkit.rest.records import lined_rows, with_names
from toolkit.rest.walk import record_key
from toolkit.tables import DOCUMENT_LINE, QUARANTINE
from toolkit.tables.records import record_key as key_of

_Made = tuple[Callable[[Any], Any], Mapping[str, str]]

BATCH_RECORDS = 10_000
_BATCH_BYTES = 256 << 20
STATE_PATH = "(state of the list)"
"""Column of the state that a list gives to its records."""

PARENT_PATH = "(parent)"
"""Path of the key of the record for which a list was asked, where its own records do not say whose they are."""

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
    """What comes out of the pages of one stream beside its tables: what its records look like, which were merged.

    ``names`` stand behind ids, by path; ``part`` is what they are called in the counts. ``merged`` is filled while the
    tables are made: into which record one was merged, both by their keys.
    """

    system: str
    asked: AskedStream
    log: PageLog
    old: Collection[tuple[int, int]]
    names: Names = field(default_factory=dict)
    shape: Shape = field(default_factory=Shape)
    merged: dict[str, str] = field(default_factory=dict)
    part: str = INTERFACE

    def tables(self) -> Iterator[RawTable]:
        """Yield the records in batches; those that a newer version replaces are left out."""
        paths = [path for path in asked_paths(self.asked.stream) if path != STATE_PATH]
        made = {one.at: (getter_of(one.by), self.names.get(one.at, {})) for one in self.asked.stream.lookups}
        has_states = any(one.state for one in self.asked.readings)
        headers = (*paths, *([STATE_PATH] if has_states else []))
        columns: list[list[Any]] = [[] for _ in headers]
        texts: list[bytes] = []
        first, size = 1, 0
        for rows, own_texts, state, parent in self._parts():
            self._note_merged(rows)
            for place, values in enumerate(_values(rows, paths, parent, made)):
                columns[place] += values
            if has_states:
                columns[-1] += [state or None] * len(rows)
            texts += own_texts
            size += sum(map(len, own_texts))
            if len(texts) >= BATCH_RECORDS or size >= _BATCH_BYTES:
                yield self._table(headers, columns, texts, first)
                first += len(texts)
                columns, texts, size = [[] for _ in headers], [], 0
        if texts or first == 1:
            yield self._table(headers, columns, texts, first)

    def _parts(self) -> Iterator[tuple[Sequence[Mapping[str, Any]], Sequence[bytes], str, str]]:
        """Yield page by page a row for each record, or for each line of one, its text, the state of its list, its parent."""
        own_lines = self._own_lines()
        for number, page in enumerate(self.log.pages()):
            reading = self.asked.readings[page.reading]
            if reading.is_keys_only or reading.is_parents or reading.is_lines:
                continue
            texts, rows = kept_records(page, self.asked.readings, self.asked.stream.key)
            if self.old:
                kept = [place for place in range(len(rows)) if (number, place) not in self.old]
                texts, rows = [texts[place] for place in kept], [rows[place] for place in kept]
            for named in filter(None, (reading.named, reading.also_named)):
                rows = [with_names(row, named) for row in rows]
            for row in rows[: max(1, _SEEN_RECORDS - self.shape.records)]:
                self.shape.look(row)
            if reading.lines:
                keys = reading.key or self.asked.stream.key
                parts = [
                    (line, text)
                    for row, text in zip(rows, texts, strict=True)
                    for line in lined_rows(row, reading, own_lines.get(record_key(row, keys)) if own_lines else None)
                ]
                rows, texts = [line for line, _ in parts], [text for _, text in parts]
            yield rows, texts, reading.state, str(page.facts["parent_key"])

    def _note_merged(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Note which records were merged into these."""
        stream = self.asked.stream
        if not stream.path_merged:
            return
        for row in rows:
            found = value_at(row, stream.path_merged)
            for one in found if isinstance(found, list) else text_of_value(found).split(";"):
                key, into = text_of_value(one).strip(), record_key(row, stream.key).replace("\x1f", " ")
                if key and into and key != into:
                    self.merged[key_of(self.system, stream.name, key)] = key_of(self.system, stream.name, into)

    def _own_lines(self) -> dict[str, list[Mapping[str, Any]]]:
        """Return all lines of the records that do not hold them all themselves, by their key."""
        found: dict[str, list[Mapping[str, Any]]] = {}
        if any(one.is_lines for one in self.asked.readings):
            for page in self.log.pages():
                if self.asked.readings[page.reading].is_lines:
                    rows = kept_records(page, self.asked.readings, self.asked.stream.key)[1]
                    found.setdefault(str(page.facts["parent_key"]), []).extend(rows)
        return found

    def states(self) -> dict[str, str]:
        """Return by key what lists say of records that they only name: deleted, archived."""
        found: dict[str, str] = {}
        if not any(one.is_keys_only for one in self.asked.readings):
            return found
        for number, page in enumerate(self.log.pages()):
            reading = self.asked.readings[page.reading]
            if not reading.is_keys_only:
                continue
            paths = reading.key or self.asked.stream.key
            for place, row in enumerate(kept_records(page, self.asked.readings, self.asked.stream.key)[1]):
                if (number, place) not in self.old:
                    found[record_key(row, paths).replace("\x1f", " ")] = reading.state or "deleted"
        return found

    def _table(self, headers: Sequence[str], cells: Sequence[list[Any]], texts: list[bytes], first: int) -> RawTable:
        columns: dict[str, pa.Array] = {"line": pa.array(range(first, first + len(texts)), pa.int64())}
        columns |= {f"c{place}": _cells(column) for place, column in enumerate(cells)}
        columns["raw"] = _texts(texts)
        name = f"{self.system}/{self.asked.stream.name}"
        return RawTable(name, self.part, tuple(headers), pa.table(columns), QUARANTINE.empty(), len(texts), 0)


def is_made(path: str) -> bool:
    """Return whether a path leads to what a pull makes, and no answer has.

    Examples
    --------
    >>> is_made(STATE_PATH), is_made("(owner)"), is_made("properties.owner")
    (True, True, False)
    """
    return path.startswith("(") and path.endswith(")")


def _values(
    rows: Sequence[Mapping[str, Any]],
    paths: Sequence[str],
    parent: str,
    made: Mapping[str, _Made],
) -> Iterator[list[Any]]:
    """Yield the values at each path, of all rows at once; ``parent`` is the key of the record that they belong to."""
    outer: dict[str, list[Any]] = {}
    for path in paths:
        names = path.split(".")
        if path == PARENT_PATH:
            yield [parent or None] * len(rows)
        elif path in made:
            getter, known = made[path]
            yield [known.get(text_of_value(getter(row))) for row in rows]
        elif len(names) == 1:
            yield [row.get(path) for row in rows]
        elif len(names) == 2 and not names[1].lstrip("-").isdigit():
            if names[0] not in outer:
                outer[names[0]] = [row.get(names[0]) for row in rows]
            name = names[1]
            yield [
                found.get(name) if type(found) is dict else value_at(row, path)
                for found, row in zip(outer[names[0]], rows, strict=True)
            ]
        else:
            yield [value_at(row, path) for row in rows]


def _cells(values: list[Any]) -> pa.Array:
    """Return values as the texts of cells; null for none."""
    try:
        texts = pa.array(values, pa.string())
    except (pa.ArrowTypeError, pa.ArrowInvalid):
        texts = pa.array([_cell(value) for value in values], pa.string())
    is_empty = pc.equal(texts, "")
    return pc.if_else(is_empty, None, texts) if pc.any(is_empty).as_py() else texts


def _texts(texts: Sequence[bytes]) -> pa.Array:
    """Return texts that are known to be UTF-8 (they were parsed as JSON), put together without a look at each."""
    offsets = np.zeros(len(texts) + 1, np.int32)
    np.cumsum(np.fromiter(map(len, texts), np.int64, len(texts)), out=offsets[1:])
    return pa.StringArray.from_buffers(len(texts), pa.py_buffer(offsets), pa.py_buffer(b"".join(texts)))


def referred_ids(log: PageLog, readings: Sequence[Reading], key: Sequence[str], path: str) -> list[str]:
    """Return what the records of a pull have at a path, each once.

    Parameters
    ----------
    log
        Its pages.
    readings
        The lists of its stream.
    key
        Paths of what names a record.
    path
        Where.
    """
    found: set[str] = set()
    getter = getter_of(path)
    for page in log.pages():
        reading = readings[page.reading]
        if not (reading.is_keys_only or reading.is_parents or reading.is_lines):
            found.update(text_of_value(getter(row)) for row in kept_records(page, readings, key)[1])
    return sorted(found - {""})


def filled_lines(lines: pa.Table) -> pa.Table:
    """Return the lines that say something: a document without any has a row of its own, and no line."""
    columns = [lines[name].is_valid() for name in lines.column_names if name not in DOCUMENT_LINE.key]
    return lines.filter(reduce(pc.or_, columns)) if lines.num_rows else lines


def _cell(value: Any) -> str | None:
    """Return a value as the text of a cell."""
    if value is None or type(value) is str:
        return value or None
    if type(value) is int:
        return str(value)
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict) else text_of(value) or None
