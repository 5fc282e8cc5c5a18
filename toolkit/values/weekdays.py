"""Days of the week by name, in the languages of business files: the one word that may stand before a date and add nothing.

"PENDING 09/29/2026" is no date of anything that has happened.

Source: Unicode CLDR 48 through Babel, wide, abbreviated and short names; by hand what people write besides.
"""

import unicodedata
from functools import cache

from toolkit.values.currency_words import LANGUAGES

_WORDS = """
mon monday tue tues tuesday wed wednesday thu thur thurs thursday fri friday sat saturday sun sunday
mo di mi do fr sa so die mit don fre sam son montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag
lun lundi mar mardi mer mercredi jeu jeudi ven vendredi samedi dim dimanche
lunes martes miércoles jueves viernes sábado domingo seg ter qua qui sex sáb dom
"""
_USUAL = frozenset(_WORDS.split())


def is_weekday(word: str) -> bool:
    """Return whether a word is the name of a day of the week.

    Examples
    --------
    >>> is_weekday("Fri"), is_weekday("Do."), is_weekday("środa"), is_weekday("PENDING")
    (True, True, True, False)
    """
    key = unicodedata.normalize("NFC", word).casefold().strip("., ")
    return key in _USUAL or key in _names()


@cache
def _names() -> frozenset[str]:
    from babel import Locale

    found = set()
    for language in LANGUAGES:
        tables = Locale.parse(language).days
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated", "short"):
                found |= {name.casefold().strip("., ") for name in tables[context].get(width, {}).values()}
    return frozenset(found)
