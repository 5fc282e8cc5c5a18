from datetime import date

import pytest

from toolkit.values.written import amount_text, day_text, number_text, paper_of, written_for


@pytest.mark.parametrize(
    ("country", "number", "amount"),
    [
        ("", "1,234.5", "7,800 EUR"),
        ("US", "1,234.5", "7,800 EUR"),
        ("GB", "1,234.5", "7,800 EUR"),
        ("IE", "1,234.5", "€7,800"),
        ("DE", "1.234,5", "7.800\xa0€"),
        ("NL", "1.234,5", "€\xa07.800"),
        ("FR", "1\u202f234,5", "7\u202f800\xa0€"),
        ("SE", "1\u202f234,5", "7\u202f800 EUR"),
        ("CH", "1’234.5", "7’800 EUR"),
    ],
)
def test_a_reader_sees_the_signs_of_the_own_country(country: str, number: str, amount: str) -> None:
    """A German does not read 7,800 euros as seven euros eighty."""
    with written_for(country):
        assert (number_text("1,234.5"), amount_text("7,800", "EUR")) == (number, amount)


def test_an_own_currency_has_its_sign_and_another_its_code() -> None:
    """Which dollar it is must not be guessed."""
    with written_for("US"):
        told = [amount_text("50", currency) for currency in ("USD", "CAD", "GBP")]

    assert told == ["$50", "50 CAD", "50 GBP"]


def test_no_country_stays_behind() -> None:
    """What is written after a document is written as before it, also where making it failed."""
    with pytest.raises(ZeroDivisionError), written_for("DE"):
        _ = 1 / 0

    assert number_text("1,234.5") == "1,234.5"


def test_days_carry_the_name_of_their_month_in_the_countrys_order() -> None:
    """Nobody takes the fifth of October for the tenth of May."""
    day = date(2026, 10, 5)
    with written_for("US"):
        american = day_text(day), day_text(day, is_short=True)
    with written_for("DE"):
        german = day_text(day)

    assert american == ("October 5, 2026", "Oct 5, 2026")
    assert german == "5 October 2026"


def test_paper_is_letter_in_north_america_and_a4_elsewhere() -> None:
    """A page fits the printer that the client has."""
    assert [paper_of(country) for country in ("US", "CA", "GB", "DE", "JP")] == ["letter", "letter", "A4", "A4", "A4"]
