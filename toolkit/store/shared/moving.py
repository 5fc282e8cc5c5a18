"""A state moved from its file to a server and back: compared row by row before the old one is set aside."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa

from toolkit.disk import disk_errors
from toolkit.errors import InputError
from toolkit.store.audit_log import log_entry, log_head
from toolkit.store.lock import writer_lock
from toolkit.store.shared.opening import opened_server
from toolkit.store.shared.place import MARKER, SharedPlace, new_desk, read_marker, write_marker
from toolkit.store.shared.rows import carry_facts, carry_rows, unlike_row
from toolkit.store.shared.schemas import (
    FOLDER_TABLES,
    TEAM_TABLES,
    VERSION,
    complete,
    enter,
    found_schemas,
    make_desk,
    make_team,
    refuse_missing,
    refuse_other_version,
    set_aside,
    tables_version,
)
from toolkit.store.shared.server import Server
from toolkit.store.shared.writer import shared_lock
from toolkit.store.state import state_engine
from toolkit.store.state_file import STATE_NAME, moved_aside, opened_state

_TABLES = (*TEAM_TABLES, *FOLDER_TABLES)
_FACTS = ("engagement", "copied")
_TAKEN_BACK = f".{STATE_NAME}.taken-back"


def share_state(folder: Path, place_of: Callable[[str], SharedPlace], settle: Callable[[SharedPlace], None]) -> int:
    """Move the state of the engagement at ``folder`` from its file to a server; return how many rows it has.

    Parameters
    ----------
    folder
        The engagement's.
    place_of
        Where its state is to be, by its id.
    settle
        Called when the server has all of it: it notes in the settings where the state is.

    Raises
    ------
    InputError
        The server already holds something else under this engagement.
    BusyError
        A run is writing.
    """
    state = opened_state(folder)
    try:
        place = place_of(state.engagement_id)
        marker = read_marker(folder)
        if marker is not None and marker.engagement_id != place.engagement_id:
            raise InputError(
                f"{folder / MARKER} names another engagement than {STATE_NAME} beside it. Move away what is not this one's."
            )
        with (
            writer_lock(state.engine, "sharing the state", datetime.now(UTC)),
            _way(replace(place, is_settled=False), new_desk() if marker is None else marker.desk) as server,
            state.engine.begin() as source,
        ):
            count = _carried(source, server)
            write_marker(folder, place, server.desk)
            try:
                settle(place)
            except BaseException:
                (folder / MARKER).unlink()
                raise
    finally:
        state.engine.dispose()
    # What a notebook that is still open keeps in the journal of the file belongs into what is set aside.
    with closing(sqlite3.connect(folder / STATE_NAME, timeout=30)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    moved_aside(folder / STATE_NAME, "until")
    with opened_way(folder, place) as server, server.writers.begin() as target:
        log_entry(target, "shared", {"where": place.shown, "rows": count}, datetime.now(UTC))
    return count


def take_back(folder: Path, place: SharedPlace, settle: Callable[[], None]) -> int:
    """Move a state from its server into the file of a folder; return how many rows it has.

    The server's is set aside under another name: colleagues are told. After a crash the same call ends what it began.

    Parameters
    ----------
    folder
        The engagement's.
    place
        Where its state is.
    settle
        Called when the folder has all of it: it removes from the settings that the state is elsewhere.

    Raises
    ------
    InputError
        Something does not belong together.
    BusyError
        A run is writing.
    """
    made, file = folder / _TAKEN_BACK, folder / STATE_NAME
    marker = read_marker(folder)
    with _way(place, new_desk() if marker is None else marker.desk) as server:
        is_begun = not found_schemas(server)[0]
        if is_begun and not any(_has_all(one, server) for one in (made, file)):
            refuse_missing(server)
    if not is_begun:
        made.unlink(missing_ok=True)
        now = datetime.now(UTC)
        # Nobody else commits anything before this is done: the row of the writer is locked.
        with (
            opened_way(folder, place) as server,
            shared_lock(server, "taking the state back", now),
            server.writers.begin() as source,
        ):
            log_entry(source, "unshared", {"where": place.shown, "desk": server.desk}, now)
            _fill(made, source)
            source.exec_driver_sql(f"ALTER SCHEMA {place.schema} RENAME TO {place.schema}_until_{now:%Y%m%dt%H%M%S}")
    if made.exists():
        with disk_errors(file):
            made.replace(file)
    settle()
    (folder / MARKER).unlink(missing_ok=True)
    state = opened_state(folder)
    with state.engine.connect() as connection:
        count = sum(connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one() for table in _TABLES)
    state.engine.dispose()
    return count


def bring_up(folder: Path, place: SharedPlace) -> bool:
    """Give a state on a server the tables that this version needs; return whether it lacked any."""
    marker = read_marker(folder)
    with _way(place, new_desk() if marker is None else marker.desk) as server:
        if not found_schemas(server)[0]:
            refuse_missing(server)
        with (
            shared_lock(server, "bringing the tables up", datetime.now(UTC)),
            server.writers.begin() as connection,
        ):
            is_older = tables_version(connection, place) < VERSION
            if is_older:
                complete(connection, place)
    return is_older


@contextmanager
def opened_way(folder: Path, place: SharedPlace) -> Iterator[Server]:
    """Yield the way to a shared state for a ``with`` block, as `opened_server` gives it."""
    server = opened_server(folder, place, is_read_only=False)
    try:
        yield server
    finally:
        server.close()


@contextmanager
def _way(place: SharedPlace, desk: str) -> Iterator[Server]:
    """Yield the way to a server on which nothing may be there yet."""
    server = Server(place, desk)
    try:
        yield server
    finally:
        server.close()


def _carried(source: sa.Connection, server: Server) -> int:
    """Carry a state to the server, all of it or nothing, and compare it there; return how many rows are there."""
    place, desk = server.place, server.place.desk_schema(server.desk)
    has_team, has_desk = found_schemas(server)
    if has_team:
        with server.readers.connect() as target:
            refuse_other_version(target, place)
            theirs = unlike_row(source, target, TEAM_TABLES, is_prefix=True)
            if theirs and unlike_row(target, source, TEAM_TABLES, is_prefix=True):
                raise InputError(
                    f"{place.shown} already holds a state of this engagement, and both have rows that the other lacks (from "
                    f"{theirs} on). Which one holds? Move the other away, with whoever looks after the server."
                )
    with server.engine.begin() as target:
        if not has_team:
            make_team(target, place)
        if not has_desk:
            make_desk(target, place, server.desk)
        enter(target, desk, place.schema)
        carry_rows(source, target, _TABLES)
        carry_facts(source, target, _FACTS)
    with server.readers.connect() as target:
        if unlike := unlike_row(source, target, _TABLES, is_prefix=True):
            raise InputError(
                f"What {place.shown} holds now differs from {STATE_NAME} (row {unlike}), so the file stays what counts. "
                f"Share again; if it is an old backup of a state that is shared already, move {STATE_NAME} away instead."
            )
        return sum(target.execute(sa.select(sa.func.count()).select_from(table)).scalar_one() for table in _TABLES)


def _fill(path: Path, source: sa.Connection) -> None:
    """Write a state into a file of its own, and compare it there."""
    engine = state_engine(path)
    try:
        with engine.begin() as target:
            carry_rows(source, target, _TABLES)
            carry_facts(source, target, _FACTS)
        with engine.connect() as target:
            if unlike := unlike_row(source, target, _TABLES):
                raise InputError(
                    f"{path} differs from what the server holds (row {unlike}). Nothing was changed; start again."
                )
    finally:
        engine.dispose()


def _has_all(path: Path, server: Server) -> bool:
    """Whether a file holds the state that was set aside on the server, to its last entry."""
    aside = set_aside(server)
    if not aside or not path.exists():
        return False
    with server.engine.begin() as connection:
        enter(connection, aside)
        head = log_head(connection)
    engine = state_engine(path)
    with engine.connect() as connection:
        own = log_head(connection)
    engine.dispose()
    return own == head
