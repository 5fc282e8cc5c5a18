"""One whole client: what happened, the files, the settings, and the truth of every handoff."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.clients import answers, oracle, plain, vendors
from benchmarks.clients.documents import Company, Document, Fate, company
from benchmarks.clients.faults import plant
from benchmarks.clients.plans import HOME, ClientPlan, HandoffPlan, client_plan
from benchmarks.clients.written import Table, write_tables

_WRITERS: dict[str, Callable[..., list[Table]]] = {
    one.__name__: one
    for one in (
        vendors.hubspot, vendors.pipedrive, vendors.shopify, vendors.asana, vendors.stripe, vendors.zendesk, vendors.chase,
        vendors.quickbooks, vendors.xero,
    )
}  # fmt: skip
_CATEGORY = {"crm": "crm", "shop": "shop", "projects": "projects", "payments": "payments", "bank": "bank",
"tickets": "support",
             "ledger": "ledger"}  # fmt: skip
_VENDOR_STREAM = {
    "deals": "deals", "orders": "orders", "jobs": "projects", "charges": "payments", "tickets": "tickets",
    "lines": "transactions", "invoices": "invoices", "receipts": "payments", "bills": "bills",
}  # fmt: skip
_CONNECTOR = {"chase": "bank", "pipedrive": "table", "plain": "table"}
_CLOSING = frozenset({"deals", "jobs", "tickets"})
_BY_TABLE = {("xero", "receipts"), ("xero", "bills"), ("pipedrive", "deals")}
_PIPEDRIVE = {
    "number": "Deal - ID", "name": "Deal - Title", "amount_minor": "Deal - Value", "currency": "Deal - Currency of value",
    "party_name": "Deal - Organization", "status": "Deal - Status", "created_at": "Deal - Deal created",
    "closed_at": ["Deal - Won time", "Deal - Lost time"],
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class HandoffTruth:
    """What is true of one handoff; ``is_amount_shown`` is false where the source keeps no amount to be compared with."""

    plan: HandoffPlan
    system_l: str
    stream_l: str
    system_r: str
    stream_r: str
    fates: list[Fate]
    volume: float | None
    waits: oracle.Waits
    money: oracle.Money
    is_amount_shown: bool


@dataclass(slots=True)
class Client:
    """A client: its plan, companies, files, settings and truth; ``named`` says of each stream whose system it stands in."""

    plan: ClientPlan
    companies: list[Company]
    tables: list[Table]
    settings: dict[str, Any]
    handoffs: list[HandoffTruth] = field(default_factory=list)

    def write(self, folder: Path) -> None:
        """Write exports and settings."""
        write_tables(self.tables, folder / "exports")
        (folder / "engagement.yaml").write_text(json.dumps(self.settings, indent=1, ensure_ascii=False), encoding="utf-8")

    def documents(self) -> dict[tuple[str, str], dict[str, list[Document]]]:
        """Return the documents by system and stream, then by number."""
        found: dict[tuple[str, str], dict[str, list[Document]]] = {}
        for one in self.companies:
            for stream, documents in one.streams.items():
                by_number = found.setdefault((one.plan.system(stream), named_stream(one, stream)), {})
                for document in documents:
                    by_number.setdefault(document.number, []).append(document)
        return found


def named_stream(of: Company, stream: str) -> str:
    """Return the name that the toolkit knows a stream of documents by."""
    form = of.plan.formats[HOME[stream]]
    return stream if form == "plain" or (form, stream) in _BY_TABLE else _VENDOR_STREAM[stream]


def client(seed: int, number: int) -> Client:
    """Return one client, always the same for the same seed and number."""
    plan = client_plan(seed, number)
    shared = answers.shared_answers(plan)
    found = Client(plan, [], [], _settings(plan, shared))
    taken: set[str] = set()
    for at, of in enumerate(plan.companies):
        rng = np.random.default_rng([seed, number, 4, at])
        one = company(plan, of, taken, rng)
        plant(plan, one, rng)
        found.companies.append(one)
        for kind in of.formats:
            _add_system(found, one, kind, [seed, number, 5, at])
        for handoff in of.handoffs:
            _add_handoff(found, one, handoff, shared)
    return found


def _settings(plan: ClientPlan, shared: answers.Answers) -> dict[str, Any]:
    return {
        "client": plan.name, "currency": plan.place.currency, "country": plan.place.code, "time_zone": plan.place.zone,
        "as_of": str(plan.as_of), "systems": {}, "handoffs": {},
        "rates": {"add_lost_revenue": plan.is_loss_added, **{name: list(one) for name, one in shared.told.items()}},
    }  # fmt: skip


def _add_system(found: Client, of: Company, kind: str, seed: list[int]) -> None:
    """Write one system's exports and how it is read."""
    name, form = f"{kind}{of.plan.name}", of.plan.formats[kind]
    book = vendors.name_book(of, kind, [*seed, *kind.encode()])
    settings: dict[str, Any] = {"connector": _CONNECTOR.get(form, form), "category": _CATEGORY[kind]}
    own = [stream for stream in of.streams if HOME[stream] == kind]
    if form != "plain":
        found.tables += _WRITERS[form](found.plan, of, book, name)
    described = {}
    for stream in own:
        if form == "pipedrive":
            described[stream] = {
                "entity": "deal", "file": ["deals-export.csv"], "key": ["Deal - ID"], "fields": dict(_PIPEDRIVE),
                "statuses": {"Won": "won", "Lost": "lost"},
            }  # fmt: skip
        elif form == "plain" or (form, stream) in _BY_TABLE:
            laid = plain.layout(found.plan, stream, name, [*seed, *stream.encode()])
            found.tables.append(plain.table(found.plan, of, book, laid))
            described[stream] = _described(laid)
    if kind == "ledger" and form == "plain":
        for who, role in (("customers", "customer"), *((("suppliers", "vendor"),) if "bills" in own else ())):
            table, columns = plain.party_table(of, book, who, name, found.plan.place.language)
            found.tables.append(table)
            described[who] = {
                "entity": "party", "file": [f"{who}.csv"], "key": [columns.pop("key")], "fields": columns, "roles": [role],
                "kind": "company",
            }  # fmt: skip
    if described:
        settings["streams"] = described
    found.settings["systems"][name] = settings


def _described(laid: plain.Layout) -> dict[str, Any]:
    fields: dict[str, Any] = dict(laid.fields)
    key = {"key": [laid.fields["number"]]} if "number" in laid.fields else {}
    return {
        "entity": laid.entity, "file": [laid.path.rsplit("/", 1)[1]], **key, "fields": fields,
        "decimal_sign": laid.decimal,
        **({"statuses": laid.statuses} if laid.statuses else {}),
    }  # fmt: skip


def _add_handoff(found: Client, of: Company, handoff: HandoffPlan, shared: answers.Answers) -> None:
    own = answers.handoff_answers(found.plan, handoff)
    waits = oracle.waits(found.plan, of.plan, handoff)
    fates = of.fates[handoff.handoff_id]
    money = oracle.money(found.plan, of.plan, handoff, shared, own, delay_days=float(waits.days.mean()))
    sides = [(of.plan.system(stream), named_stream(of, stream)) for stream in (handoff.source, handoff.target)]
    found.handoffs.append(
        HandoffTruth(
            handoff, *sides[0], *sides[1], fates, oracle.volume(found.plan, fates), waits, money,
            not (handoff.source == "tickets" and of.plan.formats["tickets"] == "zendesk"),
        )
    )  # fmt: skip
    found.settings["handoffs"][handoff.handoff_id] = {
        "from": ".".join(sides[0]), "to": ".".join(sides[1]), "label": handoff.label, "by": handoff.by,
        "trigger": "status_change" if handoff.source in _CLOSING else "record_created", "carrier": "reentry",
        "grace_days": handoff.grace_days,
        **{name: {"value": list(one), "evidence": "interview", "who": handoff.by} for name, one in own.told.items()},
    }  # fmt: skip
