"""The query engine: DuckDB in memory, closed to everything but one folder.

The only module that imports duckdb. Nothing is ever stored in a DuckDB file: one process would lock it against all others.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

# Loaded by the first question: many a command asks none.
if TYPE_CHECKING:
    import duckdb

    Connection = duckdb.DuckDBPyConnection
else:
    Connection = Any


@contextmanager
def query_connection(folder: Path | None = None, *, threads: int = 2, memory_limit: str = "1GB") -> Iterator[Connection]:
    """Yield a connection that reads and writes files below ``folder`` only; without one it touches no file at all.

    Arrow tables and pandas frames take part after ``connection.register(name, table)``; they, and tables that are created
    as ``TEMP``, are forgotten with the connection. The engine behind it is started once for a folder and stays: a start
    costs more than most questions.

    Parameters
    ----------
    folder
        The engagement's folder. Spilled data goes to ``.spill`` in it.
    threads
        Worker threads.
    memory_limit
        As DuckDB writes it, e.g. ``"1GB"``.
    """
    connection = _engine(folder.resolve() if folder is not None else None, threads, memory_limit).cursor()
    try:
        yield connection
    finally:
        connection.close()


@lru_cache(maxsize=4)
def _engine(folder: Path | None, threads: int, memory_limit: str) -> Connection:
    """Return an engine that was closed to everything but ``folder``, and whose settings nobody can open again."""
    import duckdb

    connection = duckdb.connect(":memory:")
    connection.execute(f"SET threads = {int(threads)}")
    connection.execute(f"SET memory_limit = {quoted_text(memory_limit)}")
    connection.execute("SET GLOBAL TimeZone = 'UTC'")
    connection.execute("SET GLOBAL python_enable_replacements = false")
    # The order matters: with external access off nothing can be allowed any more, and the lock comes last.
    if folder is not None:
        connection.execute(f"SET temp_directory = {quoted_text(str(folder / '.spill'))}")
        connection.execute(f"SET allowed_directories = [{quoted_text(str(folder))}]")
    else:
        connection.execute("SET temp_directory = ''")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")
    return connection


def close_engines() -> None:
    """Close the engines: they keep the memory of their largest question. One that still answers is closed after that."""
    _engine.cache_clear()


def quoted_name(name: str) -> str:
    """Return ``name`` as an SQL identifier, whatever it holds.

    Examples
    --------
    >>> print(quoted_name('a"; drop table t; --'))
    "a""; drop table t; --"
    """
    return '"' + name.replace('"', '""') + '"'


def quoted_text(text: str) -> str:
    """Return ``text`` as an SQL literal, for the places where SQL takes no bound value.

    Examples
    --------
    >>> print(quoted_text("O'Hara"))
    'O''Hara'
    """
    return "'" + text.replace("'", "''") + "'"
