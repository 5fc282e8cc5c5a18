"""What came back in the workbook: plain rows for the settings, and everything that could not be taken.

Clients leave rows blank, write "15-20" for minutes and invent categories. What is not clear is reported with its place and
left empty; no row with a name is lost.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from toolkit.landscape.workbook.cells import MinutesMeaning, cell_meaning, minutes_meaning
from toolkit.landscape.workbook.form import ALL_SHEETS, FORM_SHEETS, MINUTES, FormColumn, FormSheet

_SYSTEMS, _HANDOFFS, _ = FORM_SHEETS
_MAX_SEEN = 200


@dataclass(frozen=True, slots=True)
class WrittenSheet:
    """A sheet of the form as people wrote in it: rows of (line from 1, text of each cell by its column's key)."""

    name: str
    form: FormSheet
    rows: tuple[tuple[int, Mapping[str, str]], ...]


@dataclass(frozen=True, slots=True)
class Remark:
    """What there is to say of one cell: where it stands, what was seen, and what to do or how it was understood."""

    sheet: str
    line: int
    column: str
    seen: str
    message: str


@dataclass(frozen=True, slots=True)
class LandscapeAnswers:
    """What came back.

    ``systems``, ``handoffs``, ``people`` and ``questions`` are rows with the keys of ``ALL_SHEETS``: text, numbers (minutes,
    times per month, shares from 0 to 1), codes of choices, dates; what was not answered is null. ``problems`` is what could
    not be taken, ``notes`` how a cell was understood that could have been clearer.
    """

    systems: tuple[Mapping[str, Any], ...] = ()
    handoffs: tuple[Mapping[str, Any], ...] = ()
    people: tuple[Mapping[str, Any], ...] = ()
    problems: tuple[Remark, ...] = ()
    notes: tuple[Remark, ...] = ()
    questions: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class _Row:
    """A row that says something: what its cells mean, and what there is to say of them."""

    sheet: str
    form: FormSheet
    line: int
    values: Mapping[str, Any]
    problems: tuple[Remark, ...]
    notes: tuple[Remark, ...]


def answers_on(sheets: Iterable[WrittenSheet], currency: str = "") -> LandscapeAnswers:
    """Return what the sheets say, in their order; systems named twice, or that no sheet lists, are problems.

    Parameters
    ----------
    sheets
        As they came back.
    currency
        ISO 4217 code of the amounts that are asked for: a cell that names another one is a problem.
    """
    rows = [
        _row(sheet, line, written, currency)
        for sheet in sheets
        for line, written in sheet.rows
        if _says(written, sheet.form)
    ]
    twice, listed = _listed_systems(rows)
    named = [_with_listed_names(row, listed) for row in rows]
    unlisted = [remark for _, remarks in named for remark in remarks]
    values = {
        form.key: tuple(given for row, (given, _) in zip(rows, named, strict=True) if row.form.key == form.key)
        for form in ALL_SHEETS
    }
    return LandscapeAnswers(
        **values,
        problems=(*(remark for row in rows for remark in row.problems), *twice, *unlisted),
        notes=tuple(remark for row in rows for remark in row.notes),
    )


def problem_lines(problems: Iterable[Remark]) -> list[str]:
    """Return remarks as sentences with their places, in a client's words.

    Examples
    --------
    >>> problem_lines([Remark("Systems", 4, "Category", "Wizardry", "Choose one of the list.")])
    ["Systems, row 4, Category: 'Wizardry'. Choose one of the list."]
    """
    return [
        f"{one.sheet}, row {one.line}, {one.column}: {repr(one.seen) + '. ' if one.seen else ''}{one.message}"
        for one in problems
    ]


def _says(written: Mapping[str, str], form: FormSheet) -> bool:
    """Say whether any cell is filled with something else than the hint below the headers."""
    hints = {column.key: column.hint for column in form.columns}
    return any(text and text != hints[key] for key, text in written.items())


def _row(sheet: WrittenSheet, line: int, written: Mapping[str, str], currency: str) -> _Row:
    """Return a row with what its cells mean; one without its name is reported."""
    columns = {column.key: column for column in sheet.form.columns}
    meanings = {key: cell_meaning(column, written[key], currency) for key, column in columns.items() if key not in MINUTES}
    minutes = minutes_meaning(written) if MINUTES[0] in columns else MinutesMeaning({})
    told = {key: one.value for key, one in meanings.items()} | {**minutes.values}
    cells = [(key, written[key], one) for key, one in meanings.items()]
    empty = [key for key, column in columns.items() if column.is_required and not written[key]]

    def remarks(said: Iterable[tuple[str, str, str]]) -> tuple[Remark, ...]:
        return tuple(_remark(sheet.name, line, columns[key], seen, message) for key, seen, message in said)

    return _Row(
        sheet.name,
        sheet.form,
        line,
        {key: told[key] for key in columns},
        remarks(
            [
                *((key, seen, one.problem) for key, seen, one in cells if one.problem),
                *minutes.problems,
                *((key, "", f"{columns[key].header} is empty. Fill it in, or delete the row.") for key in empty),
            ]
        ),
        remarks([*((key, seen, one.note) for key, seen, one in cells if one.note), *minutes.notes]),
    )


def _listed_systems(rows: Iterable[_Row]) -> tuple[list[Remark], dict[str, str]]:
    """Return a remark on each system named again, and the systems as they are written first, by name in lower case."""
    twice: list[Remark] = []
    listed: dict[str, str] = {}
    for row in rows:
        name = row.values["name"] if row.form.key == _SYSTEMS.key else None
        if name and name.casefold() in listed:
            message = "There is another system of this name. Give one of them another name, or delete the row."
            twice.append(_remark(row.sheet, row.line, _SYSTEMS.columns[0], name, message))
        elif name:
            listed[name.casefold()] = name
    return twice, listed


def _with_listed_names(row: _Row, listed: Mapping[str, str]) -> tuple[Mapping[str, Any], list[Remark]]:
    """Return a handoff's values with its systems written as the sheet Systems has them, and a remark on those it has not."""
    if not listed or row.form.key != _HANDOFFS.key:
        return row.values, []
    sides = [column for column in _HANDOFFS.columns if column.key in ("system_l", "system_r") and row.values[column.key]]
    names = {column.key: listed.get(row.values[column.key].casefold()) for column in sides}
    message = "The sheet Systems does not list this system. Add it there, or correct the name."
    unlisted = [column for column in sides if names[column.key] is None]
    remarks = [_remark(row.sheet, row.line, column, row.values[column.key], message) for column in unlisted]
    return {**row.values, **{key: name for key, name in names.items() if name is not None}}, remarks


def _remark(sheet: str, line: int, column: FormColumn, seen: str, message: str) -> Remark:
    return Remark(sheet, line, column.header, seen[:_MAX_SEEN], message)
