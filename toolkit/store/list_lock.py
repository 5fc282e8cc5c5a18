"""One list of jobs of an engagement at a time: a row beside the writer's, which says which process runs one.

The steps of a list take the right to write each for itself. The row of a process that is provably gone is taken over.
"""

import os
import secrets
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import sqlalchemy as sa

from toolkit.errors import BusyError
from toolkit.store.lock import is_gone, process_start
from toolkit.store.state import WRITER
from toolkit.store.store import Store

_ROW = 2
"""The writer's is the first."""


@contextmanager
def running_a_list(store: Store, purpose: str) -> Iterator[None]:
    """Hold the right to run a list of jobs for a ``with`` block.

    Parameters
    ----------
    store
        The engagement's.
    purpose
        Which list it is, in words: `BusyError` quotes it to whoever starts another.

    Raises
    ------
    BusyError
        A list of this engagement is still running.
    """
    token = secrets.token_hex(8)
    own = WRITER.c.id == _ROW
    try:
        with store.changing() as connection:
            holder = connection.execute(sa.select(WRITER).where(own)).one_or_none()
            if holder is not None:
                if not is_gone(holder.host, holder.pid, holder.started):
                    raise BusyError(
                        f"{holder.purpose[:1].upper()}{holder.purpose[1:]} is still running (process {holder.pid} on "
                        f"{holder.host}, since {holder.since[:19]}Z). Nothing was started a second time."
                    )
                connection.execute(sa.delete(WRITER).where(own))
            connection.execute(
                sa.insert(WRITER).values(
                    id=_ROW,
                    pid=os.getpid(),
                    started=process_start(os.getpid()),
                    host=socket.gethostname(),
                    token=token,
                    purpose=purpose,
                    since=datetime.now(UTC).isoformat(),
                )
            )
    except sa.exc.IntegrityError as error:
        raise BusyError(
            f"Another process began to run a list of jobs at this moment, so {purpose} was not started."
        ) from error
    try:
        yield
    finally:
        with store.changing() as connection:
            connection.execute(sa.delete(WRITER).where(WRITER.c.token == token))
