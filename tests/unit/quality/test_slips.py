"""Slips of the hand, planted at random: at least 95 % are found, and at least 95 % of what is found was planted."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from toolkit.quality import checked_records

Make = Callable[..., pa.Table]
KINDS = ("factor", "transposed", "swapped_date", "double_entry")
FIRST_DAY = date(2025, 10, 1)


@dataclass
class _Ledger:
    """A year of bills and invoices of a made-up client, with ten slips of each kind."""

    random: np.random.Generator
    bills: list[dict[str, Any]] = field(default_factory=list)
    invoices: list[dict[str, Any]] = field(default_factory=list)
    orders: list[dict[str, Any]] = field(default_factory=list)
    planted: set[tuple[str, str]] = field(default_factory=set)

    def fill(self) -> None:
        """Write what is right: fixed fees, amounts that vary a little or a lot, orders with their invoices."""
        for party in range(40):
            fee = self._odd(30_000, 400_000)
            self.bills += [self._bill(f"fee-{party}", fee, month) for month in range(12)]
        for party in range(60):
            usual = float(self.random.lognormal(11, 1.0))
            self.bills += [
                self._bill(f"use-{party}", round(usual * float(self.random.lognormal(0, 0.12))), month)
                for month in range(12)
            ]
        for party in range(150):
            for _ in range(int(self.random.integers(1, 25))):
                self.bills.append(self._bill(f"any-{party}", round(float(self.random.lognormal(11, 1.3))), None))
        for number in range(600):
            amount = round(float(self.random.lognormal(10, 1.0)))
            day = FIRST_DAY + timedelta(days=int(number * 360 / 600))
            self.orders.append(
                {
                    "number": f"#{1000 + number}",
                    "amount_minor": amount,
                    "created_at": _at(day),
                    "party_ref": f"p{number % 90}",
                }
            )
            self.invoices.append(
                {
                    "number": f"INV-{5000 + number}",
                    "reference": f"#{1000 + number}",
                    "amount_minor": amount,
                    "issued_on": day,
                    "due_on": day + timedelta(days=int(self.random.choice([14, 30, 30, 30]))),
                    "party_ref": f"p{number % 90}",
                    "description": f"order {1000 + number}",
                }
            )
        self.bills.sort(key=lambda row: row["issued_on"])
        for number, row in enumerate(self.bills):
            row.update(record_id=f"b{number}", number=f"S{int(self.random.integers(10**7))}")
        for number, row in enumerate(self.invoices):
            row["record_id"] = f"i{number}"

    def spoil(self) -> None:
        """Plant ten slips of each kind where the records hold evidence of what is right."""
        fees, uses = (self._some(self.bills, prefix) for prefix in ("fee-", "use-"))
        invoices = iter(self.random.permutation(len(self.invoices)).tolist())
        for _, row in zip(range(5), uses, strict=False):
            self._spoil(row, "bills", "factor", amount_minor=row["amount_minor"] * int(self.random.choice([10, 100])))
        for _, place in zip(range(5), invoices, strict=False):
            row = self.invoices[place]
            self._spoil(row, "invoices", "factor", amount_minor=row["amount_minor"] * 10)
        for _, row in zip(range(5), fees, strict=False):
            self._spoil(row, "bills", "transposed", amount_minor=self._transposed(row["amount_minor"]))
        for _, place in zip(range(5), invoices, strict=False):
            row = self.invoices[place]
            self._spoil(row, "invoices", "transposed", amount_minor=self._transposed(row["amount_minor"]))
        may_swap = (place for place in invoices if self._can_swap(self.invoices[place]["issued_on"]))
        for _, place in zip(range(10), may_swap, strict=False):
            row = self.invoices[place]
            self._spoil(row, "invoices", "swapped_date", issued_on=_swapped(row["issued_on"]))
        for number, row in zip(range(10), fees, strict=False):
            copy = {**row, "record_id": f"twice{number}"}
            self.bills.append(copy)
            self.planted.add((f"ledger/bills/twice{number}", "double_entry"))

    def _spoil(self, row: dict[str, Any], stream: str, kind: str, **changes: Any) -> None:
        row.update(changes)
        self.planted.add((f"ledger/{stream}/{row['record_id']}", kind))

    def _some(self, rows: list[dict[str, Any]], prefix: str) -> Iterator[dict[str, Any]]:
        """Yield one row of each of different parties, in random order."""
        own = [row for row in rows if row["party_ref"].startswith(prefix)]
        seen: set[str] = set()
        for place in self.random.permutation(len(own)).tolist():
            if own[place]["party_ref"] not in seen:
                seen.add(own[place]["party_ref"])
                yield own[place]

    def _bill(self, party: str, amount: int, month: int | None) -> dict[str, Any]:
        day = FIRST_DAY + timedelta(days=30 * month if month is not None else int(self.random.integers(360)))
        day += timedelta(days=int(self.random.integers(5)))
        return {"party_ref": party, "amount_minor": max(amount, 1_000), "issued_on": day, "due_on": day + timedelta(days=30)}

    def _odd(self, low: int, high: int) -> int:
        return int(self.random.integers(low, high)) // 100 * 100 + int(self.random.integers(1, 10)) * 10 + 5

    def _transposed(self, amount: int) -> int:
        digits = list(str(amount))
        place = next(
            place for place in range(len(digits) - 1) if digits[place] != digits[place + 1] and digits[place + 1] != "0"
        )
        digits[place], digits[place + 1] = digits[place + 1], digits[place]
        return int("".join(digits))

    def _can_swap(self, day: date) -> bool:
        return day.day <= 12 and abs(day.day - day.month) >= 2


def _at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 10, tzinfo=UTC)


def _swapped(day: date) -> date:
    return date(day.year, day.day, day.month)


@pytest.mark.parametrize("seed", [1, 2])
def test_planted_slips_are_found_and_hardly_anything_else(records: Make, seed: int) -> None:
    """Of 40 slips among about 3,700 documents at least 38 are found, and at least 95 of 100 findings are slips."""
    ledger = _Ledger(np.random.default_rng(seed))
    ledger.fill()
    ledger.spoil()
    tables = {
        ("ledger", "bills"): records("bill", ledger.bills),
        ("ledger", "invoices"): records("invoice", ledger.invoices),
        ("shop", "orders"): records("order", ledger.orders, system="shop"),
    }

    quality = checked_records(tables, country="US", as_of=date(2026, 12, 31), currency="USD")

    found = {
        (row["record_key"], kind)
        for row in quality.findings.to_pylist()
        for kind in KINDS
        if row["check_id"].endswith(f"implausible.{kind}")
    }
    # A date may also be found through its due date: the record counts.
    assert len(ledger.planted) == 40
    assert len(found & ledger.planted) >= 0.95 * len(ledger.planted), sorted(ledger.planted - found)
    assert len(found & ledger.planted) >= 0.95 * len(found), sorted(found - ledger.planted)
