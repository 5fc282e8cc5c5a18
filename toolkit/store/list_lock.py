"""One list of jobs of an engagement at a time: the writer's lock once more, in a small file of its own.

It stands where the runs are recorded, on the machine that runs them, also where the engagement's state is shared: the steps
of a list take the right to write each for itself.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa

from toolkit.disk import private_folder
from toolkit.errors import DamagedError
from toolkit.store.lock import writer_lock
from toolkit.store.state import state_engine

_NAME = "lock.sqlite"


@contextmanager
def running_a_list(home: Path, purpose: str) -> Iterator[None]:
    """Hold the right to run a list of jobs for a ``with`` block.

    Parameters
    ----------
    home
        The folder in which the engagement's runs are recorded.
    purpose
        Which list it is, in words: `BusyError` quotes it to whoever starts another.

    Raises
    ------
    BusyError
        A list of this engagement is still running.
    DamagedError
        The file that says so cannot be read.
    """
    path = private_folder(home) / _NAME
    try:
        engine = state_engine(path)
    except sa.exc.DatabaseError as error:
        raise DamagedError(path, "Remove it when no list of jobs is running, then start again.") from error
    try:
        with writer_lock(engine, purpose, datetime.now(UTC)):
            yield
    finally:
        engine.dispose()
