"""Documents of which there is one only, or very many alike: what is looked at, and what it is worth."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from toolkit.match.documents.candidates import candidate_pairs
from toolkit.match.documents.evidence import Evidence, evidence
from toolkit.match.documents.matching import matched_documents
from toolkit.match.documents.mentions import mentions
from toolkit.match.documents.model import one_to_one_probability
from toolkit.match.documents.numbers import LEVELS
from toolkit.match.documents.side import two_sides

Rows = list[dict[str, Any]]
Held = Callable[[Rows, Rows], Evidence]


@pytest.fixture
def held(side: Any) -> Held:
    """Return two sides ready to be compared."""

    def build(left: Rows, right: Rows) -> Evidence:
        sides = two_sides(side("i", left), side("p", right))
        return evidence(*sides, (mentions(sides[0].table), mentions(sides[1].table)))

    return build


@pytest.mark.parametrize(("payments", "bits"), [(1, 5.0), (2, 5.0), (4, 6.0), (8, 7.0), (1_024, 14.0)])
def test_a_number_is_worth_more_among_more_documents(held: Held, payments: int, bits: float) -> None:
    """One bit for each doubling; where there is a single payment it is worth as much as among two."""
    one = held([{"number": "INV-20417"}], [{"invoice_ref": "0020417"}, *({"name": "other"} for _ in range(payments - 1))])

    assert one.quoted.bits.tolist() == [bits]


@pytest.mark.parametrize(
    ("weight", "probability"), [(-8.5, 1 / (1 + 2**8.5)), (-9.99, 1 / (1 + 2**9.99)), (-10.0, 1 / 1025), (-10.01, 0.0)]
)
def test_one_chance_in_a_thousand_is_still_a_chance(weight: float, probability: float) -> None:
    """What is rarer than ten bits is taken for impossible."""
    found = one_to_one_probability(np.array([0]), np.array([0]), np.array([weight]), 1, 1)

    assert found.tolist() == pytest.approx([probability])


@pytest.mark.parametrize("others", [0, 1, 5, 40])
def test_of_very_many_payments_those_around_the_invoices_day_are_looked_at(held: Held, others: int) -> None:
    """One payment of the amount comes every day: three from before its day, the rest from it on, whoever else is billed."""
    payments = [{"amount_minor": 10_000, "at": day} for day in range(60)]
    invoices = [{"amount_minor": 77, "party": "birch", "at": 20 + at} for at in range(others)]
    smaller = [{"amount_minor": 77, "at": 30}]

    one = held([*invoices, {"amount_minor": 10_000, "at": 30}], [*payments, *smaller])
    rows_l, rows_r = candidate_pairs(one.left, one.right, one.quoted, one.words, one.payers)

    assert rows_r[rows_l == others].tolist() == list(range(27, 39))


def test_equal_invoices_of_a_day_meet_different_payments(held: Held) -> None:
    """The second of two alike begins one payment further on."""
    payments = [{"amount_minor": 10_000, "at": day} for day in range(60)]

    one = held([{"amount_minor": 10_000, "at": 30} for _ in range(3)], payments)
    rows_l, rows_r = candidate_pairs(one.left, one.right, one.quoted, one.words, one.payers)

    assert [rows_r[rows_l == row].min() for row in range(3)] == [27, 28, 29]


@pytest.mark.parametrize(("events", "gained_bits"), [(4, 2 * 4 / 16), (12, 1.0), (36, 2 * 36 / 48)])
def test_what_most_documents_show_is_half_believed_of_twelve(side: Any, events: int, gained_bits: float) -> None:
    """Where every invoice has its payment, the next is likelier to have one: by two bits at most, by one after twelve."""
    rows: Rows = [
        {"amount_minor": 10_007 + 1_313 * at, "at": 3 * at, "party": f"c{at}", "number": f"INV-{20_400 + at}",
         "invoice_ref": f"INV-{20_400 + at}"}
        for at in range(events)
    ]  # fmt: skip

    found = matched_documents(side("i", rows), side("p", rows))

    assert len(found.linked_pairs) == events
    assert found.model.prior_bits == pytest.approx(gained_bits - np.log2(events), abs=0.03)


@pytest.mark.parametrize(
    ("number", "quoted", "words"),
    [
        ("INV-20417", "INV-20417", "the same number"),
        ("INV-20417", "0020417", "one number, written otherwise"),
        ("17", "see our paper 17 of May", "a short number in common"),
    ],
)
def test_how_a_number_is_shared_is_said(held: Held, number: str, quoted: str, words: str) -> None:
    """What a reader is told of the two: alike, alike but for zeros and letters, or no more than a few digits."""
    one = held([{"number": number, "party": "acme"}], [{"invoice_ref": quoted, "party": "acme"}])

    [level], _ = one.quoted.of(np.array([0]), np.array([0]))

    assert LEVELS[level - 1] == words
