"""Flaws of single records, planted to be found by the checks of data quality, on records that no handoff carries.

Each kind names the rule that should find it. Rates: of 100 invoices of other business (about 25 a client and company) each kind
takes 2; a wrong e-mail address in 2 of 100 firms.
"""

from dataclasses import replace

import numpy as np

from benchmarks.clients.chance import DAY_S, instants
from benchmarks.clients.documents import Company, Document, number_of
from benchmarks.clients.plans import ClientPlan

FAULTS = ("future", "long_ago", "negative", "stranger", "number_twice", "entered_twice", "nobody")
RULES: dict[str, frozenset[str]] = {
    "future": frozenset({"implausible.future"}),
    "long_ago": frozenset({"implausible.long_ago", "implausible.date_order"}),
    "negative": frozenset({"implausible.negative"}),
    "stranger": frozenset({"reference"}),
    "number_twice": frozenset({"unique"}),
    "entered_twice": frozenset({"implausible.double_entry"}),
    "double_entry": frozenset({"implausible.double_entry"}),
    "nobody": frozenset({"required"}),
    "empty": frozenset({"required"}),
    "bad_email": frozenset({"format"}),
    "damaged": frozenset({"format"}),
    "factor": frozenset({"implausible.factor"}),
    "transposed": frozenset({"implausible.transposed"}),
}
"""Which rules are right about a record with each flaw."""
_SHARE = 0.02


def plant(client: ClientPlan, company: Company, rng: np.random.Generator) -> None:
    """Add other business to a company's ledger and bank, and flaws to some of it.

    Parameters
    ----------
    client, company
        Whose.
    rng
        Where chance comes from.
    """
    counts = rng.poisson(np.full(len(client.months), 2.0))
    if "invoices" in company.streams:
        into = company.streams["invoices"]
        at = instants(client.months, counts, rng, by_people=True)
        others = [_other(client, company, len(into) + n, int(one), rng) for n, one in enumerate(at)]
        into += _flawed(others, company, len(into) + len(others), rng)
        into.sort(key=lambda one: (one.at, one.number))
    if "lines" in company.streams:
        company.streams["lines"] += _rent_and_pay(client, company)
        company.streams["lines"].sort(key=lambda one: one.at)
    for at_firm, firm in enumerate(company.customers):
        if rng.random() < _SHARE:
            company.customers[at_firm] = replace(firm, domain=f"{firm.domain}@home")


def _other(client: ClientPlan, company: Company, n: int, at: int, rng: np.random.Generator) -> Document:
    net = max(round(float(np.exp(rng.normal(np.log(company.plan.amount_median), 0.5)))), 5) * 10**client.place.places
    rate = float(rng.choice(client.place.taxes)) if client.place.taxes else 0.0
    firm = company.customers[int(rng.integers(len(company.customers)))]
    title = str(rng.choice(["Small works", "Rent of tools", "Hourly work", "Advice by telephone"]))
    return Document("invoices", number_of("invoices", n, rng), at, firm, net, round(net * rate), client.place.currency, title)


def _flawed(others: list[Document], company: Company, n: int, rng: np.random.Generator) -> list[Document]:
    found = []
    for one in others:
        if rng.random() >= _SHARE * len(FAULTS):
            found.append(one)
            continue
        kind = str(rng.choice(FAULTS))
        flawed = {
            "future": lambda one: replace(one, at=one.at + 366 * DAY_S),
            "long_ago": lambda one: replace(one, at=one.at - 36_524 * DAY_S),
            "negative": lambda one: replace(one, net=-one.net, tax=-one.tax),
            "stranger": lambda one: replace(one, firm=replace(one.firm, number=9_999, name="Quibble & Sons", core="Quibble")),
            "number_twice": lambda one: replace(one, number=others[0].number) if one is not others[0] else one,
            "entered_twice": lambda one: one,
            "nobody": lambda one: replace(one, firm=replace(one.firm, number=9_998, name="", core="")),
        }[kind](one)
        found.append(replace(flawed, planted=kind))
        if kind == "entered_twice":
            n += 1
            found.append(replace(one, number=f"{one.number[:4]}{int(one.number[4:]) + 5000}", planted=kind))
    return found


def _rent_and_pay(client: ClientPlan, company: Company) -> list[Document]:
    """Return what leaves a bank account every month besides bills."""
    lines = []
    scale = 10**client.place.places
    for first, end in client.months:
        for day, amount, text in ((0, 2_400, "Rent"), (24, 31_870, "Payroll"), (14, 36, "Account fee")):
            if first + day < end:
                firm = replace(company.suppliers[0], number=9_990 + day, name=text, core=text)
                at = (first + day) * DAY_S
                lines.append(Document("lines", "", at, firm, -amount * scale, 0, client.place.currency, text, planted="own"))
    return lines
