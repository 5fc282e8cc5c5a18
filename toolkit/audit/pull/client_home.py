"""Where a client seems to be at home: the country and currency that the files themselves speak of.

A guess for the first look at a folder, before anybody has said; it is written down with its reason, to be confirmed.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.connector import Stream, header_key
from toolkit.files.raw import RawTable
from toolkit.interpret.interpretation import DOUBTFUL, Interpretation
from toolkit.interpret.locales import OF_A_PLACE
from toolkit.settings import FILE_NAME
from toolkit.values.currency import CURRENCIES
from toolkit.values.currency_words import country_currencies
from toolkit.values.home_country import CountryEvidence, country_evidence, currency_country, likeliest_country
from toolkit.values.money import money_column

_MONEY = frozenset({"amount_gross", "amount_net", "tax", "fee", "paid", "balance", "debit", "credit", "unit_price"})
_SAMPLE_ROWS = 500
_ENOUGH_VALUES = 3
"""Fewer different values weigh less; one alone is no evidence of a country."""
_NOTHING = "nothing in the files says so"


@dataclass(frozen=True, slots=True)
class Home:
    """A country (ISO 3166) and a currency (ISO 4217), each empty where nothing tells, with the reasons."""

    country: str = ""
    currency: str = ""
    country_reason: str = _NOTHING
    currency_reason: str = _NOTHING


def client_home(found: Iterable[tuple[RawTable, Interpretation, Stream | None]]) -> Home:
    """Return the country and currency that most of the files speak of.

    A currency that files state counts before one that is only usual in the country.

    Parameters
    ----------
    found
        Tables, what they were understood as, and the vendor's stream where one is known.
    """
    evidence: list[CountryEvidence] = []
    currencies: Counter[str] = Counter()
    reasons: dict[str, str] = {}
    for raw, one, stream in found:
        file = raw.file.rpartition("/")[2]
        evidence += [each._replace(reason=f"{file}: {each.reason}") for each in _country_evidence(raw, one, stream)]
        for code, rows, said in _stated(raw, stream) or _currencies(raw, one):
            currencies[code] += rows
            reasons.setdefault(code, f"{file}: {said}")
    country = likeliest_country(evidence) or ""
    ours = [one for one in evidence if one.country == country]
    said = max(ours, key=lambda one: one.weight).reason if ours else _NOTHING
    currency = min(currencies, key=lambda code: (-currencies[code], code), default="")
    paid = reasons.get(currency, _NOTHING)
    if not currency and country:
        own = country_currencies(country)
        currency, paid = next(iter(own)) if len(own) == 1 else "", f"usual in {country}"
    if not country:
        country, said = currency_country(currency), f"where {currency} is money" if currency else _NOTHING
    return Home(country, currency, said, paid if currency else _NOTHING)


def _country_evidence(raw: RawTable, found: Interpretation, stream: Stream | None) -> Iterator[CountryEvidence]:
    """Yield what columns say of a country whose meaning may speak of one; an id that looks like a tax number does not."""
    known = _known_meanings(stream)
    for one in found.columns:
        meanings = known.get(header_key(one.header), {one.meaning} if one.certainty != DOUBTFUL else set())
        if not meanings & OF_A_PLACE:
            continue
        values = [value for value in raw.rows[f"c{one.index}"].slice(0, _SAMPLE_ROWS).to_pylist() if value and value.strip()]
        different = len(set(values))
        for each in country_evidence([values]) if different > 1 else ():
            yield each._replace(weight=each.weight * min(1.0, different / _ENOUGH_VALUES))


def _known_meanings(stream: Stream | None) -> dict[str, set[str]]:
    """Return what the columns of a known stream hold, by header."""
    known: dict[str, set[str]] = {}
    for column, field in stream.fields.items() if stream is not None else ():
        for header in field.headers:
            known.setdefault(header_key(header), set()).add(column)
    return known


def _stated(raw: RawTable, stream: Stream | None) -> list[tuple[str, int, str]]:
    """Return the currencies that the column of a known format states, each with its rows."""
    field = stream.fields.get("currency") if stream is not None else None
    wanted = {header_key(header) for header in field.headers} if field is not None else set()
    for place, header in enumerate(raw.headers):
        if header_key(header) in wanted:
            codes = Counter(value.strip().upper() for value in raw.rows[f"c{place}"].to_pylist() if value)
            found = [(code, rows) for code, rows in codes.most_common() if code in CURRENCIES]
            if found:
                return [(code, rows, f"column {header!r} says so") for code, rows in found]
    return []


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


def home_note(home: Home) -> str:
    """Return what was assumed of where the client is at home, or that nothing tells."""
    country, currency = f"in {home.country} ({home.country_reason})", f"in {home.currency} ({home.currency_reason})"
    if home.country and home.currency:
        return f"The client is taken to be {country}, its amounts to be {currency}. Confirm both in {FILE_NAME}."
    if home.country:
        return f"The client is taken to be {country}; no file names a currency. Say in {FILE_NAME} what is right."
    if home.currency:
        return f"Amounts are taken to be {currency}; no file tells the country. Say in {FILE_NAME} what is right."
    return f"No file says in which country the client is at home, or which currency is meant. Say so in {FILE_NAME}."
