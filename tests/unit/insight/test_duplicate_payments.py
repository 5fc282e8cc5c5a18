"""Payments that may have been made twice: what is found, and what is left alone."""

import random
from datetime import date, timedelta
from typing import Any

import pytest

from toolkit.insight.duplicate_payments import Credit, Paid, duplicate_payments

START = date(2025, 10, 1)


def paid(number: str | None, day: int = 0, **more: Any) -> Paid:
    given = {"vendor": "Acme", "amount_minor": 12_500, "currency": "USD", **more}
    return Paid(f"{number}@{day}@{given['vendor']}", on=START + timedelta(days=day), number=number, **given)


def _slipped(number: str, kind: int, draw: random.Random) -> str:
    """Return a number as somebody types it the second time."""
    digits = number.removeprefix("INV-")
    if kind == 0:
        return number
    if kind == 1:
        return digits.lstrip("0")
    if kind == 2:
        return f"{number}A"
    if kind == 3:
        at = draw.randrange(len(digits) - 1)
        return f"{digits[:at]}{digits[at + 1]}{digits[at]}{digits[at + 2 :]}"
    at = draw.randrange(len(digits))
    return f"INV-{digits[:at]}{digits[at]}{digits[at:]}"


def _ledger(seed: int) -> tuple[list[Paid], list[Credit], set[str]]:
    """Return 5,000 bills of 200 suppliers with 25 entered twice, among rents, instalments and what was credited."""
    draw = random.Random(seed)
    bills: list[Paid] = []

    def add(vendor: str, amount: int, day: int, number: str, **more: Any) -> Paid:
        on = START + timedelta(days=day)
        bills.append(Paid(f"bill-{len(bills)}", vendor, amount, "USD", on, number, **more))
        return bills[-1]

    counters = {f"Vendor {one}": draw.randrange(1000, 90_000) for one in range(200)}
    for number in range(24):
        # Rent and subscriptions: the same amount each month, numbers that follow each other or the client's own number.
        vendor, amount = f"Landlord {number}", draw.randrange(5_000, 900_000)
        for month in range(12):
            own = f"{7000 + month}" if number % 2 else "ACC 40417"
            add(vendor, amount, 30 * month + draw.randrange(3), own)
    for number in range(20):
        for part in range(1, 4):
            add(f"Builder {number}", 250_000, 30 * part, f"P-{900 + number}-{part}")
    while len(bills) < 4960:
        vendor = draw.choice(list(counters))
        counters[vendor] += draw.randrange(1, 30)
        amount = draw.choice([draw.randrange(1_000, 2_000_000), 100 * draw.randrange(10, 400)])
        add(vendor, amount, draw.randrange(360), f"INV-{counters[vendor]:06d}")
    singles = [one for one in bills if one.number and one.number.startswith("INV-")]
    chosen = draw.sample(singles, 35)
    planted, credits_given = set(), []
    for place, one in enumerate(chosen):
        day = (one.on - START).days + draw.randrange(1, 45)
        again = add(one.vendor, one.amount_minor, day, _slipped(one.number or "", place % 5, draw))
        if place < 25:
            planted.add(again.record_key)
        else:
            credits_given.append(Credit(one.vendor, one.amount_minor, "USD", again.on + timedelta(days=9)))
    while len(bills) < 5000:
        add("Extra", draw.randrange(1_000, 900_000), draw.randrange(360), f"X-{len(bills)}")
    return bills, credits_given, planted


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_25_of_5000_that_were_paid_twice_are_found_with_at_most_3_others(seed: int) -> None:
    """Rents, instalments and what was credited are not among them."""
    bills, credits_given, planted = _ledger(seed)

    found = {one.second.record_key for one in duplicate_payments(bills, credits_given)}

    assert len(bills) == 5000
    assert planted <= found
    assert len(found - planted) <= 3


@pytest.mark.parametrize(
    ("entries", "why"),
    [
        ([paid("1041"), paid("1042", 3)], "numbers that follow each other"),
        ([paid("1041"), paid("1041", 200)], "too far apart"),
        ([paid("1041"), paid("1041", 3, amount_minor=12_501)], "another amount"),
        ([paid("1041"), paid("1041", 3, currency="EUR")], "another currency"),
        ([paid("1041"), paid("1041", 3, vendor="Bolt")], "another supplier"),
        ([paid("1041", vendor=""), paid("1041", 3, vendor="")], "an unknown supplier is not one supplier"),
        ([paid("1041", amount_minor=0), paid("1041", 3, amount_minor=0)], "nothing was paid"),
        ([paid("P-7-1"), paid("P-7-2", 3)], "parts of one"),
        ([paid(None), paid(None, 20)], "weeks apart, without numbers"),
        ([paid(None, 30 * month) for month in range(6)], "a monthly payment"),
        ([paid(None, day) for day in range(9)], "a daily payment"),
        ([paid(None, day // 2) for day in range(18)], "two tolls a day"),
        ([paid("ACC 40417", 30 * month) for month in range(3)], "the client's own number at the supplier"),
    ],
)
def test_what_is_no_candidate_is_left_alone(entries: list[Paid], why: str) -> None:
    """Each for a reason that a bookkeeper would give."""
    assert duplicate_payments(entries) == [], why


def test_a_second_payment_inside_a_monthly_rhythm_is_found() -> None:
    """Two days after the rent of March comes the rent of March."""
    rents = [paid(None, 30 * month) for month in range(6)]

    [found] = duplicate_payments([*rents, paid(None, 62)])

    assert (found.days, found.second.on) == (2, START + timedelta(days=62))


def test_payments_of_one_bill_up_to_its_amount_are_instalments() -> None:
    """Four times a quarter of the bill is the bill; a fifth is one too many."""
    parts = [paid(None, day, settles="B-77") for day in range(5)]

    [found] = duplicate_payments(parts, bill_totals={("Acme", "77"): 50_000})

    assert found.second.on == START + timedelta(days=4)


def test_payments_of_different_bills_are_two_even_if_all_else_is_equal() -> None:
    """And of a bill that was entered twice they are one."""
    assert duplicate_payments([paid(None, settles="B-7701"), paid(None, 1, settles="B-7702")]) == []
    assert len(duplicate_payments([paid(None, settles="B-7701"), paid(None, 1, settles="B-7701A")])) == 1


def test_a_credit_note_takes_back_one_candidate_and_no_more() -> None:
    """Three entries are two too many; of these one was credited."""
    entries = [paid("1041"), paid("1041", 3), paid("1041", 6)]

    assert len(duplicate_payments(entries, [Credit("Acme", 12_500, "USD", START + timedelta(days=9))])) == 1


def test_nothing_gives_nothing() -> None:
    """An empty list is no error."""
    assert duplicate_payments([]) == []
