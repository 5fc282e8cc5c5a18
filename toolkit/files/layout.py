"""From the cells of a file to a table: header, rows, and everything put aside with its reason.

Works on whole columns; only rows that may be something other than a record are looked at one by one.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.files.column_masks import filled_counts, is_filled, true_rows
from toolkit.files.encoding import UNREADABLE
from toolkit.files.header import stripped
from toolkit.files.raw import RawTable
from toolkit.files.source import Source
from toolkit.files.summary_lines import Summary
from toolkit.files.summary_rows import GROUP, summary_rows, with_group_column, with_labels
from toolkit.files.whole_numbers import without_empty_fractions
from toolkit.tables import QUARANTINE

MAX_CELL_BYTES = 1_000_000
_MAX_ROW_CHARS = 10_000
_BAD_CELL = re.compile(f"[\x00\ud800-\udfff{UNREADABLE}]")
_LONE = frozenset({"one_cell", "foot_line", "empty_line"})
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
    ``short`` has the number of cells of rows that lack some, by line.
    """

    lines: npt.NDArray[np.int64]
    cells: pa.Table
    header: tuple[int, tuple[str, ...]]
    top: tuple[tuple[str, ...], ...] = ()
    aside: tuple[Aside, ...] = ()
    has_bad: bool = False
    keeps_empty: bool = True
    short: Mapping[int, int] = field(default_factory=dict)


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
    """Return a table whose format names its own columns (JSON, bank files): no header row, no total lines.

    Parameters
    ----------
    source
        The file.
    headers
        Names of the columns.
    rows
        Line and cells of each row, a cell for each header or fewer.
    encoding
        Of the text, as people write it.
    aside
        Rows put aside already.
    preamble
        Cells of the lines above.
    """
    lines, good, refused = [], [], list(aside)
    for line, cells in rows:
        reason = cells_refused(line, cells)
        if reason:
            refused.append(reason)
        else:
            lines.append(line)
            good.append(cells)
    cells = columns_of(good, len(headers))
    places = np.array(lines, np.int64)
    return columns_table(source, headers, places, cells, encoding=encoding, aside=refused, preamble=preamble)


def columns_table(
    source: Source,
    headers: Sequence[str],
    lines: npt.NDArray[np.int64],
    cells: pa.Table,
    *,
    encoding: str = "",
    aside: Sequence[Aside] = (),
    preamble: tuple[tuple[str, ...], ...] = (),
) -> RawTable:
    """Return the same of columns whose cells can all be records.

    Parameters
    ----------
    source, headers, encoding, aside, preamble
        As for ``plain_table``.
    lines
        The line of each row.
    cells
        The text columns ``c0``, ``c1`` …, one for each header.
    """
    # A name is shown and compared, never read back: what is no text in it becomes a question mark.
    names = tuple(_BAD_CELL.sub("?", stripped(name)) for name in headers)
    return _table(source, names, lines, cells, aside, encoding=encoding, preamble=preamble)


def typed_table(source: Source, headers: Sequence[str], lines: npt.NDArray[np.int64], cells: pa.Table) -> RawTable:
    """Return a table that comes in columns and names them itself (Parquet).

    Parameters
    ----------
    source
        The file.
    headers
        Names of the columns.
    lines
        Line of each row.
    cells
        The text columns ``c0``, ``c1`` …, one for each header.
    """
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
    """Return the table of a grid: the header's cells name the columns, rows that are no records are put aside.

    Parameters
    ----------
    source
        The file.
    grid
        Its cells.
    encoding, delimiter
        Of a text; empty for other formats.
    """
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
    filled = filled_counts(cells)
    is_grouped = bool(headers) and not headers[0] and any(headers)
    found = summary_rows(cells, filled, frozenset(aside), is_grouped=is_grouped)
    found |= _repeated_headers(cells, headers, found)
    if is_grouped:
        cells, found = with_labels(cells, found, filled)
    elif any(summary.label for summary in found.values()):
        cells, found = with_group_column(cells, found, filled)
        headers += (GROUP,) * (cells.num_columns - len(headers))
    totals = _put_summaries_aside(aside, lines, cells, found, keeps_empty=grid.keeps_empty)
    _put_short_aside(aside, grid, cells, len(header_cells), frozenset(found))
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
        totals=totals,
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
    cells, notes = without_empty_fractions(cells, headers)
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
        notes=(*source.notes, *notes),
    )


def _shown(cells: tuple[str | None, ...]) -> str:
    r"""Return a row as JSON text of at most 10,000 characters, unreadable bytes as ``\\x81``."""
    short = [cell[:_MAX_ROW_CHARS] if cell else "" for cell in cells[:2_000]]
    text = json.dumps(short, ensure_ascii=False)[:_MAX_ROW_CHARS]
    return text.replace(UNREADABLE, "\\x").encode("utf-8", "backslashreplace").decode()


def _put_summaries_aside(
    aside: dict[int, Aside],
    lines: npt.NDArray[np.int64],
    cells: pa.Table,
    found: Mapping[int, Summary],
    *,
    keeps_empty: bool,
) -> tuple[dict[int, str], ...]:
    """Put the rows that are no records aside and return the cells of the totals among them."""
    totals = []
    for index, summary in sorted(found.items()):
        if summary.reason == "empty_line" and not keeps_empty:
            continue
        row = _row(cells, index)
        if summary.reason == "total_line":
            totals.append({column: cell for column, cell in enumerate(row) if cell and stripped(cell)})
        aside[index] = Aside(int(lines[index]), summary.reason, summary.detail, row)
    return tuple(totals)


def _put_short_aside(aside: dict[int, Aside], grid: Grid, cells: pa.Table, width: int, passed_over: frozenset[int]) -> None:
    for index in np.flatnonzero(np.isin(grid.lines, list(grid.short))).tolist() if grid.short else ():
        if index not in passed_over:
            count = grid.short[int(grid.lines[index])]
            detail = f"The row has {count} cells, the other rows have {width}."
            aside.setdefault(index, Aside(int(grid.lines[index]), "too_few_cells", detail, _row(cells, index)[:count]))


def _repeated_headers(cells: pa.Table, headers: tuple[str, ...], found: Mapping[int, Summary]) -> dict[int, Summary]:
    """Return the rows that are the header again, as on each page of a report, with the titles above them."""
    place = next((place for place, header in enumerate(headers) if header), None)
    if place is None or sum(map(bool, headers)) < 2:
        return {}
    repeats: dict[int, Summary] = {}
    for index in true_rows(pc.equal(cells.column(place), headers[place])):
        if tuple(stripped(cell) for cell in _row(cells, index)) != headers:
            continue
        repeats[index] = Summary("repeated_header", "The line repeats the names of the columns.")
        above = index - 1
        while above in found and found[above].reason in _LONE:
            repeats[above] = Summary("repeated_header", "The line stands above the repeated names of the columns.")
            above -= 1
    return repeats


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


def _matching(cells: pa.Table, pattern: str) -> list[int]:
    return sorted({index for column in cells.columns for index in true_rows(pc.match_substring_regex(column, pattern))})


def _too_long(cells: pa.Table) -> list[int]:
    found: set[int] = set()
    for column in cells.columns:
        lengths = pc.binary_length(column)
        if (pc.max(lengths).as_py() or 0) > MAX_CELL_BYTES:
            found.update(true_rows(pc.greater(lengths, MAX_CELL_BYTES)))
    return sorted(found)


def _any(cells: pa.Table, columns: Iterable[int]) -> list[int]:
    found: set[int] = set()
    for column in columns:
        found.update(true_rows(is_filled(cells.column(column))))
    return sorted(found)


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
