"""What happens beside the handoffs: service calls and their invoices, questions to support, sales across the counter."""

import random
from datetime import date, timedelta

from tests.sample_client import variants
from tests.sample_client.documents import FIRST_DAY, Document, business_day, lag, later, local_day, local_time
from tests.sample_client.names import SERVICE_CALLS, TICKET_SUBJECTS
from tests.sample_client.parties import PartyRecord, Register

SERVICE_COUNT, QUESTION_COUNT, COUNTER_COUNT, CREDIT_COUNT = 84, 250, 38, 12


class Service:
    """Tickets that start no project, and invoices that no deal or order stands behind."""

    def __init__(self, seed: int, register: Register) -> None:
        self.rng = random.Random(f"{seed}/service")
        self.register = register
        self.tickets: list[Document] = []
        self.invoices: list[Document] = []
        self.credits: list[Document] = []
        self.companies = {one.entity_id: one for one in register.world.companies}

    def make_tickets(self) -> None:
        """Add service calls of clients that the ledger knows, and everybody's questions."""
        rng, users = self.rng, self.register.stream("support", "users")
        clients = [
            one
            for one in users
            if one.account_id.startswith("C") and self.register.of("ledger", "customers", one.account_id)
        ]
        for at in range(SERVICE_COUNT + QUESTION_COUNT):
            is_call = at < SERVICE_COUNT
            user = rng.choice(clients if is_call else users)
            opened = local_time(FIRST_DAY + timedelta(days=rng.randint(0, 364)), rng.randint(7, 18), rng.randint(0, 59))
            ticket = Document(
                "support", "tickets", "", local_day(opened), 0, opened, party=user.record_id, account_id=user.account_id
            )
            ticket.role = "service call" if is_call else "question"
            company = self.companies.get(user.account_id)
            ticket.cells = {
                "subject": f"Service call - {rng.choice(SERVICE_CALLS)}" if is_call else rng.choice(TICKET_SUBJECTS),
                "organization": variants.full_name(company) if company else "",
            }
            self.tickets.append(ticket)

    def make_invoices(self) -> None:
        """Add the invoices of service calls, sales across the counter, and credit memos."""
        rng = self.rng
        for ticket in [one for one in self.tickets if one.role == "service call"][:72]:
            customer = rng.choice(self.register.of("ledger", "customers", ticket.account_id))
            day = ticket.on + timedelta(days=rng.randint(2, 18))
            if day <= date(2026, 10, 4):
                self._invoice(
                    customer,
                    day,
                    "service call",
                    round(lag(rng, median=42_000, sigma=0.5, most=240_000, least=9_500) / 100) * 100,
                    str(ticket.cells["subject"]),
                )
        customers = [one for one in self.register.stream("ledger", "customers") if one.kind == "company"]
        for _ in range(COUNTER_COUNT):
            amount = round(lag(rng, median=88_000, sigma=0.6, most=600_000, least=5_000))
            self._invoice(
                rng.choice(customers),
                business_day(rng),
                "material sale",
                amount,
                rng.choice(("Material sale", "Counter sale", "Surplus flooring")),
            )
        for _ in range(CREDIT_COUNT):
            customer = rng.choice(customers)
            amount = -round(lag(rng, median=12_000, sigma=0.5, most=90_000, least=2_000))
            self.credits.append(
                Document(
                    "ledger",
                    "credit_memos",
                    "",
                    business_day(rng),
                    amount,
                    party=customer.text("name"),
                    account_id=customer.account_id,
                    role="credit memo",
                    cells={"memo": "Goodwill", "terms": "0"},
                )
            )

    def _invoice(self, customer: PartyRecord, day: date, role: str, amount: int, memo: str) -> None:
        invoice = Document(
            "ledger", "invoices", "", day, amount, party=customer.text("name"), account_id=customer.account_id, role=role
        )
        invoice.cells = {"memo": memo, "terms": "30"}
        self.invoices.append(invoice)


def numbered_tickets(tickets: list[Document], rng: random.Random) -> None:
    """Give tickets their numbers in order of arrival, and an end."""
    tickets.sort(key=lambda one: (one.at, one.party, one.cells["subject"]))
    for number, ticket in enumerate(tickets, 2051):
        ticket.record_id = ticket.number = str(number)
        solved = later(
            ticket.at or local_time(ticket.on, 9, 0),
            lag(rng, median=1500, sigma=1.1, most=28_000, least=6),
            whole_minutes=True,
        )
        is_open = solved > local_time(date(2026, 10, 4), 18, 0) or rng.random() < 0.04
        ticket.cells["solved"] = "" if is_open else solved.strftime("%Y-%m-%d %H:%M")
        ticket.cells["status"] = rng.choice(("Open", "Pending")) if is_open else rng.choice(("Solved", "Closed", "Closed"))
