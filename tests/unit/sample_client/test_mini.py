"""The hand-written mini client adds up: whoever changes a cell sees what else must change."""

import csv
import statistics
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

MINI = Path(__file__).resolve().parents[2] / "golden" / "mini"
AS_OF = date(2026, 4, 3)
GRACE_DAYS = {"deal_to_invoice": 14, "stripe_to_ledger": 10}


def rows(path: str, *, header: str = "") -> list[dict[str, str]]:
    """Return the rows below the header row; a report has title rows above it and a total and a time stamp below."""
    with (MINI / path).open(encoding="utf-8", newline="") as stream:
        cells = list(csv.reader(stream))
    start = next(at for at, row in enumerate(cells) if row[0] == header) if header else 0
    found = [dict(zip(cells[start], row, strict=True)) for row in cells[start + 1 :]]
    return [one for one in found if sum(bool(cell) for cell in one.values()) > 2]


def cents(text: str) -> int:
    return round(float(text.replace(",", "").replace("$", "")) * 100)


def amounts() -> dict[tuple[str, str], int]:
    """Return the amount of every document by stream and id."""
    return {
        **{
            ("deals", one["Record ID"]): cents(one["Amount"])
            for one in rows("client/exports/crm/hubspot-crm-exports-deals-2026-04-03.csv")
        },
        **{
            ("invoices", one["Num"]): cents(one["Amount"])
            for one in rows("client/exports/ledger/Invoice List.csv", header="Date")
        },
        **{
            ("receipts", one["Num"]): cents(one["Amount"])
            for one in rows("client/exports/ledger/Payment List.csv", header="Date")
        },
        **{("charges", one["id"]): cents(one["Amount"]) for one in rows("client/exports/payments/unified_payments.csv")},
    }


def test_it_has_some_forty_documents() -> None:
    """14 deals, 13 invoices, 5 receipts and 6 card payments: few enough to check by eye."""
    assert Counter(stream for stream, _ in amounts()) == {"deals": 14, "invoices": 13, "receipts": 5, "charges": 6}


def test_errors_are_where_amounts_differ() -> None:
    """A found counterpart is an error exactly when its amount is not its source's."""
    known = amounts()
    for one in rows("truth/handoffs.csv"):
        if one["status"] == "found":
            left, right = ("deals", "invoices") if one["handoff_id"] == "deal_to_invoice" else ("charges", "receipts")
            is_equal = known[left, one["record_id_l"]] == known[right, one["record_id_r"]]
            assert is_equal == (one["is_error"] == "false"), one["record_id_l"]


@pytest.mark.parametrize("one", rows("truth/measures.csv"), ids=lambda one: f"{one['handoff_id']}-{one['measure']}")
def test_measures_follow_from_the_items(one: dict[str, str]) -> None:
    """Each measure of a handoff is counted again from its items."""
    items = [row for row in rows("truth/handoffs.csv") if row["handoff_id"] == one["handoff_id"]]
    found = [row for row in items if row["status"] == "found"]
    errors = sum(row["is_error"] == "true" for row in found)
    counts = [int(row["count"]) for row in rows("truth/volumes.csv") if row["handoff_id"] == one["handoff_id"]]
    measured = {
        "volume_per_month": statistics.median(counts),
        "lag_median_days": statistics.median(int(row["lag_days"]) for row in found),
        "error_share": errors / len(found),
        "missing_count": sum(row["status"] == "missing" for row in items),
    }

    assert measured[one["measure"]] == pytest.approx(float(one["value"]), abs=1e-9)


def test_missing_ones_are_older_than_the_window() -> None:
    """The one deal without an invoice that is only a week old is waiting, not missing."""
    for one in rows("truth/handoffs.csv"):
        age = (AS_OF - date.fromisoformat(one["event_on"])).days
        assert one["status"] != "missing" or age > GRACE_DAYS[one["handoff_id"]]
        assert one["status"] != "waiting" or age < GRACE_DAYS[one["handoff_id"]]


def test_totals_are_the_sums_of_the_rows() -> None:
    """The totals table and the reports' own total lines say the same."""
    known = amounts()
    sums = {
        one["stream"] if one["system"] != "payments" else "charges": one["sum_minor"]
        for one in rows("truth/totals.csv")
        if one["sum_minor"]
    }

    assert int(sums["deals"]) == sum(amount for (stream, _), amount in known.items() if stream == "deals")
    assert (
        int(sums["invoices"])
        == sum(amount for (stream, _), amount in known.items() if stream == "invoices")
        == cents("42,893.50")
    )
    assert int(sums["charges"]) == sum(amount for (stream, _), amount in known.items() if stream == "charges")


def test_every_party_of_the_exports_has_an_entity() -> None:
    """10 companies, 9 customers and 4 card customers stand for 10 companies in the world."""
    parties = rows("truth/parties.csv")
    names = {
        one["Customer full name"]
        for one in rows("client/exports/ledger/Customer Contact List.csv", header="Customer full name")
    }

    assert {one["record_id"] for one in parties if one["stream"] == "customers" and one["system"] == "ledger"} == names
    assert Counter(one["system"] for one in parties) == {"crm": 10, "ledger": 9, "payments": 4}
    assert len({one["entity_id"] for one in parties}) == 10
