"""Where a client seems to be at home: the country and currency that the files themselves speak of.

A guess for the first look at a folder, before anybody has said; it is written down with its reason, to be confirmed.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from toolkit.interpret.interpretation import Interpretation, Locale

_COUNTRIES = {
    "GBP": "GB", "USD": "US", "AUD": "AU", "NZD": "NZ", "CAD": "CA", "SEK": "SE", "NOK": "NO", "DKK": "DK", "CHF": "CH",
    "PLN": "PL", "CZK": "CZ", "HUF": "HU", "RON": "RO", "BRL": "BR", "MXN": "MX", "INR": "IN", "JPY": "JP", "ZAR": "ZA",
}  # fmt: skip
_EURO = "AT BE CY DE EE ES FI FR GR HR IE IT LT LU LV MT NL PT SI SK".split()  # noqa: SIM905 - as people list them
_CURRENCIES = {**{country: currency for currency, country in _COUNTRIES.items()}, **dict.fromkeys(_EURO, "EUR")}
# What a file says for sure weighs more than any number of files that only hint at it.
_SURE_VOTES = 1_000


@dataclass(frozen=True, slots=True)
class Home:
    """A country (ISO 3166) and a currency (ISO 4217), each empty where nothing tells, with the reasons."""

    country: str = ""
    currency: str = ""
    country_reason: str = "nothing in the files says so"
    currency_reason: str = "nothing in the files says so"


def client_home(found: Iterable[tuple[str, Interpretation]]) -> Home:
    """Return the country and currency that most of the files speak of.

    Parameters
    ----------
    found
        Name of a file, and what it was understood as.
    """
    tables = list(found)
    country, said = _leader(tables, "country", lambda one: (one.country, one.is_country_sure))
    currency, paid = _leader(tables, "currency", lambda one: (one.currency, one.is_currency_sure))
    if not currency and country:
        currency, paid = _CURRENCIES.get(country, ""), f"usual in {country}"
    if not country and currency in _COUNTRIES:
        country, said = _COUNTRIES[currency], f"where {currency} is money"
    return Home(country, currency, said, paid)


def _leader(
    tables: list[tuple[str, Interpretation]], name: str, said_by: Callable[[Locale], tuple[str, bool]]
) -> tuple[str, str]:
    """Return what the files that say so agree on most, and why."""
    votes: Counter[str] = Counter()
    reasons: dict[str, str] = {}
    for file, one in tables:
        value, is_sure = said_by(one.locale)
        if value:
            votes[value] += _SURE_VOTES if is_sure else 1
            reasons.setdefault(value, f"{file}: {one.locale.reasons.get(name, 'its values say so')}")
    if not votes:
        return "", "nothing in the files says so"
    best = min(votes, key=lambda value: (-votes[value], value))
    return best, reasons[best]
