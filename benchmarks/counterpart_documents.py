"""Makes the documents of a client whose invoices are paid in every odd way there is, with the truth.

Everything follows from the seed. ``Client.truth`` has a pair for every invoice (or credit note) and every line of money that
settles it; money that was sent back settles nothing.
"""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any

import pyarrow as pa

from toolkit.tables import CROSSWALK, DOCUMENT

_FIRST, _DAYS = date(2025, 1, 1), 520
_STARTS_TEXT = "ba bel cal dor es fen gal hor is jun kor lan mor nev os pel quen ral sor tam ul ver wil yar zen"
_STARTS = _STARTS_TEXT.split()
_ENDS_TEXT = "berg by dale ford gate ham holt ker land ley mont nor rick stad ter vale wick worth"
_ENDS = _ENDS_TEXT.split()
_TRADES = "Bakery Cycles Textiles Fencing Optics Printing Joinery Stoneworks Catering Hydraulics Nurseries Signs Lighting "
_TRADES += "Packaging Freight Interiors Gardens Glass Tools Fabrics Furniture Flooring Media Foods"
_FORMS = ("Ltd", "Ltd", "Inc", "LLC", "GmbH", "BV", "")
_GIVEN_TEXT = "Anna Boris Clara Derek Edith Frank Greta Henry Irene Jonas Karin Louis Maria Nils Olga Peter Rosa Simon"
_GIVEN = _GIVEN_TEXT.split()
_WORK_TEXT = "survey repair delivery rental training support cleaning assembly design hosting"
_WORK = _WORK_TEXT.split()
_BEFORE = ("", "", "SEPA CREDIT ", "FASTER PAYMENT ", "BACS ", "TRANSFER FROM ", "CR ")
_RATES = ((0.029, 30), (0.014, 20))


@dataclass(slots=True)
class Customer:
    """Who buys; ``monthly`` is the fee of a subscription, 0 for none."""

    key: str
    name: str
    monthly: int


@dataclass(slots=True)
class Invoice:
    """An invoice or credit note as it was made."""

    key: str
    number: int
    customer: Customer
    amount: int
    day: date

    @property
    def written(self) -> str:
        """The number as the document has it."""
        return f"{'INV' if self.amount > 0 else 'CN'}-{self.number:06}"


@dataclass(slots=True)
class Client:
    """Documents of both sides, who is who, and what belongs together.

    ``kind_of`` says what was planted with each line of money; ``payer_of`` and ``quoted_by`` what it says of itself.
    """

    entity_r: str
    documents: pa.Table
    crosswalk: pa.Table
    truth: set[tuple[str, str]]
    kind_of: dict[str, str]
    payer_of: dict[str, str]
    quoted_by: dict[str, frozenset[str]]
    invoices: dict[str, Invoice]

    def is_contradicted(self, key_l: str, key_r: str) -> bool:
        """Return whether the money names another payer and quotes another number."""
        invoice, quoted = self.invoices[key_l], self.quoted_by[key_r]
        is_other_payer = self.payer_of[key_r] not in {"", invoice.customer.key}
        return is_other_payer and bool(quoted) and invoice.written not in quoted


def generated_client(count: int, seed: int, *, kind: str) -> Client:
    """Return a client of so many invoices: ``bank`` has lines of text only, ``receipts`` mostly name the customer.

    Parameters
    ----------
    count
        Invoices, about.
    seed
        The same seed makes the same client.
    kind
        ``bank`` or ``receipts``.
    """
    return _Maker(random.Random(f"{seed}-{kind}"), is_bank=kind == "bank").client(count)


@dataclass(slots=True)
class _Maker:
    dice: random.Random
    is_bank: bool
    invoices: dict[str, Invoice] = field(default_factory=dict)
    rows: list[dict[str, Any]] = field(default_factory=list)
    truth: set[tuple[str, str]] = field(default_factory=set)
    kind_of: dict[str, str] = field(default_factory=dict)
    payer_of: dict[str, str] = field(default_factory=dict)
    quoted_by: dict[str, frozenset[str]] = field(default_factory=dict)
    customers: list[Customer] = field(default_factory=list)
    numbers: dict[str, int] = field(default_factory=lambda: {"INV": 11, "CN": 11})

    def client(self, count: int) -> Client:
        for number in range(max(count // 10, 8)):
            self._add_customer(number)
        weighted: Sequence[tuple[float, Callable[[], None]]] = (
            (0.62, self._plain), (0.05, self._unpaid), (0.02, self._returned), (0.015, self._tried_again),
            (0.01, partial(self._returned, word="CHARGEBACK ")), (0.015, self._credited), (0.03, self._net_of_credit),
            (0.01, self._paid_out), (0.035, self._deposit), (0.012, self._instalments), (0.04, self._several),
            (0.05, self._less_fee), (0.02, self._other_payer), (0.01, self._mistyped), (0.01, self._stranger),
            (0.008, partial(self._stranger, is_quoting=False)), (0.005, self._other_number), (0.006, self._other_currency),
            (0.034, self._nameless),
        )  # fmt: skip
        chances, makers = zip(*weighted, strict=True)
        for customer in self.customers:
            if customer.monthly:
                self._subscription(customer)
        while len(self.invoices) < count:
            self.dice.choices(makers, chances)[0]()
        for _ in range(count // 25):
            self._noise()
        entity_r = "bank_line" if self.is_bank else "payment"
        rows = [*map(self._invoice_row, self.invoices.values()), *({**row, "entity": entity_r} for row in self.rows)]
        documents = DOCUMENT.from_rows(map(_whole, rows))
        return Client(
            entity_r, documents, self._crosswalk(), self.truth, self.kind_of, self.payer_of, self.quoted_by, self.invoices
        )

    # Who and what

    def _add_customer(self, number: int) -> None:
        dice = self.dice
        if dice.random() < 0.1:
            name = f"{dice.choice(_GIVEN)} {self._word()}"
        else:
            # Some share their first word with another, as sisters do.
            first = self.customers[-1].name.split()[0] if self.customers and dice.random() < 0.04 else self._word()
            name = f"{first} {dice.choice(_TRADES.split())} {dice.choice(_FORMS)}".strip()
        monthly = dice.choice((4_900, 12_500, 25_000, 8_330)) if dice.random() < 0.04 else 0
        self.customers.append(Customer(f"c{number}", name, monthly))

    def _word(self) -> str:
        return (self.dice.choice(_STARTS) + self.dice.choice(_STARTS) + self.dice.choice(_ENDS)).capitalize()

    def _any(self) -> Customer:
        return self.customers[min(int(len(self.customers) * self.dice.random() ** 1.6), len(self.customers) - 1)]

    def _amount(self) -> int:
        if self.dice.random() < 0.25:
            return self.dice.randint(2, 160) * 5_000
        return int(self.dice.lognormvariate(10.8, 1.0)) + 1_500

    def _day(self) -> date:
        return _FIRST + timedelta(days=self.dice.randrange(_DAYS))

    def _lag(self) -> int:
        return int(self.dice.lognormvariate(2.8, 0.6))

    def _invoice(self, customer: Customer | None = None, amount: int | None = None, day: date | None = None) -> Invoice:
        amount = self._amount() if amount is None else amount
        family = "INV" if amount > 0 else "CN"
        self.numbers[family] += self.dice.choice((1, 1, 1, 2))
        key = f"ledger/invoices/{self.dice.getrandbits(60):015x}"
        one = Invoice(key, self.numbers[family], customer or self._any(), amount, day or self._day())
        self.invoices[key] = one
        return one

    # Money

    def _pay(
        self, kind: str, settled: Sequence[Invoice], amount: int, day: date, *, payer: Customer | None,
        quoted: Sequence[str],
        is_quoting: bool | None = None, before: str | None = None, after: str = "", currency: str = "USD",
    ) -> str:  # fmt: skip
        dice = self.dice
        key = f"bank/lines/{dice.getrandbits(60):015x}"
        is_quoting = dice.random() < 0.5 if is_quoting is None else is_quoting
        told = [self._quoted(one) for one in quoted] if is_quoting else []
        has_name = payer is not None and (not told or dice.random() < 0.95)
        row: dict[str, Any] = {"record_key": key, "amount_minor": amount, "currency": currency}
        row |= {"posted_on": day} if self.is_bank else {"paid_at": datetime(*day.timetuple()[:3], tzinfo=UTC)}
        name = self._named(payer) if payer is not None and has_name else ""
        if self.is_bank:
            before = dice.choice(_BEFORE) if before is None else before
            row["description"] = f"{before}{name} {' '.join(told)} {after}".strip().replace("  ", " ")
        else:
            if payer is not None and has_name:
                row |= {"party_name": payer.name, "party_ref": payer.key}
                if dice.random() < 0.9:
                    row["party_key"] = f"bank/c/{payer.key}"
            row["description"] = f"{before or ''}{after}".strip() or None
            row["invoice_ref" if len(told) == 1 and dice.random() < 0.6 else "reference"] = " ".join(told) or None
        self.rows.append(row)
        self.kind_of[key] = kind
        self.payer_of[key] = payer.key if payer is not None and has_name else ""
        self.quoted_by[key] = frozenset(quoted) if told else frozenset()
        self.truth.update((one.key, key) for one in settled)
        return key

    def _quoted(self, written: str) -> str:
        family, number = written.split("-")
        styles = (written, f"{family} {int(number)}", f"{family}{number}", f"{family}-{int(number)}")
        if family == "INV":
            styles = (*styles, f"INVOICE {int(number)}")
        # A short number alone says nothing to anybody.
        return self.dice.choice((*styles, str(int(number))) if int(number) > 999 else styles)

    def _named(self, payer: Customer) -> str:
        text = payer.name.upper()
        drawn = self.dice.random()
        words = text.split()
        if drawn < 0.35 and words[-1].capitalize() in {*_FORMS, "Gmbh", "Llc", "Bv"} and len(words) > 2:
            text = " ".join(words[:-1])
        return text[:18].strip() if drawn > 0.85 else text

    def _paid(self, kind: str, one: Invoice, amount: int | None = None, day: date | None = None, **more: Any) -> str:
        day = day or one.day + timedelta(days=self._lag())
        given = {"payer": one.customer, "quoted": [one.written], **more}
        return self._pay(kind, [one], one.amount if amount is None else amount, day, **given)

    # What is planted

    def _plain(self) -> None:
        self._paid("plain", self._invoice())

    def _unpaid(self) -> None:
        self._invoice()

    def _nameless(self) -> None:
        is_quoting = self.dice.random() < 0.5
        self._paid("nameless", self._invoice(), payer=None, is_quoting=is_quoting, after=self._trace())

    def _trace(self) -> str:
        return f"TRN {self.dice.randrange(10**9, 10**10)}"

    def _returned(self, word: str | None = None) -> Invoice:
        one = self._invoice()
        paid = one.day + timedelta(days=self._lag())
        self._pay("returned", [], one.amount, paid, payer=one.customer, quoted=[one.written])
        back = paid + timedelta(days=self.dice.randint(2, 60 if word else 9))
        word = word or self.dice.choice(("RETURNED ITEM ", "UNPAID DIRECT DEBIT ", "REVERSAL ", "RETURN "))
        self._pay("return", [], -one.amount, back, payer=one.customer, quoted=[one.written], before=word)
        return one

    def _tried_again(self) -> None:
        one = self._returned()
        last = self.rows[-1]
        sent_back = last["posted_on"] if self.is_bank else last["paid_at"].date()
        self._paid("tried again", one, day=sent_back + timedelta(days=self.dice.randint(1, 20)))

    def _credited(self) -> None:
        one = self._invoice()
        self._invoice(one.customer, -one.amount, one.day + timedelta(days=self.dice.randint(0, 25)))

    def _net_of_credit(self) -> None:
        customer, day = self._any(), self._day()
        own = [self._invoice(customer, day=day + timedelta(days=at * 4)) for at in range(self.dice.choice((1, 1, 2)))]
        credit = -max(int(own[0].amount * self.dice.uniform(0.05, 0.5)), 500)
        own.append(self._invoice(customer, credit, own[-1].day + timedelta(days=self.dice.randint(0, 12))))
        paid = own[-1].day + timedelta(days=self._lag())
        total = sum(one.amount for one in own)
        self._pay("net of credit", own, total, paid, payer=customer, quoted=[one.written for one in own])

    def _paid_out(self) -> None:
        one = self._invoice()
        self._paid("plain", one)
        credit = -max(int(one.amount * self.dice.uniform(0.05, 0.9)), 500)
        note = self._invoice(one.customer, credit, one.day + timedelta(days=self.dice.randint(10, 30)))
        self._paid("paid out", note, before="REFUND ")

    def _deposit(self) -> None:
        one = self._invoice()
        share = self.dice.choice((0.2, 0.25, 0.3, 0.5)) if self.dice.random() < 0.7 else self.dice.uniform(0.2, 0.7)
        first = round(one.amount * share / 100) * 100 or 100
        day = one.day + timedelta(days=self.dice.randint(-5, 12))
        self._paid("deposit", one, first, day, after=self.dice.choice(("DEPOSIT", "PART", "", "")))
        self._paid("deposit", one, one.amount - first, day + timedelta(days=self.dice.randint(10, 60)), after="BALANCE")

    def _instalments(self) -> None:
        one, parts = self._invoice(amount=self.dice.randint(10, 400) * 1_200), self.dice.choice((3, 4, 6))
        for at in range(parts):
            day = one.day + timedelta(days=10 + 30 * at + self.dice.randint(0, 3))
            self._paid("instalment", one, one.amount // parts, day, is_quoting=self.dice.random() < 0.8)

    def _several(self) -> None:
        customer, day = self._any(), self._day()
        own = [self._invoice(customer, day=day + timedelta(days=3 * at)) for at in range(self.dice.choice((2, 2, 2, 3, 4)))]
        paid, total = own[-1].day + timedelta(days=self._lag()), sum(one.amount for one in own)
        self._pay("several", own, total, paid, payer=customer, quoted=[one.written for one in own])

    def _less_fee(self) -> None:
        one = self._invoice()
        rate, fixed = _RATES[0] if self.dice.random() < 0.8 else _RATES[1]
        kept = round(one.amount * rate) + fixed
        self._paid("less fee", one, one.amount - kept, one.day + timedelta(days=self.dice.randint(1, 6)), before="CARD ")

    def _other_payer(self) -> None:
        self._paid("other payer", self._invoice(), payer=self._any(), is_quoting=True)

    def _mistyped(self) -> None:
        one = self._invoice()
        self._paid("mistyped", one, int(one.amount * self.dice.choice((10, 0.1, 1.31, 0.7))), is_quoting=True)

    def _stranger(self, *, is_quoting: bool = True) -> None:
        one, other = self._invoice(), self._any()
        if other is not one.customer:
            day = one.day + timedelta(days=self._lag())
            self._pay("stranger", [], one.amount, day, payer=other, quoted=[self._unknown()], is_quoting=is_quoting)

    def _unknown(self) -> str:
        """Return a number that no invoice has."""
        return f"INV-{self.dice.randrange(200_000, 900_000)}"

    def _other_number(self) -> None:
        one = self._invoice()
        self._pay(
            "other number", [], one.amount, one.day + timedelta(days=self._lag()), payer=one.customer,
            quoted=[self._unknown()], is_quoting=True,
        )  # fmt: skip

    def _other_currency(self) -> None:
        one = self._invoice()
        day = one.day + timedelta(days=self._lag())
        self._pay("other currency", [], one.amount, day, payer=self._any(), quoted=[], currency="EUR")

    def _subscription(self, customer: Customer) -> None:
        first = _FIRST + timedelta(days=self.dice.randrange(200))
        for month in range(self.dice.randint(8, 14)):
            one = self._invoice(customer, customer.monthly, first + timedelta(days=30 * month))
            if self.dice.random() < 0.96:
                self._paid("monthly", one, day=one.day + timedelta(days=self.dice.randint(1, 12)))

    def _noise(self) -> None:
        text = self.dice.choice(("ACCOUNT FEE", "INTEREST", "CARD SETTLEMENT", "PAYROLL", "RENT", "CASH DEPOSIT"))
        amount = self._amount() * self.dice.choice((1, -1))
        self._pay("noise", [], amount, self._day(), payer=None, quoted=[], before=text, after=self._trace())

    # Tables

    def _invoice_row(self, one: Invoice) -> dict[str, Any]:
        row = {"record_key": one.key, "number": one.written, "amount_minor": one.amount, "issued_on": one.day}
        row |= {"party_name": one.customer.name, "party_ref": one.customer.key, "party_key": f"ledger/c/{one.customer.key}"}
        return {
            **row,
            "entity": "invoice",
            "currency": "USD",
            "name": f"{self.dice.choice(_WORK)} {self.dice.choice(_WORK)}",
        }

    def _crosswalk(self) -> pa.Table:
        systems = ("ledger",) if self.is_bank else ("ledger", "bank")
        return CROSSWALK.from_rows(
            {
                "record_key": f"{system}/c/{one.key}", "system": system, "stream": "c", "record_id": one.key,
                "golden_id": one.key, "account_id": one.key, "match_probability": 1.0, "decided_by": "model",
            }
            for one in self.customers
            for system in systems
        )  # fmt: skip


def _whole(row: dict[str, Any]) -> dict[str, Any]:
    """Return a document with what every record has."""
    system, stream, record_id = row["record_key"].split("/", 2)
    only_dates = {"date_only": ["paid_at"]} if "paid_at" in row else {}
    return {"system": system, "stream": stream, "record_id": record_id, "state": "active", **only_dates, **row}
