"""Where a client seems to be at home: the country and currency that the files themselves speak of.

A guess for the first look at a folder, before anybody has said; it is written down with its reason, to be confirmed.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.files.raw import RawTable
from toolkit.interpret.interpretation import Interpretation
from toolkit.values.currency_words import country_currencies
from toolkit.values.home_country import CountryEvidence, country_evidence, currency_country, likeliest_country
from toolkit.values.money import money_column

_MONEY = frozenset({"amount_gross", "amount_net", "tax", "fee", "paid", "balance", "debit", "credit", "unit_price"})
_SAMPLE_ROWS = 500
_NOTHING = "nothing in the files says so"


@dataclass(frozen=True, slots=True)
class Home:
    """A country (ISO 3166) and a currency (ISO 4217), each empty where nothing tells, with the reasons."""

    country: str = ""
    currency: str = ""
    country_reason: str = _NOTHING
    currency_reason: str = _NOTHING


def client_home(found: Iterable[tuple[RawTable, Interpretation]]) -> Home:
    """Return the country and currency that most of the files speak of.

    Parameters
    ----------
    found
        Tables, and what they were understood as.
    """
    evidence: list[CountryEvidence] = []
    currencies: Counter[str] = Counter()
    reasons: dict[str, str] = {}
    for raw, one in found:
        file = raw.file.rpartition("/")[2]
        evidence += country_evidence([raw.rows[f"c{place}"].slice(0, _SAMPLE_ROWS).to_pylist() for place in _places(raw)])
        for code, rows, said in _currencies(raw, one):
            currencies[code] += rows
            reasons.setdefault(code, f"{file}: {said}")
    country = likeliest_country(evidence) or ""
    said = next((one.reason for one in evidence if one.country == country), _NOTHING)
    currency = min(currencies, key=lambda code: (-currencies[code], code), default="")
    paid = reasons.get(currency, _NOTHING)
    if not currency and country:
        own = country_currencies(country)
        currency, paid = next(iter(own)) if len(own) == 1 else "", f"usual in {country}"
    if not country:
        country, said = currency_country(currency), f"where {currency} is money" if currency else _NOTHING
    return Home(country, currency, said, paid if currency else _NOTHING)


def _places(raw: RawTable) -> range:
    return range(len(raw.headers))


def _currencies(raw: RawTable, found: Interpretation) -> Iterator[tuple[str, int, str]]:
    """Yield the currencies that a table names, in how many rows, and how: by a column, a header, or signs in its amounts."""
    locale = found.locale
    if locale.currency:
        yield locale.currency, raw.rows.num_rows, locale.reasons.get("currency", "it says so")
        return
    for one in found.columns:
        if one.meaning not in _MONEY and one.looks_like != "money":
            continue
        cells = raw.rows[f"c{one.index}"].slice(0, _SAMPLE_ROWS).combine_chunks().cast(pa.string())
        counts = pc.value_counts(pc.drop_null(money_column(cells).currency)).to_pylist()
        for row in counts:
            yield row["values"], row["counts"], f"{row['counts']:,} amounts in column {one.header!r} are in {row['values']}"
