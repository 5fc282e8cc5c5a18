"""One invoice paid in parts, one payment for several invoices: sums that add up exactly, and nothing guessed."""

from collections.abc import Callable
from typing import Any

import pytest

from toolkit.match.documents.matching import DocumentMatching, explained_documents, matched_documents

Matched = Callable[..., DocumentMatching]

# Other customers' invoices and payments, one each: what a ledger looks like around the case in question.
AROUND = [(f"c{number}", 41_700 + 1_313 * number, number % 40) for number in range(30)]


@pytest.fixture
def matched(side: Any) -> Matched:
    """Return invoices matched to payments, among thirty others that were paid after three days."""

    def run(invoices: list[dict[str, Any]], payments: list[dict[str, Any]]) -> DocumentMatching:
        others_l = [{"party": party, "amount_minor": amount, "at": at} for party, amount, at in AROUND]
        others_r = [{"party": party, "amount_minor": amount, "at": at + 3} for party, amount, at in AROUND]
        return matched_documents(side("i", [*invoices, *others_l]), side("p", [*payments, *others_r]))

    return run


def joined(found: DocumentMatching) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    return [(one.rows_l, one.rows_r) for one in found.groups]


def test_an_invoice_paid_in_two_parts_has_both_payments(matched: Matched) -> None:
    """1,000.00 paid as 613.20 and 386.80 by the same customer: both payments are the invoice's."""
    found = matched(
        [{"party": "acme", "amount_minor": 100_000, "at": 0}],
        [{"party": "acme", "amount_minor": 61_320, "at": 3}, {"party": "acme", "amount_minor": 38_680, "at": 30}],
    )

    assert joined(found) == [((0,), (0, 1))]
    assert len(found.linked_pairs) == len(AROUND)


def test_a_payment_for_three_invoices_settles_all_of_them(matched: Matched) -> None:
    """One transfer over the sum of three open invoices pays the three."""
    found = matched(
        [{"party": "acme", "amount_minor": amount, "at": at} for at, amount in enumerate((41_250, 18_990, 7_431))],
        [{"party": "acme", "amount_minor": 67_671, "at": 20}],
    )

    assert joined(found) == [((0, 1, 2), (0,))]


def test_a_bank_line_less_the_fees_settles_the_charges_behind_it(matched: Matched) -> None:
    """Two card charges reach the bank as one line, less both fees."""
    found = matched(
        [
            {"party": "acme", "amount_minor": 10_000, "fee_minor": 320, "at": 0},
            {"party": "acme", "amount_minor": 25_500, "fee_minor": 770, "at": 1},
        ],
        [{"party": "acme", "amount_minor": 34_410, "at": 3}],
    )

    assert joined(found) == [((0, 1), (0,))]


def test_a_part_that_quotes_the_invoice_stays_with_it(matched: Matched) -> None:
    """A customer's other payment could complete the sum too; the one that quotes the invoice's number does."""
    found = matched(
        [{"party": "acme", "amount_minor": 90_000, "at": 0, "number": "INV-20417"}],
        [
            {"party": "acme", "amount_minor": 60_000, "at": 3, "invoice_ref": "20417"},
            {"party": "acme", "amount_minor": 30_000, "at": 9, "invoice_ref": "INV 20417"},
            {"party": "acme", "amount_minor": 30_000, "at": 5, "description": "deposit"},
        ],
    )

    assert joined(found) == [((0,), (0, 1))]


def test_parts_that_stay_below_the_invoice_are_all_its_own(matched: Matched) -> None:
    """Two instalments quote the invoice, the third has not come: it is paid in part, by both."""
    found = matched(
        [{"party": "acme", "amount_minor": 90_000, "at": 0, "number": "INV-20417"}],
        [
            {"party": "acme", "amount_minor": 30_000, "at": 3, "invoice_ref": "INV-20417"},
            {"party": "acme", "amount_minor": 30_000, "at": 33, "invoice_ref": "INV-20417"},
        ],
    )

    assert joined(found) == [((0,), (0, 1))]
    assert [one.is_whole for one in found.groups] == [False]


def test_two_sums_that_fit_as_well_are_reported_not_guessed(matched: Matched) -> None:
    """Either of two invoices makes up the rest of the payment: nobody can say which."""
    found = matched(
        [
            {"party": "acme", "amount_minor": 61_327, "at": 0},
            {"party": "acme", "amount_minor": 38_681, "at": 1, "name": "roof"},
            {"party": "acme", "amount_minor": 38_681, "at": 2, "name": "porch"},
        ],
        [{"party": "acme", "amount_minor": 100_008, "at": 20}],
    )

    assert joined(found) == []
    assert found.is_ambiguous[:3].tolist() == [True, True, True]


def test_round_sums_of_many_prove_nothing(matched: Matched) -> None:
    """Among a dozen round amounts some always add up: that is chance, not a payment in parts."""
    found = matched(
        [{"party": "acme", "amount_minor": 900_000, "at": 0}],
        [{"party": "acme", "amount_minor": 10_000 * one, "at": one} for one in range(1, 13)],
    )

    assert joined(found) == []


def test_payments_of_another_customer_or_currency_are_no_parts(matched: Matched) -> None:
    """A sum that fits across customers or currencies is an accident."""
    invoice = {"party": "acme", "amount_minor": 100_008, "at": 0, "currency": "EUR"}

    found = matched(
        [invoice],
        [
            {"party": "acme", "amount_minor": 61_327, "at": 3, "currency": "USD"},
            {"party": "acme", "amount_minor": 38_681, "at": 4, "currency": "EUR"},
        ],
    )
    other = matched(
        [invoice], [{"party": "birch", "amount_minor": 61_327, "at": 3}, {"party": "acme", "amount_minor": 38_681, "at": 4}]
    )

    assert joined(found) == joined(other) == []


def test_a_document_with_its_own_counterpart_takes_no_part(matched: Matched) -> None:
    """An invoice that is paid to the cent is settled, though it would complete another sum."""
    found = matched(
        [{"party": "acme", "amount_minor": 61_327, "at": 0}, {"party": "acme", "amount_minor": 100_008, "at": 0}],
        [{"party": "acme", "amount_minor": 61_327, "at": 3}, {"party": "acme", "amount_minor": 38_681, "at": 4}],
    )

    assert joined(found) == []
    assert found.links.right_of[:2].tolist() == [0, -1]


def test_a_part_is_explained_as_one_of_several(matched: Matched) -> None:
    """Asked why a part payment belongs to an invoice, the answer names the sum and the party."""
    found = matched(
        [{"party": "acme", "amount_minor": 100_008, "at": 0}],
        [{"party": "acme", "amount_minor": 61_327, "at": 3}, {"party": "acme", "amount_minor": 38_681, "at": 30}],
    )

    why = explained_documents(found, "i00000", "p00001")

    assert why.decision == "same"
    assert why.reason.startswith("Several documents together stand for one.")
    assert ("party", "the same party") in [(fact.comparison, fact.level) for fact in why.facts]
