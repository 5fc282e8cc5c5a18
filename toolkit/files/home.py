"""Where a client seems to be at home: the country and currency that the files themselves speak of.

A guess for the first look at a folder, before anybody has said; it is written down with its reason, to be confirmed.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.files.raw import RawTable

_SAMPLE_ROWS = 2_000
_MIN_SHARE = 0.5
_DOMAIN = re.compile(r"[a-z0-9-]+\.(uk|ie|au|nz|ca|de|fr|nl|es|it|se|no|dk|fi|us)(?=[/:?#\s]|$)")
_SIGNS = {"£": "GBP", "€": "EUR"}
_CODE = re.compile(r"\b(USD|GBP|EUR|AUD|NZD|CAD|SEK|NOK|DKK|CHF)\b")
_CURRENCIES = {
    "UK": "GBP", "IE": "EUR", "AU": "AUD", "NZ": "NZD", "CA": "CAD", "DE": "EUR", "FR": "EUR", "NL": "EUR", "ES": "EUR",
    "IT": "EUR", "SE": "SEK", "NO": "NOK", "DK": "DKK", "FI": "EUR", "US": "USD",
}  # fmt: skip
_COUNTRIES = {
    "GBP": "GB",
    "USD": "US",
    "AUD": "AU",
    "NZD": "NZ",
    "CAD": "CA",
    "SEK": "SE",
    "NOK": "NO",
    "DKK": "DK",
    "CHF": "CH",
}


@dataclass(frozen=True, slots=True)
class Home:
    """A country (ISO 3166), a currency (ISO 4217), and why; ``is_guess`` when nothing in the files speaks of either."""

    country: str
    currency: str
    reason: str
    is_guess: bool


def suggested_home(raws: Iterable[RawTable]) -> Home:
    """Return the country and currency that most of the files' values speak of; US and USD when none does.

    Web and mail addresses with a country's ending, currency codes and signs count.
    """
    endings: Counter[str] = Counter()
    codes: Counter[str] = Counter()
    for raw in raws:
        for index, header in enumerate(raw.headers):
            text = _sample(raw, index)
            endings.update(ending.upper() for value in text for ending in _DOMAIN.findall(value.lower()))
            codes.update(_CODE.findall(header))
            for value in text:
                codes.update(_CODE.findall(value.upper()) if len(value) < 20 else ())
                codes.update(code for sign, code in _SIGNS.items() if sign in value)
    currency = _leader(codes)
    ending = _leader(endings)
    if currency is not None:
        country = _COUNTRIES.get(currency) or ("GB" if ending == "UK" else ending) or "US"
        return Home(country, currency, f"{codes[currency]:,} values name {currency}", is_guess=False)
    if ending is not None:
        country = "GB" if ending == "UK" else ending
        reason = f"{endings[ending]:,} web and mail addresses end in .{ending.lower()}"
        return Home(country, _CURRENCIES[ending], reason, is_guess=False)
    return Home("US", "USD", "nothing in the files says so", is_guess=True)


def _sample(raw: RawTable, index: int) -> list[str]:
    column = pc.unique(raw.rows.slice(0, _SAMPLE_ROWS)[f"c{index}"]).drop_null()
    return (
        [value for value in column.to_pylist() if isinstance(value, str) and len(value) < 500]
        if isinstance(column, pa.Array)
        else []
    )


def _leader(counts: Counter[str]) -> str | None:
    """Return what more than half of all counts speak of."""
    for name, count in counts.most_common(1):
        if count > _MIN_SHARE * counts.total():
            return name
    return None
