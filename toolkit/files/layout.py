"""From the cells of a file to a table: header, rows, and everything put aside with its reason.

Works on whole columns; only rows that may be something other than a record are looked at one by one.
"""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.files.encoding import UNREADABLE
from toolkit.files.header import is_amount, stripped
from toolkit.files.raw import RawTable
from toolkit.files.source import Source
from toolkit.files.summary_lines import Body, Summary, closed_label, group_labels, summaries
from toolkit.tables import QUARANTINE

MAX_CELL_BYTES = 1_000_000
_MAX_ROW_CHARS = 10_000
_TAIL_ROWS = 10
_SAMPLE_ROWS = 200
_BAD_CELL = re.compile(f"[\x00\ud800-\udfff{UNREADABLE}]")
_BAD_PATTERN = f"[\\x00{UNREADABLE}]"
_BAD = ("bad_bytes", "The row holds a NUL or bytes that are no text in the file's encoding.")
_LONG = ("cell_too_long", f"A cell of the row is longer than {MAX_CELL_BYTES:,} bytes.")


@dataclass(frozen=True, slots=True)
class Aside:
    """A row put aside, with the code of its reason, a sentence, and its cells."""

    line: int
    reason: str
    detail: str
    cells: tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """All cells of a table below each other, before any row has a meaning.

    ``cells`` has the text columns ``c0``, ``c1`` …; ``lines`` the line of each row. ``header`` is its line and cells
    (line 0: none) and ``top`` the filled rows above it. ``has_bad`` says that cells may hold NUL or unreadable bytes.
    """

    lines: npt.NDArray[np.int64]
    cells: pa.Table
    header: tuple[int, tuple[str, ...]]
    top: tuple[tuple[str, ...], ...] = ()
    aside: tuple[Aside, ...] = ()
    has_bad: bool = False
    keeps_empty: bool = True


def columns_of(rows: Sequence[Sequence[str | None]], width: int) -> pa.Table:
    """Return rows of at most ``width`` cells as text columns; an absent or empty cell is null."""
    padded = [row if len(row) == width else (*row, *[None] * (width - len(row))) for row in rows]
    columns = zip(*padded, strict=True) if padded else ([] for _ in range(width))
    arrays = [pa.array([cell or None for cell in column], pa.string()) for column in columns]
    return pa.table(arrays, names=[f"c{index}" for index in range(width)])


def is_bad(cells: Iterable[str | None]) -> bool:
    """Say whether a row holds NUL, half a surrogate pair or a byte that could not be decoded."""
    return any(cell and _BAD_CELL.search(cell) for cell in cells)


def plain_table(
    source: Source,
    headers: Sequence[str],
    rows: Iterable[tuple[int, Sequence[str | None]]],
    *,
    encoding: str = "",
    aside: Sequence[Aside] = (),
    preamble: tuple[tuple[str, ...], ...] = (),
) -> RawTable:
    """Return a table whose format names its own columns (JSON, bank files): no header row, no total lines."""
    lines, good, refused = [], [], list(aside)
    for line, cells in rows:
        reason = cells_refused(line, cells)
        if reason:
            refused.append(reason)
        else:
            lines.append(line)
            good.append(cells)
    table = columns_of(good, len(headers))
    # A name is shown and compared, never read back: what is no text in it becomes a question mark.
    names = tuple(_BAD_CELL.sub("?", stripped(name)) for name in headers)
    return _table(source, names, np.array(lines, np.int64), table, refused, encoding=encoding, preamble=preamble)


def typed_table(source: Source, headers: Sequence[str], lines: npt.NDArray[np.int64], cells: pa.Table) -> RawTable:
    """Return a table that comes in columns and names them itself (Parquet)."""
    aside: dict[int, Aside] = {}
    _put_aside(aside, lines, cells, _matching(cells, _BAD_PATTERN), _BAD)
    _put_aside(aside, lines, cells, _too_long(cells), _LONG)
    gone = sorted(aside)
    names = tuple(_BAD_CELL.sub("?", stripped(name)) for name in headers)
    return _table(source, names, np.delete(lines, gone), _without(cells, gone), list(aside.values()))


def cells_refused(line: int, cells: Sequence[str | None]) -> Aside | None:
    """Return why a row of Python cells cannot be a record, if so."""
    if is_bad(cells):
        return Aside(line, *_BAD, tuple(cells))
    if any(cell and len(cell) > MAX_CELL_BYTES // 4 and len(cell.encode()) > MAX_CELL_BYTES for cell in cells):
        return Aside(line, *_LONG, tuple(cells))
    return None


def laid_out(source: Source, grid: Grid, *, encoding: str = "", delimiter: str = "") -> RawTable:
    """Return the table of a grid: the header's cells name the columns, rows that are no records are put aside."""
    header_line, header_cells = grid.header
    headers = tuple(_BAD_CELL.sub("?", stripped(cell)) for cell in header_cells)
    lines, cells = grid.lines, grid.cells
    if not header_line:
        headers = ("",) * cells.num_columns
    aside: dict[int, Aside] = {}
    if grid.has_bad:
        _put_aside(aside, lines, cells, _matching(cells, _BAD_PATTERN), _BAD)
    _put_aside(aside, lines, cells, _too_long(cells), _LONG)
    surplus = range(len(headers), cells.num_columns)
    if surplus:
        rows = _any(cells, surplus)
        _put_aside(aside, lines, cells, rows, ("too_many_cells", f"The header has {len(headers)} columns."))
    names = [f"c{index}" for index in range(len(headers))]
    nothing = pa.nulls(cells.num_rows, pa.string())
    # By place, not by name: a look for the name among thousands, for each of thousands, takes minutes.
    columns = cells.columns[: len(names)]
    cells = pa.table([*columns, *[nothing] * (len(names) - len(columns))], names=names)
    filled = _filled_counts(cells)
    is_grouped = bool(headers) and not headers[0] and any(headers)
    found = _summaries(cells, filled, frozenset(aside), is_grouped=is_grouped)
    if is_grouped:
        cells, found = _with_labels(cells, found, filled)
    totals = []
    ignored = 0
    for index, summary in sorted(found.items()):
        row = _row(cells, index)
        if summary.reason == "empty_line" and not grid.keeps_empty:
            ignored += 1
            continue
        if summary.reason == "total_line":
            totals.append({column: cell for column, cell in enumerate(row) if cell and stripped(cell)})
        aside[index] = Aside(int(lines[index]), summary.reason, summary.detail, row)
    gone = sorted({*aside, *found})
    kept = np.delete(lines, gone)
    return _table(
        source,
        headers,
        kept,
        _without(cells, gone),
        [*grid.aside, *aside.values()],
        header_line=header_line,
        encoding=encoding,
        delimiter=delimiter,
        preamble=grid.top,
        totals=tuple(totals),
    )


def _table(
    source: Source,
    headers: tuple[str, ...],
    lines: npt.NDArray[np.int64],
    cells: pa.Table,
    aside: Sequence[Aside],
    *,
    header_line: int = 0,
    encoding: str = "",
    delimiter: str = "",
    preamble: tuple[tuple[str, ...], ...] = (),
    totals: tuple[dict[int, str], ...] = (),
) -> RawTable:
    rows = cells.add_column(0, "line", pa.array(lines, pa.int64()))
    quarantine = QUARANTINE.from_rows(
        {
            "file": source.file,
            "part": source.part,
            "line": one.line or None,
            "reason": one.reason,
            "detail": one.detail,
            "row": _shown(one.cells),
        }
        for one in sorted(aside, key=lambda one: one.line)
    )
    return RawTable(
        file=source.file,
        part=source.part,
        headers=headers,
        rows=rows,
        quarantine=quarantine,
        rows_read=rows.num_rows + quarantine.num_rows,
        header_line=header_line,
        encoding=encoding,
        delimiter=delimiter,
        preamble=preamble,
        totals=totals,
        sha256=source.sha256,
        notes=source.notes,
    )


def _shown(cells: tuple[str | None, ...]) -> str:
    r"""Return a row as JSON text of at most 10,000 characters, unreadable bytes as ``\\x81``."""
    short = [cell[:_MAX_ROW_CHARS] if cell else "" for cell in cells[:2_000]]
    text = json.dumps(short, ensure_ascii=False)[:_MAX_ROW_CHARS]
    return text.replace(UNREADABLE, "\\x").encode("utf-8", "backslashreplace").decode()


def _row(cells: pa.Table, index: int) -> tuple[str | None, ...]:
    return tuple(column[index].as_py() for column in cells.columns)


def _put_aside(
    aside: dict[int, Aside],
    lines: npt.NDArray[np.int64],
    cells: pa.Table,
    rows: Iterable[int],
    because: tuple[str, str],
) -> None:
    reason, detail = because
    for index in rows:
        aside.setdefault(index, Aside(int(lines[index]), reason, detail, _row(cells, index)))


def _indexes(mask: pa.ChunkedArray) -> list[int]:
    found: list[int] = np.flatnonzero(pc.fill_null(mask, fill_value=False).to_numpy()).tolist()
    return found


def _matching(cells: pa.Table, pattern: str) -> list[int]:
    return sorted({index for column in cells.columns for index in _indexes(pc.match_substring_regex(column, pattern))})


def _too_long(cells: pa.Table) -> list[int]:
    found: set[int] = set()
    for column in cells.columns:
        lengths = pc.binary_length(column)
        if (pc.max(lengths).as_py() or 0) > MAX_CELL_BYTES:
            found.update(_indexes(pc.greater(lengths, MAX_CELL_BYTES)))
    return sorted(found)


def _any(cells: pa.Table, columns: Iterable[int]) -> list[int]:
    found: set[int] = set()
    for column in columns:
        found.update(_indexes(_is_filled(cells.column(column))))
    return sorted(found)


def _is_filled(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return whether each cell holds more than blanks."""
    # Trimming every cell costs far more than a look at the first character of each.
    if not pc.any(pc.match_substring_regex(column, r"^[\s\x{a0}]")).as_py():
        return column.is_valid()
    return pc.fill_null(pc.match_substring_regex(column, r"[^\s\x{a0}]"), fill_value=False)


def _filled_counts(cells: pa.Table) -> npt.NDArray[np.int32]:
    counts = np.zeros(cells.num_rows, np.int32)
    for column in cells.columns:
        counts += _is_filled(column).to_numpy().astype(np.int32)
    return counts


def _summaries(
    cells: pa.Table, filled: npt.NDArray[np.int32], passed_over: frozenset[int], *, is_grouped: bool
) -> dict[int, Summary]:
    count = cells.num_rows
    if not count:
        return {}
    usual = int(np.median(filled[filled > 0])) if bool((filled > 0).any()) else 0
    # Half of a grouped report may be headings; its records are the wider rows.
    if is_grouped and bool((filled > 1).any()):
        usual = int(np.median(filled[filled > 1]))
    few = np.flatnonzero(filled <= (1 if usual > 1 else 0)).tolist()
    first = pc.coalesce(*cells.columns)
    named = _indexes(pc.match_substring_regex(first, r"^[\s\x{a0}]*(?:grand|sub)?[ -]?total", ignore_case=True))
    tail = range(max(0, count - _TAIL_ROWS), count)
    wanted = sorted({*few, *named, *tail} - passed_over)
    places = pa.array(wanted, pa.int64())
    rows = zip(*(column.take(places).to_pylist() for column in cells.columns), strict=True)
    candidates = dict(zip(wanted, rows, strict=True))
    body = Body(usual, _amount_columns(cells, count), is_grouped)
    return summaries(candidates, body, row_count=count)


def _amount_columns(cells: pa.Table, count: int) -> frozenset[int]:
    """Return the columns that hold amounts in most of the rows above the tail."""
    sample = cells.slice(max(0, count - _TAIL_ROWS - _SAMPLE_ROWS), min(count, _SAMPLE_ROWS + _TAIL_ROWS))
    found = set()
    for index, column in enumerate(sample.columns):
        texts = [text for text in column.to_pylist() if stripped(text)]
        if len(texts) > 1 and sum(map(is_amount, texts)) >= 0.8 * len(texts):
            found.add(index)
    return frozenset(found)


def _with_labels(
    cells: pa.Table, found: dict[int, Summary], filled: npt.NDArray[np.int32]
) -> tuple[pa.Table, dict[int, Summary]]:
    """Return the grid with each group's label in the first column of its rows; headings below the last row are remarks."""
    is_detail = filled > 1
    is_detail[sorted(found)] = False
    last = int(np.flatnonzero(is_detail).max()) if bool(is_detail.any()) else -1
    settled = {
        index: Summary("foot_line", "A line with one filled cell is a remark, not a record.")
        if summary.reason == "group_line" and index > last
        else summary
        for index, summary in found.items()
    }
    headings = {index: summary.label for index, summary in settled.items() if summary.reason == "group_line"}
    closed = {
        index: closed_label(stripped(cells.column(0)[index].as_py()))
        for index, summary in settled.items()
        if summary.reason == "total_line"
    }
    if not headings:
        return cells, settled
    labels = np.full(cells.num_rows, None, object)
    for begin, end, label in group_labels(headings, closed, cells.num_rows):
        labels[begin:end] = label
    labels[sorted(settled)] = None
    first = pc.coalesce(cells.column(0), pa.chunked_array([pa.array(labels, pa.string())]))
    return cells.set_column(0, "c0", first), settled


def _without(cells: pa.Table, gone: Sequence[int]) -> pa.Table:
    """Return the rows but those; few are cut out without copying the others."""
    if not gone:
        return cells
    if len(gone) > 200:
        mask = np.ones(cells.num_rows, bool)
        mask[list(gone)] = False
        return cells.filter(pa.array(mask))
    edges = [-1, *gone, cells.num_rows]
    return pa.concat_tables([cells.slice(begin + 1, end - begin - 1) for begin, end in pairwise(edges)])
