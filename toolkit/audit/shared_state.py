"""Where the state of an engagement is: in its folder, or on a server that ``engagement.yaml`` names; moved to and fro."""

import re
from pathlib import Path

from toolkit.errors import InputError
from toolkit.rest.vault.references import is_reference, literal_refused
from toolkit.settings import FILE_NAME, change_settings, load_settings, remove_setting, secret_environment
from toolkit.store.shared.place import MARKER, SharedPlace, read_marker
from toolkit.store.state_copy import COPY_NAME
from toolkit.store.state_file import STATE_NAME, has_state_file
from toolkit.store.store import Store

_NAMED = re.compile(r"(?m)^[\"']?state[\"']?\s*:")


def opened_store(folder: Path) -> Store:
    """Open the store of the engagement at ``folder``, with its state where it is.

    Raises
    ------
    InputError
        Folder, settings and state do not belong together.
    AuthError
        What the settings refer to is not there, or the server does not accept it.
    RetryableError
        The server does not answer.
    """
    return Store(folder, shared_place(folder))


def shared_place(folder: Path) -> SharedPlace | None:
    """Return where the state of an engagement is shared; nothing where it is in its folder.

    A folder whose ``engagement.yaml`` is gone, or cannot be read, remembers it: the settings themselves are kept there.
    """
    file = folder / FILE_NAME
    text = file.read_bytes().decode("utf-8-sig", "replace") if file.exists() else ""
    is_whole = bool(text.strip()) and text.endswith("\n")
    try:
        # To read the settings takes a tenth of a second: where the word does not stand, nothing is shared.
        said = load_settings(file).settings.state if "state" in text else None
    except InputError:
        if _NAMED.search(text) and not (folder / MARKER).exists() and not has_state_file(folder):
            # Without a word of where it is, a state of its own would be begun here.
            raise
        said, is_whole = None, False
    if said is not None:
        return _place(said.url, said.password, said.engagement)
    marker = None if is_whole else read_marker(folder)
    return None if marker is None else _place(marker.said_url, marker.said_password, marker.engagement_id)


def share_state(folder: Path, url: str, password: str = "") -> list[str]:
    """Move the state of an engagement to a server; return what is to be said.

    Parameters
    ----------
    folder
        The engagement's.
    url
        The address of the database without a password, or a reference to a whole one; empty where ``engagement.yaml`` says
        it already.
    password
        A reference to the password, where the address is no reference.

    Raises
    ------
    InputError
        There is no engagement, or the server holds something else.
    AuthError
        The server does not accept the user, or gives it too few rights.
    BusyError
        A run is writing.
    """
    from toolkit.store.shared.moving import bring_up
    from toolkit.store.shared.moving import share_state as moved

    file = _settings_file(folder)
    said = load_settings(file).settings.state
    _refuse_secret(url, password)
    if said is not None and not has_state_file(folder):
        place = _place(said.url, said.password, said.engagement)
        if url not in {"", said.url}:
            raise InputError(
                f"The state of this engagement is in {place.shown} already. To move it to another server, take it back "
                "first: integration-audit engagement unshare."
            )
        if bring_up(folder, place):
            return [f"The state in {place.shown} has the tables of this version now. Colleagues need this version too."]
        return [f"The state of this engagement is in {place.shown} already. Nothing was changed."]
    if said is not None:
        url, password = url or said.url, password or said.password
    if not url:
        raise InputError("Say where the state shall be: --url env:NAME, a variable that holds the address of the database.")

    def settle(place: SharedPlace) -> None:
        given = {"url": place.said_url, "engagement": place.engagement_id}
        more = {"password": place.said_password} if place.said_password else {}
        change_settings(file, {("state",): {**given, **more}})

    shown: list[str] = []

    def place_of(engagement_id: str) -> SharedPlace:
        place = _place(url, password, engagement_id)
        shown.append(place.shown)
        return place

    count = moved(folder, place_of, settle)
    return [
        f"The state is in {shown[0]} now: {count:,} rows, each compared with the file, which is state.until-….sqlite now.",
        f"{FILE_NAME} names it. A colleague takes that file into a folder of their own (docs/working-as-a-team.md).",
    ]


def unshare_state(folder: Path, *, from_copy: bool = False) -> list[str]:
    """Move the state of an engagement back from its server into the folder; return what is to be said.

    Parameters
    ----------
    folder
        The engagement's.
    from_copy
        Whether the server is lost for good: the copy in the folder then becomes the state, as far as it goes.

    Raises
    ------
    InputError
        The state is in the folder already, or there is no copy.
    BusyError
        A run is writing.
    """
    from toolkit.store.shared.moving import take_back

    file = _settings_file(folder)
    said, marker = load_settings(file).settings.state, read_marker(folder)
    if said is None and marker is None:
        raise InputError(f"The state of this engagement is in its folder already ({STATE_NAME}). Nothing was changed.")

    def settle() -> None:
        remove_setting(file, "state")

    if from_copy:
        if not (folder / COPY_NAME).exists():
            raise InputError(
                f"There is no {COPY_NAME} in {folder}. Put it back from a backup, or have one of the server put back."
            )
        settle()
        (folder / MARKER).unlink(missing_ok=True)
        Store(folder).close()
        return [
            f"The state is in {STATE_NAME} now, as {COPY_NAME} of this folder held it.",
            "What others did since this folder was last worked in is not in it.",
        ]
    if said is not None:
        place = _place(said.url, said.password, said.engagement)
    else:
        assert marker is not None
        place = _place(marker.said_url, marker.said_password, marker.engagement_id)
    count = take_back(folder, place, settle)
    return [
        f"The state is in {STATE_NAME} of this folder now: {count:,} rows, each compared with the server.",
        f"What {place.shown} held is set aside there under another name; colleagues are told when they open the engagement.",
    ]


def _place(url: str, password: str, engagement_id: str) -> SharedPlace:
    # Whoever works alone never waits for what opens a database to be loaded.
    from toolkit.databases.addresses import opened_address, shown_address
    from toolkit.databases.database import Database

    database = Database(url, password=password)
    whole, _ = opened_address(database, system="the shared state", environment=secret_environment())
    return SharedPlace(whole, engagement_id, url, shown_address(whole), password)


def _settings_file(folder: Path) -> Path:
    file = folder / FILE_NAME
    if not file.exists():
        raise InputError(f"There is no {FILE_NAME} in {folder}. Make one first: integration-audit new {folder}.")
    return file


def _refuse_secret(url: str, password: str) -> None:
    from toolkit.databases.addresses import address_fault

    if url and (fault := address_fault(url)):
        raise InputError(fault if fault[0].isupper() else f"What --url says {fault}.")
    if password and not is_reference(password):
        raise InputError(literal_refused("the password of the state"))
