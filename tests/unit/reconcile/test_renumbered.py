"""Numbers that the other side quotes and that were given anew: at each bound of what is enough to say so."""

from typing import Any

import pytest

from tests.unit.reconcile.test_judging_bounds import compared, side
from toolkit.reconcile.judging.renumbering import renumbered


def is_told(quoted: list[str | None], *, own: int = 30, start: int = 100_001, lost: int = 0, **more: Any) -> bool:
    """Return whether it is said of documents that quote these that their numbers were given anew."""
    numbers = [str(start + at) for at in range(own)]
    left = side(own, record_id=numbers, number=numbers, amount=[1_000.0 + at for at in range(own)], account="A")
    right = side(len(quoted), reference=quoted, amount=7.0, account="B", **more)

    return renumbered(compared(left, right, lost=range(lost))) is not None


def others(count: int, of: int, form: str = "9{:05}") -> list[str | None]:
    """Return references of which some look like a number of the source."""
    return [*(form.format(at) for at in range(count)), *[None] * (of - count)]


@pytest.mark.parametrize(
    ("quoted", "expected"),
    [
        (others(20, 20), True),
        (others(19, 19), False),  # twenty at least
        (others(20, 100), True),  # a fifth of the documents
        (others(20, 101), False),
        (others(20, 20, "9{:04}"), False),  # five digits are another form of number
        (others(20, 20, "A{:05}"), False),
        ([*others(18, 18), "100001", "100002"], True),  # other party and amount
    ],
)
def test_a_fifth_of_the_documents_quote_a_number_of_this_form(quoted: list[str | None], *, expected: bool) -> None:
    """Twenty or more, and hardly any of them is one of the source's documents."""
    assert is_told(quoted) is expected


@pytest.mark.parametrize(("quoting", "of", "expected"), [(20, 50, True), (20, 51, False)])
def test_short_numbers_look_alike_by_chance(quoting: int, of: int, *, expected: bool) -> None:
    """Of those of four digits two of five documents must quote one; a year is none, nor has a shorter one a form."""
    assert is_told(others(quoting, of, "9{:03}"), start=1_001) is expected
    assert not is_told([str(1_960 + at) for at in range(30)], start=3_001)
    assert not is_told(others(25, 25, "9{:02}"), start=101)


@pytest.mark.parametrize(("fitting", "expected"), [(1, True), (2, False)])
def test_where_one_of_ten_fits_the_numbers_are_those_of_the_source(fitting: int, *, expected: bool) -> None:
    """A document of the same amount or party."""
    quoted = [*(str(100_001 + at) for at in range(fitting)), *others(20 - fitting, 20 - fitting)]
    numbers = [str(100_001 + at) for at in range(30)]
    left = side(30, record_id=numbers, amount=1_000.0, account="A")

    for fit in ({"amount": 1_000.0, "account": "B"}, {"amount": 7.0, "account": "A"}):
        right = side(20, reference=quoted, **fit)
        assert (renumbered(compared(left, right)) is not None) is expected


@pytest.mark.parametrize(("lost", "held"), [(3, ("loss", "missing")), (2, ())])
def test_what_is_missing_is_held_back_from_a_tenth_on(lost: int, held: tuple[str, ...]) -> None:
    """Thirty documents, of which three or two are missing."""
    numbers = [str(100_001 + at) for at in range(30)]
    given = compared(side(30, record_id=numbers), side(20, reference=others(20, 20)), lost=range(lost))

    found = renumbered(given)

    assert found is not None
    assert found.held_back == held
