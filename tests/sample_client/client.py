"""Puts the sample client together: the world, what happened, the exports, the truth."""

import random
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tests.sample_client import exports, exports_field, exports_ledger, parties, planting, truth
from tests.sample_client.documents import Carried, Document
from tests.sample_client.fitout import FitOut, planned_deals
from tests.sample_client.planting import Planted
from tests.sample_client.purchases import Purchases
from tests.sample_client.service import Service, numbered_tickets
from tests.sample_client.webshop import WebShop, accounts_of, planned_orders
from tests.sample_client.world import Person, World, built_world

SEED = 20261005
UNBILLED_COUNT = 6


@dataclass(slots=True)
class Client:
    """The finished client."""

    register: parties.Register
    streams: dict[str, list[Document]]
    carried: list[Carried]
    planted: list[Planted]


def built_client(seed: int = SEED) -> Client:
    """Return the sample client of one seed."""
    world = built_world(seed)
    register = parties.Register(seed, world)
    deals = planned_deals(seed, world)
    buyers = _buyers(seed, world)
    orders = planned_orders(seed, buyers)
    fit_out, shop = FitOut(seed, world, deals), WebShop(seed, register, orders)

    first_seen = {one.account_id: one.at for one in reversed(deals) if one.at}
    parties.add_crm(register, first_seen, {one.account_id for one in deals})
    parties.add_shop(register, buyers)
    unbilled = _unbilled(seed, fit_out.won)
    heads = {one.entity_id for one in world.group("head")}
    known = ({one.account_id for one in fit_out.won} - unbilled) | shop.ledger_accounts() | heads
    parties.add_ledger_customers(register, accounts_of(register, known))
    parties.add_vendors(register)
    parties.add_support(register, {world.staff(one)[0].entity_id for one in world.group("customer")})
    parties.add_employees(register)
    planted = planting.planted_in_parties(seed, register)

    fit_out.make_projects()
    fit_out.make_tickets(register)
    fit_out.make_jobs()
    fit_out.make_invoices(register, unbilled=unbilled)
    shop.make_charges()
    shop.choose_missing()
    shop.make_invoices()
    shop.make_receipts()
    service = Service(seed, register)
    service.make_tickets()
    service.make_invoices()
    for row in fit_out.found("deal_to_invoice"):
        if row.target and row.error_kind == "factor":
            row.target.cells["unpayable"] = "yes"

    purchases = Purchases(seed, register)
    purchases.make_bills()
    purchases.pay_bills()
    invoices = [*fit_out.invoices, *shop.invoices, *service.invoices]
    spoiled = planting.planted_in_invoices(seed, invoices)
    purchases.receive(invoices, {one.entity_id: one.core for one in world.companies})
    purchases.bank_receipts()
    purchases.other_lines()
    purchases.number_lines(shop.payouts())
    for row in purchases.truth:
        if row.handoff_id == "bill_to_bank" and row.status == "found" and row.source:
            row.source.cells["paid"] = "yes"
    _number_ledger(invoices, service.credits, [*shop.receipts, *purchases.receipts])
    tickets = [*fit_out.tickets, *service.tickets]
    numbered_tickets(tickets, random.Random(f"{seed}/tickets"))
    planted += [
        Planted(*document.key, column, kind, _cell(document, column), right)
        for document, column, kind, right in [*spoiled, *purchases.errors]
    ]

    streams = {
        "crm/deals": deals,
        "projects/projects": fit_out.projects,
        "projects/tasks": fit_out.subtasks,
        "site_log/jobs": fit_out.jobs,
        "support/tickets": tickets,
        "shop/orders": orders,
        "payments/payments": shop.charges,
        "ledger/invoices": invoices,
        "ledger/credit_memos": service.credits,
        "ledger/payments": [*shop.receipts, *purchases.receipts],
        "ledger/bills": purchases.bills,
        "bank/transactions": purchases.lines,
    }
    return Client(register, streams, [*fit_out.truth, *shop.truth, *purchases.truth], planted)


def write_client(client: Client, exports_folder: Path, truth_folder: Path, seed: int = SEED) -> None:
    """Write the exports and, elsewhere, the truth."""
    streams, register = client.streams, client.register
    exports.write_crm(exports_folder, seed, register, streams["crm/deals"])
    listed = sorted([*streams["ledger/invoices"], *streams["ledger/credit_memos"]], key=lambda one: (one.on, one.number))
    receipts = sorted(streams["ledger/payments"], key=lambda one: (one.on, one.number))
    exports_ledger.write_ledger(
        exports_folder, seed, register, {"invoices": listed, "bills": streams["ledger/bills"], "payments": receipts}
    )
    exports.write_payments(exports_folder, seed, register, streams["payments/payments"])
    exports.write_shop(exports_folder, seed, register, streams["shop/orders"])
    exports_field.write_projects(exports_folder, seed, streams["projects/projects"], streams["projects/tasks"])
    exports_field.write_support(exports_folder, seed, register, streams["support/tickets"])
    exports_field.write_people(exports_folder, seed, register)
    exports_field.write_bank(exports_folder, streams["bank/transactions"])
    exports_field.write_site_log(exports_folder, seed, streams["site_log/jobs"])

    documents = [one for stream in streams.values() for one in stream]
    truth.write_parties(truth_folder, register)
    truth.write_lookalikes(truth_folder, register)
    truth.write_names(truth_folder, documents)
    truth.write_documents(truth_folder, documents)
    truth.write_handoffs(truth_folder, client.carried)
    truth.write_errors(truth_folder, client.planted)
    truth.write_mismatches(truth_folder, register)
    party_streams: dict[str, list[object]] = {}
    for one in register.records:
        party_streams.setdefault(f"{one.system}/{one.stream}", []).append(one)
    truth.write_totals(truth_folder, {**party_streams, **streams})


def _buyers(seed: int, world: World) -> list[Person]:
    """Return who buys in the web shop: consumers, small firms, and some clients of the fit-out business."""
    rng = random.Random(f"{seed}/buyers")
    firms = [
        world.staff(one)[0]
        for one in (*world.group("shop"), *rng.sample([one for one in world.group("customer") if not one.branch], 16))
    ]
    return [*world.consumers(), *firms]


def _unbilled(seed: int, won: list[Document]) -> set[str]:
    """Return clients whose only deal never became an invoice: the ledger does not know them."""
    rng = random.Random(f"{seed}/unbilled")
    counts: dict[str, list[Document]] = {}
    for deal in won:
        counts.setdefault(deal.account_id, []).append(deal)
    once = [account for account, own in counts.items() if len(own) == 1 and own[0].on < date(2026, 9, 1)]
    return set(rng.sample(once, UNBILLED_COUNT))


def _number_ledger(invoices: list[Document], credits_: list[Document], receipts: list[Document]) -> None:
    """Number the ledger's documents in the order in which they were entered."""
    for number, one in enumerate(
        sorted(
            invoices, key=lambda one: (one.cells.get("entered", one.on.isoformat()), one.party, one.amount_minor, one.role)
        ),
        10231,
    ):
        one.record_id = one.number = str(number)
    for number, one in enumerate(sorted(credits_, key=lambda one: (one.on, one.party)), 1):
        one.record_id = one.number = f"CM-{number:03d}"
    for number, one in enumerate(sorted(receipts, key=lambda one: (one.on, one.party, one.amount_minor, one.role)), 20001):
        one.record_id = one.number = f"R-{number}"


def _cell(document: Document, column: str) -> str:
    shown = {"gl_code": "account", "due_on": "due"}.get(column)
    if shown:
        return document.cells[shown]
    return {
        "amount_minor": str(document.amount_minor),
        "number": document.record_id,
        "party_ref": document.party,
        "issued_on": document.on.isoformat(),
    }[column]
