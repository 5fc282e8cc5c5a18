"""Which money paid which invoice, where the bank has nothing but a text: money sent back, credit notes, parts, strangers."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pyarrow as pa
import pytest

from tests.handoff_counterparts import handoff_counterparts
from toolkit.landscape.handoffs import Handoff

Build = Callable[..., pa.Table]
Paid = Callable[..., dict[str, Any]]

AS_OF = date(2026, 10, 5)
PAID = Handoff("paid", "Invoices paid", "ledger", "invoices", "invoice", "bank", "lines", "bank_line", grace_days=45)
FIRMS = (
    "Larkmoor Tools", "Fenwick Ltd", "Nordlys AS", "Old Mill Bakery", "Bondline Glass", "Quayside Marine", "Orsini Marble",
    "Tarn Valley Dental", "Beckett & Shaw", "Copperleaf Print", "Ridgeback Fencing", "Sable Point Media", "Umber Studio",
)  # fmt: skip


def _invoice(number: str, firm: str, day: date, amount: int, **more: Any) -> dict[str, Any]:
    row = {"record_key": f"ledger/invoices/{number}", "number": number, "party_name": firm, "issued_on": day}
    return {**row, "amount_minor": amount, "currency": "USD", **more}


def _line(number: int, text: str, day: date, amount: int, **more: Any) -> dict[str, Any]:
    row = {"record_key": f"bank/lines/T{number}", "description": text, "posted_on": day, "amount_minor": amount}
    return {**row, "currency": "USD", **more}


@pytest.fixture
def paid(documents: Build, same: Build) -> Paid:
    """Return what became of invoices, by number, among forty others that were paid; half of those lines quote a number."""

    def run(invoices: list[Any], lines: list[Any]) -> dict[str, Any]:
        others, money = [], []
        for at in range(40):
            firm, day = FIRMS[at % len(FIRMS)], date(2026, 1, 5) + timedelta(days=6 * at)
            amount, quoted = 52_317 + 7_391 * at, f" INV-{2001 + at}" if at % 2 else ""
            others.append(_invoice(f"INV-{2001 + at}", firm, day, amount))
            text = f"{firm.upper().removesuffix(' LTD')}{quoted}"
            money.append(_line(1000 + at, text, day + timedelta(days=9 + at % 17), amount))
        left, right = documents("invoice", *others, *invoices), documents("bank_line", *money, *lines)
        rows = handoff_counterparts(PAID, left, right, same(), as_of=AS_OF).to_pylist()
        asked = {one["record_key"] for one in (*invoices, *lines)}
        assert all(row["status"] == "found" and not row["is_error"] for row in rows if row["key_l"] not in {*asked, None})
        return {
            str(row["key_l"] or row["key_r"]).split("/")[-1]: row for row in rows if {row["key_l"], row["key_r"]} & asked
        }

    return run


def keys(row: dict[str, Any]) -> list[str]:
    """Return the bank lines that stand for an invoice, as their numbers."""
    return sorted(key.split("/")[-1] for key in (row["key_r"], *(row["more_keys_r"] or [])) if key)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("CORAL PRINT INV-5005 INV-5006 CN-5007", "Coral Print"),
        ("SEPA CREDIT CORAL PRINTING", "Coral Printing"),
        ("RE5005 RE5006 ABZGL. GS5007 CORAL DRUCK", "Coral Druck GmbH"),
    ],
    ids=["all quoted", "nothing quoted", "german"],
)
def test_a_payment_net_of_a_credit_note_settles_invoices_and_note(paid: Paid, text: str, name: str) -> None:
    """900.45 and 310.15 less a credit of 60.05 come as 1,150.55: that pays all three, quoted or not."""
    note, bill = ("GS", "RE") if "GS" in text else ("CN", "INV")
    rows = paid(
        [
            _invoice(f"{bill}-5005", name, date(2026, 5, 5), 90_045),
            _invoice(f"{bill}-5006", name, date(2026, 5, 8), 31_015),
            _invoice(f"{note}-5007", name, date(2026, 5, 15), -6_005),
        ],
        [_line(7, text, date(2026, 6, 3), 115_055)],
    )

    assert {(row["status"], *keys(row)) for row in rows.values()} == {("found", "T7")}
    assert len(rows) == 3


def test_a_credit_note_alone_never_pairs_with_money_that_came_in(paid: Paid) -> None:
    """The line quotes the credit note and has its amount, but goes the other way."""
    rows = paid(
        [_invoice("CN-5007", "Coral Print", date(2026, 5, 15), -6_005)],
        [_line(7, "CORAL PRINT CN-5007", date(2026, 6, 3), 6_005)],
    )

    assert rows["CN-5007"]["status"] == "missing"


def test_a_credit_note_that_is_paid_out_has_its_money(paid: Paid) -> None:
    """A refund on the bank is the credit note's counterpart, though an invoice was paid before."""
    rows = paid(
        [
            _invoice("INV-5003", "Brindle Dogs", date(2026, 5, 5), 50_010),
            _invoice("CN-5004", "Brindle Dogs", date(2026, 5, 15), -10_020),
        ],
        [
            _line(5, "BRINDLE DOGS INV-5003", date(2026, 5, 9), 50_010),
            _line(6, "REFUND BRINDLE DOGS", date(2026, 5, 30), -10_020),
        ],
    )

    assert {number: keys(row) for number, row in rows.items()} == {"INV-5003": ["T5"], "CN-5004": ["T6"]}


def test_an_invoice_that_is_credited_as_a_whole_awaits_nothing(paid: Paid) -> None:
    """Neither the invoice nor its credit note is an item that lacks its money."""
    rows = paid(
        [
            _invoice("INV-5003", "Brindle Dogs", date(2026, 5, 5), 50_010),
            _invoice("CN-5004", "Brindle Dogs", date(2026, 5, 15), -50_010),
        ],
        [],
    )

    assert rows == {}


@pytest.mark.parametrize(
    ("came", "back", "days"),
    [
        ("UMBEL GARDENS INV-5001", "RETURNED ITEM UMBEL GARDENS INV-5001", 5),
        ("SEPA UMBEL GARDENS", "CHARGEBACK UMBEL GARDENS", 70),
        ("UMBEL GARDENS INV-5001", "RÜCKLASTSCHRIFT", 4),
    ],
    ids=["returned", "chargeback", "no name"],
)
def test_money_that_was_sent_back_pays_nothing(paid: Paid, came: str, back: str, days: int) -> None:
    """The invoice is not paid, the table says why, and neither line is a second entry."""
    day = date(2026, 2, 20)
    rows = paid(
        [_invoice("INV-5001", "Umbel Gardens", date(2026, 2, 3), 32_218)],
        [_line(1, came, day, 32_218), _line(2, back, day + timedelta(days=days), -32_218)],
    )

    assert list(rows) == ["INV-5001"]
    assert (rows["INV-5001"]["status"], rows["INV-5001"]["key_r"]) == ("missing", None)
    assert rows["INV-5001"]["basis"] == "its payment came and was sent back"


def test_money_that_came_again_after_a_return_pays(paid: Paid) -> None:
    """The third line is the payment, not the first."""
    rows = paid(
        [_invoice("INV-5001", "Umbel Gardens", date(2026, 2, 3), 32_218)],
        [
            _line(1, "UMBEL GARDENS INV-5001", date(2026, 2, 20), 32_218),
            _line(2, "UNPAID UMBEL GARDENS", date(2026, 2, 25), -32_218),
            _line(3, "UMBEL GARDENS INV-5001", date(2026, 3, 2), 32_218),
        ],
    )

    assert keys(rows["INV-5001"]) == ["T3"]


@pytest.mark.parametrize(
    ("text", "more"),
    [
        ("HEDGEROW AUTOS REF 712219", {}),
        ("IRONBARK FENCES INV-7770", {}),
        ("TARN VALLEY DENTAL", {}),
        ("PLOVER TEXTILES INV-7770", {}),
        ("PLOVER TEXTILES", {"currency": "EUR"}),
    ],
    ids=["another payer", "payer and number", "a payer of another invoice", "another number", "another currency"],
)
def test_an_equal_amount_is_outweighed(paid: Paid, text: str, more: dict[str, Any]) -> None:
    """Another payer, another number or another currency: the money is for something else."""
    rows = paid(
        [_invoice("INV-5012", "Plover Textiles", date(2026, 4, 1), 61_244)],
        [_line(12, text, date(2026, 4, 15), 61_244, **more)],
    )

    assert rows["INV-5012"]["status"] == "missing"


def test_another_payer_who_quotes_the_invoice_pays_it(paid: Paid) -> None:
    """A factor or a parent company pays: the number says for what."""
    rows = paid(
        [_invoice("INV-5012", "Plover Textiles", date(2026, 4, 1), 61_244)],
        [_line(12, "HEDGEROW FACTORS INV-5012", date(2026, 4, 15), 61_244)],
    )

    assert (rows["INV-5012"]["status"], *keys(rows["INV-5012"])) == ("found", "T12")


def test_a_number_that_leads_nowhere_else_settles_it_whatever_the_amount(paid: Paid) -> None:
    """The invoice's own number beside another amount is an error to count, not a missing payment."""
    rows = paid(
        [_invoice("INV-5012", "Plover Textiles", date(2026, 4, 1), 61_244)],
        [_line(12, "PLOVER TEXTILES INV-5012", date(2026, 4, 15), 18_000)],
    )

    assert (rows["INV-5012"]["status"], rows["INV-5012"]["error_kind"]) == ("found", "amount")


@pytest.mark.parametrize(
    "lines",
    [
        [("NUTMEG DELI DEPOSIT", 19, 100_000), ("NUTMEG DELI BALANCE INV-5017", 49, 200_000)],
        [("NUTMEG DELI INV-5017", 5, 60_000), ("SEPA CREDIT NUTMEG DELI", 40, 240_000)],
        [("NUTMEG DELI", 10, 70_117), ("NUTMEG DELI", 40, 110_083), ("NUTMEG DELI", 70, 119_800)],
    ],
    ids=["balance quotes", "deposit quotes", "three parts, none quotes"],
)
def test_a_deposit_and_the_balance_are_one_payment(paid: Paid, lines: list[tuple[str, int, int]]) -> None:
    """One customer, one open invoice, an exact sum: both lines are the invoice's."""
    first = date(2026, 6, 1)
    rows = paid(
        [_invoice("INV-5017", "Nutmeg Deli", first, 300_000)],
        [_line(at, text, first + timedelta(days=days), amount) for at, (text, days, amount) in enumerate(lines)],
    )

    assert keys(rows["INV-5017"]) == [f"T{at}" for at in range(len(lines))]
    assert (rows["INV-5017"]["status"], rows["INV-5017"]["is_error"]) == ("found", False)


@pytest.mark.parametrize(
    ("factor", "kept", "relation"), [(1.19, 0, "VAT on one side"), (0.971, 30, "a processor's fee")], ids=["vat", "fee"]
)
def test_what_most_amounts_share_is_no_error_of_each(
    documents: Build, same: Build, factor: float, kept: int, relation: str
) -> None:
    """Every line has 19 % more, or 2.9 % and 30 cents less: the pairs are found, quoted or not, and none is wrong."""
    days = [date(2026, 1, 5) + timedelta(days=6 * at) for at in range(40)]
    invoices = [
        _invoice(f"INV-{2001 + at}", FIRMS[at % len(FIRMS)], day, 52_317 + 7_391 * at) for at, day in enumerate(days)
    ]
    lines = [
        _line(
            at, f"{row['party_name'].upper()} {row['number'] if at % 2 else ''}".strip(), days[at] + timedelta(days=9),
            round(row["amount_minor"] * factor) - kept,
        )
        for at, row in enumerate(invoices)
    ]  # fmt: skip
    left, right = documents("invoice", *invoices), documents("bank_line", *lines)

    rows = handoff_counterparts(PAID, left, right, same(), as_of=AS_OF).to_pylist()

    assert [keys(row) for row in sorted(rows, key=lambda row: str(row["key_l"]))] == [[f"T{at}"] for at in range(40)], (
        relation
    )
    assert not any(row["is_error"] for row in rows)
