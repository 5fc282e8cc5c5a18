"""What a system answers, and what becomes of it: faults F12 to F15 and F17, and bad input of every kind."""

import json
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.asked_systems import CANARY, Bearer, Key, asked_system, pulled, reading
from tests.fault_server import Asked, Given, ListSystem, Script, VirtualClock, packed, people
from toolkit.connector import Api, Reading
from toolkit.connector.api import Fault, Limit
from toolkit.errors import AuthError, NotOfferedError, ResponseError, RetryableError, ScopeError, ToolkitError
from toolkit.rest import client as client_module
from toolkit.rest.client import RestClient

LISTS = [reading()]
PAGE = '<!DOCTYPE html><html><body><form action="/login">Sign in</form></body></html>'


@pytest.mark.parametrize(
    ("headers", "at_least_s"),
    [({"Retry-After": "30"}, 30), ({"Retry-After": "Mon, 30 Nov 2026 12:02:00 GMT"}, 115), ({}, 0.25)],
)
def test_f12_who_is_asked_to_slow_down_waits_at_least_that_long(
    headers: dict[str, str], at_least_s: float, tmp_path: Path
) -> None:
    """The vendor names seconds, or a moment, or nothing: then half a second and more, with chance in it."""
    clock = VirtualClock()
    busy = Given({}, 429, headers)
    with asked_system(Script(ListSystem(people(5)), [busy]), clock=clock) as (server, client):
        found, _ = pulled(client, tmp_path, LISTS)

    assert found.is_complete
    assert len(server.asked) == 2
    assert at_least_s <= clock.monotonic_s() <= at_least_s + 10


def test_f12_a_wait_that_nobody_sits_out_is_left_to_the_person(tmp_path: Path) -> None:
    """Asked to come back in two hours, the pull ends, keeps what it has, and goes on later."""
    clock = VirtualClock()
    busy = Given({}, 429, {"Retry-After": "7200"})
    with asked_system(Script(ListSystem(people(30)), [lambda _: None, busy]), clock=clock) as (_, client):
        found, records = pulled(client, tmp_path, LISTS)

    assert isinstance(found.error, RetryableError)
    assert found.error.retry_after_s == 7200
    assert found.is_resumable
    assert len(records) == 10
    assert clock.monotonic_s() < 60


@pytest.mark.parametrize("asked", ["86400", "9" * 400])
def test_f12_a_list_that_asks_for_a_day_says_until_when_and_the_other_lists_of_the_system_are_pulled(
    asked: str, tmp_path: Path
) -> None:
    """Nobody sits a day out without a word: the sentence has the moment, and the sister list waits for nothing."""
    clock = VirtualClock()
    busy = Given({}, 429, {"Retry-After": asked})
    with asked_system(Script(ListSystem(people(5)), [busy]), clock=clock) as (_, client):
        first, _ = pulled(client, tmp_path / "a", LISTS)
        second, records = pulled(client, tmp_path / "b", LISTS)

    assert "asks us to wait until" in first.reasons[0]
    assert second.is_complete
    assert len(records) == 5
    assert clock.monotonic_s() < 60


def test_f13_a_storm_of_slow_down_does_not_open_the_breaker(tmp_path: Path) -> None:
    """It answers, so it is not down."""
    storm = [Given({}, 429)] * 5
    with asked_system(Script(ListSystem(people(5)), storm)) as (_, client):
        found, _ = pulled(client, tmp_path, LISTS)
        assert not client.breaker.is_open

    assert found.is_complete


def test_f14_a_days_budget_that_is_used_up_pauses_the_pull(tmp_path: Path) -> None:
    """Three requests a day, five pages: what came is kept, and the next day brings the rest."""
    clock = VirtualClock()
    with asked_system(ListSystem(people(50)), clock=clock, limits=(Limit(3, 86400),)) as (server, client):
        first, _ = pulled(client, tmp_path, LISTS)
        clock.sleep(86400)
        second, records = pulled(client, tmp_path, LISTS)

    assert "All 3 requests" in first.reasons[0]
    assert "in 24 hours" in first.reasons[0]
    assert second.is_complete
    assert len(records) == 50
    assert len(server.asked) == 5


def test_f15_a_key_that_runs_out_meanwhile_is_renewed_once_and_the_page_asked_for_again(tmp_path: Path) -> None:
    """The credential renews itself; no page is lost and none comes twice."""
    valid = ["first key"]

    class Renewing(httpx.Auth):
        key = "first key"

        def auth_flow(self, request: httpx.Request) -> Iterator[httpx.Request]:  # type: ignore[override]
            request.headers["Authorization"] = f"Bearer {self.key}"
            response = yield request
            if response.status_code == 401:
                self.key = "second key"
                request.headers["Authorization"] = f"Bearer {self.key}"
                yield request

    class Renewable(Key):
        auth = Renewing()  # type: ignore[assignment]

    def app(asked: Asked) -> Given:
        if asked.query.get("after") == "20":
            valid[0] = "second key"
        is_good = asked.headers["authorization"] == f"Bearer {valid[0]}"
        return ListSystem(people(40))(asked) if is_good else Given({"message": "token expired"}, 401)

    with asked_system(app, credential=Renewable()) as (server, client):
        found, records = pulled(client, tmp_path, LISTS)

    assert found.is_complete
    assert len(records) == 40
    assert len(server.asked) == 5


@pytest.mark.parametrize(
    ("given", "kind", "words"),
    [
        (
            Given({"message": "invalid key"}, 401),
            AuthError,
            ["env:CRM_TOKEN", "expired or", "integration-audit connect crm"],
        ),
        (Given({}, 403, {"WWW-Authenticate": 'Bearer scope="crm.read"'}), ScopeError, ["the scope crm.read"]),
        (Given({"message": "forbidden"}, 403), ScopeError, ["the scope people.read", "'forbidden'"]),
        (Given({"message": "upgrade"}, 402), NotOfferedError, ["part of the client's plan"]),
        (Given({}, 404), NotOfferedError, ["is not there (404)", "GET /people"]),
        (Given(PAGE.encode(), kind="text/html; charset=utf-8"), AuthError, ["a web page instead of data", "sign in again"]),
        (Given(PAGE.encode(), 403, kind="text/html"), AuthError, ["a network in between"]),
        (Given(b"proxy", 407, kind="text/plain"), AuthError, ["A proxy stands between here and crm"]),
        (Given(b'{"results": [{"id": 1', 200), RetryableError, ["broke off in the middle"]),
        (Given({"results": people(3)}, cut=40), RetryableError, ["broke the connection"]),
        (Given({"errors": [{"message": "no such field"}]}), ResponseError, ["errors in the place of data", "no such field"]),
        (Given({"data": None, "errors": [{"message": "Throttled"}]}), RetryableError, ["asked us to slow down"]),
        (Given({"items": []}), ResponseError, ["without a list at 'results'", "'items'"]),
        (
            Given({"results": {"1": {"id": 1}}}),
            ResponseError,
            ["What stands there is an object"],
        ),
        (Given({"results": [1, 2]}), ResponseError, ["something else than records"]),
        (Given(b"[" * 100_000), RetryableError, ["broke off"]),
        (Given({"message": "bad filter"}, 400), ResponseError, ["refused the request (400)", "'bad filter'"]),
        (Given({}, 500), RetryableError, ["is in trouble (500)"]),
        (Given({}, 302, {"Location": "https://login.example/"}), ResponseError, ["sends us to another address (302)"]),
        (Given(b"\x1f\x8bnot packed", headers={"Content-Encoding": "gzip"}), RetryableError, ["cannot be unpacked"]),
    ],
)
def test_every_bad_answer_ends_in_a_sentence_that_says_what_to_do(
    given: Given, kind: type[ToolkitError], words: list[str]
) -> None:
    """It names the system, the request and the next step, and never the key."""
    lists = [reading(scopes=("people.read",))]
    with asked_system(lambda _: given, lists) as (_, client), pytest.raises(ToolkitError) as caught:
        client_page(client, lists[0])

    assert type(caught.value) is kind
    assert [one for one in ["crm", *words] if one not in str(caught.value)] == []
    assert CANARY not in str(caught.value)


@pytest.mark.parametrize(("to_write", "command"), [(False, "connect crm,"), (True, "connect crm --write,")])
def test_a_key_that_is_refused_is_made_anew_for_what_it_does(*, to_write: bool, command: str) -> None:
    """Also where a system is only read with the key that writes: signing in to read it would mend nothing."""
    with (
        asked_system(lambda _: Given({}, 401)) as (_, reader),
        RestClient("crm", reader.api, LISTS, credential=reader.credential, to_write=to_write) as client,
        pytest.raises(AuthError) as caught,
    ):
        client_page(client, LISTS[0])

    assert f"integration-audit {command}" in str(caught.value)


@pytest.mark.parametrize(
    "name",
    [b"half \\ud800 pair", b"tab\there", b'", "rate": NaN, "x": "y'],
    ids=["surrogate", "tab", "nan"],
)
def test_what_json_does_not_allow_is_replaced_and_said(name: bytes, tmp_path: Path) -> None:
    """Systems write such things; a page is not lost for one bad sign, and its numbers stay."""
    body = b'\xef\xbb\xbf{"results": [{"id": 9007199254740993, "name": "' + name + b'"}, {"id": 2}], "total": 2}'
    with asked_system(lambda _: Given(body), LISTS) as (_, client):
        found, records = pulled(client, tmp_path, LISTS)

    assert found.is_complete
    assert [one["id"] for one in records] == [9007199254740993, 2]
    assert "page 1 held what JSON does not allow" in found.notes[0]


def client_page(client: RestClient, one: Reading) -> Any:
    """Ask for the first page of a list."""
    from toolkit.rest.records import page_rows

    return page_rows(client.answer(client.call(one), one), one, "crm/people")


def test_a_bomb_is_not_unpacked() -> None:
    """A small packed answer that grows beyond all measure is left where it is."""
    assert client_module.MAX_BODY_BYTES == 64 << 20
    bomb = packed(b'{"results": ["' + b"0" * (80 << 20) + b'"]}')
    assert len(bomb.body) < 100_000
    with asked_system(lambda _: bomb, LISTS) as (server, client), pytest.raises(ResponseError, match="more than 64 MB"):
        client.answer(client.call(LISTS[0]), LISTS[0])

    assert len(server.asked) == 1


def test_no_network_is_said_in_a_sentence() -> None:
    """Nothing answers at the address: the pull can be begun again later."""
    with asked_system(ListSystem([]), LISTS) as (server, client):
        server.shutdown()
        server.server_close()
        with pytest.raises(RetryableError, match=r"cannot be reached at 127\.0\.0\.1"):
            client.answer(client.call(LISTS[0]), LISTS[0])


def test_f17_a_scope_that_is_missing_stops_its_stream_only(tmp_path: Path) -> None:
    """The other streams of the system are pulled."""
    deals = Reading("/deals", records="results", scopes=("deals.read",))

    def app(asked: Asked) -> Given:
        return Given({}, 403) if asked.path == "/deals" else ListSystem(people(5))(asked)

    with asked_system(app, [*LISTS, deals]) as (_, client):
        refused, _ = pulled(client, tmp_path / "deals", [deals])
        found, _ = pulled(client, tmp_path / "people", LISTS)

    assert "deals.read" in refused.reasons[0]
    assert found.is_complete


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        (Fault("wait", 403, "code", "REQUEST_LIMIT"), RetryableError),
        (Fault("sign_in", 400, "code", "LIMIT"), AuthError),
        (Fault("plan", 0, "code", "^REQUEST"), NotOfferedError),
        (Fault("scope", 0, "code"), ScopeError),
        (Fault("stop", 0, "code"), ResponseError),
    ],
)
def test_a_connector_says_what_its_vendor_means(fault: Fault, kind: type[ToolkitError]) -> None:
    """Salesforce's 403 for too many requests is no missing right."""
    status = fault.status or 200
    given = Given({"code": "REQUEST_LIMIT_EXCEEDED", "results": []}, status)
    with asked_system(lambda _: given, LISTS, faults=(fault,)) as (_, client), pytest.raises(ToolkitError) as caught:
        client.answer(client.call(LISTS[0]), LISTS[0])

    assert type(caught.value) is kind


@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 422])
def test_what_will_be_refused_again_is_asked_once(status: int) -> None:
    """Never repeated: it would not help, and looks like an attack."""
    with asked_system(lambda _: Given({}, status), LISTS) as (server, client), pytest.raises(ToolkitError):
        client.answer(client.call(LISTS[0]), LISTS[0])

    assert len(server.asked) == 1


@pytest.mark.parametrize("status", [408, 425, 429, 500, 502, 503, 504])
def test_what_may_pass_is_asked_again(status: int) -> None:
    """Up to six times, with growing waits."""
    clock = VirtualClock()
    with (
        asked_system(lambda _: Given({}, status), LISTS, clock=clock) as (server, client),
        pytest.raises(RetryableError),
    ):
        client.answer(client.call(LISTS[0]), LISTS[0])

    assert len(server.asked) == 6
    waits = [one for one in clock.slept if one < 30]
    assert all(0.25 * 2**n <= one <= 0.5 * 2**n for n, one in enumerate(waits))


def test_a_key_that_the_vendor_quotes_back_is_blackened() -> None:
    """In its message, and in the address of the next page."""
    echo = Given({"message": f"key {CANARY} is unknown"}, 400)
    with asked_system(lambda _: echo, LISTS) as (_, client), pytest.raises(ResponseError) as caught:
        client.answer(client.call(LISTS[0]), LISTS[0])

    assert CANARY not in str(caught.value)
    assert "•••" in str(caught.value)


def test_nothing_that_is_logged_or_kept_holds_a_key(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Even where the vendor wants its key in the address and writes it into the next page's."""

    class InAddress(Bearer):
        def auth_flow(self, request: httpx.Request) -> Iterator[httpx.Request]:  # type: ignore[override]
            request.url = request.url.copy_merge_params({"api_key": self.key})
            yield request

    class AddressKey(Key):
        @property
        def auth(self) -> httpx.Auth:
            return InAddress(self.key)

    def app(asked: Asked) -> Given:
        assert asked.query["api_key"] == CANARY
        following = {"next": f"/people?page=2&api_key={CANARY.replace('/', '%2F').replace('=', '%3D')}"}
        return Given({"results": [{"id": asked.query.get("page", "1")}], **(following if "page" not in asked.query else {})})

    caplog.set_level(logging.DEBUG)
    lists = [reading("link", total="")]
    with asked_system(app, lists, credential=AddressKey()) as (_, client):
        found, records = pulled(client, tmp_path, lists)
        shown = f"{client!r} {found!r} {client.pacer!r} {client.breaker!r}"

    kept = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()).decode()
    assert len(records) == 2
    assert "HTTP Request" in caplog.text
    for text in (caplog.text, kept, shown):
        assert "CANARY" not in text


def test_the_account_behind_the_credentials_may_be_asked_for_and_nothing_else() -> None:
    """What no stream reads is not sent, whatever asks for it."""
    from toolkit.connector.api import Account
    from toolkit.rest.calls import Call

    def app(asked: Asked) -> Given:
        return Given({"org": {"id": "77"}, "path": asked.path})

    with asked_system(app, LISTS, account=Account("/me", "org.id")) as (server, client):
        assert client.answer(Call(f"{client.url}/me")).parsed["org"]["id"] == "77"
        for call in (
            Call(f"{client.url}/people", "DELETE"),
            Call(f"{client.url}/people", "POST", body="{}"),
            Call(f"{client.url}/people/7"),
            Call(f"{client.url}/people/../admin"),
        ):
            with pytest.raises(ResponseError, match="Nothing was sent"):
                client.answer(call)

    assert [one.path for one in server.asked] == ["/me"]


def test_a_post_that_reads_is_sent_as_it_was_written_only() -> None:
    """A query may not become a change: all but the cursor is held against what the connector says."""
    from toolkit.rest.calls import Call

    body = '{"query": "{ people }", "variables": {"first": 10}}'
    lists = [
        Reading("/graphql", records="data", method="POST", body=body, paging=reading("cursor").paging),
    ]
    with asked_system(lambda _: Given({"data": []}), lists) as (server, client):
        client.answer(client.call(lists[0]), lists[0])
        for other in (json.dumps({"query": "mutation { remove }"}), "", "[]", json.dumps({**json.loads(body), "x": 1})):
            with pytest.raises(ResponseError, match="Nothing was sent"):
                client.answer(Call(f"{client.url}/graphql", "POST", body=other), lists[0])

    assert len(server.asked) == 1


def test_places_of_an_address_are_filled_by_settings_and_by_signing_in() -> None:
    """A tenant's own host, and the tenant in a header."""
    key = Key(places={"tenant_id": "t-1"})
    api = Api("http://{host}/api", headers=(("xero-tenant-id", "{tenant_id}"),))
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(200, json={"results": []})

    with RestClient(
        "ledger", api, LISTS, credential=key, places={"host": "127.0.0.1"}, transport=httpx.MockTransport(answer)
    ) as client:
        client.answer(client.call(LISTS[0]), LISTS[0])

    assert str(seen[0].url) == "http://127.0.0.1/api/people"
    assert seen[0].headers["xero-tenant-id"] == "t-1"
    assert seen[0].headers["user-agent"].startswith("integration-audit/")
