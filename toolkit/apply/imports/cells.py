"""Canonical values as cells of a file that a program imports: verbatim, or not at all.

An apostrophe before what looks like a formula would be imported with it, so such a value is refused here, with the reason.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import pyarrow as pa

from toolkit.connector import ImportColumn
from toolkit.files.write import inert
from toolkit.tables import DOCUMENT, ITEM, PARTY
from toolkit.tables.schema import DAY, INSTANT, TEXT
from toolkit.values.currency import CURRENCIES, exponent

_COLUMNS = tuple(column for schema in (ITEM, DOCUMENT, PARTY) for column in schema.columns)
_KINDS = {column.name: column.type for column in _COLUMNS}
_AMOUNTS = frozenset(column.name for column in _COLUMNS if column.unit.startswith("minor units"))
_PLAIN_PHONE = re.compile(r"\+[0-9][0-9 ().\-]{4,30}")
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_MINOR = re.compile(r"-?[0-9]+")
_PLACES = re.compile(r"[;\t|]")


@dataclass(frozen=True, slots=True)
class NoCell:
    """Why a value is not written into a file, in words that stand after the name of the field."""

    reason: str


def cell_of(value: str, column: ImportColumn, currency: str | None, day_form: str) -> str | NoCell:
    """Return the cell of a canonical value, or why it has none.

    Parameters
    ----------
    value
        As a plan holds it, not null.
    column
        Where it is written.
    currency
        ISO 4217 code, of an amount.
    day_form
        ``strftime`` pattern of a day.

    Examples
    --------
    >>> amount, day = ImportColumn("amount_minor", "Amount"), ImportColumn("due_on", "Due")
    >>> cell_of("-5", amount, "USD", ""), cell_of("1250", amount, "JPY", ""), cell_of("2026-10-05", day, None, "%d/%m/%Y")
    ('-0.05', '1250', '05/10/2026')
    >>> cell_of("=1+1", ImportColumn("name", "Name"), None, "")
    NoCell(reason='holds what a spreadsheet would run as a formula')
    """
    if is_amount(column.column):
        return amount_text(value, currency)
    kind = _KINDS.get(column.column, TEXT)
    if kind == DAY:
        return _day(value, day_form)
    if kind == INSTANT:
        return NoCell("is a time of day, which the import would read in a time zone of its own")
    if kind != TEXT:
        return NoCell("is not written in a way that is the same in every product")
    return text_cell(value, column)


def is_text(column: str) -> bool:
    """Whether a canonical column holds texts, which are written as they are read."""
    return bool(_KINDS.get(column, TEXT) == TEXT)


def is_amount(column: str) -> bool:
    """Whether a canonical column holds money in the smallest units of its currency."""
    return column in _AMOUNTS


def is_number(text: str) -> bool:
    """Whether a cell is an amount as imports take it: digits with a point, and no thousands."""
    return _NUMBER.fullmatch(text) is not None


Seen = Iterable[tuple[str | None, str | None, str | None]]
"""Values, the cells that they were read from, and their currencies."""


def alike_cell(cell: str, column: ImportColumn, seen: Seen, day_form: str) -> str | None:
    """Return a cell as a list writes what is no text; none where each cell that is known is not what its value would give.

    A workbook's numbers have no zeros at their end.

    Parameters
    ----------
    cell
        As it would be written here.
    column
        Of the list.
    seen
        What stands there.
    day_form
        ``strftime`` pattern of a day.

    Examples
    --------
    >>> due, price = ImportColumn("due_on", "Due"), ImportColumn("amount_minor", "Price")
    >>> alike_cell("2026-11-30", due, [("2026-10-05", "05.10.2026", None)], "%Y-%m-%d")
    >>> alike_cell("12.50", price, [("100000", "1000", "USD"), ("50", "0.5", "USD")], "")
    '12.5'
    """
    if is_text(column.column):
        return cell
    known = [(value, there, currency) for value, there, currency in seen if value and there]
    if not known:
        return None
    given = [(cell_of(value, column, currency, day_form), there) for value, there, currency in known]
    if all(one == there for one, there in given):
        return cell
    is_short = is_amount(column.column) and all(
        isinstance(one, str) and _without_zeros(one) == there for one, there in given
    )
    return _without_zeros(cell) if is_short else None


def _without_zeros(amount: str) -> str:
    return amount.rstrip("0").rstrip(".") if "." in amount else amount


def text_cell(value: str, column: ImportColumn) -> str | NoCell:
    """Return a text as a cell, or why it has none."""
    if column.max_length and len(value) > column.max_length:
        return NoCell(f"is longer than the {column.max_length} signs that the import takes")
    if column.pattern and not re.fullmatch(column.pattern, value):
        return NoCell("is not written as the import needs it")
    why = not_for_a_file(value)
    return NoCell(why) if why else value


def not_for_a_file(text: str) -> str:
    r"""Return why a text may not stand in a file that is imported; empty where it may.

    Examples
    --------
    >>> not_for_a_file("007 Ltd"), not_for_a_file("+1 312 555 0100"), not_for_a_file("-12.50")
    ('', '', '')
    >>> not_for_a_file("@SUM(1)"), not_for_a_file("a\x00b")
    ('holds what a spreadsheet would run as a formula', 'holds signs that no file can carry')
    """
    is_plain = text.isascii() and text[:1].isalnum() and not _PLACES.search(text) and "\x00" not in text
    if is_plain or _PLAIN_PHONE.fullmatch(text):
        return ""
    try:
        text.encode()
    except UnicodeEncodeError:
        return _NO_SIGN
    if "\x00" in text:
        return _NO_SIGN
    return _FORMULA if inert(pa.array([text], pa.string()))[0].as_py() != text else ""


_NO_SIGN = "holds signs that no file can carry"
_FORMULA = "holds what a spreadsheet would run as a formula"


def amount_text(minor: str, currency: str | None) -> str | NoCell:
    """Return an amount in the decimals of its currency, with a point and no thousands.

    Examples
    --------
    >>> amount_text("123456", "EUR"), amount_text("7", "BHD"), amount_text("5", None)
    ('1234.56', '0.007', NoCell(reason='has no currency, so that its decimals are not known'))
    """
    if currency not in CURRENCIES:
        return NoCell("has no currency, so that its decimals are not known")
    if not _MINOR.fullmatch(minor):
        return NoCell("is no amount")
    places = exponent(currency)
    sign, digits = ("-" if minor.startswith("-") else ""), minor.removeprefix("-").zfill(places + 1)
    return f"{sign}{digits[:-places]}.{digits[-places:]}" if places else f"{sign}{digits}"


def _day(value: str, day_form: str) -> str | NoCell:
    try:
        return date.fromisoformat(value).strftime(day_form)
    except ValueError:
        return NoCell("is no day")
