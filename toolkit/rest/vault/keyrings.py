"""The keyring of this machine (macOS Keychain, Windows Credential Manager, Secret Service): the only user of ``keyring``.

Windows keeps at most 2,560 bytes in an entry, and a token may be longer. A long text is kept in parts under a name of its
own; the entry itself is written last and names them, so that a process that dies in between leaves the former text as it
was.
"""

import hashlib
import json
import secrets as random_names
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Any

from toolkit.errors import AuthError
from toolkit.rest.redaction import Secret

SERVICE = "integration-audit"
"""What our own entries are listed under."""

_LONGEST = 1000
"""Characters of one entry: Windows writes two bytes for each, and counts a few for itself."""

_MARK = "integration-audit, kept in parts: "
_MAX_PARTS = 1000


class NoKeyringError(AuthError):
    """No keyring of this machine keeps anything, or it is locked; the message says what was seen."""

    next_step = "Unlock the keyring, or connect with --encrypted-file."


@dataclass(frozen=True, slots=True)
class _Parts:
    """How a long text is kept: what its parts are called, how many there are, and a hash of the whole."""

    name: str
    count: int
    sha256: str

    def users(self, user: str) -> list[str]:
        return [f"{user}#{self.name}.{number}" for number in range(self.count)]


def keyring_name() -> str:
    """Return what the keyring of this machine is called; empty where there is none that keeps anything."""
    try:
        import keyring
        from keyring.backends import fail, null
    except ImportError:
        return ""
    try:
        found = keyring.get_keyring()
    except Exception:  # noqa: BLE001 - a backend fails as it likes; whatever it is, there is no keyring then
        return ""
    is_none = isinstance(found, fail.Keyring | null.Keyring) or getattr(found, "backends", [found]) == []
    return "" if is_none else str(found.name)


def read_entry(service: str, user: str) -> Secret | None:
    """Return what an entry holds; None where there is no such entry.

    Raises
    ------
    NoKeyringError
        There is no keyring, or it is locked.
    AuthError
        Somebody removed a part of the entry.
    """
    text = _read(service, user)
    parts = _parts(text)
    if text is None or parts is None:
        return None if text is None else Secret(text)
    whole = "".join(_read(service, one) or "" for one in parts.users(user))
    if hashlib.sha256(whole.encode()).hexdigest() != parts.sha256:
        raise AuthError(
            f"The keyring's entry {service}/{user} is not whole: a part of it is gone. Connect this system again."
        )
    return Secret(whole)


def write_entry(service: str, user: str, secret: Secret) -> None:
    """Keep a secret under a name; what was there before goes once the new one can be read.

    Parameters
    ----------
    service, user
        Under which names keyrings list an entry.
    secret
        Any text.

    Raises
    ------
    NoKeyringError
        There is no keyring, it is locked, or it forgets at once what it is given.
    """
    text = secret.revealed()
    former = _parts(_read(service, user))
    if len(text) <= _LONGEST:
        _write(service, user, text)
    else:
        cuts = range(0, len(text), _LONGEST)
        parts = _Parts(random_names.token_hex(4), len(cuts), hashlib.sha256(text.encode()).hexdigest())
        for one, cut in zip(parts.users(user), cuts, strict=True):
            _write(service, one, text[cut : cut + _LONGEST])
        _write(service, user, _MARK + json.dumps(asdict(parts)))
    _remove_parts(service, user, former)


def remove_entry(service: str, user: str) -> bool:
    """Remove an entry with its parts; return whether there was one.

    Raises
    ------
    NoKeyringError
        There is no keyring, or it is locked.
    """
    text = _read(service, user)
    if text is None:
        return False
    _remove(service, user)
    _remove_parts(service, user, _parts(text))
    return True


def _parts(text: str | None) -> _Parts | None:
    """Return how an entry's text is kept in parts; None for one that is its text itself."""
    if text is None or not text.startswith(_MARK):
        return None
    try:
        found = _Parts(**json.loads(text.removeprefix(_MARK)))
    except (ValueError, TypeError):
        return None
    return found if isinstance(found.count, int) and 0 < found.count <= _MAX_PARTS else None


def _remove_parts(service: str, user: str, parts: _Parts | None) -> None:
    for one in parts.users(user) if parts else ():
        if _read(service, one) is not None:
            _remove(service, one)


def _read(service: str, user: str) -> str | None:
    return _asked(lambda keyring: keyring.get_password(service, user))  # type: ignore[no-any-return]


def _remove(service: str, user: str) -> None:
    _asked(lambda keyring: keyring.delete_password(service, user))


def _write(service: str, user: str, text: str) -> None:
    _asked(lambda keyring: keyring.set_password(service, user, text))
    if _read(service, user) != text:
        raise NoKeyringError(
            f"The keyring {keyring_name() or 'of this machine'} does not keep what it is given. Connect with "
            "--encrypted-file."
        )


def _asked(question: Callable[[Any], Any]) -> Any:
    with _keyring_errors():
        import keyring

        return question(keyring)


@contextmanager
def _keyring_errors() -> Iterator[None]:
    """Turn what a keyring does to us into a sentence; what it says itself may hold the secret, so it is not quoted."""
    try:
        yield
    except NoKeyringError:
        raise
    except ImportError as error:
        raise NoKeyringError("The package keyring is not installed here. Connect with --encrypted-file.") from error
    except Exception as error:  # noqa: BLE001 - a backend fails as it likes
        seen = type(error).__name__
        if not keyring_name():
            message = "This machine has no keyring."
        elif seen in {"KeyringLocked", "InitError"}:
            message = "The keyring of this machine is locked. Unlock it and start again."
        else:
            message = f"The keyring of this machine does not answer ({seen})."
        raise NoKeyringError(f"{message} Without one, connect with --encrypted-file.") from None
