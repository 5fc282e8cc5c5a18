"""Bills that were paid twice: by the number that the payments name, however it is written and wherever it stands."""

import random
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pyarrow as pa
import pytest

from tests.quality_records import failing, stream_table
from toolkit.quality.checks.double_entry import CHECK

FIRST = datetime(2026, 3, 3, 12, tzinfo=UTC)
BILL = {"party_ref": "A", "amount_minor": 12_300, "number": "INV-0012", "issued_on": date(2026, 2, 20)}


def paid_twice(days: int, *, bill: dict[str, Any] | None = None, **both: Any) -> list[str]:
    """Return the payments that fail, of two of one bill some days apart."""
    one = {"party_ref": "A", "amount_minor": 12_300, "paid_at": FIRST, **both}
    payments = [{**one, "reference": "CHK-1"}, {**one, "reference": "CHK-2", "paid_at": FIRST + timedelta(days=days)}]
    for row in payments:
        if "reference" in both or "invoice_ref" not in both:
            row["reference"] = both.get("reference")
    return failing(CHECK, stream_table("bill", [bill or BILL]), stream_table("payment", payments))


@pytest.mark.parametrize(
    "both",
    [
        {"invoice_ref": "INV-0012"},
        {"invoice_ref": "12"},
        {"reference": "inv 0012"},
        {"description": "payment of INV-O012"},
        {"description": "INV0012 thank you"},
    ],
)
def test_the_whole_of_one_bill_is_paid_once(both: dict[str, Any]) -> None:
    """Within sixty days, under whatever check number."""
    assert paid_twice(60, **both) == ["2"]
    assert paid_twice(61, **both) == []


@pytest.mark.parametrize("bill", [{**BILL, "amount_minor": 24_600}, {**BILL, "number": "INV-0013"}])
def test_a_part_of_a_bill_or_another_bill_may_be_paid_twice(bill: dict[str, Any]) -> None:
    """Two equal instalments are no error, and without the bill the number may be a contract's."""
    assert paid_twice(30, bill=bill, invoice_ref="INV-0012") == []


def test_a_payment_that_came_back_may_be_made_again() -> None:
    """Money in between of the same amount the other way: the first payment failed."""
    one = {"party_ref": "A", "amount_minor": 12_300, "paid_at": FIRST, "invoice_ref": "12"}
    back = {**one, "amount_minor": -12_300, "paid_at": FIRST + timedelta(days=5)}
    again = {**one, "paid_at": FIRST + timedelta(days=20)}

    assert failing(CHECK, stream_table("bill", [BILL]), stream_table("payment", [one, back, again])) == []


def _client(seed: int, written: str) -> tuple[pa.Table, pa.Table]:
    """Return bills and their payments: instalments, subscriptions, and 25 that were paid twice, which are named so."""
    dice = random.Random(seed)
    bills: list[dict[str, Any]] = []
    payments: list[dict[str, Any]] = []
    for place in range(900):
        party = f"s{dice.randrange(60)}"
        is_monthly = place < 120
        amount = dice.choice((dice.randrange(2_000, 900_000), dice.randrange(1, 90) * 5_000))
        amount = 4_900 + place % 10 if is_monthly else amount
        day = date(2025, 6, 1) + timedelta(days=30 * (place // 10) if is_monthly else dice.randrange(380))
        number = f"INV-{place + 100:05}"
        bills.append({"party_ref": f"m{place % 10}" if is_monthly else party, "number": number, "amount_minor": amount,
                      "issued_on": day})  # fmt: skip
        at = datetime(day.year, day.month, day.day, 12, tzinfo=UTC) + timedelta(days=dice.randrange(5, 40))
        row = {"party_ref": bills[-1]["party_ref"], "amount_minor": amount, "paid_at": at, written: number}
        is_split = place % 40 == 39
        halves = [{**row, "amount_minor": amount // 2, "paid_at": at + timedelta(days=30 * part)} for part in range(2)]
        payments += halves if is_split else [row]
    whole = [row for row in payments if any(row["amount_minor"] == bill["amount_minor"] for bill in bills)]
    for place, row in enumerate(dice.sample(whole, 25)):
        spelled = dice.choice((row[written], row[written].replace("INV-0", "Inv "), row[written].replace("0", "O", 1)))
        later = timedelta(days=dice.choice((0, 1, 3, 7, 12, 20, 33, 45)))
        payments.append({**row, written: spelled, "paid_at": row["paid_at"] + later, "record_id": f"twice{place}"})
    return stream_table("bill", bills), stream_table("payment", payments)


@pytest.mark.parametrize("written", ["invoice_ref", "reference", "description"])
@pytest.mark.parametrize("seed", [1, 2])
def test_payments_made_twice_are_found_as_bills_entered_twice_are(seed: int, written: str) -> None:
    """At least 24 of 25 that were planted, and nothing else, wherever the bill's number stands."""
    found = failing(CHECK, *_client(seed, written))

    assert len(found) >= 24
    assert [one for one in found if not one.startswith("twice")] == []
