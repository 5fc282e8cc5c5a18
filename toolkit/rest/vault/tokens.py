"""What signing in brings: tokens, and what a person gave; as one text for a vault, and back."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any, Self

from toolkit.errors import AuthError
from toolkit.rest.redaction import Secret

_NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Tokens:
    """An access token, with what renews it.

    Times are UTC by this machine's clock; None where the vendor does not say. ``scopes`` are those granted; None where
    nobody says. ``places`` fill the base URL (``instance_url``, ``realm_id``). ``begun_with`` is a hash of the refresh token
    that a person brought: it works once, and what it brought goes on in its place.
    """

    access: Secret
    refresh: Secret | None = None
    issued_at: datetime | None = None
    access_expires_at: datetime | None = None
    refresh_expires_at: datetime | None = None
    scopes: frozenset[str] | None = None
    places: Mapping[str, str] = field(default_factory=lambda: _NOTHING)
    begun_with: str = ""

    def renewed_by(self, newer: Self) -> Self:
        """Return the tokens of a later answer; what it does not repeat stays as it was."""
        return replace(
            newer,
            refresh=newer.refresh or self.refresh,
            refresh_expires_at=newer.refresh_expires_at
            if newer.refresh_expires_at or newer.refresh
            else self.refresh_expires_at,
            scopes=self.scopes if newer.scopes is None else newer.scopes,
            places={**self.places, **newer.places},
            begun_with=newer.begun_with or self.begun_with,
        )


@dataclass(frozen=True, slots=True)
class Kept:
    """What a vault keeps of one connection: what a person gave (a key, a client's secret), and tokens."""

    given: Mapping[str, Secret] = field(default_factory=lambda: _NOTHING)
    tokens: Tokens | None = None

    @property
    def secrets(self) -> tuple[Secret, ...]:
        """Every secret in it."""
        tokens = (self.tokens.access, self.tokens.refresh) if self.tokens else ()
        return tuple(one for one in (*self.given.values(), *tokens) if one)


def kept_text(kept: Kept) -> Secret:
    """Return what is kept as one text, which is a secret itself."""
    facts: dict[str, Any] = {"given": {name: one.revealed() for name, one in kept.given.items()}, "tokens": None}
    if kept.tokens is not None:
        facts["tokens"] = {
            "access": kept.tokens.access.revealed(),
            "refresh": kept.tokens.refresh.revealed() if kept.tokens.refresh else None,
            "issued_at": _written(kept.tokens.issued_at),
            "access_expires_at": _written(kept.tokens.access_expires_at),
            "refresh_expires_at": _written(kept.tokens.refresh_expires_at),
            "scopes": None if kept.tokens.scopes is None else sorted(kept.tokens.scopes),
            "places": dict(kept.tokens.places),
            "begun_with": kept.tokens.begun_with,
        }
    return Secret(json.dumps(facts))


def kept_from(text: Secret) -> Kept:
    """Return what `kept_text` wrote.

    Raises
    ------
    AuthError
        It is something else; the message does not repeat it.
    """
    try:
        facts = json.loads(text.revealed())
        told = facts["tokens"]
        tokens = None if told is None else _tokens(told)
        return Kept({name: Secret(one) for name, one in facts["given"].items()}, tokens)
    except (ValueError, KeyError, TypeError, AttributeError):
        raise AuthError("What is kept of this connection cannot be read. Connect this system again.") from None


def _tokens(told: Mapping[str, Any]) -> Tokens:
    return Tokens(
        access=Secret(told["access"]),
        refresh=Secret(told["refresh"]) if told["refresh"] else None,
        issued_at=_read(told["issued_at"]),
        access_expires_at=_read(told["access_expires_at"]),
        refresh_expires_at=_read(told["refresh_expires_at"]),
        scopes=None if told["scopes"] is None else frozenset(told["scopes"]),
        places={str(name): str(one) for name, one in told["places"].items()},
        begun_with=str(told.get("begun_with", "")),
    )


def _written(at: datetime | None) -> str | None:
    return at.astimezone(UTC).isoformat() if at else None


def _read(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
