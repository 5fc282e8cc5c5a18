"""Every family of checks on a few records that a person can judge by eye."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from toolkit.quality import Quality, checked_records
from toolkit.tables import CHECK, DOCUMENT_LINE, EDGE_CASE, FINDING

Make = Callable[..., pa.Table]
AS_OF = date(2026, 10, 5)


def _quality(*tables: pa.Table, **options: Any) -> Quality:
    by_stream = {(table["system"][0].as_py(), table["stream"][0].as_py()): table for table in tables}
    return checked_records(by_stream, **{"country": "US", "as_of": AS_OF, **options})


def _failing(quality: Quality, rule: str, column: str | None = None) -> list[str]:
    """Return the ids of the failing records, in order."""
    return [
        row["record_key"].rsplit("/", 1)[-1]
        for row in quality.findings.to_pylist()
        if row["check_id"].endswith(f".{rule}") and column in (None, row["column"])
    ]


def _check(quality: Quality, check_id: str) -> dict[str, Any]:
    [row] = [row for row in quality.checks.to_pylist() if row["check_id"] == check_id]
    return row


def test_a_record_without_a_name_fails_and_a_placeholder_is_no_name(records: Make) -> None:
    """Neither nothing nor "n/a" names anybody."""
    parties = records("party", [{"name": "Acme"}, {"name": None}, {"name": "n/a"}, {"name": " ", "company_name": "Foo Ltd"}])

    quality = _quality(parties)

    assert _failing(quality, "required", "name") == ["2", "3"]
    assert "placeholder" in quality.findings.to_pylist()[1]["reason"]


def test_a_column_that_a_stream_never_fills_is_not_an_error_of_each_record(records: Make) -> None:
    """An export without due dates says nothing about each invoice; the profile shows that the column is empty."""
    invoices = records("invoice", [{"number": "1", "due_on": None}, {"number": "2", "due_on": None}])

    quality = _quality(invoices)

    assert "ledger.invoices.due_on.required" not in quality.checks["check_id"].to_pylist()
    [profile] = [row for row in quality.profiles.to_pylist() if row["column"] == "due_on"]
    assert (profile["filled"], profile["rows"]) == (0, 2)


def test_two_invoices_of_one_number_fail_and_a_voided_one_does_not_count(records: Make) -> None:
    """A number names one document; one that was voided and issued anew is right."""
    invoices = records(
        "invoice",
        [
            {"number": "INV-1"},
            {"number": "inv-1 "},
            {"number": "INV-2", "status": "Voided"},
            {"number": "INV-2"},
            {"number": "INV-3"},
            {"number": None},
        ],
    )

    quality = _quality(invoices)

    assert _failing(quality, "unique") == ["1", "2"]
    assert _check(quality, "ledger.invoices.number.unique")["checked"] == 4


def test_a_supplier_s_number_is_unique_within_the_supplier(records: Make) -> None:
    """Two suppliers may both have a bill 1001."""
    bills = records(
        "bill",
        [
            {"number": "1001", "party_ref": "A"},
            {"number": "1001", "party_ref": "B"},
            {"number": "77", "party_ref": "B"},
            {"number": "77", "party_ref": "b"},
        ],
    )

    assert _failing(_quality(bills), "unique") == ["3", "4"]


@pytest.mark.parametrize(
    ("column", "good", "bad"),
    [
        ("email", "jo@acme.com", "jo@acme"),
        ("email", "jo.o'neil@acme.co.uk", "jo acme.com"),
        ("phone", "(312) 867-5309", "312 867 53"),
        ("phone", "+44 20 7946 0958", "+44 20 7946 09589999"),
        ("postcode", "60614-1234", "6061"),
        ("tax_id", "91-1144442", "07-1144442"),
        ("country", "USA", "Unites Staets"),
        ("website", "www.acme.com", "acme"),
    ],
)
def test_values_that_are_not_well_formed_fail(records: Make, column: str, good: str, bad: str) -> None:
    """The right form passes, the wrong one is named, a missing value is not judged."""
    parties = records("party", [{"name": "A", column: good}, {"name": "B", column: bad}, {"name": "C", column: None}])

    quality = _quality(parties)

    assert _failing(quality, "format", column) == ["2"]
    assert _check(quality, f"ledger.partys.{column}.format")["checked"] == 2


def test_numbers_are_judged_by_the_record_s_own_country(records: Make) -> None:
    """A British postcode, telephone and tax number are right in Britain."""
    british = {"country": "United Kingdom", "postcode": "SW1A 1AA", "phone": "020 7946 0958", "tax_id": "980780684"}
    wrong = {**british, "postcode": "SW1A 1A", "tax_id": "980780685"}

    quality = _quality(records("party", [{"name": "A", **british}, {"name": "B", **wrong}]))

    assert _failing(quality, "format") == ["2", "2"]


def test_a_postcode_that_lost_its_zero_gets_a_suggestion(records: Make) -> None:
    """Spreadsheets drop the zero of 02139; the finding says what was meant."""
    quality = _quality(records("party", [{"name": "MIT", "postcode": "2139"}]))

    assert quality.findings["suggestion"].to_pylist() == ["02139"]


def test_damaged_letters_are_found_and_mended(records: Make) -> None:
    """Text that was decoded wrongly shows as two odd letters; the right ones are suggested."""
    quality = _quality(
        records("party", [{"name": "CafÃ© Zoë"}, {"name": "Müller & Söhne"}, {"name": "Smith &amp; Co"}, {"name": "SeÃ±or"}])
    )

    assert _failing(quality, "format", "name") == ["1", "3", "4"]
    assert quality.findings["suggestion"].to_pylist() == [None, "Smith & Co", "Señor"]


def test_an_invoice_to_a_customer_that_does_not_exist_fails(records: Make) -> None:
    """References may be ids, other ids or names; only what leads nowhere fails."""
    parties = records(
        "party",
        [
            {"record_id": "17", "name": "Acme Corp", "alt_ids": ["C-17"]},
            {"record_id": "18", "name": "Gone Ltd", "state": "deleted"},
        ],
    )
    invoices = records(
        "invoice",
        [
            {"number": "1", "party_ref": "17"},
            {"number": "2", "party_ref": "C-17"},
            {"number": "3", "party_ref": "acme  corp"},
            {"number": "4", "party_ref": "99"},
            {"number": "5", "party_ref": "18"},
            {"number": "6", "party_ref": None, "party_name": "Acme Corp"},
            {"number": "7", "party_ref": "X", "party_key": "ledger/partys/17"},
        ],
    )

    quality = _quality(parties, invoices)

    assert _failing(quality, "reference", "party_ref") == ["4", "5"]
    assert _check(quality, "ledger.invoices.party_ref.reference")["checked"] == 7
    assert "was deleted" in quality.findings.to_pylist()[1]["reason"]


def test_references_to_a_list_that_was_not_sent_are_not_judged(records: Make) -> None:
    """Where none of many references is found, the list is missing, not the customers."""
    parties = records("party", [{"record_id": "vendor-1", "name": "Vendor"}])
    invoices = records("invoice", [{"number": str(n), "party_ref": f"cust-{n}"} for n in range(20)])

    assert _failing(_quality(parties, invoices), "reference") == []


def test_inactive_and_unknown_ledger_accounts_are_found(records: Make) -> None:
    """Fifteen bookings to closed accounts are fifteen findings, in documents and in their lines."""
    accounts = records(
        "account",
        [
            {"record_id": "a", "code": "4000", "name": "Sales", "is_active": True},
            {"record_id": "b", "code": "4100", "name": "Old sales", "is_active": False},
            {"record_id": "c", "code": "5000", "name": "Costs:Travel", "is_active": None},
        ],
    )
    good = [
        {"number": f"g{n}", "gl_code": code}
        for n, code in enumerate(["4000", "Sales", "4000 Sales", "Travel", "Costs:Travel"])
    ]
    bad = [{"number": f"b{n}", "gl_code": "4100"} for n in range(15)]
    bills = records("bill", [*good, *bad, {"number": "u", "gl_code": "9999"}, {"number": "none"}])
    lines = DOCUMENT_LINE.from_rows([{"record_key": "ledger/bills/1", "line_no": 1, "gl_code": "Old sales"}])

    quality = _quality(accounts, bills, lines=lines)

    findings = [row for row in quality.findings.to_pylist() if row["column"] == "gl_code" and "no longer" in row["reason"]]
    assert len(findings) == 15
    assert _failing(quality, "reference", "gl_code")[-1] == "21"
    assert _failing(quality, "reference", "line_gl_code") == ["1"]


def test_a_payment_names_invoices_that_exist(records: Make) -> None:
    """Several numbers in one cell are looked up one by one."""
    invoices = records("invoice", [{"number": "1001"}, {"number": "1002"}])
    payments = records(
        "payment",
        [{"invoice_ref": "1001"}, {"invoice_ref": "1001, 1002"}, {"invoice_ref": "#1002"}, {"invoice_ref": "1001, 1009"}],
    )

    assert _failing(_quality(invoices, payments), "reference", "invoice_ref") == ["4"]


def test_a_negative_invoice_fails_unless_it_gives_money_back(records: Make) -> None:
    """A credit is negative by right; an order is not."""
    rows = [{"amount_minor": 100}] * 30
    invoices = records("invoice", [*rows, {"amount_minor": -100}, {"amount_minor": -100, "description": "Credit for May"}])

    assert _failing(_quality(invoices), "implausible.negative") == ["31"]


def test_bank_lines_may_be_negative(records: Make) -> None:
    """Money out of an account is no mistake."""
    lines = records("bank_line", [{"amount_minor": -100, "posted_on": date(2026, 1, 1), "description": "rent"}])

    assert _quality(lines).findings.num_rows == 0


def test_an_invoice_paid_twice_over_fails(records: Make) -> None:
    """More cannot be paid than is due."""
    invoices = records("invoice", [{"amount_minor": 100, "paid_minor": 200}, {"amount_minor": 100, "paid_minor": 100}])

    assert _failing(_quality(invoices), "implausible.overpaid") == ["1"]


def test_what_happened_cannot_lie_in_the_future(records: Make) -> None:
    """A due date may; the day of issue may not, but for the time zone's one day."""
    invoices = records(
        "invoice",
        [
            {"issued_on": date(2026, 10, 6), "due_on": date(2026, 11, 5)},
            {"issued_on": date(2026, 10, 20), "due_on": date(2026, 11, 19)},
            {"issued_on": date(1900, 1, 1), "due_on": date(1900, 1, 31)},
        ],
    )

    quality = _quality(invoices)

    assert _failing(quality, "implausible.future") == ["2"]
    assert _failing(quality, "implausible.long_ago", "issued_on") == ["3"]


def test_deals_may_be_expected_to_close_in_the_future(records: Make) -> None:
    """The closing date of an open deal is a forecast."""
    deals = records("deal", [{"name": "A", "closed_at": datetime(2027, 1, 1, tzinfo=UTC), "is_won": False}])

    assert _failing(_quality(deals), "implausible.future") == []


def test_an_end_before_its_beginning_fails(records: Make) -> None:
    """A project cannot be over before it starts."""
    start, end = datetime(2026, 5, 20, tzinfo=UTC), datetime(2026, 4, 25, tzinfo=UTC)
    projects = records(
        "project",
        [{"name": "A", "started_at": start, "completed_at": end}, {"name": "B", "started_at": end, "completed_at": start}],
    )

    assert _failing(_quality(projects), "implausible.date_order") == ["1"]


def test_a_due_date_with_day_and_month_swapped_is_mended(records: Make) -> None:
    """Issued 3 May, due 2 June (06/02): read as 6 February it lies before; swapped it is thirty days later."""
    quality = _quality(records("invoice", [{"issued_on": date(2026, 5, 3), "due_on": date(2026, 2, 6)}]))

    [finding] = quality.findings.to_pylist()
    assert finding["check_id"] == "ledger.invoices.due_on.implausible.swapped_date"
    assert finding["suggestion"] == "2026-06-02"


def test_a_date_out_of_the_sequence_of_numbers_is_mended(records: Make) -> None:
    """Invoice 1012 of 12 January, dated 1 December between neighbours of January, has day and month swapped."""
    rows = [{"number": f"INV-{1000 + day}", "issued_on": date(2026, 1, day)} for day in range(1, 29)]
    rows[11]["issued_on"] = date(2025, 12, 1)
    rows[4] = {"number": "INV-1005", "issued_on": date(2026, 5, 1)}

    quality = _quality(records("invoice", rows))

    assert _failing(quality, "implausible.swapped_date") == ["5"]
    assert quality.findings["suggestion"].to_pylist() == ["2026-01-05"]


def test_where_two_ranges_of_numbers_mix_no_date_is_swapped(records: Make) -> None:
    """Orders and service calls share a prefix and some numbers in between, each in the order of its own days."""
    random = np.random.default_rng(3)

    def range_of(first: int, count: int) -> list[dict[str, Any]]:
        days = np.sort(random.integers(0, 200, count)).tolist()
        return [{"number": f"B-{first + n}", "issued_on": date(2026, 1, 1) + timedelta(day)} for n, day in enumerate(days)]

    found = [
        _failing(
            _quality(records("invoice", [*range_of(1000, 150), *range_of(1150 - shared, 150)])), "implausible.swapped_date"
        )
        for shared in range(1, 40, 3)
    ]

    assert found == [[]] * len(found)


def test_ten_times_the_usual_amount_stands_out(records: Make) -> None:
    """A party that always pays about 500 and once 5,070 has a decimal point in the wrong place."""
    amounts = [50_100, 49_900, 50_700, 51_300, 48_800, 50_000, 49_500, 507_000]
    bills = records(
        "bill",
        [{"party_ref": "Rent Co", "number": f"R{n}", "amount_minor": a, "currency": "USD"} for n, a in enumerate(amounts)],
    )

    quality = _quality(bills)

    [finding] = [row for row in quality.findings.to_pylist() if row["check_id"].endswith("factor")]
    assert (finding["value"], finding["suggestion"]) == ("5070.00 USD", "507.00 USD")


def test_ten_times_the_amount_of_the_order_it_refers_to_stands_out(records: Make) -> None:
    """No history is needed where the other document says what the amount should be; a deposit of a tenth is none of this."""
    orders = records(
        "order", [{"number": "#1001", "amount_minor": 12_345}, {"number": "#1002", "amount_minor": 54_321}], system="shop"
    )
    invoices = records(
        "invoice",
        [
            {"number": "A", "reference": "#1001", "amount_minor": 123_450},
            {"number": "B", "reference": "#1002", "amount_minor": 53_421},
        ],
    )
    payments = records("payment", [{"invoice_ref": "A", "amount_minor": 12_345, "party_ref": "x"}])

    quality = _quality(orders, invoices, payments)

    assert _failing(quality, "implausible.factor") == ["1"]
    assert _failing(quality, "implausible.transposed") == ["2"]


def test_two_digits_swapped_against_the_usual_amount_stand_out(records: Make) -> None:
    """A monthly fee of 1,245.00 that once is 1,425.00 was mistyped."""
    amounts = [124_500] * 8 + [142_500]
    bills = records("bill", [{"party_ref": "Lease", "number": f"L{n}", "amount_minor": a} for n, a in enumerate(amounts)])

    assert _failing(_quality(bills), "implausible.transposed") == ["9"]


def test_a_payment_posted_twice_is_found_and_a_second_bill_is_not(records: Make) -> None:
    """Same party, amount and day: two payments are one too many, two bills with their own numbers are two bills."""
    day = datetime(2026, 3, 3, tzinfo=UTC)
    payments = records(
        "payment",
        [
            {"party_ref": "A", "amount_minor": 12_345, "paid_at": day, "invoice_ref": "1"},
            {"party_ref": "A", "amount_minor": 12_345, "paid_at": day, "invoice_ref": "1"},
            {"party_ref": "B", "amount_minor": 5_000, "paid_at": day, "invoice_ref": "2"},
            {"party_ref": "B", "amount_minor": 5_000, "paid_at": day, "invoice_ref": "3"},
        ],
    )
    bills = records(
        "bill",
        [
            {"party_ref": "S", "number": "77", "amount_minor": 999, "issued_on": date(2026, 3, 3)},
            {"party_ref": "S", "number": "78", "amount_minor": 999, "issued_on": date(2026, 3, 3)},
            {"party_ref": "S", "number": "INV-O1", "amount_minor": 888, "issued_on": date(2026, 3, 4)},
            {"party_ref": "S", "number": "INV01", "amount_minor": 888, "issued_on": date(2026, 3, 24)},
        ],
    )

    quality = _quality(payments, bills)

    assert _failing(quality, "implausible.double_entry") == ["4", "2"]


def test_an_invoice_written_again_some_days_later_is_found(records: Make) -> None:
    """Two invoices with one order in their text are one; two parts of a price a month apart are two."""
    rows = [
        ("A", 23_199, "Shopify #1259", date(2026, 3, 3)),
        ("A", 23_199, "Shopify #1259", date(2026, 3, 8)),
        ("B", 1_700_000, "Deal 9679 deposit", date(2026, 3, 1)),
        ("B", 1_700_000, "Deal 9679 balance", date(2026, 4, 1)),
        ("C", 5_000, "March", date(2026, 3, 1)),
        ("C", 5_000, "April", date(2026, 3, 4)),
    ]
    invoices = records(
        "invoice", [{"party_ref": p, "amount_minor": a, "description": d, "issued_on": on} for p, a, d, on in rows]
    )

    assert _failing(_quality(invoices), "implausible.double_entry") == ["2"]


def test_deleted_and_merged_records_are_not_judged(records: Make) -> None:
    """History is no error of today."""
    parties = records("party", [{"name": None, "state": "deleted"}, {"name": None, "merged_into": "x"}, {"name": "A"}])

    quality = _quality(parties)

    assert quality.findings.num_rows == 0
    assert _check(quality, "ledger.partys.name.required")["checked"] == 1


def test_the_share_has_its_interval(records: Make) -> None:
    """12 of 400 is 3.0 %, between 1.72 and 5.17 (Wilson; vector of the cost model)."""
    parties = records("party", [{"name": None if n < 12 else f"Firm {n} Ltd"} for n in range(400)])

    check = _check(_quality(parties), "ledger.partys.name.required")

    assert (check["checked"], check["failing"], check["share"]) == (400, 12, 0.03)
    assert (check["low"], check["high"]) == pytest.approx((0.0172, 0.0517), abs=5e-5)


def test_no_records_give_empty_tables() -> None:
    """A client without data gets empty tables, not an error."""
    quality = checked_records({}, country=None, as_of=AS_OF)

    assert [table.schema for table in (quality.checks, quality.findings, quality.edge_cases)] == [
        CHECK.arrow,
        FINDING.arrow,
        EDGE_CASE.arrow,
    ]


def test_a_stream_without_rows_is_passed_over(records: Make) -> None:
    """A header without data is no error."""
    quality = checked_records({("crm", "companies"): records("party", [])}, country="US", as_of=AS_OF)

    assert quality.checks.num_rows == 0


def test_hostile_text_is_only_text(records: Make) -> None:
    """Quotes, statements and long cells pass through as values."""
    evil = "x'); DROP TABLE documents; --"
    invoices = records(
        "invoice",
        [
            {
                "number": evil,
                "party_ref": evil,
                "reference": evil,
                "amount_minor": 5,
                "issued_on": date(2026, 1, 1),
                "currency": evil,
            }
        ]
        * 1
        + [{"number": "a" * 100_000, "party_ref": '"', "amount_minor": 5, "description": "\ufffd"}],
        system='a"b',
    )

    quality = _quality(invoices)

    assert _failing(quality, "format", "currency") == ["1"]


def test_a_redacted_name_is_a_missing_customer_not_an_unknown_one(records: Make) -> None:
    """A placeholder refers to nobody, and two redacted payments are not one."""
    parties = records("party", [{"record_id": "1", "name": "Acme"}])
    day = datetime(2026, 3, 3, tzinfo=UTC)
    redacted = {"party_ref": "REDACTED PERSONAL DATA", "amount_minor": 12_345, "paid_at": day}
    payments = records("payment", [redacted, redacted, {"party_ref": "Acme", "amount_minor": 1, "paid_at": day}])

    quality = _quality(parties, payments)

    assert _failing(quality, "required", "party_ref") == ["1", "2"]
    assert _failing(quality, "reference") == []
    assert _failing(quality, "implausible.double_entry") == []


def test_a_list_of_lines_is_not_full_of_double_entries(records: Make) -> None:
    """Where many payments look entered twice, the stream lists their parts."""
    day = datetime(2026, 3, 3, tzinfo=UTC)
    rows = [{"party_ref": f"P{n % 30}", "amount_minor": 500 + n % 30, "paid_at": day} for n in range(60)]

    assert _failing(_quality(records("payment", rows)), "implausible.double_entry") == []
