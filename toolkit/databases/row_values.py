"""Values of rows: as a database takes them, by the type of their column, and as texts.

Nothing is put into a statement: a database is given each value apart.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from toolkit.apply.written_values import written_value
from toolkit.connector import WriteField
from toolkit.errors import RejectedError
from toolkit.files.cell_transforms import BLANKS

_TRUE = frozenset({"true", "1"})
_NUMBERS = {"true": "1", "false": "0"}
_CASTS: Mapping[type, Callable[[str], Any]] = {
    bool: lambda text: text in _TRUE,
    int: lambda text: int(_NUMBERS.get(text, text)),
    float: float,
    Decimal: Decimal,
    date: date.fromisoformat,
    datetime: datetime.fromisoformat,
    UUID: UUID,
}


def bound_value(field: WriteField, text: str | None, currency: str, kind: type) -> Any:
    """Return a canonical value as the database takes it.

    Parameters
    ----------
    field
        The column, and in what form it is written.
    text
        The value; null empties the column.
    currency
        Of the record, for its amounts.
    kind
        What the column holds; text where the database takes any.

    Raises
    ------
    RejectedError
        The value has not the form.

    Examples
    --------
    >>> bound_value(WriteField("amount_minor", "total", "amount"), "125050", "EUR", Decimal)
    Decimal('1250.50')
    >>> bound_value(WriteField("parent_ref", "parent", "number"), "7", "", int)
    7
    """
    form = {"amount": "amount_text", "number": "text", "flag": "text"}.get(field.form, field.form)
    found = written_value(replace(field, form=form), text, currency)  # type: ignore[arg-type]  # three forms for three
    return None if found is None else typed_value(str(found), kind, field.column)


def typed_value(text: str, kind: type, said: str) -> Any:
    """Return a text as a value of a type.

    Parameters
    ----------
    text
        The value.
    kind
        The type.
    said
        Whose value it is, for the message.

    Raises
    ------
    RejectedError
        It is none of the type.

    Examples
    --------
    >>> typed_value("7", int, "id"), typed_value("true", bool, "gone"), typed_value("A-7", str, "id")
    (7, True, 'A-7')
    """
    try:
        return _CASTS[kind](text) if kind in _CASTS else text
    except (ValueError, ArithmeticError):
        raise RejectedError(f"{said} is not written: the column holds {kind.__name__}, and its value is none.") from None


def row_text(value: Any) -> Any:
    """Return a value of a row as a pull has it: an amount digit by digit, a day as it is written, no blanks around a text.

    Examples
    --------
    >>> row_text(Decimal("1250.50")), row_text(date(2026, 10, 5)), row_text("Acme   "), row_text(None)
    ('1250.50', '2026-10-05', 'Acme', None)
    """
    if isinstance(value, str):
        return value.strip(BLANKS)
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value.isoformat() if isinstance(value, date) else str(value)


def column_kinds(connection: sa.Connection, table: str) -> dict[str, type]:
    """Return what each column of a table holds; SQLite takes a text for everything, and makes of it what the column wants.

    Parameters
    ----------
    connection
        Where it is looked up.
    table
        With its schema before a dot, where it has one.
    """
    schema, _, name = table.rpartition(".")
    is_typed = connection.dialect.name != "sqlite"
    found = sa.inspect(connection).get_columns(name, schema=schema or None)
    return {str(one["name"]): _kind(one["type"]) if is_typed else str for one in found}


def _kind(column: sa.types.TypeEngine[Any]) -> type:
    try:
        return column.python_type
    except NotImplementedError:
        return str
