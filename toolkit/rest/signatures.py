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
    """Signs each request with the same header; where the vendor refuses it (401), says so."""

    def __init__(self, system: str, header: str, secret: Secret, prefix: str, reference: str) -> None:
        self._system = system
        self._header = header
        self._secret = secret
        self._prefix = prefix
        self._reference = reference

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Yield the request signed."""
        response = yield signed(request, self._header, self._secret, prefix=self._prefix, system=self._system)
        if response.status_code == httpx.codes.UNAUTHORIZED:
            raise AuthError(
                f"{request.url.host} refuses what signs {self._system} in (code 401; it is kept in {self._reference}). It "
                f"has expired, was withdrawn, or is another system's. Make a new one there; then: integration-audit connect "
                f"{self._system}, or put it where it is kept."
            )


@dataclass(frozen=True, slots=True)
class FixedCredential:
    """A credential that stays as it is until a person changes it."""

    reference: str
    auth: httpx.Auth
    secrets: tuple[Secret, ...]
    places: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    granted_scopes: frozenset[str] | None = None
