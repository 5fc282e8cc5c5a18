"""How a file writes numbers and days, where it comes from, and in which currency its amounts are."""

from collections import Counter
from collections.abc import Sequence

import pyarrow.compute as pc

from toolkit.interpret.given_table import GivenTable
from toolkit.interpret.header_words import language_ranks
from toolkit.interpret.interpretation import Locale
from toolkit.interpret.observed import Observed
from toolkit.values.currency import header_currency, standardised
from toolkit.values.home_country import country_evidence, likeliest_country
from toolkit.values.locale import file_locale

_MANY = 0.8
OF_A_PLACE = frozenset(
    {
        "name", "party_name", "company_name", "street", "city", "region", "postcode", "country", "tax_id", "email", "phone",
        "website", "account", "party_account", "currency", "ship_to", "amount_gross", "amount_net",
    }
)  # fmt: skip
"""Meanings whose values may speak of a country: a number of a document that begins with AR does not."""
_OPEN_LANGUAGES = frozenset({"english", "hungarian"})
"""Month first in the United States, day first elsewhere; and the year in front."""
_MONEY = frozenset(
    {
        "amount_gross",
        "amount_net",
        "tax",
        "fee",
        "paid",
        "balance",
        "debit",
        "credit",
        "unit_price",
        "discount",
        "shipping",
        "cost",
    }
)


def table_locale(
    table: GivenTable, meanings: Sequence[str], columns: Sequence[Observed], *, country: str | None = None
) -> Locale:
    """Return the locale of a table.

    Parameters
    ----------
    table
        Headers and columns of text.
    meanings, columns
        What each column means, and what its values look like.
    country
        Two-letter country of the client, for what the values leave open.
    """
    found = file_locale(list(table.columns), delimiter=table.delimiter, country=country)
    code, reason, is_sure = _currency(table, meanings, country)
    place, why = (country, "a person said so") if country else _country(columns, meanings)
    return Locale(
        decimal_sign=found.decimal_sign,
        day_order=found.day_order,
        country=place,
        currency=code,
        is_decimal_sure=found.is_decimal_sure,
        is_order_sure=found.is_order_sure,
        is_country_sure=country is not None,
        is_currency_sure=is_sure,
        reasons={"decimal_sign": found.decimal_reason, "day_order": found.order_reason, "currency": reason, "country": why},
    )


def day_first_language(headers: Sequence[str]) -> str:
    """Return the language of a table's headers if people write the day first in it; empty for English and unknown ones.

    Examples
    --------
    >>> day_first_language(["Date opération", "Libellé", "Débit"]), day_first_language(["Date", "Total", "Client"])
    ('French', '')
    """
    language = next(iter(language_ranks(headers)), "english")
    return "" if language in _OPEN_LANGUAGES else language.capitalize()


def _country(columns: Sequence[Observed], meanings: Sequence[str]) -> tuple[str, str]:
    """Return the country that the values speak of, and what says so; empty where nothing does."""
    told = [seen.values for seen, meaning in zip(columns, meanings, strict=True) if seen.values and meaning in OF_A_PLACE]
    evidence = country_evidence(told)
    country = likeliest_country(evidence)
    if country is None:
        return "", ""
    best = max((one for one in evidence if one.country == country), key=lambda one: one.weight)
    return country, best.reason


def _currency(table: GivenTable, meanings: Sequence[str], country: str | None) -> tuple[str, str, bool]:
    """Return the currency of the amounts, empty where nothing in the table says it."""
    for place, meaning in enumerate(meanings):
        if meaning == "currency":
            values = pc.unique(pc.drop_null(table.columns[place])).to_pylist()[:50]
            codes = {code for code in standardised(values, country=country) if code}
            if len(codes) == 1:
                return codes.pop(), f"column {table.headers[place]!r} says so in every row", True
            if codes:
                return "", f"column {table.headers[place]!r} names several: {', '.join(sorted(codes))}", True
    named = Counter(
        code
        for place, meaning in enumerate(meanings)
        if meaning in _MONEY and (code := header_currency(table.headers[place])[1]) is not None
    )
    if named:
        code, _ = named.most_common(1)[0]
        return code, "a header of an amount names it", len(named) == 1
    return "", "", False
