"""The head of an envelope that names the session: put in last, so that no list, no log and no guard ever holds the secret.

A vendor of SOAP takes the token of a session in the head of the envelope, and says that it has ended by a fault of its own
within an error of the server. Here that becomes what it is everywhere else, so that the token is renewed as ever.
"""

from xml.sax.saxutils import escape

import httpx

from toolkit.rest.soap import CONTENT_TYPE, SESSION, fault_code

_ENDED = "INVALID_SESSION_ID"
_FAULT, _SIGNED_OUT = 500, 401
_MAX_FAULT_BYTES = 1 << 20


class SessionTransport(httpx.BaseTransport):
    """Hands requests on: an envelope with the session in its head, and not in the head of the request."""

    def __init__(self, inner: httpx.BaseTransport) -> None:
        self._inner = inner

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request."""
        if request.headers.get("content-type") != CONTENT_TYPE:
            return self._inner.handle_request(request)
        response = self._inner.handle_request(_with_session(request))
        return _as_elsewhere(response) if response.status_code == _FAULT else response

    def close(self) -> None:
        """Let go of all connections."""
        self._inner.close()


def _with_session(request: httpx.Request) -> httpx.Request:
    token = request.headers.get("authorization", "").removeprefix("Bearer ")
    # The first place is that of the head: what a record says comes behind it.
    content = request.read().replace(SESSION.encode(), escape(token).encode(), 1)
    headers = [pair for pair in request.headers.raw if pair[0].lower() not in {b"authorization", b"content-length"}]
    return httpx.Request(request.method, request.url, headers=headers, content=content, extensions=dict(request.extensions))


def _as_elsewhere(response: httpx.Response) -> httpx.Response:
    """Return the answer with the status that others give where a session has ended; any other as it came."""
    parts, size = [], 0
    for part in response.iter_bytes():
        parts.append(part)
        size += len(part)
        if size > _MAX_FAULT_BYTES:
            break
    response.close()
    body = b"".join(parts)
    status = _SIGNED_OUT if fault_code(body) == _ENDED else response.status_code
    # It was unpacked when it was read.
    kept = [pair for pair in response.headers.raw if pair[0].lower() not in {b"content-encoding", b"content-length"}]
    return httpx.Response(status, headers=kept, content=body)
