"""Which columns of a table or statement are read: all but pictures and files, each by a name of its own."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from toolkit.connector import Reading
from toolkit.errors import ResponseError, UnknownNameError

_BLOBS = (bytes, bytearray, memoryview)


def wanted_columns(
    connection: sa.Connection, reading: Reading, key: Sequence[str], source: Any, said: str
) -> tuple[list[str], list[str]]:
    """Return the columns that are read, and sentences on those that are left out.

    Parameters
    ----------
    connection
        Where it is looked up.
    reading
        The table or the statement.
    key
        Columns that name a record.
    source
        What is selected from.
    said
        What is read, for messages.

    Raises
    ------
    ResponseError
        A column that the stream needs is not there, or two have the same name.
    """
    result = connection.execute(sa.select(sa.text("*")).select_from(source).where(sa.false()))
    names = [str(name) for name in result.keys()]  # noqa: SIM118  # a result is walked by rows
    result.close()
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise ResponseError(f"{said}: two columns are called {twice[0]!r}. Give one another name: AS.")
    needed = [*key, *([reading.changed.field] if reading.changed is not None else [])]
    for name in needed:
        if name not in names:
            raise ResponseError(f"{said}: {UnknownNameError('column', name, names)}")
    blobs = [name for name in _blob_columns(connection, reading) if name in names and name not in needed]
    return [name for name in names if name not in blobs], [_left_out(said, name) for name in blobs]


def without_blobs(
    columns: Sequence[str], rows: Sequence[Sequence[Any]], said: str
) -> tuple[list[str], Sequence[Sequence[Any]], list[str]]:
    """Return rows without the columns that hold bytes, the names of the others, and what is to be said of it.

    Parameters
    ----------
    columns
        Their names.
    rows
        Values in that order.
    said
        What is read.

    Examples
    --------
    >>> without_blobs(["id", "photo"], [(1, None), (2, b"x")], "erp/staff")[:2]
    (['id'], [(1,), (2,)])
    """
    blobs = {place for place in range(len(columns)) if any(isinstance(row[place], _BLOBS) for row in rows)}
    if not blobs:
        return [*columns], rows, []
    kept = [place for place in range(len(columns)) if place not in blobs]
    notes = [_left_out(said, columns[place]) for place in sorted(blobs)]
    return [columns[place] for place in kept], [tuple(row[place] for place in kept) for row in rows], notes


def _blob_columns(connection: sa.Connection, reading: Reading) -> list[str]:
    """Return the columns of a table that hold bytes, so that they are not even sent; of a statement it says so itself."""
    if reading.body:
        return []
    schema, _, table = reading.path.rpartition(".")
    try:
        found = sa.inspect(connection).get_columns(table, schema=schema or None)
    except (sa.exc.NoSuchTableError, NotImplementedError):
        return []
    return [one["name"] for one in found if isinstance(one["type"], sa.LargeBinary)]


def _left_out(said: str, name: str) -> str:
    return f"{said}: the column {name!r} holds files or pictures and is left out."
