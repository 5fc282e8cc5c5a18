"""Laws of the checks: what they must do whatever the data is."""

from datetime import date, timedelta
from random import Random

import numpy as np
import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.quality import checked_records
from toolkit.quality.amount_slips import transposed_digits
from toolkit.quality.dates import swapped_day_month
from toolkit.tables import DOCUMENT, PARTY, record_key

TEXT = st.one_of(
    st.none(), st.text(max_size=20), st.sampled_from(["", " ", "n/a", "a@b.com", "60614", "+1 312 867 5309", "USD", "$"])
)
DAYS = st.dates(date(1985, 1, 1), date(2030, 12, 31))
PARTY_ROWS = st.lists(
    st.fixed_dictionaries(
        dict.fromkeys(("name", "email", "phone", "postcode", "country", "tax_id", "website", "parent_ref"), TEXT)
    ),
    max_size=12,
)
INVOICE_ROWS = st.lists(
    st.fixed_dictionaries(
        {
            **dict.fromkeys(("number", "party_ref", "party_name", "reference", "currency", "gl_code", "description"), TEXT),
            "amount_minor": st.one_of(st.none(), st.integers(-(10**12), 10**12)),
            "paid_minor": st.one_of(st.none(), st.integers(0, 10**6)),
            "issued_on": st.one_of(st.none(), DAYS),
            "due_on": st.one_of(st.none(), DAYS),
        }
    ),
    max_size=12,
)


def _records(parties: list[dict[str, object]], invoices: list[dict[str, object]]) -> dict[tuple[str, str], pa.Table]:
    tables = {}
    for stream, entity, schema, rows in (
        ("customers", "party", PARTY, parties),
        ("invoices", "invoice", DOCUMENT, invoices),
    ):
        common = {"system": "ledger", "stream": stream, "entity": entity, "state": "active"}
        if entity == "party":
            common["kind"] = "unknown"
        tables["ledger", stream] = schema.from_rows(
            {**common, "record_key": record_key("ledger", stream, str(n)), "record_id": str(n), **row}
            for n, row in enumerate(rows)
        )
    return tables


def _shuffled(table: pa.Table, random: Random) -> pa.Table:
    return table.take(pa.array(random.sample(range(len(table)), len(table)), pa.int64()))


def _rows(table: pa.Table) -> list[tuple[object, ...]]:
    return sorted((tuple(row.values()) for row in table.to_pylist()), key=repr)


@settings(max_examples=12, deadline=None)
@given(PARTY_ROWS, INVOICE_ROWS)
def test_counts_agree_and_every_finding_names_a_record(
    parties: list[dict[str, object]], invoices: list[dict[str, object]]
) -> None:
    """Failing values are at most the checked ones, equal the findings, and belong to records that exist."""
    records = _records(parties, invoices)

    quality = checked_records(records, country="US", as_of=date(2026, 10, 5))

    keys = {key for table in records.values() for key in table["record_key"].to_pylist()}
    found = quality.findings["check_id"].to_pylist()
    assert set(quality.findings["record_key"].to_pylist()) <= keys
    assert set(found) <= set(quality.checks["check_id"].to_pylist())
    for check in quality.checks.to_pylist():
        assert check["failing"] == found.count(check["check_id"])
        assert 0 <= check["failing"] <= check["checked"]
        assert check["low"] <= check["share"] <= check["high"]


@settings(max_examples=8, deadline=None)
@given(PARTY_ROWS, INVOICE_ROWS, st.randoms(use_true_random=False))
def test_the_order_of_records_does_not_matter(
    parties: list[dict[str, object]], invoices: list[dict[str, object]], random: Random
) -> None:
    """The same records in another order give the same profiles, checks and findings."""
    records = _records(parties, invoices)
    shuffled = {key: _shuffled(table, random) for key, table in records.items()}

    one, other = (checked_records(some, country="US", as_of=date(2026, 10, 5)) for some in (records, shuffled))

    for name in ("profiles", "checks", "findings", "edge_cases"):
        assert _rows(getattr(one, name)) == _rows(getattr(other, name))


@given(DAYS)
def test_swapping_day_and_month_twice_gives_the_date_back(day: date) -> None:
    """What is swapped once and is a date can be swapped back."""
    [once] = swapped_day_month(np.array([day], dtype="datetime64[D]"))
    if np.isnat(once):
        assert day.day > 12 or day.day == day.month
    else:
        [twice] = swapped_day_month(np.array([once], dtype="datetime64[D]"))
        assert twice == np.datetime64(day)
        assert (once.astype(date).month, once.astype(date).day) == (day.day, day.month)


@given(st.integers(1, 10**9), st.integers(0, 8))
def test_transposition_is_symmetric_and_a_multiple_of_nine(amount: int, place: int) -> None:
    """Two amounts are a transposition of each other, or neither is; their difference is a multiple of nine."""
    digits = list(str(amount))
    if place + 1 < len(digits):
        digits[place], digits[place + 1] = digits[place + 1], digits[place]
    other = int("".join(digits))

    assert transposed_digits(amount, other) == transposed_digits(other, amount)
    if transposed_digits(amount, other):
        assert (amount - other) % 9 == 0


def test_a_day_more_is_never_a_day_less() -> None:
    """Moving the day on which the data was taken forward never makes a date lie in the future."""
    rows = [{"issued_on": date(2026, 1, 1) + timedelta(days=30 * n), "number": str(n)} for n in range(12)]
    counts = [
        checked_records(_records([], rows), country="US", as_of=date(2026, month, 1)).findings.num_rows
        for month in (1, 4, 8, 12)
    ]

    assert counts == sorted(counts, reverse=True)
