"""JSON lines: a file with one JSON object on each line, flat ones read by columns and all others one by one."""

import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from toolkit.errors import InputError
from toolkit.files.cells import Number, flattened, text_of
from toolkit.files.flat_json import FlatRecords, flat_records
from toolkit.files.layout import Aside, cells_refused, columns_table
from toolkit.files.raw import RawTable
from toolkit.files.source import Source

MAX_COLUMNS = 16_384
MAX_LINE_CHARS = 16_000_000
_MAX_CELLS = 100_000_000
_BLOCK_BYTES = 4 << 20
_MAX_LINE_BYTES = 4 * MAX_LINE_CHARS
_SHOWN_CHARS = 10_000

Path = tuple[str, ...]
Row = tuple[int, Mapping[Path, str]]


def parsed_json(text: str) -> Any:
    """Return what a JSON text says, its numbers as they are written; a name that stands twice keeps all its values."""
    return json.loads(text, parse_float=Number, parse_int=Number, parse_constant=Number, object_pairs_hook=_record)


def refuse_large(source: Source, columns: int, rows: int) -> None:
    """Refuse a table of more columns or cells than can be held.

    Parameters
    ----------
    source
        The file, for the message.
    columns
        Columns seen so far.
    rows
        Rows read so far.
    """
    if columns > MAX_COLUMNS or columns * rows > _MAX_CELLS:
        raise InputError(
            f"{source.label} has {columns:,} columns in {rows:,} rows; at most {MAX_COLUMNS:,} columns and {_MAX_CELLS:,} "
            "cells can be read. Export it in parts."
        )


@dataclass(slots=True)
class _Read:
    """What was read so far: the records of each block, the line on which each column was first seen, what was put aside."""

    blocks: list[tuple[npt.NDArray[np.int64], Mapping[Path, pa.Array]]] = field(default_factory=list)
    first_lines: dict[Path, int] = field(default_factory=dict)
    aside: list[Aside] = field(default_factory=list)
    count: int = 0


def json_lines_table(source: Source) -> RawTable:
    """Return the table of a file with a JSON object on each line.

    Raises
    ------
    InputError
        It holds no records, or is nested too deep or too large to be held.
    """
    read = _Read()
    number = 1
    with source.text() as stream:
        for block in _blocks(io.BufferedReader(stream)):
            found, begins, ends = flat_records(block)
            is_left = np.ones(len(begins), bool)
            for one in found:
                is_left[one.lines] = False
            texts = {
                number + place: block[begins[place] : ends[place]].decode("utf-8", "ignore")[:MAX_LINE_CHARS]
                for place in np.flatnonzero(is_left).tolist()
            }
            rows = list(_single_rows(texts, source.label, read.aside))
            _add(read, [FlatRecords(one.lines + number, one.names, one.columns) for one in found], rows)
            refuse_large(source, len(read.first_lines), read.count)
            number += len(begins)
    paths = list(read.first_lines)
    nothing = [pa.nulls(len(lines), pa.string()) for lines, _ in read.blocks]
    cells = [
        pa.chunked_array(
            [columns.get(path, empty) for (_, columns), empty in zip(read.blocks, nothing, strict=True)], pa.string()
        )
        for path in paths
    ]
    table = columns_table(
        source,
        [".".join(path) for path in paths],
        np.concatenate([np.zeros(0, np.int64), *(lines for lines, _ in read.blocks)]),
        pa.table(cells, names=[f"c{place}" for place in range(len(paths))]),
        encoding="utf-8",
        aside=read.aside,
    )
    if not table.rows_read:
        raise InputError(f"{source.label} holds no records. Export it again.")
    return table


def _record(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object; a name that occurs several times keeps all its values, as a list."""
    record = dict(pairs)
    if len(record) < len(pairs):
        for name in record:
            values = [value for other, value in pairs if other == name]
            record[name] = values[0] if len(values) == 1 else values
    return record


def _blocks(stream: io.BufferedReader) -> Iterator[bytes]:
    """Yield whole lines, some megabytes at a time; a line too long to be held is cut off, and the rest of it passed over."""
    rest = b""
    is_cut = False
    while data := stream.read(_BLOCK_BYTES):
        if is_cut:
            end = data.find(b"\n") + 1
            if not end:
                continue
            data, is_cut = data[end:], False
        block = rest + data
        end = block.rfind(b"\n") + 1
        rest = block[end:]
        if end:
            yield block[:end]
        elif len(rest) > _MAX_LINE_BYTES:
            yield rest
            rest, is_cut = b"", True
    if rest:
        yield rest


def _single_rows(texts: Mapping[int, str], label: str, aside: list[Aside]) -> Iterator[Row]:
    """Yield the records of single lines, by path; what is no record is put aside."""
    for line, text in texts.items():
        if not text.strip():
            continue
        try:
            record = parsed_json(text)
        except (ValueError, RecursionError):
            aside.append(Aside(line, "bad_json", "The line is no valid JSON.", (text[:_SHOWN_CHARS].rstrip(),)))
            continue
        if not isinstance(record, dict):
            aside.append(Aside(line, "bad_json", "The line is no JSON object.", (text[:_SHOWN_CHARS].rstrip(),)))
        elif not record:
            aside.append(Aside(line, "empty_line", "The record has no field.", ()))
        else:
            yield line, {path: text_of(value) for path, value in flattened(record, label)}


def _add(read: _Read, found: Sequence[FlatRecords], rows: Sequence[Row]) -> None:
    """Add the records of a block, in the order of their lines."""
    seen: list[tuple[int, int, Path]] = [
        (int(one.lines[0]), place, (name,)) for one in found for place, name in enumerate(one.names)
    ]
    seen += [(line, place, path) for line, cells in rows for place, path in enumerate(cells)]
    # Columns stand in the order in which a reader from the top meets them.
    for line, _, path in sorted(seen, key=lambda one: one[:2]):
        read.first_lines.setdefault(path, line)
    kept = [row for row in rows if not _is_refused(read, row)]
    paths = {path for _, _, path in seen}
    lines = [*(one.lines for one in found), np.array([line for line, _ in kept], np.int64)]
    parts: list[dict[Path, pa.Array]] = [
        {(name,): column for name, column in zip(one.names, one.columns, strict=True)} for one in found
    ]
    parts.append({path: pa.array([cells.get(path) or None for _, cells in kept], pa.string()) for path in paths})
    numbers = np.concatenate(lines)
    order = np.argsort(numbers, kind="stable")
    is_ordered = bool((np.diff(order) == 1).all())
    columns: dict[Path, pa.Array] = {}
    for path in paths:
        cells = pa.concat_arrays(
            [part.get(path, pa.nulls(len(own), pa.string())) for own, part in zip(lines, parts, strict=True)]
        )
        columns[path] = cells if is_ordered else cells.take(pa.array(order))
    read.blocks.append((numbers[order], columns))
    read.count += len(numbers)


def _is_refused(read: _Read, row: Row) -> bool:
    """Put a row aside that cannot be a record, with the cells of all columns seen until then, and say so."""
    line, cells = row
    texts = [cells.get(path, "") for path, first in read.first_lines.items() if first <= line]
    refused = cells_refused(line, texts)
    if refused:
        read.aside.append(refused)
    return refused is not None
