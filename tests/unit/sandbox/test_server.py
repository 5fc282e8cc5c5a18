"""On the line: who is answered, and what cannot be asked for."""

import http.client
import socket
from contextlib import closing

import pytest

from tests.sandbox_systems import people, standing_in
from toolkit.errors import InputError
from toolkit.sandbox.exchange import Given
from toolkit.sandbox.server import MAX_BODY_BYTES, StandInServer, served


def answer(server: StandInServer, path: str, *, host: str = "", method: str = "GET", body: bytes = b"") -> tuple[int, bytes]:
    """Return what comes back on the line, to somebody who is signed in."""
    port = int(server.server_address[1])
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=10)) as line:
        line.putrequest(method, path, skip_host=True)
        line.putheader("Host", host or f"127.0.0.1:{port}")
        line.putheader("Authorization", f"Bearer {server.machine.invented.token}")
        line.putheader("Content-Length", str(len(body)))
        line.endheaders(body)
        with line.getresponse() as found:
            return found.status, found.read()


def test_it_listens_on_this_machine_alone() -> None:
    """No other machine reaches it."""
    with standing_in(people(1)) as server:
        assert server.server_address[0] == "127.0.0.1"


def test_a_port_that_is_taken_is_named() -> None:
    """Two sandboxes that begin at one port: the second says what to do."""
    with standing_in(people(1)) as server:
        port = int(server.server_address[1])
        with pytest.raises(InputError, match=f"Port {port} of this machine is taken"), served(server.machine, port):
            pass
        assert answer(server, "/v3/people")[0] == 200


@pytest.mark.parametrize(
    "host", ["elsewhere.example", "127.0.0.1", "127.0.0.1.elsewhere.example:80", "crm.brightdesk.example"]
)
def test_whoever_calls_it_by_another_name_gets_nothing(host: str) -> None:
    """A page in a browser may be led here under a name of its own (DNS rebinding)."""
    with standing_in(people(1)) as server:
        status, body = answer(server, "/v3/people", host=host)

        assert (status, b"p1@example.com" in body) == (421, False)


@pytest.mark.parametrize(
    "path",
    ["/etc/passwd", "/../../etc/passwd", "/v3/people/../../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "//etc/passwd"],
)
def test_no_path_of_the_disk_is_reached(path: str) -> None:
    """A stand-in knows lists, no files."""
    with standing_in(people(1)) as server:
        status, body = answer(server, path)

        assert (status, b"root:" in body) == (404, False)


def test_a_body_beyond_all_measure_is_not_read() -> None:
    """Nor is one whose length is no number."""
    with standing_in(people(1)) as server:
        port = int(server.server_address[1])
        for length in (MAX_BODY_BYTES + 1, -5):
            with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
                head = f"POST /v3/people HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Length: {length}\r\n\r\n"
                line.sendall(head.encode())
                assert line.recv(100).startswith(b"HTTP/1.1 413")


def test_nothing_writes() -> None:
    """Requests that change something are refused, signed or not."""
    with standing_in(people(1)) as server:
        found = [answer(server, "/v3/people", method=method)[0] for method in ("PUT", "PATCH", "DELETE", "POST")]

        assert set(found) <= {400, 404, 405}


def test_a_line_that_goes_dead_ends_in_the_middle() -> None:
    """What was promised does not come whole."""
    assert len(Given({"results": [1, 2, 3]}, cut=4).content) > 4
