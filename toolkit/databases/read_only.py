"""The wall between us and a client's data: a transaction in which the database itself refuses to write, and says so.

A database that has no such transaction is not read, unless somebody vouches that the user may only read.
"""

import sqlite3
from collections.abc import Callable, Mapping
from typing import Any

import sqlalchemy as sa

from toolkit.errors import PlanRefusedError

_MAY = frozenset(
    {
        sqlite3.SQLITE_SELECT,
        sqlite3.SQLITE_READ,
        sqlite3.SQLITE_FUNCTION,
        sqlite3.SQLITE_RECURSIVE,
        sqlite3.SQLITE_TRANSACTION,
    }
)
_ASKED_PRAGMAS = frozenset({"query_only", "table_xinfo", "table_info", "foreign_keys", "read_uncommitted"})


class WritableError(PlanRefusedError):
    """Nothing assures that a database can only be read."""

    next_step = "Nothing was read."


def begin_reading(connection: sa.Connection, system: str, *, user_may_only_read: bool) -> str:
    """Begin a transaction that cannot write; return what is to be said where a person alone vouches for that.

    Parameters
    ----------
    connection
        A fresh one.
    system
        Its name, for the message.
    user_may_only_read
        Whether somebody vouches for the rights of the user.

    Raises
    ------
    WritableError
        Nothing assures it.
    """
    backend = connection.dialect.name
    begin = _WALLS.get(backend)
    if begin is None:
        if user_may_only_read:
            return f"{system}: only the rights of its user keep it from being written to; engagement.yaml vouches for them."
        raise WritableError(
            f"{system} was not read: {backend} has no transaction known here that cannot write. Have the client make a user "
            f"that may only read, and say so in engagement.yaml: systems.{system}.database.user_may_only_read: true."
        )
    if not begin(connection):
        raise WritableError(f"{system} was not read: the database does not confirm that it would refuse to write.")
    return ""


def _begin_sqlite(connection: sa.Connection) -> bool:
    """Begin on a file that was opened for reading: nothing but reading is even prepared."""
    connection.exec_driver_sql("PRAGMA query_only = ON")
    is_assured = bool(connection.exec_driver_sql("PRAGMA query_only").scalar())
    driver: Any = connection.connection.driver_connection
    driver.set_authorizer(authorized)
    connection.exec_driver_sql("BEGIN")
    return is_assured


def authorized(action: int, first: str | None, second: str | None, _database: str | None, _trigger: str | None) -> int:
    """Return what SQLite is told of a part of a statement: that it may be done, where it only reads.

    Parameters
    ----------
    action
        Which part, as SQLite numbers them.
    first, second
        What it touches.

    Examples
    --------
    >>> authorized(sqlite3.SQLITE_SELECT, None, None, None, None) == sqlite3.SQLITE_OK
    True
    >>> authorized(sqlite3.SQLITE_DELETE, "customer", None, None, None) == sqlite3.SQLITE_DENY
    True
    """
    if action == sqlite3.SQLITE_PRAGMA:
        return (
            sqlite3.SQLITE_OK if first in _ASKED_PRAGMAS and (first != "query_only" or not second) else sqlite3.SQLITE_DENY
        )
    if action == sqlite3.SQLITE_FUNCTION and (second or "").casefold() == "load_extension":
        return sqlite3.SQLITE_DENY
    return sqlite3.SQLITE_OK if action in _MAY else sqlite3.SQLITE_DENY


def _begin_postgresql(connection: sa.Connection) -> bool:
    connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    return connection.exec_driver_sql("SELECT current_setting('transaction_read_only')").scalar() == "on"


_WALLS: Mapping[str, Callable[[sa.Connection], bool]] = {"sqlite": _begin_sqlite, "postgresql": _begin_postgresql}
