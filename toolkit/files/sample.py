"""The tables of a file with only the rows at its start, middle and end: what a file is, without reading all of it.

Large delimited text and JSON lines are read at three places by bytes, everything else whole and then cut. A place inside
the file begins at the line below which most rows have the width that is usual in the file, so that the lines of a quoted
cell are not taken for rows.
"""

import io
import math
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import BinaryIO

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.files.dialect import sniffed_delimiter, usual_width
from toolkit.files.encoding import sniffed_encoding
from toolkit.files.raw import RawTable
from toolkit.files.read import kind_of, opened_source, source_tables
from toolkit.files.source import Reading, Source
from toolkit.files.text_rows import TextRow, text_rows
from toolkit.interpret.given_table import LOOKED_AT, looked_at

_WHOLE_BELOW_BYTES = 5_000_000
_PLACES = 3
_MAX_PLACE_BYTES = 2_000_000
_SNIFFED_LINES = 300
_TRIED_STARTS = 40
_JUDGED_ROWS = 30


@dataclass(frozen=True, slots=True)
class SampledTable:
    """A table of which perhaps not all rows were read.

    ``line`` is null in ``raw.rows`` and ``raw.quarantine`` where it is not known. ``rows_total_estimate`` counts the rows of
    the whole table: exact where all were read (``is_whole``, or a workbook cut afterwards), else by the bytes of a row.
    """

    raw: RawTable
    rows_total_estimate: int
    is_whole: bool


def sampled_tables(
    path: Path,
    *,
    root: Path,
    rows: int = LOOKED_AT,
    known_headers: frozenset[str] = frozenset(),
    hidden_sheets: Collection[str] = (),
    encoding: str = "",
) -> Iterator[SampledTable]:
    """Yield the tables of a file, each with some ``rows`` rows at most: a third each from its start, middle and end.

    Parameters
    ----------
    path, root, known_headers, hidden_sheets, encoding
        As for ``raw_tables``.
    rows
        Rows to look at in each table, 3 or more.

    Raises
    ------
    InputError
        As for ``raw_tables``.
    """
    source = opened_source(path, root, is_hashed=False)
    reading = Reading(known_headers, frozenset(hidden_sheets), encoding)
    excerpt = _excerpt(source, max(1, rows // _PLACES)) if _can_be_excerpted(source) else None
    if excerpt is None:
        for raw in source_tables(source, reading):
            yield _cut(raw, rows)
        return
    for raw in source_tables(replace(source, open=excerpt.opened), reading):
        known = replace(
            raw,
            rows=_with_known_lines(raw.rows, excerpt.head_lines),
            quarantine=_with_known_lines(raw.quarantine, excerpt.head_lines),
        )
        yield SampledTable(known, math.ceil(raw.rows_read * source.size / len(excerpt.data)), is_whole=False)


def _can_be_excerpted(source: Source) -> bool:
    if source.size < _WHOLE_BELOW_BYTES:
        return False
    kind = kind_of(source)
    is_rows = kind == "text file" or (kind == "JSON file" and source.name.lower().endswith((".jsonl", ".ndjson")))
    # Two or four bytes a character are rare in files of this size; they are read whole.
    return is_rows and sniffed_encoding(source.head(4096))[0] == "utf-8"


@dataclass(frozen=True, slots=True)
class _Excerpt:
    """Whole rows of a file from three places, one after the other; the first ``head_lines`` lines are the file's own."""

    data: bytes
    head_lines: int

    def opened(self) -> BinaryIO:
        return io.BytesIO(self.data)


def _excerpt(source: Source, count: int) -> _Excerpt | None:
    """Return the excerpt; none where rows are so long that there is nothing to leave out."""
    with source.open() as stream:
        head = _lines(stream.read(_MAX_PLACE_BYTES))
        delimiter = sniffed_delimiter(head[:_SNIFFED_LINES])
        first = _whole_rows(head, delimiter, count)
        rows = list(text_rows(head[: min(len(first), _SNIFFED_LINES)], delimiter))
        width = usual_width([len(row.cells) for row in rows])
        # A place is read with room for the rows before its first whole one, and for rows longer than those of the start.
        length = min(_MAX_PLACE_BYTES, 2 * sum(map(len, first)) + _TRIED_STARTS * 200)
        if not first or source.size < 4 * length:
            return None
        pieces = ["".join(first)]
        # The end begins so that it is as long as the start: its last row is whole, and cannot be counted back from.
        for begin, is_end in ((source.size // 2, False), (source.size - sum(map(len, first)), True)):
            stream.seek(begin)
            block = _lines(stream.read(length))
            start = _first_row(block, delimiter, width)
            pieces.append("".join(block[start:] if is_end else _whole_rows(block[start:], delimiter, count)))
    data = "".join(piece if piece.endswith("\n") else piece + "\n" for piece in pieces)
    return _Excerpt(data.encode("latin-1"), len(first))


def _lines(block: bytes) -> list[str]:
    """Return the lines of a block, each byte as one character: separators, quotes and line ends stay what they are."""
    text = block.decode("latin-1")
    lines = [f"{line}\n" for line in text.split("\n")]
    lines[-1] = lines[-1][:-1]
    return lines if lines[-1] else lines[:-1]


def _whole_rows(lines: list[str], delimiter: str, count: int) -> list[str]:
    """Return the lines of the first ``count`` rows; the last row of all is left out, because it may be cut off."""
    rows: list[TextRow] = list(islice(text_rows(lines, delimiter), count + 1))
    return lines[: rows[-1].line - 1] if rows else []


def _first_row(lines: list[str], delimiter: str, width: int) -> int:
    """Return the index of the line where whole rows begin; the first line is the rest of one that was cut."""

    def fitting(start: int) -> int:
        rows = islice(text_rows(lines[start : start + 10 * _JUDGED_ROWS], delimiter), _JUDGED_ROWS)
        return sum(len(row.cells) == width and not row.reason for row in rows)

    return max(range(1, max(2, min(_TRIED_STARTS, len(lines)))), key=fitting)


def _with_known_lines(table: pa.Table, last: int) -> pa.Table:
    """Return the table with null for the lines below the first place, whose numbers nobody has counted."""
    place = table.schema.get_field_index("line")
    lines = table.column(place)
    known = pc.if_else(pc.less_equal(lines, last), lines, pa.scalar(None, lines.type))
    return table.set_column(place, table.schema.field(place), known)


def _cut(raw: RawTable, rows: int) -> SampledTable:
    count = raw.rows.num_rows
    if count <= rows:
        return SampledTable(raw, raw.rows_read, is_whole=True)
    # A copy, so that the whole table does not stay in memory.
    kept = looked_at(raw.rows, rows).combine_chunks()
    cut = replace(raw, rows=kept, rows_read=kept.num_rows + raw.quarantine.num_rows)
    return SampledTable(cut, raw.rows_read, is_whole=False)
