"""Where a pull may not go: S12, S13 and F58 of the reliability specification."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.asked_systems import CANARY, asked_system, pulled, reading
from tests.fault_server import Asked, FaultServer, Given, ListSystem, people, served
from tests.own_authority import certified
from toolkit.connector import Api, NextLink
from toolkit.errors import AuthError, InputError, ResponseError, RetryableError, ToolkitError
from toolkit.rest.client import RestClient
from toolkit.rest.transport import origin_of, tls_context

LISTS = [reading("link", total="")]


@pytest.mark.parametrize(
    "link",
    [
        "http://127.0.0.1:{port}/people?page=2",
        "http://localhost:{port}/people?page=2",
        "http://user:word@127.0.0.1:{own}/people?page=2",
        "http://crm.example/people?page=2",
        "https://127.0.0.1:{own}/people?page=2",
        "ftp://127.0.0.1/people",
        "//127.0.0.1:{port}/people?page=2",
        "/admin/users?page=2",
        "/people/../admin",
    ],
)
def test_s12_a_next_page_elsewhere_is_not_followed(link: str, tmp_path: Path) -> None:
    """Another port, another host, another scheme, a user in the address, or another path: nothing is sent there."""
    with served(ListSystem(people(3))) as sink:

        def app(asked: Asked) -> Given:
            own = asked.headers["host"].partition(":")[2]
            return Given({"results": people(3), "next": link.format(port=sink.server_address[1], own=own)})

        with asked_system(app, LISTS) as (server, client):
            found, records = pulled(client, tmp_path, LISTS)

    assert sink.asked == []
    assert len(server.asked) == 1
    assert not found.is_complete
    assert len(records) == 3


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_s12_a_redirect_is_not_followed(status: int) -> None:
    """Neither the key nor the request goes to the other place."""
    with served(ListSystem([])) as sink:
        away = Given({}, status, {"Location": f"{sink.url}/people"})
        with asked_system(lambda _: away, LISTS) as (_, client), pytest.raises(ResponseError, match="was not followed"):
            client.answer(client.call(LISTS[0]), LISTS[0])

    assert sink.asked == []


def test_s12_a_next_page_on_a_path_that_the_connector_names_is_followed(tmp_path: Path) -> None:
    """Some vendors lead from a list to another path of theirs: where that is, stands in the connector."""

    def app(asked: Asked) -> Given:
        if asked.path == "/people":
            return Given({"results": people(3), "next": "/query/01g-2000"})
        return Given({"results": [{"id": 4}]})

    lists = [reading("link", total="", paging=NextLink("next", below="/query"))]
    with asked_system(app, lists) as (server, client):
        found, _ = pulled(client, tmp_path, lists)

    assert [one.path for one in server.asked] == ["/people", "/query/01g-2000"]
    assert found.is_complete


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("http://crm.example/api", "without TLS"),
        ("https://user:word@crm.example/api", "names a user"),
        ("crm.example/api", "no address"),
        ("ftp://crm.example", "no address"),
        ("https://crm.example:99999/api", "no port"),
    ],
)
def test_s13_an_address_that_gives_secrets_away_is_refused(url: str, words: str) -> None:
    """Without TLS only this machine is asked, and no secret stands in an address."""
    with pytest.raises(InputError, match=words) as caught:
        origin_of(url)

    assert "word@" not in str(caught.value)


def test_s13_servers_are_verified_and_old_tls_is_not_spoken() -> None:
    """At least TLS 1.2, the certificate checked, and the host's name in it."""
    context = tls_context()

    assert context.minimum_version == ssl.TLSVersion.TLSv1_2
    assert context.verify_mode == ssl.CERT_REQUIRED
    assert context.check_hostname


@contextmanager
def secured(folder: Path, name: str) -> Iterator[tuple[FaultServer, Path]]:
    """Serve with a certificate that nobody vouches for, made out to a name."""
    context, authority = certified(folder, name)
    with served(ListSystem(people(3))) as server:
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
        yield server, authority


def client_of(url: str, ca_file: str = "") -> RestClient:
    from tests.asked_systems import Key
    from tests.fault_server import VirtualClock

    return RestClient("crm", Api(url), LISTS, credential=Key(), clock=VirtualClock(), ca_file=ca_file)


def test_f58_a_certificate_that_nobody_vouches_for_is_refused(tmp_path: Path) -> None:
    """Nothing is sent, and it is not tried without verification; the client's own authority may be named."""
    with secured(tmp_path, "127.0.0.1") as (server, authority):
        url = f"https://127.0.0.1:{server.server_address[1]}"
        with client_of(url) as client, pytest.raises(AuthError, match=r"could not prove that it is 127\.0\.0\.1"):
            client.answer(client.call(LISTS[0]), LISTS[0])
        assert server.asked == []
        with client_of(url, str(authority)) as client:
            assert client.answer(client.call(LISTS[0]), LISTS[0]).status == 200


def test_f58_a_certificate_for_another_host_is_refused(tmp_path: Path) -> None:
    """Even of an authority that is trusted."""
    with secured(tmp_path, "other.example") as (server, authority):
        url = f"https://127.0.0.1:{server.server_address[1]}"
        with client_of(url, str(authority)) as client, pytest.raises(AuthError, match="certificate is not valid"):
            client.answer(client.call(LISTS[0]), LISTS[0])

    assert server.asked == []


def test_f58_a_server_that_speaks_openly_where_tls_is_expected_is_refused() -> None:
    """The key never goes over an open line."""
    with (
        served(ListSystem(people(3))) as server,
        client_of(server.url.replace("http:", "https:")) as client,
        pytest.raises(ToolkitError) as caught,
    ):
        client.answer(client.call(LISTS[0]), LISTS[0])

    assert server.asked == []
    assert isinstance(caught.value, AuthError | RetryableError)
    assert CANARY not in str(caught.value)
