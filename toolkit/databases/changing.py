"""A database that is changed: with a login of its own, each change in a transaction, and only in what is described."""

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Self
from urllib.parse import quote

import sqlalchemy as sa

from toolkit.connector import Writing
from toolkit.databases.addresses import opened_address, shown_address
from toolkit.databases.change_faults import fault_of_change
from toolkit.databases.client import opened_engine
from toolkit.databases.database import Database
from toolkit.databases.read_only import authorized
from toolkit.errors import ToolkitError
from toolkit.rest.clock import Clock, SystemClock
from toolkit.rest.redaction import redacted


class ChangingClient:
    """Changes rows of one database. Close it, or use it in a ``with`` block."""

    def __init__(
        self,
        system: str,
        database: Database,
        *,
        writings: Iterable[Writing],
        environment: Mapping[str, str],
        clock: Clock | None = None,
    ) -> None:
        """Prepare the way in; nothing is opened yet.

        Parameters
        ----------
        system
            The client's name of it.
        database
            Where it stands, and who changes it.
        writings
            How the rows of each table are changed: in a file of SQLite nothing else can be.
        environment
            Variables by name.
        clock
            What waits.

        Raises
        ------
        InputError
            The address is none, or its driver is not installed.
        AuthError
            What the settings refer to is not there.
        """
        url, self.secrets = opened_address(database, system=system, environment=environment)
        self.system, self.url = system, shown_address(url)
        self.login = url.username or ""
        self.reference = database.password or database.url
        self.clock: Clock = clock or SystemClock()
        self._may = {pair for one in writings for pair in written_columns(one)}
        self._engine = opened_engine(url, system, _opened_file, is_kept=True)

    @property
    def account(self) -> str:
        """Whose data it is: the database on its server; a file says that itself, whatever it is called."""
        name = self._engine.dialect.name
        return "" if name == "sqlite" else f"{name}:{self.url.rpartition('/')[2]}"

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """Yield a connection on which nothing is kept.

        Raises
        ------
        ToolkitError
            The database does not open, or fails.
        """
        try:
            with self._engine.connect() as connection:
                self._begin(connection, "BEGIN")
                yield connection
        except sa.exc.SQLAlchemyError as error:
            raise self._fault(error, is_sent=False) from None

    @contextmanager
    def changing(self) -> Iterator[sa.Connection]:
        """Yield a connection in a transaction that is kept as a whole, or not at all.

        Raises
        ------
        UncertainError
            The line broke while it was being kept.
        ToolkitError
            The database refuses it, or fails; nothing was kept.
        """
        is_sent = False
        try:
            with self._engine.connect() as connection:
                self._begin(connection, "BEGIN IMMEDIATE")
                for one in bounds_of_waiting(connection.dialect.name):
                    connection.exec_driver_sql(one)
                yield connection
                is_sent = True
                connection.commit()
                is_sent = False
        except sa.exc.SQLAlchemyError as error:
            raise self._fault(error, is_sent=is_sent) from None

    def _begin(self, connection: sa.Connection, statement: str) -> None:
        """Begin in a file of SQLite as it wants it; other databases begin with the first statement."""
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql(statement)
            driver: Any = connection.connection.driver_connection
            driver.set_authorizer(_authorizer(self._may))

    def _fault(self, error: sa.exc.SQLAlchemyError, *, is_sent: bool) -> ToolkitError:
        found = fault_of_change(error, self.system, self.reference, is_sent=is_sent)
        return type(found)(redacted(str(found), self.secrets))

    def close(self) -> None:
        """Let go of it."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"ChangingClient({self.system!r}, {self.url!r})"


def bounds_of_waiting(dialect: str) -> tuple[str, ...]:
    """Return what bounds, in a transaction, how long it waits for a row that somebody else holds.

    Examples
    --------
    >>> bounds_of_waiting("postgresql"), bounds_of_waiting("sqlite")
    (("SET LOCAL lock_timeout = '10s'",), ())
    """
    return ("SET LOCAL lock_timeout = '10s'",) if dialect == "postgresql" else ()


def written_columns(writing: Writing) -> set[tuple[str, str]]:
    """Return the columns that changes of a table may set, each with the table; an empty one stands for making a row."""
    table = writing.one.path.rpartition(".")[2]
    fixed = {name for call in writing.calls() for name in json.loads(call.body or "{}")}
    version = {writing.version.path} if writing.version is not None else set()
    found = {*(one.path for one in writing.fields), *fixed, *version}
    return {(table, name) for name in found} | ({(table, "")} if writing.create is not None else set())


def _authorizer(may: Collection[tuple[str, str]]) -> Any:
    """Return what SQLite asks before each part of a statement: it reads, and writes where that was described."""

    def allowed(action: int, first: str | None, second: str | None, database: str | None, trigger: str | None) -> int:
        # What the client's own triggers do belongs to the client's database.
        if trigger is not None or authorized(action, first, second, database, trigger) == sqlite3.SQLITE_OK:
            return sqlite3.SQLITE_OK
        is_insert = action == sqlite3.SQLITE_INSERT and (first or "", "") in may
        is_update = action == sqlite3.SQLITE_UPDATE and (first or "", second or "") in may
        return sqlite3.SQLITE_OK if is_insert or is_update else sqlite3.SQLITE_DENY

    return allowed


def _opened_file(url: sa.engine.URL) -> Any:
    """Return what opens a file of SQLite that is there, without beginning anything by itself."""
    path = f"file:{quote(url.database or '')}?mode=rw"

    def opened() -> sqlite3.Connection:
        return sqlite3.connect(path, uri=True, check_same_thread=False, isolation_level=None, timeout=2.0)

    return opened
