"""Serves one stand-in on this machine alone: what does not ask for it by its own name gets nothing."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

from toolkit.errors import InputError
from toolkit.sandbox.exchange import Asked, Given
from toolkit.sandbox.machine import Machine

HOST = "127.0.0.1"
MAX_BODY_BYTES = 1 << 20
_NAMES = ("127.0.0.1", "localhost")


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    timeout = 30
    server: "StandInServer"

    def _serve(self) -> None:
        given = self._given()
        if given.wait_s:
            time.sleep(given.wait_s)
        content = given.content
        self.send_response(given.status)
        self.send_header("Content-Type", given.kind)
        self.send_header("Content-Length", str(len(content)))
        for name, value in given.headers.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content if given.cut is None else content[: given.cut])
        if given.cut is not None:
            self.close_connection = True

    def _given(self) -> Given:
        port = self.server.server_address[1]
        # A page in somebody's browser may be led here under another name.
        if self.headers.get("host", "") not in {f"{name}:{port}" for name in _NAMES}:
            self.close_connection = True
            return Given(b"This is a sandbox of another name.", 421, kind="text/plain")
        size = self.headers.get("content-length") or "0"
        if not size.isdigit() or int(size) > MAX_BODY_BYTES:
            self.close_connection = True
            return Given(b"Too large.", 413, kind="text/plain")
        body = self.rfile.read(int(size))
        parts = urlsplit(self.path)
        headers = {name.casefold(): value for name, value in self.headers.items()}
        query = dict(parse_qsl(parts.query, keep_blank_values=True))
        return self.server.machine.answer(Asked(self.command, parts.path, query, headers, body))

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = _serve  # noqa: N815  # names of the standard library

    def version_string(self) -> str:
        """Return who answers."""
        return "integration-audit-sandbox"

    def log_message(self, *_arguments: object) -> None:
        """Say nothing: addresses hold a client's data."""


class StandInServer(ThreadingHTTPServer):
    """Serves one stand-in."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, machine: Machine, port: int = 0) -> None:
        super().__init__((HOST, port), _Handler)
        self.machine = machine
        machine.settle(f"http://{HOST}:{self.server_address[1]}")

    def handle_error(self, *_arguments: object) -> None:
        """A client that went away is no news."""


@contextmanager
def served(machine: Machine, port: int = 0) -> Iterator[StandInServer]:
    """Serve a stand-in for a ``with`` block.

    Parameters
    ----------
    machine
        The stand-in.
    port
        Of this machine; any free one without.

    Raises
    ------
    InputError
        Something else listens there.
    """
    try:
        server = StandInServer(machine, port)
    except OSError as error:
        raise InputError(
            f"Port {port} of this machine is taken, and one stand-in was to listen there. Close what uses it (another "
            "sandbox?), choose another with --port, or leave it out: any free ones are taken then."
        ) from error
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
