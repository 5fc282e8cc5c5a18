"""The vendor's address that gives tokens (RFC 6749, section 3.2): one question, and what each answer means.

What goes there are secrets, so it is asked by a client of its own: TLS verified, 1.2 at least, no redirect followed, no
proxy's or file's password added, and an answer of a megabyte at most.
"""

import json
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

import httpx

from toolkit.connector import SignIn
from toolkit.errors import AuthError, InputError, ResponseError, RetryableError
from toolkit.rest.oauth.scopes import scope_names
from toolkit.rest.proxies import OuterTransport, proxy_words
from toolkit.rest.redaction import Secret, redacted
from toolkit.rest.vault.names import connect_command
from toolkit.rest.vault.tokens import Tokens

MAX_BYTES = 1_000_000
_TIMEOUT_S = 30.0
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})

_SAID = {
    "invalid_grant": "what was shown there has expired, was withdrawn, or was used before",
    "invalid_client": "it does not know the client, or its secret is another one",
    "unauthorized_client": "this client may not sign in this way",
    "invalid_scope": "a scope that was asked for is unknown there, or not for this client",
    "access_denied": "access was denied",
    "unsupported_grant_type": "it does not offer this way to sign in",
    "invalid_request": "it did not understand the question",
}
_CLIENT_IS_WRONG = frozenset({"invalid_client", "unauthorized_client", "unsupported_grant_type", "invalid_scope"})


class RefusedError(AuthError):
    """The vendor gave no token; ``code`` is its word for why, ``clock_offset`` what its clock says against ours."""

    def __init__(self, message: str, code: str, clock_offset: timedelta | None = None) -> None:
        self.code = code
        self.clock_offset = clock_offset
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Client:
    """Who asks for tokens: the client's id, its secret where it has one, and how it names itself."""

    client_id: str
    secret: Secret | None = None


def token_client(*, transport: httpx.BaseTransport | None = None) -> httpx.Client:
    """Return a client for questions that carry secrets; close it after the question."""
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    way = transport or OuterTransport(context)
    return httpx.Client(transport=way, follow_redirects=False, timeout=_TIMEOUT_S)


def asked_tokens(
    http: httpx.Client,
    sign_in: SignIn,
    client: Client | None,
    form: Mapping[str, str],
    *,
    system: str,
    clock: Callable[[], datetime],
    further_places: Mapping[str, str] | None = None,
) -> Tokens:
    """Return the tokens that a vendor gives for what ``form`` shows.

    Parameters
    ----------
    http
        From `token_client`.
    sign_in
        Where to ask, how the client names itself, which places the answer tells.
    client
        None where the form itself says who asks (a signed statement).
    form
        ``grant_type`` and what belongs to it.
    system
        Its name, for messages.
    clock
        The time now, UTC.
    further_places
        What the vendor told beside the answer, by its own names (``realmId`` on the way back from the browser).

    Raises
    ------
    RefusedError
        The vendor said no.
    RetryableError
        No answer, or it asked to wait.
    ResponseError
        The answer is no answer of such an address: a page, a redirect, a megabyte.
    """
    sent = sent_form(http, sign_in.token_url, sign_in, client, form, system=system)
    answer = _read(sent, sign_in.token_url, system, clock)
    now = clock()
    told = {**answer, **(further_places or {})}
    return Tokens(
        access=Secret(str(answer["access_token"])),
        refresh=Secret(str(answer["refresh_token"])) if answer.get("refresh_token") else None,
        issued_at=now,
        access_expires_at=_after(now, answer.get("expires_in")),
        refresh_expires_at=_refresh_end(now, answer, sign_in),
        scopes=scope_names(answer["scope"]) if isinstance(answer.get("scope"), str) else None,
        places={place: str(told[name]) for place, name in sign_in.tells if told.get(name)},
    )


def sent_form(
    http: httpx.Client, url: str, sign_in: SignIn, client: Client | None, form: Mapping[str, str], *, system: str
) -> httpx.Response:
    """Send a form to an address that takes secrets; return its answer, read to its end.

    Parameters
    ----------
    http
        From `token_client`.
    url
        Must be https, or on this machine.
    sign_in, client
        How the client names itself, and who it is.
    form
        What is sent.
    system
        Its name, for messages.

    Raises
    ------
    InputError
        The address is not encrypted, or its certificate is not valid.
    RetryableError
        No answer.
    ResponseError
        A redirect, or an answer without end.
    """
    from authlib.common.urls import url_encode
    from authlib.oauth2.auth import ClientAuth

    require_encrypted(url, system)
    headers = {
        "Accept": "application/json",
        # A packed answer could be a thousand times as large as what arrives.
        "Accept-Encoding": "identity",
        "Content-Type": "application/x-www-form-urlencoded;charset=UTF-8",
    }
    body = str(url_encode(list(form.items())))
    if client is not None:
        method = sign_in.client_auth if client.secret else "none"
        auth = ClientAuth(client.client_id, client.secret.revealed() if client.secret else None, method)
        try:
            url, headers, body = auth.prepare("POST", url, headers, body)
        except UnicodeEncodeError:
            raise AuthError(
                f"The client's secret of {system} holds characters that no vendor gives. Copy it again."
            ) from None
    host = urlsplit(url).hostname or url
    try:
        with http.stream("POST", url, headers=headers, content=body.encode()) as response:
            content = b""
            for piece in response.iter_bytes():
                content += piece
                if len(content) > MAX_BYTES:
                    raise ResponseError(
                        f"{host} answered {system}'s sign-in with more than a megabyte. Is the address right?"
                    )
    except httpx.TransportError as error:
        raise _unreached(error, host, system) from None
    except httpx.DecodingError:
        raise ResponseError(f"{host} answered {system}'s sign-in with something that cannot be unpacked.") from None
    if response.is_redirect:
        raise ResponseError(
            f"{host} wants to send {system}'s sign-in on to another address (code {response.status_code}). Secrets are not "
            "sent on. Mend the address, or leave the network that asks for a login first."
        )
    return httpx.Response(response.status_code, headers=response.headers, content=_plain(response, content))


def require_encrypted(url: str, system: str) -> None:
    """Refuse an address that secrets must not be sent to.

    Raises
    ------
    InputError
        It is neither https nor on this machine, or it holds a user or password.
    """
    parts = urlsplit(url)
    is_fine = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK)
    if not is_fine or not parts.hostname or parts.username is not None or parts.password is not None:
        raise InputError(
            f"{system}'s sign-in goes to {redacted(url)[:200]!r}, and secrets go to https:// addresses only, without a user "
            "in them. Mend it in engagement.yaml."
        )


def _plain(response: httpx.Response, content: bytes) -> bytes:
    """Return the content of a response whose headers still say how it was packed."""
    for name in ("content-encoding", "content-length", "transfer-encoding"):
        response.headers.pop(name, None)
    return content


def _unreached(error: httpx.TransportError, host: str, system: str) -> Exception:
    """Return what to say where no answer came; the error itself holds the question, so it is not chained."""
    if "CERTIFICATE" in str(error).upper():
        return InputError(
            f"The certificate of {host} is not valid, so nothing of {system}'s sign-in was sent. Mend the address; behind a "
            "company's proxy, let SSL_CERT_FILE name its certificates."
        )
    return RetryableError(
        f"{host} does not answer {system}'s sign-in{proxy_words(f'https://{host}')} ({type(error).__name__}). Check the "
        "network, then start again; what was signed in before stays."
    )


def _read(response: httpx.Response, url: str, system: str, clock: Callable[[], datetime]) -> dict[str, Any]:
    """Return the answer where it holds a token."""
    host = urlsplit(url).hostname
    if response.status_code == httpx.codes.TOO_MANY_REQUESTS or response.status_code >= httpx.codes.INTERNAL_SERVER_ERROR:
        raise RetryableError(
            f"{host} cannot sign {system} in just now (code {response.status_code}). Try again in a minute.",
            _seconds(response.headers.get("Retry-After")),
        )
    try:
        answer = json.loads(response.content)
    except (ValueError, RecursionError):
        answer = None
    if not isinstance(answer, dict):
        kind = response.headers.get("Content-Type", "").partition(";")[0][:40]
        raise ResponseError(
            f"{host} answered {system}'s sign-in with {kind or 'something'!r}, not with a token (code "
            f"{response.status_code}). Is the address right, or does the network ask for a login first?"
        )
    if response.is_success and isinstance(answer.get("access_token"), str) and answer["access_token"]:
        return answer
    raise _refused(answer, host or url, system, _clock_offset(response, clock))


def _refused(answer: Mapping[str, Any], host: str, system: str, offset: timedelta | None) -> Exception:
    code = answer.get("error") or answer.get("status") or answer.get("errorCode") or ""
    code = redacted(code)[:60] if isinstance(code, str) else ""
    said = answer.get("error_description") or answer.get("message") or ""
    words = "".join(one if one.isprintable() else " " for one in redacted(str(said)))[:200].strip()
    reason = _SAID.get(code, f"it said {code!r}" if code else "it gave no token")
    step = (
        "Check the client's id and secret, and what it may do there"
        if code in _CLIENT_IS_WRONG
        else f"Sign in again: {connect_command(system)}"
    )
    quoted = f' ("{words}")' if words else ""
    return RefusedError(f"{host} does not sign {system} in: {reason}{quoted}. {step}.", code, offset)


def _clock_offset(response: httpx.Response, clock: Callable[[], datetime]) -> timedelta | None:
    """Return how far the vendor's clock is ahead of ours; None where it does not say."""
    try:
        theirs = parsedate_to_datetime(response.headers["Date"])
    except (KeyError, ValueError, TypeError):
        return None
    return (theirs if theirs.tzinfo else theirs.replace(tzinfo=UTC)) - clock()


def _after(now: datetime, seconds: Any) -> datetime | None:
    try:
        return now + timedelta(seconds=max(float(seconds), 0.0))
    except (TypeError, ValueError, OverflowError):
        return None


def _refresh_end(now: datetime, answer: Mapping[str, Any], sign_in: SignIn) -> datetime | None:
    if not answer.get("refresh_token"):
        return None
    for name in ("x_refresh_token_expires_in", "refresh_token_expires_in", "refresh_expires_in"):
        if end := _after(now, answer.get(name)):
            return end
    return now + timedelta(days=sign_in.refresh_days) if sign_in.refresh_days else None


def _seconds(text: str | None) -> float | None:
    return float(text) if text and text.isdecimal() else None
