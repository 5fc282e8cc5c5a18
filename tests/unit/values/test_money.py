"""Amounts as people write them become exact minor units."""

from decimal import ROUND_HALF_UP, Decimal

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.values.decimal_sign import decimal_evidence
from toolkit.values.money import money_column


def minor(*texts: str | None, currency: str | None = "USD", country: str | None = None) -> list[int | None]:
    return money_column(pa.array(texts, pa.string()), currency, country=country).minor.to_pylist()


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("1,234.56", 123456),
        ("1234.5", 123450),
        ("(12.00)", -1200),
        ("-$12.00", -1200),
        ("$-5", -500),
        ("5-", -500),
        ("USD 1,315.00", 131500),
        ("1 234.50", 123450),
        ("1'234.50", 123450),
        ("12.00 CR", 1200),
        ("12.00 DR", -1200),
        (".5", 50),
        ("\u22127.25", -725),
    ],
)
def test_every_way_of_writing_an_amount_is_read(text: str, cents: int) -> None:
    """Signs, brackets, currency codes and thousands separators of real exports are understood."""
    assert minor(text, "1.25") == [cents, 125]


@pytest.mark.parametrize("text", ["abc", "12,50", "(12", "10%", "1,2345", "-(5)", "5 kg", "1.2.3", "9" * 30])
def test_a_cell_that_is_no_amount_fails_and_is_not_read_as_another_number(text: str) -> None:
    """In a column with a decimal point, "12,50" is not 1250."""
    column = money_column(pa.array([text, "1.25", "3,000.00"]), "USD")

    assert column.minor.to_pylist()[0] is None
    assert column.is_failed.to_pylist() == [True, False, False]


@pytest.mark.parametrize("text", ["", " ", "-", "n/a", None, "- None -"])
def test_an_empty_cell_is_missing_and_no_failure(text: str | None) -> None:
    """A dash or n/a says that there is no amount."""
    column = money_column(pa.array([text, "1.25"], pa.string()), "USD")

    assert column.minor.to_pylist() == [None, 125]
    assert column.is_failed.to_pylist() == [False, False]


def test_the_decimal_sign_is_decided_by_the_whole_column() -> None:
    """One cell that is plain about the comma settles "7.000", too."""
    assert minor("1.234,56", "7.000", "1 234,56", "-5,00 €", currency="EUR") == [123456, 700000, 123456, -500]


def test_an_open_decimal_sign_follows_the_country_and_says_so() -> None:
    """In Germany "1.234" is above a thousand; nobody knows from the cell alone."""
    german = money_column(pa.array(["1.234"]), "EUR", country="DE")
    american = money_column(pa.array(["1,234"]), "USD", country="US")

    assert german.minor.to_pylist() == [123400]
    assert american.minor.to_pylist() == [123400]
    assert not german.is_sure
    assert not american.is_sure


def test_minor_units_follow_the_currency() -> None:
    """Yen have no decimals, Kuwaiti dinars three (ISO 4217)."""
    column = money_column(pa.array(["1500", "1.5", "1.5"]), pa.array(["JPY", "KWD", "USD"]))

    assert column.minor.to_pylist() == [1500, 1500, 150]


def test_a_currency_in_the_cell_goes_before_the_column() -> None:
    """A pound sign in a dollar column stays pounds; a bare "$" keeps the column's dollars."""
    column = money_column(pa.array(["£5", "$5", "5 EUR"]), pa.array(["USD", "CAD", "USD"]), country="US")

    assert column.currency.to_pylist() == ["GBP", "CAD", "EUR"]


def test_a_bare_dollar_is_the_countrys_where_nothing_else_is_known() -> None:
    """In Canada "$" is the Canadian dollar."""
    assert money_column(pa.array(["$5"]), None, country="CA").currency.to_pylist() == ["CAD"]


def test_more_decimals_than_the_currency_has_are_rounded_and_counted() -> None:
    """A spreadsheet's 104758470.89999999 is 104,758,470.90, and the file is told about it."""
    column = money_column(pa.array(["104758470.89999999", "2.005", "-2.005"]), "GBP")

    assert column.minor.to_pylist() == [10475847090, 201, -201]
    assert column.rounded_count == 3


def test_an_empty_column_has_no_amounts() -> None:
    """No rows, no error."""
    assert money_column(pa.array([], pa.string()), "USD").minor.to_pylist() == []


@settings(deadline=None, max_examples=50)
@given(st.lists(st.decimals(min_value=-(10**9), max_value=10**9, places=3), min_size=1, max_size=30))
def test_amounts_agree_with_decimal_arithmetic(values: list[Decimal]) -> None:
    """Minor units equal those of Python's decimal module, an independent implementation."""
    expected = [int(value.scaleb(2).quantize(Decimal(1), rounding=ROUND_HALF_UP)) for value in values]

    assert minor(*[f"{value:.3f}" for value in values], "0.5") == [*expected, 50]


@settings(deadline=None, max_examples=50)
@given(st.lists(st.integers(-(10**11), 10**11), min_size=1, max_size=30))
def test_grouped_amounts_read_back_to_what_was_written(cents: list[int]) -> None:
    """Writing with separators and reading gives the same amount, in both styles."""
    point = [f"{Decimal(value).scaleb(-2):,.2f}" for value in cents]
    comma = [text.translate(str.maketrans(",.", ".,")) for text in point]

    assert minor(*point) == cents
    assert minor(*comma) == cents


def test_a_repeated_separator_is_for_thousands() -> None:
    """A number like "1.234.567" can only be a whole one."""
    assert decimal_evidence(pa.array(["1.234.567", "8.000"])).sign == ","
