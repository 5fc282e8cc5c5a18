"""The vendor's side of every way to sign in, signed in to by the client's side."""

import dataclasses
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tests.contract.test_asked_connectors import example
from tests.sandbox_systems import machine, people
from tests.signing_in import Visitor
from toolkit.connector import SignIn
from toolkit.rest.connecting import connect
from toolkit.rest.doors import Door
from toolkit.rest.redaction import Secret
from toolkit.rest.vault.connections import Vault
from toolkit.rest.ways import credential_of, ways
from toolkit.sandbox.credentials import secret_of
from toolkit.sandbox.exchange import Asked
from toolkit.sandbox.server import StandInServer, served

TOKENS = "/oauth/token"
WAYS = {
    "bearer": SignIn("bearer"),
    "api_key": SignIn("api_key", header="X-Desk-Key"),
    "basic": SignIn("basic"),
    "client_credentials": SignIn("client_credentials", token_url=TOKENS, client_auth="client_secret_post"),
    "refresh_token": SignIn("refresh_token", token_url=TOKENS, revoke_url="/oauth/revoke"),
    "oauth2_code": SignIn("oauth2_code", authorize_url="/oauth/authorize", token_url=TOKENS),
    "jwt_bearer": SignIn("jwt_bearer", token_url=TOKENS, audience="https://login.example"),
}


@contextmanager
def standing_in(way: str) -> Iterator[tuple[StandInServer, Door]]:
    """Yield a stand-in that is signed in to in one way, and the door that its invented credentials open."""
    sign_in = WAYS[way]
    connector = example()
    assert connector.api is not None
    connector = dataclasses.replace(connector, api=dataclasses.replace(connector.api, sign_in=(sign_in,)))
    with served(machine(people(3), connector=connector)) as server:
        invented = server.machine.invented
        given = secret_of(sign_in, invented)
        home = server.machine.url
        urls = {
            name: f"{home}{getattr(sign_in, name)}"
            for name in ("authorize_url", "token_url", "revoke_url")
            if getattr(sign_in, name)
        }
        door = Door(
            "crm",
            dataclasses.replace(sign_in, **urls),
            Vault(Path(), lambda: Secret("")),
            given={name: f"env:{name.upper()}" for name in given} | {"client_id": invented.client_id, "user": invented.user},
            environment={name.upper(): value for name, value in given.items()},
            redirect_port=0,
            wait_s=5.0,
        )
        yield server, door


def people_of(server: StandInServer, door: Door) -> httpx.Response:
    """Ask for the list of people, signed."""
    with httpx.Client(auth=credential_of(door).auth, trust_env=False) as http:
        return http.get(f"{server.machine.url}/v3/people")


@pytest.mark.parametrize("way", sorted(ways()))
def test_every_way_opens_a_stand_in_that_offers_it(way: str, tmp_path: Path) -> None:
    """With the credentials that were invented for this run, and what they are exchanged for."""
    with standing_in(way) as (server, bare):
        door = dataclasses.replace(bare, vault=Vault(tmp_path, lambda: Secret("four words of passphrase")))
        connect(door, Visitor(), owner="Dana", keep_in="file")

        assert people_of(server, door).json()["results"][0]["id"] == "1"


def test_credentials_of_another_run_open_nothing() -> None:
    """They are made anew each time."""
    with standing_in("bearer") as (first, door), standing_in("bearer") as (second, _):
        assert people_of(first, door).status_code == 200
        assert people_of(second, door).status_code == 401


def test_a_refresh_token_works_once(tmp_path: Path) -> None:
    """One that comes a second time was copied: everything that was given ends."""
    with standing_in("refresh_token") as (server, bare):
        door = dataclasses.replace(bare, vault=Vault(tmp_path, lambda: Secret("four words of passphrase")))
        connect(door, Visitor(), owner="Dana", keep_in="file")
        invented = server.machine.invented
        body = f"grant_type=refresh_token&refresh_token={invented.first_refresh}&client_id={invented.client_id}"
        again = Asked("POST", TOKENS, {}, {}, f"{body}&client_secret={invented.client_secret}".encode())

        given = server.machine.answer(again)

        assert (given.status, given.body["error"]) == (400, "invalid_grant")
        assert invented.access == set()


def test_the_browser_is_sent_back_to_this_machine_only() -> None:
    """No code goes to an address of somebody else."""
    with standing_in("oauth2_code") as (server, _):
        query = {"client_id": server.machine.invented.client_id, "state": "s", "code_challenge": "c"}

        def sent_to(address: str) -> int:
            return server.machine.answer(Asked("GET", "/oauth/authorize", {**query, "redirect_uri": address})).status

        assert sent_to("http://localhost:8400/signed-in") == 302
        assert sent_to("https://elsewhere.example/signed-in") == 400
        assert sent_to("http://127.0.0.1.elsewhere.example/") == 400


def test_a_code_needs_its_verifier() -> None:
    """Whoever overhears the code cannot exchange it, and it is spent."""
    with standing_in("oauth2_code") as (server, _):
        invented = server.machine.invented
        query = {"client_id": invented.client_id, "state": "s", "code_challenge": "c", "redirect_uri": "http://localhost:1/"}
        back = server.machine.answer(Asked("GET", "/oauth/authorize", query)).headers["Location"]
        code = back.partition("code=")[2].partition("&")[0]
        form = f"grant_type=authorization_code&code={code}&code_verifier=guessed&client_id={invented.client_id}"
        asked = Asked("POST", TOKENS, {}, {}, f"{form}&client_secret={invented.client_secret}".encode())

        assert server.machine.answer(asked).status == 400
        assert invented.access == set()
