"""What reads one database: opened for each stream, never more often at once than was said, and only in order to read."""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Self
from urllib.parse import quote
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from toolkit.databases.addresses import opened_address, shown_address
from toolkit.databases.database import Database
from toolkit.databases.faults import fault_of
from toolkit.databases.read_only import begin_reading
from toolkit.errors import InputError, ToolkitError
from toolkit.rest.clock import Clock, SystemClock
from toolkit.rest.credentials import Credential, OpenDoor
from toolkit.rest.redaction import redacted

DRIVERS: Mapping[str, str] = {
    "psycopg": "psycopg[binary]",
    "psycopg2": "psycopg2-binary",
    "pg8000": "pg8000",
    "pymysql": "pymysql",
    "MySQLdb": "mysqlclient",
    "mysql": "mysql-connector-python",
    "mariadb": "mariadb",
    "pyodbc": "pyodbc",
    "pymssql": "pymssql",
    "oracledb": "oracledb",
    "snowflake": "snowflake-sqlalchemy",
    "duckdb_engine": "duckdb-engine",
}
"""Packages by the module that is missing: which one is the client's database and the user's choice."""


class DatabaseClient:
    """Reads the streams of one database. Close it, or use it in a ``with`` block."""

    def __init__(
        self, system: str, database: Database, *, environment: Mapping[str, str], clock: Clock | None = None
    ) -> None:
        """Prepare the way in; nothing is opened yet.

        Parameters
        ----------
        system
            The client's name of it.
        database
            Where it stands.
        environment
            Variables by name.
        clock
            What waits between tries.

        Raises
        ------
        InputError
            The address is none, or its driver is not installed.
        AuthError
            What the settings refer to is not there.
        """
        url, self.secrets = opened_address(database, system=system, environment=environment)
        self.system, self.database, self.url = system, database, shown_address(url)
        self.zone = ZoneInfo(database.zone)
        self.clock: Clock = clock or SystemClock()
        self.clock_offset_s: float | None = None
        self.credential: Credential = OpenDoor(reference=database.password or database.url)
        self._places = threading.BoundedSemaphore(database.at_once)
        self._engine = opened_engine(url, system, _opened_file)

    @property
    def account(self) -> dict[str, str]:
        """Whose data it is: the database on its server; a file says that itself, whatever it is called."""
        if self._engine.dialect.name == "sqlite":
            return {}
        found = self.url.rpartition("/")[2]
        return {"id": f"{self._engine.dialect.name}:{found}", "name": found}

    @contextmanager
    def reading(self) -> Iterator[tuple[sa.Connection, str]]:
        """Yield a connection in a transaction that cannot write, and what is to be said of that.

        Raises
        ------
        ToolkitError
            The database does not open, or does not assure it, or fails.
        """
        with self._places:
            try:
                with self._engine.connect() as connection:
                    yield (
                        connection,
                        begin_reading(connection, self.system, user_may_only_read=self.database.user_may_only_read),
                    )
            except sa.exc.SQLAlchemyError as error:
                raise self.fault(error, self.system) from None

    def fault(self, error: Exception, said: str) -> ToolkitError:
        """Return a database's error as one of ours, without secrets.

        Parameters
        ----------
        error
            SQLAlchemy's.
        said
            What was read.
        """
        found = fault_of(error, said, self.credential.reference)
        return type(found)(redacted(str(found), self.secrets))

    def close(self) -> None:
        """Let go of it."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"DatabaseClient({self.system!r}, {self.url!r})"


def opened_engine(
    url: sa.engine.URL, system: str, opened_file: Callable[[sa.engine.URL], Callable[[], Any]], *, is_kept: bool = False
) -> sa.Engine:
    """Return what opens a database.

    Parameters
    ----------
    url
        Its whole address.
    system
        Its name, for messages.
    opened_file
        What opens a file of SQLite, as far as it may be.
    is_kept
        Whether one connection stays open between two uses, and is tried before the next.

    Raises
    ------
    InputError
        Its driver is not installed, or its address is wrong.
    """
    kept = {"poolclass": sa.pool.QueuePool, "pool_size": 1, "max_overflow": 0, "pool_pre_ping": True}
    more: dict[str, Any] = {**(kept if is_kept else {"poolclass": sa.pool.NullPool}), "hide_parameters": True}
    try:
        if url.get_backend_name() == "sqlite":
            more["creator"] = opened_file(url)
            url = sa.engine.make_url("sqlite://")
        return sa.create_engine(url, **more)
    except (ImportError, sa.exc.NoSuchModuleError) as error:
        module = (getattr(error, "name", None) or "").partition(".")[0]
        package = DRIVERS.get(module, module)
        how = (
            f"It needs the package {package}: python -m pip install '{package}'"
            if package
            else "Its address begins with the name of a database and of a driver, as in postgresql+psycopg://"
        )
        raise InputError(f"{system} cannot be read: no driver for {url.drivername!r} is installed. {how}.") from None
    except sa.exc.ArgumentError:
        raise InputError(f"{system} cannot be read: its address has a part that {url.drivername!r} does not know.") from None


def _opened_file(url: sa.engine.URL) -> Any:
    """Return what opens a file of SQLite so that it can only be read, and never makes one."""
    import sqlite3

    path = f"file:{quote(url.database or '')}?mode=ro"

    def opened() -> sqlite3.Connection:
        return sqlite3.connect(path, uri=True, check_same_thread=False)

    return opened
