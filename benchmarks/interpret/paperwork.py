"""An invented business of a year: who it deals with, what it offers, sells, bills and is billed.

Money is in hundredths of the currency. A record holds its values by meaning, as labels name them; ``numbers`` names other
records whose number it bears (``number``, ``invoice_ref`` …), because only the folder knows how its systems write numbers.
"""

import datetime as dt
import random
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from benchmarks.interpret import names
from benchmarks.interpret.people import Party

FIRST_DAY = dt.datetime(2026, 1, 5, 9, 0)  # noqa: DTZ001 - exports carry no zone
CUSTOMER_COUNT, SUPPLIER_COUNT, STAFF_COUNT, PRODUCT_COUNT = 24, 10, 8, 24
INVOICE_COUNT, BILL_COUNT, ORDER_COUNT, QUOTE_COUNT, PROJECT_COUNT, TICKET_COUNT = 48, 36, 40, 32, 30, 40


@dataclass(frozen=True)
class Record:
    """One row of a set; ``state`` is done, open, failed or pending, at the bank in or out."""

    values: dict[str, Any]
    party: Party | None = None
    state: str = "done"
    numbers: dict[str, tuple[str, int]] = field(default_factory=dict)

    def cents(self, meaning: str) -> int:
        """Return the money that the record holds under a meaning, 0 where it holds none."""
        value = self.values.get(meaning)
        return value if isinstance(value, int) else 0


def numbers_of(of: str, n: int) -> dict[str, tuple[str, int]]:
    """Return the numbers of a record that is the ``n``-th of its set."""
    return {"number": (of, n), "record_id": (of, n), "code": (of, n)}


@dataclass(frozen=True)
class Paperwork:
    """The lists and documents of one invented business, in sets such as ``invoices``."""

    name: str
    language: str
    country: str
    vat_share: float

    def chance(self, about: str) -> random.Random:
        """Return a source of chance that depends on the business and the subject only."""
        return random.Random(f"{self.name}/{about}")

    @cached_property
    def words(self) -> names.Words:
        return names.words_of(self.language)

    @cached_property
    def _people(self) -> list[Party]:
        found: dict[str, Party] = {}
        for n in range(200):
            party = Party(self.name, self.country, self.words, n)
            found.setdefault(party.firm, party)
        return list(found.values())

    @cached_property
    def parties(self) -> dict[str, list[Party]]:
        """Who the business deals with; nobody stands in two of the lists."""
        return {
            "customers": self._people[:CUSTOMER_COUNT],
            "suppliers": self._people[CUSTOMER_COUNT : CUSTOMER_COUNT + SUPPLIER_COUNT],
            "staff": self._people[-STAFF_COUNT:],
        }

    def number_of_party(self, party: Party) -> tuple[str, int]:
        """Return in which list a party stands, and where."""
        return next((of, parties.index(party)) for of, parties in self.parties.items() if party in parties)

    def _list(self, of: str) -> list[Record]:
        parties = self.parties[of]
        days = [FIRST_DAY + dt.timedelta(days=9 * n) for n in range(len(parties))]
        return [
            Record(
                {"created_at": day, "started_at": day, "issued_on": day, "updated_at": day + dt.timedelta(days=3)},
                party,
                numbers=numbers_of(of, n),
            )
            for n, (party, day) in enumerate(zip(parties, days, strict=True))
        ]

    @cached_property
    def customers(self) -> list[Record]:
        return self._list("customers")

    @cached_property
    def suppliers(self) -> list[Record]:
        return self._list("suppliers")

    @cached_property
    def staff(self) -> list[Record]:
        return self._list("staff")

    def _lines(self, of: str, n: int) -> list[dict[str, Any]]:
        chance = self.chance(f"{of}/{n}/lines")
        lines: list[dict[str, Any]] = []
        for line_no in range(1, (1, 2, 1, 3)[n % 4] + 1):
            product, quantity = chance.randrange(PRODUCT_COUNT), chance.randrange(1, 7)
            unit_price = chance.randrange(19_00, 480_00)
            net = quantity * unit_price
            tax = round(net * self.vat_share)
            goods = self.words.goods[product % len(self.words.goods)]
            lines.append({
                "line_no": str(line_no), "product": product, "description": goods, "name": goods, "quantity": quantity,
                "unit_price": unit_price, "amount_net": net, "tax": tax, "amount_gross": net + tax,
            })  # fmt: skip
        return lines

    def _documents(
        self, of: str, parties: list[Party], count: int, *, same_as: str = "", earlier_days: int = 0
    ) -> list[Record]:
        """Return documents of ``parties``, of the amounts and parties of ``same_as`` where one is named."""
        records = []
        for n in range(count):
            chance = self.chance(f"{same_as or of}/{n}")
            party = chance.choice(parties)
            of_all = {"": count, "invoices": INVOICE_COUNT, "bills": BILL_COUNT}[same_as]
            issued = FIRST_DAY + dt.timedelta(days=n * 260 // of_all - earlier_days + 20, hours=n % 7)
            lines = self._lines(same_as or of, n)
            net, tax = (sum(one[name] for one in lines) for name in ("amount_net", "tax"))
            is_done = n % 4 != 3
            closed = issued + dt.timedelta(days=14 + n % 9) if is_done else None
            work = chance.choice(self.words.work)
            values: dict[str, Any] = {
                "amount_net": net,
                "tax": tax,
                "amount_gross": net + tax,
                "discount": 0,
                "shipping": 0,
                "paid": net + tax if is_done else 0,
                "balance": 0 if is_done else net + tax,
                **dict.fromkeys(("issued_on", "created_at", "started_at", "opened_at", "spent_on", "posted_on"), issued),
                **dict.fromkeys(("paid_at", "completed_at", "closed_at", "resolved_at"), closed),
                **dict.fromkeys(("due_on", "valid_until"), issued + dt.timedelta(days=30)),
                "updated_at": issued + dt.timedelta(days=2),
                "name": f"{work} {n + 1}",
                "description": work,
                "lines": lines,
            }
            records.append(Record(values, party, "done" if is_done else "open", numbers_of(of, n)))
        return records

    @cached_property
    def invoices(self) -> list[Record]:
        return self._documents("invoices", self.parties["customers"], INVOICE_COUNT)

    @cached_property
    def open_invoices(self) -> list[Record]:
        return [one for one in self.invoices if one.state == "open"]

    @cached_property
    def bills(self) -> list[Record]:
        return self._documents("bills", self.parties["suppliers"], BILL_COUNT)

    @cached_property
    def expenses(self) -> list[Record]:
        """Return what was paid by the card of the business: each takes money out."""
        spent = self._documents("expenses", self.parties["suppliers"], BILL_COUNT)
        return [replace(one, values={**one.values, "debit": one.cents("amount_gross"), "credit": None}) for one in spent]

    @cached_property
    def orders(self) -> list[Record]:
        return self._documents("orders", self.parties["customers"], ORDER_COUNT, same_as="invoices", earlier_days=8)

    @cached_property
    def purchases(self) -> list[Record]:
        return self._documents("purchases", self.parties["suppliers"], BILL_COUNT, same_as="bills", earlier_days=8)

    @cached_property
    def quotes(self) -> list[Record]:
        return self._documents("quotes", self.parties["customers"], QUOTE_COUNT, same_as="invoices", earlier_days=18)

    @cached_property
    def deals(self) -> list[Record]:
        return self._documents("deals", self.parties["customers"], QUOTE_COUNT, same_as="invoices", earlier_days=20)

    @cached_property
    def projects(self) -> list[Record]:
        return self._documents("projects", self.parties["customers"], PROJECT_COUNT, same_as="invoices", earlier_days=5)

    @cached_property
    def tickets(self) -> list[Record]:
        return self._documents("tickets", self.parties["customers"], TICKET_COUNT)

    @cached_property
    def tasks(self) -> list[Record]:
        return self._documents("tasks", self.parties["staff"], TICKET_COUNT)

    def _each_line(self, documents: list[Record]) -> list[Record]:
        return [
            Record(
                {**document.values, **line},
                document.party,
                document.state,
                {**document.numbers, "sku": ("products", line["product"])},
            )
            for document in documents
            for line in document.values["lines"]
        ]

    @cached_property
    def invoice_lines(self) -> list[Record]:
        return self._each_line(self.invoices)

    @cached_property
    def order_lines(self) -> list[Record]:
        return self._each_line(self.orders)

    @cached_property
    def purchase_lines(self) -> list[Record]:
        return self._each_line(self.purchases)

    @cached_property
    def products(self) -> list[Record]:
        goods = self.words.goods
        return [
            Record(
                {
                    "name": f"{goods[n % len(goods)]} {n // len(goods) + 1}",
                    "unit_price": 15_00 + 7_35 * n,
                    "cost": 9_00 + 4_10 * n,
                    "quantity": 3 + n * 7 % 40,
                },
                numbers={**numbers_of("products", n), "sku": ("products", n)},
            )
            for n in range(PRODUCT_COUNT)
        ]

    @cached_property
    def accounts(self) -> list[Record]:
        return [
            Record(
                {
                    "name": f"{self.words.work[n % len(self.words.work)]} {n + 1}",
                    "debit": 100_00 * n if n % 2 else 0,
                    "credit": 0 if n % 2 else 100_00 * n,
                    "balance": 100_00 * n,
                },
                numbers=numbers_of("accounts", n),
            )
            for n in range(PRODUCT_COUNT)
        ]
