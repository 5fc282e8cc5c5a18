"""Which invoice stands for which deal, and which deal has none."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pyarrow as pa
import pytest

from tests.handoff_counterparts import handoff_counterparts
from toolkit.landscape.handoffs import Handoff

Build = Callable[..., pa.Table]

AS_OF = date(2026, 10, 5)
BILLED = Handoff("billed", "Won deals invoiced", "crm", "deals", "deal", "ledger", "invoices", "invoice", grace_days=30)
ACME, BIRCH = ["crm/c/1", "ledger/c/1"], ["crm/c/2", "ledger/c/2"]


def _deal(number: int, amount: int, day: date, company: int = 1, **more: Any) -> dict[str, Any]:
    at = datetime(day.year, day.month, day.day, 15, 30, tzinfo=UTC)
    row = {"record_key": f"crm/deals/{number}", "amount_minor": amount, "is_won": True, "closed_at": at}
    return {**row, "party_key": f"crm/c/{company}", "party_name": f"Company {company}", **more}


def _invoice(number: int, amount: int, day: date, company: int = 1, **more: Any) -> dict[str, Any]:
    row = {"record_key": f"ledger/invoices/{number}", "amount_minor": amount, "issued_on": day, "number": str(number)}
    return {**row, "party_key": f"ledger/c/{company}", "party_name": f"Company {company}", **more}


@pytest.fixture
def found(documents: Build, same: Build) -> Callable[..., dict[str, Any]]:
    """Return the counterparts of deals among invoices, by the deal's (else the invoice's) number."""

    def run(deals: list[Any], invoices: list[Any], *, handoff: Handoff = BILLED, filler: int = 12) -> dict[str, Any]:
        # A ledger holds more than the invoices in question; the others belong to nobody else's deals.
        others = [
            _invoice(9000 + at, 77_700 + 1_313 * at, date(2026, 3 + at % 6, 1 + 2 * at), 50 + at) for at in range(filler)
        ]
        left, right = documents("deal", *deals), documents("invoice", *invoices, *others)
        table = handoff_counterparts(handoff, left, right, same(ACME, BIRCH), as_of=AS_OF)
        return {(row["key_l"] or row["key_r"]).split("/", 1)[1]: row for row in table.to_pylist()}

    return run


def test_party_amount_and_date_find_the_invoice(found: Any) -> None:
    """The same client, the same amount, two days later: that is the deal's invoice."""
    row = found([_deal(1, 125_000, date(2026, 6, 1))], [_invoice(501, 125_000, date(2026, 6, 3))])["deals/1"]

    assert (row["status"], row["key_r"], row["lag_days"], row["is_error"]) == ("found", "ledger/invoices/501", 2.0, False)
    assert row["lag_minutes"] is None
    assert row["probability"] >= 0.9


def test_a_deal_that_is_not_won_needs_no_invoice(found: Any) -> None:
    """Lost and open deals are no items of the handoff."""
    assert found([_deal(1, 125_000, date(2026, 6, 1), is_won=False)], []) == {}


def test_missing_begins_after_the_grace_window(found: Any) -> None:
    """Thirty days old is still waiting, thirty-one is missing."""
    rows = found([_deal(1, 1_250, date(2026, 9, 5)), _deal(2, 3_350, date(2026, 9, 4))], [])

    assert (rows["deals/1"]["status"], rows["deals/2"]["status"]) == ("waiting", "missing")


def test_another_invoice_of_the_client_is_no_counterpart(found: Any) -> None:
    """The client's other invoice, weeks later and for another sum, does not hide that the deal was never billed."""
    row = found([_deal(1, 125_000, date(2026, 6, 1))], [_invoice(501, 41_300, date(2026, 7, 20))])["deals/1"]

    assert (row["status"], row["key_r"]) == ("missing", None)


def test_a_quoted_number_finds_an_invoice_whose_amount_is_wrong(found: Any) -> None:
    """'Deal 88123' in the memo leads to the deal, and the amount ten times too high is an error."""
    deals = [_deal(88_120 + at, 50_100 + at * 777, date(2026, 6, 1 + at)) for at in range(6)]
    invoices = [
        _invoice(501 + at, deal["amount_minor"], date(2026, 6, 4 + at), description=f"Deal {88_120 + at}")
        for at, deal in enumerate(deals)
    ]
    invoices[3]["amount_minor"] *= 10

    row = found(deals, invoices)["deals/88123"]

    assert (row["status"], row["key_r"], row["error_kind"]) == ("found", "ledger/invoices/504", "factor")
    assert row["error_columns"] == ["amount_minor"]
    assert "number" in row["basis"]


def test_numbers_that_only_look_alike_lead_nowhere(found: Any) -> None:
    """Deals and invoices both count 501, 502 …: the same digits on other clients' papers are no reference."""
    deals = [_deal(501 + at, 90_000 + at * 1_000, date(2026, 5, 1 + at)) for at in range(5)]
    invoices = [_invoice(501 + at, 20_000 + at * 777, date(2026, 5, 2 + at), company=2) for at in range(5)]

    assert {row["status"] for row in found(deals, invoices).values()} == {"missing"}


def test_two_digits_swapped_are_an_error_not_a_missing_invoice(found: Any) -> None:
    """1,250.00 typed as 1,205.00 for the same client two days later is the same sale."""
    row = found([_deal(1, 125_037, date(2026, 6, 1))], [_invoice(501, 125_073, date(2026, 6, 3))])["deals/1"]

    assert (row["status"], row["error_kind"]) == ("found", "transposed")


def test_tax_on_top_of_a_deal_is_no_error(found: Any) -> None:
    """A deal is agreed without tax, its invoice carries tax."""
    invoice = _invoice(501, 137_500, date(2026, 6, 3), tax_minor=12_500)

    row = found([_deal(1, 125_000, date(2026, 6, 1))], [invoice])["deals/1"]

    assert (row["status"], row["is_error"]) == ("found", False)


def test_the_second_entry_of_an_invoice_is_extra(found: Any) -> None:
    """The first of two equal invoices is the counterpart, the later one repeats it."""
    rows = found(
        [_deal(1, 125_000, date(2026, 6, 1))],
        [_invoice(501, 125_000, date(2026, 6, 3)), _invoice(502, 125_000, date(2026, 6, 6))],
    )

    assert (rows["deals/1"]["key_r"], rows["invoices/502"]["status"]) == ("ledger/invoices/501", "extra")


def test_equally_good_counterparts_are_reported_not_guessed(found: Any) -> None:
    """Two deals of one client, day and amount, but only one invoice: nobody can say which one is missing."""
    deals = [_deal(1, 125_000, date(2026, 6, 1)), _deal(2, 125_000, date(2026, 6, 1))]

    rows = found(deals, [_invoice(501, 125_000, date(2026, 6, 3))])

    assert {row["status"] for row in rows.values()} == {"ambiguous"}
    assert {row["key_r"] for row in rows.values()} == {None}


def test_a_target_that_must_have_a_source_is_extra_without_one(found: Any) -> None:
    """Only where the client says that every invoice comes from a deal are the others extra."""
    deals = [_deal(1, 125_000, date(2026, 6, 1))]
    strict = Handoff(
        "billed", "Won deals invoiced", "crm", "deals", "deal", "ledger", "invoices", "invoice", is_source_required=True
    )
    stray = _invoice(501, 41_300, date(2026, 7, 20), company=2)

    assert "invoices/501" not in found(deals, [stray])
    assert found(deals, [stray], handoff=strict)["invoices/501"]["status"] == "extra"


def test_times_on_both_sides_give_minutes(documents: Build, same: Build) -> None:
    """An order at 10:00 paid at 11:30 took ninety minutes; a day without a time gives days."""
    paid = Handoff("paid", "Orders paid", "shop", "orders", "order", "pay", "payments", "payment", trigger="record_created")
    at = datetime(2026, 6, 1, 10, 0, tzinfo=UTC)
    orders = [
        {"record_key": f"shop/orders/{one}", "number": f"#{one}", "amount_minor": 5_000 + one, "created_at": at}
        for one in (41, 42)
    ]
    payments = [
        {
            "record_key": "pay/payments/a",
            "amount_minor": 5_041,
            "paid_at": at.replace(hour=11, minute=30),
            "description": "Order #41",
        },
        {
            "record_key": "pay/payments/b",
            "amount_minor": 5_042,
            "paid_at": at.replace(day=3, hour=0),
            "date_only": ["paid_at"],
        },
    ]

    table = handoff_counterparts(paid, documents("order", *orders), documents("payment", *payments), same(), as_of=AS_OF)

    assert table.select(["key_l", "key_r", "lag_minutes", "lag_days"]).to_pylist() == [
        {"key_l": "shop/orders/41", "key_r": "pay/payments/a", "lag_minutes": 90.0, "lag_days": 0.0},
        {"key_l": "shop/orders/42", "key_r": "pay/payments/b", "lag_minutes": None, "lag_days": 2.0},
    ]


def test_a_bank_line_less_the_fee_is_right_and_a_ledger_payment_less_the_fee_is_not(documents: Build, same: Build) -> None:
    """The bank receives what is left after the fee; the ledger must show what the customer paid."""
    at = datetime(2026, 6, 1, 10, 0, tzinfo=UTC)
    charge = {
        "record_key": "pay/payments/a",
        "amount_minor": 10_000,
        "fee_minor": 320,
        "paid_at": at,
        "party_key": "crm/c/1",
    }
    booked = {"record_key": "ledger/payments/7", "amount_minor": 9_680, "paid_at": at, "party_key": "ledger/c/1"}
    line = {"record_key": "bank/lines/7", "amount_minor": 9_680, "posted_on": date(2026, 6, 2), "party_key": "ledger/c/1"}
    to_ledger = Handoff("a", "Booked", "pay", "payments", "payment", "ledger", "payments", "payment")
    to_bank = Handoff("b", "Paid out", "pay", "payments", "payment", "bank", "lines", "bank_line")
    left, walk = documents("payment", charge), same(ACME)

    [in_ledger] = handoff_counterparts(to_ledger, left, documents("payment", booked), walk, as_of=AS_OF).to_pylist()
    [in_bank] = handoff_counterparts(to_bank, left, documents("bank_line", line), walk, as_of=AS_OF).to_pylist()

    assert (in_ledger["error_kind"], in_bank["error_kind"]) == ("fee", None)


def test_an_empty_target_says_nothing(documents: Build, same: Build) -> None:
    """Without any invoice nobody can say that invoices are missing: the export is."""
    table = handoff_counterparts(
        BILLED, documents("deal", _deal(1, 1, date(2026, 6, 1))), documents("invoice"), same(), as_of=AS_OF
    )

    assert table.num_rows == 0


def test_master_data_counts_each_party_once(parties: Build, same: Build) -> None:
    """Two CRM records of one customer are one handoff; a lead needs no ledger customer, a customer does."""
    entered = Handoff("entered", "Customers entered", "crm", "c", "party", "ledger", "c", "party", grace_days=30)
    made = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)
    crm = parties(
        {"record_key": "crm/c/1", "name": "Acme", "email": "a@acme.com", "roles": ["customer"], "created_at": made},
        {"record_key": "crm/c/9", "name": "ACME Inc", "roles": ["customer"], "created_at": made.replace(month=7)},
        {"record_key": "crm/c/2", "name": "Birch", "roles": ["customer"], "created_at": made},
        {"record_key": "crm/c/3", "name": "Cedar", "roles": ["lead"], "created_at": made},
    )
    ledger = parties(
        {"record_key": "ledger/c/1", "name": "Acme", "email": "b@acme.com", "created_at": made.replace(day=4, hour=10)}
    )

    table = handoff_counterparts(
        entered, crm, ledger, same(["crm/c/1", "crm/c/9", "ledger/c/1"], ["crm/c/2"], ["crm/c/3"]), as_of=AS_OF
    )
    rows = {row["key_l"]: row for row in table.to_pylist()}

    assert set(rows) == {"crm/c/1", "crm/c/2"}
    assert (rows["crm/c/1"]["lag_minutes"], rows["crm/c/1"]["error_columns"]) == (3 * 1440 + 60, ["email"])
    assert rows["crm/c/2"]["status"] == "missing"


PAID = Handoff("paid", "Invoices paid", "ledger", "invoices", "invoice", "bank", "lines", "bank_line", grace_days=30)


def _line(number: int, amount: int, day: date, company: int | None = None, **more: Any) -> dict[str, Any]:
    party = {"party_key": f"ledger/c/{company}"} if company else {}
    return {"record_key": f"bank/lines/{number}", "amount_minor": amount, "posted_on": day, **party, **more}


@pytest.fixture
def paid(documents: Build, same: Build) -> Callable[..., dict[str, Any]]:
    """Return the bank lines of invoices, by the invoice's (else the line's) number."""

    def run(invoices: list[Any], lines: list[Any], *, handoff: Handoff = PAID) -> dict[str, Any]:
        around = [(7000 + at, 77_700 + 1_313 * at, date(2026, 3 + at % 6, 1 + 2 * at), 50 + at) for at in range(12)]
        left = documents("invoice", *invoices, *(_invoice(*one) for one in around))
        right = documents("bank_line", *lines, *(_line(*one) for one in around))
        parties = [[f"ledger/c/{company}"] for company in (1, 2, *range(50, 62))]
        table = handoff_counterparts(handoff, left, right, same(*parties), as_of=AS_OF)
        return {(row["key_l"] or row["key_r"]).split("/", 1)[1]: row for row in table.to_pylist()}

    return run


def test_an_invoice_paid_in_parts_is_found_with_all_its_payments(paid: Any) -> None:
    """One row for the invoice: the first payment, the others beside it, their sum, and no error."""
    strict = replace(PAID, is_source_required=True)

    rows = paid(
        [_invoice(501, 100_000, date(2026, 6, 1))],
        [_line(1, 61_320, date(2026, 6, 4), 1), _line(2, 38_680, date(2026, 7, 1), 1)],
        handoff=strict,
    )
    row = rows["invoices/501"]

    assert (row["status"], row["key_r"], row["more_keys_r"]) == ("found", "bank/lines/1", ["bank/lines/2"])
    assert (row["amount_r_minor"], row["is_error"], row["lag_days"]) == (100_000, False, 3.0)
    assert row["basis"] == "party, sum of amounts, date"
    assert "lines/2" not in rows


def test_one_payment_settles_several_invoices(paid: Any) -> None:
    """Each of the invoices is found with the same bank line."""
    rows = paid(
        [_invoice(501, 41_250, date(2026, 6, 1)), _invoice(502, 18_991, date(2026, 6, 8))],
        [_line(1, 60_241, date(2026, 6, 20), 1)],
    )

    found = [rows[f"invoices/{number}"] for number in (501, 502)]
    assert [(row["status"], row["key_r"], row["is_error"]) for row in found] == [("found", "bank/lines/1", False)] * 2
    assert {row["amount_r_minor"] for row in found} == {60_241}


def test_an_invoice_paid_only_in_part_disagrees_in_amount(paid: Any) -> None:
    """Two instalments quote the invoice, the last has not come: found, and the amount is not the invoice's."""
    row = paid(
        [_invoice(50_117, 90_000, date(2026, 6, 1))],
        [
            _line(1, 30_000, date(2026, 6, 4), 1, description="Invoice 50117"),
            _line(2, 30_000, date(2026, 7, 4), 1, description="Invoice 50117"),
        ],
    )["invoices/50117"]

    assert (row["status"], row["amount_r_minor"], row["error_kind"]) == ("found", 60_000, "amount")
    assert row["basis"] == "number, part of the amount, date"


def test_an_open_invoice_awaits_its_payment_and_is_not_missing(paid: Any) -> None:
    """Its own list says that it is not paid, however late; one that is called paid and has no bank line is missing."""
    rows = paid(
        [
            _invoice(501, 100_000, date(2026, 4, 1), paid_minor=0),
            _invoice(502, 50_500, date(2026, 4, 8), paid_minor=20_000),
            _invoice(503, 40_400, date(2026, 4, 9), paid_minor=40_400),
            _invoice(504, 30_300, date(2026, 4, 9)),
        ],
        [],
    )

    assert [rows[f"invoices/{number}"]["status"] for number in (501, 502, 503, 504)] == [
        "waiting", "waiting", "missing", "missing",
    ]  # fmt: skip
    assert rows["invoices/501"]["basis"] == "not paid yet, as its own list says"


@pytest.mark.parametrize(("days_over", "status"), [(0, "waiting"), (1, "missing"), (100, "missing"), (-60, "waiting")])
def test_a_bill_that_is_open_beyond_its_day_was_forgotten(paid: Any, days_over: int, status: str) -> None:
    """Terms of any length are no delay; a week after the day on which it was due, nobody waits any more."""
    due = AS_OF - timedelta(days=7 + days_over)
    rows = paid([_invoice(501, 100_000, date(2026, 4, 1), paid_minor=0, due_on=due)], [])

    assert rows["invoices/501"]["status"] == status


def test_a_list_that_calls_everything_open_tells_nothing(documents: Build, same: Build) -> None:
    """Where what is paid is called open, too, the open balance is not kept up: then nothing follows from it."""
    around = [(600 + at, 77_700 + 1_313 * at, date(2026, 3 + at % 6, 1 + 2 * at), 50 + at) for at in range(12)]
    invoices, lines = [_invoice(*one, paid_minor=0) for one in around], [_line(*one) for one in around]
    lost = _invoice(501, 100_000, date(2026, 4, 1), paid_minor=0)
    parties = [[f"ledger/c/{company}"] for company in (1, *range(50, 62))]

    table = handoff_counterparts(
        PAID, documents("invoice", lost, *invoices), documents("bank_line", *lines), same(*parties), as_of=AS_OF
    )

    assert {row["key_l"]: row["status"] for row in table.to_pylist()}["ledger/invoices/501"] == "missing"


def test_an_offset_beside_a_time_tells_the_day_of_the_document(found: Any) -> None:
    """Half past ten in the evening at -0500 is the next day in UTC and still the same day for the books."""
    evening = datetime(2026, 6, 2, 3, 30, tzinfo=UTC)
    row = found(
        [_deal(1, 125_000, date(2026, 6, 1), closed_at=evening, offset_minutes=-300)],
        [_invoice(501, 125_000, date(2026, 6, 1))],
    )["deals/1"]

    assert (row["event_on"], row["lag_days"]) == (date(2026, 6, 1), 0.0)


def test_a_source_that_states_net_amounts_finds_its_invoices_with_tax(found: Any) -> None:
    """Net is compared with gross less tax; no error is claimed, and no net amount is shown as the amount."""
    deals = [
        _deal(number, 0, date(2026, 6, number), amount_minor=None, net_minor=100_000 + 7_300 * number)
        for number in (1, 2, 3)
    ]
    invoices = [
        _invoice(500 + number, round((100_000 + 7_300 * number) * 1.19), date(2026, 6, number + 1),
                 tax_minor=round((100_000 + 7_300 * number) * 0.19)) for number in (3, 1, 2)
    ]  # fmt: skip
    rows = found(deals, invoices, filler=0)

    assert [rows[f"deals/{number}"]["key_r"] for number in (1, 2, 3)] == [
        f"ledger/invoices/50{number}" for number in (1, 2, 3)
    ]
    assert {rows[f"deals/{number}"]["is_error"] for number in (1, 2, 3)} == {False}
    assert {rows[f"deals/{number}"]["amount_l_minor"] for number in (1, 2, 3)} == {None}
    assert rows["deals/1"]["amount_r_minor"] == round(107_300 * 1.19)


def test_net_amounts_are_no_evidence_where_no_tax_is_known(found: Any) -> None:
    """Against gross amounts without tax a net amount would only look wrong."""
    row = found(
        [_deal(1, 0, date(2026, 6, 1), amount_minor=None, net_minor=100_000)], [_invoice(501, 119_000, date(2026, 6, 1))]
    )

    assert not any(one["is_error"] for one in row.values())


@pytest.mark.parametrize(
    ("deals", "invoices", "errors"),
    [
        (["USD"] * 30, ["USD"] * 29 + ["EUR"], 1),
        (["USD"] * 20 + ["EUR"] * 10, ["USD"] * 30, 0),
        (["USD"] * 30, ["USD"] * 20 + ["EUR"] * 10, 0),
        (["USD"] * 20 + ["EUR"] * 10, ["USD"] * 19 + ["EUR"] * 11, 1),
    ],
    ids=["one slip", "the ledger says no currency", "the CRM says no currency", "both say it, and one is wrong"],
)
def test_a_currency_that_a_list_does_not_say_is_no_error(
    documents: Build, same: Build, deals: list[str], invoices: list[str], errors: int
) -> None:
    """A list without that column is taken in the client's own currency: that is no evidence against the other side."""
    day = date(2026, 3, 12)
    left = [_deal(n, 10_000 + n, day, currency=one) | {"number": f"D-70{n:02}"} for n, one in enumerate(deals)]
    right = [_invoice(n, 10_000 + n, day, reference=f"D-70{n:02}", currency=one) for n, one in enumerate(invoices)]
    sides = documents("deal", *left), documents("invoice", *right)

    rows = handoff_counterparts(BILLED, *sides, same(ACME), as_of=AS_OF).to_pylist()

    assert {row["status"] for row in rows} == {"found"}
    assert sum(row["error_kind"] == "currency" for row in rows) == errors
