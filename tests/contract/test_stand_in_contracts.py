"""Every answer of every stand-in, against what its vendor's contract says; a new one is tested by existing."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, cast
from urllib.parse import parse_qsl

import httpx
import jsonschema_rs
import pytest

from tests.contract.test_stand_ins import exports_of
from tests.fault_server import VirtualClock
from tests.servers.contracts import CONTRACTS, Contract, operation, resolved, specification
from tests.servers.requests import places_of, readings_of
from toolkit.apply.rest_system import RestSystem
from toolkit.changes import operation as change_of
from toolkit.connector import Connector, Writing
from toolkit.discovery import discovered
from toolkit.errors import AuthError
from toolkit.rest.accounts import accounts_of
from toolkit.rest.client import RestClient
from toolkit.rest.pages import PageLog
from toolkit.rest.pulling import PulledStream, pull_stream
from toolkit.rest.redaction import Secret
from toolkit.rest.signatures import FixedCredential, HeaderAuth
from toolkit.sandbox.credentials import USER
from toolkit.sandbox.exchange import Asked
from toolkit.sandbox.machine import Machine
from toolkit.sandbox.running import stand_ins
from toolkit.sandbox.served import ServedSystem

CONNECTORS = cast("Mapping[str, Connector]", discovered("toolkit.connectors", "CONNECTOR"))
MOST_ASKED = 1500
LONG_AGO = datetime(2015, 1, 1, tzinfo=UTC)
NAMES = sorted(name for name in stand_ins() if name in CONTRACTS)


@dataclass(frozen=True, slots=True)
class Said:
    """One answer of a stand-in."""

    method: str
    path: str
    status: int
    body: Any


class Line(httpx.BaseTransport):
    """Goes to a stand-in without a network, and keeps what it said."""

    def __init__(self, machine: Machine) -> None:
        self.machine = machine
        self.said: list[Said] = []

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        query = dict(parse_qsl(request.url.query.decode(), keep_blank_values=True))
        headers = {name.casefold(): value for name, value in request.headers.items()}
        given = self.machine.answer(Asked(request.method, request.url.path, query, headers, request.read()))
        self.said.append(Said(request.method, request.url.path, given.status, given.body))
        return httpx.Response(
            given.status, headers={"content-type": given.kind, **given.headers}, content=given.content, request=request
        )


def json_schema(part: Any, *, is_names: bool = False) -> Any:
    """Return a contract's schema as JSON Schema: OpenAPI 3.0 writes "nullable" and exclusive bounds otherwise."""
    if isinstance(part, list):
        return [json_schema(one) for one in part]
    if not isinstance(part, Mapping):
        return part
    found = {
        name: json_schema(value, is_names=name == "properties" and not is_names)
        for name, value in part.items()
        if is_names or name not in {"example", "examples", "discriminator"}
    }
    if is_names:
        return found
    for bound, exclusive in (("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")):
        if isinstance(found.get(exclusive), bool) and found.pop(exclusive) and bound in found:
            found[exclusive] = found.pop(bound)
    return {"anyOf": [found, {"type": "null"}]} if found.pop("nullable", False) is True else found


@cache
def components(path: Path) -> Any:
    """Return the parts of a contract that its schemas refer to, as JSON Schema."""
    return json_schema(specification(path).get("components", {}))


@cache
def validator(path: Path, method: str, template_path: str, status: int) -> Any:
    """Return what judges an answer; None where the contract says nothing of its body."""
    spec = specification(path)
    found = operation(spec, method, template_path)
    assert found is not None
    answers = found[0]["responses"]
    answer = resolved(spec, answers.get(str(status), answers.get("default")))
    if answer is None:
        return "undeclared"
    kinds = list((answer.get("content") or {}).values())
    if not kinds or "schema" not in kinds[0]:
        return None
    return jsonschema_rs.validator_for({"allOf": [json_schema(kinds[0]["schema"])], "components": components(path)})


@cache
def shown(path: Path, method: str, template_path: str, status: int) -> Mapping[str, set[str]]:
    """Return the types of values in a contract's examples, by place: its schema may say no more than "object"."""
    spec = specification(path)
    found = operation(spec, method, template_path)
    assert found is not None
    answer = resolved(spec, found[0]["responses"].get(str(status), {}))
    types: dict[str, set[str]] = {}
    for kind in (answer.get("content") or {}).values():
        examples = [resolved(spec, one).get("value") for one in (kind.get("examples") or {}).values()]
        for example in filter(None, [*examples, kind.get("example")]):
            for place, type_name in shape(example):
                types.setdefault(place, set()).add(type_name)
    return types


def shape(value: Any, place: str = "") -> Iterator[tuple[str, str]]:
    """Yield the place and the type of everything in an answer."""
    kinds = {bool: "yes or no", int: "number", float: "number", str: "text", type(None): "nothing"}
    yield place, kinds.get(type(value), type(value).__name__)
    inner = value.items() if isinstance(value, Mapping) else [("*", one) for one in value] if isinstance(value, list) else []
    for name, one in inner:
        yield from shape(one, f"{place}/{name}")


def errors_of(judge: Any, body: Any, contract: Contract) -> Iterator[tuple[str, str]]:
    """Yield where a body is not what the schema says, and how."""
    for error in judge.iter_errors(body):
        place = "/".join("*" if isinstance(step, int) else str(step) for step in error.instance_path)
        if place.rpartition("/")[2] not in contract.words_beyond:
            yield place, str(error.message)[:300]


def faults(said: Sequence[Said], contract: Contract, specs: Sequence[Path]) -> list[str]:
    """Return what is wrong with answers, each fault once."""
    found: dict[str, str] = {}
    for one in said:
        path = one.path.removeprefix(contract.left_out)
        if path in contract.paths_beyond:
            continue
        files = [file for file in specs if operation(specification(file), one.method, path)]
        if not files:
            found.setdefault(f"{one.method} {path}", "is not in the contract")
            continue
        judge = validator(files[0], one.method, path, one.status)
        if judge == "undeclared":
            if one.status not in contract.statuses_beyond:
                found.setdefault(f"{one.method} {path} {one.status}", "is no status that the contract knows")
            continue
        # A vendor's own schemas say all; those written here show by examples what theirs leave open.
        is_ours = ".handwritten." in files[0].name
        types = shown(files[0], one.method, path, one.status) if is_ours else {}
        for place, type_name in shape(one.body):
            if type_name != "nothing" and (known := types.get(place, set()) - {"nothing"}) and type_name not in known:
                found.setdefault(f"{one.method} {path} {one.status} at {place}", f"{type_name} instead of {min(known)}")
        if judge is not None and not isinstance(one.body, bytes):
            for place, message in errors_of(judge, one.body, contract):
                found.setdefault(f"{one.method} {path} {one.status} at {place}", message)
    return [f"{where}: {what}" for where, what in found.items()]


def line_and_client(
    name: str, system: ServedSystem, *, is_known: bool = True, may_write: bool = False
) -> tuple[Line, RestClient]:
    """Return a stand-in, and a client that asks it; with a key that nobody has where it is not known."""
    connector = CONNECTORS[name]
    assert connector.api is not None
    clock = VirtualClock()
    machine = Machine(connector, stand_ins()[name], system, now=clock.monotonic_s)
    url = re.sub(r"^(https://[^/]+).*", r"\1", connector.api.url)
    machine.settle(url.replace("{instance_url}", "https://harbor.my.salesforce.com"))
    sign_in = connector.api.sign_in[0]
    invented = machine.invented_to_write if may_write else machine.invented
    word = invented.token if is_known else "a-key-that-nobody-has"
    header, prefix = sign_in.signature()
    if sign_in.way == "basic":
        import base64

        prefix, word = "Basic ", base64.b64encode(f"{USER}:{word}".encode()).decode()
    secret = Secret(word)
    credential = FixedCredential("env:KEY", HeaderAuth("sys", header, secret, prefix), (secret,))
    line = Line(machine)
    client = RestClient(
        "sys", connector.api, readings_of(connector), credential=credential,
        writings=[one.writing for one in connector.streams if one.writing is not None] if may_write else (),
        places=places_of(connector, CONTRACTS[name]), clock=clock, transport=line,
    )  # fmt: skip
    return line, client


def test_an_answer_that_the_vendor_never_gives_is_noticed(shared_dir: Path) -> None:
    """A number for a text, a field that is missing, a status and a path that nobody knows."""
    said = [
        Said("GET", "/crm/v3/objects/contacts", 200, {"results": [{"id": 1, "properties": {}}]}),
        Said("GET", "/crm/v3/objects/contacts", 418, {}),
        Said("GET", "/crm/v3/objects/boats", 200, {}),
    ]
    found = faults(said, CONTRACTS["hubspot"], [shared_dir / "specs" / CONTRACTS["hubspot"].files[0]])

    assert [one.partition(": ")[0].rpartition(" at ")[2] for one in found][-1] == "GET /crm/v3/objects/boats"
    assert any("results/*/id" in one for one in found)
    assert any("418" in one for one in found)


@pytest.mark.parametrize("name", NAMES)
def test_what_a_stand_in_answers_is_what_the_contract_says(name: str, tmp_path: Path, shared_dir: Path) -> None:
    """Every list from its first page to its last, changes, archives, the account: no answer that the vendor never gives."""
    pulled: list[PulledStream] = []
    with exports_of(name, tmp_path) as system, closing((asking := line_and_client(name, system))[1]):
        line, client = asking
        about = client.api.account
        if about is not None:
            accounts_of(about, client)
        for stream in CONNECTORS[name].streams:
            for since in (None, LONG_AGO):
                lists = [one for one in stream.readings if not (one.is_of_changes if since is None else one.is_of_all)]
                if not lists:
                    continue
                log = PageLog(tmp_path / f"{stream.name}-{since is None}")
                pulled.append(pull_stream(client, stream.name, lists, stream.path_key or stream.key, log, since=since))
                log.close()

    assert [str(one.error) for one in pulled if one.error is not None] == []
    assert sum(one.received for one in pulled) > 0
    assert faults(line.said, CONTRACTS[name], [shared_dir / "specs" / file for file in CONTRACTS[name].files]) == []


@pytest.mark.parametrize("name", NAMES)
def test_what_a_stand_in_refuses_it_refuses_as_the_contract_says(name: str, tmp_path: Path, shared_dir: Path) -> None:
    """A key that nobody has, and more requests than the vendor allows: statuses and bodies are the vendor's."""
    specs = [shared_dir / "specs" / file for file in CONTRACTS[name].files]
    reading = next(one for stream in CONNECTORS[name].streams for one in stream.readings)
    with exports_of(name, tmp_path) as system:
        line, client = line_and_client(name, system, is_known=False)
        with closing(client), pytest.raises(AuthError):
            client.answer(client.call(reading, "4711"), reading)
        refused = [*line.said]
        line, client = line_and_client(name, system)
        with closing(client), httpx.Client(transport=line, auth=client.credential.auth) as other:
            call, asked = client.call(reading, "4711"), 0
            # The client keeps the vendor's limits; whoever does not is told so.
            while not any(one.status == 429 for one in line.said) and (asked := asked + 1) < MOST_ASKED:
                other.request(call.method, call.url, params=dict(call.query), content=call.body)
    refused += line.said[-1:]
    # Some vendors count by the day alone.
    has_limit = min(one.count for one in client.api.limits) < MOST_ASKED

    assert [one.status for one in refused] == [401, 429 if has_limit else 200]
    assert faults(refused, CONTRACTS[name], specs) == []


def changed_streams(name: str, system: ServedSystem) -> Iterator[tuple[str, Writing, str]]:
    """Yield the streams that are changed, how, and a column whose text is."""
    for stream in CONNECTORS[name].streams:
        writing = stream.writing
        if writing is None or writing.update is None or stream.name not in system.streams:
            continue
        plain = [one for one in writing.fields if one.path and one.form == "text" and not one.values and not one.template]
        texts = {one.column for one in plain}
        usual = next((one for one in ("name", "description", "phone", "given_name") if one in texts), "")
        if usual and system.streams[stream.name].rows():
            yield stream.name, writing, usual


@pytest.mark.parametrize("name", [one for one in NAMES if any(stream.writing for stream in CONNECTORS[one].streams)])
def test_what_a_stand_in_answers_to_a_change_is_what_the_contract_says(name: str, tmp_path: Path, shared_dir: Path) -> None:
    """A record is read, changed and read again, where the contract says what the vendor answers then."""
    specs = [shared_dir / "specs" / file for file in CONTRACTS[name].files]
    with exports_of(name, tmp_path) as system, closing((asking := line_and_client(name, system, may_write=True))[1]):
        line, client = asking
        for stream, writing, column in changed_streams(name, system):
            row = system.streams[stream].rows()[0]
            record_id = stand_ins()[name].made_id(stream, row)
            change = change_of("update", "sys", stream, target_id=record_id, before={}, after={column: f"Other {stream}"})
            there = RestSystem(client, {stream: writing}, "USD")
            there.send(change, record_id, there.current(change, record_id), "key-1")
            current = there.current(change, record_id)
            assert current is not None
            assert current.values[column] == f"Other {stream}"
    left_out = CONTRACTS[name].left_out
    known = [
        one for one in line.said
        if any(operation(specification(file), one.method, one.path.removeprefix(left_out)) for file in specs)
    ]  # fmt: skip

    assert line.said
    assert faults(known, CONTRACTS[name], specs) == []
    assert known or name not in {"stripe", "asana"}
