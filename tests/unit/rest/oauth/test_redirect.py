"""The browser comes back to this machine, and only what belongs to this sign-in counts."""

import http.client
import socket
import threading
from urllib.parse import urlsplit

import pytest

from tests.authorization_server import visited
from toolkit.errors import AuthError, InputError
from toolkit.rest.oauth.redirect import listening, received_answer


def came_back(query: str, *, state: str = "right", wait_s: float = 5.0) -> dict[str, str]:
    with listening(port=0) as listener:
        visited(f"{listener.address}?{query}")
        return dict(received_answer(listener, state=state, system="crm", wait_s=wait_s))


def test_the_code_comes_back_with_what_else_the_vendor_tells() -> None:
    """Some name the company there."""
    assert came_back("code=CANARY-7&state=right&realmId=913") == {"code": "CANARY-7", "state": "right", "realmId": "913"}


@pytest.mark.parametrize("query", ["code=CANARY-7&state=wrong", "code=CANARY-7", "code=CANARY-7&state=", "state=%00&code=x"])
def test_an_answer_of_another_sign_in_is_refused(query: str) -> None:
    """Somebody else's page cannot hand over a code of its own."""
    with pytest.raises(AuthError, match="does not belong to this sign-in") as caught:
        came_back(query)

    assert "CANARY" not in str(caught.value)


def test_a_person_who_says_no_is_heard() -> None:
    """What the vendor says of it is shown as text."""
    with pytest.raises(AuthError, match=r"not granted: the user said no ") as caught:
        came_back("error=access_denied&error_description=the+user+said+no%0A%1b%5B31m&state=right")

    assert "\x1b" not in str(caught.value)


def test_nobody_is_waited_for_for_ever() -> None:
    """After the time limit the port is closed."""
    with pytest.raises(AuthError, match="Nobody signed in to crm within 0 seconds"), listening(port=0) as listener:
        received_answer(listener, state="right", system="crm", wait_s=0.05)

    with pytest.raises(OSError, match="refused"):
        visited(listener.address)


def test_the_first_answer_decides() -> None:
    """A second one is told so, and changes nothing."""
    with listening(port=0) as listener:
        visited(f"{listener.address}?code=first&state=right")
        with pytest.raises(OSError, match="409"):
            visited(f"{listener.address}?code=second&state=right")
        told = received_answer(listener, state="right", system="crm")

    assert told["code"] == "first"


def test_it_listens_on_this_machine_only() -> None:
    """Nobody in the same network reaches the port."""
    with listening(port=0) as listener:
        port = urlsplit(listener.address).port
        others = {info[4][0] for info in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)} - {"127.0.0.1"}
        for address in {*others, "127.0.0.2"}:
            with pytest.raises(OSError, match=r"refused|unreachable|timed out"):
                socket.create_connection((str(address), int(port or 0)), timeout=2)


@pytest.mark.parametrize("path", ["/", "/favicon.ico", "/signed-in/", "/..%2fsigned-in"])
def test_any_other_address_is_not_found(path: str) -> None:
    """Browsers ask for an icon, too; that is no answer."""
    with listening(port=0) as listener:
        port = urlsplit(listener.address).port
        with pytest.raises(OSError, match="404"):
            visited(f"http://127.0.0.1:{port}{path}?code=x&state=right")
        visited(f"{listener.address}?code=CANARY-7&state=right")

        assert received_answer(listener, state="right", system="crm")["code"] == "CANARY-7"


def test_a_name_of_somebody_elses_that_leads_here_is_not_served() -> None:
    """A page whose name is pointed to this machine would read the answer as its own."""
    with listening(port=0) as listener:
        connection = http.client.HTTPConnection("127.0.0.1", urlsplit(listener.address).port or 0, timeout=5)
        connection.request("GET", "/signed-in?code=x&state=right", headers={"Host": "evil.example:8400"})

        assert connection.getresponse().status == 404
        connection.close()


def test_a_connection_that_says_nothing_holds_nobody_up() -> None:
    """Browsers open connections ahead of need."""
    with listening(port=0) as listener:
        silent = socket.create_connection(("127.0.0.1", urlsplit(listener.address).port or 0))
        visited(f"{listener.address}?code=CANARY-7&state=right")

        assert received_answer(listener, state="right", system="crm", wait_s=2)["code"] == "CANARY-7"
        silent.close()


def test_the_page_shows_nothing_of_the_answer() -> None:
    """It loads nothing, is not kept, and repeats nothing that came with the address."""
    with listening(port=0) as listener:
        page = visited(f"{listener.address}?code=CANARY-7&state=<script>alert(1)</script>")

    assert "CANARY" not in page
    assert "<script" not in page


def test_a_port_that_is_taken_is_named() -> None:
    """And how to choose another."""
    with (
        listening(port=0) as first,
        pytest.raises(InputError, match=r"Port \d+ .* taken.*redirect_port"),
        listening(port=urlsplit(first.address).port or 0),
    ):
        pass
    assert threading.active_count() < 20
