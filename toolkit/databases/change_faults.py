"""What a database's own error means for a change: refused, gone wrong before anything was kept, or nobody knows."""

import re

import sqlalchemy as sa

from toolkit.errors import AuthError, RejectedError, RetryableError, ScopeError, ToolkitError, UncertainError

_MAX_QUOTED = 200
_BUSY = ("40001", "40P01", "55P03")
_BUSY_WORDS = r"(?i)deadlock|could not serialize|is locked|lock wait timeout"
_NO_RIGHT_WORDS = r"(?i)permission denied|not authorized|prohibited|readonly database|read-only"


def fault_of_change(error: Exception, system: str, reference: str, *, is_sent: bool) -> ToolkitError:
    """Return a database's error as one of ours; the driver's words are quoted, never a value that was sent.

    Parameters
    ----------
    error
        SQLAlchemy's.
    system
        The client's name of the database, for the message.
    reference
        Where the credentials are kept.
    is_sent
        Whether the transaction was being kept: what broke off then may have been.
    """
    origin = getattr(error, "orig", None) or error
    words = " ".join(str(origin).split())[:_MAX_QUOTED].rstrip(".")
    quoted = f" (it says: {words!r})"
    state = _state(origin)
    if state in _BUSY or re.search(_BUSY_WORDS, words):
        return RetryableError(f"{system} is busy with another change of the same rows{quoted}; nothing was kept.")
    if state.startswith("28") or re.search(r"(?i)password authentication failed|no password supplied", words):
        return AuthError(f"{system} does not accept the user or the password kept as {reference}{quoted}.")
    if state == "42501" or re.search(_NO_RIGHT_WORDS, words):
        return ScopeError(
            f"The user of {system} may not change it so{quoted}. Ask for the right to UPDATE and INSERT there."
        )
    is_cut = isinstance(error, sa.exc.DBAPIError) and error.connection_invalidated
    is_refused = isinstance(error, sa.exc.IntegrityError | sa.exc.DataError | sa.exc.ProgrammingError) or state[:2] in {
        "22", "23", "42",
    }  # fmt: skip
    if is_refused and not is_cut:
        return RejectedError(f"The database refused it{quoted}.")
    if is_sent:
        return UncertainError(f"{system} broke off while the change was being kept{quoted}: it may have been, or not.")
    return RetryableError(f"{system} does not answer, or broke off{quoted}; nothing was kept.")


def _state(origin: object) -> str:
    """Return the code of an error, wherever its driver keeps it."""
    said = getattr(origin, "sqlstate", None)
    if said is None and origin.__class__.__module__.startswith("pg8000"):
        first = next(iter(getattr(origin, "args", ())), None)
        said = first.get("C") if isinstance(first, dict) else None
    return str(said or "")
