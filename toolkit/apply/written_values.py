"""A canonical value as it stands in the body of a change, and back: one form says both ways.

Canonical values are texts (`toolkit.changes`): amounts in whole minor units, days as ``2026-10-05``.
"""

import json
import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from toolkit.connector import WriteField
from toolkit.errors import RejectedError
from toolkit.files.cell_transforms import BLANKS, FORMS
from toolkit.rest.places import text_at, text_of_value, value_at
from toolkit.values.currency import exponent

_TRUE, _FALSE = "true", "false"
_DAY_LENGTH = 10


def written_value(field: WriteField, text: str | None, currency: str, *, blank: str | None = None) -> Any:
    """Return a canonical value as a body of JSON holds it.

    Parameters
    ----------
    field
        Where it is written, and in what form.
    text
        The value; null empties the field.
    currency
        Of the record, for its amounts.
    blank
        What empties a field.

    Raises
    ------
    RejectedError
        The value has no such form: an amount without a currency, a number that is none.

    Examples
    --------
    >>> written_value(WriteField("amount_minor", "TotalAmt", "amount"), "125050", "USD")
    1250.5
    >>> written_value(WriteField("state", "Active", "flag", values=(("archived", "false"),)), "archived", "")
    False
    """
    if not text:
        return blank
    word = dict(field.values).get(text, text)
    try:
        match field.form:
            case "amount" | "amount_text" | "minor_units":
                return _written_amount(field, word, currency)
            case "number":
                return _number(Decimal(word))
            case "flag":
                return {_TRUE: True, _FALSE: False}[word]
            case _:
                return field.template.replace("{value}", word) if field.template else word
    except (InvalidOperation, ValueError, KeyError):
        raise RejectedError(f"{field.column} is not written: its value is no {field.form.replace('_', ' ')}.") from None


def read_value(field: WriteField, found: Any, currency: str) -> str | None:
    """Return what a record says in a field as the canonical value; what has not the form stays as it stands.

    Parameters
    ----------
    field
        Where it is written, and in what form.
    found
        What stands there.
    currency
        Of the record, for its amounts.

    Examples
    --------
    >>> read_value(WriteField("amount_minor", "TotalAmt", "amount"), "1250.50", "USD")
    '125050'
    >>> read_value(WriteField("issued_on", "Date", "day"), "2026-10-05T00:00:00", "")
    '2026-10-05'
    """
    text = text_of_value(found)
    if not text:
        return None
    text = next((ours for ours, theirs in field.values if theirs == text), text)
    match field.form:
        case "amount" | "amount_text":
            return _read_amount(text, currency)
        case "number":
            return _plain_number(text)
        case "day":
            return text[:_DAY_LENGTH]
        case _:
            return text


def said_in(field: WriteField, record: Mapping[str, Any]) -> Any:
    """Return what a record says in a field: as a pull reads it, where the connector says how that is.

    Parameters
    ----------
    field
        Where it is written, and how it is read.
    record
        As the system writes it.

    Examples
    --------
    >>> from toolkit.connector import Field
    >>> name = WriteField("name", read=Field(("first", "last"), joined=" "))
    >>> said_in(name, {"first": " Ann ", "last": "Lee"}), said_in(WriteField("name", "title"), {"title": "Dr"})
    ('Ann Lee', 'Dr')
    """
    read = field.read
    if read is None:
        return value_at(record, field.read_at)
    texts = [text for path in read.headers if (text := text_at(record, path).strip(BLANKS))]
    text = (read.joined.join(texts) if read.joined else texts[0]) if texts else ""
    if text and read.form:
        text = FORMS[read.form](text) or ""
    if text and read.values:
        text = next((value for pattern, value in read.values if re.search(pattern, text.lower())), "")
    return text.removeprefix("-") if read.is_absolute else text


def says(found: Any, word: str) -> bool:
    """Return whether a value is a word, or a list that holds it.

    Examples
    --------
    >>> says(True, "true"), says(["vip", "archived"], "archived"), says("archived for good", "archived")
    (True, True, False)
    """
    return any(text_of_value(one) == word for one in found) if isinstance(found, list) else text_of_value(found) == word


def written_json(body: Any) -> str:
    """Return a body as it is sent."""
    return json.dumps(body, ensure_ascii=False)


def _written_amount(field: WriteField, minor: str, currency: str) -> Any:
    whole = int(minor)
    if field.form == "minor_units":
        return whole
    if not currency:
        raise RejectedError(f"{field.column} is not written: nothing says in which currency it is.")
    decimals = exponent(currency)
    amount = Decimal(whole).scaleb(-decimals)
    return f"{amount:.{decimals}f}" if field.form == "amount_text" else _number(amount)


def _number(value: Decimal) -> int | float:
    """Return a number as JSON writes it; one that a program would round is refused."""
    if value == value.to_integral_value():
        return int(value)
    found = float(value)
    if Decimal(repr(found)) != value:
        raise ValueError("too exact")
    return found


def _read_amount(text: str, currency: str) -> str:
    try:
        minor = Decimal(text).scaleb(exponent(currency)) if currency else Decimal("NaN")
    except InvalidOperation:
        return text
    return str(int(minor)) if minor.is_finite() and minor == minor.to_integral_value() else text


def _plain_number(text: str) -> str:
    """Return a number as canonical columns write it: without zeros that say nothing."""
    try:
        value = Decimal(text)
    except InvalidOperation:
        return text
    return f"{value.normalize():f}" if value.is_finite() else text
