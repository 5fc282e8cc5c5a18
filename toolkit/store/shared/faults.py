"""What an error of the server means for whoever works: what happened, and what to do next."""

import re
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from toolkit.errors import AuthError, BusyError, InputError, RetryableError, ScopeError, ToolkitError
from toolkit.store.shared.place import SharedPlace

_MAX_QUOTED = 200


@dataclass(frozen=True, slots=True)
class _Fault:
    """What errors mean whose SQLSTATE begins with one of ``states``."""

    states: tuple[str, ...]
    kind: type[ToolkitError]
    sentence: str


_AGAIN = "Nothing that was noted is lost: start the same command again, it goes on where it was."
_FAULTS = (
    _Fault(
        ("28",),
        AuthError,
        "The server does not accept the user or the password kept as {reference}. Mend it there, then start again.",
    ),
    _Fault(
        ("3D",),
        InputError,
        "There is no such database on the server. Mend the address kept as {reference}, or have the database made.",
    ),
    _Fault(
        ("42501",),
        ScopeError,
        "The user lacks a right there. Ask whoever looks after the server for it: docs/working-as-a-team.md lists what is "
        "needed.",
    ),
    _Fault(
        ("3F", "42P01", "42703"),
        InputError,
        "Tables of the state are not there, or not all of them. The schema {schema} was changed: have a backup put back.",
    ),
    _Fault(
        ("25006",),
        InputError,
        "The server can only be read at present: it is a standby, or was set so. Mend the address kept as {reference}, or "
        "ask whoever looks after it.",
    ),
    _Fault(("55P03",), BusyError, "Somebody else has been writing for half a minute. Wait a little, then start again."),
    _Fault(("53",), RetryableError, f"The server has no room or no connection left. Have that mended. {_AGAIN}"),
    _Fault(("40", "57"), RetryableError, f"The server broke off. {_AGAIN}"),
    _Fault(
        ("22021", "22P05"), InputError, "A text holds a character that the server cannot keep. Remove it, then start again."
    ),
)
_IN_WORDS = {
    "28P01": re.compile(r"password authentication failed|no password supplied|no pg_hba\.conf entry|role .* does not exist"),
    "3D000": re.compile(r"database \".*\" does not exist"),
    "42501": re.compile(r"permission denied for database"),
    "53300": re.compile(r"too many (clients|connections)|connection slots are reserved"),
}
_NO_ANSWER = f"The server does not answer, or broke off. Check that it runs and the way to it. {_AGAIN}"


def fault_of(error: BaseException, place: SharedPlace) -> ToolkitError | None:
    """Return a server's error as one of ours, without a secret; nothing where it is a fault of our own.

    Parameters
    ----------
    error
        The driver's.
    place
        Where the state is.
    """
    if isinstance(error, ToolkitError):
        return None
    state, words = _said(error)
    known = next((one for one in _FAULTS if state.startswith(one.states)), None)
    if known is None and not is_lost(error):
        return None
    kind, sentence = (known.kind, known.sentence) if known else (RetryableError, _NO_ANSWER)
    password = str(place.url.password or "")
    quoted = words.replace(password, "…") if password else words
    end = f" (It says: {quoted!r}.)" if quoted else ""
    where = f"The state of this engagement is on {place.shown}."
    if not place.is_settled:
        where = f"Nothing was moved to {place.shown}: the state of this engagement is still in its folder, as it was."
        sentence = sentence.replace(_AGAIN, "Then start the same command again.")
    return kind(f"{where} {sentence.format(reference=place.reference, schema=place.schema)}{end}")


def is_lost(error: BaseException) -> bool:
    """Whether a connection is gone: the server stopped, the network broke, or nobody answers there."""
    state, _ = _said(error)
    if state:
        return state.startswith(("57P", "08"))
    kinds = {one.__name__ for one in type(error).__mro__}
    return isinstance(error, OSError | sa.exc.TimeoutError) or bool(kinds & {"InterfaceError", "OperationalError"})


def _said(error: BaseException) -> tuple[str, str]:
    """Return an error's SQLSTATE, empty where it has none, and its words."""
    first: Any = error.args[0] if error.args else ""
    if isinstance(first, dict):
        return str(first.get("C", "")), _short(str(first.get("M", "")))
    words = _short(str(error))
    state = getattr(error, "sqlstate", None) or getattr(error, "pgcode", None)
    # While a connection is made some drivers have the server's words only.
    return str(state or next((one for one, pattern in _IN_WORDS.items() if pattern.search(words)), "")), words


def _short(words: str) -> str:
    return " ".join(words.split())[:_MAX_QUOTED].rstrip(".")
