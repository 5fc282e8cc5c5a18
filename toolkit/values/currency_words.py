"""Signs and names of currencies in the languages of the world, and the currencies of each country.

The tables come from Unicode CLDR (through Babel), are read when the first unusual sign turns up, and are kept. What stands
here by hand is what people write and CLDR does not list.

Source: Unicode CLDR 48; the Gulf's central banks for KD, BD and JD; export files for the rest.
"""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

LANGUAGES = (
    "en", "de", "fr", "es", "it", "nl", "pt", "sv", "da", "nb", "fi", "is", "pl", "cs", "sk", "hu", "ro", "bg", "hr", "sl",
    "sr", "bs", "mk", "sq", "el", "tr", "et", "lv", "lt", "ru", "uk", "be", "ca", "eu", "gl", "ga", "cy", "mt", "ar", "fa",
    "he", "hi", "bn", "ur", "id", "ms", "vi", "th", "ja", "ko", "zh", "az", "ka", "hy", "kk", "uz",
)  # fmt: skip
"""Languages of business files; of two that give a word different meanings neither goes before the other."""

_REGIONS = (
    "de_CH", "fr_CH", "fr_CA", "es_MX", "es_PE", "es_BO", "es_CR", "es_PA", "es_PY", "es_GT", "es_HN", "pt_MZ", "en_ZA",
    "en_KE", "en_NG", "en_GH", "en_TZ", "en_UG", "en_ZM", "en_BW", "en_MW", "fr_DZ", "fr_TN", "fr_MU",
)  # fmt: skip
_KINDS = ("currency_symbols", "currency_names", "currency_names_plural", "plural_form")
_INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2066-\u2069]")


@cache
def codes_by_sign() -> dict[str, frozenset[str]]:
    """Return the codes that each sign stands for somewhere; letters keep their case.

    Examples
    --------
    >>> codes_by_sign()["S/"], {"DKK", "NOK", "SEK"} <= codes_by_sign()["kr"]
    (frozenset({'PEN'}), True)
    """
    found: dict[str, set[str]] = {}
    for name in (*LANGUAGES, *_REGIONS):
        for code, sign in _words("currency_symbols", name).items():
            found.setdefault(sign_key(sign), set()).add(code)
    return {sign: frozenset(codes) for sign, codes in found.items() if sign}


@cache
def codes_by_name() -> dict[str, frozenset[str]]:
    """Return the codes that each name of a currency stands for, by the name in small letters.

    Examples
    --------
    >>> codes_by_name()["schweizer franken"], codes_by_name()["couronnes suédoises"]
    (frozenset({'CHF'}), frozenset({'SEK'}))
    """
    found: dict[str, set[str]] = {}
    for name in LANGUAGES:
        form = next(one["plural_form"] for one in reversed(_editions(name)) if "plural_form" in one)(5)
        several = _words("currency_names_plural", name)
        for code, word in _words("currency_names", name).items():
            forms = several.get(code, {})
            for one in (word, forms.get(form) or forms.get("other") or word):
                found.setdefault(one.casefold(), set()).add(code)
    return {word: frozenset(codes) for word, codes in found.items()}


def _words(kind: str, name: str) -> dict[str, Any]:
    """Return the words of one kind by currency, in a language or in one region."""
    return {code: word for one in _editions(name) for code, word in one.get(kind, {}).items()}


def _editions(name: str) -> list[Mapping[str, Any]]:
    """Return what is said for all languages, for this one, and for its region, each with what it adds."""
    from babel.core import get_global

    found = [_edition(name)]
    while name != "root":
        name = get_global("parent_exceptions").get(name) or name.rpartition("_")[0] or "root"
        found.append(_edition(name))
    return found[::-1]


@cache
def _edition(name: str) -> Mapping[str, Any]:
    """Return what one file of Babel's says of currencies: merging whole languages takes four times as long."""
    import pickle

    from babel.localedata import resolve_locale_filename

    data = pickle.loads(Path(resolve_locale_filename(name)).read_bytes())  # noqa: S301 - a file of the installed package
    return {kind: data[kind] for kind in _KINDS if kind in data}


@cache
def country_currencies(country: str) -> frozenset[str]:
    """Return the codes that are legal tender in a country today; none for an unknown country.

    Examples
    --------
    >>> country_currencies("PA") == {"PAB", "USD"}, country_currencies("XX")
    (True, frozenset())
    """
    from babel.numbers import get_territory_currencies

    return frozenset(get_territory_currencies(country))


def sign_key(sign: str) -> str:
    r"""Return the form in which two signs are compared: no blanks, marks of direction or final points.

    Examples
    --------
    >>> sign_key("Rs."), sign_key("$\u00a0US"), sign_key("Kč ")
    ('Rs', '$US', 'Kč')
    """
    plain = _INVISIBLE.sub("", unicodedata.normalize("NFC", sign))
    return re.sub(r"\s", "", plain).rstrip(".")
