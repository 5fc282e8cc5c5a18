"""Where a client seems to be at home: the country and currency that the files themselves speak of.

A guess for the first look at a folder, before anybody has said; it is written down with its reason, to be confirmed.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import pyarrow.compute as pc

from toolkit.files.raw import RawTable

_SAMPLE_ROWS = 2_000
_MIN_VOTES = 5
_DOMAIN = re.compile(r"[a-z0-9-]+\.(uk|ie|au|nz|ca|de|fr|nl|es|it|se|no|dk|fi|us)(?=[/:?#\s]|$)")
_SIGN = re.compile(r"([£€])\s?\d")
_CODE = re.compile(r"USD|GBP|EUR|AUD|NZD|CAD|SEK|NOK|DKK|CHF")
_SIGNS = {"£": "GBP", "€": "EUR"}
_COUNTRIES = {
    "GBP": "GB", "USD": "US", "AUD": "AU", "NZD": "NZ", "CAD": "CA", "SEK": "SE", "NOK": "NO", "DKK": "DK", "CHF": "CH",
}  # fmt: skip
_CURRENCIES = {country: currency for currency, country in _COUNTRIES.items()}


@dataclass(frozen=True, slots=True)
class Home:
    """A country (ISO 3166), a currency (ISO 4217), and why; ``is_guess`` when nothing in the files speaks of either."""

    country: str
    currency: str
    reason: str
    is_guess: bool


def suggested_home(raws: Iterable[RawTable]) -> Home:
    """Return the country and currency that most of the files' values speak of; US and USD when none does.

    A cell that is a currency code, an amount with a currency sign, and a web or mail address with a country's ending
    each count once per row.
    """
    currencies: Counter[str] = Counter()
    endings: Counter[str] = Counter()
    for raw in raws:
        for index in range(len(raw.headers)):
            for value, rows in _counted_values(raw, index):
                if _CODE.fullmatch(value):
                    currencies[value] += rows
                currencies.update({_SIGNS[sign]: rows for sign in _SIGN.findall(value)})
                endings.update({_country(ending): rows for ending in _DOMAIN.findall(value.lower())})
    currency, country = _leader(currencies), _leader(endings)
    if currency is not None:
        home = country or _COUNTRIES.get(currency) or "IE"
        return Home(home, currency, f"{currencies[currency]:,} of the values looked at name {currency}", is_guess=False)
    if country is not None:
        reason = f"{endings[country]:,} of the web and mail addresses looked at are of {country}"
        return Home(country, _CURRENCIES.get(country, "EUR"), reason, is_guess=False)
    return Home("US", "USD", "nothing in the files says so", is_guess=True)


def _country(ending: str) -> str:
    return "GB" if ending == "uk" else ending.upper()


def _counted_values(raw: RawTable, index: int) -> list[tuple[str, int]]:
    """Return the short values of a column's first rows, each with its number of rows."""
    counts = pc.value_counts(raw.rows.slice(0, _SAMPLE_ROWS)[f"c{index}"])
    values, rows = counts.field("values").to_pylist(), counts.field("counts").to_pylist()
    return [(value, count) for value, count in zip(values, rows, strict=True) if value and len(value) < 200]


def _leader(votes: Counter[str]) -> str | None:
    """Return what more than half of all votes, and at least a few, speak of."""
    for name, count in votes.most_common(1):
        if count >= _MIN_VOTES and count > votes.total() / 2:
            return name
    return None
