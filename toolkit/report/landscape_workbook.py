"""The systems-and-handoffs workbook that goes out to the client: what is known is filled in, the rest is theirs to fill.

Clients do not write settings files; they fill in sheets. ``toolkit.files.landscape_workbook`` reads it back. Text is written
as text, never as a formula or a link.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from toolkit.disk import atomic_path
from toolkit.landscape.workbook.cells import shown_value
from toolkit.landscape.workbook.form import CHOICE_COLUMNS, FORM_SHEETS, QUESTION_SHEET, READ_ME, FormColumn, FormSheet
from toolkit.report.sheets import cell_text

_SPARE_ROWS = 25
_LISTS = "Choices"
_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def write_landscape_workbook(
    path: Path,
    systems: Sequence[Mapping[str, Any]],
    handoffs: Sequence[Mapping[str, Any]],
    people: Sequence[Mapping[str, Any]],
    *,
    questions: Sequence[Mapping[str, Any]] = (),
    client: str = "",
) -> Path:
    """Write the workbook; the file appears whole or not at all.

    Parameters
    ----------
    path
        An ``.xlsx`` file.
    systems, handoffs, people
        What is known, by the keys of ``FORM_SHEETS`` (others are ignored; a missing or null one is an empty cell). Choices
        are given by their codes, shares from 0 to 1.
    questions
        What could not be told from the files, by the keys of ``QUESTION_SHEET``; without any there is no such sheet.
    client
        Name of the client, for the title.

    Returns
    -------
    ``path``.
    """
    import xlsxwriter

    rows = {"systems": systems, "handoffs": handoffs, "people": people}
    with atomic_path(path) as target, xlsxwriter.Workbook(str(target), _OPTIONS) as workbook:
        workbook.set_properties({"title": "Systems and handoffs", "comments": "CONFIDENTIAL"})
        formats = _formats(workbook)
        _write_read_me(workbook, formats, client)
        ranges = _choice_ranges()
        if questions:
            _write_sheet(workbook, formats, QUESTION_SHEET, questions, ranges)
        for form in FORM_SHEETS:
            _write_sheet(workbook, formats, form, rows[form.key], ranges)
        _write_choices(workbook, formats)
    return path


def _formats(workbook: Any) -> dict[str, Any]:
    return {
        "title": workbook.add_format({"bold": True, "font_size": 16}),
        "bold": workbook.add_format({"bold": True, "valign": "top"}),
        "wrap": workbook.add_format({"text_wrap": True, "valign": "top"}),
        "red": workbook.add_format({"bold": True, "font_color": "#B00020"}),
        "head": workbook.add_format({"bold": True, "bg_color": "#FFE680", "border": 1, "text_wrap": True, "valign": "top"}),
        "must": workbook.add_format({"bold": True, "bg_color": "#FFC94D", "border": 1, "text_wrap": True, "valign": "top"}),
        "hint": workbook.add_format({"italic": True, "font_color": "#666666", "text_wrap": True, "valign": "top"}),
        # As text, so that a range such as 10-15 does not become the fifteenth of October.
        "text": workbook.add_format(
            {"bg_color": "#FFF8D6", "border": 4, "num_format": "@", "text_wrap": True, "valign": "top"}
        ),
        "number": workbook.add_format({"bg_color": "#FFF8D6", "border": 4, "valign": "top"}),
    }


def _write_read_me(workbook: Any, formats: dict[str, Any], client: str) -> None:
    page = workbook.add_worksheet("READ ME")
    page.hide_gridlines(2)
    page.set_column(0, 0, 22)
    page.set_column(1, 1, 90)
    title = f"Systems and handoffs of {client}" if client else "Systems and handoffs"
    page.write_string(0, 0, cell_text(title), formats["title"])
    page.write_string(1, 0, "CONFIDENTIAL", formats["red"])
    for line, (word, sentence) in enumerate(READ_ME.items(), start=3):
        page.write_string(line, 0, word, formats["bold"])
        page.write_string(line, 1, sentence, formats["wrap"])


def _write_sheet(
    workbook: Any,
    formats: dict[str, Any],
    form: FormSheet,
    rows: Sequence[Mapping[str, Any]],
    ranges: dict[str, str],
) -> None:
    page = workbook.add_worksheet(form.name)
    page.write_string(0, 0, form.purpose, formats["bold"])
    last = 2 + len(rows) + _SPARE_ROWS
    for place, column in enumerate(form.columns):
        page.set_column(place, place, column.width)
        page.write_string(1, place, column.header, formats["must" if column.is_required else "head"])
        page.write_string(2, place, column.hint, formats["hint"])
        _add_validation(page, column, place, last, ranges)
        for line in range(3, last + 1):
            page.write_blank(line, place, None, _cell_format(formats, column))
        for line, row in enumerate(rows, start=3):
            _write_cell(page, (line, place), shown_value(column, row.get(column.key)), _cell_format(formats, column))
    page.set_row(2, 45)
    page.freeze_panes(3, 1)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(1)


def _cell_format(formats: dict[str, Any], column: FormColumn) -> Any:
    return formats["number" if column.kind in ("count", "per month", "share", "days") else "text"]


def _add_validation(page: Any, column: FormColumn, place: int, last: int, ranges: dict[str, str]) -> None:
    """A list to choose from; it warns and lets a person go on, because a wrong word is better than a lost answer."""
    source: str | list[str]
    if column.choices is not None:
        source = ranges[column.key]
    elif column.kind == "yes or no":
        source = ["Yes", "No"]
    else:
        return
    page.data_validation(
        3,
        place,
        last,
        place,
        {
            "validate": "list",
            "source": source,
            "error_type": "warning",
            "error_title": "Not in the list",
            "error_message": "Please choose from the list, or leave the cell empty and write a remark.",
        },
    )


def _write_cell(page: Any, cell: tuple[int, int], shown: str | float | None, cell_format: Any) -> None:
    if isinstance(shown, str):
        page.write_string(*cell, cell_text(shown), cell_format)
    elif shown is not None:
        page.write_number(*cell, shown, cell_format)


def _choice_ranges() -> dict[str, str]:
    """Where the words of each choice stand; a list written into a cell's rule may hold 255 characters only."""
    from xlsxwriter.utility import xl_range_abs

    return {
        column.key: f"={_LISTS}!{xl_range_abs(1, place, len(column.choices or {}), place)}"
        for place, column in enumerate(CHOICE_COLUMNS)
    }


def _write_choices(workbook: Any, formats: dict[str, Any]) -> None:
    page = workbook.add_worksheet(_LISTS)
    for place, column in enumerate(CHOICE_COLUMNS):
        page.set_column(place, place, 32)
        page.write_string(0, place, f"Choices for {column.header}", formats["bold"])
        for line, words in enumerate((column.choices or {}).values(), start=1):
            page.write_string(line, place, words)
