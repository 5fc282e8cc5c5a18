"""Where the values of a table speak of: the country of its companies, postcodes, numbers, places and currencies.

Each column gives evidence of what it holds, however it is called. Nothing here decides: the weights are added up by whoever
asks, and a table that speaks of no country says nothing.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from toolkit.values.country import CODES, country_code
from toolkit.values.currency import CURRENCIES
from toolkit.values.kinds.iban import iban_country
from toolkit.values.known_names import countries_of_towns
from toolkit.values.legal_form import legal_form_country
from toolkit.values.phone import calling_country
from toolkit.values.postcode import postcode_pattern
from toolkit.values.region_names import region_codes_of
from toolkit.values.tax_forms import tax_id_country
from toolkit.values.text import folded, word_set, words

_FEWEST = 2
_MIN_SHARE = 0.15
"""What fewer values of a column say is chance."""
_MOST_VALUES = 300
_LEAST_WEIGHT = 0.02
_MIN_VOTE = 0.2
_LEAD = 1.25
"""Below so much evidence, and without such a lead over the next, no country is named."""
_ENDING = re.compile(r"(?:@|://|www\.|^)(?:[a-z0-9_-]+\.)+([a-z]{2})(?=[/:?#\s>]|$)")
_ENDINGS_OF_NOBODY = word_set("co io ai tv me eu fm cc ws gg im la ly to st")
"""Endings of countries that firms everywhere have."""
_OWN_POSTCODES = ("GB", "CA", "NL", "IE", "PL", "BR", "PT")
"""Countries whose postcodes no other's look like: those of plain digits are a dozen countries'."""
_SIGN = re.compile("[\u00a3\u20b9\u20ba\u20bd\u20aa]|z\u0142|R\\$|K\u010d|Ft")
_COUNTRY_OF_SIGN = {
    "\u00a3": "GB", "\u20b9": "IN", "\u20ba": "TR", "\u20bd": "RU", "\u20aa": "IL", "z\u0142": "PL", "R$": "BR",
    "K\u010d": "CZ", "Ft": "HU",
}  # fmt: skip
_SHARED_CURRENCIES = word_set("EUR XOF XAF XPF XCD")
_COUNTRY_OF_CURRENCY = {"ANG": "CW", "MAD": "MA"}
"""Codes of currencies begin with that of their country, but for these."""
_COMMONNESS = {
    "US": 8.0, "GB": 8.0, "DE": 3.0, "FR": 2.5, "ES": 2.0, "IT": 2.0, "IN": 2.0, "CA": 1.5, "AU": 1.5, "IE": 1.5, "NL": 1.5,
    "CH": 1.5, "AT": 1.5, "BE": 1.5,
}  # fmt: skip
"""How a form that several countries know is shared among them, against 1 for the others."""


class Votes(NamedTuple):
    """What the cells of a column say of one country: their weights added up, and how many they are."""

    weight: float
    cells: int


class CountryEvidence(NamedTuple):
    """One thing that a column says: a country (ISO 3166), how much it weighs (0 to 1), and why, in words."""

    country: str
    weight: float
    reason: str


def country_evidence(columns: Iterable[Sequence[str]]) -> list[CountryEvidence]:
    """Return what the values of some columns say of the country they are at home in, the weightiest first.

    Parameters
    ----------
    columns
        Values of each column; of each, the first few hundred different ones are looked at.

    Examples
    --------
    >>> found = country_evidence([["Acme Ltd", "Birch Ltd"], ["SW1A 1AA", "LS1 4AP"]])
    >>> found[0].country, found[0].reason
    ('GB', '2 of 2 values are postcodes of GB')
    >>> likeliest_country(found)
    'GB'
    """
    found = [evidence for values in columns for evidence in _of_column(values)]
    return sorted(found, key=lambda one: (-one.weight, one.country, one.reason))


def likeliest_country(evidence: Iterable[CountryEvidence]) -> str | None:
    """Return the country that most of the evidence speaks of; None where there is none, or two are as likely.

    Examples
    --------
    >>> likeliest_country([CountryEvidence("GB", 0.8, "a"), CountryEvidence("IE", 0.75, "b")]) is None
    True
    """
    votes: dict[str, float] = {}
    for one in evidence:
        votes[one.country] = votes.get(one.country, 0.0) + one.weight
    ranked = sorted(votes.items(), key=lambda vote: (-vote[1], vote[0]))[:2]
    if not ranked or ranked[0][1] < _MIN_VOTE:
        return None
    return ranked[0][0] if len(ranked) == 1 or ranked[0][1] >= _LEAD * ranked[1][1] else None


def currency_country(code: str) -> str:
    """Return the country whose money alone has this code; empty for one that several share, and for none.

    Examples
    --------
    >>> currency_country("SEK"), currency_country("EUR"), currency_country("")
    ('SE', '', '')
    """
    if code not in CURRENCIES or code in _SHARED_CURRENCIES:
        return ""
    return _COUNTRY_OF_CURRENCY.get(code, code[:2] if code[:2] in CODES else "")


def _of_column(values: Sequence[str]) -> list[CountryEvidence]:
    cells = list(dict.fromkeys(value.strip() for value in values if value and value.strip()))[:_MOST_VALUES]
    if not cells:
        return []
    found: list[CountryEvidence] = []
    for weight, votes_of, said in _WITNESSES:
        found += _weighed(votes_of(cells), len(cells), weight, said)
    return found


def _each(judge: Callable[[str], Mapping[str, float]]) -> Callable[[Sequence[str]], Mapping[str, Votes]]:
    """Return the votes of cells of which each is judged by itself."""

    def votes_of(cells: Sequence[str]) -> Mapping[str, Votes]:
        votes: dict[str, Votes] = {}
        for cell in cells:
            for country, share in judge(cell).items():
                vote = votes.get(country, Votes(0.0, 0))
                votes[country] = Votes(vote.weight + share, vote.cells + 1)
        return votes

    return votes_of


def _weighed(votes: Mapping[str, Votes], count: int, weight: float, said: str) -> list[CountryEvidence]:
    """Return the evidence of one kind in one column; what few of its values say is left out."""
    # A vote shared among countries adds up to one but for the last digit of a fraction.
    told = round(sum(vote.weight for vote in votes.values()), 6)
    if told < min(_FEWEST, count) or told < _MIN_SHARE * count:
        return []
    return [
        CountryEvidence(
            country, round(weight * vote.weight / count, 4), f"{vote.cells:,} of {count:,} values are {said} {country}"
        )
        for country, vote in votes.items()
        if vote.weight >= 0.1 * told and weight * vote.weight / count >= _LEAST_WEIGHT
    ]


def _one(country: str | None) -> Mapping[str, float]:
    return {country: 1.0} if country else {}


def _shared(countries: Iterable[str]) -> Mapping[str, float]:
    """Return one vote shared among countries, the larger shares to those where more companies are."""
    sizes = {country: _COMMONNESS.get(country, 1.0) for country in countries}
    total = sum(sizes.values())
    return {country: size / total for country, size in sizes.items()}


def _of_legal_form(cell: str) -> Mapping[str, float]:
    return _shared(legal_form_country(cell)) if len(cell) <= 120 and not cell[-1:].isdigit() else {}


def _of_postcode(cell: str) -> Mapping[str, float]:
    if not 5 <= len(cell) <= 9 or cell.isdigit():
        return {}
    upper = cell.upper()
    for country in _OWN_POSTCODES:
        pattern = postcode_pattern(country)
        if pattern is not None and pattern.fullmatch(upper):
            return {country: 1.0}
    return {"US": 1.0} if re.fullmatch(r"\d{5}-\d{4}", cell) else {}


def _of_ending(cell: str) -> Mapping[str, float]:
    if "." not in cell or len(cell) > 200:
        return {}
    found = _ENDING.search(cell.lower())
    if not found or found.group(1) in _ENDINGS_OF_NOBODY:
        return {}
    ending = found.group(1).upper()
    return _one("GB" if ending == "UK" else ending if ending in CODES else None)


def _of_country(cell: str) -> Mapping[str, float]:
    # Two letters may be a state, a language or initials as well, and small ones or three a word.
    return _one(country_code(cell)) if 3 <= len(cell) <= 50 and (len(cell) > 3 or cell.isupper()) else {}


def _of_currency(cell: str) -> Mapping[str, float]:
    if len(cell) == 3 and cell.upper() in CURRENCIES:
        return _one(currency_country(cell.upper()))
    if len(cell) > 24 or not any(map(str.isdigit, cell)):
        return {}
    found = _SIGN.search(cell)
    return _one(_COUNTRY_OF_SIGN[found.group()]) if found else {}


def _of_town(cell: str) -> Mapping[str, float]:
    if len(cell) > 40 or any(map(str.isdigit, cell)):
        return {}
    return _one(countries_of_towns().get(" ".join(words(folded(cell)))))


def _region_votes(cells: Sequence[str]) -> Mapping[str, Votes]:
    """Return votes for the one country whose codes of states a column holds, where it is one only."""
    codes = [cell for cell in cells if len(cell) in {2, 3} and cell.isupper()]
    if len(codes) < max(3, 0.8 * len(cells)):
        return {}
    fits = {country: sum(code in known for code in codes) for country, known in region_codes_of().items()}
    ranked = sorted(fits.items(), key=lambda one: -one[1])
    is_clear = ranked[0][1] >= 0.9 * len(codes) and ranked[1][1] < 0.9 * ranked[0][1]
    return {ranked[0][0]: Votes(float(ranked[0][1]), ranked[0][1])} if is_clear else {}


_WITNESSES: tuple[tuple[float, Callable[[Sequence[str]], Mapping[str, Votes]], str], ...] = (
    (1.0, _each(lambda cell: _one(iban_country(cell))), "bank accounts in"),
    (1.0, _each(lambda cell: _one(tax_id_country(cell))), "tax numbers of"),
    (1.0, _each(_of_postcode), "postcodes of"),
    (1.0, _each(_of_country), "the country"),
    (0.8, _each(_of_legal_form), "companies with a legal form of"),
    (0.8, _each(lambda cell: _shared(calling_country(cell))), "telephone numbers of"),
    (0.7, _each(_of_town), "towns of"),
    (0.7, _region_votes, "states or provinces of"),
    (0.7, _each(_of_currency), "in the currency of"),
    (0.6, _each(_of_ending), "web or mail addresses of"),
)
"""What a column may say of its country: the weight where all its values do, their votes, and the words for it."""
