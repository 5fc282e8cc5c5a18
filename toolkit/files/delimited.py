"""CSV, TSV and every other delimited text: from bytes to a table.

Cells stay text exactly as written. Rows with more cells than the header are put aside unless the surplus is empty; rows with
fewer are padded where the file leaves empty cells at the end out, and put aside where all others are whole.
"""

import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.errors import InputError
from toolkit.files.blocks import blocks, cell_range, cells_without_digits, part_name
from toolkit.files.column_masks import filled_mask
from toolkit.files.dialect import declared_delimiter, sniffed_delimiter, usual_width
from toolkit.files.encoding import UNREADABLE
from toolkit.files.escapes import with_doubled_quotes
from toolkit.files.form_sheets import FORM_NOTE, is_form
from toolkit.files.header import buried_note, header_place, stripped
from toolkit.files.layout import Aside, Grid, cells_refused, columns_of, laid_out
from toolkit.files.prose import prose_kind
from toolkit.files.raw import RawTable
from toolkit.files.source import Reading, Source
from toolkit.files.text_columns import UnfitError, text_columns
from toolkit.files.text_rows import MAX_ROW_CHARS, TextRow, sample_rows, text_rows

_HEAD_LINES = 300
_HEAD_CHARS = 2_000_000
_CHUNK_ROWS = 20_000
_MAX_COLUMNS = 16_384
# Larger files are exports of programs, which write one table.
_MAX_CUT_BYTES, _MAX_CUT_CELLS = 8_000_000, 4_000_000
_MIN_NAMES = 3
_SENTENCE_MARKS = frozenset({",", ";"})
_MAX_SHORT, _MAX_DAMAGED, _MIN_WHOLE = 0.05, 0.2, 3
_LINE_BREAKS = {"\n": 1, "\r": 1, "\r\n": -1}
_DETAILS = {
    "unclosed_quote": "A quote opens a cell on this line and is never closed.",
    "unreadable_row": "The row is longer than can be read.",
}


def delimited_tables(source: Source, reading: Reading) -> Iterator[RawTable]:
    """Yield the tables of a delimited text file: one, or several that stand below or beside each other.

    Raises
    ------
    InputError
        The file is empty, is prose, or has more columns than any export.
    """
    source = with_doubled_quotes(source)
    lines = _head_lines(source)
    delimiter = sniffed_delimiter(lines)
    head = [row for row in sample_rows(lines, delimiter) if any(map(stripped, row.cells))]
    is_declared = bool(declared_delimiter(lines[0])) if lines else False
    head = [row for row in head if not (is_declared and row.line == 1)]
    if not head:
        raise InputError(f"{source.label} holds no text. Export it again, or remove it from the folder.")
    _check_is_table(source, lines, head, delimiter)
    top = _top(source, head, reading.known_headers)
    grid, encoding = _grid(source, delimiter, top, max(0 if top.is_buried else top.line, int(is_declared)))
    noted = replace(source, notes=(*source.notes, *top.notes))
    if not reading.is_filled_in and source.size <= _MAX_CUT_BYTES and _may_hold_several(grid):
        first_line = int(is_declared)
        is_one = _is_one_table(source, delimiter, reading.known_headers, first_line=first_line, width=top.width)
        parts = [] if is_one else list(_parts(source, delimiter, reading.known_headers, first_line=first_line))
        if len(parts) > 1:
            for name, rows in parts:
                part = replace(source, part=part_name(source.part, name))
                yield _table_of_rows(part, rows, (delimiter, encoding), reading.known_headers)
            return
    yield laid_out(noted, grid, encoding=encoding, delimiter=delimiter)


def _check_is_table(source: Source, lines: Sequence[str], head: Sequence[TextRow], delimiter: str) -> None:
    widths = [len(row.cells) for row in head]
    width = usual_width(widths)
    is_regular = 2 * widths.count(width) > len(widths)
    if not is_regular or (_is_loose(lines, delimiter) and not (len(set(widths)) == 1 and len(head) >= _MIN_WHOLE < width)):
        width = 1
    kind = prose_kind(lines, source.name, delimiter=delimiter, width=width)
    if kind:
        raise InputError(f"{source.label} is {kind}, not a table. Move it out of the folder, or export the data as CSV.")


def _is_loose(lines: Sequence[str], delimiter: str) -> bool:
    """Say whether the separators may be those of sentences: a blank, a line's end or a number's digit follows each."""
    tight = re.compile(rf"{re.escape(delimiter)}[^\s\d]|(?<!\d){re.escape(delimiter)}\d")
    return delimiter in _SENTENCE_MARKS and not any(tight.search(line) for line in lines)


@dataclass(frozen=True, slots=True)
class _Top:
    """The header of a text, with its line (0: none), the rows above it, and how many columns the table has.

    ``is_buried`` says that the rows above are records too.
    """

    line: int
    cells: tuple[str, ...]
    above: tuple[tuple[str, ...], ...]
    width: int
    is_buried: bool = False
    notes: tuple[str, ...] = ()


def _top(source: Source, head: Sequence[TextRow], known: frozenset[str]) -> _Top:
    cells = [row.cells for row in head]
    is_form_like = len(head) < _HEAD_LINES and is_form(cells, known)
    position, is_buried = (None, False) if is_form_like else header_place(cells, known)
    if position is None:
        top = _Top(0, (), (), max(usual_width(list(map(len, cells))), 1), notes=(FORM_NOTE,) if is_form_like else ())
    else:
        line, header = head[position].line, tuple(cells[position])
        above = () if is_buried else tuple(_trimmed(row) for row in cells[:position])
        width = max(usual_width(list(map(len, cells[position + 1 :]))), len(header), 1)
        top = _Top(line, header, above, width, is_buried, (buried_note(line),) if is_buried else ())
    if top.width > _MAX_COLUMNS:
        raise InputError(f"{source.label} has {top.width:,} columns; {_MAX_COLUMNS:,} can be read. Is it a table?")
    return top


def _may_hold_several(grid: Grid) -> bool:
    """Say whether anything hints at a second table: odd rows, empty lines, an empty column, words in a column of digits."""
    names = [bool(stripped(cell)) for cell in grid.header[1]]
    inner = "".join("x" if name else " " for name in names).strip()
    return (
        bool(grid.short or grid.aside)
        or " " in inner
        or any(sum(map(bool, row)) >= _MIN_NAMES for row in grid.top)
        or bool((np.diff(grid.lines, prepend=grid.header[0]) > 1).any())
        or any(cells_without_digits(column) for column in grid.cells.columns)
    )


def _is_one_table(source: Source, delimiter: str, known: frozenset[str], *, first_line: int, width: int) -> bool:
    """Return whether a text holds one table, as far as that is seen by columns: every row has all of its cells."""
    if not delimiter:
        return False
    try:
        with source.text() as stream:
            lines, cells, odd = text_columns(stream, delimiter, width)
    except UnfitError:
        return False
    if odd:
        return False
    begin = int(np.searchsorted(lines, first_line, side="right"))
    lines, cells = lines[begin:], cells.slice(begin)
    further = np.zeros(len(lines), np.int64)
    if (np.diff(lines) > 1).any():
        for column in cells.columns:
            for sign, count in _LINE_BREAKS.items():
                further += count * pc.fill_null(pc.count_substring(column, sign), 0).to_numpy()
    breaks = np.zeros(len(lines), bool)
    breaks[1:] = lines[1:] > (lines + further)[:-1] + 1
    return width * len(lines) > _MAX_CUT_CELLS or len(blocks(cells, filled_mask(cells), breaks, known)) == 1


def _parts(source: Source, delimiter: str, known: frozenset[str], *, first_line: int) -> Iterator[tuple[str, list[TextRow]]]:
    """Yield the rows of each table of a text with the place it stands in."""
    with source.text() as stream:
        text = io.TextIOWrapper(io.BufferedReader(stream, 1 << 20), encoding="utf-8", newline="")
        rows = [row for row in text_rows(_lines(text, MAX_ROW_CHARS), delimiter) if row.line > first_line]
    width = max(len(row.cells) for row in rows)
    if width > _MAX_COLUMNS or width * len(rows) > _MAX_CUT_CELLS:
        return
    cells = columns_of([row.cells for row in rows], width)
    begins = np.array([row.line for row in rows], np.int64)
    ends = begins + np.array([sum(map(_line_breaks, row.cells)) for row in rows], np.int64)
    breaks = np.zeros(len(rows), bool)
    breaks[1:] = begins[1:] > ends[:-1] + 1
    for block in blocks(cells, filled_mask(cells), breaks, known):
        taken = rows[block.first_row : block.end_row]
        name = cell_range(taken[0].line, taken[-1].line, block.first_column, block.end_column)
        columns = slice(block.first_column, block.end_column)
        yield name, [row._replace(cells=row.cells[columns]) for row in taken if any(map(stripped, row.cells[columns]))]


def _line_breaks(cell: str) -> int:
    """Return over how many further lines of the file a cell goes; a lone carriage return ends a line too."""
    return sum(count * cell.count(sign) for sign, count in _LINE_BREAKS.items())


def _table_of_rows(source: Source, rows: Sequence[TextRow], how: tuple[str, str], known: frozenset[str]) -> RawTable:
    delimiter, encoding = how
    top = _top(source, rows[:_HEAD_LINES], known)
    taken = (row for row in rows if top.is_buried or row.line > top.line)
    grid = _grid_of_rows(taken, top, has_bad=lambda: True)
    return laid_out(replace(source, notes=(*source.notes, *top.notes)), grid, encoding=encoding, delimiter=delimiter)


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


def _grid(source: Source, delimiter: str, top: _Top, first_line: int) -> tuple[Grid, str]:
    """Return the rows below ``first_line``, by columns where the file is plain, else row by row."""
    if delimiter:
        try:
            return _grid_by_columns(source, delimiter, top, first_line)
        except UnfitError:
            pass
    with source.text() as stream:
        text = io.TextIOWrapper(io.BufferedReader(stream, 1 << 20), encoding="utf-8", newline="")
        rows = (row for row in text_rows(_lines(text, MAX_ROW_CHARS), delimiter) if row.line > first_line)
        grid = _grid_of_rows(rows, top, has_bad=lambda: stream.has_bad)
        return grid, stream.encoding


def _grid_by_columns(source: Source, delimiter: str, top: _Top, first_line: int) -> tuple[Grid, str]:
    width = top.width
    with source.text() as stream:
        lines, cells, odd = text_columns(stream, delimiter, width)
        encoding, has_bad = stream.encoding, stream.has_bad
    begin = int(np.searchsorted(lines, first_line, side="right"))
    lines, cells = lines[begin:], cells.slice(begin)
    if top.is_buried:
        place = int(np.searchsorted(lines, top.line))
        lines, cells = np.delete(lines, place), pa.concat_tables([cells.slice(0, place), cells.slice(place + 1)])
    ends_empty = cells.column((len(top.cells) or width) - 1).null_count > 0
    short, aside = [], []
    for line, row in odd:
        if line > first_line:
            fitting = _fitting(line, row, width)
            if isinstance(fitting, Aside):
                aside.append(fitting)
            else:
                short.append((line, fitting))
    lines, cells = _merged(lines, cells, short, width)
    lacking = _lacking({line: len(row) for line, row in short}, len(lines), len(top.cells) or width, ends_empty=ends_empty)
    return Grid(lines, cells, (top.line, top.cells), top.above, tuple(aside), has_bad, short=lacking), encoding


def _lacking(counts: Mapping[int, int], total: int, width: int, *, ends_empty: bool) -> dict[int, int]:
    """Return the number of cells of the rows that lack some, by line; none where the file leaves empty cells at the end out.

    A file that writes an empty cell at the end of other rows leaves nothing out: there more rows may be damaged.
    """
    short = {line: count for line, count in counts.items() if count < width}
    few = max(1, int(total * (_MAX_DAMAGED if ends_empty else _MAX_SHORT)))
    return short if len(short) <= few and total - len(short) >= _MIN_WHOLE else {}


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


def _grid_of_rows(rows: Iterable[TextRow], top: _Top, *, has_bad: Callable[[], bool]) -> Grid:
    """Return the rows of a text; ``has_bad`` says whether what was read so far holds bytes that are no text."""
    width = top.width
    expected = len(top.cells) or width
    lines: list[int] = []
    chunk: list[Sequence[str]] = []
    tables: list[pa.Table] = []
    aside: list[Aside] = []
    counts: dict[int, int] = {}
    ends_empty = False
    for row in rows:
        if row.line == top.line:
            continue
        fitting = _kept(row, width, has_bad=has_bad())
        if isinstance(fitting, Aside):
            aside.append(fitting)
            continue
        if len(fitting) < expected:
            counts[row.line] = len(fitting)
        else:
            ends_empty = ends_empty or not fitting[expected - 1]
        lines.append(row.line)
        chunk.append(fitting)
        if len(chunk) == _CHUNK_ROWS:
            tables.append(columns_of(chunk, width))
            chunk.clear()
    tables.append(columns_of(chunk, width))
    short = _lacking(counts, len(lines), expected, ends_empty=ends_empty)
    cells = pa.concat_tables(tables)
    return Grid(np.array(lines, np.int64), cells, (top.line, top.cells), top.above, tuple(aside), short=short)


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
