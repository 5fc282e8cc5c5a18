"""What a client is: its companies, their systems, the handoffs between them, and the rates that everything is drawn from.

Drawn per client: country and trade; one to three companies; per company two to five kinds of system; 8 to 14 months up to a
day within the next. Per handoff: 12 to 45 items a month; errors Beta(1.2, 22) plus half a percent; missing items Beta(1,
24); second entries 0 to 2 %; a wait with a median of .3 to 5 days and sigma .4 to .9; the target quotes the source's number
always (5 of 10 handoffs), in 93 to 99 % (4 of 10) or in 80 % (1 of 10).
"""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from benchmarks.clients.chance import Floats, Wait, season
from benchmarks.clients.places import PLACES, TRADES, Place

KINDS = ("crm", "shop", "projects", "payments", "bank", "tickets")
_FORMATS = {
    "crm": ("hubspot", "pipedrive", "plain"), "shop": ("shopify", "plain"), "projects": ("asana", "plain", "plain"),
    "payments": ("stripe", "plain"), "bank": ("chase", "plain"), "tickets": ("zendesk", "plain", "plain"),
    "ledger": ("quickbooks", "xero", "plain", "plain"),
}  # fmt: skip
_LABELS = {
    ("deals", "jobs"): "Won deals set up as jobs", ("jobs", "invoices"): "Finished jobs invoiced",
    ("deals", "invoices"): "Won deals invoiced", ("orders", "invoices"): "Shop orders invoiced",
    ("orders", "charges"): "Shop orders paid by card", ("tickets", "invoices"): "Service calls invoiced",
    ("charges", "receipts"): "Card payments entered in the ledger", ("receipts",
    "lines"): "Receipts checked against the bank",
    ("bills", "lines"): "Bills paid from the bank",
}  # fmt: skip
HOME = {
    "deals": "crm", "orders": "shop", "jobs": "projects", "charges": "payments", "lines": "bank", "tickets": "tickets",
    "invoices": "ledger", "receipts": "ledger", "bills": "ledger",
}  # fmt: skip
ENTITY = {
    "deals": "deal", "orders": "order", "jobs": "project", "charges": "payment", "lines": "bank_line", "tickets": "ticket",
    "invoices": "invoice", "receipts": "payment", "bills": "bill",
}  # fmt: skip
BILLING = frozenset({("deals", "invoices"), ("jobs", "invoices"), ("tickets", "invoices")})
_GRACE_DAYS = {("bills", "lines"): 45, ("deals", "invoices"): 40, ("jobs", "invoices"): 40}


@dataclass(frozen=True, slots=True)
class HandoffPlan:
    """What a handoff is drawn from: rates are shares of items, ``per_month`` the items of an average month."""

    handoff_id: str
    source: str
    target: str
    label: str
    per_month: float
    error_rate: float
    missing_rate: float
    repeat_rate: float
    reference_share: float
    wait: Wait
    grace_days: int
    by: str

    @property
    def is_billing(self) -> bool:
        """Whether what is missing was work that nobody invoiced."""
        return (self.source, self.target) in BILLING


@dataclass(frozen=True, slots=True)
class CompanyPlan:
    """One company: its systems (kind to format), handoffs, and the market that its documents are drawn from."""

    name: str
    formats: dict[str, str]
    habits: dict[str, str]
    handoffs: tuple[HandoffPlan, ...]
    busy: Floats
    amount_median: float
    amount_sigma: float
    firm_count: int

    def system(self, stream: str) -> str:
        """Return the name of the system that a stream of documents stands in."""
        return f"{HOME[stream]}{self.name}"


@dataclass(frozen=True, slots=True)
class ClientPlan:
    """A client, before anything has happened."""

    seed: int
    number: int
    name: str
    place: Place
    trade: str
    as_of: date
    months: list[tuple[int, int]]
    is_abroad: bool
    is_loss_added: bool
    companies: tuple[CompanyPlan, ...]


def client_plan(seed: int, number: int) -> ClientPlan:
    """Return one client, always the same for the same seed and number."""
    rng = np.random.default_rng([seed, number, 0])
    place = PLACES[int(rng.choice(len(PLACES), p=_weights()))]
    trade = str(rng.choice(sorted(TRADES)))
    as_of = date(2026, int(rng.integers(3, 12)), 1) + timedelta(days=int(rng.integers(0, 29)))
    months = _months(as_of, int(rng.integers(8, 15)))
    count = int(rng.choice([1, 2, 3], p=[0.35, 0.4, 0.25]))
    first_month = date.fromordinal(date(1970, 1, 1).toordinal() + months[0][0]).month - 1
    companies = tuple(_company("" if count == 1 else f"_{'abc'[at]}", len(months), first_month, rng) for at in range(count))
    return ClientPlan(
        seed,
        number,
        f"{trade.capitalize()} client {number}",
        place,
        trade,
        as_of,
        months,
        bool(rng.random() < 0.2),
        bool(rng.random() < 0.5),
        companies,
    )


def _weights() -> list[float]:
    return [0.25, 0.2, 0.15, 0.08, 0.08, 0.06, 0.06, 0.04, 0.04, 0.04]


def _months(as_of: date, count: int) -> list[tuple[int, int]]:
    """Return first day and day after the last one of so many months, the last one up to ``as_of``."""
    epoch = date(1970, 1, 1)
    starts = []
    month = as_of.replace(day=1)
    for _ in range(count):
        starts.append(month)
        month = (month - timedelta(days=1)).replace(day=1)
    starts.reverse()
    ends = [*starts[1:], as_of + timedelta(days=1)]
    return [((one - epoch).days, (end - epoch).days) for one, end in zip(starts, ends, strict=True)]


def _company(name: str, month_count: int, first_month: int, rng: np.random.Generator) -> CompanyPlan:
    count = int(rng.choice([1, 2, 3, 4], p=[0.15, 0.3, 0.35, 0.2]))
    kinds = {"ledger", *map(str, rng.choice(KINDS, count, replace=False, p=[0.25, 0.2, 0.2, 0.13, 0.12, 0.1]))}
    if kinds <= {"ledger", "payments", "bank"} and rng.random() < 0.5:
        kinds.add("crm")
    formats = {kind: str(rng.choice(_FORMATS[kind])) for kind in sorted(kinds)}
    pairs = _pairs(kinds)
    people = ["Dana", "Grace", "Omar", "Lucie", "Piet"]
    return CompanyPlan(
        name, formats, {kind: str(rng.choice(["full", "core", "core", "loose"])) for kind in sorted(kinds)},
        tuple(_handoff(name, source, target, people, rng) for source, target in pairs),
        season(month_count, first_month, rng), float(np.exp(rng.uniform(np.log(180), np.log(4000)))),
        float(rng.uniform(0.4, 0.9)), int(rng.integers(25, 80)),
    )  # fmt: skip


def _pairs(kinds: set[str]) -> list[tuple[str, str]]:
    """Return which streams hand over to which, given the kinds of system that there are."""
    pairs = []
    if "crm" in kinds:
        pairs += [("deals", "jobs")] if "projects" in kinds else [("deals", "invoices")]
    if "projects" in kinds:
        pairs.append(("jobs", "invoices"))
    if "shop" in kinds:
        pairs.append(("orders", "invoices"))
        pairs += [("orders", "charges")] if "payments" in kinds else []
    if "tickets" in kinds:
        pairs.append(("tickets", "invoices"))
    if "payments" in kinds:
        pairs.append(("charges", "receipts"))
    if "bank" in kinds:
        pairs += [("bills", "lines")] if "payments" in kinds else [("receipts", "lines"), ("bills", "lines")]
    return pairs


def _handoff(company: str, source: str, target: str, people: list[str], rng: np.random.Generator) -> HandoffPlan:
    is_automatic = (source, target) == ("orders", "charges")
    is_bank = target == "lines"
    habit = rng.choice(3, p=[0.5, 0.4, 0.1])
    share = (1.0, float(rng.uniform(0.93, 0.99)), 0.8)[int(habit)]
    wait = Wait(float(np.exp(rng.uniform(np.log(0.3), np.log(5)))), float(rng.uniform(0.4, 0.9)))
    if is_automatic:
        wait = Wait(0.002, 0.8, is_automatic=True)
    elif (source, target) == ("bills", "lines"):
        wait = Wait(float(rng.uniform(6, 18)), float(rng.uniform(0.2, 0.4)))
    elif is_bank:
        wait = Wait(float(rng.uniform(0.8, 2.5)), float(rng.uniform(0.2, 0.4)))
    return HandoffPlan(
        f"{source}_to_{target}{company}", source, target,
        _LABELS[source, target] + (f" (company {company[1:].upper()})" if company else ""),
        float(np.exp(rng.uniform(np.log(12), np.log(45)))),
        0.005 + float(rng.beta(1.2, 22)) * (0.2 if is_automatic or is_bank else 1.0),
        float(rng.beta(1, 24)), float(rng.uniform(0, 0.02)) if target == "invoices" else 0.0,
        share, wait, _GRACE_DAYS.get((source, target), 30), str(rng.choice(people)),
    )  # fmt: skip
