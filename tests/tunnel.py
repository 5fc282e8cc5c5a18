"""A company's proxy: it tunnels to one server whatever host it is asked for, and keeps what it was asked."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field


@dataclass(slots=True)
class Tunnel:
    """A proxy on this machine; ``asked`` has the first line of each question, ``refuses`` makes it close the way."""

    port: int
    target: tuple[str, int]
    refuses: bool = False
    asked: list[str] = field(default_factory=list)

    @property
    def address(self) -> str:
        """Return what a variable of the environment says."""
        return f"http://127.0.0.1:{self.port}"


@contextmanager
def tunnelled(target: tuple[str, int], *, refuses: bool = False) -> Iterator[Tunnel]:
    """Run a proxy that leads to a server of this machine."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        tunnel = Tunnel(listening.getsockname()[1], target, refuses)
        threading.Thread(target=_serve, args=(listening, tunnel), daemon=True).start()
        yield tunnel


def _serve(listening: socket.socket, tunnel: Tunnel) -> None:
    with suppress(OSError):
        while True:
            near, _ = listening.accept()
            threading.Thread(target=_lead, args=(near, tunnel), daemon=True).start()


def _lead(near: socket.socket, tunnel: Tunnel) -> None:
    with near, suppress(OSError):
        head = b""
        while b"\r\n\r\n" not in head:
            head += near.recv(4096)
        tunnel.asked.append(head.split(b"\r\n")[0].decode())
        if tunnel.refuses:
            near.sendall(b"HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n")
            return
        with socket.create_connection(tunnel.target) as far:
            near.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
            threading.Thread(target=_carry, args=(far, near), daemon=True).start()
            _carry(near, far)


def _carry(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while piece := source.recv(65_536):
            target.sendall(piece)
        target.shutdown(socket.SHUT_WR)
