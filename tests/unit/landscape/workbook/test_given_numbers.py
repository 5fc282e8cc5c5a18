"""Numbers as clients type them into a form."""

import pytest

from toolkit.landscape.workbook.given_numbers import given_number


@pytest.mark.parametrize(
    ("text", "low", "likely", "high"),
    [
        ("12", 12, 12, 12),
        ("15-20", 15, 17.5, 20),
        ("15 – 20 min", 15, 17.5, 20),
        ("between 10 and 20 minutes", 10, 15, 20),
        ("approx 12", 12, 12, 12),
        ("~ 7 mins", 7, 7, 7),
        ("1,5 h", 90, 90, 90),
        ("1 h 30", 90, 90, 90),
        ("90 sec", 1.5, 1.5, 1.5),
        ("half an hour", 30, 30, 30),
        ("1-2 hours", 60, 90, 120),
    ],
)
def test_minutes_are_read_as_people_write_them(text: str, low: float, likely: float, high: float) -> None:
    """Ranges, units and "about" are understood."""
    number = given_number(text, "minutes")

    assert (number.low, number.likely, number.high) == pytest.approx((low, likely, high))


@pytest.mark.parametrize(
    "text", ["a few", "15?", "2026-10-15T00:00:00", "1:30", "20-15", "depends", "10 widgets", "up to 15"]
)
def test_what_can_be_read_in_two_ways_is_not_guessed(text: str) -> None:
    """A number that is not clear comes back with the reason instead of a value."""
    number = given_number(text, "minutes")

    assert number.likely is None
    assert number.reason.endswith(".")


@pytest.mark.parametrize(
    ("text", "value"),
    [("50", 50), ("1,200", 1200), ("12 a week", 52), ("600 per year", 50), ("$1,200.50 per month", 1200.5), ("EUR 99", 99)],
)
def test_times_and_costs_are_brought_to_a_month(text: str, value: float) -> None:
    """A week counts 52/12 times in a month, a year one twelfth."""
    assert given_number(text, "per month").likely == pytest.approx(value)


def test_errors_in_a_hundred_become_a_share() -> None:
    """Three in a hundred is 0.03, however it is written."""
    assert [given_number(text, "share").likely for text in ("3", "3 %", "3 in 100")] == pytest.approx([0.03] * 3)


@pytest.mark.parametrize("text", ["1.500", "1.200 per month", "100-1.500", "$1.250"])
def test_a_point_before_three_digits_is_not_guessed(text: str) -> None:
    """The text "1.500" is 1,500 of a Dutch hand and 1.5 of an English one: it is asked, as the manual says."""
    number = given_number(text, "per month")

    assert number.likely is None
    assert "can be read as 1." in number.reason


@pytest.mark.parametrize(("text", "value"), [("1500.25", 1500.25), ("0.125", 0.125), ("1500.125", 1500.125), ("1.5", 1.5)])
def test_a_point_that_can_only_be_the_decimal_sign_is_read(text: str, value: float) -> None:
    """Nothing is asked where there is one reading."""
    assert given_number(text, "per month").likely == value


def test_a_comma_between_thousands_is_said() -> None:
    """Who meant 1.2 sees how it was taken."""
    assert given_number("1,200", "per month").note == "'1,200' was read as 1200."


@pytest.mark.parametrize("text", ["$45", "about 99 €", "EUR 1,200", "USD 45 a month"])
def test_an_amount_in_another_currency_is_not_taken(text: str) -> None:
    """Forty-five dollars are not forty-five pounds."""
    number = given_number(text, "per month", "GBP")

    assert number.likely is None
    assert "wanted is GBP" in number.reason


@pytest.mark.parametrize(
    ("text", "currency"), [("£45", "GBP"), ("GBP 45", "GBP"), ("$45", "CAD"), ("45 €", "EUR"), ("45", "GBP")]
)
def test_an_amount_in_the_currency_of_the_report_is_taken(text: str, currency: str) -> None:
    """Its sign, its code, or nothing."""
    assert given_number(text, "per month", currency).likely == 45
