"""Commands that a screen starts: each a process of its own, so that the kernel stays free and may even go away.

What was started is noted in the audit log with its process. Whoever opens the screen again, in another kernel, may stop it
as the one who started it; a process that no screen started is left to whoever did.
"""

import os
import socket
import tempfile
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from subprocess import Popen
from typing import IO

from toolkit.audit.engagement import Engagement
from toolkit.audit.unattended.children import STOP_SIGNAL, begun_child, ended_line, kept_text
from toolkit.errors import BusyError, InputError
from toolkit.store.lock import Writer, process_start, writer_now

STARTED = "screen_started"
"""What the audit log calls that a screen started a command."""
_KILLED = "It was ended from outside before it came to its end; what it had done stands in the journal."


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended: its code, and the line that says it."""

    code: int
    line: str


class StartedCommands:
    """The commands that one screen starts for one subject, one at a time; ``subject`` is a plan's id, or what is done."""

    def __init__(self, engagement: Engagement, subject: str) -> None:
        self._engagement = engagement
        self._subject = subject
        self._lock = threading.Lock()
        self._process: Popen[bytes] | None = None
        self._ended: Ended | None = None
        self._stopped = 0

    def start(self, arguments: Sequence[str], by: str) -> None:
        """Start a command.

        Parameters
        ----------
        arguments
            As they are typed behind ``integration-audit``.
        by
            Who starts it.

        Raises
        ------
        BusyError
            One that was started here still runs.

        Notes
        -----
        One that cannot be noted in the audit log is asked to come to its end before the error is raised: nobody who opens
        the screen again could stop it.
        """
        with self._lock:
            if self._process is not None:
                raise BusyError("What was started here still runs.")
            # Files without a name: nobody finds on a disk what is printed. Whoever waits for the command closes them.
            out, err = tempfile.TemporaryFile(), tempfile.TemporaryFile()  # noqa: SIM115 - see above
            process = begun_child(arguments, out, err)
            self._process, self._ended = process, None
        threading.Thread(target=self._wait, args=(process, out, err), daemon=True).start()
        noted = {"pid": process.pid, "started": process_start(process.pid), "host": socket.gethostname()}
        try:
            self._engagement.store.log(STARTED, {"subject": self._subject, "by": by, **noted})
        except Exception:
            process.send_signal(STOP_SIGNAL)
            self._stopped = process.pid
            raise

    @property
    def is_running(self) -> bool:
        """Whether one that this kernel started still runs."""
        return self._process is not None

    def is_stopping(self, writer: Writer | None) -> bool:
        """Return whether what runs was asked here to come to its end."""
        process = self._process
        running = process.pid if process is not None else 0 if writer is None else writer.pid
        return running != 0 and running == self._stopped

    def ended(self) -> Ended | None:
        """Return how the last one ended that this kernel started."""
        return self._ended

    def writer(self) -> Writer | None:
        """Return who writes to the engagement now."""
        with self._engagement.store.reading() as connection:
            return writer_now(connection)

    def starter(self, writer: Writer | None) -> str | None:
        """Return who started a process on a screen, for the same subject; null where no screen did."""
        if writer is None:
            return None
        own = (writer.pid, writer.started, writer.host)
        for one in reversed(self._engagement.store.logged(STARTED)):
            if one["subject"] == self._subject and (one["pid"], one["started"], one["host"]) == own:
                return str(one["by"])
        return None

    def stop(self) -> None:
        """Ask what runs to come to its end, as Ctrl-C does: the change that is on its way is ended first.

        Raises
        ------
        InputError
            Nothing runs, or no screen started it.
        """
        with self._lock:
            if self._process is not None:
                self._process.send_signal(STOP_SIGNAL)
                self._stopped = self._process.pid
                return
        writer = self.writer()
        if writer is None:
            raise InputError("Nothing runs that could be stopped.")
        # A number alone may by now be that of another process: what tells them apart must be known.
        if self.starter(writer) is None or not writer.started or writer.host != socket.gethostname():
            raise InputError(
                f"{writer.purpose!r} was not started on a screen of this machine (process {writer.pid} on {writer.host}). "
                "Stop it where it runs, with Ctrl-C."
            )
        os.kill(writer.pid, STOP_SIGNAL)
        self._stopped = writer.pid

    def _wait(self, process: "Popen[bytes]", out: IO[bytes], err: IO[bytes]) -> None:
        code = process.wait()
        with out, err:
            line = _KILLED if code < 0 else ended_line(code, kept_text(out), kept_text(err))
        with self._lock:
            self._process, self._ended = None, Ended(code, line)
