"""What tests of the sandbox begin with: the example connector of the page, a few records of it, a stand-in that runs."""

import dataclasses
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import httpx
import pyarrow as pa

from tests.asked_systems import Key
from tests.contract.test_asked_connectors import example
from tests.fault_server import VirtualClock
from toolkit.connector import Connector
from toolkit.rest.client import RestClient
from toolkit.rest.newest import kept_records
from toolkit.rest.pages import PageLog
from toolkit.rest.pulling import PulledStream, pull_stream
from toolkit.sandbox.exchange import Asked, Given
from toolkit.sandbox.machine import Machine
from toolkit.sandbox.served import ServedStream, ServedSystem
from toolkit.sandbox.server import StandInServer, served
from toolkit.sandbox.stand_in import StandIn
from toolkit.tables import ENTITY_SCHEMAS

MONDAY = datetime(2026, 10, 5, 8, tzinfo=UTC)


def records(entity: str, rows: Sequence[dict[str, Any]]) -> pa.Table:
    """Return canonical records; what a row leaves out is null."""
    common = {"system": "crm", "stream": "people", "entity": entity, "state": "active", "kind": "person"}
    schema = ENTITY_SCHEMAS[entity]
    full = [{name: {**common, **row}.get(name) for name in schema.names} for row in rows]
    for row in full:
        row["record_key"] = f"{row['system']}/{row['stream']}/{row['record_id']}"
    return schema.from_rows(full)


def people(count: int, **more: Any) -> ServedStream:
    """Return persons with ids from 1, changed hour by hour."""
    rows = [
        {
            "record_id": str(number),
            "given_name": f"Person {number}",
            "email": f"p{number}@example.com",
            "updated_at": MONDAY + timedelta(hours=number),
            **more,
        }
        for number in range(1, count + 1)
    ]
    return ServedStream(records("party", rows))


def machine(stream: ServedStream, stand_in: StandIn | None = None, connector: Connector | None = None) -> Machine:
    """Return a stand-in of the example's vendor."""
    connector = connector or example()
    system = ServedSystem("crm", connector.name, {connector.streams[0].name: stream})
    return Machine(connector, stand_in or StandIn(sizes=(4, 100)), system)


def ask(one: Machine, path: str, *, method: str = "GET", body: bytes = b"", **query: str) -> Given:
    """Return the answer to a signed request."""
    headers = {"authorization": f"Bearer {one.invented.token}"}
    return one.answer(Asked(method, path, query, headers, body))


@contextmanager
def standing_in(stream: ServedStream, **more: Any) -> Iterator[StandInServer]:
    """Serve a stand-in of the example's vendor."""
    with served(machine(stream, **more)) as server:
        yield server


class Wire(httpx.BaseTransport):
    """Hands requests to a stand-in without a line in between."""

    def __init__(self, one: Machine) -> None:
        self.one = one
        self.sent: list[Asked] = []

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        headers = {name.casefold(): value for name, value in request.headers.items()}
        query = dict(parse_qsl(request.url.query.decode(), keep_blank_values=True))
        self.sent.append(Asked(request.method, request.url.path, query, headers, request.read()))
        given = self.one.answer(self.sent[-1])
        headers_back = {"content-type": given.kind, **given.headers}
        return httpx.Response(given.status, headers=headers_back, content=given.content)


def with_list(connector: Connector, **changes: Any) -> Connector:
    """Return the example with one list of people only, changed."""
    stream = connector.streams[0]
    only = dataclasses.replace(stream.readings[0], **changes)
    return dataclasses.replace(connector, streams=(dataclasses.replace(stream, readings=(only,)),))


def ids_pulled(
    connector: Connector, one: Machine, folder: Path, since: datetime | None = None
) -> tuple[list[str], PulledStream, list[Asked]]:
    """Return the ids that a pull brings from a stand-in, in order, what it says, and what was sent."""
    assert connector.api is not None
    api = dataclasses.replace(connector.api, url="https://stand-in.example/v3", headers=())
    [reading] = connector.streams[0].readings
    clock, wire = VirtualClock(), Wire(one)
    with (
        RestClient("crm", api, [reading], credential=Key(one.invented.token), clock=clock, transport=wire) as client,
        PageLog(folder) as log,
    ):
        found = pull_stream(client, "people", [reading], ["id"], log, since=since)
        return [str(row["id"]) for page in log.pages() for row in kept_records(page, [reading], ["id"])[1]], found, wire.sent
