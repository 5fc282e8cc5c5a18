"""The door of one system in one engagement: how it is opened, with what, and where that is kept."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Protocol

import httpx

from toolkit.connector import SignIn
from toolkit.errors import AuthError, InputError
from toolkit.rest.credentials import Credential
from toolkit.rest.oauth.endpoint import token_client
from toolkit.rest.oauth.redirect import DEFAULT_PORT, WAIT_S
from toolkit.rest.redaction import Secret
from toolkit.rest.vault.connections import Vault, connection, kept, where_kept
from toolkit.rest.vault.names import connect_command
from toolkit.rest.vault.references import is_reference, literal_refused, referred_secret
from toolkit.rest.vault.tokens import Tokens

SECRET_VALUES: Mapping[str, str] = MappingProxyType(
    {
        "key": "key",
        "token": "token",
        "password": "password",
        "client_secret": "client secret",
        "private_key": "private key",
        "refresh_token": "refresh token",
    }
)
"""What of a sign-in is secret, by its name in ``engagement.yaml``, and what people call it."""

PLAIN_VALUES: Mapping[str, str] = MappingProxyType({"client_id": "client id", "user": "user name"})
"""What of a sign-in may stand in a file."""

_PLACE = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]{0,200}[A-Za-z0-9])?")
_NAMED_PLACE = re.compile(r"\{([a-z_]+)\}")
_NOTHING: Mapping[str, str] = MappingProxyType({})


class Person(Protocol):
    """Whoever signs in, at a terminal or in a notebook."""

    def secret(self, question: str) -> Secret:
        """Ask for something that is not shown while it is typed."""

    def visit(self, address: str) -> None:
        """Show an address, and open it in the browser where there is one."""


@dataclass(frozen=True, slots=True)
class Door:
    """One system of one engagement.

    ``given`` is what the settings say: references to secrets, and what is none (a client's id, a user's name); ``typed``
    what a person typed just now. ``places`` fill the vendor's addresses. ``http`` makes the client that tokens are asked
    with, ``clock`` says what time it is, ``wait_s`` how long a person has.
    """

    system: str
    sign_in: SignIn
    vault: Vault
    given: Mapping[str, str] = field(default_factory=lambda: _NOTHING)
    typed: Mapping[str, Secret] = field(default_factory=lambda: MappingProxyType({}))
    places: Mapping[str, str] = field(default_factory=lambda: _NOTHING)
    environment: Mapping[str, str] = field(default_factory=lambda: _NOTHING, repr=False)
    redirect_port: int = DEFAULT_PORT
    wait_s: float = WAIT_S
    http: Callable[[], httpx.Client] = token_client
    clock: Callable[[], datetime] = field(default_factory=lambda: lambda: datetime.now(UTC))

    def value(self, name: str) -> Secret | None:
        """Return what the person typed, the settings refer to or say, or the vault keeps; None where nobody gave it."""
        if name in self.typed:
            return self.typed[name]
        said = self.given.get(name, "")
        if said and is_reference(said):
            return referred_secret(said, what=f"the {named(name)} of {self.system}", environment=self.environment)
        if said and name in SECRET_VALUES:
            raise InputError(literal_refused(f"the {named(name)} of {self.system}"))
        if said:
            return Secret(said)
        known = connection(self.vault, self.system)
        secrets = kept(self.vault, known) if known and known.kept_in != "references" else None
        return secrets.given.get(name) if secrets else None

    def needed(self, name: str) -> Secret:
        """Return a value that this way to sign in cannot go without.

        Raises
        ------
        AuthError
            Nobody gave it.
        """
        found = self.value(name)
        if not found:
            raise AuthError(f"The {named(name)} of {self.system} is not known. Connect it: {connect_command(self.system)}.")
        return found

    def reference(self, name: str) -> str:
        """Return where a value is kept, as a sentence may name it."""
        said = self.given.get(name, "")
        if is_reference(said):
            return said
        known = connection(self.vault, self.system)
        return where_kept(known) if known else "engagement.yaml"


@dataclass(frozen=True, slots=True)
class Way:
    """A way to sign in: what people call it, what it needs, and the credential it gives.

    ``tokens`` is how it first gets tokens, if it gets any. ``is_kept`` says whether the tokens must be kept, because a
    person or a single use stands behind them; others are asked for anew by each process.
    """

    label: str
    needs: tuple[str, ...]
    credential: Callable[[Door], Credential]
    tokens: Callable[[Door, Person], Tokens] | None = None
    is_kept: bool = False


def named(value: str) -> str:
    """Return what people call a value of a sign-in."""
    return SECRET_VALUES.get(value) or PLAIN_VALUES.get(value) or value


def filled_door(door: Door) -> Door:
    """Return the door with the places of the vendor's addresses filled.

    Raises
    ------
    InputError
        A place is not said, or what is said is no name of a host: it would lead to another one.
    """
    told = door.sign_in
    sign_in = replace(
        told,
        authorize_url=_filled(told.authorize_url, door),
        token_url=_filled(told.token_url, door),
        revoke_url=_filled(told.revoke_url, door),
        audience=_filled(told.audience, door),
    )
    return replace(door, sign_in=sign_in)


def _filled(address: str, door: Door) -> str:
    for place in _NAMED_PLACE.findall(address):
        value = door.places.get(place, "")
        if not _PLACE.fullmatch(value):
            seen = f"{value[:60]!r} is not one" if value else "it says none"
            raise InputError(
                f"The sign-in of {door.system} needs the vendor's name for this client ({place}), such as 'harbor-pine', in "
                f"engagement.yaml; {seen}."
            )
        address = address.replace(f"{{{place}}}", value)
    return address


def missing_values(door: Door, names: Iterable[str]) -> list[str]:
    """Return which of some values nobody gave, in their order."""
    return [name for name in dict.fromkeys(names) if not door.given.get(name) and not door.typed.get(name)]
