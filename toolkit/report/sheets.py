"""Workbooks for people to fill in: a page that says what they are for, and sheets with yellow columns.

They say CONFIDENTIAL on every sheet. Text from the client is written as text, never as a formula or a link.
"""

import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from toolkit.disk import atomic_path
from toolkit.report.row_xml import column_letters, legal_text, row_xml

MAX_ROWS = 50_000
"""Rows of one sheet; a workbook beyond that opens slowly everywhere. The sheet says how many were left out."""

ANSWERS = ("same", "not_same", "unsure")
"""What may be chosen in a column ``answer``."""

INPUT_COLUMNS = frozenset({"decision", "answer", "reviewer", "note"})
"""Yellow columns, which are a person's to fill in."""

_READ_ME_WIDTH = 110
_LINE_POINTS = 15.5
_CHOSEN = ("decision", "answer")
# Packing harder costs half as much time again for a twentieth of the size.
_LEVEL = 1

_CONFIDENTIAL = "CONFIDENTIAL: personal data of customers, suppliers and staff. Do not pass on."
_SAMPLE_ROW = re.compile(r'<row r="2">(.*?)</row>')
_SAMPLE_STYLE = re.compile(r'<c r="[A-Z]+2"(?: s="(\d+)")?>')


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its name, what it is for, its columns by header with their widths, and how many rows there are in all.

    Columns hold text, numbers, dates, or yes and no. A column of a person's own is text or has no type. ``choices`` is what
    may be chosen in the column ``decision`` or ``answer``; with ``hint`` other text may be written too, as it says. ``ids``
    are columns for the programme: grey. The first ``frozen`` columns stay in sight.
    """

    name: str
    purpose: str
    table: pa.Table
    widths: tuple[int, ...]
    row_count: int
    choices: tuple[str, ...] = ANSWERS
    hint: str = ""
    ids: frozenset[str] = frozenset()
    frozen: int = 2


def write_sheets(path: Path, title: str, facts: str, sheets: Sequence[Sheet], *, advice: str) -> Path:
    """Write a workbook that opens on a page saying what it is for.

    Everything but the rows is written by xlsxwriter; the rows, which are nearly all of the work, are put in by columns.

    Parameters
    ----------
    path
        An ``.xlsx`` file; it appears whole or not at all.
    title, facts
        Of the first page: what the workbook is, and of which day and run.
    advice
        What a person must know to fill it in.
    """
    frame = _workbook_without_rows(title, facts, sheets, advice)
    # The read-me is the first sheet of the file.
    by_part = {f"xl/worksheets/sheet{place}.xml": sheet for place, sheet in enumerate(sheets, start=2)}
    with (
        atomic_path(path) as target,
        zipfile.ZipFile(frame) as parts,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as whole,
    ):
        for part in parts.infolist():
            sheet = by_part.get(part.filename)
            if sheet is None or not sheet.table.num_rows:
                whole.writestr(part, parts.read(part))
            else:
                _write_rows(whole, part.filename, parts.read(part).decode(), sheet.table)
    return path


def load_writer() -> None:
    """Load the writer of workbooks before one is written."""
    import xlsxwriter  # noqa: F401 - for those who write later


def _workbook_without_rows(title: str, facts: str, sheets: Sequence[Sheet], advice: str) -> io.BytesIO:
    import xlsxwriter

    frame = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "constant_memory": True}
    with xlsxwriter.Workbook(frame, options) as workbook:
        workbook.set_properties({"title": cell_text(title)[:200], "comments": _CONFIDENTIAL})
        _read_me(workbook, title, facts, sheets, advice)
        formats = _formats(workbook)
        for sheet in sheets:
            _write_sheet(workbook, sheet, formats)
    return frame


def _write_rows(whole: zipfile.ZipFile, part: str, frame: str, table: pa.Table) -> None:
    """Write a sheet with its rows in place of the sample row, whose cells say how each column is formatted."""
    before, sample, after = _SAMPLE_ROW.split(frame, maxsplit=1)
    last = column_letters(table.num_columns - 1)
    before = before.replace(f'<dimension ref="A1:{last}2"/>', f'<dimension ref="A1:{last}{table.num_rows + 1}"/>')
    with whole.open(part, "w") as stream:
        stream.write(before.encode())
        for rows in row_xml(table, _SAMPLE_STYLE.findall(sample), first_line=2):
            stream.write(rows)
        stream.write(after.encode())


def _read_me(workbook: Any, title: str, facts: str, sheets: Sequence[Sheet], advice: str) -> None:
    page = workbook.add_worksheet("Read me")
    page.hide_gridlines(2)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.set_column(0, 0, 18)
    page.set_column(1, 1, _READ_ME_WIDTH)
    bold, large = workbook.add_format({"bold": True, "valign": "top"}), workbook.add_format({"bold": True, "font_size": 16})
    wrap = workbook.add_format({"text_wrap": True, "valign": "top"})
    red = workbook.add_format({"bold": True, "font_color": "#B00020"})
    page.write_string(0, 0, cell_text(title), large)
    page.write_string(1, 0, _CONFIDENTIAL, red)
    page.write_string(2, 0, cell_text(facts))
    line = 4
    said = [(sheet.name, f"{sheet.purpose} {_count_text(sheet)}") for sheet in sheets]
    page.set_row(0, 24)
    for name, text in (("How to", advice), ("", ""), *said):
        # No program fits the height of a row that was written like this.
        page.set_row(line, _LINE_POINTS * (1 + len(text) // (_READ_ME_WIDTH - 4)))
        page.write_string(line, 0, name, bold)
        page.write_string(line, 1, cell_text(text), wrap)
        line += 1


def _count_text(sheet: Sheet) -> str:
    if sheet.row_count > sheet.table.num_rows:
        return f"Shows the first {sheet.table.num_rows:,} of {sheet.row_count:,} rows; the others are in the results folder."
    return f"{sheet.row_count:,} row{'' if sheet.row_count == 1 else 's'}."


@dataclass(frozen=True, slots=True)
class _Formats:
    """How cells look, once for a whole workbook."""

    head: Any
    yours: Any
    yours_head: Any
    grey: Any
    grey_head: Any
    share: Any
    day: Any
    money: Any


def _formats(workbook: Any) -> _Formats:
    head = {"bold": True, "bottom": 1}
    grey = {"font_color": "#8A8F94"}
    return _Formats(
        head=workbook.add_format({**head, "bg_color": "#E3EEF6"}),
        yours=workbook.add_format({"bg_color": "#FFF8D6"}),
        yours_head=workbook.add_format({**head, "bg_color": "#FFE680"}),
        grey=workbook.add_format(grey),
        grey_head=workbook.add_format({**head, **grey, "bg_color": "#EEF1F3"}),
        share=workbook.add_format({"num_format": "0.0%"}),
        day=workbook.add_format({"num_format": "yyyy-mm-dd"}),
        money=workbook.add_format({"num_format": "#,##0.00"}),
    )


def _write_sheet(workbook: Any, sheet: Sheet, formats: _Formats) -> None:
    page = workbook.add_worksheet(sheet.name)
    page.set_header(f"&C&B{_CONFIDENTIAL}")
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    names, count = sheet.table.column_names, sheet.table.num_rows
    for position, (name, width) in enumerate(zip(names, sheet.widths, strict=True)):
        cell, head = formats.yours, formats.yours_head
        if name not in INPUT_COLUMNS:
            cell, head = (formats.grey, formats.grey_head) if name in sheet.ids else (None, formats.head)
        page.set_column(position, position, width, cell)
        page.write_string(0, position, cell_text(name), head)
    page.freeze_panes(1, sheet.frozen)
    if count:
        page.autofilter(0, 0, count, len(names) - 1)
    for position, field in enumerate(sheet.table.schema if count else ()):
        if field.name in _CHOSEN:
            page.data_validation(1, position, count, position, _choice(sheet))
        page.write_number(1, position, 0, _cell_format(sheet, field, formats))
    if sheet.row_count > count:
        page.write_string(count + 1, 0, _count_text(sheet))


def _cell_format(sheet: Sheet, field: pa.Field, formats: _Formats) -> Any:
    """Return how the cells of a column are formatted; nothing where they are as they are."""
    if field.name in sheet.ids:
        return formats.grey
    if pa.types.is_date(field.type):
        return formats.day
    if not pa.types.is_floating(field.type):
        return None
    return formats.share if field.name == "probability" else formats.money if field.name.startswith("amount") else None


def _choice(sheet: Sheet) -> dict[str, Any]:
    *others, last = sheet.choices
    offered = {"validate": "list", "source": list(sheet.choices)}
    if sheet.hint:
        return {**offered, "show_error": False, "input_title": "Choose, or write", "input_message": sheet.hint}
    message = f"Choose {', '.join(others)} or {last}, or leave the cell empty."
    return {**offered, "error_title": "Not one of the choices", "error_message": message}


def cell_text(value: str) -> str:
    """Return text that xlsxwriter writes as it is: legal in a cell, and not what it would take for markup of its own."""
    text = legal_text(value)
    return f"{text} " if text.startswith("<r>") and text.endswith("</r>") else text
