"""Workbooks (XLSX, XLSM, XLSB, XLS, ODS): every sheet with cells is a table.

Numbers become the shortest exact text, dates ISO 8601, truth TRUE or FALSE; a cell with a formula has the value that was
saved with it, a cell with an error the error's text (``#N/A``; in XLS and XLSB none). ``line`` is the row of the sheet.
"""

import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import islice

import numpy as np
import pyarrow as pa

from toolkit.errors import InputError
from toolkit.files.archive import shown_name
from toolkit.files.blocks import Block, blocks, cell_range, part_name
from toolkit.files.column_masks import filled_mask
from toolkit.files.form_sheets import FORM_NOTE, form_titles, is_form
from toolkit.files.header import buried_note, header_place, stripped
from toolkit.files.layout import Grid, columns_of, laid_out
from toolkit.files.package import ProtectedError, checked_package
from toolkit.files.percent_cells import Places, percent_cells, percent_text
from toolkit.files.raw import RawTable
from toolkit.files.source import Reading, Source
from toolkit.files.workbook_cells import Sheet, WorkbookError, sheets

_HEAD_ROWS = 200
_CHUNK_ROWS = 20_000
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
# Records of the old format for an error and for a formula whose result is one. Source: MS-XLS 2.4.24, 2.4.127 and 2.5.10.
_OLD_ERROR = re.compile(
    rb"\x05\x02\x08\x00.{6}[\x00\x07\x0f\x17\x1d\x24\x2a]\x01|"
    rb"\x06\x00.[\x00-\x20].{6}\x02.[\x00\x07\x0f\x17\x1d\x24\x2a].{3}\xff\xff",
    re.DOTALL,
)
_WORD_STREAM = "WordDocument".encode("utf-16-le")


def workbook_tables(source: Source, reading: Reading) -> Iterator[RawTable]:
    """Yield the tables of each sheet that has cells; a hidden sheet is left out unless it is asked for by name.

    Raises
    ------
    InputError
        The workbook is protected by a password, damaged, a bomb, empty, or all its sheets are hidden.
    """
    data = source.whole()
    hidden: Mapping[str, tuple[int, int]] = {}
    percent: Mapping[str, Places] = {}
    if data.startswith(b"PK"):
        try:
            package = checked_package(source, data)
        except ProtectedError as error:
            raise _password(source) from error
        except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, zlib.error) as error:
            raise _damaged(source, error) from error
        data, hidden = package.data, package.hidden
        if reading.is_filled_in:
            # People answer what they see.
            percent = percent_cells(data)
        source = replace(source, notes=(*source.notes, *package.notes))
    elif _ENCRYPTED_PACKAGE in data:
        raise _password(source)
    elif _WORD_STREAM in data:
        raise InputError(f"{source.label} is a Word document. Copy its table into a sheet and save that as XLSX or CSV.")
    elif errors := len(_OLD_ERROR.findall(data)):
        cells = "cell with an error such as #N/A is" if errors == 1 else "cells with errors such as #N/A are"
        note = f"{errors:,} {cells} read as empty; save the workbook as XLSX to tell them apart."
        source = replace(source, notes=(*source.notes, note))
    try:
        found = (_as_shown(sheet, percent.get(sheet.name, frozenset())) for sheet in sheets(data))
        yield from _tables(source, reading, found, hidden)
    except WorkbookError as error:
        raise (_password(source) if error.is_protected else _damaged(source, error)) from error


def _tables(
    source: Source, reading: Reading, found: Iterable[Sheet], hidden: Mapping[str, tuple[int, int]]
) -> Iterator[RawTable]:
    left_out: list[str] = []
    tables: list[RawTable] = []
    for sheet in found:
        name = shown_name(sheet.name)
        if not (sheet.is_visible or reading.is_filled_in or sheet.name in reading.hidden_sheets):
            left_out.append(sheet.name)
            continue
        notes = source.notes if sheet.is_visible else (*source.notes, f"The sheet {name!r} is hidden, and was read.")
        notes += _hidden_note(*hidden.get(sheet.name, (0, 0)))
        part = "/".join(filter(None, (source.part, name)))
        tables += _sheet_tables(replace(source, part=part, notes=notes), sheet, reading)
    if not tables and left_out:
        names = ", ".join(repr(shown_name(name)) for name in left_out)
        raise InputError(
            f"{source.label} has only hidden sheets with cells in them: {names}. Make "
            "visible what is to be read, or name it in the settings."
        )
    if not tables:
        raise InputError(f"{source.label} has no sheet with cells in it. Export it again.")
    said = tuple(
        f"Sheet {shown_name(name)!r} is hidden and was left out; make it visible, or name it in the settings, if it counts."
        for name in left_out
    )
    for table in tables:
        yield replace(table, notes=(*table.notes, *said), hidden_sheets=tuple(left_out))


def _as_shown(sheet: Sheet, percent: Places) -> Sheet:
    """Return a sheet whose numbers are percentages where they show as such: 0.03 is ``3%``."""
    if not percent:
        return sheet

    by_line: dict[int, set[int]] = {}
    for line, column in percent:
        by_line.setdefault(line, set()).add(column - sheet.first_column)
    rows = (
        [percent_text(cell) if place in by_line[line] else cell for place, cell in enumerate(cells)]
        if line in by_line
        else cells
        for line, cells in enumerate(sheet.rows, start=sheet.first_row)
    )
    return sheet._replace(rows=rows)


def _hidden_note(rows: int, columns: int) -> tuple[str, ...]:
    if not rows and not columns:
        return ()
    counts = [f"{count:,} {noun}{'s' * (count != 1)}" for count, noun in ((rows, "row"), (columns, "column")) if count]
    return (f"{' and '.join(counts)} of the sheet {'is' if rows + columns == 1 else 'are'} hidden; they were read.",)


def _password(source: Source) -> InputError:
    return InputError(f"{source.label} is protected by a password. Open it, save it without a password, and try again.")


def _damaged(source: Source, error: Exception) -> InputError:
    return InputError(
        f"{source.label} cannot be read as a workbook ({error}). Open it in the program it comes from and save it as XLSX."
    )


def _sheet_tables(source: Source, sheet: Sheet, reading: Reading) -> Iterator[RawTable]:
    """Yield the table of a sheet, or the several that stand below or beside each other."""
    chunks = [columns_of([], sheet.width)]
    while chunk := list(islice(sheet.rows, _CHUNK_ROWS)):
        chunks.append(columns_of(chunk, sheet.width))
    cells = pa.concat_tables(chunks)
    known = reading.known_headers
    found = [Block(0, cells.num_rows, 0, cells.num_columns)]
    if not reading.is_filled_in:
        found = blocks(cells, filled_mask(cells), np.zeros(cells.num_rows, bool), known)
    for block in found:
        part = source
        if len(found) > 1:
            first = sheet.first_row + block.first_row, sheet.first_row + block.end_row - 1
            columns = sheet.first_column + block.first_column, sheet.first_column + block.end_column
            part = replace(source, part=part_name(source.part, cell_range(*first, *columns)))
        taken = cells.slice(block.first_row, block.end_row - block.first_row)
        taken = taken.select(range(block.first_column, block.end_column))
        yield _block_table(part, taken, sheet.first_row + block.first_row, known)


def _block_table(source: Source, cells: pa.Table, first_row: int, known: frozenset[str]) -> RawTable:
    head = [
        ["" if cell is None else cell for cell in row]
        for row in zip(*(column.to_pylist() for column in cells.slice(0, _HEAD_ROWS).columns), strict=True)
    ]
    filled = [index for index, row in enumerate(head) if any(map(stripped, row))]
    rows = [head[index] for index in filled]
    is_form_like = cells.num_rows < _HEAD_ROWS and is_form(rows, known)
    position, is_buried = (None, False) if is_form_like else header_place(rows, known)
    lines = np.arange(cells.num_rows, dtype=np.int64) + first_row
    body = cells.rename_columns([f"c{index}" for index in range(cells.num_columns)])
    if is_form_like:
        titles = form_titles(rows)
        top = tuple(tuple(cell for cell in row if stripped(cell)) for row in rows[:titles])
        begin = filled[titles]
        source = replace(source, notes=(*source.notes, FORM_NOTE))
        grid = Grid(lines[begin:], body.slice(begin), (0, ()), top, has_bad=True, keeps_empty=False)
        return laid_out(source, grid)
    if position is None:
        return laid_out(source, Grid(lines, body, (0, ()), has_bad=True, keeps_empty=False))
    place = filled[position]
    header = (first_row + place, tuple(head[place]))
    if is_buried:
        source = replace(source, notes=(*source.notes, buried_note(first_row + place)))
        body, lines = pa.concat_tables([body.slice(0, place), body.slice(place + 1)]), np.delete(lines, place)
        return laid_out(source, Grid(lines, body, header, has_bad=True, keeps_empty=False))
    top = tuple(tuple(cell for cell in row if stripped(cell)) for row in rows[:position])
    body, lines = body.slice(place + 1), lines[place + 1 :]
    return laid_out(source, Grid(lines, body, header, top, has_bad=True, keeps_empty=False))
