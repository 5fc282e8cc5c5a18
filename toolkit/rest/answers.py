"""What an answer of a system means: records, a passing fault, or something that a person must do.

Every sentence names the system and the request, and says what to do next; none quotes more of an answer than a few words of
its own error message, without secrets.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

import msgspec

from toolkit.connector import Api, Cost, Fault, Reading
from toolkit.connector.api import Meaning
from toolkit.errors import (
    AuthError,
    ConflictError,
    NotOfferedError,
    RejectedError,
    ResponseError,
    RetryableError,
    ScopeError,
    ToolkitError,
    UncertainError,
)  # fmt: skip
from toolkit.rest.body_text import other_than_json, utf8_body
from toolkit.rest.calls import Call
from toolkit.rest.places import text_at
from toolkit.rest.quoted import quoted
from toolkit.rest.vault.names import connect_command

PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})
"""What may be different the next time: ``reliability-spec`` 3.4."""

NOT_CHANGED = 304
"""The answer to a list asked for by ``If-Modified-Since`` of which nothing was changed: no records."""

_DECODER = msgspec.json.Decoder(float_hook=str)
_ERRORS = ("errors", "error", "fault", "Fault")
_REDIRECTS = range(300, 400)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: status, headers (names in lower case), body, and the body's JSON with numbers as they are written.

    The body is in UTF-8, whatever it came in. With ``is_mended`` it held what JSON does not allow (NaN), with ``lost_text``
    bytes that are no text, and this was replaced in it.
    """

    status: int
    headers: Mapping[str, str]
    body: bytes
    parsed: Any = field(default=None, repr=False)
    is_mended: bool = False
    lost_text: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """Who was asked what, for sentences: the client's name of the system, where its key is kept, the call, the reading.

    With ``is_change`` the call changes something: a lost answer is no passing fault then; with ``is_batch`` it changes
    several records, and an answer may hold a result for each. ``sign_in`` is the name of the sign-in, where it is not the
    system's.
    """

    system: str
    reference: str
    call: Call
    reading: Reading | None = None
    is_change: bool = False
    is_batch: bool = False
    sign_in: str = ""

    @property
    def said(self) -> str:
        """System and request."""
        return f"{self.system} ({self.call.said})"


def parsed_body(body: bytes) -> Any:
    """Return what a body of JSON says: fractions as the text that stands there, whole numbers of any length.

    Raises
    ------
    ValueError
        It is no JSON, or nested deeper than any record is.

    Examples
    --------
    >>> parsed_body(b'{"price": 1.10, "id": 9007199254740993}')
    {'price': '1.10', 'id': 9007199254740993}
    """
    try:
        return _DECODER.decode(body)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise ValueError("no JSON") from error


def read_answer(status: int, headers: Mapping[str, str], body: bytes, asked: Asked, api: Api) -> Answer:
    """Return an answer that holds what was asked for.

    Parameters
    ----------
    status, headers, body
        What came back; names of headers in lower case.
    asked
        Who was asked what.
    api
        What its vendor means by its faults.

    Raises
    ------
    RetryableError
        It may be different the next time.
    AuthError
        The credentials are not good for this.
    NotOfferedError
        The client's plan lacks it.
    ResponseError
        It cannot be understood.
    """
    kind = headers.get("content-type", "").partition(";")[0].strip().casefold()
    parsed: Any = None
    body, lost_text = utf8_body(body, headers)
    failure, mended = "", body
    if status == 204 or not body:
        parsed = {}
    elif kind not in {"text/html", "application/xhtml+xml"}:
        try:
            parsed, mended = _parsed(body) if asked.reading is None or asked.reading.form == "json" else ({}, body)
        except ValueError:
            failure = "broken"
    else:
        failure = "page"
    answer = Answer(status, headers, mended, parsed, mended is not body, lost_text)
    if status == NOT_CHANGED and asked.reading is not None and asked.reading.is_left_out:
        return answer
    refuse_known_faults(answer, asked, api)
    if not 200 <= status < 300:
        raise _fault(answer, asked, api, is_page=failure == "page")
    if failure == "page":
        raise AuthError(
            f"{asked.said} answered with a web page instead of data: mostly the page to sign in, of the system or of a "
            "network in "
            f"between. Check the address, and sign in again (credentials: {asked.reference})."
        )
    if failure and (other := other_than_json(body)):
        raise ResponseError(f"{asked.said} {other}")
    if failure:
        raise RetryableError(f"{asked.said} broke off in the middle of an answer.")
    _refuse_errors_inside(answer, asked, api)
    return answer


def _parsed(body: bytes) -> tuple[Any, bytes]:
    """Return what a body says, and the body; with what JSON does not allow replaced, where only that is wrong with it."""
    try:
        return parsed_body(body), body
    except ValueError:
        text = body.decode("utf-8-sig", "replace")
    try:
        value = json.loads(text, strict=False, parse_float=str, parse_constant=lambda _: None)
    except RecursionError as error:
        raise ValueError("no JSON") from error
    # Half a pair of surrogates is no character, and no text may hold it.
    mended = json.dumps(value, ensure_ascii=False).encode("utf-8", "replace")
    return parsed_body(mended), mended


def refuse_known_faults(answer: Answer, asked: Asked, api: Api) -> None:
    """Raise what the connector says an answer means.

    Parameters
    ----------
    answer
        That came back.
    asked
        Who was asked what.
    api
        What its vendor means by its faults.
    """
    found = next((one for one in api.faults if _is_fault(one, answer)), None)
    if found is None:
        return
    words = quoted_words(answer)
    match found.means:
        case "wait":
            raise RetryableError(f"{asked.said} asked us to slow down{words}.", asked_wait_s(answer, api))
        case "sign_in":
            raise sign_in_again(asked, answer.status, words)
        case "scope":
            raise _scope(answer, asked)
        case "plan":
            raise NotOfferedError(f"{asked.said} is not part of the client's plan{words}.")
        case "stop":
            raise ResponseError(f"{asked.said} refused the request{words}.")
        case _:
            raise _of_a_record(found.means, asked, words)


def _of_a_record(means: Meaning, asked: Asked, quoted: str) -> ToolkitError:
    """Return what a fault says of the record that was asked for or changed, or of what became of the change."""
    if means == "refused" and asked.is_change:
        return RejectedError(f"The system refused it{quoted}.")
    if means == "refused":
        return ResponseError(f"{asked.said} refused the request{quoted}.")
    if means == "conflict":
        return ConflictError(f"The system says that the record is another one by now{quoted}.")
    if means == "gone":
        gone = f"The record is gone{quoted}."
        return ConflictError(gone) if asked.is_change else NotOfferedError(gone)
    trouble = f"{asked.said} broke off within itself{quoted}"
    if asked.is_change:
        return UncertainError(f"{trouble}, and may have taken the change all the same.")
    return RetryableError(f"{trouble}.")


def _is_fault(fault: Fault, answer: Answer) -> bool:
    if fault.status and fault.status != answer.status:
        return False
    text = text_at(answer.parsed, fault.path) if answer.parsed else ""
    if not fault.status and not text:
        return False
    return not fault.pattern or re.search(fault.pattern, text) is not None


def asked_wait_s(answer: Answer, api: Api) -> float | None:
    """Return how long an answer asks to wait: as it says, else until its cost is back, else as the vendor is known."""
    said = retry_after_s(answer.headers, None)
    if said is None and api.cost is not None:
        said = cost_wait_s(answer.parsed, api.cost) or None
    return api.wait_s if said is None else said


def cost_wait_s(parsed: Any, cost: Cost) -> float:
    """Return how long to wait until the same request can be paid for once more; nothing where an answer states no cost.

    Examples
    --------
    >>> cost = Cost("cost.requested", "cost.left", "cost.restored")
    >>> cost_wait_s({"cost": {"requested": 900, "left": 400, "restored": 100}}, cost), cost_wait_s({}, cost)
    (5.0, 0.0)
    """
    found = [text_at(parsed, path) for path in (cost.asked, cost.left, cost.per_s)]
    if not all(re.fullmatch(r"\d{1,9}(?:\.\d{1,9})?", one) for one in found):
        return 0.0
    asked, left, per_s = map(float, found)
    return max(0.0, asked - left) / per_s if per_s else 0.0


def _fault(answer: Answer, asked: Asked, api: Api, *, is_page: bool) -> ToolkitError:  # noqa: PLR0911  # one return a status reads as the table it is
    status, quoted = answer.status, "" if is_page else quoted_words(answer)
    if status in PASSING:
        if status == 429:
            return RetryableError(f"{asked.said} asked us to slow down (429){quoted}.", asked_wait_s(answer, api))
        return RetryableError(f"{asked.said} is in trouble ({status}){quoted}.", retry_after_s(answer.headers, None))
    if status in _REDIRECTS:
        return ResponseError(
            f"{asked.said} sends us to another address ({status}). It was not followed, since the credentials would go "
            "there, "
            "too. Correct the address under 'url' of the system in engagement.yaml."
        )
    if status == 401:
        return _scope(answer, asked) if lacks_scope(answer.headers) else sign_in_again(asked, status, quoted)
    if status == 403 and is_page:
        return AuthError(
            f"{asked.said} was refused with a web page (403): mostly by a network in between, not by the system. Ask "
            "the client's "
            "IT whether the way to it is open."
        )
    if status == 403:
        return _scope(answer, asked)
    if status == 402:
        return NotOfferedError(f"{asked.said} is not part of the client's plan (402){quoted}.")
    if status == 407:
        return AuthError(
            f"A proxy stands between here and {asked.system} and wants a password (407). Ask the client's IT for a way."
        )
    if status in {404, 410}:
        return NotOfferedError(
            f"{asked.said} is not there ({status}){quoted}. Check the address and the path, or the client's plan lacks "
            "this list."
        )
    return ResponseError(
        f"{asked.said} refused the request ({status}){quoted}. Repeating it will not help: mend the stream."
    )


def lacks_scope(headers: Mapping[str, str]) -> bool:
    """Return whether an answer says that the credentials are good and a right is missing: RFC 6750, whatever its code.

    Examples
    --------
    >>> lacks_scope({"www-authenticate": 'Bearer error="insufficient_scope", scope="tasks:read"'}), lacks_scope({})
    (True, False)
    """
    return 'error="insufficient_scope"' in headers.get("www-authenticate", "").replace(" ", "")


def sign_in_again(asked: Asked, status: int, quoted: str) -> AuthError:
    """Return the error that says what to do: what a person made there is made anew there.

    Parameters
    ----------
    asked
        Who was asked what.
    status
        Of the answer.
    quoted
        What it says itself.
    """
    if asked.reference.startswith(("env:", "keyring:")):
        return AuthError(
            f"{urlsplit(asked.call.url).hostname} refuses what signs {asked.system} in (code {status}; it is kept in "
            f"{asked.reference}){quoted}. It has expired or was withdrawn, or is another system's. Make a new one there; "
            f"then: {connect_command(asked.sign_in or asked.system)}, or put it where it is kept."
        )
    return AuthError(
        f"{asked.system} does not accept the credentials kept as {asked.reference}{quoted}: they are wrong, expired or "
        "revoked. "
        f"Sign in again: {connect_command(asked.sign_in or asked.system)}"
    )


def _scope(answer: Answer, asked: Asked) -> ScopeError:
    """Return the error that names the scope: as the answer says it, else as the connector knows it."""
    challenge = re.search(r'scope="([^"]+)"', answer.headers.get("www-authenticate", ""))
    needed = asked.reading.scopes if asked.reading is not None else ()
    scope = challenge.group(1) if challenge else " ".join(needed)
    verb, done = ("write", "done") if asked.is_change else ("read", "read")
    named = f" It needs the scope {scope}." if scope else f" Ask for the right to {verb} it."
    return ScopeError(
        f"{asked.said} may not be {done} with the credentials kept as {asked.reference} ({answer.status})"
        f"{quoted_words(answer)}.{named}"
    )


def _refuse_errors_inside(answer: Answer, asked: Asked, api: Api) -> None:
    """Raise where an answer of success holds errors: GraphQL does so, and some others."""
    if not isinstance(answer.parsed, Mapping) or (asked.reading is not None and asked.reading.ids):
        # Of what is asked for by ids, those that are no more are errors beside the others.
        return
    records = asked.reading.records if asked.reading is not None else ""
    for name in _ERRORS:
        found = answer.parsed.get(name)
        if not found or not isinstance(found, list | Mapping) or records.partition(".")[0] == name:
            continue
        if re.search(r"(?i)throttl|rate.?limit|too many", text_at(found, "")):
            raise RetryableError(f"{asked.said} asked us to slow down.", asked_wait_s(answer, api))
        raise ResponseError(f"{asked.said} answered with errors in the place of data{quoted_words(answer)}.")


def quoted_words(answer: Answer) -> str:
    """Return the few words of an answer's own error message, and what it says of the first field that is amiss."""
    return quoted(answer.parsed)


def retry_after_s(headers: Mapping[str, str], now: datetime | None) -> float | None:
    """Return for how long a vendor asks to wait, in seconds; it writes seconds, or a moment.

    Parameters
    ----------
    headers
        Of the answer, names in lower case.
    now
        The time at the vendor; the answer's own date without.

    Examples
    --------
    >>> retry_after_s({"retry-after": "30"}, None)
    30.0
    >>> dates = {"retry-after": "Mon, 30 Nov 2026 10:01:00 GMT", "date": "Mon, 30 Nov 2026 10:00:00 GMT"}
    >>> retry_after_s(dates, None)
    60.0
    """
    said = headers.get("retry-after", "").strip()
    if not said:
        return None
    if re.fullmatch(r"\d+(?:\.\d+)?", said):
        return float(said)
    until, now = http_date(said), now or http_date(headers.get("date", ""))
    return None if until is None or now is None else max(0.0, (until - now).total_seconds())


def http_date(text: str) -> datetime | None:
    """Return the moment that a header names; None where it names none."""
    try:
        found = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError):
        return None
    return found if found.tzinfo is not None else None
