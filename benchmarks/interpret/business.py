"""What flows through the invented business: payments by card, payments to suppliers, the bank account, the books, hours.

Some went wrong on purpose: an invoice that reached the bank twice, one that arrived short, cards that failed first.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from benchmarks.interpret.paperwork import FIRST_DAY, PROJECT_COUNT, STAFF_COUNT, Paperwork, Record, numbers_of
from benchmarks.interpret.people import Party

PAID_TWICE, PAID_SHORT, SHORT_BY = 2, 6, 10_00
"""The invoice that reached the bank twice, and the one that arrived short, and by how much."""


@dataclass(frozen=True)
class Business(Paperwork):
    """The records of one invented business, in sets such as ``invoices`` and ``bank``."""

    card_every: int = 0
    """Every how many-th invoice is paid by card and so not through the bank; 0: none."""

    def is_paid_by_card(self, n: int) -> bool:
        """Return whether the ``n``-th invoice goes through the card provider."""
        return self.card_every > 0 and n % self.card_every == self.card_every // 2

    @cached_property
    def payments(self) -> list[Record]:
        """Return what customers paid by card: most of it went through, some failed first, some is on its way."""
        records: list[Record] = []
        for n, invoice in enumerate(self.invoices):
            gross = invoice.cents("amount_gross")
            due = invoice.values["paid_at"] or invoice.values["issued_on"] + dt.timedelta(days=18)
            last = "done" if invoice.state == "done" else "pending"
            attempts = [*(["failed"] if n % 9 == 4 else []), last] if self.is_paid_by_card(n) else []
            for back, state in enumerate(reversed(attempts)):
                day, fee = due - dt.timedelta(days=back), round(gross * 0.014) + 25 if state == "done" else 0
                values: dict[str, Any] = {
                    "amount_gross": gross,
                    "fee": fee,
                    "amount_net": gross - fee,
                    "tax": 0,
                    "description": invoice.values["description"],
                    **dict.fromkeys(("paid_at", "posted_on", "created_at", "issued_on"), day),
                }
                numbers = {
                    **numbers_of("payments", len(records)),
                    **dict.fromkeys(("invoice_ref", "order_ref", "reference"), ("invoices", n)),
                }
                records.append(Record(values, invoice.party, state, numbers))
        return sorted(records, key=lambda one: str(one.values["paid_at"]))

    @cached_property
    def settled_payments(self) -> list[Record]:
        return [one for one in self.payments if one.state == "done"]

    @cached_property
    def supplier_payments(self) -> list[Record]:
        return [
            Record(
                {**one.values, "paid_at": one.values["paid_at"]},
                one.party,
                "done",
                {**numbers_of("supplier_payments", n), "invoice_ref": ("bills", n)},
            )
            for n, one in enumerate(self.bills)
            if one.state == "done"
        ]

    @cached_property
    def journal(self) -> list[Record]:
        """Return three lines per invoice: the customer owes the gross, sales and tax are credited."""
        return [
            Record(
                {
                    **one.values,
                    "line_no": str(line),
                    "debit": debit,
                    "credit": credit,
                    "amount_gross": (debit or 0) - (credit or 0),
                },
                one.party,
                "done",
                {**numbers_of("journal", n), "reference": ("invoices", n)},
            )
            for n, one in enumerate(self.invoices)
            for line, (debit, credit) in enumerate(
                [
                    (one.cents("amount_gross"), None),
                    (None, one.cents("amount_net")),
                    (None, one.cents("tax")),
                ],
                1,
            )
        ]

    @cached_property
    def hours(self) -> list[Record]:
        return [
            Record(
                {
                    **dict.fromkeys(
                        ("spent_on", "posted_on", "started_at", "paid_at"), FIRST_DAY + dt.timedelta(days=4 * n)
                    ),
                    "quantity": 1 + n % 7,
                    "name": self.projects[n % PROJECT_COUNT].values["name"],
                    "completed_at": FIRST_DAY + dt.timedelta(days=4 * n, hours=3),
                    "amount_gross": 45_00 * (1 + n % 7),
                },
                self.parties["staff"][n % STAFF_COUNT],
                numbers={
                    "record_id": ("staff", n % STAFF_COUNT),
                    "number": ("staff", n % STAFF_COUNT),
                    "employee_ref": ("staff", n % STAFF_COUNT),
                },
            )
            for n in range(60)
        ]

    def _bank_events(self) -> Iterator[tuple[object, int, Party | None, tuple[str, int] | None]]:
        for n, one in enumerate(self.invoices):
            if one.state == "done" and not self.is_paid_by_card(n):
                gross = one.cents("amount_gross")
                day = one.values["paid_at"]
                yield day, gross - (SHORT_BY if n == PAID_SHORT else 0), one.party, ("invoices", n)
                if n == PAID_TWICE and isinstance(day, dt.datetime):
                    yield day + dt.timedelta(days=2), gross, one.party, ("invoices", n)
        for n, one in enumerate(self.bills):
            if one.state == "done":
                yield one.values["paid_at"], -one.cents("amount_gross"), one.party, ("bills", n)
        for month in range(9):
            yield FIRST_DAY + dt.timedelta(days=30 * month), -1_450_00, None, None

    @cached_property
    def bank(self) -> list[Record]:
        """Return what passed through the account: receipts and payments with the number they are for, and the rent."""
        records, balance = [], 25_000_00
        for n, (day, amount, party, number) in enumerate(sorted(self._bank_events(), key=lambda one: str(one[0]))):
            balance += amount
            values: dict[str, Any] = {
                "amount_gross": amount,
                "debit": -amount if amount < 0 else None,
                "credit": amount if amount > 0 else None,
                **dict.fromkeys(("posted_on", "value_on", "paid_at", "spent_on", "created_at"), day),
                "balance": balance,
            }
            numbers = {**numbers_of("bank", n), **({"text": number} if number else {})}
            records.append(Record(values, party, "in" if amount > 0 else "out", numbers))
        return records

    @cached_property
    def bank_receipts(self) -> list[Record]:
        return [one for one in self.bank if one.state == "in"]
