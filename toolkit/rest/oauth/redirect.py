"""Receives the browser when it comes back from the vendor: on this machine only, one answer, within a time limit (RFC 8252).

The answer counts only with the state that this sign-in sent: a page of somebody else's cannot hand over a code of its own.
The first answer decides, then the port is closed.
"""

import hmac
import queue
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from toolkit.errors import AuthError, InputError
from toolkit.rest.redaction import redacted
from toolkit.rest.vault.names import connect_command

DEFAULT_PORT = 8400
PATH = "/signed-in"
WAIT_S = 300.0
_IDLE_S = 10.0
_PAGE = (
    "<!doctype html><html lang=en><meta charset=utf-8><title>integration-audit</title>"
    '<body style="font:1.1rem/1.5 system-ui;margin:4rem auto;max-width:32rem"><p>{words}</p>'
)


@dataclass(frozen=True, slots=True)
class Listener:
    """A port that waits for the browser; ``address`` is what the vendor sends it to."""

    address: str
    answers: "queue.Queue[dict[str, str]]"


@contextmanager
def listening(*, port: int = DEFAULT_PORT, path: str = PATH) -> Iterator[Listener]:
    """Listen on this machine's own address for a ``with`` block.

    Parameters
    ----------
    port
        0 takes any free one, for vendors that do not compare it.
    path
        Anything else on that port is not found.

    Raises
    ------
    InputError
        Something else listens there.
    """
    answers: queue.Queue[dict[str, str]] = queue.Queue(maxsize=1)
    try:
        server = ThreadingHTTPServer(("127.0.0.1", port), _handler(answers, path))
    except OSError as error:
        raise InputError(
            f"Port {port} of this machine is taken, and the browser must come back there. Close what uses it (another "
            "sign-in?), or choose another with sign_in: {redirect_port: …}, and register that address with the vendor."
        ) from error
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield Listener(f"http://localhost:{server.server_address[1]}{path}", answers)
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def received_answer(listener: Listener, *, state: str, system: str, wait_s: float = WAIT_S) -> Mapping[str, str]:
    """Return what the vendor said by way of the browser: ``code``, and what else it tells.

    Parameters
    ----------
    listener
        From `listening`.
    state
        What this sign-in sent along; an answer without it is refused.
    system
        Its name, for messages.
    wait_s
        Seconds to wait for a person.

    Raises
    ------
    AuthError
        Nobody came in time, the person said no, or the answer belongs to another sign-in. Nothing was kept.
    """
    try:
        told = listener.answers.get(timeout=wait_s)
    except queue.Empty:
        raise AuthError(
            f"Nobody signed in to {system} within {_duration(wait_s)}. Start again: {connect_command(system)}."
        ) from None
    if not hmac.compare_digest(told.get("state", "").encode(), state.encode()):
        raise AuthError(
            f"What came back from the browser does not belong to this sign-in to {system}: its state is another one. "
            f"Nothing was kept. Close old tabs of the sign-in and start again: {connect_command(system)}."
        )
    if "error" in told or not told.get("code"):
        said = redacted(told.get("error_description") or told.get("error") or "it sent no code")
        words = "".join(one if one.isprintable() else " " for one in said)[:200]
        raise AuthError(
            f"The sign-in to {system} was not granted: {words}. Nothing was kept. Start again: integration-audit connect "
            f"{system}."
        )
    return told


def _handler(answers: "queue.Queue[dict[str, str]]", path: str) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        timeout = _IDLE_S
        server_version = "integration-audit"
        sys_version = ""

        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            host = self.headers.get("Host", "").rpartition(":")[0]
            # A name of somebody else's that leads here is a page that wants to read the answer.
            if parts.path != path or host not in {"localhost", "127.0.0.1"}:
                self._say(404, "There is nothing here.")
                return
            try:
                answers.put_nowait(dict(parse_qsl(parts.query, max_num_fields=40)))
            except (queue.Full, ValueError):
                self._say(409, "There was an answer already. You can close this page.")
                return
            self._say(200, "Thank you. You can close this page; the rest is said where you typed <b>connect</b>.")

        def _say(self, code: int, words: str) -> None:
            page = _PAGE.format(words=words).encode()
            self.send_response(code)
            for name, value in {
                "Content-Type": "text/html; charset=utf-8",
                "Content-Length": str(len(page)),
                "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'",
                "Cache-Control": "no-store",
                "Referrer-Policy": "no-referrer",
                "Connection": "close",
            }.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(page)

        def log_message(self, *_arguments: Any) -> None:
            """Say nothing: the line would hold the code."""

    return Handler


def _duration(seconds: float) -> str:
    return f"{seconds / 60:.0f} minutes" if seconds >= 120 else f"{seconds:.0f} seconds"
