"""What tests of the sandbox begin with: the example connector of the page, a few records of it, a stand-in that runs."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pyarrow as pa

from tests.contract.test_asked_connectors import example
from toolkit.connector import Connector
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
