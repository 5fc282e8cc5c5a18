"""A notice to one address: a flat JSON object, sent to that place and no other, TLS verified, no redirect followed.

An address is often a secret by itself (an incoming webhook), so no message repeats more of it than its host.
"""

import json
import random
import re
import ssl
from collections.abc import Mapping

import httpx

from toolkit.errors import AuthError, InputError, ResponseError, RetryableError, ToolkitError
from toolkit.rest.allowed import Allowed
from toolkit.rest.clock import Clock, SystemClock
from toolkit.rest.proxies import OuterTransport, proxy_words
from toolkit.rest.redaction import Secret
from toolkit.rest.retrying import RetryBudget, repeated
from toolkit.rest.transport import GuardedTransport, Origin, origin_of, tls_context
from toolkit.version import __version__

_TIMEOUT_S = 10.0
_MAX_WAIT_S = 60.0
_MAX_BYTES = 65_536
_SIGNED_OUT = frozenset({401, 403, 404, 410})
_PASSING = frozenset({408, 425, 429})

Notice = Mapping[str, str | int | None]
"""What is told: plain values by name."""


def notice_bytes(notice: Notice) -> bytes:
    """Return a notice as it is sent.

    Examples
    --------
    >>> notice_bytes({"state": "failed", "code": 6}).decode()
    '{"state": "failed", "code": 6}'
    """
    return json.dumps(dict(notice), ensure_ascii=False).encode()


def post_notice(
    address: Secret,
    body: bytes,
    *,
    what: str,
    headers: Mapping[str, str] | None = None,
    ca_file: str = "",
    clock: Clock | None = None,
) -> None:
    """Send a notice; return when the other side took it.

    Parameters
    ----------
    address
        Where to: https, or on this machine.
    body
        From `notice_bytes`.
    what
        What is sent to, for messages: ``"Slack"``.
    headers
        That go along: a signature.
    ca_file
        The authorities of a company; the usual ones without.
    clock
        What waits between tries.

    Raises
    ------
    InputError
        The address is none, or its certificate is not valid; nothing was sent.
    AuthError
        The address is not taken any more.
    RetryableError
        No answer, after some tries.
    ResponseError
        The other side said no, or wants it sent somewhere else.
    """
    origin, path = _place(address, what)
    names = tuple(json.loads(body))
    allowed = Allowed("POST", re.compile(re.escape(path)), "{}", changes=names)
    verify = tls_context(ca_file) if origin[0] == "https" else ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    sent_headers = {
        "content-type": "application/json",
        "user-agent": f"integration-audit/{__version__}",
        # A packed answer could be a thousand times as large as what arrives.
        "accept-encoding": "identity",
        **(headers or {}),
    }
    waits = clock or SystemClock()
    guarded = GuardedTransport(OuterTransport(verify), {origin}, [allowed])
    with httpx.Client(transport=guarded, follow_redirects=False, timeout=_TIMEOUT_S) as http:

        def attempt() -> None:
            try:
                with http.stream("POST", address.revealed(), content=body, headers=sent_headers) as response:
                    _read(response, origin[1], what)
            except httpx.ConnectError as error:
                raise _unreached(error, origin[1], what) from None
            except httpx.HTTPError as error:
                raise RetryableError(f"{what}: {origin[1]} does not answer ({type(error).__name__}).") from None

        repeated(
            attempt,
            clock=waits,
            budget=RetryBudget(waits),
            chance=random.Random(),  # noqa: S311  # spreads waits, guards nothing
            max_wait_s=_MAX_WAIT_S,
        )


def _place(address: Secret, what: str) -> tuple[Origin, str]:
    try:
        origin = origin_of(address.revealed())
        path = httpx.URL(address.revealed()).raw_path.partition(b"?")[0].decode("ascii")
    except (InputError, ValueError, httpx.InvalidURL):
        # What is wrong with it would be told by repeating it.
        raise InputError(
            f"{what}: what is kept as its address is none that a notice goes to: https://…, without a user in it. Mend it."
        ) from None
    return origin, path


def _read(response: httpx.Response, host: str, what: str) -> None:
    code = response.status_code
    size = 0
    for piece in response.iter_bytes():
        size += len(piece)
        if size > _MAX_BYTES:
            break
    if response.is_success:
        return
    if response.is_redirect:
        raise ResponseError(f"{what}: {host} wants the notice sent to another address (code {code}); that was not done.")
    if code in _PASSING or code >= httpx.codes.INTERNAL_SERVER_ERROR:
        raise RetryableError(f"{what}: {host} cannot take the notice now (code {code}).", _asked_s(response))
    if code in _SIGNED_OUT:
        raise AuthError(f"{what}: {host} does not take notices at this address (code {code}). Make a new one there.")
    raise ResponseError(f"{what}: {host} refused the notice (code {code}).")


def _asked_s(response: httpx.Response) -> float | None:
    said = response.headers.get("retry-after", "").strip()
    return float(said) if said.isdecimal() else None


def _unreached(error: httpx.ConnectError, host: str, what: str) -> ToolkitError:
    if "CERTIFICATE" in str(error).upper():
        return InputError(
            f"{what}: the certificate of {host} is not valid, so nothing was sent. Mend the address or 'ca_file'."
        )
    return RetryableError(f"{what}: {host} is not reached{proxy_words(f'https://{host}')}. Check the network.")
