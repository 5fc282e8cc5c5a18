"""A CRM that is read and changed over its interface: a few customers, some of whom stand there twice."""

import copy
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.command_line import Called, call
from tests.fault_server import served
from tests.vendor_doubles import Double, Kind

NAMES = (
    "Almond Bakery", "Birch Tutoring", "Copper Kettle", "Dorset Pharmacy", "Elmwood Florist", "Foster Plumbing",
    "Granite Law", "Harbor Optics", "Indigo Studio", "Juniper Dental", "Kestrel Roofing", "Larkspur Clinic",
    "Maple Fitness", "Norwood Autos", "Orchard Press", "Pinecrest Inn", "Quarry Tools", "Redwood Books",
    "Saffron Grill", "Tamarack Yoga", "Upland Farms", "Violet Salon", "Walnut Motors", "Xenia Travel",
)  # fmt: skip
TWICE = 6

SETTINGS = """\
client: Harbor
systems:
  crm:
    connector: rest
    api: {{url: "{url}"{account}}}
{sign_in}    streams:
      companies:
        entity: party
        kind: company
        roles: [customer]
        key: [id]
        read: {{path: /companies, records: results}}
        fields: {{name: name, phone: contact.phone, website: domain, created_at: created_at, updated_at: updated_at,
                 state: {{column: archived, values: {{"true": archived}}}}}}
{write}"""
WRITE = """\
        write:
          one: /companies/{id}
          fields: {name: name, phone: contact.phone, website: domain, parent_ref: parent}
          create: {method: POST, path: /companies}
          update: {method: PATCH, path: "/companies/{id}"}
          archive: {method: PATCH, path: "/companies/{id}", body: {archived: true}, fields: false}
          restore: {method: PATCH, path: "/companies/{id}", body: {archived: false}, fields: false}
          archived: {archived: "true"}
          stamp: updated_at
          mark: {field: our_mark, path: /companies, param: our_mark, records: results}
          settle_s: 0
"""
OF_KIND = {
    "keys": "          key: {header: Idempotency-Key, hours: 24}\n",
    "versions": "          version: {header: ETag, condition: If-Match}\n",
    "counted": "          version: {path: version, condition_path: version}\n",
    "neither": "",
}


def customers() -> dict[str, dict[str, Any]]:
    """Return twenty-four customers, of whom six stand there twice, written otherwise."""
    found = {}
    for number, name in enumerate([*NAMES, *NAMES[:TWICE]]):
        place = number % len(NAMES)
        again = number >= len(NAMES)
        phone = f"(312) 555-01{place:02d}" if again else f"312-555-01{place:02d}"
        found[str(number + 1)] = {
            "id": str(number + 1),
            "name": f"{name} Inc" if again else name,
            "contact": {"phone": phone},
            "domain": f"{name.replace(' ', '').lower()}.example",
            "parent": None,
            "archived": False,
            "created_at": f"2026-0{1 + again}-{1 + place:02d}T09:00:00Z",
            "updated_at": f"2026-03-{1 + place:02d}T09:00:00Z",
            "version": 1,
        }
    return found


@contextmanager
def client(folder: Path, kind: Kind, *, write: bool = True, sign_in: str = "", account: str = "") -> Iterator[Double]:
    """Serve a system and pull it into an engagement."""
    double = Double(kind, customers())
    with served(double) as server:
        folder.mkdir()
        how = f"{WRITE}{OF_KIND[kind]}" if write else ""
        text = SETTINGS.format(url=server.url, write=how, sign_in=sign_in, account=account)
        (folder / "engagement.yaml").write_text(text, "utf-8")
        assert call("pull", folder).code == 0
        yield double


def planned(folder: Path) -> str:
    """Plan a cleanup, and agree to it."""
    found = json.loads(call("plan", "cleanup", "crm", folder, "--json").out)
    assert found["changes"] > 10
    assert call("plan", "approve", found["plan"], folder, "--by", "Nora").code == 0
    return str(found["plan"])


def sent(called: Called) -> dict[str, Any]:
    """Return what a job said to a machine."""
    found: dict[str, Any] = json.loads(called.out)
    return found


def values(double: Double) -> dict[str, dict[str, Any]]:
    """Return what records hold, their versions aside."""
    return {
        key: {name: value for name, value in record.items() if name not in {"version", "our_mark", "updated_at"}}
        for key, record in copy.deepcopy(double.records).items()
    }
