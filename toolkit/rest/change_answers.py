"""What an answer to a change means: it was taken, it was refused, the record is another one by now, or nobody knows.

A fault of the system itself says nothing about what became of the change (``reliability-spec`` 3.3): only what was certainly
not taken may be sent again.
"""

from collections.abc import Mapping
from typing import Any

from toolkit.connector import Api
from toolkit.errors import (
    ConflictError,
    RejectedError,
    ResponseError,
    RetryableError,
    ScopeError,
    ToolkitError,
    UncertainError,
)
from toolkit.rest.answers import (
    Answer,
    Asked,
    asked_wait_s,
    parsed_body,
    quoted_words,
    refuse_known_faults,
    sign_in_again,
)
from toolkit.rest.places import text_at
from toolkit.rest.soap import soap_json

_LATE = frozenset({408, 425})
_OTHER_VERSION = frozenset({409, 412, 428})
_GONE = frozenset({404, 410})
_SEVERAL = 300
_ERRORS = ("errors", "error", "userErrors", "user_errors")


def read_change(status: int, headers: Mapping[str, str], body: bytes, asked: Asked, api: Api) -> Answer:
    """Return the answer to a change that was taken.

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
    RejectedError
        The system refuses it.
    ConflictError
        The record has another version by now, or is gone.
    UncertainError
        Nobody can say what became of it.
    RetryableError
        It was not taken.
    AuthError
        The credentials are not good for this.
    """
    parsed = None
    try:
        parsed = _parsed(body, asked) if body and status != 204 else {}
    except ValueError as error:
        if 200 <= status < 300:
            raise UncertainError(f"{asked.said} answered {status} with something that is no data.") from error
    answer = Answer(status, headers, body, parsed)
    _refuse_half_done(answer, asked)
    refuse_known_faults(answer, asked, api)
    if not 200 <= status < 300:
        raise _fault(answer, asked, api)
    if isinstance(parsed, Mapping) and not asked.is_batch:
        for name in _ERRORS:
            if parsed.get(name):
                raise RejectedError(f"{asked.said} took nothing of it, though it answered {status}{quoted_words(answer)}.")
        if text_at(parsed, "success") == "false":
            raise RejectedError(f"{asked.said} says that it did not succeed{quoted_words(answer)}.")
    return answer


def _parsed(body: bytes, asked: Asked) -> Any:
    return soap_json(body) if asked.call.form == "soap" else parsed_body(body)


def _refuse_half_done(answer: Answer, asked: Asked) -> None:
    """Refuse an answer of GraphQL that holds data and errors: something was done, and not all of what was asked is told."""
    data = answer.parsed.get("data") if isinstance(answer.parsed, Mapping) else None
    if isinstance(data, Mapping) and answer.parsed.get("errors") and any(one is not None for one in data.values()):
        raise UncertainError(f"{asked.said} did something of it, and answered with errors{quoted_words(answer)}.")


def _fault(answer: Answer, asked: Asked, api: Api) -> ToolkitError:  # noqa: PLR0911  # one return a status reads as the table it is
    status, quoted = answer.status, quoted_words(answer)
    if status == 429:
        return RetryableError(f"{asked.said} asked us to slow down (429){quoted}.", asked_wait_s(answer, api))
    if status >= 500 or status in _LATE:
        return UncertainError(f"{asked.said} is in trouble ({status}){quoted}, and may have taken the change all the same.")
    if status == _SEVERAL:
        return RejectedError(f"The system has several records under this id ({status}){quoted}: look at them.")
    if 300 <= status < 400:
        return ResponseError(f"{asked.said} sends us to another address ({status}). It was not followed.")
    if status == 401:
        return sign_in_again(asked, status, quoted)
    if status == 403:
        return ScopeError(
            f"{asked.said} may not be done with the credentials kept as {asked.reference} (403){quoted}. Ask for the right "
            "to write it."
        )
    if status in _GONE:
        return ConflictError(f"The record is gone ({status}){quoted}.")
    if status in _OTHER_VERSION:
        return ConflictError(f"The system says that the record is another one by now ({status}){quoted}.")
    return RejectedError(f"The system refused it ({status}){quoted}.")
