"""What a database's own error means: to be tried again, to sign in again, a right that is missing, a stream to be mended."""

import re

import sqlalchemy as sa

from toolkit.errors import AuthError, NotOfferedError, ResponseError, RetryableError, ScopeError, ToolkitError

_MAX_QUOTED = 200
_SIGN_IN = re.compile(
    r"(?i)password authentication failed|no password supplied|access denied for user|role .* does not exist"
)
_RIGHT = re.compile(r"(?i)permission denied|not authorized|prohibited|access .* denied")
_GONE = re.compile(r"(?i)no such table|(?:relation|table) .* does(?:n't| not) exist|undefined table")
_NO_FILE = re.compile(r"(?i)unable to open database file")


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
    quoted = f" (it says: {words!r})"
    state = str(getattr(origin, "sqlstate", None) or "")
    if state.startswith("28") or _SIGN_IN.search(words):
        return AuthError(
            f"{said}: the database does not accept the user or the password kept as {reference}{quoted}. Mend them, and "
            "start again."
        )
    if state == "42501" or _RIGHT.search(words):
        return ScopeError(
            f"{said}: the user may not read it{quoted}. Ask the client's administrator for the right to SELECT from it."
        )
    if state == "42P01" or _GONE.search(words):
        return NotOfferedError(f"{said}: there is no such table or view{quoted}. Mend 'rows' of the stream.")
    if _NO_FILE.search(words):
        return NotOfferedError(f"{said}: the file of the database is not there, or may not be read{quoted}.")
    is_cut = isinstance(error, sa.exc.DBAPIError) and error.connection_invalidated
    if is_cut or isinstance(error, sa.exc.OperationalError | sa.exc.InterfaceError | sa.exc.TimeoutError):
        return RetryableError(
            f"{said}: the database does not answer, or broke off{quoted}. Check the address and the way to it, then "
            "pull again."
        )
    return ResponseError(f"{said}: the database refused the statement{quoted}. Mend 'rows' of the stream.")
