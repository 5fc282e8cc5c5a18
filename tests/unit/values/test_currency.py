"""Currencies by code and sign."""

import pytest

from toolkit.values.currency import CURRENCIES, currency_code, exponent, judged, standardised


def test_exponents_are_those_of_the_standard() -> None:
    """Yen have no cents, dinars have three decimals (ISO 4217)."""
    assert {code: exponent(code) for code in ("USD", "EUR", "JPY", "KRW", "KWD", "BHD")} == {
        "USD": 2, "EUR": 2, "JPY": 0, "KRW": 0, "KWD": 3, "BHD": 3,
    }  # fmt: skip


def test_codes_have_three_capitals() -> None:
    """The list holds codes and nothing else."""
    assert all(len(code) == 3 and code.isupper() for code in CURRENCIES)
    assert len(CURRENCIES) > 150


@pytest.mark.parametrize(
    ("text", "country", "code"),
    [
        ("usd", None, "USD"),
        ("€", None, "EUR"),
        ("$", "US", "USD"),
        ("$", None, None),
        ("kr", "SE", "SEK"),
        ("R$", None, "BRL"),
        ("", None, None),
    ],
)
def test_signs_are_read_only_where_they_have_one_meaning(text: str, country: str | None, code: str | None) -> None:
    """A dollar sign alone is not a currency; in a US client's file it is."""
    assert currency_code(text, country=country) == code


def test_a_wrong_code_fails_and_a_missing_one_does_not() -> None:
    """Small letters are named with the right code."""
    assert judged(["USD", "usd", "UDS", None, " "]) == [
        None,
        "The currency code is USD.",
        "This is no currency code.",
        None,
        None,
    ]
    assert standardised(["usd", None]) == ["USD", None]
