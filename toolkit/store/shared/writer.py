"""One writer per engagement, whichever machine it is on: a lock of the server's, and a row that says who has it.

The lock belongs to a connection and vanishes with it: that the server gives it to somebody else is the proof that the one
before has no connection any more, be it killed, cut off or switched off. One that was cut off and does not know it yet is
stopped by its next transaction, which finds another token in the row.
"""

import hashlib
import os
import secrets
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from toolkit.errors import BusyError, ToolkitError
from toolkit.store.lock import is_gone, process_start
from toolkit.store.shared.schemas import NOBODY
from toolkit.store.shared.server import Server
from toolkit.store.state import WRITER

_GONE_S = 60.0
"""How long the server is given to notice that a process of this machine is gone; it hears of it at once as a rule."""
_STEP_S = 0.05


@contextmanager
def shared_lock(server: Server, purpose: str, at: datetime) -> Iterator[None]:
    """Hold the right to write; raise `BusyError`, which names the holder, when another run has it.

    Parameters
    ----------
    server
        Of the engagement's state.
    purpose
        What the run does, in words: `BusyError` quotes it to whoever waits.
    at
        UTC; when it began.
    """
    session = server.readers.connect().execution_options(isolation_level="AUTOCOMMIT")
    # A connection of its own, never handed on: when it is closed the lock is free, whatever happened.
    session.detach()
    line: Any = session.connection.dbapi_connection
    try:
        _take(session, server.place.engagement_id)
        token = secrets.token_hex(8)
        holder = {
            "pid": os.getpid(),
            "started": process_start(os.getpid()),
            "host": socket.gethostname(),
            "token": token,
            "purpose": purpose,
            "since": at.isoformat(),
        }
        with server.writers.begin() as connection:
            connection.execute(sa.update(WRITER).values(**holder))
        server.hold(token)
        try:
            yield
        finally:
            server.hold("")
            # A server that is gone has let go of the lock by that.
            with suppress(ToolkitError):
                with server.writers.begin() as connection:
                    connection.execute(sa.update(WRITER).where(WRITER.c.token == token).values(**NOBODY))
                session.exec_driver_sql(f"SELECT pg_advisory_unlock({_number(server.place.engagement_id)})")
    finally:
        with suppress(ToolkitError):
            session.close()
        # One that broke was forgotten, not closed.
        line.close()


def _take(session: sa.Connection, engagement_id: str) -> None:
    """Take the lock, or say who has it; wait for one that is about to be free."""
    until = time.monotonic() + _GONE_S
    while not session.exec_driver_sql(f"SELECT pg_try_advisory_lock({_number(engagement_id)})").scalar_one():
        holder = session.execute(sa.select(WRITER)).one()
        # It is being taken or given back just now, or its process is gone and the server has not noticed yet.
        is_passing = not holder.token or is_gone(holder.host, holder.pid, holder.started)
        if not holder.token and time.monotonic() > until:
            raise BusyError(
                "Another run holds the right to write to this engagement and does not begin. Look for it, then stop it."
            )
        if not is_passing or time.monotonic() > until:
            raise BusyError(
                f"Another run is writing to this engagement: {holder.purpose!r} (process {holder.pid} on "
                f"{holder.host}, since {holder.since[:19]}Z). Wait until it has finished, or stop it, then start again."
            )
        time.sleep(_STEP_S)


def _number(engagement_id: str) -> int:
    """Return the number of an engagement's lock."""
    digest = hashlib.sha256(f"integration-audit {engagement_id}".encode()).digest()
    return int.from_bytes(digest[:8], signed=True)
