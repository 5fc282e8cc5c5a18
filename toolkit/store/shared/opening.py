"""A shared state opened from a folder: it is held against what the folder remembers of it before anything is read."""

from datetime import UTC, datetime
from pathlib import Path

from toolkit.errors import InputError
from toolkit.store.shared.place import MARKER, Marker, SharedPlace, new_desk, read_marker, write_marker
from toolkit.store.shared.schemas import found_schemas, make_desk, refuse_missing, refuse_other_version
from toolkit.store.shared.server import Server
from toolkit.store.state_copy import COPY_NAME, lacking_rows, read_copy
from toolkit.store.state_file import STATE_NAME, copy_fits, counts_in_words, has_state_file


def opened_server(folder: Path, place: SharedPlace, *, is_read_only: bool) -> Server:
    """Return the way to the state of the engagement at ``folder``; a folder that is new to it gets its own schema there.

    Parameters
    ----------
    folder
        The engagement's.
    place
        Where its state is.
    is_read_only
        Whether the folder cannot be written: then nothing is.

    Raises
    ------
    InputError
        The folder, the settings and the server do not belong together, or the server lacks what was there before.
    """
    marker = read_marker(folder)
    _refuse_other_folder(folder, place, marker)
    refusal = f"Cannot write to {folder}: it is read-only. Copy the folder to a place that can be written." * is_read_only
    if marker is None and is_read_only:
        raise InputError(refusal)
    server = Server(place, new_desk() if marker is None else marker.desk, is_read_only=refusal)
    try:
        has_team, has_desk = found_schemas(server)
        if not has_team:
            refuse_missing(server)
        with server.readers.connect() as connection:
            refuse_other_version(connection, place)
        if marker is None:
            _begin(folder, server)
        if not has_desk:
            with server.engine.begin() as connection:
                make_desk(connection, place, server.desk)
        if marker is not None:
            _refuse_older_state(folder, server)
    except BaseException:
        server.close()
        raise
    return server


def _refuse_other_folder(folder: Path, place: SharedPlace, marker: Marker | None) -> None:
    if marker is not None and marker.engagement_id != place.engagement_id:
        raise InputError(
            f"{folder / MARKER} says that this folder belongs to engagement {marker.engagement_id}, and 'state' in "
            f"engagement.yaml names {place.engagement_id}. Mend engagement.yaml: two engagements are never mixed."
        )
    if has_state_file(folder):
        raise InputError(
            f"{folder} has a state of its own ({STATE_NAME}), and engagement.yaml names one in {place.shown}. When it was "
            "being shared: 'integration-audit engagement share' once more. Else take an empty folder, or move "
            f"{STATE_NAME} away when nothing in it is needed."
        )


def _begin(folder: Path, server: Server) -> None:
    """Note which folder it is; a copy of the state that came along from another one is kept beside."""
    copy = folder / COPY_NAME
    if copy.exists():
        copy.rename(folder / f"{COPY_NAME}.{datetime.now(UTC):%Y%m%dT%H%M%S%f}")
    write_marker(folder, server.place, server.desk)


def _refuse_older_state(folder: Path, server: Server) -> None:
    """Refuse a server that lacks rows which this folder has seen there."""
    with server.readers.connect() as connection:
        if copy_fits(connection, folder / COPY_NAME):
            return
        copy = read_copy(folder / COPY_NAME)
        if copy is None:
            return
        if copy.engagement_id != server.place.engagement_id:
            raise InputError(
                f"{folder / COPY_NAME} belongs to another engagement than {server.place.shown}. Put back the one that was "
                "there, or move it away."
            )
        lacking = lacking_rows(connection, copy)
    if lacking:
        raise InputError(
            f"{server.place.shown} lacks {counts_in_words(lacking)} that {COPY_NAME} of this folder holds: an older backup "
            "was put back there. Have a newer one put back. If there is none, go on with the copy and share it "
            "again: integration-audit engagement unshare --from-copy."
        )
