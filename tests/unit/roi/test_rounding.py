"""Amounts are shown no finer than they are known."""

import pytest

from toolkit.roi.rounding import currency_places, places_known, rounded, shown_amount


@pytest.mark.parametrize(
    ("value", "places", "shown"),
    [(2.675, 2, "2.68"), (1.005, 2, "1.01"), (-2.675, 2, "-2.68"), (0.5, 0, "1"), (1450, -2, "1500"), (-0.001, 2, "0.00")],
)
def test_ties_go_up_as_a_bookkeeper_expects(value: float, places: int, shown: str) -> None:
    """Half a cent rounds away from zero, and nothing is shown as minus zero."""
    assert str(rounded(value, places)) == shown


def test_yen_have_no_cents_and_dinars_have_three_places() -> None:
    """Each currency keeps its own coins."""
    assert [currency_places(one) for one in ("JPY", "USD", "EUR", "KWD")] == [0, 2, 2, 3]
    assert shown_amount(20.8, None, None, "JPY") == "21 JPY"


@pytest.mark.parametrize(
    ("value", "low", "high", "shown"),
    [
        (9909.739, 5575.1, 18398.3, "9,900 USD"),
        (112_584.0, 92_588.0, 135_552.0, "113,000 USD"),
        (73.97, 70.0, 79.0, "74 USD"),
        (73.974, 73.9, 74.05, "73.97 USD"),
        (1234.567, 1234.567, 1234.567, "1,234.57 USD"),
        (-4810.0, -6400.0, -3100.0, "-4,800 USD"),
    ],
)
def test_two_digits_of_half_the_width_are_shown(value: float, low: float, high: float, shown: str) -> None:
    """More digits would claim more than is known."""
    assert shown_amount(value, low, high, "USD") == shown


def test_without_a_range_the_smallest_coin_is_shown() -> None:
    """A counted amount is exact."""
    assert shown_amount(5432.1, None, 6000.0, "USD") == "5,432.10 USD"


def test_a_range_within_a_cent_stops_at_the_cent() -> None:
    """Nothing finer than the smallest coin exists."""
    assert places_known(1.0001, 1.0002, "USD") == 2


@pytest.mark.parametrize(
    ("half_width", "places"),
    [
        (0.004, 2),
        (0.05, 2),
        (0.099, 2),
        (0.1, 2),
        (0.99, 2),
        (1.0, 0),
        (1.01, 0),
        (9.9, 0),
        (10.0, 0),
        (99.0, 0),
        (100.0, -1),
    ],
)
def test_from_a_width_of_one_unit_on_whole_units_are_shown(half_width: float, places: int) -> None:
    """And tens once two digits of the width are tens."""
    assert places_known(1_000 - half_width, 1_000 + half_width, "USD") == places


@pytest.mark.parametrize(("low", "high"), [(None, 6000.0), (4000.0, None), (None, None)])
def test_half_a_range_is_no_range(low: float | None, high: float | None) -> None:
    """The amount is shown to the coin."""
    assert shown_amount(5432.1, low, high, "USD") == "5,432.10 USD"
