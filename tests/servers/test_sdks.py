"""Vendors' own published clients, which nobody here wrote, against our stand-ins: each gets every record, once."""

import json
import os
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from tests.contract.test_stand_ins import exports_of
from tests.servers.running import FOLDER, PROGRAMS, installed
from toolkit.connectors import connector_of
from toolkit.sandbox.running import Running, running, stand_ins
from toolkit.sandbox.served import ServedStream, ServedSystem
from toolkit.tables import ENTITY_SCHEMAS

pytestmark = pytest.mark.servers


@dataclass(frozen=True, slots=True)
class Listed:
    """What a vendor's client lists: streams, of how many records, so that there are several pages, and how it is asked.

    ``refs`` are columns whose records the client reads as companies that others are of.
    """

    streams: tuple[str, ...]
    count: int = 250
    given: Mapping[str, Any] = field(default_factory=dict)
    refs: Mapping[str, str] = field(default_factory=dict)
    is_for_node: bool = False


def documents(vendor: str, *streams: str) -> dict[str, Any]:
    """Return the documents that a connector of a graph sends: the vendor's client brings none of its own."""
    connector = connector_of(vendor)
    assert connector is not None
    lists = {name: connector.stream(name).readings[0] for name in streams}
    return {name: {**json.loads(one.body), "list": one.records.split(".")[1]} for name, one in lists.items()}


VENDORS = {
    "quickbooks": Listed(("customers", "invoices"), given={"realm_id": "9130347"}, is_for_node=True),
    "hubspot": Listed(("companies", "contacts", "deals"), refs={"deals": "party_ref"}),
    "salesforce": Listed(
        ("accounts", "contacts"),
        2100,
        {"queries": {"accounts": "SELECT Id, Name FROM Account", "contacts": "SELECT Id, Name FROM Contact"}},
    ),
    "shopify": Listed(("customers", "orders"), given={"documents": documents("shopify", "customers", "orders")}),
    "stripe": Listed(("customers", "payments")),
    "zendesk": Listed(("tickets", "users")),
}
LISTED = sorted(set(stand_ins()) & set(VENDORS))


def many(system: ServedSystem, listed: Listed) -> ServedSystem:
    """Return a system that holds the first record of each stream many times, under ids of the same shape."""
    streams = {}
    for name in listed.streams:
        [first, *_] = system.streams[name].records.to_pylist()
        rows = []
        for number in range(listed.count):
            one = f"{first['record_id'][:3]}{number:0{max(6, len(first['record_id']) - 3)}d}"
            key = f"{first['record_key'].rpartition('/')[0]}/{one}"
            rows.append({**first, "record_id": one, "record_key": key, "alt_ids": None, "merged_into": None})
        full = ENTITY_SCHEMAS[first["entity"]].from_rows([{"raw": None, **row} for row in rows])
        streams[name] = ServedStream(full.select(system.streams[name].records.column_names))
    return replace(system, streams=streams)


def program_of(listed: Listed) -> Sequence[str | Path]:
    """Return what runs the vendor's client; skip the test where it is not installed."""
    if not listed.is_for_node:
        return [installed("sdks", "sdks/bin/python"), PROGRAMS / "sdk_list.py"]
    installed("node_sdks", "node_sdks/node_modules/node-quickbooks")
    return ["node", PROGRAMS / "sdk_list.js"]


def listed_by_client(vendor: str, one: Running, command: Sequence[str | Path]) -> dict[str, list[str]]:
    """Return the ids that the vendor's own client lists."""
    api = one.machine.connector.api
    assert api is not None
    given = {
        "url": one.machine.url, "token": one.machine.invented.token, "version": api.version.lstrip("v"),
        **VENDORS[vendor].given,
    }  # fmt: skip
    said = subprocess.run(
        [*command, vendor], check=False, input=json.dumps(given), capture_output=True, text=True, timeout=100,
        env={**os.environ, "NODE_PATH": str(FOLDER / "node_sdks" / "node_modules")},
    )  # fmt: skip
    assert said.returncode == 0, said.stderr[-3000:]
    return dict(json.loads(said.stdout))


@pytest.mark.parametrize("vendor", LISTED)
def test_the_vendors_own_client_gets_every_record(vendor: str, tmp_path: Path) -> None:
    """It signs in, goes from page to page as its makers thought, and ends: nothing lacks and nothing comes twice."""
    listed = VENDORS[vendor]
    command = program_of(listed)
    with exports_of(vendor, tmp_path) as system, running([many(system, listed)]) as [one]:
        found = listed_by_client(vendor, one, command)
        made = one.machine.stand_in.made_id
        held = {name: [made(name, row) for row in stream.rows()] for name, stream in one.machine.system.streams.items()}
        for name, column in listed.refs.items():
            rows = one.machine.system.streams[name].rows()
            held[f"{name} of companies"] = [f"{made(name, row)}>{row[column]}" for row in rows]

    assert {name: sorted(ids) for name, ids in found.items()} == {name: sorted(ids) for name, ids in held.items()}
    assert all(len(set(ids)) == listed.count for ids in held.values())
