"""CSV, TSV and every other delimited text: from bytes to a table.

Cells stay text exactly as written. Rows with fewer cells than the header are padded; rows with more are put aside unless the
surplus is empty.
"""

import io
from collections.abc import Iterator, Sequence
from itertools import islice

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from toolkit.errors import InputError
from toolkit.files.dialect import declared_delimiter, sniffed_delimiter, usual_width
from toolkit.files.encoding import UNREADABLE
from toolkit.files.header import header_position, stripped
from toolkit.files.layout import Aside, Grid, cells_refused, columns_of, laid_out
from toolkit.files.raw import RawTable
from toolkit.files.source import Reading, Source
from toolkit.files.text_columns import UnfitError, text_columns
from toolkit.files.text_rows import MAX_ROW_CHARS, TextRow, sample_rows, text_rows

_HEAD_LINES = 300
_HEAD_CHARS = 2_000_000
_CHUNK_ROWS = 20_000
_MAX_COLUMNS = 16_384
_DETAILS = {
    "unclosed_quote": "A quote opens a cell on this line and is never closed.",
    "unreadable_row": "The row is longer than can be read.",
}


def delimited_table(source: Source, reading: Reading) -> RawTable:
    """Return the table of a delimited text file.

    Raises
    ------
    InputError
        The file is empty, or has more columns than any export.
    """
    lines = _head_lines(source)
    delimiter = sniffed_delimiter(lines)
    head = [row for row in sample_rows(lines, delimiter) if any(map(stripped, row.cells))]
    head = [row for row in head if not (row.line == 1 and declared_delimiter(delimiter.join(row.cells)))]
    if not head:
        raise InputError(f"{source.label} holds no text. Export it again, or remove it from the folder.")
    position = header_position([row.cells for row in head], reading.known_headers)
    body = head if position is None else head[position + 1 :]
    usual = usual_width([len(row.cells) for row in body])
    header = (0, ()) if position is None else (head[position].line, tuple(head[position].cells))
    width = max(usual, len(header[1]), 1)
    if width > _MAX_COLUMNS:
        raise InputError(f"{source.label} has {width:,} columns; {_MAX_COLUMNS:,} can be read. Is it a table?")
    top = () if position is None else tuple(_trimmed(row.cells) for row in head[:position])
    first_line = 0 if position is None else header[0]
    if position is None and declared_delimiter(lines[0]):
        first_line = 1
    grid, encoding = _grid(source, delimiter, width, first_line)
    grid = Grid(grid.lines, grid.cells, header, top, grid.aside, grid.has_bad)
    return laid_out(source, grid, encoding=encoding, delimiter=delimiter)


def _head_lines(source: Source) -> list[str]:
    with source.text() as stream:
        text = io.TextIOWrapper(io.BufferedReader(stream), encoding="utf-8", newline="")
        lines, size = [], 0
        for line in islice(_lines(text, _HEAD_CHARS), _HEAD_LINES):
            lines.append(line)
            size += len(line)
            if size > _HEAD_CHARS:
                break
    return lines


def _trimmed(cells: Sequence[str]) -> tuple[str, ...]:
    texts = [stripped(cell).replace(UNREADABLE, "\\x") for cell in cells]
    while texts and not texts[-1]:
        texts.pop()
    return tuple(texts)


def _grid(source: Source, delimiter: str, width: int, first_line: int) -> tuple[Grid, str]:
    """Return the rows below ``first_line``, by columns where the file is plain, else row by row."""
    if delimiter:
        try:
            return _grid_by_columns(source, delimiter, width, first_line)
        except UnfitError:
            pass
    return _grid_by_rows(source, delimiter, width, first_line)


def _grid_by_columns(source: Source, delimiter: str, width: int, first_line: int) -> tuple[Grid, str]:
    with source.text() as stream:
        lines, cells, odd = text_columns(stream, delimiter, width)
        encoding, has_bad = stream.encoding, stream.has_bad
    begin = int(np.searchsorted(lines, first_line, side="right"))
    lines, cells = lines[begin:], cells.slice(begin)
    short, aside = [], []
    for line, row in odd:
        if line > first_line:
            fitting = _fitting(line, row, width)
            if isinstance(fitting, Aside):
                aside.append(fitting)
            else:
                short.append((line, fitting))
    lines, cells = _merged(lines, cells, short, width)
    return Grid(lines, cells, (0, ()), aside=tuple(aside), has_bad=has_bad), encoding


def _merged(
    lines: npt.NDArray[np.int64], cells: pa.Table, rows: Sequence[tuple[int, Sequence[str]]], width: int
) -> tuple[npt.NDArray[np.int64], pa.Table]:
    """Return the columns with ``rows`` put where their lines belong."""
    if not rows:
        return lines, cells
    row_lines = np.array([line for line, _ in rows], np.int64)
    added = columns_of([row for _, row in rows], width)
    both = np.concatenate([lines, row_lines])
    if len(rows) > 200:
        order = np.argsort(both, kind="stable")
        return both[order], pa.concat_tables([cells, added]).take(order)
    pieces, begin = [], 0
    for index, place in enumerate(np.searchsorted(lines, row_lines).tolist()):
        pieces += [cells.slice(begin, place - begin), added.slice(index, 1)]
        begin = place
    return np.sort(both), pa.concat_tables([*pieces, cells.slice(begin)])


def _grid_by_rows(source: Source, delimiter: str, width: int, first_line: int) -> tuple[Grid, str]:
    lines: list[int] = []
    chunk: list[Sequence[str]] = []
    tables: list[pa.Table] = []
    aside: list[Aside] = []
    with source.text() as stream:
        text = io.TextIOWrapper(io.BufferedReader(stream, 1 << 20), encoding="utf-8", newline="")
        for row in text_rows(_lines(text, MAX_ROW_CHARS), delimiter):
            if row.line <= first_line:
                continue
            fitting = _kept(row, width, has_bad=stream.has_bad)
            if isinstance(fitting, Aside):
                aside.append(fitting)
                continue
            lines.append(row.line)
            chunk.append(fitting)
            if len(chunk) == _CHUNK_ROWS:
                tables.append(columns_of(chunk, width))
                chunk.clear()
        encoding = stream.encoding
    tables.append(columns_of(chunk, width))
    return Grid(np.array(lines, np.int64), pa.concat_tables(tables), (0, ()), aside=tuple(aside)), encoding


def _kept(row: TextRow, width: int, *, has_bad: bool) -> Sequence[str] | Aside:
    """Return the row's cells, at most ``width``, or why it is put aside."""
    if row.reason:
        return Aside(row.line, row.reason, _DETAILS[row.reason], tuple(row.cells))
    if has_bad or sum(map(len, row.cells)) > 200_000:
        refused = cells_refused(row.line, row.cells)
        if refused:
            return refused
    return _fitting(row.line, row.cells, width)


def _fitting(line: int, cells: Sequence[str], width: int) -> Sequence[str] | Aside:
    if len(cells) <= width:
        return cells
    if any(map(stripped, cells[width:])):
        detail = f"The row has {len(cells)} cells, the table {width} columns."
        return Aside(line, "too_many_cells", detail, tuple(cells))
    return cells[:width]


def _lines(text: io.TextIOWrapper, max_chars: int) -> Iterator[str]:
    """Yield the lines, line ends included; one beyond ``max_chars`` is cut there, so that it cannot fill the memory."""
    while line := text.readline(max_chars):
        yield line
        while len(line) == max_chars and line[-1] not in "\r\n":
            line = text.readline(max_chars)
