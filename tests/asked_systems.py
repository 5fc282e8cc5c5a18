"""What tests of pulling begin with: a system on loopback, its lists, a credential, a client that never waits."""

import random
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx

from tests.fault_server import App, FaultServer, VirtualClock, served
from toolkit.connector import Api, Cursor, Keyset, LinkHeader, NextLink, Offset, PageNumber, Paging, Reading
from toolkit.connector.api import Changed
from toolkit.rest.client import RestClient
from toolkit.rest.newest import kept_records, superseded
from toolkit.rest.pages import PageLog
from toolkit.rest.pulling import PulledStream, pull_stream
from toolkit.rest.redaction import Secret

CANARY = "CANARY-s3cret/key=="

CHANGED = Changed("updated_at", param="updated_after")
CURSOR = Cursor("after", path="paging.next.after")
STYLES: Mapping[str, Paging] = {
    "cursor": CURSOR,
    "page": PageNumber(last="pages"),
    "offset": Offset(size=10, total="total"),
    "keyset": Keyset("after_id", "id"),
    "header": LinkHeader(),
    "link": NextLink("next"),
}


class Bearer(httpx.Auth):
    """Signs with a key."""

    def __init__(self, key: str) -> None:
        self.key = key

    def auth_flow(self, request: httpx.Request) -> Iterator[httpx.Request]:  # type: ignore[override]
        request.headers["Authorization"] = f"Bearer {self.key}"
        request.headers["X-Api-Key"] = self.key
        yield request


@dataclass(frozen=True)
class Key:
    """A credential that is a key."""

    key: str = CANARY
    reference: str = "env:CRM_TOKEN"
    places: Mapping[str, str] = field(default_factory=dict)
    granted_scopes: frozenset[str] | None = None

    @property
    def auth(self) -> httpx.Auth:
        return Bearer(self.key)

    @property
    def secrets(self) -> tuple[Secret, ...]:
        return (Secret(self.key),)


def reading(style: str = "cursor", **more: Any) -> Reading:
    """Return the list of people of `fault_server.ListSystem` in one style of paging."""
    records = "" if style == "header" else "results"
    usual: dict[str, Any] = {"records": records, "paging": STYLES[style], "changed": CHANGED}
    if style not in {"keyset", "header"}:
        usual["total"] = "total"
    return Reading("/people", **{**usual, **more})


@contextmanager
def asked_system(
    app: App,
    readings: Sequence[Reading] = (),
    *,
    clock: VirtualClock | None = None,
    credential: Any = None,
    date: datetime | None = None,
    **api: Any,
) -> Iterator[tuple[FaultServer, RestClient]]:
    """Yield a system on loopback and the client that asks it, on a clock of their own."""
    clock = clock or VirtualClock()
    with (
        served(app, lambda: date or clock.now()) as server,
        RestClient(
            "crm",
            Api(server.url, **api),
            readings or [reading()],
            credential=credential or Key(),
            clock=clock,
            chance=random.Random(1),
        ) as client,
    ):
        yield server, client


def pulled(
    client: RestClient, folder: Path, readings: Sequence[Reading], *, since: datetime | None = None
) -> tuple[PulledStream, list[dict[str, Any]]]:
    """Return what a pull says, and its records: the newest version of each."""
    with PageLog(folder) as log:
        found = pull_stream(client, "people", readings, ["id"], log, since=since)
        return found, log_records(log, readings, found)


def log_records(log: PageLog, readings: Sequence[Reading], found: PulledStream) -> list[dict[str, Any]]:
    """Return the records of a log, the newest version of each."""
    old = superseded(log, readings, ["id"], found.repeated)
    return [
        dict(row)
        for number, page in enumerate(log.pages())
        for place, row in enumerate(kept_records(page, readings, ["id"])[1])
        if (number, place) not in old
    ]
