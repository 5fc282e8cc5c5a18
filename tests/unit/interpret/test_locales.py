"""How a file writes numbers and days, where it is from, and in which currency."""

import pytest

from tests.unit.interpret.columns import table
from toolkit.interpret.interpretation import Locale
from toolkit.interpret.reading import interpretation


def locale(text: str, *, delimiter: str = ",", country: str | None = None) -> Locale:
    return interpretation(table(text, delimiter=delimiter), country=country).locale


def test_commas_and_dots_are_told_over_all_columns() -> None:
    """A German file, decimals by its amounts and days by its dots."""
    found = locale("Rechnungsnr;Datum;Betrag\nA1;15.03.2026;1.250,00\nA2;01.04.2026;12,50", delimiter=";")

    assert (found.decimal_sign, found.day_order, found.is_order_sure) == (",", "dmy", True)


def test_days_that_read_both_ways_are_not_sure() -> None:
    """The country settles it, weakly."""
    text = "Invoice No,Date,Amount\nA1,03/04/2026,12.50\nA2,05/06/2026,8.00"

    assert not locale(text).is_order_sure
    assert locale(text, country="GB").day_order == "dmy"
    assert locale(text, country="US").day_order == "mdy"


@pytest.mark.parametrize(("header", "code"), [("Amount (EUR)", "EUR"), ("Betrag CHF", "CHF"), ("Total GBP", "GBP")])
def test_a_header_names_the_currency(header: str, code: str) -> None:
    """And the reason says so."""
    found = locale(f"Invoice No,Invoice Date,{header}\nA1,2026-03-01,12.50\nA2,2026-03-04,8.00")

    assert (found.currency, found.is_currency_sure) == (code, True)
    assert "header" in found.reasons["currency"]


def test_a_column_of_currencies_decides_unless_there_are_several() -> None:
    """Then every row has its own."""
    text = "Invoice No,Invoice Date,Amount,Currency\nA1,2026-03-01,12.50,USD\nA2,2026-03-04,8.00,{}"

    assert locale(text.format("USD")).currency == "USD"
    assert locale(text.format("EUR")).currency == ""
    assert "EUR, USD" in locale(text.format("EUR")).reasons["currency"]


def test_values_tell_the_country() -> None:
    """A British ledger is not American."""
    found = locale(
        "Customer,Postcode,Phone\nRoberts Ltd,LS1 4AP,0113 496 0000\nBaker Marine Ltd,SW1A 1AA,020 7946 0018\n"
        "Okafor plc,M1 1AE,0161 496 0000"
    )

    assert found.country == "GB"
    assert not found.is_country_sure


def test_a_person_knows_the_country_better() -> None:
    """Whatever the values say."""
    assert locale("Customer,City\nRoberts Ltd,Leeds", country="IE").country == "IE"
    assert locale("Customer,City\nRoberts Ltd,Leeds", country="IE").is_country_sure
