"""JSON and JSON lines: every list of records is a table.

Nested objects become columns named with dots, lists stay JSON text, numbers keep every digit as written. ``line`` is the
line of JSON lines, and the place in its list (from 1) of a record of a JSON document.
"""

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from toolkit.errors import InputError
from toolkit.files.cells import flattened, text_of
from toolkit.files.header import header_position
from toolkit.files.json_lines import MAX_LINE_CHARS, json_lines_table, parsed_json, refuse_large
from toolkit.files.layout import Aside, Grid, cells_refused, columns_of, laid_out, plain_table
from toolkit.files.raw import RawTable
from toolkit.files.source import MAX_WHOLE_BYTES, Reading, Source

_MAX_LIST_DEPTH = 3
_LINES_ENDINGS = (".jsonl", ".ndjson")


def json_tables(source: Source, reading: Reading) -> Iterator[RawTable]:
    """Yield the tables of a JSON document, or the one of a file with a JSON object on each line.

    Raises
    ------
    InputError
        The text is no JSON, is nested too deep, or holds no records.
    """
    if _is_lines(source):
        yield json_lines_table(source)
        return
    document, encoding = _document(source)
    found = list(_lists(document, (), source.label)) if isinstance(document, dict) else [((), document)]
    if not found:
        found = [((), [document])]
    facts = _facts(document, source.label) if isinstance(document, dict) and found[0][0] else ()
    for path, records in found:
        part = Source(
            source.file, "/".join(filter(None, (source.part, ".".join(path)))), source.name, source.size, source.open,
            source.sha256, source.depth, source.notes, source.code_page,
        )  # fmt: skip
        yield _list_table(part, records, encoding, facts, reading.known_headers)


def _is_lines(source: Source) -> bool:
    if source.name.lower().endswith(_LINES_ENDINGS):
        return True
    with _text(source) as text:
        first = text.readline(MAX_LINE_CHARS)
        while first and not first.strip():
            first = text.readline(MAX_LINE_CHARS)
        try:
            is_object = isinstance(parsed_json(first), dict)
        except (ValueError, RecursionError):
            return False
        return is_object and any(line.strip() for line in iter(lambda: text.readline(MAX_LINE_CHARS), ""))


def _text(source: Source) -> io.TextIOWrapper:
    stream = io.BufferedReader(source.text(), 1 << 20)
    return io.TextIOWrapper(stream, encoding="utf-8", newline="\n")


def _document(source: Source) -> tuple[Any, str]:
    with source.text() as stream:
        data = io.BufferedReader(stream).read(MAX_WHOLE_BYTES + 1)
        encoding = stream.encoding
    if len(data) > MAX_WHOLE_BYTES:
        raise InputError(
            f"{source.label} is a JSON document of more than {MAX_WHOLE_BYTES // 1_000_000} MB. Export it as JSON lines "
            "or CSV."
        )
    try:
        return parsed_json(data.decode()), encoding
    except RecursionError as error:
        raise InputError(f"{source.label} nests JSON too deep to be read. Export a flatter file.") from error
    except ValueError as error:
        raise InputError(f"{source.label} is no valid JSON ({error}). It may have been cut off: export it again.") from error


def _lists(record: Mapping[str, Any], path: tuple[str, ...], label: str) -> Iterator[tuple[tuple[str, ...], list[Any]]]:
    """Yield the lists of records inside a document, with the path to each."""
    for name, value in record.items():
        if isinstance(value, list) and value and all(isinstance(one, dict) for one in value):
            yield (*path, name), value
        elif isinstance(value, dict) and len(path) + 1 < _MAX_LIST_DEPTH:
            yield from _lists(value, (*path, name), label)


def _facts(document: Mapping[str, Any], label: str) -> tuple[tuple[str, ...], ...]:
    """Return what a document says beside its lists of records."""
    return tuple(
        (".".join(path), text_of(value))
        for path, value in flattened(document, label)
        if not (isinstance(value, list) and value and isinstance(value[0], dict))
    )


def _list_table(
    source: Source,
    records: Any,
    encoding: str,
    facts: tuple[tuple[str, ...], ...],
    known_headers: frozenset[str],
) -> RawTable:
    if not isinstance(records, list) or not records:
        raise InputError(f"{source.label} holds no list of records. Export the records themselves.")
    if all(isinstance(one, list) for one in records):
        return _rows_table(source, records, encoding, known_headers)
    numbered = enumerate(records, 1)
    return _records_table(
        source, ((place, one if isinstance(one, dict) else {"value": one}) for place, one in numbered), encoding, [], facts
    )


def _rows_table(source: Source, records: list[list[Any]], encoding: str, known: frozenset[str]) -> RawTable:
    """Return the table of a list of lists, whose header is one of the lists."""
    rows = [(place, [text_of(value) for value in record]) for place, record in enumerate(records, 1)]
    aside = [refused for place, cells in rows if (refused := cells_refused(place, cells))]
    gone = {one.line for one in aside}
    rows = [(place, cells) for place, cells in rows if place not in gone and any(cells)]
    position = header_position([cells for _, cells in rows[:200]], known)
    header = (0, ()) if position is None else (rows[position][0], tuple(rows[position][1]))
    body = rows if position is None else rows[position + 1 :]
    width = max((len(cells) for _, cells in rows), default=1) or 1
    refuse_large(source, width, len(body))
    grid = Grid(
        np.array([place for place, _ in body], np.int64),
        columns_of([cells for _, cells in body], width),
        header,
        tuple(tuple(cells) for _, cells in rows[: position or 0]),
        tuple(aside),
    )
    return laid_out(source, grid, encoding=encoding)


def _records_table(
    source: Source,
    records: Iterable[tuple[int, Mapping[str, Any]]],
    encoding: str,
    aside: list[Aside],
    facts: tuple[tuple[str, ...], ...] = (),
) -> RawTable:
    columns: dict[tuple[str, ...], int] = {}
    rows: list[tuple[int, Sequence[str]]] = []
    for line, record in records:
        if not record:
            aside.append(Aside(line, "empty_line", "The record has no field.", ()))
            continue
        cells = [""] * len(columns)
        for path, value in flattened(record, source.label):
            index = columns.setdefault(path, len(columns))
            cells += [""] * (index + 1 - len(cells))
            cells[index] = text_of(value)
        rows.append((line, cells))
        refuse_large(source, len(columns), len(rows))
    headers = [".".join(path) for path in columns]
    return plain_table(source, headers, rows, encoding=encoding, aside=aside, preamble=facts)
