"""Whole names of people: given and family name in either order, with titles, initials and particles."""

import re

from toolkit.values.kinds.city import PLACE_FIRST
from toolkit.values.kinds.company_name import company_fit
from toolkit.values.kinds.family_name import family_fit
from toolkit.values.known_names import known_given_names
from toolkit.values.sample import Sample, Worded
from toolkit.values.text import word_set

_TITLES = word_set(
    """
    mr mrs ms miss mx dr prof sir herr frau mme mlle madame monsieur m sr sra srta sig signora dott ing mag dhr mevr
    drs jr sr phd mba ii iii
    """
)
_SMALL = word_set("van von der den del della dos das vom zum zur ter ten bin")
"""Words of a name that are written small."""
_SHORT_WORD = 2
_LONGEST, _FEWEST_WORDS, _MOST_WORDS = 50, 2, 6
_SURELY_COMPANY = 0.7
_MAY_BE, _ENDS_AS_ONE = 0.2, 0.5
"""How far a word is a family name: any word with a capital, and one that ends as family names do."""
_LETTERS = re.compile(r"[^\W\d_][\w'\u2019.,() \u00b4`-]*")
_COMMA = re.compile(r"[^,]{2,30}, ?[^,]{1,30}")


def share(sample: Sample) -> float:
    """Return how much of the values is a person's whole name.

    Examples
    --------
    >>> from toolkit.values.sample import sample_of
    >>> share(sample_of(["Anna Schmidt", "Dr. Jean-Paul Martin", "GARCÍA, María"]))
    1.0
    >>> share(sample_of(["Acme Ltd", "Desk lamp"]))
    0.0
    """
    return sample.read(_fit)


def _fit(worded: Worded) -> float:
    value = worded.value
    if worded.has_digit or len(value) > _LONGEST or not value[0].isalpha() or not _LETTERS.fullmatch(value):
        return 0.0
    words = tuple(word for word in worded.words if word not in _TITLES)
    if not _FEWEST_WORDS <= len(words) <= _MOST_WORDS or company_fit(worded) >= _SURELY_COMPANY:
        return 0.0
    given, last = known_given_names(), family_fit(words[-1:])
    if value[0].islower():
        return 0.5 if words[0] in given and last == 1.0 and len(words) <= 3 else 0.0
    if _COMMA.fullmatch(value):
        return 1.0 if any(word in given for word in words[1:]) or family_fit(words[:1]) == 1.0 else 0.6
    if not _is_titled(value):
        return 0.0
    return _fit_in_order(words, last, has_title=len(words) < len(worded.words))


def _fit_in_order(words: tuple[str, ...], last: float, *, has_title: bool) -> float:
    """Return how far words with capitals are given and family name; ``last`` is how far the last is a family name."""
    given = known_given_names()
    if has_title:
        return 1.0 if last >= _MAY_BE else 0.9
    if words[0] in PLACE_FIRST:
        return 0.2
    if words[0] in given or (len(words[0]) == 1 and last >= _ENDS_AS_ONE):
        return 1.0 if last >= _MAY_BE else 0.6
    if words[-1] in given and family_fit(words[:1]) >= _ENDS_AS_ONE:
        return 0.8
    if last == 1.0 and len(words) <= 3:
        return 0.6
    return 0.3 if last >= _ENDS_AS_ONE and len(words) == _FEWEST_WORDS else 0.0


def _is_titled(value: str) -> bool:
    """Return whether each word of three letters and more begins with a capital."""
    return all(
        not word[0].islower() or word in _SMALL for word in value.replace("-", " ").split() if len(word) > _SHORT_WORD
    )
