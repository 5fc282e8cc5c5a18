"""Requests signed by a header: what never changes (a key, a password), and what each signature must be to be sent at all."""

from collections.abc import Generator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

import httpx

from toolkit.errors import AuthError
from toolkit.rest.redaction import Secret


def signed(request: httpx.Request, header: str, secret: Secret, *, prefix: str = "", system: str) -> httpx.Request:
    """Return the request with its header set.

    Parameters
    ----------
    request
        Is changed.
    header, prefix
        Where the secret stands, and what stands before it.
    secret
        Must be what a header can hold: the errors of lower layers would quote it.
    system
        Its name, for the message.

    Raises
    ------
    AuthError
        The secret is empty, or holds blanks or characters that no vendor gives.
    """
    text = secret.revealed()
    if not text or not text.isascii() or not text.isprintable() or " " in text:
        raise AuthError(
            f"What signs {system} in is empty or holds blanks, line ends or letters that no vendor gives. Copy it again."
        )
    request.headers[header] = f"{prefix}{text}"
    return request


class HeaderAuth(httpx.Auth):
    """Signs each request with the same header."""

    def __init__(self, system: str, header: str, secret: Secret, prefix: str) -> None:
        self._system = system
        self._header = header
        self._secret = secret
        self._prefix = prefix

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Yield the request signed."""
        yield signed(request, self._header, self._secret, prefix=self._prefix, system=self._system)


@dataclass(frozen=True, slots=True)
class FixedCredential:
    """A credential that stays as it is until a person changes it."""

    reference: str
    auth: httpx.Auth
    secrets: tuple[Secret, ...]
    places: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    granted_scopes: frozenset[str] | None = None
