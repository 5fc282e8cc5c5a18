"""Connections of an engagement: which systems are signed in to, how, with what rights, and until when."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from typing import Any, Literal
from zoneinfo import ZoneInfo

from toolkit.audit.engagement import Engagement
from toolkit.audit.pull.asked import AskedSystem, asked_system, is_asked
from toolkit.audit.pull.asked_jobs import Asking, opened_system
from toolkit.audit.pull.asked_memory import kept_account
from toolkit.audit.sign_ins import (
    Ask,
    door_of,
    offered_sign_ins,
    refuse_the_reading_one,
    vault_of,
)
from toolkit.databases.client import DatabaseClient
from toolkit.errors import AuthError, DamagedError, InputError, ScopeError, ToolkitError, UnknownNameError
from toolkit.rest.accounts import accounts_of, the_account
from toolkit.rest.client import RestClient
from toolkit.rest.connecting import Connected, Former, connect, disconnect
from toolkit.rest.doors import SECRET_VALUES, Person
from toolkit.rest.opening import ask_first_list, first_list
from toolkit.rest.retrying import ATTEMPTS_WHILE_WAITED_FOR
from toolkit.rest.vault.connections import Connection, Vault, connection, connections, keep, remove, where_kept
from toolkit.rest.vault.keyrings import keyring_name
from toolkit.rest.vault.names import read_name, written_name
from toolkit.rest.vault.references import is_reference
from toolkit.rest.ways import credential_of, way_named
from toolkit.settings import SystemSettings, secret_environment, user_name

SOON = timedelta(days=30)
"""What ends within this time is listed apart."""


def connect_system(
    engagement: Engagement,
    system: str,
    person: Person,
    *,
    ask: Ask | None = None,
    owner: str = "",
    keep_in: Literal["", "keyring", "file"] = "",
    to_write: bool = False,
) -> Connected:
    """Sign in to a system, to read it or to write to it.

    Parameters
    ----------
    engagement
        The engagement.
    system
        Its name in ``engagement.yaml``.
    person
        Who types, and visits the vendor's page.
    ask
        Asks for a passphrase; without, whoever is at the terminal or in the notebook.
    owner
        Who that is; else who is signed in on this machine.
    keep_in
        The keyring or an encrypted file; else the keyring where there is one.
    to_write
        Whether it is to be changed: that is a sign-in of its own.

    Raises
    ------
    AuthError
        The vendor or the person said no.
    InputError
        The settings lack something, or hold a secret; or what is to write is what reads: nothing of it is kept then.
    """
    vault = vault_of(engagement, ask)
    door = door_of(engagement, system, vault, to_write=to_write)
    if keep_in != "file" and not keyring_name():
        if keep_in == "keyring":
            raise InputError("This machine has no keyring. Connect without asking for it: an encrypted file is used then.")
        keep_in = "file"
    found = connect(door, person, owner=owner or user_name(), keep_in=keep_in or "keyring")
    if to_write:
        try:
            refuse_the_reading_one(engagement, system, vault)
        except InputError:
            _take_out(vault, found.connection.system, found.former)
            raise
    return found


@dataclass(frozen=True, slots=True)
class Opened:
    """What a connection was seen to open.

    ``account`` is whose data; ``doubt`` why that was not seen, where it could be; ``was_answered`` whether the system
    answered.
    """

    account: Mapping[str, str] = field(default_factory=dict)
    doubt: str = ""
    was_answered: bool = True


def opened_account(engagement: Engagement, system: str, former: Former | None = None, *, to_write: bool = False) -> Opened:
    """Return whose data a connection opens, where the system can be asked that; else whether its first list answers.

    Parameters
    ----------
    engagement
        The engagement.
    system
        Its name.
    former
        The connection that was there before this one.
    to_write
        Whether it is the one that writes.

    Raises
    ------
    AuthError
        The system refuses the connection, or it opens another account than the snapshots': nothing of it is kept, and the
        former one holds again.
    """
    if not is_asked(system, engagement.settings):
        return Opened()
    try:
        asked = asked_system(system, engagement.settings, engagement.folder)
        if asked.api.account is None:
            # What writes may lack the right to read, and a database is not asked over an interface.
            return Opened() if to_write or asked.database is not None else _list_read(engagement, asked)
        account = _account_to_write(engagement, asked) if to_write else _account_read(engagement, asked)
    except AuthError as error:
        _take_out(vault_of(engagement), written_name(system) if to_write else system, former)
        if former is None:
            raise
        raise AuthError(f"{error} Nothing of it was kept; the sign-in that was there before still is.") from error
    except ToolkitError as error:
        return Opened(doubt=str(error), was_answered=False)
    return Opened(account) if account.get("id") else Opened(doubt="its answer names no account.")


def _list_read(engagement: Engagement, asked: AskedSystem) -> Opened:
    """Return whether a system that cannot be asked whose data it is answers to a request for its first list."""
    client, _ = opened_system(engagement, asked, Asking(max_attempts=ATTEMPTS_WHILE_WAITED_FOR))
    reading = first_list(one.readings[0] for one in asked.streams)
    try:
        if isinstance(client, DatabaseClient) or reading is None:
            return Opened(doubt="it has no list that one request asks for.", was_answered=False)
        ask_first_list(client, reading, f"{asked.name} ({reading.path})")
    except ScopeError as error:
        # The credentials are good, and lack the right to this one list: the sign-in stays.
        return Opened(doubt=str(error), was_answered=False)
    finally:
        client.close()
    return Opened()


def _account_read(engagement: Engagement, asked: AskedSystem) -> Mapping[str, str]:
    client, account = opened_system(engagement, asked, Asking(max_attempts=ATTEMPTS_WHILE_WAITED_FOR))
    client.close()
    return account


def _account_to_write(engagement: Engagement, asked: AskedSystem) -> Mapping[str, str]:
    """Return whose data the sign-in opens that writes: it must be that of the snapshots."""
    door = door_of(engagement, asked.name, vault_of(engagement), to_write=True)
    about = asked.api.account
    if about is None:
        return {}
    kept_one = kept_account(engagement.folder, asked.name)
    with RestClient(
        asked.name,
        asked.api,
        (),
        credential=credential_of(door),
        places=dict(door.places),
        ca_file=asked.ca_file,
        to_write=True,
        max_attempts=ATTEMPTS_WHILE_WAITED_FOR,
    ) as client:
        one = the_account(asked.name, about, accounts_of(about, client), client.places.get(about.place, ""))
    if kept_one.get("id") and one.id != kept_one["id"]:
        raise AuthError(
            f"What was read of {asked.name} is of the account {kept_one['id']}, and this sign-in opens {one.name} "
            f"({one.id}). Sign in to the same account."
        )
    return {"id": one.id, "name": one.name}


def _take_out(vault: Vault, name: str, former: Former | None) -> None:
    """Remove a connection that is none; where another was there before, it holds again."""
    if (known := connection(vault, name)) is not None:
        remove(vault, known)
    if former is not None:
        keep(vault, *former)


def disconnect_system(engagement: Engagement, system: str, vault: Vault) -> list[str]:
    """Take the connection of a system back, here and, where the vendor offers it, there.

    Parameters
    ----------
    engagement
        The engagement.
    system
        Its name, also of one that the settings know no more.
    vault
        Of the engagement.

    Raises
    ------
    UnknownNameError
        It is not connected.
    """
    known = connection(vault, system)
    if known is None and (given := _given_of(engagement, system)):
        places = " and ".join(sorted({one for one in given.values() if is_reference(one)}))
        said = (
            f"Nothing that signs in to {system} is kept here: engagement.yaml refers to {places}. Empty that, and take what"
        )
        return [f"{said} was made for it back at the vendor: it works on until then."]
    if known is None:
        raise UnknownNameError("connection", system, [one.system for one in connections(vault)])
    try:
        door = door_of(engagement, read_name(system), vault, to_write=system != read_name(system))
    except InputError:
        door = None
    return disconnect(vault, known, door)


def connection_rows(engagement: Engagement, *, now: datetime | None = None) -> list[dict[str, Any]]:
    """Return a row for each system that is signed in to, or whose settings say how: never a secret.

    Parameters
    ----------
    engagement
        The engagement.
    now
        UTC; the machine's time without it.
    """
    at = now or datetime.now(UTC)
    vault = vault_of(engagement)
    known, damaged = {}, {}
    for path in sorted(vault.folder.glob("*.json")):
        try:
            found = connection(vault, path.stem)
        except DamagedError as error:
            damaged[path.stem] = str(error)
            continue
        if found is not None:
            known[found.system] = found
    systems = engagement.settings.systems
    names = {
        name for name, one in systems.items() if _given(one) or one.sign_in is not None or offered_sign_ins(one.connector)
    }
    names |= {written_name(name) for name, one in systems.items() if one.sign_in_to_write is not None}
    rows = [
        _row(engagement, name, _settings_of(engagement, name), known.get(name), at)
        for name in sorted({*names, *known} - {*damaged})
    ]
    broken = [{**_EMPTY, "system": name, "state": "damaged", "note": message} for name, message in damaged.items()]
    return sorted([*rows, *broken], key=lambda row: str(row["system"]))


_EMPTY: Mapping[str, Any] = {
    "system": "",
    "type": "",
    "way": "",
    "kept_in": "",
    "scopes": None,
    "valid_until": None,
    "renewal": "",
    "renews": False,
    "owner": "",
    "connected_at": None,
    "state": "",
    "note": "",
}


def _settings_of(engagement: Engagement, name: str) -> SystemSettings | None:
    """Return the settings of a system; of a sign-in that writes to it, with that one in the place of the reading one."""
    systems = engagement.settings.systems
    found = systems.get(name) or systems.get(read_name(name))
    if found is None or name in systems or name == read_name(name):
        return found
    return found.model_copy(update={"sign_in": found.sign_in_to_write, "database": None})


def _row(
    engagement: Engagement, name: str, settings: SystemSettings | None, known: Connection | None, now: datetime
) -> dict[str, Any]:
    said = settings.sign_in if settings else None
    way = known.way if known else ""
    if not way and settings is not None:
        offered = offered_sign_ins(settings.connector)
        usual = "basic" if settings.database is not None else offered[0].way if offered else ""
        way = said.way if said and said.way else usual
    label = way_named(way).label if way else ""
    ends = known.valid_until if known else None
    if said and said.expires_on:
        day = datetime.combine(said.expires_on, time(), ZoneInfo(engagement.settings.time_zone)).astimezone(UTC)
        ends = min(filter(None, [ends, day]))
    given = _given(settings) if settings else {}
    unset = _unset(given)
    return {
        **_EMPTY,
        "system": name,
        "type": label,
        "way": way,
        "kept_in": where_kept(known) if known else "",
        "scopes": None if known is None or known.scopes is None else [*known.scopes],
        "valid_until": ends,
        "renewal": _renewal(known, way),
        "renews": known is not None and known.renews,
        "owner": known.owner if known else "",
        "connected_at": known.connected_at if known else None,
        "state": _state(known, ends, now, has_references=_is_referred(way, given), unset=unset),
        "note": f"{', '.join(unset)} is not set in this window." if unset else "",
    }


def _given_of(engagement: Engagement, system: str) -> dict[str, str]:
    """Return the references to secrets that the settings name for a system; empty where they name none."""
    settings = _settings_of(engagement, system)
    given = _given(settings) if settings is not None else {}
    return {name: one for name, one in given.items() if is_reference(one)}


def _given(settings: SystemSettings) -> dict[str, str]:
    """Return what the settings say of signing in; a database's whole address, kept elsewhere, holds user and password."""
    said = settings.sign_in.given() if settings.sign_in is not None else {}
    url = settings.database.url if settings.database is not None else ""
    return {"user": url, "password": url, **said} if is_reference(url) else said


def _renewal(known: Connection | None, way: str) -> str:
    if known is None:
        return ""
    if known.renews:
        return "by itself, each time it is used" if known.valid_until else "by itself"
    return "sign in again" if way_named(way).tokens else "by hand, at the vendor"


def _state(known: Connection | None, ends: datetime | None, now: datetime, *, has_references: bool, unset: list[str]) -> str:
    if unset:
        return "not set"
    if known is None and not has_references:
        return "not connected"
    if ends is not None and ends - now <= SOON:
        return "ended" if ends <= now else "ends soon"
    return "connected" if known else "ready"


def _is_referred(way: str, given: Mapping[str, str]) -> bool:
    """Return whether the settings say all that a way needs, so that nobody has to connect first."""
    if not way:
        return False
    found = way_named(way)
    return not found.is_kept and all(given.get(name) for name in found.needs)


def _unset(given: Mapping[str, str]) -> list[str]:
    """Return the variables of the environment that are referred to and not set; a keyring might ask to be unlocked."""
    names = [said.removeprefix("env:") for name, said in given.items() if name in SECRET_VALUES and said.startswith("env:")]
    return [name for name in names if is_reference(f"env:{name}") and not secret_environment().get(name)]


def rows_ending_soon(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the rows that have ended or will within thirty days, the first to end first."""
    return sorted((one for one in rows if one["state"] in {"ended", "ends soon"}), key=lambda one: one["valid_until"])


def remove_connections(engagement: Engagement, vault: Vault) -> list[str]:
    """Take every connection of an engagement back, the keyring's entries included; interrupted, it can be repeated."""
    said: list[str] = []
    for known in connections(vault):
        try:
            said += disconnect_system(engagement, known.system, vault)
        except ToolkitError as error:
            said.append(f"{known.system} is still connected: {error}")
    return said
