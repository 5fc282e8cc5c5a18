"""Where a company lets nobody out but through its proxy."""

import ssl
import threading
from pathlib import Path

import httpx
import pytest

from tests.asked_systems import Key, reading
from tests.fault_server import ListSystem, VirtualClock, people, served
from tests.own_authority import certified
from tests.tunnel import tunnelled
from toolkit.connector import Api
from toolkit.errors import InputError, RetryableError
from toolkit.rest.client import RestClient
from toolkit.rest.proxies import OuterTransport, proxy_for, proxy_words

LISTS = (reading("link", total=""),)
NAMES = ("http_proxy", "https_proxy", "all_proxy", "no_proxy")


@pytest.fixture(autouse=True)
def _open_way(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever this machine names is forgotten: a test names its own."""
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


def client_of(url: str, ca_file: str = "") -> RestClient:
    return RestClient("crm", Api(url), LISTS, credential=Key(), clock=VirtualClock(), ca_file=ca_file, max_attempts=1)


def test_a_system_is_asked_through_the_proxy_that_the_machine_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The proxy learns the host alone; the vendor proves itself to us, by its own certificate."""
    context, authority = certified(tmp_path, "crm.example")
    with served(ListSystem(people(3))) as server, tunnelled(server.server_address) as tunnel:
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
        monkeypatch.setenv("HTTPS_PROXY", tunnel.address)
        with client_of("https://crm.example", str(authority)) as client:
            assert client.answer(client.call(LISTS[0]), LISTS[0]).status == 200

        assert tunnel.asked == ["CONNECT crm.example:443 HTTP/1.1"]
        assert len(server.asked) == 1


def test_a_proxy_that_closes_the_way_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """With its host and port, never its password, and with whom to ask."""
    with tunnelled(("127.0.0.1", 9), refuses=True) as tunnel:
        monkeypatch.setenv("HTTPS_PROXY", tunnel.address.replace("//", "//dana:hidden@"))
        with client_of("https://crm.example") as client, pytest.raises(RetryableError) as caught:
            client.answer(client.call(LISTS[0]), LISTS[0])

    way = f"through the proxy 127.0.0.1:{tunnel.port} that this machine names"
    assert f"{way}: the proxy refused the way" in str(caught.value)
    assert "hidden" not in str(caught.value)


def test_a_proxy_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody looks for a fault of the vendor."""
    monkeypatch.setenv("HTTPS_PROXY", "127.0.0.1:9")
    named = pytest.raises(RetryableError, match=r"through the proxy 127\.0\.0\.1:9 ")
    with client_of("https://crm.example") as client, named:
        client.answer(client.call(LISTS[0]), LISTS[0])


def test_this_machine_itself_is_asked_straight(monkeypatch: pytest.MonkeyPatch) -> None:
    """A stand-in's key goes to nobody in between."""
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    with served(ListSystem(people(3))) as server, client_of(server.url) as client:
        assert client.answer(client.call(LISTS[0]), LISTS[0]).status == 200


def test_hosts_that_are_excepted_are_asked_straight(monkeypatch: pytest.MonkeyPatch) -> None:
    """As every other program of the machine reads NO_PROXY."""
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.example:3128")
    monkeypatch.setenv("NO_PROXY", "inside.example,.corp.example")

    assert proxy_for("https://crm.example/api") == "http://proxy.example:3128"
    assert proxy_words("https://crm.example") == " through the proxy proxy.example:3128 that this machine names"
    assert [proxy_for(f"https://{host}") for host in ("inside.example", "erp.corp.example")] == ["", ""]


@pytest.mark.parametrize("named", ["socks5://127.0.0.1:1080", "http://", "http://proxy.example:99999"])
def test_a_proxy_that_cannot_be_used_is_said(named: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is sent around it, and nothing is sent at all."""
    monkeypatch.setenv("ALL_PROXY", named)
    with client_of("https://crm.example") as client, pytest.raises(InputError, match="HTTPS_PROXY"):
        client.answer(client.call(LISTS[0]), LISTS[0])


def test_lists_that_are_pulled_side_by_side_go_one_way() -> None:
    """Each way keeps connections open: one that was made beside another would never be closed."""
    beginning = threading.Barrier(8)

    def ask(way: OuterTransport, url: str) -> None:
        beginning.wait()
        way.handle_request(httpx.Request("GET", url)).close()

    with served(ListSystem(people(3))) as server, OuterTransport(ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)) as way:
        threads = [threading.Thread(target=ask, args=(way, f"{server.url}/people")) for _ in range(8)]
        for one in threads:
            one.start()
        for one in threads:
            one.join()

        assert repr(way) == "OuterTransport(1 ways)"
        assert len(server.asked) == 8
