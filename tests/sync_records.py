"""Records of a small client with a CRM, a shop, a tracker and a ledger, as the planning of syncs reads them."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pyarrow as pa

from toolkit.changes import LeftOut, Operation
from toolkit.plan.planned import Planned
from toolkit.plan.sync_rules import SyncHandoff, SyncRules
from toolkit.plan.sync_tables import SyncTables
from toolkit.tables import (
    COUNTERPART,
    CROSSWALK,
    DOCUMENT,
    DOCUMENT_LINE,
    FINDING,
    GOLDEN,
    MISMATCH,
    PAIR,
    PARTY,
    SNAPSHOT,
    SYNC_BASE,
    Schema,
)

TODAY = date(2026, 10, 5)
SPRING = date(2026, 3, 2)
DEAL_TO_INVOICE = SyncHandoff("deal_to_invoice", "crm", "deals", "deal", "ledger", "invoices", "invoice")
ORDER_TO_INVOICE = SyncHandoff("order_to_invoice", "shop", "orders", "order", "ledger", "invoices", "invoice")
RULES = SyncRules(handoffs=(DEAL_TO_INVOICE,))
_SCHEMAS: Mapping[str, Schema] = {
    "parties": PARTY,
    "documents": DOCUMENT,
    "lines": DOCUMENT_LINE,
    "crosswalk": CROSSWALK,
    "golden": GOLDEN,
    "pairs": PAIR,
    "mismatches": MISMATCH,
    "counterparts": COUNTERPART,
    "findings": FINDING,
    "snapshots": SNAPSHOT,
    "base": SYNC_BASE,
}


def tables(**rows: Iterable[Mapping[str, Any]]) -> SyncTables:
    """Return tables of these rows; what is not named is empty."""
    return SyncTables(**{name: _SCHEMAS[name].from_rows(found) for name, found in rows.items()})


def with_rows(known: SyncTables, **rows: Iterable[Mapping[str, Any]]) -> SyncTables:
    """Return tables with these rows in place of their own."""
    return replace(known, **{name: _SCHEMAS[name].from_rows(found) for name, found in rows.items()})


def plus_rows(known: SyncTables, **rows: Iterable[Mapping[str, Any]]) -> SyncTables:
    """Return tables with further rows."""
    added = {name: pa.concat_tables([getattr(known, name), _SCHEMAS[name].from_rows(found)]) for name, found in rows.items()}
    return replace(known, **added)


def party(key: str, name: str, **values: Any) -> dict[str, Any]:
    """Return a row of PARTY, of a company that is a customer."""
    system, stream, record_id = key.split("/", 2)
    facts = {"record_key": key, "system": system, "stream": stream, "record_id": record_id, "entity": "party"}
    return {**facts, "state": "active", "kind": "company", "roles": ["customer"], "name": name, **values}


def document(key: str, entity: str, **values: Any) -> dict[str, Any]:
    """Return a row of DOCUMENT."""
    system, stream, record_id = key.split("/", 2)
    facts = {"record_key": key, "system": system, "stream": stream, "record_id": record_id, "entity": entity}
    return {**facts, "state": "active", "number": record_id, "currency": "USD", **values}


def walk(key: str, golden_id: str, **values: Any) -> dict[str, Any]:
    """Return a row of CROSSWALK, of a record that a rule or nobody joined."""
    system, stream, record_id = key.split("/", 2)
    facts = {"record_key": key, "system": system, "stream": stream, "record_id": record_id}
    return {
        **facts,
        "golden_id": golden_id,
        "account_id": golden_id,
        "match_probability": 1.0,
        "decided_by": "rule",
        **values,
    }


def golden(golden_id: str, column: str, value: str, key: str, reason: str = "only value") -> dict[str, Any]:
    """Return a row of GOLDEN."""
    return {"golden_id": golden_id, "column": column, "value": value, "record_key": key, "reason": reason}


def counterpart(handoff_id: str, key_l: str, status: str = "missing", **values: Any) -> dict[str, Any]:
    """Return a row of COUNTERPART."""
    facts = {"handoff_id": handoff_id, "key_l": key_l, "status": status, "event_on": SPRING, "is_error": False}
    return {**facts, "probability": 1.0 if status == "found" else None, **values}


def mismatch(column: str, key_l: str, key_r: str, value_l: str | None, value_r: str | None, **values: Any) -> dict[str, Any]:
    """Return a row of MISMATCH of the party ``g``."""
    kind = "missing_l" if value_l is None else "missing_r" if value_r is None else "different"
    facts = {"golden_id": "g", "column": column, "key_l": key_l, "key_r": key_r, "value_l": value_l, "value_r": value_r}
    systems = {"system_l": key_l.partition("/")[0], "system_r": key_r.partition("/")[0]}
    return {**facts, **systems, "kind": kind, "changed_last": "unknown", **values}


def pair(key_l: str, key_r: str, decision: str = "review", decided_by: str = "model") -> dict[str, Any]:
    """Return a row of PAIR."""
    left, right = sorted((key_l, key_r))
    facts = {"key_l": left, "key_r": right, "match_weight": 3.0, "match_probability": 0.6}
    return {**facts, "decision": decision, "decided_by": decided_by}


def finding(key: str, column: str, rule: str = "format") -> dict[str, Any]:
    """Return a row of FINDING: a value that fails a check."""
    system, stream, _ = key.split("/", 2)
    return {"check_id": f"{system}.{stream}.{column}.{rule}", "record_key": key, "column": column, "reason": "no value"}


def snapshot(system: str, stream: str, *, is_complete: bool = True) -> dict[str, Any]:
    """Return a row of SNAPSHOT."""
    facts = {"system": system, "stream": stream, "entity": "party", "connector": "table", "rows": 1, "rows_absent": 0}
    times = {"taken_at": datetime(2026, 10, 5, tzinfo=UTC), "sha256": "0", "path": "snapshots/x"}
    return {**facts, **times, "is_complete": is_complete}


def missing_invoice() -> SyncTables:
    """Return the tables of a won deal without an invoice, of a customer of the ledger, beside one that has its own."""
    return tables(
        parties=[
            party("crm/companies/7", "Acme Inc", website="acme.example"),
            party("ledger/customers/Acme", "Acme"),
        ],
        documents=[
            document("crm/deals/1", "deal", name="Lobby", amount_minor=50_000, party_key="crm/companies/7", status="Won"),
            document("crm/deals/2", "deal", name="Annex", amount_minor=70_000, party_key="crm/companies/7", status="Won"),
            document(
                "ledger/invoices/90", "invoice", description="Annex", amount_minor=70_000, party_ref="Acme",
                party_key="ledger/customers/Acme", issued_on=date(2026, 2, 1), due_on=date(2026, 3, 3), paid_minor=0,
                status="Open",
            ),
        ],
        crosswalk=[walk("crm/companies/7", "g"), walk("ledger/customers/Acme", "g")],
        golden=[golden("g", "name", "Acme Inc", "crm/companies/7")],
        counterparts=[
            counterpart("deal_to_invoice", "crm/deals/1"),
            counterpart("deal_to_invoice", "crm/deals/2", "found", key_r="ledger/invoices/90"),
        ],
    )  # fmt: skip


def one_change(found: Planned) -> Operation:
    """Return the only change of what was planned."""
    [made] = found.operations
    return made


def reasons(found: Planned | Iterable[LeftOut | object]) -> list[str]:
    """Return why things were left out, in order."""
    left_out = found.left_out if isinstance(found, Planned) else found
    return sorted(one.reason for one in left_out if isinstance(one, LeftOut))
