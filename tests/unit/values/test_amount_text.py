"""Amounts in the shapes of many countries and systems."""

import pyarrow as pa
import pytest

from toolkit.values.locale import file_locale
from toolkit.values.money import money_column

NBSP, NARROW = "\u00a0", "\u202f"


def read(*texts: str, currency: str | None = None, country: str | None = None) -> list[tuple[int | None, str | None]]:
    column = money_column(pa.array(texts), currency, country=country)
    return list(zip(column.minor.to_pylist(), column.currency.to_pylist(), strict=True))


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["10,50 zł", "1 234,00 zł", "99,99 zł"], [(1050, "PLN"), (123400, "PLN"), (9999, "PLN")]),
        (["10 Kč", "1 234 Kč"], [(1000, "CZK"), (123400, "CZK")]),
        (["$10.50 USD", "$1,234.00 USD"], [(1050, "USD"), (123400, "USD")]),
        (["1 000 Ft", "500 Ft"], [(100000, "HUF"), (50000, "HUF")]),
        (["1.234 Ft"], [(123400, "HUF")]),
        (["KD 10.500", "KD 1,250.000"], [(10500, "KWD"), (1250000, "KWD")]),
        (["KD 10.500"], [(10500, "KWD")]),
        (["R$ 1.234,56"], [(123456, "BRL")]),
        (["S/ 12.50", "S/. 3.00"], [(1250, "PEN"), (300, "PEN")]),
        (["₹1,23,456.00", "₹500.50"], [(12345600, "INR"), (50050, "INR")]),
        (["CHF 1'234.50", "1\u2019234.50 CHF"], [(123450, "CHF"), (123450, "CHF")]),
        ([f"1{NBSP}234,50 €", f"1{NARROW}234,50 €"], [(123450, "EUR"), (123450, "EUR")]),
        (["12.3456 CLF"], [(123456, "CLF")]),
        (["12.00 DR €", "12.00 CR €", "12.00- EUR"], [(-1200, "EUR"), (1200, "EUR"), (-1200, "EUR")]),
        (["(€12.00)", "€(12.00)", "(12.00) €"], [(-1200, "EUR")] * 3),
    ],
)
def test_amounts_carry_their_currency_in_any_place(texts: list[str], expected: list[tuple[int, str]]) -> None:
    """In front, behind, twice, with a mark of debit or credit: the amount is exact and the currency known."""
    assert read(*texts) == expected


@pytest.mark.parametrize(
    ("texts", "minor"),
    [
        (["10,--", "1.234,-", "99,99", "5.–"], [1000, 123400, 9999, 500]),
        (["0E-9", "0E-10", "1.5"], [0, 0, 150]),
        (["1.2E+3", "1.50"], [120000, 150]),
        (["- $7.25", "+ $1500.00"], [-725, 150000]),
        (["12,00 S", "13,00 H"], [-1200, 1300]),
        (["12,00 D", "13,00 C"], [-1200, 1300]),
        (["CR 12.00", "DR 12.00"], [1200, -1200]),
        (["\u0661\u0662\u066b\u0665\u0660", "\u0661\u066c\u0662\u0663\u0664\u066b\u0665\u0660"], [1250, 123450]),
        (["1.0000000000000", "2.5"], [100, 250]),
        (["USD.50", "$.5"], [50, 50]),
    ],
)
def test_further_shapes_are_read_to_the_minor_unit(texts: list[str], minor: list[int]) -> None:
    """Dashes for no cents, powers of ten of programs, debit and credit marks of German and Iberian banks, Arabic digits."""
    assert [amount for amount, _ in read(*texts, currency="USD")] == minor


def test_rupees_are_read_and_their_country_tells_which() -> None:
    """The point of "Rs." is no decimal sign."""
    assert read("Rs. 10.50", "Rs.1,234.00", "Rs 5") == [(1050, None), (123400, None), (500, None)]
    assert read("Rs. 10.50", country="IN") == [(1050, "INR")]


@pytest.mark.parametrize(
    "text",
    [
        "12 km",
        "10 K",
        "$1.2M",
        "8 h",
        "12.00 D",
        "1.23E+05",
        "1.91431E+18",
        "€ 10 kr",
        "5€50",
        "#N/A",
        "#DIV/0!",
        "#NV",
        "1_234",
    ],
)
def test_what_only_looks_like_an_amount_fails(text: str) -> None:
    """Units, thousands by letter, numbers that a spreadsheet has rounded, two currencies at once, error cells."""
    column = money_column(pa.array([text, "1.25"]), "USD")

    assert column.minor.to_pylist() == [None, 125]
    assert column.is_failed.to_pylist() == [True, False]


def test_a_column_that_leaves_the_sign_open_follows_its_file() -> None:
    """1.000 beside a price of 12,50 is a thousand."""
    columns = [pa.array(["1.000", "7.000"]), pa.array(["12,50", "3,99"])]
    column = money_column(columns[0], "EUR", locale=file_locale(columns, delimiter=";"))

    assert column.minor.to_pylist() == [100000, 700000]
    assert column.is_sure


def test_a_column_that_tells_its_sign_keeps_it_in_any_file() -> None:
    """Exchange rates with a point stand beside amounts with a comma."""
    columns = [pa.array(["1.0834", "0.92"]), pa.array(["12,50", "3,99"]), pa.array(["1,5"])]
    column = money_column(columns[0], "EUR", locale=file_locale(columns, delimiter=";"))

    assert column.minor.to_pylist() == [108, 92]


def test_thousands_of_a_currency_without_decimals_are_known() -> None:
    """There is no tenth of a yen: 1,234 yen can only be above a thousand, and 1.000 pesos of Chile, too."""
    assert read("1,234", currency="JPY") == [(1234, "JPY")]
    assert read("1.000", currency="CLP") == [(1000, "CLP")]
