"""Signs and names of currencies in many languages."""

import pytest
from babel import Locale
from babel.numbers import get_currency_name

from toolkit.values.currency import currency_code, exponent, header_currency, is_currency_sign
from toolkit.values.currency_words import LANGUAGES, codes_by_name, codes_by_sign, sign_key


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Ft", "HUF"),
        ("zł", "PLN"),
        ("Kč", "CZK"),
        ("R$", "BRL"),
        ("S/", "PEN"),
        ("S/.", "PEN"),
        ("₹", "INR"),
        ("KD", "KWD"),
        ("din.", "RSD"),
        ("Euro", "EUR"),
        ("Schweizer Franken", "CHF"),
        ("couronnes suédoises", "SEK"),
        ("yen", "JPY"),
        ("CLF", "CLF"),
    ],
)
def test_signs_and_names_of_all_languages_are_known(text: str, code: str) -> None:
    """The tables are those of Unicode CLDR."""
    assert currency_code(text) == code


@pytest.mark.parametrize(
    ("text", "country", "code"),
    [
        ("kr", "SE", "SEK"),
        ("kr.", "DK", "DKK"),
        ("Kr", "NO", "NOK"),
        ("Rs.", "IN", "INR"),
        ("Rs", "PK", "PKR"),
        ("$", "MX", "MXN"),
        ("R", "ZA", "ZAR"),
        ("K", "ZM", "ZMW"),
        ("Fr.", "CH", "CHF"),
        ("Bs.", "VE", "VES"),
        ("Bs", "BO", "BOB"),
    ],
)
def test_a_sign_of_several_currencies_is_the_countrys(text: str, country: str, code: str) -> None:
    """Crowns, rupees and francs are told by the country, and by nothing else."""
    assert currency_code(text, country=country) == code
    assert currency_code(text) is None


@pytest.mark.parametrize("text", ["kg", "km", "K", "m", "h", "pcs", "%", "x" * 500])
def test_units_are_no_money(text: str) -> None:
    """12 km are not 12 convertible marks."""
    assert not is_currency_sign(text)


@pytest.mark.parametrize(
    ("header", "plain", "code"),
    [
        ("Total (€)", "Total", "EUR"),
        ("Total GBP", "Total", "GBP"),
        ("Amount in EUR", "Amount", "EUR"),
        ("Betrag (EUR)", "Betrag", "EUR"),
        ("Umsatz in EUR", "Umsatz", "EUR"),
        ("Montant en €", "Montant", "EUR"),
        ("Kwota (zł)", "Kwota", "PLN"),
        ("Importe en US$", "Importe", "USD"),
        ("amount_usd", "amount", "USD"),
        ("amountUSD", "amount", "USD"),
        ("EUR Betrag", "Betrag", "EUR"),
        ("Net-EUR", "Net", "EUR"),
        ("Price [in CHF]", "Price", "CHF"),
    ],
)
def test_a_header_names_the_currency_of_its_column(header: str, plain: str, code: str) -> None:
    """In brackets, behind a word, in front, in any language."""
    assert header_currency(header) == (plain, code)


@pytest.mark.parametrize(
    "header",
    [
        "Amount",
        "TOTAL ALL",
        "Age (all)",
        "Area (ft)",
        "Sq Ft",
        "Total (VAT)",
        "Weight (kg)",
        "Total ($)",
        "Last Name",
        "EUR",
        "",
    ],
)
def test_a_header_without_a_currency_stays_as_it_is(header: str) -> None:
    """Words, units and signs of several currencies name none."""
    assert header_currency(header) == (header, None)


def test_a_dollar_in_a_header_is_the_countrys() -> None:
    """In Canada "Total ($)" is in Canadian dollars."""
    assert header_currency("Total ($)", country="CA") == ("Total", "CAD")


def test_chilean_units_of_account_have_four_decimals() -> None:
    """ISO 4217 lists CLF with four."""
    assert exponent("CLF") == 4


def test_words_are_those_of_the_merged_languages() -> None:
    """A language reads as Babel reads it, with what it takes from the languages and regions above it."""
    for name in LANGUAGES:
        locale = Locale.parse(name)
        for code, word in locale.currencies.items():
            several = get_currency_name(code, count=5, locale=locale)
            assert code in codes_by_name()[word.casefold()] & codes_by_name()[several.casefold()]
    for name in ("nb", "es_MX", "pt_MZ", "en_ZA", "fr_CH"):
        for code, sign in Locale.parse(name).currency_symbols.items():
            assert not sign_key(sign) or code in codes_by_sign()[sign_key(sign)]
