"""Days, in figures of any order or with the month's name; one with a time of day other than midnight is an instant.

Source: the notations of the Unicode CLDR for the languages of the trade.
"""

import re
from functools import cache, lru_cache

from toolkit.values.kinds.month import MONTH
from toolkit.values.sample import Sample

_MIDNIGHT = r"(?:[T ]00:00(?::00(?:\.0+)?)?(?: ?Z|[+-]00:?00)?| 12:00(?::00)? ?AM| 0:00(?::00)?)?"
_YEAR = r"(?:19|20)\d\d"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_MONTH_FIGURE = r"(?:0?[1-9]|1[0-2])"
_FORMS = re.compile(
    rf"(?:(?P<iso>{_YEAR}([-./ ]|\. ?){_MONTH_FIGURE}\2{_DAY}\.?)|(?P<short>{_DAY}([-./]|\. ){_DAY}\4(?:{_YEAR}|\d\d)\.?)"
    rf"|(?P<two>\d\d([-/]){_MONTH_FIGURE}\6{_DAY})"
    rf"|(?P<compact>{_YEAR}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])))" + _MIDNIGHT
)
_NAMED = re.compile(
    rf"(?:[a-z]{{2,10}}\.?,? )?(?:{_DAY}(?:st|nd|rd|th|er|\.|o)?[-/ .]*(?:de |of )?(?:{MONTH})\.?[-/ ,.]*(?:de "
    rf"|del )?(?:{_YEAR}|'?\d\d)"
    rf"|(?:{MONTH})\.?[- ]+{_DAY}(?:st|nd|rd|th)?,?[- ]+{_YEAR}|{_YEAR}[-/ .]*(?:{MONTH})\.?[-/ ]*{_DAY})"
    + _MIDNIGHT.lower()
)


def share(sample: Sample) -> float:
    """Return how much of the values is written as a day; eight digits together count a little less.

    Examples
    --------
    >>> from toolkit.values.sample import sample_of
    >>> share(sample_of(["2026-01-05", "5.1.2026", "01/31/26", "06-Jan-2025", "5. März 2026"])), share(sample_of(["1.50"]))
    (1.0, 0.0)
    """
    return sample.shaped(date_fit)


@cache
def _folder() -> dict[int, str]:
    return str.maketrans({"\u00e4": "a", "\u00e9": "e", "\u00fb": "u", "\u00ed": "i", "\u017a": "z"})


@lru_cache(maxsize=4096)
def date_fit(value: str) -> float:
    """Return how far a value is written as a day, 0 to 1.

    Examples
    --------
    >>> date_fit("05.01.2026"), date_fit("20260105"), date_fit("2026-13-45")
    (1.0, 0.7, 0.0)
    """
    if not 5 <= len(value) <= 40:
        return 0.0
    found = _FORMS.fullmatch(value)
    if found is None:
        lowered = value.lower().translate(_folder())
        return 1.0 if _NAMED.fullmatch(lowered) else 0.0
    if found["compact"]:
        return 0.7
    if found["two"] and not found["short"]:
        return 0.8
    return 1.0
