"""The server that holds a state: how a connection to it is made and what is sure on each.

What is committed is on its disk (``synchronous_commit``). Whoever writes locks the row of the writer first, so that one
transaction at a time changes anything, and one whose right to write was taken over changes nothing any more. Whoever reads
sees the state of one moment.
"""

import ssl
import traceback
import weakref
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from toolkit.errors import BusyError, InputError
from toolkit.store.shared.faults import fault_of, is_lost
from toolkit.store.shared.place import SharedPlace

_LOOPBACK = ("", "localhost", "127.0.0.1", "::1")
_ANSWER_S = 60
"""How long an answer is waited for: a statement of ours waits for half a minute at most."""

_SESSION = """
SELECT set_config(given.name, given.value, false)
FROM (VALUES
    ('search_path', '{path}'),
    ('lock_timeout', '30s'),
    ('idle_session_timeout', '0'),
    ('idle_in_transaction_session_timeout', '10min'),
    ('tcp_keepalives_idle', '20'), ('tcp_keepalives_interval', '10'), ('tcp_keepalives_count', '4'),
    ('synchronous_commit', CASE WHEN current_setting('synchronous_commit') IN ('off', 'local') THEN 'on'
                                ELSE current_setting('synchronous_commit') END)
) AS given (name, value)
JOIN pg_settings AS known ON known.name = given.name
"""
"""Of a writer whose machine is gone the server hears within a minute; one that waits quietly is not sent away."""


@dataclass(slots=True)
class _Way:
    """What the connections of one folder have in common; ``token`` is that of its right to write, while it has it."""

    place: SharedPlace
    desk: str
    refusal: str
    token: str = ""

    def engine(self) -> sa.Engine:
        """Return what opens connections; nothing is opened yet."""
        url = self.place.url
        if url.get_backend_name() != "postgresql":
            raise InputError(
                f"A state can be kept on PostgreSQL, not on {url.get_backend_name()}. Mend the address kept as "
                f"{self.place.reference}."
            )
        if url.drivername == "postgresql":
            url = url.set(drivername="postgresql+pg8000")
        more: dict[str, Any] = {}
        if url.drivername == "postgresql+pg8000":
            more = {"timeout": _ANSWER_S, "ssl_context": encryption(url, self.place.reference)}
            url = url.difference_update_query(["sslmode", "sslrootcert"])
        try:
            engine = sa.create_engine(url, connect_args=more, hide_parameters=True, pool_pre_ping=True)
        except (ImportError, sa.exc.NoSuchModuleError):
            raise InputError(
                f"No driver for {url.drivername!r} is installed: python -m pip install 'integration-audit[team]'."
            ) from None
        sa.event.listen(engine, "connect", self._prepare)
        sa.event.listen(engine, "begin", self._begin)
        sa.event.listen(engine, "handle_error", self._say)
        return engine

    def _prepare(self, connection: Any, _record: Any) -> None:
        path = f"{self.place.desk_schema(self.desk)}, {self.place.schema}"
        cursor = connection.cursor()
        cursor.execute(_SESSION.format(path=path))
        cursor.fetchall()
        cursor.close()
        connection.commit()
        # One that is broken already cannot say goodbye, and nobody needs to hear of that.
        with suppress(AttributeError):
            connection.close = _quietly(connection.close)

    def _begin(self, connection: sa.Connection) -> None:
        """Let a transaction that writes wait for the one before, and end where another has the right to write by now."""
        if not connection.get_execution_options().get("is_writing"):
            return
        if self.refusal:
            raise InputError(self.refusal)
        row = connection.exec_driver_sql("SELECT token, purpose, host FROM writer WHERE id = 1 FOR UPDATE").one_or_none()
        if self.token and (row is None or row.token != self.token):
            taken = f" ({row.purpose!r} on {row.host})" if row is not None and row.token else ""
            raise BusyError(
                "The connection to the server was lost, and another run has the right to write by now"
                f"{taken}. Nothing was written since. Wait until it has finished, then start again."
            )

    def _say(self, context: sa.engine.ExceptionContext) -> None:
        error = context.original_exception
        if is_lost(error):
            context.is_disconnect = True
        if context.connection is None:
            # Nobody got a connection: what the driver holds of it is let go of now, not some day.
            traceback.clear_frames(error.__traceback__)
        # A ping that fails is no error yet: a new connection is tried.
        if not context.is_pre_ping and (fault := fault_of(error, self.place)) is not None:
            raise fault from None


class Server:
    """The connections of one folder to its state on a server: to found it, to write, and to read."""

    def __init__(self, place: SharedPlace, desk: str, *, is_read_only: str = "") -> None:
        """Prepare the way in; nothing is opened yet.

        Parameters
        ----------
        place
            Where the state is.
        desk
            Which folder works on it.
        is_read_only
            Why nothing may be written, as a sentence; empty where it may.

        Raises
        ------
        InputError
            The driver is not installed, or the address is not one of PostgreSQL.
        """
        self.place, self.desk = place, desk
        self._way = _Way(place, desk, is_read_only)
        self.engine = self._way.engine()
        self.writers = self.engine.execution_options(isolation_level="READ COMMITTED", is_writing=True)
        self.readers = self.engine.execution_options(isolation_level="REPEATABLE READ")
        # Whoever forgets to close it leaves no connection behind.
        self.close = weakref.finalize(self, self.engine.dispose)

    def hold(self, token: str) -> None:
        """Say which right to write this folder has; empty: none. Without it each transaction may write."""
        self._way.token = token


def _quietly(close: Callable[[], None]) -> Callable[[], None]:
    def closed() -> None:
        with suppress(Exception):
            close()

    return closed


def encryption(url: sa.engine.URL, reference: str) -> Any:
    """Return how the way is encrypted: always when it leaves this machine, unless the address says otherwise.

    Raises
    ------
    InputError
        The address says it in a word that is not known, or names a certificate that is not there.
    """
    mode = str(url.query.get("sslmode", "disable" if (url.host or "") in _LOOPBACK else "verify-full"))
    root = url.query.get("sslrootcert")
    if mode == "disable":
        return False
    if mode not in {"require", "verify-full"}:
        raise InputError(
            f"sslmode is verify-full, require or disable, and the address kept as {reference} says {mode!r}. Mend it there."
        )
    if root is not None and not Path(str(root)).is_file():
        raise InputError(f"The certificate that the address kept as {reference} names is not there. Mend it there.")
    context = ssl.create_default_context(cafile=None if root is None else str(root))
    if mode == "require":
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context
