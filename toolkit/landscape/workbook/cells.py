"""One cell of the form, both ways: what it shows for a value, and what the text in it means when it comes back.

What can be read in one way only is read, with a note; all else is a problem and leaves the cell empty. Nothing is guessed.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from toolkit.landscape.workbook.form import MINUTES, FormColumn
from toolkit.landscape.workbook.given_numbers import GivenNumber, can_be_read_in_two_ways, given_number

_YES = ("yes", "y", "true", "1", "x", "informal", "sheet", "spreadsheet", "mailbox")
_NO = ("no", "n", "false", "0", "formal")
_PUNCTUATION = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class CellMeaning:
    """The value of a cell, why it cannot be read, and how it was understood."""

    value: Any = None
    problem: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class MinutesMeaning:
    """The three minutes of a handoff by their keys; problems and notes as (key of the column, text seen, message)."""

    values: Mapping[str, float | None]
    problems: tuple[tuple[str, str, str], ...] = ()
    notes: tuple[tuple[str, str, str], ...] = ()


def shown_value(column: FormColumn, value: Any) -> str | float | None:
    """Return what stands in a cell for a value: words for a code, of 100 for a share; null for an empty cell.

    Examples
    --------
    >>> share = FormColumn("error_rate", "Errors in 100", "share", "")
    >>> choice = FormColumn("carrier", "How", "choice", "", choices={"copy": "Copied"})
    >>> shown_value(share, 0.03), shown_value(choice, "copy"), shown_value(choice, "")
    (3.0, 'Copied', None)
    """
    if value is None or value == "":
        return None
    if column.kind == "yes or no":
        return "Yes" if value else "No"
    if column.choices is not None:
        return column.choices.get(str(value), str(value))
    if isinstance(value, int | float):
        number = round(value * 100 if column.kind == "share" else value, 6)
        # One more digit, and it comes back as it went out.
        return f"{number:.4f}" if can_be_read_in_two_ways(str(number)) else number
    return value.isoformat()[:10] if isinstance(value, date) else str(value)


def cell_meaning(column: FormColumn, text: str, currency: str = "") -> CellMeaning:
    """Return what the text of a cell means; the three minutes are told together, by ``minutes_meaning``.

    Parameters
    ----------
    column, text
        The cell.
    currency
        ISO 4217 code of the amounts that are asked for.

    Examples
    --------
    >>> users = FormColumn("users", "Users", "count", "")
    >>> cell_meaning(users, "9 people").value, cell_meaning(users, "many").problem
    (9, 'This is not a number. Write one, or a range such as 15-20.')
    """
    if not text:
        return CellMeaning()
    if column.kind == "text":
        return CellMeaning(text)
    if column.kind == "choice":
        code = _chosen(column, text)
        words = ", ".join((column.choices or {}).values())
        return CellMeaning(code, "" if code else f"This is none of the choices: {words}. Choose one of them.")
    if column.kind == "yes or no":
        word = text.casefold()
        is_known = word in _YES or word in _NO
        return CellMeaning((word in _YES) if is_known else None, "" if is_known else "Write yes or no.")
    if column.kind == "date":
        day = _day(text)
        return CellMeaning(day, "" if day else "This date can be read in two ways, or in none. Write it as 2026-10-02.")
    return _number_meaning(column, text, currency)


def minutes_meaning(written: Mapping[str, str]) -> MinutesMeaning:
    """Return what the three cells of minutes mean: a range in one fills the others.

    When they are out of order, or one of them cannot be read, none is taken: two of three would be another answer.

    Examples
    --------
    >>> minutes_meaning({"minutes_low": "", "minutes_likely": "15-20", "minutes_high": ""}).values
    {'minutes_low': 15.0, 'minutes_likely': 17.5, 'minutes_high': 20.0}
    """
    read = {key: given_number(written[key], "minutes") for key in MINUTES if written[key]}
    given = {key: number for key, number in read.items() if not number.reason}
    problems = tuple((key, written[key], number.reason) for key, number in read.items() if number.reason)
    if problems and given:
        unread = " and ".join(f"'{written[key]}'" for key, _, _ in problems)
        beside = tuple((key, written[key], f"Not taken either: {unread} beside it could not be read.") for key in given)
        return MinutesMeaning(dict.fromkeys(MINUTES), (*problems, *beside))
    notes = tuple((key, written[key], number.note) for key, number in given.items() if number.note)
    values = _spread(given)
    filled = [value for value in values if value is not None]
    if filled != sorted(filled):
        seen = " / ".join(written[key] for key in MINUTES)
        message = "At least, usually and at most are not in this order. Correct them; none was taken."
        return MinutesMeaning(dict.fromkeys(MINUTES), (*problems, ("minutes_likely", seen, message)), notes)
    return MinutesMeaning(dict(zip(MINUTES, values, strict=True)), problems, notes)


def _spread(given: Mapping[str, GivenNumber]) -> tuple[float | None, float | None, float | None]:
    """Return at least, usually and at most of those that were given."""
    low, likely, high = (given.get(key) for key in MINUTES)
    middle = likely or low or high
    if middle is None:
        return None, None, None
    if len(given) == 1:
        return middle.low, middle.likely, middle.high
    if likely is None and low is not None and high is not None and low.low is not None and high.high is not None:
        return low.low, (low.low + high.high) / 2, high.high
    return low.low if low else None, middle.likely, high.high if high else None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def _number_meaning(column: FormColumn, text: str, currency: str) -> CellMeaning:
    number = given_number(text, column.kind, currency)
    if number.reason or number.likely is None:
        return CellMeaning(problem=number.reason)
    if column.kind == "share" and number.likely > 1:
        return CellMeaning(problem="More than 100 of 100 cannot be. Write how many of 100 items need mending.")
    return CellMeaning(round(number.likely) if column.kind == "count" else number.likely, note=number.note)


def _chosen(column: FormColumn, text: str) -> str | None:
    """The code of a choice, by its words or the code itself, in any case; nothing near is taken for it."""
    wanted = _bare(text)
    for code, words in (column.choices or {}).items():
        if wanted in (_bare(code), _bare(words)):
            return code
    return None


def _bare(text: str) -> str:
    return _PUNCTUATION.sub("", text.casefold().replace("&", "and"))
