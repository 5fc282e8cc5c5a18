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

    found, left = corrections(now, [note(1000), note(1001, names=("INV-1001",)), note(1006)], [before])

    assert [one.invoice.number for one in found] == [f"INV-{1000 + place}" for place in range(7)]
    assert found[6].kinds == ("credited", "voided", "edited")
    assert left == []
    reading = share_reading(MeasuredShare(len(found), len(now)))
    assert reading is not None
    assert reading.value == 0.02
    assert judged(INVOICE_ERRORS, None, reading).passes is not True


def test_a_credit_note_that_names_no_invoice_is_counted_apart() -> None:
    """Goodwill is nobody's error: another amount, and no number."""
    assert corrections([invoice(1000)], [note(1000, amount_minor=-5)]) == ([], [note(1000, amount_minor=-5)])


def test_a_credit_note_belongs_to_the_last_invoice_before_it() -> None:
    """Not to one after it, nor to one of last year."""
    old, last, later = (
        invoice(1, party="a", amount_minor=5, issued_on=DAY + timedelta(days=days)) for days in (-300, 0, 40)
    )
    named = [Invoice(f"k{place}", None, one.party, 5, "USD", one.issued_on) for place, one in enumerate((old, last, later))]

    [found], left = corrections(named, [note(1, party="a", amount_minor=5)])

    assert (found.invoice.record_key, left) == ("k1", [])


def test_a_payment_is_no_correction() -> None:
    """The invoice is as it was, but for its status."""
    before = {"ledger/invoices/1000": invoice(1000, status="Open")}

    assert corrections([invoice(1000, status="Paid")], earlier=[before]) == ([], [])


def test_a_value_that_came_later_is_no_correction() -> None:
    """As where an older export lacked a column."""
    before = {"ledger/invoices/1000": invoice(1000, party=None)}

    assert corrections([invoice(1000)], earlier=[before]) == ([], [])


def test_a_customer_who_was_renamed_is_no_correction() -> None:
    """The list names the old one no more, so nobody moved the invoice to another customer."""
    before = {"ledger/invoices/1000": invoice(1000, party="Acme Limited")}

    assert corrections([invoice(1000, party="Acme Ltd"), invoice(1001)], earlier=[before]) == ([], [])


def test_of_two_invoices_that_a_note_names_the_first_one_counts() -> None:
    """In the order of its words, whatever order a set of them has in this run."""
    named = note(1, party="a", amount_minor=-5, names=("for INV-1007, see INV-1003, INV-1005",))
    own = [invoice(number, party="a") for number in range(1000, 1010)]

    [found], _ = corrections(own, [named])

    assert found.invoice.number == "INV-1007"
