"""The connections of an engagement: what is known of each in a readable file, its secrets in a keyring or sealed file.

``connections/SYSTEM.json`` holds no secret. ``connections/SYSTEM.sealed`` is there only where there is no keyring.
"""

import json
import secrets as random_names
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from pathlib import Path
from typing import Literal

from toolkit.disk import atomic_file, private_folder
from toolkit.errors import BusyError, DamagedError
from toolkit.rest.redaction import Secret
from toolkit.rest.vault.keyrings import SERVICE, read_entry, remove_entry, write_entry
from toolkit.rest.vault.names import connect_command
from toolkit.rest.vault.sealed_files import opened, write_sealed
from toolkit.rest.vault.tokens import Kept, kept_from, kept_text

FOLDER = "connections"
LOCK_WAIT_S = 60.0

Place = Literal["keyring", "file", "references"]
"""Where secrets are; with references, only where the settings say, and nothing is kept."""


@dataclass(frozen=True, slots=True)
class Connection:
    """What is known of one connection, none of it secret.

    ``entry`` names the keyring's entry. ``valid_until`` is when it ends without a person (UTC; None: it does not, or the
    vendor does not say), ``renews`` whether it is prolonged by being used. ``scopes`` are those granted; None where the
    vendor does not say. ``owner`` is who signed in.
    """

    system: str
    way: str
    kept_in: Place
    entry: str
    owner: str
    connected_at: datetime
    scopes: tuple[str, ...] | None = None
    renews: bool = False
    valid_until: datetime | None = None
    places: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Vault:
    """Where an engagement's connections are kept; ``passphrase`` is asked only for a sealed file."""

    folder: Path
    passphrase: Callable[[], Secret]


def new_entry(system: str) -> str:
    """Return a name for a keyring's entry that no other engagement has."""
    return f"{system}-{random_names.token_hex(6)}"


def connections(vault: Vault) -> list[Connection]:
    """Return what is known of every connection, by the name of its system."""
    found = (connection(vault, path.stem) for path in sorted(vault.folder.glob("*.json")))
    return [one for one in found if one is not None]


def connection(vault: Vault, system: str) -> Connection | None:
    """Return what is known of one connection; None where there is none.

    Raises
    ------
    DamagedError
        Its file is not as it was written.
    """
    path = _facts(vault, system)
    if not path.exists():
        return None
    try:
        told = json.loads(path.read_text("utf-8"))
        times = {name: _time(told[name]) for name in ("connected_at", "valid_until")}
        scopes = None if told["scopes"] is None else tuple(map(str, told["scopes"]))
        found = Connection(**{**told, **times, "scopes": scopes})
    except (OSError, ValueError, KeyError, TypeError):
        raise DamagedError(path, f"Sign in again: {connect_command(system)}.") from None
    return found


def kept(vault: Vault, known: Connection) -> Kept | None:
    """Return the secrets of a connection; None where somebody removed them.

    Raises
    ------
    AuthError
        The keyring is locked, the passphrase is wrong, or what is kept cannot be read.
    """
    if known.kept_in == "references":
        return Kept()
    if known.kept_in == "keyring":
        text = read_entry(SERVICE, known.entry)
    else:
        path = _sealed(vault, known.system)
        text = opened(path, vault.passphrase) if path.exists() else None
    return None if text is None else kept_from(text)


def keep(vault: Vault, known: Connection, secrets: Kept) -> None:
    """Keep a connection; when this returns, its secrets outlive a power cut.

    Parameters
    ----------
    vault
        Of the engagement.
    known
        What is written readably.
    secrets
        What is not.

    Raises
    ------
    NoKeyringError
        There is no keyring; nothing was written.
    WrongPassphraseError
        Another sealed file of the engagement has another passphrase; nothing was written.
    """
    private_folder(vault.folder)
    if known.kept_in == "keyring":
        write_entry(SERVICE, known.entry, kept_text(secrets))
    elif known.kept_in == "file":
        _refuse_second_passphrase(vault)
        write_sealed(_sealed(vault, known.system), kept_text(secrets), vault.passphrase())
    write_facts(vault, known)


def refuse_unkept(vault: Vault, place: Place) -> None:
    """Refuse what could not be kept, before the vendor is asked: a token that works once would be used up and lost.

    Parameters
    ----------
    vault
        Of the engagement.
    place
        Where secrets are to be kept.

    Raises
    ------
    NoKeyringError
        The keyring is not there, is locked, or forgets what it is given.
    AuthError
        Nobody is here to type the passphrase of the encrypted file, or it does not open the files that are there.
    InputError
        The new passphrase is too short.
    """
    if place == "keyring":
        probe = new_entry("trial")
        write_entry(SERVICE, probe, Secret("trial"))
        remove_entry(SERVICE, probe)
    elif place == "file":
        vault.passphrase()
        _refuse_second_passphrase(vault)


def where_kept(known: Connection) -> str:
    """Return where a connection's secrets are kept, as a sentence may name it."""
    places = {"keyring": f"keyring:{SERVICE}/{known.entry}", "file": f"{FOLDER}/{known.system}.sealed"}
    return places.get(known.kept_in, "the references in engagement.yaml")


def write_facts(vault: Vault, known: Connection) -> None:
    """Write what is known of a connection."""
    facts = {one.name: getattr(known, one.name) for one in fields(known)}
    times = {name: facts[name].isoformat() if facts[name] else None for name in ("connected_at", "valid_until")}
    with atomic_file(_facts(vault, known.system), "w", encoding="utf-8") as stream:
        json.dump({**facts, **times, "places": dict(known.places)}, stream, indent=1, ensure_ascii=False)


def remove(vault: Vault, known: Connection) -> None:
    """Remove a connection and its secrets from this machine; interrupted, it can be repeated."""
    with locked(vault, known.system):
        if known.kept_in == "keyring":
            remove_entry(SERVICE, known.entry)
        _sealed(vault, known.system).unlink(missing_ok=True)
        _facts(vault, known.system).unlink(missing_ok=True)
        _lock_path(vault, known.system).unlink(missing_ok=True)


def rename(vault: Vault, old: str, new: str) -> None:
    """Give the connection of a system that was renamed its new name; its keyring's entry keeps the name it has.

    Parameters
    ----------
    vault
        Of the engagement.
    old, new
        The names; nothing happens where the old one is not connected.
    """
    known = connection(vault, old)
    if known is None:
        return
    with locked(vault, old):
        if known.kept_in == "file":
            _sealed(vault, old).replace(_sealed(vault, new))
        write_facts(vault, replace(known, system=new))
        _facts(vault, old).unlink()
        _lock_path(vault, old).unlink(missing_ok=True)


@contextmanager
def locked(vault: Vault, system: str, *, wait_s: float = LOCK_WAIT_S) -> Iterator[None]:
    """Be the only one, of all processes and threads, to renew the tokens of a system.

    Parameters
    ----------
    vault, system
        Whose tokens.
    wait_s
        Seconds to wait for whoever renews them now.

    Raises
    ------
    BusyError
        It takes longer. The lock of a process that died is free at once.
    """
    from filelock import FileLock, Timeout

    private_folder(vault.folder)
    lock = FileLock(_lock_path(vault, system), timeout=wait_s, mode=0o600, thread_local=False)
    try:
        lock.acquire()
    except Timeout as error:
        raise BusyError(
            f"Another process has been renewing the sign-in of {system} for {wait_s:.0f} s. Wait until it has finished, or "
            "stop it, then start again."
        ) from error
    try:
        yield
    finally:
        lock.release()


def _refuse_second_passphrase(vault: Vault) -> None:
    """Open another sealed file: one engagement has one passphrase, else nobody knows which one is asked for."""
    for path in sorted(vault.folder.glob("*.sealed"))[:1]:
        try:
            opened(path, vault.passphrase)
        except DamagedError:
            continue


def _time(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _facts(vault: Vault, system: str) -> Path:
    return vault.folder / f"{system}.json"


def _sealed(vault: Vault, system: str) -> Path:
    return vault.folder / f"{system}.sealed"


def _lock_path(vault: Vault, system: str) -> Path:
    return vault.folder / f".{system}.lock"
