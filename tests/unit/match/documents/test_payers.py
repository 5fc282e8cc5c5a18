"""Whose money it is and which document it is for, where a bank has nothing but a text."""

from collections.abc import Callable
from typing import Any

import pytest

from toolkit.match.documents.evidence import Evidence, evidence
from toolkit.match.documents.mentions import mentions
from toolkit.match.documents.numbers import ELSEWHERE, NUMBER_COLUMNS
from toolkit.match.documents.side import two_sides

FIRMS = ("Larkmoor Tools", "Ulverholt Interiors GmbH", "Nordlys AS", "Old Mill Bakery", "Nutmeg Deli", "Lark Hill Bakery")


@pytest.fixture
def held(side: Any) -> Callable[..., Evidence]:
    """Return invoices of six firms beside bank lines with the texts given."""

    def run(*texts: str) -> Evidence:
        left = [{"party_name": firm, "amount_minor": 10_000 + at, "at": at, "number": f"INV-{2001 + at}"}
                for at, firm in enumerate(FIRMS)]  # fmt: skip
        left.append({"party_name": FIRMS[1], "amount_minor": -5_000, "at": 9, "number": "CN-2002"})
        # A line that ends in the number of an invoice has its amount.
        ends = [int(text[-1]) if text[-4:-1] == "200" else 7 for text in texts]
        right = [{"description": text, "amount_minor": 9_999 + end, "at": 9} for text, end in zip(texts, ends, strict=True)]
        sides = two_sides(side("i", left), side("p", right))
        return evidence(*sides, (mentions(sides[0].table), mentions(sides[1].table)))

    return run


@pytest.mark.parametrize(
    ("text", "firm"),
    [
        ("SEPA LARKMOOR TOOLS 4711", 0),
        ("ULVERHOLT INTERIORS", 1),
        ("ULVERHOLT INTERIO", 1),
        ("NUTMEG DELI DEPOSIT", 4),
        ("LARK HILL BAKERY", 5),
        ("HEDGEROW AUTOS", None),
        ("INTEREST", None),
    ],
)
def test_a_payer_is_whoever_is_named_in_full(held: Callable[..., Evidence], text: str, firm: int | None) -> None:
    """Capitals, legal forms, abbreviations and a cut end do not matter; part of a name names nobody."""
    found = held(text, *(f"{one.upper()}" for one in FIRMS), "OLD MILL BAKERY INV-2004").payers

    assert found.right[0] == (-1 if firm is None else found.left[firm])


def test_where_most_lines_name_a_customer_another_name_is_somebody_elses(held: Callable[..., Evidence]) -> None:
    """What a bank writes on every line is nobody's name, and neither is a number."""
    names = [one.upper() for one in FIRMS]

    assert held("HEDGEROW AUTOS", "CASH DEPOSIT", "TRN4711X", *names).payers.says_who[:3].tolist() == [True, False, False]
    assert held("HEDGEROW AUTOS", "IRONBARK FENCES", "ROOF REPAIR").payers.says_who.tolist() == [False, False, False]


def test_one_number_of_two_kinds_of_documents_is_told_by_its_letters(held: Callable[..., Evidence]) -> None:
    """CN-2002 is no word of INV-2002, nor the other way; the bare number may be either."""
    found = held("CN 2002", "INVOICE 2002", "2002", *(f"INV-{2001 + at}" for at in range(6)))

    assert sorted(found.quoted.left[found.quoted.right == 0].tolist()) == [6]
    assert sorted(found.quoted.left[found.quoted.right == 1].tolist()) == [1]
    assert sorted(found.quoted.left[found.quoted.right == 2].tolist()) == [1, 6]


def test_a_number_written_like_the_source_s_is_another_document_s(held: Callable[..., Evidence]) -> None:
    """INV-7770 is none of the invoices, and neither is money that quotes it; a bank's own number says nothing."""
    lines = [f"INV-{2001 + at}" for at in range(6)]

    assert held("INV-7770", "REF 7770", *lines).quotes_another[:2].tolist() == [True, False]
    # Where hardly any such number leads to the source, the target counts by itself in the same way.
    assert held("INV-7770", "INV-7771", "INV-2001").quotes_another.tolist() == [False, False, True]


def test_two_digits_swapped_in_a_quoted_number_are_a_slip(side: Any) -> None:
    """Of one party and amount, INV-20417 quoted as INV-20471 is the same invoice; INV-20499 is another."""
    left = [{"party": f"c{at}", "amount_minor": 50_001 + at, "at": at, "number": f"INV-{20410 + at}"} for at in range(12)]
    quoted = {7: "INV-20471", 8: "INV-20499"}
    right = [
        {"party": f"c{at}", "amount_minor": 50_001 + at, "at": at + 5, "description": quoted.get(at, f"INV-{20410 + at}")}
        for at in range(12)
    ]
    sides = two_sides(side("i", left), side("p", right))
    found = evidence(*sides, (mentions(sides[0].table), mentions(sides[1].table)))
    rows = sides[0].day - sides[0].day

    levels = found.of(rows + range(12), rows + range(12)).levels[:, 2].tolist()

    assert [levels[7] == ELSEWHERE, levels[8] == ELSEWHERE] == [False, True]
    assert "description" in NUMBER_COLUMNS
