"""Flaws of single records, planted to be found by the checks of data quality, on records that no handoff carries.

Each kind names the rule that should find it. Rates: of 100 invoices of other business (about 25 a company) each kind takes
2; a wrong e-mail address in 2 of 100 firms.
"""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np

from benchmarks.clients.chance import DAY_S, instants
from benchmarks.clients.documents import Company, Document, number_in_order
from benchmarks.clients.plans import ClientPlan

FAULTS = ("future", "long_ago", "swapped", "negative", "stranger", "number_twice", "entered_twice", "nobody")
RULES: dict[str, frozenset[str]] = {
    "future": frozenset({"implausible.future"}),
    "long_ago": frozenset({"implausible.long_ago", "implausible.date_order"}),
    "swapped": frozenset({"implausible.swapped_date", "implausible.future"}),
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
_CREDITED_SHARE, _RETURNED_SHARE = 0.06, 0.02


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
        others = [_other(client, company, int(one), rng) for one in at]
        flawed = _flawed(others, rng)
        into += [*flawed, *_credited(flawed, client, rng)]
        number_in_order(into, "invoices")
        for one in flawed:
            if one.planted == "number_twice":
                one.number = others[0].number
        into.sort(key=lambda one: (one.at, one.number))
    if "lines" in company.streams:
        company.streams["lines"] += [*_rent_and_pay(client, company), *_returned(client, company, rng)]
        company.streams["lines"].sort(key=lambda one: one.at)
    for at_firm, firm in enumerate(company.customers):
        if rng.random() < _SHARE:
            company.customers[at_firm] = replace(firm, domain=f"{firm.domain}@home")


def _other(client: ClientPlan, company: Company, at: int, rng: np.random.Generator) -> Document:
    net = max(round(float(np.exp(rng.normal(np.log(company.plan.amount_median), 0.5)))), 5) * 10**client.place.places
    rate = float(rng.choice(client.place.taxes)) if client.place.taxes else 0.0
    firm = company.customers[int(rng.integers(len(company.customers)))]
    title = str(rng.choice(["Small works", "Rent of tools", "Hourly work", "Advice by telephone"]))
    return Document("invoices", "", at, firm, net, round(net * rate), client.place.currency, title)


def _flawed(others: list[Document], rng: np.random.Generator) -> list[Document]:
    """Return the documents with some of them spoilt; the first stays as it is."""
    found = others[:1]
    for one in others[1:]:
        found.append(one)
        if rng.random() >= _SHARE * len(FAULTS):
            continue
        one.planted = str(rng.choice(FAULTS))
        match one.planted:
            case "future":
                one.typed_at, one.at = one.at, one.at + 366 * DAY_S
            case "long_ago":
                one.typed_at, one.at = one.at, one.at - 36_524 * DAY_S
            case "swapped":
                _swap_day_and_month(one)
            case "negative":
                one.net, one.tax = -one.net, -one.tax
            case "stranger":
                one.firm = replace(one.firm, number=9_999, name="Quibble & Sons", core="Quibble")
            case "nobody":
                one.firm = replace(one.firm, number=9_998, name="", core="")
            case "entered_twice":
                found.append(replace(one, number=""))
    return found


def _swap_day_and_month(one: Document) -> None:
    """Give a document the date with day and month exchanged; one that has no such date keeps its own, and no flaw."""
    day = date(1970, 1, 1) + timedelta(days=one.at // DAY_S)
    if day.day > 12 or day.day == day.month:
        one.planted = ""
        return
    other = day.replace(month=day.day, day=day.month)
    one.typed_at, one.at = one.at, one.at + (other - day).days * DAY_S


def _credited(invoices: list[Document], client: ClientPlan, rng: np.random.Generator) -> list[Document]:
    """Return credit notes for some of the sound invoices: as negative rows whose text says what they are."""
    end = client.months[-1][1] * DAY_S
    credited = [one for one in invoices if not one.planted and one.at + 9 * DAY_S < end and rng.random() < _CREDITED_SHARE]
    return [
        replace(one, number="", at=one.at + 6 * DAY_S, net=-one.net, tax=-one.tax, title=f"Credit note: {one.title}")
        for one in credited
    ]


def _returned(client: ClientPlan, company: Company, rng: np.random.Generator) -> list[Document]:
    """Return lines of money that a customer sent twice, and of its way back two days later."""
    end = client.months[-1][1] * DAY_S
    lines = []
    for one in company.streams.get("receipts", ()):
        if rng.random() < _RETURNED_SHARE and one.at + 14 * DAY_S < end:
            again = replace(one, stream="lines", number="", at=one.at + 9 * DAY_S, reference="", slip="", planted="own")
            lines += [again, replace(again, at=again.at + 2 * DAY_S, net=-one.net, tax=-one.tax, reference="RETURNED")]
    return lines


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
