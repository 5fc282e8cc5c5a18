"""A line to a database that breaks while a change is being kept: before the database hears of it, or before we hear back."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Literal

_KEPT = b"COMMIT\x00"
"""What PostgreSQL answers when a transaction was kept."""
Cut = Literal["", "before", "after"]


@dataclass(slots=True)
class Line:
    """Passes bytes on to a port of this machine; the next COMMIT is cut off as ``cut`` says, once."""

    target: int
    cut: Cut = ""
    commits: int = 0
    _listener: socket.socket = field(default_factory=socket.socket)

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self._listener.getsockname()[1])

    def begin(self) -> None:
        """Listen."""
        self._listener.bind(("127.0.0.1", 0))
        self._listener.listen()
        threading.Thread(target=self._serve, daemon=True).start()

    def end(self) -> None:
        """Let go of the port."""
        self._listener.close()

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                ours, _ = self._listener.accept()
                theirs = socket.create_connection(("127.0.0.1", self.target))
                is_deaf = threading.Event()
                threading.Thread(target=self._to_server, args=(ours, theirs, is_deaf), daemon=True).start()
                threading.Thread(target=_back, args=(ours, theirs, is_deaf), daemon=True).start()

    def _to_server(self, ours: socket.socket, theirs: socket.socket, is_deaf: threading.Event) -> None:
        with suppress(OSError):
            while sent := ours.recv(65536):
                if b"commit" in sent.lower():
                    self.commits += 1
                    how, self.cut = self.cut, ""
                    if how == "before":
                        break
                    if how == "after":
                        is_deaf.set()
                theirs.sendall(sent)
        _close(ours, theirs)


def _back(ours: socket.socket, theirs: socket.socket, is_deaf: threading.Event) -> None:
    with suppress(OSError):
        while said := theirs.recv(65536):
            if is_deaf.is_set() and _KEPT in said:
                # The change is kept, and nobody hears of it.
                break
            ours.sendall(said)
    _close(ours, theirs)


def _close(*lines: socket.socket) -> None:
    for one in lines:
        with suppress(OSError):
            one.shutdown(socket.SHUT_RDWR)
        one.close()


@contextmanager
def line_to(port: int) -> Iterator[Line]:
    """Yield a line to a port."""
    found = Line(port)
    found.begin()
    try:
        yield found
    finally:
        found.end()
