"""What a database's own error means: to be tried again, to sign in again, a right that is missing, a stream to be mended."""

import re
from dataclasses import dataclass

import sqlalchemy as sa

from toolkit.errors import AuthError, NotOfferedError, ResponseError, RetryableError, ScopeError, ToolkitError

_MAX_QUOTED = 200


@dataclass(frozen=True, slots=True)
class _Fault:
    """What an error means: the beginning of its SQLSTATE, or a pattern in the driver's words; its kind, what to say."""

    state: str
    pattern: str
    kind: type[ToolkitError]
    sentence: str

    def fits(self, state: str, words: str) -> bool:
        """Whether an error is this one."""
        return bool(self.state and state.startswith(self.state)) or re.search(f"(?i){self.pattern}", words) is not None


_FAULTS = (
    _Fault(
        "28",
        "password authentication failed|no password supplied|access denied for user|role .* does not exist",
        AuthError,
        "the database does not accept the user or the password kept as {reference}{quoted}. Mend them, and start again.",
    ),
    _Fault(
        "42501",
        "permission denied|not authorized|prohibited|access .* denied",
        ScopeError,
        "the user may not read it{quoted}. Ask the client's administrator for the right to SELECT from it.",
    ),
    _Fault(
        "42703",
        "no such column|column .* does not exist|unknown column|invalid column name|invalid identifier",
        NotOfferedError,
        "there is no such column{quoted}. Mend 'rows' of the stream.",
    ),
    _Fault(
        "42601",
        "syntax error|error in your sql syntax",
        NotOfferedError,
        "the database does not understand the statement{quoted}. Mend 'rows' of the stream.",
    ),
    _Fault(
        "42P01",
        "no such table|(?:relation|table) .* does(?:n't| not) exist|undefined table",
        NotOfferedError,
        "there is no such table or view{quoted}. Mend 'rows' of the stream.",
    ),
    _Fault(
        "XX00",
        "malformed|not a database|invalid page|could not read block|corrupt",
        ResponseError,
        "the database is damaged, or is none{quoted}. Ask the client for a whole copy, made while nothing writes.",
    ),
    _Fault(
        "",
        "unable to open database file",
        NotOfferedError,
        "the file of the database is not there, or may not be read{quoted}.",
    ),
)
"""In this order: the first that fits counts."""

_NO_ANSWER = "the database does not answer, or broke off{quoted}. Check the address and the way to it, then pull again."
_REFUSED = "the database refused the statement{quoted}. Mend 'rows' of the stream."


def fault_of(error: Exception, said: str, reference: str) -> ToolkitError:
    """Return a database's error as one of ours; the driver's words are quoted, never a value that was sent.

    Parameters
    ----------
    error
        SQLAlchemy's.
    said
        What was read, for the message.
    reference
        Where the credentials are kept.
    """
    origin = getattr(error, "orig", None) or error
    words = " ".join(str(origin).split())[:_MAX_QUOTED].rstrip(".")
    state = str(getattr(origin, "sqlstate", None) or "")
    known = next((one for one in _FAULTS if one.fits(state, words)), None)
    is_cut = isinstance(error, sa.exc.DBAPIError) and error.connection_invalidated
    has_no_answer = is_cut or isinstance(error, sa.exc.OperationalError | sa.exc.InterfaceError | sa.exc.TimeoutError)
    if known is not None:
        kind, sentence = known.kind, known.sentence
    else:
        kind, sentence = (RetryableError, _NO_ANSWER) if has_no_answer else (ResponseError, _REFUSED)
    return kind(f"{said}: {sentence.format(reference=reference, quoted=f' (it says: {words!r})')}")
