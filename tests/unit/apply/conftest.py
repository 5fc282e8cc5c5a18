"""A small CRM, its records as the snapshot holds them, and plans on it."""

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import pyarrow as pa
import pytest

from toolkit.changes import Operation, Plan, Target, made_plan
from toolkit.tables import DOCUMENT, PARTY

COMPANIES: list[dict[str, Any]] = [
    {"Record ID": "0101", "Company name": "Acme Ltd", "Phone Number": "", "Street Address": "1 Main St", "City": "Leeds"},
    {"Record ID": "0102", "Company name": "ACME", "Phone Number": "+44 113 496 0000", "Street Address": "", "City": ""},
    {"Record ID": "0103", "Company name": "=HYPERLINK(1)", "Phone Number": "555", "Street Address": "", "City": "York"},
]
_COLUMNS = {"Company name": "name", "Phone Number": "phone", "Street Address": "street", "City": "city"}


def party_row(cells: Mapping[str, str], columns: Mapping[str, str], key: str, stream: str = "companies") -> dict[str, Any]:
    """Return a canonical record of a row of a file."""
    return {
        "record_key": f"crm/{stream}/{cells[key]}",
        "system": "crm",
        "stream": stream,
        "record_id": cells[key],
        "entity": "party",
        "state": "active",
        "kind": "company",
        "raw": json.dumps(dict(cells)),
        **{column: cells[header] or None for header, column in columns.items() if header in cells},
    }


@pytest.fixture
def companies() -> pa.Table:
    """Three companies of a HubSpot export."""
    return PARTY.from_rows(party_row(one, _COLUMNS, "Record ID") for one in COMPANIES)


@pytest.fixture
def documents() -> Callable[..., pa.Table]:
    """Documents of a stream."""

    def made(stream: str, entity: str, *rows: dict[str, Any]) -> pa.Table:
        return DOCUMENT.from_rows(
            {
                "record_key": f"sys/{stream}/{row['record_id']}",
                "system": "sys",
                "stream": stream,
                "entity": entity,
                "state": "active",
                **row,
            }
            for row in rows
        )

    return made


@pytest.fixture
def plan() -> Callable[..., Plan]:
    """A plan of these changes."""

    def made(operations: Iterable[Operation], connector: str = "hubspot", system: str = "crm") -> Plan:
        return made_plan(
            "cleanup",
            engagement_id="acme",
            target=Target(system, connector),
            snapshot_ids={f"{system}/companies": "00"},
            rules_hash="r",
            operations=operations,
            record_counts={"companies": 3},
        )

    return made
