"""Money that was sent back and invoices that were credited: what takes what back."""

from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from toolkit.match.documents.evidence import evidence
from toolkit.match.documents.matching import matched_documents
from toolkit.match.documents.mentions import Mentions, mentions
from toolkit.match.documents.reversals import Reversals, _share_number, money_sign
from toolkit.match.documents.side import two_sides


@pytest.fixture
def sent_back(side: Any) -> Any:
    """Return which payments take each other back, by their places, beside one invoice of somebody else."""

    def run(*payments: dict[str, Any]) -> list[tuple[int, int]]:
        sides = two_sides(side("i", [{"amount_minor": 70_007, "at": 0}]), side("p", list(payments)))
        found: Reversals = evidence(*sides, (mentions(sides[0].table), mentions(sides[1].table))).sent_back
        return list(zip(found.first.tolist(), found.back.tolist(), strict=True))

    return run


CAME = {"amount_minor": 32_218, "at": 10, "description": "UMBEL GARDENS INV-5001"}


@pytest.mark.parametrize(
    ("back", "is_told"),
    [
        ({"description": "INV-5001"}, True),
        ({"description": "UMBEL GARDENS"}, True),
        ({"description": "RETURNED ITEM"}, True),
        ({"description": "RENT"}, False),
        ({"description": "INV-5002 PLOVER"}, False),
        ({"description": "UMBEL GARDENS", "amount_minor": -32_217}, False),
        ({"description": "UMBEL GARDENS", "at": 9}, False),
        ({"description": "UMBEL GARDENS", "at": 140}, True),
        ({"description": "UMBEL GARDENS", "at": 141}, False),
        ({"description": "RETURNED ITEM", "at": 25}, True),
        ({"description": "RETURNED ITEM", "at": 26}, False),
        ({"description": "UMBEL GARDENS", "currency": "EUR"}, False),
    ],
)
def test_a_return_shares_a_number_or_the_name_or_says_so(sent_back: Any, back: dict[str, Any], *, is_told: bool) -> None:
    """To the cent, in one currency, not before the payment and within four months; by the word alone within two weeks."""
    others = [{"amount_minor": 1_000 + 7 * at, "at": at, "description": f"FIRM{'ABCDEFGH'[at]} TRADING"} for at in range(8)]

    found = sent_back({**CAME, "currency": "USD"}, {"amount_minor": -32_218, "at": 14, "currency": "USD", **back}, *others)

    assert found == ([(0, 1)] if is_told else [])


def test_parties_that_are_known_decide(sent_back: Any) -> None:
    """Money to another party is no return, whatever the texts have in common."""
    came, back = {**CAME, "party": "acme"}, {**CAME, "amount_minor": -32_218, "at": 14}

    assert sent_back(came, {**back, "party": "acme", "description": None}) == [(0, 1)]
    assert sent_back(came, {**back, "party": "birch"}) == []


def test_each_return_takes_one_payment_the_nearest_before(sent_back: Any) -> None:
    """Of two payments the later one came back."""
    assert sent_back({**CAME, "at": 2}, CAME, {**CAME, "amount_minor": -32_218, "at": 14}) == [(1, 2)]


def test_money_goes_the_way_that_most_of_it_goes(side: Any) -> None:
    """Bills may be kept as negative amounts: then a positive one takes back."""
    left, right = two_sides(
        side("i", [{"amount_minor": -5}, {"amount_minor": -6}, {"amount_minor": 6}]), side("p", [{"amount_minor": 5}])
    )

    assert (money_sign(left), money_sign(right)) == (-1, 1)


def test_a_paid_invoice_is_not_credited_by_another_note(side: Any) -> None:
    """Of two equal invoices the unpaid one is what the credit note takes back."""
    invoices = [
        {"party": "acme", "amount_minor": 50_010, "at": 0, "number": "INV-5001"},
        {"party": "acme", "amount_minor": 50_010, "at": 5, "number": "INV-5002"},
        {"party": "acme", "amount_minor": -50_010, "at": 20, "number": "CN-5001"},
    ]
    found = matched_documents(
        side("i", invoices), side("p", [{"party": "acme", "amount_minor": 50_010, "at": 9, "description": "INV-5001"}])
    )

    assert found.links.right_of.tolist() == [0, -1, -1]
    assert (found.credited.first.tolist(), found.credited.back.tolist()) == ([1], [2])


@pytest.mark.parametrize(
    ("own", "back", "is_shared"), [("123", "123", True), ("123", "124", False), ("12", "12", False), ("9", "123", False)]
)
@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_money_that_came_and_went_back_has_a_number_of_three_digits_in_common(
    own: str, back: str, order: tuple[int, int], *, is_shared: bool
) -> None:
    """Whichever of the two stands first in the list."""
    first, second = order
    texts = pa.array(sorted({own, back}))
    written = {first: own, second: back}
    number = np.array([texts.to_pylist().index(written[row]) for row in (0, 1)])
    mentions = Mentions(texts, number, number, np.arange(2), np.zeros(2, np.int64), np.ones(2, bool))

    assert _share_number(np.array([first]), np.array([second]), mentions).tolist() == [is_shared]
