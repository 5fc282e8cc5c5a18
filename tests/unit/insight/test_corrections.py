"""Invoices that needed a correction, counted once each."""

from datetime import date, timedelta
from typing import Any

from toolkit.insight.corrections import CreditNote, Invoice, corrections
from toolkit.rates import MeasuredShare
from toolkit.scoping.kpi.readings import share_reading
from toolkit.scoping.kpi.targets import INVOICE_ERRORS, judged

DAY = date(2026, 3, 2)


def invoice(number: int, **more: Any) -> Invoice:
    given = {"party": f"customer {number}", "amount_minor": 10_000 + number, "currency": "USD", "issued_on": DAY, **more}
    return Invoice(f"ledger/invoices/{number}", f"INV-{number}", **given)


def note(number: int, **more: Any) -> CreditNote:
    given = {"party": f"customer {number}", "amount_minor": -(10_000 + number), "currency": "USD", **more}
    return CreditNote(f"ledger/credits/{number}", issued_on=DAY + timedelta(days=9), **given)


def test_7_of_350_is_two_percent_and_fails_under_two_percent() -> None:
    """Two credited, two voided, two edited, and one that is all three: seven invoices, each once."""
    now = [invoice(number) for number in range(1000, 1350)]
    now[2] = invoice(1002, status="Voided")
    now[3] = invoice(1003, status="cancelled by customer")
    now[6] = invoice(1006, status="Void")
    before = {
        one.record_key: one
        for one in (invoice(1004, amount_minor=5), invoice(1005, party="customer 1010"), invoice(1006, amount_minor=1))
    }

    found, unnamed = corrections(now, [note(1000), note(1001, names=("INV-1001",)), note(1006)], [before])

    assert [one.invoice.number for one in found] == [f"INV-{1000 + place}" for place in range(7)]
    assert found[6].kinds == ("credited", "voided", "edited")
    assert unnamed == 0
    reading = share_reading(MeasuredShare(len(found), len(now)))
    assert reading is not None
    assert reading.value == 0.02
    assert judged(INVOICE_ERRORS, None, reading).passes is not True


def test_a_credit_note_that_names_no_invoice_is_counted_apart() -> None:
    """Goodwill is nobody's error: another amount, and no number."""
    assert corrections([invoice(1000)], [note(1000, amount_minor=-5)]) == ([], 1)


def test_a_credit_note_belongs_to_the_last_invoice_before_it() -> None:
    """Not to one after it, nor to one of last year."""
    old, last, later = (
        invoice(1, party="a", amount_minor=5, issued_on=DAY + timedelta(days=days)) for days in (-300, 0, 40)
    )
    named = [Invoice(f"k{place}", None, one.party, 5, "USD", one.issued_on) for place, one in enumerate((old, last, later))]

    [found], unnamed = corrections(named, [note(1, party="a", amount_minor=5)])

    assert (found.invoice.record_key, unnamed) == ("k1", 0)


def test_a_payment_is_no_correction() -> None:
    """The invoice is as it was, but for its status."""
    before = {"ledger/invoices/1000": invoice(1000, status="Open")}

    assert corrections([invoice(1000, status="Paid")], earlier=[before]) == ([], 0)


def test_a_value_that_came_later_is_no_correction() -> None:
    """As where an older export lacked a column."""
    before = {"ledger/invoices/1000": invoice(1000, party=None)}

    assert corrections([invoice(1000)], earlier=[before]) == ([], 0)


def test_a_customer_who_was_renamed_is_no_correction() -> None:
    """The list names the old one no more, so nobody moved the invoice to another customer."""
    before = {"ledger/invoices/1000": invoice(1000, party="Acme Limited")}

    assert corrections([invoice(1000, party="Acme Ltd"), invoice(1001)], earlier=[before]) == ([], 0)
