"""What the values of a column look like."""

import pytest

from tests.unit.interpret.columns import column
from toolkit.interpret.observed import LOOKS, observed


def test_counts_are_over_rows_and_different_values() -> None:
    """Empty cells count for the fill only."""
    seen = observed(column("a", "a", "b", None))

    assert (seen.fill, seen.filled, seen.distinct) == (0.75, 3, 2)
    assert seen.distinct_share == pytest.approx(2 / 3)


def test_a_column_without_values_looks_like_nothing() -> None:
    """Neither does one without rows."""
    for seen in (observed(column(None, None)), observed(column())):
        assert (seen.values, seen.filled, seen.share("date")) == ((), 0, 0.0)


def test_one_value_in_every_row_is_constant() -> None:
    """In one row it is not."""
    assert observed(column("x", "x")).is_constant
    assert not observed(column("x")).is_constant


def test_counting_down_the_rows_is_a_counter() -> None:
    """From one on; other numbers in order are not."""
    assert observed(column("1", "2", "3", "4")).is_counter
    assert not observed(column("7", "8", "9")).is_counter


@pytest.mark.parametrize(
    "value", ["12.50", "1.234,50", "-7", "(12.00)", "$10.50", "10,50 €", "1 234,5", "12.00-", "CHF 12.00"]
)
def test_amounts_are_numbers(value: str) -> None:
    """However signs, thousands and currencies are written."""
    assert observed(column(value)).share("number") == 1.0


@pytest.mark.parametrize("value", ["INV-1001", "K-001", "K12", "12 High Street", "2026-03-01", "A/12"])
def test_codes_and_dates_are_no_numbers(value: str) -> None:
    """Letters before a number make it a code, unless they are a currency."""
    assert observed(column(value)).share("number") == 0.0


@pytest.mark.parametrize("value", ["2026-03-01", "01.03.2026", "2026-03-01T09:00:00Z", "1/6/2025 17:19"])
def test_instants_are_dates_too(value: str) -> None:
    """A day with its time is when, as a day is."""
    assert observed(column(value)).share("date") == 1.0


def test_only_some_values_are_looked_at_all_along_the_column() -> None:
    """From start to end, so that a list sorted by kind shows all kinds."""
    seen = observed(column(*(f"v{place}" for place in range(1_000))), sample=10)

    assert len(seen.values) == 10
    assert int(seen.values[-1][1:]) >= 800


def test_every_look_has_a_share() -> None:
    """A semantic type may ask for any of them."""
    seen = observed(column("abc"))

    assert {look for look in LOOKS if look not in seen.shares} == set()
