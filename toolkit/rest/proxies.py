"""The way out of a company's network: the proxy that this machine names for every program, if it names one.

As curl, pip and browsers read it: ``HTTPS_PROXY``, ``ALL_PROXY`` and ``NO_PROXY``, or the system's own settings. What goes
through it is a tunnel: TLS is verified with the vendor itself, and the proxy learns the host and no more. This machine
itself is never asked by way of anybody.
"""

import ssl
import threading
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import httpx

from toolkit.errors import InputError
from toolkit.rest.transport import LOOPBACK

_SPOKEN = ("http", "https")


def proxy_for(url: str) -> str:
    """Return the address of the proxy that leads to an address; empty where the way is open.

    Raises
    ------
    InputError
        A proxy is named that cannot be used.
    """
    parts = urlsplit(url)
    host = (parts.hostname or "").casefold()
    if host in LOOPBACK or parts.scheme != "https":
        return ""
    named = getproxies()
    said = (named.get("https") or named.get("all") or "").strip()
    if not said or proxy_bypass(host):
        return ""
    address = said if "://" in said else f"http://{said}"
    proxy = urlsplit(address)
    try:
        is_place = bool(proxy.hostname) and (proxy.port is None or proxy.port > 0)
    except ValueError:
        is_place = False
    if proxy.scheme not in _SPOKEN or not is_place:
        kind = proxy.scheme if is_place else "without a host and port"
        raise InputError(
            f"This machine sends everything to {host} through a proxy of a kind that is not spoken here ({kind}). Set "
            f"HTTPS_PROXY to an http:// proxy, or name {host} in NO_PROXY if the way is open without one."
        )
    return address


def proxy_words(url: str) -> str:
    """Return how an address is reached, for a sentence; empty where nothing stands in between. Never a password.

    Examples
    --------
    >>> proxy_words("http://127.0.0.1:8099")
    ''
    """
    proxy = urlsplit(proxy_for(url))
    return f" through the proxy {proxy.hostname}:{proxy.port or 80} that this machine names" if proxy.hostname else ""


class OuterTransport(httpx.BaseTransport):
    """Sends each request the way that its address asks for: straight, or through the machine's proxy."""

    def __init__(self, verify: ssl.SSLContext, limits: httpx.Limits | None = None) -> None:
        self._verify = verify
        self._limits = limits or httpx.Limits()
        self._lock = threading.Lock()
        self._proxies: dict[str, str] = {}
        self._ways: dict[str, httpx.HTTPTransport] = {}

    def __repr__(self) -> str:
        return f"OuterTransport({len(self._ways)} ways)"

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request.

        Raises
        ------
        InputError
            A proxy is named that cannot be used; nothing was sent.
        """
        return self._way(f"{request.url.scheme}://{request.url.host}").handle_request(request)

    def _way(self, place: str) -> httpx.HTTPTransport:
        """Return the one way to a place, however many threads ask for it at once: a second one would never be closed."""
        with self._lock:
            if place not in self._proxies:
                self._proxies[place] = proxy_for(place)
            proxy = self._proxies[place]
            if proxy not in self._ways:
                self._ways[proxy] = httpx.HTTPTransport(verify=self._verify, proxy=proxy or None, limits=self._limits)
            return self._ways[proxy]

    def close(self) -> None:
        """Let go of all connections."""
        for way in self._ways.values():
            way.close()
