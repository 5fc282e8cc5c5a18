"""The client of one system of one engagement: the only one that sends, and it sends only what may be sent.

One request goes through everything: the breaker admits it, the pacer gives it its turn, the credential signs it, the
transport holds it against the allow-list, its answer is read with a bound on its size, and a passing fault is repeated.
"""

import random
import ssl
from collections.abc import Iterable
from contextlib import nullcontext
from datetime import datetime, timedelta
from typing import Self
from urllib.parse import quote, urlencode

import httpx

from toolkit.connector import Api, Reading, Writing
from toolkit.errors import AuthError, RejectedError, ResponseError, RetryableError, ToolkitError, UncertainError
from toolkit.rest.allowed import allowed_requests
from toolkit.rest.allowed_changes import allowed_changes
from toolkit.rest.answers import Answer, Asked, cost_wait_s, http_date, read_answer
from toolkit.rest.body_forms import as_sent, headers_of
from toolkit.rest.breaker import Breaker
from toolkit.rest.calls import Call, filled, linked_call, sent_value
from toolkit.rest.change_answers import read_change
from toolkit.rest.clock import Clock, SystemClock
from toolkit.rest.credentials import Credential, OpenDoor
from toolkit.rest.pacing import Pacer
from toolkit.rest.proxies import OuterTransport, proxy_words
from toolkit.rest.redaction import redacted
from toolkit.rest.retrying import MAX_ATTEMPTS, MAX_WAIT_S, RetryBudget, repeated
from toolkit.rest.soap_session import SessionTransport
from toolkit.rest.transport import GuardedTransport, origin_of, tls_context
from toolkit.rest.vault.names import written_name
from toolkit.version import __version__

MAX_BODY_BYTES = 64 << 20
"""A page is never larger: what grows beyond it when it is unpacked is a bomb, or no page."""

_LONGEST_SAID_S = 10 * 365 * 86_400.0
"""A vendor may write any number; no calendar holds them all."""

TIMEOUT_S = 60.0
_TIMEOUTS = httpx.Timeout(TIMEOUT_S).as_dict()


class RestClient:
    """Asks one system; for many threads. Close it, or use it in a ``with`` block."""

    def __init__(
        self,
        system: str,
        api: Api,
        readings: Iterable[Reading] = (),
        *,
        writings: Iterable[Writing] = (),
        credential: Credential | None = None,
        places: dict[str, str] | None = None,
        clock: Clock | None = None,
        transport: httpx.BaseTransport | None = None,
        ca_file: str = "",
        chance: random.Random | None = None,
        to_write: bool = False,
        max_attempts: int = MAX_ATTEMPTS,
    ) -> None:
        """Prepare to ask; nothing is sent yet.

        Parameters
        ----------
        system
            The client's name of the system.
        api
            Its interface.
        readings
            All that may be read.
        writings
            All that may be changed; nothing in a pull.
        credential
            What signs requests; none: the system is open.
        places
            What fills the places of addresses, beside what signing in tells.
        clock, transport, chance
            What waits, what sends, and what spreads repeats: given by tests.
        ca_file
            The authorities of a company that opens TLS on the way; the usual ones without.
        to_write
            Whether the credential is the one that writes, also where nothing is changed.
        max_attempts
            How often a request is sent at the most.
        """
        readings = tuple(readings)
        self.system = system
        self.api = api
        self.clock = clock or SystemClock()
        self.credential: Credential = credential or OpenDoor()
        self.places = {**self.credential.places, **(places or {})}
        self.url = filled(api.url, self.places).rstrip("/")
        self.clock_offset_s: float | None = None
        self.pacer = Pacer(api.limits, api.at_once, self.clock)
        self._own_pacers = {one.limits: Pacer(one.limits, api.at_once, self.clock) for one in readings if one.limits}
        self.breaker = Breaker(system, self.clock)
        self.request_count = 0
        self._budget = RetryBudget(self.clock)
        self._max_attempts = max_attempts
        self._chance = chance or random.Random()  # noqa: S311  # spreads waits, guards nothing
        origins = {origin_of(self.url), *(origin_of(filled(one, self.places)) for one in api.further_origins)}
        self._home = origin_of(self.url)
        changes = allowed_changes(api, writings, self.places)
        self._sign_in = written_name(system) if to_write or changes else system
        allowed = (*allowed_requests(api, readings, self.places), *changes)
        inner = transport or OuterTransport(
            # Without TLS only this machine is asked; a context that knows no authority would let nobody else in.
            tls_context(ca_file) if self._home[0] == "https" else ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT),
            httpx.Limits(max_connections=api.at_once, max_keepalive_connections=api.at_once),
        )
        headers = {"user-agent": f"integration-audit/{__version__}", "accept": "application/json", "accept-encoding": "gzip"}
        headers |= {name: filled(value, self.places) for name, value in api.headers}
        self._headers = tuple(headers.items())
        if any(one.form == "soap" for one in allowed):
            inner = SessionTransport(inner)
        self._http = httpx.Client(
            transport=GuardedTransport(inner, origins, allowed, is_job=bool(changes)), follow_redirects=False
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"RestClient({self.system!r}, {self.url!r})"

    def close(self) -> None:
        """Let go of all connections."""
        self._http.close()

    def call(self, reading: Reading, parent: str = "") -> Call:
        """Return the first request of a reading, of one record of the list before where it is asked for each."""
        path = filled(reading.path, {**self.places, "parent": quote(parent, safe="")})
        query = tuple(
            (name, sent_value(name, value.replace("{parent}", parent) if parent else value, reading.base64))
            for name, value in reading.query
        )
        url = f"{self.url}/{path.lstrip('/')}" if path else self.url
        found = Call(url, reading.method, query, reading.body, reading.headers)
        return (
            found.with_param(reading.parent_param, reading.parent_template.replace("{parent}", parent), in_body=True)
            if parent and reading.parent_param
            else found
        )

    def linked(self, link: str, before: Call) -> Call:
        """Return the request of an address in an answer, without whatever secret the vendor wrote into it.

        Raises
        ------
        ResponseError
            It leads to another place than the system.
        """
        found = linked_call(link, before)
        try:
            origin = origin_of(found.url)
        except ToolkitError as error:
            raise ResponseError(
                f"{self.system} answered with an address for the next page that is not followed. {error}"
            ) from error
        if origin != self._home:
            raise ResponseError(
                f"{self.system} says that the next page is at {origin[0]}://{origin[1]}, which is not the system that "
                "is pulled. "
                "It was not followed."
            )
        secrets = {one.revealed() for one in self.credential.secrets}
        query = tuple(pair for pair in found.query if pair[1] not in secrets)
        return Call(found.url, "GET", query, "", found.headers)

    def answer(self, call: Call, reading: Reading | None = None) -> Answer:
        """Return the answer to a request, repeated while its faults pass.

        Parameters
        ----------
        call
            The request.
        reading
            Whose it is.

        Raises
        ------
        AuthError
            Sign in again, or ask for a scope.
        RetryableError
            A fault that did not pass: what was pulled is kept.
        ResponseError
            The answer cannot be used.
        """
        return self._told(Asked(self.system, self.credential.reference, call, reading, sign_in=self._sign_in))

    def change(self, call: Call, *, is_batch: bool = False) -> Answer:
        """Return the answer to a request that changes something; only one that was not taken is repeated.

        Parameters
        ----------
        call
            The request.
        is_batch
            Whether it changes several records, each with a result of its own.

        Raises
        ------
        RejectedError
            The system refuses it.
        ConflictError
            The record has another version by now, or is gone.
        UncertainError
            It was sent, and no answer tells what became of it.
        RetryableError
            It was not taken.
        AuthError
            Sign in again, or ask for a scope.
        """
        return self._told(
            Asked(self.system, self.credential.reference, call, is_change=True, is_batch=is_batch, sign_in=self._sign_in)
        )

    def redacted(self, text: str) -> str:
        """Return a text without secrets: a vendor may quote our own key back at us."""
        return redacted(text, self.credential.secrets)

    def _told(self, asked: Asked) -> Answer:
        call = asked.call
        try:
            return repeated(
                lambda: self._once(call, asked),
                clock=self.clock,
                budget=self._budget,
                chance=self._chance,
                max_attempts=self._max_attempts,
            )
        except ToolkitError as error:
            said = self.redacted(str(error))
            if said != str(error):
                error.args = (said,)
            raise

    def _once(self, call: Call, asked: Asked) -> Answer:
        self.breaker.admit()
        own = self._own_pacers.get(asked.reading.limits) if asked.reading is not None else None
        with nullcontext() if own is None else own.turn(), self.pacer.turn():
            self._budget.note_request()
            self.request_count += 1
            try:
                status, headers, body = self._sent(call, asked)
            except (RetryableError, UncertainError):
                self.breaker.failed()
                raise
        if self.clock_offset_s is None and (at := http_date(headers.get("date", ""))) is not None:
            self.clock_offset_s = (at - self.clock.now()).total_seconds()
        if status >= 500:
            self.breaker.failed()
        else:
            self.breaker.succeeded()
        try:
            answer = (read_change if asked.is_change else read_answer)(status, headers, body, asked, self.api)
        except RetryableError as error:
            if (error.retry_after_s or 0.0) > MAX_WAIT_S:
                # Nobody sits that out; other lists of the system may have limits of their own, and ask for themselves.
                raise self._come_back(error) from error
            if error.retry_after_s:
                self.pacer.hold(error.retry_after_s)
            raise
        if self.api.cost is not None and (pause_s := cost_wait_s(answer.parsed, self.api.cost)):
            self.pacer.hold(pause_s)
        return answer

    def _come_back(self, error: RetryableError) -> RetryableError:
        """Return a fault that says until when the vendor asks us to wait: longer than a pull does."""
        asked_s = min(error.retry_after_s or 0.0, _LONGEST_SAID_S)
        until = self.clock.now() + timedelta(seconds=asked_s)
        return RetryableError(
            f"{error} It asks us to wait until {until.day} {until:%B %Y, %H:%M} UTC: start the same command again then.",
            error.retry_after_s,
        )

    def _sent(self, call: Call, asked: Asked) -> tuple[int, dict[str, str], bytes]:
        """Send a request once; say in a sentence what the way there did to it."""
        lost = UncertainError if asked.is_change else RetryableError
        # Made here and not by the client, which would parse the address twice and merge headers that never change.
        try:
            sent = as_sent(call.body, call.form)
        except ValueError as error:
            raise RejectedError(f"{asked.said} cannot be asked so: {error}. Nothing was sent.") from error
        request = httpx.Request(
            call.method,
            f"{call.url}?{urlencode(call.query, quote_via=quote)}" if call.query else call.url,
            headers=[*self._headers, *call.headers, *(headers_of(call.form) if sent else ())],
            content=sent.encode() if sent else None,
            extensions={"timeout": _TIMEOUTS},
        )
        try:
            response = self._http.send(request, auth=self.credential.auth, stream=True)
            try:
                body = _bounded(response, asked)
            finally:
                response.close()
        except httpx.ConnectError as error:
            if isinstance(error.__cause__, ssl.SSLError) or "CERTIFICATE" in str(error) or "SSL" in str(error).upper():
                raise AuthError(
                    f"{asked.system} could not prove that it is {request.url.host}: its certificate is not valid for "
                    "that name, or "
                    "a network in between opens the line. Nothing was sent. If it is the client's own proxy, name its "
                    "certificate under 'ca_file' of the system."
                ) from None
            raise RetryableError(
                f"{asked.system} cannot be reached at {request.url.host}{proxy_words(str(request.url))}: there is no "
                "network, or nothing answers there."
            ) from None
        except httpx.ProxyError:
            raise RetryableError(
                f"{asked.system} cannot be reached at {request.url.host}{proxy_words(str(request.url))}: the proxy refused "
                "the way. Ask those who run it to let this host through, or how to sign in to it."
            ) from None
        except httpx.TimeoutException:
            raise lost(f"{asked.said} did not answer within {TIMEOUT_S:.0f} seconds.") from None
        except httpx.DecodingError:
            raise lost(f"{asked.said} sent an answer that cannot be unpacked.") from None
        except httpx.TransportError:
            raise lost(f"{asked.said} broke the connection.") from None
        return response.status_code, _headers_of(response), body

    def server_now(self) -> datetime:
        """Return the time at the system, as far as its answers told."""
        return self.clock.now() + timedelta(seconds=self.clock_offset_s or 0.0)


def _headers_of(response: httpx.Response) -> dict[str, str]:
    """Return the headers, those of one name put together; the client asks for their encoding before each of them."""
    encoding = response.headers.encoding
    found: dict[str, str] = {}
    for raw_name, raw_value in response.headers.raw:
        name, value = raw_name.decode(encoding).casefold(), raw_value.decode(encoding)
        found[name] = f"{found[name]}, {value}" if name in found else value
    return found


def _bounded(response: httpx.Response, asked: Asked) -> bytes:
    """Return the body, unpacked, as long as it is no larger than a page can be."""
    parts, size = [], 0
    for part in response.iter_bytes():
        size += len(part)
        if size > MAX_BODY_BYTES:
            raise ResponseError(
                f"{asked.said} sent more than {MAX_BODY_BYTES >> 20} MB in one answer, so it was not read. Ask for "
                "smaller pages."
            )
        parts.append(part)
    return parts[0] if len(parts) == 1 else b"".join(parts)
