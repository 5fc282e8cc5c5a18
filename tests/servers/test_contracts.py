"""Every connector that is asked, against its vendor's contract in Prism; a new connector is tested by existing."""

import base64
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any, cast

import pytest

from tests.fault_server import NOON, VirtualClock
from tests.servers.contracts import CONTRACTS, Contract, Prism, Seen, examples_of, operation, prism, specification
from tests.servers.requests import places_of, readings_of
from toolkit.apply.rest_system import RestSystem
from toolkit.apply.system import Current, Sent
from toolkit.changes import Operation
from toolkit.changes import operation as planned
from toolkit.changes.operation import Action
from toolkit.connector import Api, Connector, OnePage, Reading, Writing, with_external_id, with_updates_together
from toolkit.connector.writing import WriteForm
from toolkit.discovery import discovered
from toolkit.errors import AuthError, RetryableError, ToolkitError
from toolkit.rest.accounts import accounts_of
from toolkit.rest.calls import Call, filled
from toolkit.rest.client import RestClient
from toolkit.rest.pages import PageLog
from toolkit.rest.paging import style_of
from toolkit.rest.pulling import pull_stream
from toolkit.rest.redaction import Secret
from toolkit.rest.signatures import FixedCredential, HeaderAuth
from toolkit.rest.stretch import Stretch, asked_since

pytestmark = pytest.mark.servers

ASKED = [
    one for one in cast("list[Connector]", list(discovered("toolkit.connectors", "CONNECTOR").values()))
    if one.api is not None
]  # fmt: skip
FILES = [(one.name, file) for one in ASKED if one.name in CONTRACTS for file in CONTRACTS[one.name].files]
SINCE = NOON - timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Held:
    """A connector, and the Prism that holds it to a contract."""

    connector: Connector
    contract: Contract
    file: str
    prism: Prism

    @property
    def api(self) -> Api:
        assert self.connector.api is not None
        return self.connector.api

    @property
    def readings(self) -> list[Reading]:
        """Every list that the connector asks for, those that only give names too."""
        return readings_of(self.connector)

    @property
    def writings(self) -> dict[str, Writing]:
        """How the records of each stream are changed."""
        return {one.name: one.writing for one in self.connector.streams if one.writing is not None}

    @property
    def told_writings(self) -> dict[str, Writing]:
        """How they are changed where the settings of a client name a field for ids of other systems."""
        own = {name: one for name, one in self.writings.items() if one.upsert is not None}
        return {name: with_updates_together(with_external_id(one, "Audit_Key__c")) for name, one in own.items()}

    def client(self) -> RestClient:
        """Return a client of the connector's own, but for what sends."""
        sign_in = self.api.sign_in[0]
        header, prefix = ("Authorization", "Basic ") if sign_in.way == "basic" else sign_in.signature()
        pair = base64.b64encode(b"audit@harbor.example:CANARY-key-of-harbor-4711").decode()
        secret = Secret(pair if sign_in.way == "basic" else "CANARY-key-of-harbor-4711")
        reference = "env:HARBOR_KEY"
        credential = FixedCredential(reference, HeaderAuth("sys", header, secret, prefix), (secret,))
        return RestClient(
            "sys", self.api, self.readings, credential=credential, places=places_of(self.connector, self.contract),
            clock=VirtualClock(), transport=self.prism,
            writings=[*self.writings.values(), *self.told_writings.values()],
        )  # fmt: skip

    def ask(self, client: RestClient, call: Call, reading: Reading | None) -> str:
        """Return what is wrong with a request; empty where the contract takes it."""
        self.prism.pages = 0
        try:
            client.answer(call, reading)
        except ToolkitError as error:
            last = self.prism.seen[-1] if self.prism.seen else None
            return f"{last.said}\n  {last.violations}\n  {error}" if last is not None else str(error)
        last = self.prism.seen[-1]
        return f"{last.said}: unknown {sorted(last.unknown)}, {last.violations}" if last.unknown or last.violations else ""

    def look_at_account(self, client: RestClient) -> str:
        """Return what is wrong with asking whose data it is; empty where the contract takes it."""
        assert self.api.account is not None
        try:
            found = accounts_of(self.api.account, client)
        except ToolkitError as error:
            return f"{self.prism.seen[-1].said}\n  {error}"
        return "" if found and found[0].id else f"{self.prism.seen[-1].said}: no account in it"

    def declares(self, call: Call, code: str) -> bool:
        """Return whether the contract says that a request may be answered so."""
        path = self.prism.own_path(re.sub(r"^https?://[^/]+", "", call.url))
        found = operation(self.prism.spec, call.method, path)
        return found is not None and code in found[0]["responses"]

    def is_known(self, call: Call) -> bool:
        return self.prism.knows(call.method, re.sub(r"^https?://[^/]+", "", call.url))


def first_calls(client: RestClient, reading: Reading) -> list[Call]:
    """Return the first request for everything, and for what changed since a moment."""

    def begun(call: Call) -> Call:
        paging = reading.paging
        return style_of(paging).begun(paging, call, client.answer, client.clock.sleep, client.linked)

    whole = Stretch().with_slices_of(reading, None, NOON)
    first = client.call(reading, "4711")
    found = [] if reading.is_of_changes else [begun(asked_since(first, reading, None, whole.slices))]
    if (reading.changed is not None or reading.window is not None) and not reading.is_of_all:
        since = Stretch().with_slices_of(reading, SINCE, NOON)
        found.append(begun(asked_since(first, reading, SINCE, since.slices)))
    return list(dict.fromkeys(found))


@pytest.fixture(scope="module", params=FILES, ids=["-".join(one).replace("/", "-") for one in FILES])
def held(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, shared_dir: Path) -> Iterator[Held]:
    """Yield a connector beside its contract, in the one Prism that runs."""
    name, file = request.param
    [connector] = [one for one in ASKED if one.name == name]
    with prism(CONTRACTS[name], shared_dir / "specs" / file, tmp_path_factory.mktemp("prism")) as one:
        yield Held(connector, CONTRACTS[name], file, one)
        one.close()


def test_every_connector_with_a_contract_is_held_to_it(shared_dir: Path) -> None:
    """A vendor whose contract is there is on the list, so that a new connector is tested by existing."""
    vendors = {path.name for path in (shared_dir / "specs").iterdir() if path.is_dir()}

    assert {one.name for one in ASKED} & vendors <= set(CONTRACTS)
    assert FILES


def test_every_list_stands_in_a_contract(shared_dir: Path) -> None:
    """A path that the contract does not know is a path that nobody has checked."""
    missing = []
    for connector in ASKED:
        contract = CONTRACTS.get(connector.name)
        if contract is None:
            continue
        specs = [specification(shared_dir / "specs" / file) for file in contract.files]
        client = RestClient("sys", connector.api, readings_of(connector), places=places_of(connector, contract))  # type: ignore[arg-type]
        with closing(client):
            for reading in readings_of(connector):
                call = client.call(reading, "4711")
                path = re.sub(r"^https?://[^/]+", "", call.url).removeprefix(contract.left_out)
                if path not in contract.paths_beyond and not any(operation(spec, call.method, path) for spec in specs):
                    missing.append(f"{connector.name}: {call.method} {path}")

    assert set(missing) == set()


def test_the_contract_takes_every_request(held: Held) -> None:
    """First pages, what changed since a moment, the account: no parameter that the vendor does not know, none amiss."""
    wrong = []
    with closing(held.client()) as client:
        about = held.api.account
        # Two strokes begin at the host, one below the interface's own path.
        base = "https://host" if about is not None and about.path.startswith("//") else client.url
        if about is not None and held.is_known(Call(f"{base}/{filled(about.path, client.places).lstrip('/')}")):
            wrong.append(held.look_at_account(client))
        for reading in held.readings:
            if held.is_known(client.call(reading, "4711")):
                wrong += [held.ask(client, call, reading) for call in first_calls(client, reading)]

    assert not [one for one in wrong if one], "\n".join(one for one in wrong if one)
    assert held.prism.seen


def faults(seen: Seen) -> list[Any]:
    """Return what is amiss in a request; Prism takes an object that a form does not hold for one that is empty."""
    return [one for one in seen.violations if one["code"] != "required" or one["location"][-1] in seen.sent]


_SAMPLES: Mapping[WriteForm, str] = {
    "text": "4711", "number": "4711", "amount": "125050", "amount_text": "125050", "minor_units": "125050",
    "day": "2026-10-05", "flag": "true",
}  # fmt: skip


def changes_of(stream: str, writing: Writing, record_id: str) -> Iterator[Operation]:
    """Yield a change of each kind that a stream can take, with every column that it may hold."""
    calls: dict[Action, Any] = {
        "create": writing.create, "update": writing.update, "archive": writing.archive, "restore": writing.restore,
        "repoint": writing.repoint,
    }  # fmt: skip
    for action, how in calls.items():
        if how is None:
            continue
        after: dict[str, str | None] = {"state": "archived" if action == "archive" else "active"}
        if how.has_fields:
            fields = [one for one in writing.fields if not one.actions or action in one.actions]
            # What has requests of its own, or stands there by an id that a list of names tells.
            own = {one.column for one in (*writing.by_column, *(each for each in writing.fields if each.lookups))}
            after = {one.column: _SAMPLES[one.form] for one in fields if one.column not in own}
            after |= {"currency": "USD"} if any(one.column == "currency" for one in fields) else {}
            after |= {name: record_id for name in ("party_ref", "parent_ref") if name in after}
        key = {"natural_key": "crm/deals/1"} if action == "create" else {"target_id": record_id}
        yield planned(action, "sys", stream, after=after, **key)  # type: ignore[arg-type]


def judged(held: Held, send: Callable[[], object]) -> tuple[int, list[str]]:
    """Return how many requests of a change the contract knows, and what is wrong with them."""
    before = len(held.prism.seen)
    held.prism.pages = 0
    # What the example of an answer says is of another record.
    with suppress(ToolkitError):
        send()
    # A contract may know no more than the lists of its vendor.
    found = [one for one in held.prism.seen[before:] if one.is_known]
    return len(found), [f"{one.said}: {one.unknown}, {amiss}" for one in found if (amiss := faults(one)) or one.unknown]


def further_changes(system: RestSystem, told: RestSystem, stream: str, record_id: str) -> Iterator[Callable[[], object]]:
    """Yield what sends the changes that are no single one: under an id of another system, several at once, a merge."""
    writing, key = system.writings[stream], "0123456789abcdef" * 2
    if stream in told.writings:
        yield partial(
            told.send, planned("create", "sys", stream, natural_key="crm/deals/1", after={"name": "A"}), None, None, key
        )
    if writing.batch is not None:
        text = next(one for one in writing.fields if one.path and one.form == "text")
        change = planned("update", "sys", stream, target_id=record_id, after={text.column: "4711"})
        yield partial(told.send_together if stream in told.writings else system.send_together,
                      [Sent(change, record_id, Current({}), key)])  # fmt: skip
    if writing.merge is not None:
        merge = planned("merge", "sys", stream, target_id=record_id, after={"merged_into": "4712"}, reversibility="R3")
        yield partial(system.current, merge, record_id)
        yield partial(system.send, merge, record_id, Current({}), key)


def test_the_contract_takes_every_change(held: Held) -> None:
    """Each kind of change with all its columns, the read before it, the search for what was made: nothing is amiss."""
    wrong, seen = [], 0
    with closing(held.client()) as client:
        system = RestSystem(client, held.writings, "USD")
        told = RestSystem(client, held.told_writings, "USD")
        for stream in held.writings:
            for send in further_changes(system, told, stream, held.contract.record_id):
                found, amiss = judged(held, send)
                seen += found
                wrong += amiss
        for stream, writing in held.writings.items():
            for change in changes_of(stream, writing, held.contract.record_id):
                key = "0123456789abcdef" * 2
                current = Current({"currency": "USD"}, "7")
                sends: list[Callable[[], object]] = [
                    partial(system.send, change, change.target_id, None if change.action == "create" else current, key),
                    partial(system.made, change, key)
                    if change.action == "create"
                    else partial(system.current, change, held.contract.record_id),
                ]
                for send in sends:
                    found, amiss = judged(held, send)
                    seen += found
                    wrong += amiss

    assert not wrong, "\n".join(wrong)
    assert seen or not held.writings or held.file != held.contract.files[0]


@pytest.mark.parametrize("code", ["401", "429", "503"])
def test_an_answer_that_says_no_is_a_sentence(held: Held, code: str) -> None:
    """Sign in again, slow down, in trouble: after repeats on a clock that nobody waits for, and never a traceback."""
    said = []
    held.prism.code = code
    with closing(held.client()) as client:
        known = [one for one in held.readings if held.is_known(client.call(one, "4711"))]
        # A vendor's own contract may say nothing of a refusal.
        known = [one for one in known if held.declares(client.call(one, "4711"), code)]
        for reading in known[:1]:
            with pytest.raises(AuthError if code == "401" else RetryableError) as caught:
                client.answer(first_calls(client, reading)[0], reading)
            said.append(str(caught.value))
    held.prism.code = ""

    assert {"401": "HARBOR_KEY", "429": "slow down", "503": "in trouble"}[code] in " ".join(said) or not known
    assert "CANARY" not in " ".join(said)


def test_two_pages_are_walked(held: Held, tmp_path: Path) -> None:
    """Where the contract shows two pages of a list, both come, and the walk ends behind the second."""
    walked = 0
    with closing(held.client()) as client:
        for stream in held.connector.streams:
            for reading in stream.readings:
                if isinstance(reading.paging, OnePage) or reading.is_parents or reading.is_lines:
                    continue
                call = client.call(reading, "4711")
                path = re.sub(r"^https?://[^/]+", "", call.url)
                found = operation(held.prism.spec, call.method, held.prism.own_path(path))
                if not set(held.contract.pages) <= set(examples_of(held.prism.spec, found)):
                    continue
                held.prism.pages = 0
                alone = replace(reading, window=None)
                log = PageLog(tmp_path / f"{walked}")
                pulled = pull_stream(client, stream.name, [alone], held.contract.key or alone.key or stream.path_key, log)
                log.close()
                if held.prism.pages == 1 and not pulled.received:
                    # One path for all kinds of object: its example is of another kind.
                    continue
                assert pulled.error is None, pulled.error
                assert pulled.pages == 2, f"{stream.name}: {pulled}"
                walked += 1

    # The vendors' own contracts show one page of each list; those written here show two.
    assert walked or ".handwritten." not in held.file, "no list of two pages"
