"""The state of an engagement opened, wherever it is: in its file, on a server, or in a folder that can only be read."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

import sqlalchemy as sa

from toolkit.errors import InputError
from toolkit.store.lock import writer_lock
from toolkit.store.shared.place import MARKER, SharedPlace
from toolkit.store.state import is_writable, read_only_engine
from toolkit.store.state_file import STATE_NAME, known_engagement, opened_state

Lock = Callable[[str, datetime], AbstractContextManager[None]]


@dataclass(frozen=True, slots=True)
class OpenedState:
    """A state: what writes to it and what only reads, whose it is, and how the right to write is held.

    ``desk`` tells the folder from others that share the state; ``where`` is what may be shown of where it is.
    """

    engine: sa.Engine
    readers: sa.Engine
    engagement_id: str
    lock: Lock
    is_read_only: bool = False
    desk: str = ""
    where: str = STATE_NAME


def opened(folder: Path, place: SharedPlace | None) -> OpenedState:
    """Open the state of the engagement at ``folder``; in a file it is created when there is none.

    Parameters
    ----------
    folder
        The engagement's, whole.
    place
        Where its state is shared; None: in its file.

    Raises
    ------
    InputError
        Folder, settings and state do not belong together.
    """
    is_read_only = not is_writable(folder)
    if place is not None:
        return _shared(folder, place, is_read_only=is_read_only)
    if (folder / MARKER).exists():
        raise InputError(
            f"{folder / MARKER} says that the state of this engagement is on a server, and engagement.yaml names none. "
            "Put the line back ('state: {url: …, engagement: …}', as in a colleague's), or take the state into this folder: "
            "integration-audit engagement unshare."
        )
    if is_read_only:
        engine = read_only_engine(folder / STATE_NAME)
        with engine.connect() as connection:
            engagement_id = known_engagement(connection)
        return OpenedState(engine, engine, engagement_id, partial(writer_lock, engine), is_read_only=True)
    state = opened_state(folder)
    return OpenedState(state.engine, state.engine, state.engagement_id, partial(writer_lock, state.engine))


def _shared(folder: Path, place: SharedPlace, *, is_read_only: bool) -> OpenedState:
    # Whoever works alone never waits for what opens a server to be loaded.
    from toolkit.store.shared.opening import opened_server
    from toolkit.store.shared.writer import shared_lock

    server = opened_server(folder, place, is_read_only=is_read_only)
    return OpenedState(
        server.writers,
        server.readers,
        place.engagement_id,
        partial(shared_lock, server),
        is_read_only,
        server.desk,
        place.shown,
    )
