"""The systems-and-handoffs workbook read back: plain rows for the settings, and everything that could not be taken.

Clients leave rows blank, write "15-20" for minutes and invent categories. What can be read in one way only is read, with a
note; all else is reported with its place and left empty. Nothing is guessed, and no row with a name is lost.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from toolkit.errors import InputError
from toolkit.files.filled_sheets import FilledSheet, Problem, filled_sheets
from toolkit.files.given_numbers import GivenNumber, given_number
from toolkit.files.header import normal_name
from toolkit.files.landscape_form import ALL_SHEETS, FORM_SHEETS, FormColumn, FormSheet

_YES = ("yes", "y", "true", "1", "x", "informal", "sheet", "spreadsheet", "mailbox")
_NO = ("no", "n", "false", "0", "formal")
_MINUTES = ("minutes_low", "minutes_likely", "minutes_high")
_WORDS = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class LandscapeAnswers:
    """What came back.

    ``systems``, ``handoffs``, ``people`` and ``questions`` are rows with the keys of ``ALL_SHEETS``: text, numbers (minutes,
    times per month, shares from 0 to 1), codes of choices, dates; what was not answered is null. ``problems`` is what could
    not be taken, ``notes`` how a cell was understood that could have been clearer.
    """

    systems: tuple[dict[str, Any], ...]
    handoffs: tuple[dict[str, Any], ...]
    people: tuple[dict[str, Any], ...]
    problems: tuple[Problem, ...]
    notes: tuple[Problem, ...]
    questions: tuple[dict[str, Any], ...] = ()


def landscape_answers(path: Path) -> LandscapeAnswers:
    """Return the answers in a workbook that came back, or in one CSV file with the columns of its sheet Systems.

    Raises
    ------
    InputError
        The file cannot be read, or none of its sheets has the columns of the form.
    """
    headers = [column.header for form in ALL_SHEETS for column in form.columns]
    answers = _Answers()
    seen = False
    for sheet in filled_sheets(path, headers):
        form = _form_of(sheet)
        if form is not None:
            seen = True
            answers.read(sheet, form)
    if not seen:
        raise InputError(
            f"{path.name!r} has no sheet 'Systems', 'Handoffs' or 'People' with the columns of the form. "
            "Send back the workbook as it was handed out, with its headers unchanged."
        )
    answers.check_names()
    rows = answers.rows
    return LandscapeAnswers(
        tuple(rows["systems"]),
        tuple(rows["handoffs"]),
        tuple(rows["people"]),
        tuple(answers.problems),
        tuple(answers.notes),
        tuple(rows["questions"]),
    )


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


class _Answers:
    """Rows, problems and notes while the sheets are read."""

    def __init__(self) -> None:
        self.rows: dict[str, list[dict[str, Any]]] = {form.key: [] for form in ALL_SHEETS}
        self.problems: list[Problem] = []
        self.notes: list[Problem] = []
        self._lines: list[tuple[str, int, dict[str, Any]]] = []

    def read(self, sheet: FilledSheet, form: FormSheet) -> None:
        """Take every row that says something; one without its name is reported."""
        for line, cells in sheet.rows:
            written = {column.key: cells.get(normal_name(column.header), "") for column in form.columns}
            if not any(written.values()) or _is_hint(written, form):
                continue
            row = {column.key: self._value(sheet.name, line, column, written[column.key]) for column in form.columns}
            self._spread_minutes(sheet.name, line, row, written)
            for column in form.columns:
                if column.is_required and not written[column.key]:
                    self._report(sheet.name, line, column, "", f"{column.header} is empty. Fill it in, or delete the row.")
            self.rows[form.key].append(row)
            self._lines.append((sheet.name, line, row))

    def check_names(self) -> None:
        """Report systems named twice, and handoffs between systems that the sheet Systems does not list."""
        known: dict[str, str] = {}
        [systems, handoffs, _] = FORM_SHEETS
        for sheet, line, row in self._lines:
            if any(row is one for one in self.rows["systems"]) and row["name"]:
                if row["name"].casefold() in known:
                    message = "There is another system of this name. Give one of them another name, or delete the row."
                    self._report(sheet, line, systems.columns[0], row["name"], message)
                known.setdefault(row["name"].casefold(), row["name"])
        for sheet, line, row in self._lines:
            if not known or not any(row is one for one in self.rows["handoffs"]):
                continue
            for column in handoffs.columns:
                if column.key in ("system_l", "system_r") and row[column.key]:
                    listed = known.get(row[column.key].casefold())
                    if listed is None:
                        message = "The sheet Systems does not list this system. Add it there, or correct the name."
                        self._report(sheet, line, column, row[column.key], message)
                    else:
                        row[column.key] = listed

    def _report(self, sheet: str, line: int, column: FormColumn, seen: str, message: str) -> None:
        self.problems.append(Problem(sheet, line, column.header, seen[:200], message))

    def _value(self, sheet: str, line: int, column: FormColumn, text: str) -> Any:
        if not text:
            return None
        if column.kind == "text":
            return text
        if column.key in _MINUTES:
            return given_number(text, "minutes")
        value, reason, note = _typed(column, text)
        if reason:
            self._report(sheet, line, column, text, reason)
        if note:
            self.notes.append(Problem(sheet, line, column.header, text[:200], note))
        return value

    def _spread_minutes(self, sheet: str, line: int, row: dict[str, Any], written: dict[str, str]) -> None:
        """Settle the three minutes: a range in one cell fills the others; what is not ordered is reported."""
        if _MINUTES[0] not in row:
            return
        columns = {column.key: column for column in FORM_SHEETS[1].columns}
        given: dict[str, GivenNumber] = {}
        for key in _MINUTES:
            number = row[key]
            row[key] = None
            if number is None:
                continue
            if number.reason:
                self._report(sheet, line, columns[key], written[key], number.reason)
                continue
            if number.note:
                self.notes.append(Problem(sheet, line, columns[key].header, written[key][:200], number.note))
            given[key] = number
        if not given:
            return
        low, likely, high = (given.get(key) for key in _MINUTES)
        middle = likely or low or high
        values = (low.low if low else None, middle.likely if middle else None, high.high if high else None)
        if len(given) == 1 and middle is not None:
            values = (middle.low, middle.likely, middle.high)
        if likely is None and low is not None and high is not None and low.low is not None and high.high is not None:
            values = (low.low, (low.low + high.high) / 2, high.high)
        filled = [value for value in values if value is not None]
        if filled != sorted(filled):
            seen = " / ".join(written[key] for key in _MINUTES)
            message = "At least, usually and at most are not in this order. Correct them; none was taken."
            self._report(sheet, line, columns["minutes_likely"], seen, message)
            return
        row.update(zip(_MINUTES, values, strict=True))


def _is_hint(written: dict[str, str], form: FormSheet) -> bool:
    """Whether the row is the line of hints below the headers."""
    hints = {column.key: column.hint for column in form.columns}
    return all(not text or text == hints[key] for key, text in written.items())


def _typed(column: FormColumn, text: str) -> tuple[Any, str, str]:
    """Return the value of a cell, why it cannot be read, and how it was understood."""
    if column.kind == "choice":
        code = _chosen(column, text)
        words = ", ".join((column.choices or {}).values())
        return code, "" if code else f"This is none of the choices: {words}. Choose one of them.", ""
    if column.kind == "yes or no":
        word = text.casefold()
        known = word in _YES or word in _NO
        return (word in _YES) if known else None, "" if known else "Write yes or no.", ""
    if column.kind == "date":
        day = _day(text)
        return day, "" if day else "This date can be read in two ways, or in none. Write it as 2026-10-02.", ""
    return _numeric(column, text)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def _numeric(column: FormColumn, text: str) -> tuple[float | None, str, str]:
    number = given_number(text, column.kind)
    if number.reason or number.likely is None:
        return None, number.reason, ""
    if column.kind == "share" and number.likely > 1:
        return None, "More than 100 of 100 cannot be. Write how many of 100 items need mending.", ""
    return round(number.likely) if column.kind == "count" else number.likely, "", number.note


def _chosen(column: FormColumn, text: str) -> str | None:
    """The code of a choice, by its words or the code itself, in any case; nothing near is taken for it."""
    wanted = _bare(text)
    for code, words in (column.choices or {}).items():
        if wanted in (_bare(code), _bare(words)):
            return code
    return None


def _bare(text: str) -> str:
    return _WORDS.sub("", text.casefold().replace("&", "and"))


def problem_lines(problems: Iterable[Problem]) -> list[str]:
    """Return problems as sentences with their places, in a client's words.

    Examples
    --------
    >>> problem_lines([Problem("Systems", 4, "Category", "Wizardry", "Choose one of the list.")])
    ["Systems, row 4, Category: 'Wizardry'. Choose one of the list."]
    """
    return [
        f"{one.sheet}, row {one.line}, {one.column}: {repr(one.seen) + '. ' if one.seen else ''}{one.message}"
        for one in problems
    ]
