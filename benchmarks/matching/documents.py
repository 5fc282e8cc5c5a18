"""Score and cost of matching generated invoices to payments, with known truth.

Run from the project's root: ``python benchmarks/matching/documents.py [--invoices 100000] [--seed 1]``.

Two thirds of the payments quote the invoice, in other spellings; some have lost their customer, or name them in the text
only; customers with a monthly fee pay equal amounts; invoices are paid in parts and payments settle several; amounts lose
a fee or two digits change places; some invoices are never paid and some payments have no invoice.
"""

import argparse
import random
import resource
import time
from datetime import date, timedelta
from typing import Any

import pyarrow as pa

from toolkit.match.documents.matching import DocumentMatching, matched_documents
from toolkit.match.linkage.evaluation import Agreement, pair_agreement

Pairs = set[tuple[str, str]]
_FIRST = date(2025, 1, 1)
_SYLLABLE_TEXT = "ar bel cor dan el far gar hol in jar kel lin mor nor ol par quin ros sel tor ul var wes yor zan"
SYLLABLES = _SYLLABLE_TEXT.split()
_TRADE_TEXT = "Plumbing Logistics Bakery Roofing Design Catering Motors Dental Flooring Security Marine Optics"
TRADES = _TRADE_TEXT.split()
_WORK_TEXT = "roof porch boiler kitchen fence survey audit hosting cleaning delivery repair training support"
WORK = _WORK_TEXT.split()
_TEXTS = ("party_name", "number", "name", "description", "reference", "invoice_ref", "party", "record_key")


class _Documents:
    """Documents of one side as they are made, each with a key that says nothing about its counterpart."""

    def __init__(self, prefix: str, dice: random.Random) -> None:
        self.rows: list[dict[str, Any]] = []
        self._prefix = prefix
        self._dice = dice

    def added(self, **row: Any) -> str:
        """Return the key of a new document."""
        key = f"{self._prefix}{self._dice.getrandbits(60):015x}"
        self.rows.append({"record_key": key, "is_party_known_there": True, **row})
        return key

    def table(self) -> pa.Table:
        """Return the documents in order of their keys."""
        rows = sorted(self.rows, key=lambda row: str(row["record_key"]))
        columns: dict[str, pa.Array] = {name: pa.array([row.get(name) for row in rows], pa.string()) for name in _TEXTS}
        columns["day"] = pa.array([row["day"] for row in rows], pa.date32())
        columns["is_party_known_there"] = pa.array([row["is_party_known_there"] for row in rows])
        for name in ("amount_minor", "tax_minor", "fee_minor"):
            columns[name] = pa.array([row.get(name) for row in rows], pa.int64())
        return pa.table(columns)


def generated_documents(count: int, seed: int) -> tuple[pa.Table, pa.Table, Pairs]:
    """Return invoices, payments, and the pairs of keys that belong together."""
    dice = random.Random(seed)
    invoices, payments, truth = _Documents("i", dice), _Documents("p", dice), set[tuple[str, str]]()
    customers = [_customer(dice, number) for number in range(max(count // 12, 5))]
    number = 10_000
    while len(invoices.rows) < count:
        customer = customers[min(int(dice.paretovariate(1.1)) - 1 + dice.randrange(len(customers)), len(customers) - 1)]
        number += dice.randint(1, 3)
        drawn = dice.random()
        several = dice.randint(2, 4) if drawn < 0.02 else 1
        keys, total, day, first = [], 0, _FIRST, _FIRST + timedelta(days=dice.randrange(540))
        for _ in range(several):
            number += 1
            day = first + timedelta(days=dice.randrange(21) if several > 1 else 0)
            amount = customer["fee"] or (
                dice.randint(20, 4_000) * 500 if dice.random() < 0.3 else dice.randint(3_000, 900_000)
            )
            keys.append(_invoice(invoices, dice, customer, number, amount, day))
            total += amount
        if drawn > 0.97:
            continue
        parts = _parts(dice, total) if 0.02 <= drawn < 0.05 else [total]
        for part in parts:
            key = _payment(payments, dice, customer, number if several == 1 else None, part, day, is_split=len(parts) > 1)
            truth.update((one, key) for one in keys)
    for _ in range(count // 40):
        _payment(
            payments, dice, dice.choice(customers), None, dice.randint(3_000, 900_000),
            _FIRST + timedelta(days=dice.randrange(540)), is_split=False,
        )  # fmt: skip
    return invoices.table(), payments.table(), truth


def _customer(dice: random.Random, number: int) -> dict[str, Any]:
    name = "".join(dice.choices(SYLLABLES, k=3)).capitalize()
    fee = dice.choice((4_900, 9_900, 25_000)) if dice.random() < 0.1 else 0
    return {"party": f"c{number}", "party_name": f"{name} {dice.choice(TRADES)}", "fee": fee}


def _invoice(  # noqa: PLR0917 - one line of a ledger
    invoices: _Documents, dice: random.Random, customer: dict[str, Any], number: int, amount: int, day: date
) -> str:
    return invoices.added(
        party=customer["party"], party_name=customer["party_name"], number=f"INV-{number:07}", amount_minor=amount, day=day,
        tax_minor=amount // 6, name=f"{dice.choice(WORK)} {dice.choice(WORK)}",
    )  # fmt: skip


def _parts(dice: random.Random, total: int) -> list[int]:
    first = int(total * dice.uniform(0.2, 0.7))
    if dice.random() < 0.3:
        return [first, (total - first) // 2, total - first - (total - first) // 2]
    return [first, total - first]


def _payment(  # noqa: PLR0917 - one line of a ledger
    payments: _Documents, dice: random.Random, customer: dict[str, Any], number: int | None, amount: int, day: date, *,
    is_split: bool,
) -> str:  # fmt: skip
    row: dict[str, Any] = {"amount_minor": amount, "day": day + timedelta(days=int(dice.lognormvariate(2.7, 0.7)))}
    drawn = dice.random()
    if not is_split and drawn < 0.03:
        row["amount_minor"] = amount - amount * 29 // 1000 - 30
    elif not is_split and drawn < 0.04:
        row["amount_minor"] = _swapped(dice, amount)
    if number is not None and dice.random() < 0.66:
        written = dice.choice((f"INV-{number:07}", f"inv {number}", f"#{number}", str(number).replace("0", "O", 1)))
        row[dice.choice(("invoice_ref", "reference", "description"))] = written
    known = dice.random()
    if known < 0.85:
        row["party"] = customer["party"]
        row["party_name"] = customer["party_name"]
    elif known < 0.95:
        row["description"] = f"{row.get('description', '')} {customer['party_name'].upper()}".strip()
    return payments.added(**row)


def _swapped(dice: random.Random, amount: int) -> int:
    digits = list(str(amount))
    at = dice.randrange(len(digits) - 1)
    digits[at], digits[at + 1] = digits[at + 1], digits[at]
    return int("".join(digits)) if digits[0] != "0" else amount


def found_pairs(matching: DocumentMatching) -> Pairs:
    """Return the pairs of keys that were held to be one, those inside groups included."""
    keys_l, keys_r = matching.left.texts("record_key"), matching.right.texts("record_key")
    rows = [(int(matching.rows_l[pair]), int(matching.rows_r[pair])) for pair in matching.linked_pairs]
    rows += [(one, other) for group in matching.groups for one in group.rows_l for other in group.rows_r]
    return {(str(keys_l[one]), str(keys_r[other])) for one, other in rows}


def _agreement_within(found: Pairs, truth: Pairs) -> Agreement:
    """Return the score over documents that belong to several, or were held to."""
    many: set[str] = set()
    seen: set[str] = set()
    for pair in truth:
        for key in pair:
            (many if key in seen else seen).add(key)
    return pair_agreement(
        {one for one in found if not many.isdisjoint(one)}, {one for one in truth if not many.isdisjoint(one)}
    )


def main() -> None:
    """Print one line: size, CPU time, memory and scores."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--invoices", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    left, right, truth = generated_documents(options.invoices, options.seed)
    start = time.process_time()
    matching = matched_documents(left, right)
    cpu_s = time.process_time() - start
    found = found_pairs(matching)
    whole, several = pair_agreement(found, truth), _agreement_within(found, truth)
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{left.num_rows:,} x {right.num_rows:,}  {len(matching.rows_l):,} pairs  CPU {cpu_s:.1f} s  {peak_mb:,.0f} MB  "
        f"precision {whole.precision:.4f}  recall {whole.recall:.4f}  F1 {whole.f1:.4f}  "
        f"in parts or together: precision {several.precision:.4f} recall {several.recall:.4f}  "
        f"{len(matching.groups):,} groups  {int(matching.is_ambiguous.sum()):,} ambiguous"
    )


if __name__ == "__main__":
    main()
