"""Several tables on one sheet: where one ends and the next begins, beside it or below.

Nothing is cut without evidence, because a table may well have an empty column or an empty row. Two tables stand side by
side where an empty column parts two headers, and either the same name stands in both or they begin or end on different
rows. A table stands below another where a row of names follows an empty line, or follows values directly, and the rows
below it hold values where it has names.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.files.header import header_position, is_name, normal_name, stripped
from toolkit.files.summary_words import is_total_label

_HEAD_ROWS = 200
_JUDGED_ROWS = 20
_MAX_CANDIDATES, _MAX_LOOKED_AT = 5_000, 400_000
_MAX_DEPTH = 6
_MIN_DENSITY = 0.8
_MANY = 0.8
_MAX_TITLES = 5
_MIN_NAMES, _MIN_RECORDS, _MAX_FIRST_ROWS = 3, 2, 15

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Block:
    """A rectangle of cells: rows and columns from 0, the ends not included."""

    first_row: int
    end_row: int
    first_column: int
    end_column: int


@dataclass(frozen=True, slots=True)
class _Plane:
    """All cells of a sheet, which of them are filled, and before which rows an empty line stands."""

    cells: pa.Table
    filled: Mask
    breaks: Mask
    known: frozenset[str]

    def row(self, index: int, block: Block) -> list[str]:
        columns = self.cells.columns[block.first_column : block.end_column]
        return [stripped(column[index].as_py()) for column in columns]

    def rows(self, block: Block, count: int) -> list[list[str]]:
        """Return the first rows of a block that are not empty."""
        places = np.flatnonzero(self.inside(block).any(axis=1))[:count] + block.first_row
        taken = self.cells.select(range(block.first_column, block.end_column)).take(pa.array(places, pa.int64()))
        return [
            [stripped(cell) for cell in row] for row in zip(*(column.to_pylist() for column in taken.columns), strict=True)
        ]

    def inside(self, block: Block) -> Mask:
        return self.filled[block.first_row : block.end_row, block.first_column : block.end_column]


def blocks(cells: pa.Table, filled: Mask, breaks: Mask, known_headers: frozenset[str] = frozenset()) -> list[Block]:
    """Return the tables of a sheet, from the left and from the top; one block of all cells where nothing parts them.

    Parameters
    ----------
    cells
        Text columns, the rows from the first to the last filled one.
    filled
        Which cells hold more than blanks, rows by columns.
    breaks
        Before which rows an empty line stands that ``cells`` does not have.
    known_headers
        Names of columns of known exports.
    """
    plane = _Plane(cells, filled, breaks, frozenset(map(normal_name, known_headers)))
    whole = Block(0, cells.num_rows, 0, cells.num_columns)
    return list(_cut(plane, whole, 0)) if filled.any() else [whole]


def cell_range(first_line: int, last_line: int, first_column: int, end_column: int) -> str:
    """Return a place on a sheet as its program writes it; lines from 1, columns from 0, the last not included.

    Parameters
    ----------
    first_line, last_line
        Lines of the file or rows of the sheet, from 1.
    first_column, end_column
        Columns from 0; the last one is before ``end_column``.

    Examples
    --------
    >>> cell_range(1, 20, 0, 28)
    'A1:AB20'
    """
    return f"{column_letters(first_column)}{first_line}:{column_letters(end_column - 1)}{last_line}"


def part_name(part: str, place: str) -> str:
    """Return the name of a place in a part of a file.

    Examples
    --------
    >>> part_name("Sheet1", "A1:D20"), part_name("", "A1:D20")
    ('Sheet1!A1:D20', 'A1:D20')
    """
    return f"{part}!{place}" if part else place


def column_letters(column: int) -> str:
    """Return the letters of a column, counted from 0.

    Examples
    --------
    >>> column_letters(0), column_letters(27)
    ('A', 'AB')
    """
    letters, rest = "", column + 1
    while rest:
        rest, letter = divmod(rest - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters


def _cut(plane: _Plane, block: Block, depth: int) -> Iterator[Block]:
    parts = [block]
    if depth < _MAX_DEPTH:
        parts = _beside(plane, block)
        if len(parts) == 1:
            parts = _below(plane, block)
    if len(parts) == 1:
        yield parts[0]
        return
    for part in parts:
        yield from _cut(plane, _shrunk(plane, part), depth + 1)


def _shrunk(plane: _Plane, block: Block) -> Block:
    """Return the block without empty rows and columns around it."""
    inside = plane.inside(block)
    rows, columns = np.flatnonzero(inside.any(axis=1)), np.flatnonzero(inside.any(axis=0))
    if not rows.size:
        return block
    return Block(
        block.first_row + int(rows[0]),
        block.first_row + int(rows[-1]) + 1,
        block.first_column + int(columns[0]),
        block.first_column + int(columns[-1]) + 1,
    )


def _beside(plane: _Plane, block: Block) -> list[Block]:
    used = np.flatnonzero(plane.inside(block).any(axis=0))
    gaps = np.flatnonzero(np.diff(used) > 1)
    if not gaps.size or gaps.size > _HEAD_ROWS:
        return [block]
    parts: list[Block] = []
    begin = block.first_column
    for gap in gaps.tolist():
        left_end, right_begin = block.first_column + int(used[gap]) + 1, block.first_column + int(used[gap + 1])
        later = gaps[gaps > gap]
        right_end = block.first_column + int(used[later[0]]) + 1 if later.size else block.end_column
        left = Block(block.first_row, block.end_row, begin, left_end)
        right = Block(block.first_row, block.end_row, right_begin, right_end)
        if _are_apart(plane, left, right):
            parts.append(left)
            begin = right_begin
    parts.append(Block(block.first_row, block.end_row, begin, block.end_column))
    return parts


@dataclass(frozen=True, slots=True)
class _Side:
    """What one side of an empty column looks like: its header, and the rows on which its records begin and end."""

    names: tuple[str, ...]
    header_row: int
    last_row: int
    has_title: bool


def _are_apart(plane: _Plane, left: Block, right: Block) -> bool:
    one, other = _side(plane, left), _side(plane, right)
    if one is None or other is None:
        return False
    if set(map(normal_name, one.names)) & set(map(normal_name, other.names)):
        return True
    if one.has_title and other.has_title:
        return True
    return one.header_row != other.header_row or one.last_row != other.last_row


def _side(plane: _Plane, block: Block) -> _Side | None:
    """Return the table on one side; none where there is no header of two names, or its rows have holes."""
    inside = plane.inside(block)
    rows = np.flatnonzero(inside.any(axis=1))
    head = plane.rows(block, _HEAD_ROWS)
    position = header_position(head, plane.known)
    if position is None or sum(map(bool, head[position])) < 2:
        return None
    header_row = int(rows[position])
    below = rows[rows > header_row]
    records = [row for row in below.tolist() if inside[row].sum() > 1 and not _is_total(plane, block, row, below)]
    if not records:
        return None
    last = records[-1]
    # Optional columns (a remark, a date of return) have holes all over; the rows of a table of its own stand together.
    beside = plane.filled[block.first_row + header_row + 1 : block.first_row + last + 1].any(axis=1)
    if len(records) < _MIN_DENSITY * int(beside.sum()):
        return None
    has_title = position > 0 and sum(map(bool, head[position - 1])) == 1
    return _Side(tuple(filter(None, head[position])), header_row, last, has_title)


def _is_total(plane: _Plane, block: Block, row: int, below: npt.NDArray[np.int64]) -> bool:
    """Say whether one of the last rows calls itself a total, anywhere on the sheet's row."""
    if row < below[-min(3, len(below))]:
        return False
    whole = Block(0, 0, 0, plane.cells.num_columns)
    return any(is_total_label(cell) for cell in plane.row(block.first_row + row, whole) if cell)


def _below(plane: _Plane, block: Block) -> list[Block]:
    inside = plane.inside(block)
    counts = inside.sum(axis=1)
    breaks = plane.breaks[block.first_row : block.end_row].copy()
    breaks[1:] |= counts[:-1] == 0
    head = plane.rows(block, _HEAD_ROWS)
    places = np.flatnonzero(inside.any(axis=1))[: len(head)]
    position = _first_header(head, breaks[places], plane.known)
    if position is None:
        return [block]
    header_row, header = int(places[position]), _names(head[position])
    edges, top = [0], header_row
    said = _titles(plane, block, 0, header_row)
    for row, is_after_gap in _candidates(plane, block, counts, breaks, header_row).items():
        names = _names(plane.row(block.first_row + row, block))
        begin = _with_titles(counts, breaks, row, top + 1)
        title = _titles(plane, block, begin, row)
        # The same header again is the next page, unless a title says that another list begins.
        is_new = bool(title - said) if names == header else _is_header(plane, block, row, header, is_after_gap=is_after_gap)
        if is_new:
            edges.append(begin)
            header, top = names, row
            said |= title
    edges.append(block.end_row - block.first_row)
    return [
        Block(block.first_row + begin, block.first_row + end, block.first_column, block.end_column)
        for begin, end in pairwise(edges)
    ]


def _titles(plane: _Plane, block: Block, begin: int, end: int) -> set[str]:
    """Return the texts of the rows above a header."""
    return {cell for row in range(begin, end) for cell in plane.row(block.first_row + row, block) if cell}


def _first_header(head: Sequence[Sequence[str]], breaks: Mask, known: frozenset[str]) -> int | None:
    """Return the header of the first table: a wider one further down must not make the first look like a preamble.

    A preamble has rows of one and two cells; three names above two rows of three cells, up to the next empty line, are
    a table.
    """
    edges = [*np.flatnonzero(breaks).tolist(), len(head)]
    begin = 0
    for end in edges:
        run = head[begin:end]
        position = header_position(run, known)
        if position is not None:
            widths = [sum(map(bool, row)) for row in run[position:]]
            wide = sum(width >= _MIN_NAMES for width in widths[1:])
            if widths[0] >= _MIN_NAMES and wide >= _MIN_RECORDS and 2 * wide >= len(widths) - 1:
                return begin + position
        begin = end
        if begin >= _MAX_FIRST_ROWS:
            break
    return header_position(head, known)


def _names(row: Sequence[str]) -> tuple[str, ...]:
    return tuple(normal_name(cell) for cell in row if cell)


def _candidates(
    plane: _Plane, block: Block, counts: npt.NDArray[np.int64], breaks: Mask, header_row: int
) -> dict[int, bool]:
    """Return the rows that may be a header, and whether each stands below an empty line or a title.

    The others lack digits in a column that is full of them.
    """
    after_gap: set[int] = set()
    gaps = np.flatnonzero(breaks & (counts > 0))
    if len(gaps) > _MAX_CANDIDATES:
        return {}
    for row in gaps.tolist():
        place = row
        while place < len(counts) - 1 and counts[place] <= 1 and place < row + _MAX_TITLES:
            place += 1
        after_gap.add(place)
    bare: set[int] = set()
    for index in range(block.first_column, block.end_column):
        bare.update(cells_without_digits(plane.cells.column(index).slice(block.first_row, len(counts))))
    most = min(_MAX_CANDIDATES, _MAX_LOOKED_AT // max(1, block.end_column - block.first_column))
    found = after_gap | bare if len(after_gap | bare) <= most else set(sorted(after_gap)[:most])
    return {row: row in after_gap for row in sorted(found) if row > header_row + 1 and counts[row] > 1}


def cells_without_digits(column: pa.ChunkedArray) -> list[int]:
    """Return the few rows whose cell has no digit, in a column that is full of digits."""
    count = len(column) - column.null_count
    if not count:
        return []
    has_digit = pc.match_substring_regex(column, r"\d")
    with_digits = pc.sum(has_digit).as_py() or 0
    if with_digits < _MANY * count or count - with_digits > _MAX_CANDIDATES:
        return []
    found: list[int] = np.flatnonzero(pc.fill_null(pc.invert(has_digit), fill_value=False).to_numpy()).tolist()
    return found


def _is_header(plane: _Plane, block: Block, row: int, header: tuple[str, ...], *, is_after_gap: bool) -> bool:
    cells = plane.row(block.first_row + row, block)
    filled = [cell for cell in cells if cell]
    if len(set(filled)) < len(filled) or not all(map(is_name, filled)) or is_total_label(filled[0]):
        return False
    rest = Block(block.first_row + row + 1, block.end_row, block.first_column, block.end_column)
    below = plane.rows(rest, _JUDGED_ROWS)
    # The rows of this table end where the next title, of one cell, or nothing stands.
    below = below[: next((place for place, other in enumerate(below) if sum(map(bool, other)) <= 1), len(below))]
    if not below:
        return False
    known = sum(normal_name(cell) in plane.known for cell in filled)
    if 2 * known > len(filled):
        return True
    over_values = sum(_holds_values([other[place] for other in below]) for place, cell in enumerate(cells) if cell)
    # A customer whose phone is "unknown" has a row without digits too; one word of a header is not one of its values.
    shares_name = known or set(_names(cells)) & set(header)
    is_other_shape = len(filled) != len(header) or [bool(cell) for cell in cells] != [bool(name) for name in header]
    if is_after_gap:
        return 2 * over_values > len(filled) or (over_values > 0 and bool(shares_name or is_other_shape))
    return over_values > 1 and bool(shares_name)


def _holds_values(cells: Sequence[str]) -> bool:
    filled = [cell for cell in cells if cell]
    return 2 * sum(bool(re.search(r"\d", cell)) for cell in filled) > len(filled)


def _with_titles(counts: npt.NDArray[np.int64], breaks: Mask, row: int, least: int) -> int:
    """Return the first row of the titles of one cell above a header, with the empty lines between them and it."""
    begin, has_title = row, False
    while begin > least and counts[begin - 1] <= 1 and not (has_title and breaks[begin]):
        begin -= 1
        has_title = has_title or bool(counts[begin])
    return begin
