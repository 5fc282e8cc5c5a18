"""Workbooks (XLSX, XLSM, XLSB, XLS, ODS): every sheet with cells is a table.

Numbers become the shortest exact text, dates ISO 8601, truth TRUE or FALSE; a cell with a formula has the value that was
saved with it, a cell with an error none. ``line`` is the row of the sheet.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import IO

import numpy as np
import pyarrow as pa

from toolkit.errors import InputError
from toolkit.files.archive import opened_member, opened_zip, shown_name
from toolkit.files.header import header_position, stripped
from toolkit.files.layout import Grid, columns_of, laid_out
from toolkit.files.raw import RawTable
from toolkit.files.source import Budget, Reading, Source
from toolkit.files.workbook_cells import Sheet, WorkbookError, sheets

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


def workbook_tables(source: Source, reading: Reading) -> Iterator[RawTable]:
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
    count = 0
    try:
        for sheet in sheets(data):
            notes = source.notes if sheet.is_visible else (*source.notes, f"The sheet {sheet.name!r} is hidden.")
            part = "/".join(filter(None, (source.part, shown_name(sheet.name))))
            count += 1
            yield _sheet_table(replace(source, part=part, notes=notes), sheet, reading.known_headers)
    except WorkbookError as error:
        raise (_password(source) if error.is_protected else _damaged(source, error)) from error
    if not count:
        raise InputError(f"{source.label} has no sheet with cells in it. Export it again.")


def _password(source: Source) -> InputError:
    return InputError(f"{source.label} is protected by a password. Open it, save it without a password, and try again.")


def _damaged(source: Source, error: Exception) -> InputError:
    return InputError(
        f"{source.label} cannot be read as a workbook ({error}). Open it in the program it comes from and save it as XLSX."
    )


def _sheet_table(source: Source, sheet: Sheet, known_headers: frozenset[str]) -> RawTable:
    head = list(islice(sheet.rows, _HEAD_ROWS))
    filled = [index for index, row in enumerate(head) if any(map(stripped, row))]
    position = header_position([head[index] for index in filled], known_headers)
    header: tuple[int, tuple[str, ...]] = (0, ())
    top: tuple[tuple[str, ...], ...] = ()
    begin = 0
    if position is not None:
        header = (sheet.first_row + filled[position], tuple(head[filled[position]]))
        top = tuple(tuple(cell for cell in head[index] if stripped(cell)) for index in filled[:position])
        begin = filled[position] + 1
    tables = [columns_of(head[begin:], sheet.width)]
    while chunk := list(islice(sheet.rows, _CHUNK_ROWS)):
        tables.append(columns_of(chunk, sheet.width))
    cells = pa.concat_tables(tables)
    lines = np.arange(cells.num_rows, dtype=np.int64) + sheet.first_row + begin
    return laid_out(source, Grid(lines, cells, header, top, has_bad=True, keeps_empty=False))


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
