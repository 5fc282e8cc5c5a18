"""One writer per engagement: a row that says which process holds it.

The row of a process that is provably gone (same host, no such process, or another one under its number) is taken over; one
of another host never is.
"""

import os
import secrets
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa

from toolkit.errors import BusyError
from toolkit.store.state import WRITER

_LEFT: set[str] = set()
"""Rights to write that this process gave up and could not take out of the state."""


@dataclass(frozen=True, slots=True)
class Writer:
    """Who has the right to write: a process, on which machine, for what, and since when (UTC)."""

    pid: int
    started: str
    host: str
    purpose: str
    since: datetime


def writer_now(connection: sa.Connection) -> Writer | None:
    """Return who has the right to write, or nobody; a process that is provably gone has it no more.

    Parameters
    ----------
    connection
        To the engagement's state.
    """
    row = connection.execute(sa.select(WRITER)).one_or_none()
    if row is None or not row.token or row.token in _LEFT or is_gone(row.host, row.pid, row.started):
        return None
    return Writer(row.pid, row.started, row.host, row.purpose, datetime.fromisoformat(row.since))


@contextmanager
def writer_lock(engine: sa.Engine, purpose: str, at: datetime) -> Iterator[None]:
    """Hold the right to write; raise `BusyError`, which names the holder, when another run has it.

    Parameters
    ----------
    engine
        Of the engagement's state.
    purpose
        What the run does, in words: `BusyError` quotes it to whoever waits.
    at
        UTC; when it began.
    """
    token = secrets.token_hex(8)
    with engine.begin() as connection:
        holder = connection.execute(sa.select(WRITER)).one_or_none()
        if holder is not None:
            if holder.token not in _LEFT and not is_gone(holder.host, holder.pid, holder.started):
                raise BusyError(
                    f"Another run is writing to this engagement: {holder.purpose!r} (process {holder.pid} on "
                    f"{holder.host}, since {holder.since[:19]}Z). Wait until it has finished, or stop it, then start again."
                )
            connection.execute(sa.delete(WRITER))
        connection.execute(
            sa.insert(WRITER).values(
                id=1,
                pid=os.getpid(),
                started=process_start(os.getpid()),
                host=socket.gethostname(),
                token=token,
                purpose=purpose,
                since=at.isoformat(),
            )
        )
    try:
        # SQLite writes its journal back whenever the last connection closes, and waits for the disk: one stays open.
        with engine.connect():
            yield
    finally:
        try:
            with engine.begin() as connection:
                connection.execute(sa.delete(WRITER).where(WRITER.c.token == token))
        except sa.exc.OperationalError:
            # A disk that is full takes no deletion either: what brought us here is said, and the row counts no more.
            _LEFT.add(token)


def is_gone(host: str, pid: int, started: str) -> bool:
    """Return whether a process is provably gone: it was one of this machine, and is there no more.

    Parameters
    ----------
    host, pid, started
        Its machine, its number, and what tells it from a later one of that number.
    """
    if host != socket.gethostname():
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return process_start(pid) != started


def process_start(pid: int) -> str:
    """Return what tells two processes of one number apart; empty where the system does not say."""
    try:
        after_name = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2]
    except OSError:
        return ""
    return after_name.split()[19]
