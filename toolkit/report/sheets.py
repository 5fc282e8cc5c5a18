"""Workbooks for people to fill in: a page that says what they are for, and sheets with yellow columns.

They say CONFIDENTIAL on every sheet. Text from the client is written as text, never as a formula or a link.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from toolkit.disk import atomic_path

MAX_ROWS = 50_000
"""Rows of one sheet; a workbook beyond that opens slowly everywhere. The sheet says how many were left out."""

CHOICES = {"decision": ("same", "not_same", "exclude_l", "exclude_r", "open"), "answer": ("same", "not_same", "unsure")}
"""What may be chosen in a column of that name."""

INPUT_COLUMNS = frozenset({*CHOICES, "reviewer", "note"})
"""Yellow columns, which are a person's to fill in."""

_MAX_CELL = 32_767
_CONFIDENTIAL = "CONFIDENTIAL: personal data of customers, suppliers and staff. Do not pass on."
_ILLEGAL = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 65534, 65535, *range(55296, 57344)), "�")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its name, what it is for, its headers with column widths, and its rows in order."""

    name: str
    purpose: str
    columns: tuple[tuple[str, int], ...]
    rows: Sequence[tuple[Any, ...]]
    row_count: int


def write_sheets(path: Path, title: str, facts: str, sheets: Sequence[Sheet], *, advice: str) -> Path:
    """Write a workbook that opens on a page saying what it is for.

    Parameters
    ----------
    path
        An ``.xlsx`` file; it appears whole or not at all.
    title, facts
        Of the first page: what the workbook is, and of which day and run.
    advice
        What a person must know to fill it in.
    """
    import xlsxwriter

    options = {
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "constant_memory": True,
        "nan_inf_to_errors": True,
    }
    with atomic_path(path) as target, xlsxwriter.Workbook(str(target), options) as workbook:
        workbook.set_properties({"title": _text(title)[:200], "comments": _CONFIDENTIAL})
        _read_me(workbook, title, facts, sheets, advice)
        for sheet in sheets:
            _write_sheet(workbook, sheet)
    return path


def _read_me(workbook: Any, title: str, facts: str, sheets: Sequence[Sheet], advice: str) -> None:
    page = workbook.add_worksheet("Read me")
    page.hide_gridlines(2)
    page.set_column(0, 0, 18)
    page.set_column(1, 1, 92)
    bold, large = workbook.add_format({"bold": True}), workbook.add_format({"bold": True, "font_size": 16})
    wrap = workbook.add_format({"text_wrap": True, "valign": "top"})
    red = workbook.add_format({"bold": True, "font_color": "#B00020"})
    page.write_string(0, 0, _text(title), large)
    page.write_string(1, 0, _CONFIDENTIAL, red)
    page.write_string(2, 0, _text(facts))
    line = 4
    for sheet in sheets:
        page.write_string(line, 0, sheet.name, bold)
        page.write_string(line, 1, f"{sheet.purpose} {_count_text(sheet)}", wrap)
        line += 1
    page.write_string(line + 1, 0, "Columns", bold)
    page.write_string(line + 1, 1, advice, wrap)


def _count_text(sheet: Sheet) -> str:
    if sheet.row_count > len(sheet.rows):
        return f"Shows the first {len(sheet.rows):,} of {sheet.row_count:,} rows; the others are in the results folder."
    return f"{sheet.row_count:,} row{'' if sheet.row_count == 1 else 's'}."


def _write_sheet(workbook: Any, sheet: Sheet) -> None:
    page = workbook.add_worksheet(sheet.name)
    head = workbook.add_format({"bold": True, "bg_color": "#E3EEF6", "bottom": 1})
    yours = workbook.add_format({"bg_color": "#FFF8D6"})
    yours_head = workbook.add_format({"bold": True, "bg_color": "#FFE680", "bottom": 1})
    share, day = workbook.add_format({"num_format": "0.0%"}), workbook.add_format({"num_format": "yyyy-mm-dd"})
    page.set_header(f"&C&B{_CONFIDENTIAL}")
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    for position, (name, width) in enumerate(sheet.columns):
        page.set_column(position, position, width, yours if name in INPUT_COLUMNS else None)
        page.write_string(0, position, _text(name), yours_head if name in INPUT_COLUMNS else head)
    page.freeze_panes(1, 2)
    names = [name for name, _ in sheet.columns]
    if sheet.rows:
        page.autofilter(0, 0, len(sheet.rows), len(names) - 1)
        for position, name in enumerate(names):
            if name in CHOICES:
                page.data_validation(1, position, len(sheet.rows), position, _choice(CHOICES[name]))
    writers = [_cell_writer(page, name, yours, share, day) for name in names]
    for line, row in enumerate(sheet.rows, start=1):
        for position, (write, value) in enumerate(zip(writers, row, strict=True)):
            write(line, position, value)
    if sheet.row_count > len(sheet.rows):
        page.write_string(len(sheet.rows) + 1, 0, _count_text(sheet))


def _choice(words: Sequence[str]) -> dict[str, Any]:
    return {
        "validate": "list",
        "source": list(words),
        "error_title": "Not one of the three",
        "error_message": f"Choose {', '.join(words[:-1])} or {words[-1]}, or leave the cell empty.",
    }


def _cell_writer(page: Any, name: str, yours: Any, share: Any, day: Any) -> Callable[[int, int, Any], None]:
    number_format = share if name == "probability" else None
    text_format = yours if name in INPUT_COLUMNS else None

    def write(line: int, position: int, value: Any) -> None:
        if value is None or value == "":
            return
        if isinstance(value, bool | str):
            page.write_string(line, position, _text(str(value)), text_format)
        elif isinstance(value, int | float):
            page.write_number(line, position, value, number_format)
        else:
            page.write_datetime(line, position, value, day)

    return write


def _text(value: str) -> str:
    """Return text that a cell can hold: no characters that XML forbids, and no longer than a cell may be."""
    cleaned = value.translate(_ILLEGAL)
    return cleaned if len(cleaned) <= _MAX_CELL else cleaned[: _MAX_CELL - 1] + "…"
