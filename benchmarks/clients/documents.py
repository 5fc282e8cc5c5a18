"""The documents of one company's systems, and what became of each at every handoff."""

from dataclasses import dataclass, field, replace

import numpy as np

from benchmarks.clients.chance import DAY_S, Ints, Wait, instants, pushed_to_work
from benchmarks.clients.places import TRADES, Firm, firms
from benchmarks.clients.plans import ClientPlan, CompanyPlan, HandoffPlan
from benchmarks.clients.slips import drawn_slip, slipped_amount

_FIRST = {
    "deals": 4100, "orders": 10200, "jobs": 700, "charges": 55000, "lines": 1, "tickets": 31000, "invoices": 20400,
    "receipts": 8100, "bills": 1500,
}  # fmt: skip
_PREFIX = {
    "deals": "D-", "orders": "#", "jobs": "J", "charges": "ch_", "lines": "", "tickets": "", "invoices": "INV-",
    "receipts": "R",
    "bills": "B/",
}  # fmt: skip
LIVE_SHARE = {"orders": 0.97}
"""Of a stream's documents, those that are not cancelled."""
_WORK = {"jobs": Wait(9, 0.6), "tickets": Wait(1.5, 0.8)}
_DEPOSIT_SHARE, _DEPOSIT_PART, _BALANCE_DAYS = 0.03, 0.3, 20
_MISTAKABLE = frozenset({"invoices", "receipts"})


@dataclass(slots=True, eq=False)
class Document:
    """One document of one system, amounts in minor units; ``reference`` is what its own system says of another document.

    ``planted`` names the fault that was planted in the record itself, ``slip`` how it was mistyped; ``is_live`` is false
    where it stands for nothing; ``done_at`` is when a job or a service call was finished; ``typed_at`` when it was entered,
    if its date says otherwise.
    """

    stream: str
    number: str
    at: int
    firm: Firm
    net: int
    tax: int
    currency: str
    title: str
    reference: str = ""
    is_live: bool = True
    shown: int | None = None
    is_amount_empty: bool = False
    planted: str = ""
    slip: str = ""
    done_at: int | None = None
    typed_at: int | None = None

    @property
    def gross(self) -> int:
        """What the document says it comes to."""
        return self.net + self.tax if self.shown is None else self.shown


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of one source document at a handoff: ``found``, ``missing`` or ``waiting``."""

    source: Document
    target: Document | None
    status: str


@dataclass(slots=True)
class Company:
    """A company with all its documents by stream, its firms, and the fates of each handoff's source documents."""

    plan: CompanyPlan
    customers: list[Firm]
    suppliers: list[Firm]
    streams: dict[str, list[Document]] = field(default_factory=dict)
    fates: dict[str, list[Fate]] = field(default_factory=dict)


def company(client: ClientPlan, plan: CompanyPlan, taken: set[str], rng: np.random.Generator) -> Company:
    """Return a company with everything that happened in it.

    Parameters
    ----------
    client, plan
        Whose company, and what it is drawn from.
    taken
        Names of the firms of the client's other companies; those of this one are added.
    rng
        Where chance comes from.
    """
    customers = firms(client.place, plan.firm_count, 1000, taken, rng)
    result = Company(plan, customers, firms(client.place, 20, 7000, taken, rng))
    for handoff in plan.handoffs:
        if handoff.source not in result.streams:
            result.streams[handoff.source] = _sources(client, result, handoff, rng)
        _carry(client, result, handoff, rng)
    for stream in result.streams:
        result.streams[stream].sort(key=lambda one: (one.at, one.number))
    return result


def event(document: Document) -> int:
    """Return when a document has to be carried on: a job when it is finished, all others when they come to be."""
    return document.at if document.done_at is None else document.done_at


def due(client: ClientPlan, documents: list[Document]) -> list[Document]:
    """Return the documents of a source stream that have to be carried on."""
    end = client.months[-1][1] * DAY_S
    return [one for one in documents if one.is_live and not one.planted and event(one) < end]


def arrival_rates(client: ClientPlan, plan: CompanyPlan, handoff: HandoffPlan) -> np.ndarray:
    """Return how many items are expected in each month; the last month may be cut off."""
    share = np.array([(end - first) / 30.4 for first, end in client.months])
    share[:-1] = 1.0
    return handoff.per_month * plan.busy * np.minimum(share, 1.0)


def source_instants(client: ClientPlan, plan: CompanyPlan, handoff: HandoffPlan, rng: np.random.Generator) -> Ints:
    """Return when the documents of a stream that no handoff fills come to be.

    Parameters
    ----------
    client, plan, handoff
        Whose.
    rng
        Where chance comes from.
    """
    counts = rng.poisson(arrival_rates(client, plan, handoff))
    return instants(client.months, counts, rng, by_people=handoff.source not in {"orders", "charges"})


def _sources(client: ClientPlan, company: Company, handoff: HandoffPlan, rng: np.random.Generator) -> list[Document]:
    at = source_instants(client, company.plan, handoff, rng)
    known = company.suppliers if handoff.source == "bills" else company.customers
    found = [_document(client, company, handoff.source, n, int(one), known, rng) for n, one in enumerate(at)]
    if handoff.source == "deals":
        lost = instants(client.months, rng.poisson(np.full(len(client.months), 8.0)), rng, by_people=True)
        found += [
            replace(_document(client, company, "deals", 5000 + n, int(one), known, rng), is_live=False)
            for n, one in enumerate(lost)
        ]
    if handoff.source == "orders":
        found = [replace(one, is_live=bool(rng.random() < LIVE_SHARE["orders"])) for one in found]
    return found


def _document(  # noqa: PLR0917 - what a document is made of
    client: ClientPlan, company: Company, stream: str, n: int, at: int, known: list[Firm], rng: np.random.Generator
) -> Document:  # fmt: skip
    place = client.place
    firm = (
        known[min(int(rng.pareto(1.1) * 3), len(known) - 1)] if rng.random() < 0.6 else known[int(rng.integers(len(known)))]
    )
    value = np.exp(np.log(company.plan.amount_median) + company.plan.amount_sigma * rng.standard_normal())
    net = max(int(round(float(value), 2 if rng.random() < 0.7 else 0) * 10**place.places), 100)
    rate = float(rng.choice(place.taxes)) if place.taxes else 0.0
    currency = place.currency
    if client.is_abroad and stream in {"deals", "orders"} and firm.number % 13 == 0:
        currency, rate = ("USD" if place.currency != "USD" else "CAD"), 0.0
    word = str(rng.choice(TRADES[client.trade]))
    return Document(
        stream, number_of(stream, n, rng), at, firm, net, round(net * rate), currency, f"{word.capitalize()} {firm.core}",
        done_at=_done_at(stream, at, rng),
    )  # fmt: skip


def finished(stream: str, at: Ints, rng: np.random.Generator) -> Ints:
    """Return when jobs or service calls that began at some instants are finished."""
    return _WORK[stream].after(at, rng)


def _done_at(stream: str, at: int, rng: np.random.Generator) -> int | None:
    return int(finished(stream, np.array([at], dtype=np.int64), rng)[0]) if stream in _WORK else None


def number_of(stream: str, n: int, rng: np.random.Generator) -> str:
    """Return the number of the n-th document of a stream, as its system counts.

    Parameters
    ----------
    stream, n
        Which.
    rng
        For the ids of a payment provider, which do not count.
    """
    if stream == "charges":
        return "ch_3" + "".join(rng.choice(list("ABCDEFGHJKMNPQRSTUVWXYZabcdefghjkmnpqrstuvwxyz0123456789"), 21))
    if stream == "deals":
        return str(9_004_100_000 + 137 * n)
    return f"{_PREFIX[stream]}{_FIRST[stream] + n}"


def number_in_order(documents: list[Document], stream: str) -> None:
    """Give documents the next number each, in the order in which they were entered."""
    documents.sort(key=lambda one: (one.typed_at or one.at, one.number))
    for n, one in enumerate(documents):
        one.number = f"{_PREFIX[stream]}{_FIRST[stream] + n}"


def _carry(client: ClientPlan, company: Company, handoff: HandoffPlan, rng: np.random.Generator) -> None:
    """Let people carry the source's documents on: add what they enter to the target, and write down what became of each."""
    sources = due(client, company.streams[handoff.source])
    end = client.months[-1][1] * DAY_S
    arrival = handoff.wait.after(np.array([event(one) for one in sources], dtype=np.int64), rng)
    into = company.streams.setdefault(handoff.target, [])
    fates = []
    for place in np.argsort(arrival, kind="stable").tolist():
        source, at = sources[place], int(arrival[place])
        if rng.random() < handoff.missing_rate:
            fates.append(Fate(source, None, "missing"))
            continue
        if at >= end:
            fates.append(Fate(source, None, "waiting"))
            continue
        target = _entered(client, company, handoff, source, at, len(into), rng)
        into.append(target)
        if handoff.source == "deals" and target.reference and not target.slip and rng.random() < _DEPOSIT_SHARE:
            into += _split_off_deposit(target, end)
        elif rng.random() < handoff.repeat_rate and at + 5 * DAY_S < end:
            again = at + int(rng.integers(0, 4)) * DAY_S
            into.append(replace(target, number=number_of(handoff.target, len(into), rng), at=again, planted="double_entry"))
        fates.append(Fate(source, target, "found"))
    company.fates[handoff.handoff_id] = fates


def _split_off_deposit(invoice: Document, end: int) -> list[Document]:
    """Make an invoice the deposit of 30 %, and return the invoice of the balance, if it was written by ``end``."""
    at = pushed_to_work(np.array([invoice.at + _BALANCE_DAYS * DAY_S]), np.random.default_rng(invoice.at))[0]
    if invoice.stream != "invoices" or at >= end:
        return []
    net, tax = round(invoice.net * _DEPOSIT_PART), round(invoice.tax * _DEPOSIT_PART)
    balance = replace(invoice, number="", at=int(at), net=invoice.net - net, tax=invoice.tax - tax)
    invoice.net, invoice.tax = net, tax
    invoice.title, balance.title = f"Deposit {invoice.title}", f"Balance {invoice.title}"
    return [balance]


def _entered(  # noqa: PLR0917 - what it is entered from
    client: ClientPlan, company: Company, handoff: HandoffPlan, source: Document, at: int, n: int, rng: np.random.Generator
) -> Document:  # fmt: skip
    quotes = rng.random() < handoff.reference_share
    # What the source itself got wrong is carried on as it stands there.
    net, tax, firm, shown, is_empty, slip = source.net, source.tax, source.firm, source.shown, False, ""
    if rng.random() < handoff.error_rate:
        possible = {"transposed", "digit", "factor"}
        possible |= {"tax"} if tax and handoff.target == "invoices" and handoff.source == "orders" else set()
        possible |= {"empty"} if handoff.target == "invoices" and company.plan.formats["ledger"] == "plain" else set()
        # A slip of the amount is found again where the number is quoted; another customer only then.
        possible |= {"party"} if quotes and handoff.target in _MISTAKABLE and len(company.customers) > 1 else set()
        slip = drawn_slip(possible, rng)
        if slip == "party":
            firm = company.customers[(company.customers.index(firm) + 1 + int(rng.integers(5))) % len(company.customers)]
        elif slip == "tax":
            shown, tax = net, 0
        elif slip == "empty":
            is_empty = True
        else:
            whole = net if handoff.target == "jobs" else source.gross
            shown = slipped_amount(whole, slip, client.place.places, rng)
    if handoff.target == "jobs" and shown is not None:
        net, tax, shown = shown, 0, None
    if handoff.source == "bills":
        net, tax, shown = -net, -tax, None if shown is None else -shown
    return Document(
        handoff.target, number_of(handoff.target, n, rng), at, firm, net, tax, source.currency, source.title,
        source.number if quotes else "", shown=shown, is_amount_empty=is_empty, slip=slip,
        done_at=_done_at(handoff.target, at, rng),
    )  # fmt: skip
