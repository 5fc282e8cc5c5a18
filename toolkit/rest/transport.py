"""The last thing before the wire: what is not on the allow-list, or leads to another place, is not sent.

Signing in has its say before; whatever it or a link made of a request, here it is held against the list. Redirects are never
followed. TLS is verified, at least 1.2; without TLS only this machine itself is asked.
"""

import ssl
from collections.abc import Collection, Sequence
from urllib.parse import urlsplit

import httpx

from toolkit.errors import InputError, ResponseError
from toolkit.rest.allowed import Allowed

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
_PORTS = {"https": 443, "http": 80}

Origin = tuple[str, str, int]


def origin_of(url: str) -> Origin:
    """Return scheme, host and port of an address.

    Raises
    ------
    InputError
        It is no address of the web, it names a user, or it goes without TLS to another machine.

    Examples
    --------
    >>> origin_of("https://CRM.example/api"), origin_of("http://127.0.0.1:8099")
    (('https', 'crm.example', 443), ('http', '127.0.0.1', 8099))
    """
    parts = urlsplit(url)
    try:
        port = parts.port
    except ValueError as error:
        raise InputError(f"{parts.scheme}://{parts.hostname} has no port that can be. Correct the address.") from error
    host = (parts.hostname or "").casefold()
    if parts.scheme not in _PORTS or not host:
        raise InputError(f"{url!r} is no address of an interface: write it like 'https://crm.example/api'.")
    if parts.username is not None or parts.password is not None:
        raise InputError(f"The address of {host} names a user or a password. Give them under 'auth', never in an address.")
    if parts.scheme == "http" and host not in LOOPBACK:
        raise InputError(f"{host} is asked without TLS (http). Write https: nothing confidential goes over an open line.")
    return parts.scheme, host, port or _PORTS[parts.scheme]


def tls_context(ca_file: str = "") -> ssl.SSLContext:
    """Return what verifies servers: the usual authorities, or those of a file (a company's own proxy)."""
    context = httpx.create_ssl_context(verify=ca_file or True) if not ca_file else ssl.create_default_context(cafile=ca_file)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


class GuardedTransport(httpx.BaseTransport):
    """Hands a request on only if the allow-list has it, and its place is one of the connector's."""

    def __init__(
        self, inner: httpx.BaseTransport, origins: Collection[Origin], allowed: Sequence[Allowed], *, is_job: bool = False
    ) -> None:
        self._inner = inner
        self._origins = frozenset(origins)
        self._allowed = tuple(allowed)
        self._is_job = is_job

    def __repr__(self) -> str:
        return f"GuardedTransport({sorted(self._origins)!r}, {len(self._allowed)} kinds of request)"

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request that may be sent.

        Raises
        ------
        ResponseError
            It may not: nothing was sent.
        """
        url = request.url
        scheme, host = url.scheme, url.host.casefold()
        origin = (scheme, host, url.port or _PORTS.get(scheme, 0))
        if url.userinfo or origin not in self._origins:
            raise ResponseError(
                f"An answer leads to {scheme}://{host}, which is not the system that is pulled. Nothing was sent there."
            )
        path = url.raw_path.partition(b"?")[0].decode("ascii")
        body = request.read() if request.method != "GET" else b""
        if ".." in path.split("/") or not any(one.is_met(request.method, path, body) for one in self._allowed):
            only = f"A pull of {host} reads only what its streams name"
            if self._is_job:
                only = f"A job changes in {host} only what its streams describe"
            raise ResponseError(f"{only}, and {request.method} {path} is not among it. Nothing was sent.")
        return self._inner.handle_request(request)

    def close(self) -> None:
        """Let go of all connections."""
        self._inner.close()
