"""The web shop: orders, the payment links and invoices typed from them, and the receipts that follow."""

import random
from datetime import timedelta

from tests.sample_client import variants
from tests.sample_client.documents import (
    AS_OF,
    FIRST_DAY,
    Carried,
    Document,
    chosen,
    is_held,
    is_waiting,
    lag,
    later,
    local_day,
    local_time,
)
from tests.sample_client.fitout import posted_twice
from tests.sample_client.names import PRODUCTS
from tests.sample_client.parties import PartyRecord, Register, _token
from tests.sample_client.world import Company, Person

ORDER_COUNT = 640
GRACE = {"order_to_payment": 7, "order_to_invoice": 14, "stripe_to_ledger": 10}
TAX_RATE = 0.1025


def planned_orders(seed: int, buyers: list[Person]) -> list[Document]:
    """Return the orders of twelve months; everybody in ``buyers`` buys at least once."""
    rng = random.Random(f"{seed}/orders")
    people = [*buyers, *rng.choices(buyers, k=ORDER_COUNT - len(buyers))]
    orders = []
    for person in people:
        day = FIRST_DAY + timedelta(days=rng.randint(0, 364))
        at = local_time(
            day, rng.choice((7, 8, 9, 10, 11, 12, 13, 15, 17, 19, 20, 21, 22)), rng.randint(0, 59), rng.randint(0, 59)
        )
        order = Document("shop", "orders", "", day, 0, at, account_id=person.account_id, role="order")
        lines = [
            (product, rng.choice((1, 1, 1, 2, 2, 3, 4))) for product in rng.sample(PRODUCTS, rng.choice((1, 1, 2, 2, 3)))
        ]
        subtotal = sum(price * quantity for (_, _, price), quantity in lines)
        shipping = 0 if subtotal > 25_000 else rng.choice((995, 1495, 2450))
        tax = round(subtotal * TAX_RATE)
        order.amount_minor = subtotal + shipping + tax
        order.cells = {
            "buyer": person.entity_id,
            "subtotal": str(subtotal),
            "shipping": str(shipping),
            "tax": str(tax),
            "id": str(rng.randint(5 * 10**12, 6 * 10**12)),
            "lines": ";".join(f"{sku}|{name}|{price}|{quantity}" for (sku, name, price), quantity in lines),
        }
        orders.append(order)
    orders.sort(key=lambda one: (one.at, one.cells["id"]))
    for number, order in enumerate(orders, 1201):
        order.record_id = order.number = f"#{number}"
    return orders


class WebShop:
    """Carries every order on into the payment provider and the ledger."""

    def __init__(self, seed: int, register: Register, orders: list[Document]) -> None:
        self.seed = seed
        self.register = register
        self.orders = orders
        self.charges: list[Document] = []
        self.invoices: list[Document] = []
        self.receipts: list[Document] = []
        self.truth: list[Carried] = []
        self.missing_invoice: set[int] = set()
        self.held = random.Random(f"{seed}/shop-held")

    def _found(self, handoff_id: str) -> list[Carried]:
        return [one for one in self.truth if one.handoff_id == handoff_id and one.status == "found" and not one.error_kind]

    def _keep(self, handoff_id: str, source: Document, target: Document, kept: list[Document]) -> None:
        if is_held(source.on, GRACE[handoff_id], self.held) or is_waiting(source.on, target.on, GRACE[handoff_id]):
            self.truth.append(Carried(handoff_id, source, None, "waiting"))
            return
        kept.append(target)
        self.truth.append(Carried(handoff_id, source, target, "found", basis=target.cells.get("basis", "")))

    def make_charges(self) -> None:
        """Priya types each order's total into a payment link; the customer pays it hours later."""
        rng = random.Random(f"{self.seed}/charges")
        missing = chosen(rng, self.orders, 9, grace_days=GRACE["order_to_payment"])
        for at, order in enumerate(self.orders):
            if at in missing:
                self.truth.append(Carried("order_to_payment", order, None, "missing"))
                continue
            paid = later(
                order.at or local_time(order.on, 9, 0),
                lag(rng, median=410, sigma=1.0, most=4.5 * 1440, least=4),
                whole_minutes=False,
            )
            paid = paid.replace(second=rng.randint(0, 59), microsecond=0)
            charge = Document("payments", "payments", f"ch_3{_token(rng, 23)}", local_day(paid), order.amount_minor, paid)
            customer = rng.choice(
                [one for one in self.register.stream("payments", "customers") if one.cells["buyer"] == order.cells["buyer"]]
            )
            charge.party, charge.account_id, charge.role = customer.record_id, order.account_id, "card payment"
            has_number = rng.random() < 0.6
            charge.cells = {
                "description": f"Order {order.number}" if has_number else "Harbor & Pine web shop",
                "email": customer.text("email"),
                "buyer": order.cells["buyer"],
            }
            charge.cells["basis"] = "reference" if has_number else "account, amount and date"
            self._keep("order_to_payment", order, charge, self.charges)
        for at, row in enumerate(rng.sample(self._found("order_to_payment"), 14)):
            if row.source and row.target:
                tax_missed = at >= 8
                row.error_kind = "tax_missed" if tax_missed else "transposed"
                row.target.amount_minor = (
                    row.source.amount_minor - int(row.source.cells["tax"])
                    if tax_missed
                    else variants.transposed(row.source.amount_minor, rng)
                )
                row.target.cells["description"] = f"Order {row.source.number}"
                row.basis = "reference"
        for charge in self.charges:
            charge.cells["fee"] = str(round(charge.amount_minor * 0.029) + 30)

    def choose_missing(self) -> None:
        """Choose the orders that never become an invoice, before the ledger's customers are made."""
        self.missing_invoice = chosen(
            random.Random(f"{self.seed}/order-gaps"), self.orders, 12, grace_days=GRACE["order_to_invoice"]
        )

    def ledger_accounts(self) -> set[str]:
        """Entities of the accounts that the ledger must know because of orders."""
        return {one.account_id for one in self.orders}

    def make_invoices(self) -> None:
        """Priya re-enters the week's orders as invoices."""
        rng = random.Random(f"{self.seed}/order-invoices")
        for at, order in enumerate(self.orders):
            if at in self.missing_invoice:
                self.truth.append(Carried("order_to_invoice", order, None, "missing"))
                continue
            days = round(lag(rng, median=2.4, sigma=0.7, most=11.4, least=0.5))
            invoice = Document("ledger", "invoices", "", order.on + timedelta(days=days), order.amount_minor)
            invoice.party, invoice.account_id, invoice.role = (
                self._customer(order, rng).text("name"),
                order.account_id,
                "order invoice",
            )
            memo, basis = self._memo(order, rng)
            invoice.cells = {"memo": memo, "basis": basis, "terms": "0", "order": order.number}
            self._keep("order_to_invoice", order, invoice, self.invoices)
        for at, row in enumerate(
            rng.sample([one for one in self._found("order_to_invoice") if one.basis == "reference"], 26)
        ):
            if row.source and row.target:
                row.error_kind = "transposed" if at < 12 else "factor" if at < 16 else "tax_missed"
                total, tax = row.source.amount_minor, int(row.source.cells["tax"])
                row.target.amount_minor = {
                    "transposed": variants.transposed(total, rng),
                    "factor": total * 10,
                    "tax_missed": total - tax,
                }[row.error_kind]
        for row in rng.sample(self._found("order_to_invoice"), 7):
            if row.target:
                twin = posted_twice(row.target, rng)
                self.invoices.append(twin)
                self.truth.append(
                    Carried("order_to_invoice", None, twin, "extra", "double_posting", basis="same customer and amount")
                )

    def _memo(self, order: Document, rng: random.Random) -> tuple[str, str]:
        draw, digits = rng.random(), order.number[1:]
        if draw < 0.62:
            return f"Shopify {order.number}", "reference"
        if draw < 0.74:
            return f"web order {digits}", "reference"
        if draw < 0.76:
            wrong = str(variants.transposed(int(digits), rng))
            return f"Shopify #{wrong}", "mistyped reference"
        return rng.choice(("Web shop", "", "Shop order")), "account, amount and date"

    def _customer(self, order: Document, rng: random.Random) -> PartyRecord:
        return rng.choice(self.register.of("ledger", "customers", order.account_id))

    def make_receipts(self) -> None:
        """Owen types each card payment into the ledger, now and then with the fee already taken off."""
        rng = random.Random(f"{self.seed}/receipts")
        missing = chosen(rng, self.charges, 10, grace_days=GRACE["stripe_to_ledger"])
        for at, charge in enumerate(self.charges):
            if at in missing:
                self.truth.append(Carried("stripe_to_ledger", charge, None, "missing"))
                continue
            days = round(lag(rng, median=1.8, sigma=0.6, most=7.4, least=0.0))
            receipt = Document(
                "ledger", "payments", "", charge.on + timedelta(days=days), charge.amount_minor, account_id=charge.account_id
            )
            receipt.party, receipt.role = self._customer(charge, rng).text("name"), "card receipt"
            has_id = rng.random() < 0.5
            receipt.cells = {"memo": f"Stripe {charge.record_id}" if has_id else "Stripe", "account": "1015 Stripe Clearing"}
            receipt.cells["basis"] = "reference" if has_id else "account, amount and date"
            self._keep("stripe_to_ledger", charge, receipt, self.receipts)
        for at, row in enumerate(rng.sample(self._found("stripe_to_ledger"), 38)):
            if row.source and row.target:
                row.error_kind = "fee" if at < 30 else "transposed"
                fee = int(row.source.cells["fee"])
                row.target.amount_minor = (
                    row.source.amount_minor - fee if at < 30 else variants.transposed(row.source.amount_minor, rng)
                )
                if row.error_kind == "transposed":
                    row.target.cells["memo"], row.basis = f"Stripe {row.source.record_id}", "reference"

    def payouts(self) -> list[Document]:
        """Return the weekly transfers to the bank: sums, so no payment has a bank line of its own."""
        weeks: dict[int, int] = {}
        for charge in self.charges:
            week = (charge.on - FIRST_DAY).days // 7
            weeks[week] = weeks.get(week, 0) + charge.amount_minor - int(charge.cells["fee"])
        lines = []
        for week, total in sorted(weeks.items()):
            day = FIRST_DAY + timedelta(days=7 * week + 9)
            if day < AS_OF:
                lines.append(
                    Document(
                        "bank",
                        "transactions",
                        "",
                        day,
                        total,
                        role="payout",
                        cells={"name": "STRIPE TRANSFER", "memo": f"ST-{week + 4100}"},
                    )
                )
        return lines


def accounts_of(register: Register, account_ids: set[str]) -> list[Company | Person]:
    """Return the companies and people of some accounts, in the world's order."""
    everyone: list[Company | Person] = [*register.world.companies, *register.world.people]
    return [one for one in everyone if one.entity_id in account_ids]
