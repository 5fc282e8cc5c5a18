"""Signs and names of currencies in the languages of the world, and the currencies of each country.

The tables come from Unicode CLDR (through Babel), are read when the first unusual sign turns up, and are kept. What stands
here by hand is what people write and CLDR does not list.

Source: Unicode CLDR 48; the Gulf's central banks for KD, BD and JD; export files for the rest.
"""

import re
import unicodedata
from functools import cache

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
_INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2066-\u2069]")


@cache
def codes_by_sign() -> dict[str, frozenset[str]]:
    """Return the codes that each sign stands for somewhere; letters keep their case.

    Examples
    --------
    >>> codes_by_sign()["S/"], {"DKK", "NOK", "SEK"} <= codes_by_sign()["kr"]
    (frozenset({'PEN'}), True)
    """
    from babel import Locale

    found: dict[str, set[str]] = {}
    for name in (*LANGUAGES, *_REGIONS):
        for code, sign in Locale.parse(name).currency_symbols.items():
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
    from babel import Locale
    from babel.core import UnknownLocaleError
    from babel.numbers import get_currency_name

    found: dict[str, set[str]] = {}
    for name in LANGUAGES:
        try:
            locale = Locale.parse(name)
        except UnknownLocaleError:  # pragma: no cover - a language that a later edition of the data drops
            continue
        for code, word in locale.currencies.items():
            several = get_currency_name(code, count=5, locale=locale)
            for one in (word, several):
                found.setdefault(one.casefold(), set()).add(code)
    return {word: frozenset(codes) for word, codes in found.items()}


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
