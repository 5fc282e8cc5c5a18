"""Months by name, in the languages of business files.

A name that means different months in different languages ("lis" is November in Polish and October in Croatian) is read by
the languages that know the other names of its column; where they do not agree either, it is no month.

Source: Unicode CLDR 48 through Babel, wide and abbreviated names; by hand what people write besides.
"""

import unicodedata
from collections.abc import Sequence
from functools import cache

from toolkit.values.currency_words import LANGUAGES

# Of one meaning in every language: most files need no other, and Babel's tables need not be read.
_USUAL = {
    name: number
    for number, names in enumerate(
        (
            "jan january januar jän jänner janv janvier ene enero gen gennaio janeiro januari",
            "feb february februar fév févr fevr février febrero fev fevereiro febbraio februari",
            "mar march mär märz mrz mars marzo mrt março maart marts", "apr april avr avril abr abril aprile",
            "may mai mayo mei mag maj maggio maio", "jun june juni juin junio giu giugno junho",
            "jul july juli juil juillet julio lug luglio julho", "aug august août aout agosto ago augustus augusti",
            "sep sept september septembre septiembre set settembre setembro",
            "oct october okt oktober octobre octubre ott ottobre out outubro", "nov november novembre noviembre novembro",
            "dec december dez dezember déc décembre dic diciembre dicembre dezembro",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip


def month_numbers(names: Sequence[str]) -> list[int]:
    """Return the number of each month, 0 for what is none; the names of one column together.

    Examples
    --------
    >>> month_numbers(["Sept", "janv", "März", "ene"]), month_numbers(["lis", "wrz"]), month_numbers(["foo"])
    ([9, 1, 3, 1], [11, 9], [0])
    """
    keys = [_key(name) for name in names]
    if all(key in _USUAL for key in keys):
        return [_USUAL[key] for key in keys]
    known = [_languages_by_month(key) for key in keys]
    votes: dict[str, int] = {}
    for months in known:
        for language in frozenset[str]().union(*months.values()):
            votes[language] = votes.get(language, 0) + 1
    return [_USUAL.get(key) or _month(months, votes) for key, months in zip(keys, known, strict=True)]


@cache
def usual_months() -> frozenset[str]:
    """Return the names that mean one month in every language, with and without accents: known without any table.

    Examples
    --------
    >>> {"jan", "märz", "marz", "aout"} <= usual_months()
    True
    """
    return frozenset({*_USUAL, *map(_without_accents, _USUAL)})


def _month(months: dict[int, frozenset[str]], votes: dict[str, int]) -> int:
    if len(months) < 2:
        return next(iter(months), 0)
    best = {number: max(votes[language] for language in languages) for number, languages in months.items()}
    first, second = sorted(best, key=lambda number: -best[number])[:2]
    return first if best[first] > best[second] else 0


def _key(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold().strip(". ")


def _languages_by_month(key: str) -> dict[int, frozenset[str]]:
    return _names().get(key, {})


@cache
def _names() -> dict[str, dict[int, frozenset[str]]]:
    from babel import Locale

    found: dict[str, dict[int, set[str]]] = {}
    for language in LANGUAGES:
        tables = Locale.parse(language).months
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in tables[context][width].items():
                    for key in {_key(name), _without_accents(_key(name))}:
                        found.setdefault(key, {}).setdefault(number, set()).add(language)
    return {key: {number: frozenset(one) for number, one in months.items()} for key, months in found.items()}


def _without_accents(text: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFD", text) if not unicodedata.combining(sign))
