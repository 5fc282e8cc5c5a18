"""Workbooks (XLSX, XLSM, XLSB, XLS, ODS): every sheet with cells is a table.

Numbers become the shortest exact text, dates ISO 8601, truth TRUE or FALSE; a cell with a formula has the value that was
saved with it, a cell with an error none. ``line`` is the row of the sheet.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import IO, Any

import numpy as np
import pyarrow as pa

from toolkit.errors import InputError
from toolkit.files.archive import opened_member, opened_zip, shown_name
from toolkit.files.cells import text_of
from toolkit.files.header import header_position, stripped
from toolkit.files.layout import Grid, laid_out
from toolkit.files.raw import RawTable
from toolkit.files.source import Budget, Source

_HEAD_ROWS = 200
_CHUNK_ROWS = 20_000
_MAX_CELLS = 25_000_000
_SCAN_BYTES = 1 << 20
_OVERLAP_BYTES = 200
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_WORD_STREAM = "WordDocument".encode("utf-16-le")
_DECLARATION = re.compile(rb"<\x00?!\x00?(?:D\x00?O\x00?C\x00?T\x00?Y\x00?P\x00?E|E\x00?N\x00?T\x00?I\x00?T\x00?Y)")
_COLUMN = re.compile(rb"""\sr=["']([A-Z]{1,3})[0-9]""")
_ROW = re.compile(rb"""\sr=["'][A-Z]{1,3}([0-9]{1,7})["']""")
_REPEATED_CELL = re.compile(rb"""<(?:\w+:)?table-cell\b(?=[^>]*value-type)[^>]*columns-repeated=["'](\d+)""")
_REPEATED_ROW = re.compile(rb"""<(?:\w+:)?table-row\b[^>]*rows-repeated=["'](\d+)["'][^>]*>\s*<[^>]*value-type""")


def workbook_tables(source: Source, *, known_headers: frozenset[str] = frozenset()) -> Iterator[RawTable]:
    """Yield a table for each sheet that has cells.

    Raises
    ------
    InputError
        The workbook is protected by a password, damaged, a bomb, or empty.
    """
    data = source.whole()
    if data.startswith(b"PK"):
        _check_package(source)
    elif _ENCRYPTED_PACKAGE in data:
        raise _password(source)
    elif _WORD_STREAM in data:
        raise InputError(f"{source.label} is a Word document. Copy its table into a sheet and save that as XLSX or CSV.")
    sheets = 0
    for name, is_visible, sheet in _sheets(source, data):
        notes = source.notes if is_visible else (*source.notes, f"The sheet {name!r} is hidden.")
        part = "/".join(filter(None, (source.part, shown_name(name))))
        table = _sheet_table(replace(source, part=part, notes=notes), sheet, known_headers)
        if table is not None:
            sheets += 1
            yield table
    if not sheets:
        raise InputError(f"{source.label} has no sheet with cells in it. Export it again.")


def _password(source: Source) -> InputError:
    return InputError(f"{source.label} is protected by a password. Open it, save it without a password, and try again.")


def _sheets(source: Source, data: bytes) -> Iterator[tuple[str, bool, Any]]:
    import python_calamine as calamine

    try:
        with calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            for index, sheet in enumerate(book.sheets_metadata):
                if sheet.typ == calamine.SheetTypeEnum.WorkSheet:
                    is_visible = sheet.visible == calamine.SheetVisibleEnum.Visible
                    yield sheet.name, is_visible, book.get_sheet_by_index(index)
    except calamine.PasswordError as error:
        raise _password(source) from error
    except calamine.CalamineError as error:
        raise _damaged(source, error) from error
    except BaseException as error:
        # The reader is written in another language, whose failed assertions arrive as this one class outside Exception.
        if type(error).__name__ != "PanicException":
            raise
        raise _damaged(source, error) from error


def _damaged(source: Source, error: BaseException) -> InputError:
    if "password" in str(error).casefold():
        return _password(source)
    reason = str(error).split("\n")[0][:200]
    return InputError(
        f"{source.label} cannot be read as a workbook ({reason}). Open it in the program it comes from and save it as XLSX."
    )


def _sheet_table(source: Source, sheet: Any, known_headers: frozenset[str]) -> RawTable | None:
    if sheet.start is None or not sheet.height or not sheet.width:
        return None
    rows = iter(sheet.iter_rows())
    head = [[text_of(cell) for cell in row] for row in islice(rows, _HEAD_ROWS)]
    filled = [index for index, row in enumerate(head) if any(map(stripped, row))]
    position = header_position([head[index] for index in filled], known_headers)
    first_row = sheet.start[0] + 1
    header: tuple[int, tuple[str, ...]] = (0, ())
    top: tuple[tuple[str, ...], ...] = ()
    begin = 0
    if position is not None:
        header = (first_row + filled[position], tuple(head[filled[position]]))
        top = tuple(tuple(cell for cell in head[index] if stripped(cell)) for index in filled[:position])
        begin = filled[position] + 1
    tables = [_columns(head[begin:], sheet.width)]
    while chunk := list(islice(rows, _CHUNK_ROWS)):
        tables.append(_columns(chunk, sheet.width))
    cells = pa.concat_tables(tables)
    lines = np.arange(cells.num_rows, dtype=np.int64) + first_row + begin
    grid = Grid(lines, cells, header, top, has_bad=True, keeps_empty=False)
    return laid_out(source, grid)


def _columns(rows: Sequence[Sequence[Any]], width: int) -> pa.Table:
    columns = zip(*rows, strict=True) if rows else ([] for _ in range(width))
    arrays = [
        pa.array([(cell if isinstance(cell, str) else text_of(cell)) or None for cell in column], pa.string())
        for column in columns
    ]
    return pa.table(arrays, names=[f"c{index}" for index in range(width)])


def _check_package(source: Source) -> None:
    """Unpack every member once, keeping nothing: a bomb, a document type or cells without end are met before parsing."""
    budget = Budget(source.label)
    with opened_zip(source) as archive:
        for member in archive.infolist():
            is_sheet = re.match(r"xl/worksheets/.*\.xml$|content\.xml$", member.filename) is not None
            is_xml = member.filename.lower().endswith((".xml", ".rels", ".vml"))
            if member.flag_bits & 1:
                raise _password(source)
            try:
                with opened_member(source, archive, member, budget) as stream:
                    _scan(source, stream, is_xml=is_xml, is_sheet=is_sheet)
            except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, zlib.error) as error:
                raise _damaged(source, error) from error


def _scan(source: Source, stream: IO[bytes], *, is_xml: bool, is_sheet: bool) -> None:
    columns, last_row, repeated, rest = {b"A"}, 1, 1, b""
    while block := stream.read(_SCAN_BYTES):
        text = rest + block
        rest = text[-_OVERLAP_BYTES:]
        if is_xml and _DECLARATION.search(text):
            raise InputError(
                f"{source.label} has a document type in its XML, which no spreadsheet program writes. It is not opened."
            )
        if is_sheet:
            columns.update(_COLUMN.findall(text))
            last_row = max(last_row, max(map(int, set(_ROW.findall(text))), default=1))
            last_row = max(last_row, max(map(int, _REPEATED_ROW.findall(text)), default=1))
            repeated = max(repeated, max(map(int, _REPEATED_CELL.findall(text)), default=1))
            if last_row * max(repeated, *map(_column_number, columns)) > _MAX_CELLS:
                raise InputError(
                    f"{source.label} spreads its cells over more than {_MAX_CELLS:,} places. Delete what stands far off the "
                    "table, or save the sheet as CSV."
                )


def _column_number(letters: bytes) -> int:
    """Return the number of a column, from 1: A is 1, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
