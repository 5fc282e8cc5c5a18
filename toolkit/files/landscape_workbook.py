"""The systems-and-handoffs workbook read back; what its cells mean, ``landscape/workbook/answers.py`` says."""

from pathlib import Path

from toolkit.errors import InputError
from toolkit.files.filled_sheets import FilledSheet, filled_sheets
from toolkit.files.header import normal_name
from toolkit.landscape.workbook.answers import LandscapeAnswers, WrittenSheet, answers_on
from toolkit.landscape.workbook.form import ALL_SHEETS, FormSheet


def landscape_answers(path: Path, currency: str = "") -> LandscapeAnswers:
    """Return the answers in a workbook that came back, or in one CSV file with the columns of its sheet Systems.

    Parameters
    ----------
    path
        The file.
    currency
        ISO 4217 code of the amounts that are asked for.

    Raises
    ------
    InputError
        The file cannot be read, or none of its sheets has the columns of the form.
    """
    headers = [column.header for form in ALL_SHEETS for column in form.columns]
    read = [(sheet, _form_of(sheet)) for sheet in filled_sheets(path, headers)]
    sheets = [_written_sheet(sheet, form) for sheet, form in read if form is not None]
    if not sheets:
        raise InputError(
            f"{path.name!r} has no sheet 'Systems', 'Handoffs' or 'People' with the columns of the form. "
            "Send back the workbook as it was handed out, with its headers unchanged."
        )
    return answers_on(sheets, currency)


def _form_of(sheet: FilledSheet) -> FormSheet | None:
    """The form by the sheet's name; a renamed sheet by its headers, of which it must have half."""
    named = [form for form in ALL_SHEETS if form.name.casefold() == sheet.name.strip().casefold()]
    fitting = [
        form
        for form in ALL_SHEETS
        if 2 * sum(normal_name(column.header) in sheet.headers for column in form.columns) >= len(form.columns)
    ]
    for form in (*named, *fitting):
        if normal_name(form.columns[0].header) in sheet.headers:
            return form
    return None


def _written_sheet(sheet: FilledSheet, form: FormSheet) -> WrittenSheet:
    names = {column.key: normal_name(column.header) for column in form.columns}
    return WrittenSheet(
        sheet.name,
        form,
        tuple((line, {key: cells.get(name, "") for key, name in names.items()}) for line, cells in sheet.rows),
    )
