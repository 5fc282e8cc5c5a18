"""Currencies: codes, signs and names."""

from functools import cache

from toolkit.values.currency import CURRENCIES
from toolkit.values.sample import Sample, Worded
from toolkit.values.text import word_set

_WORDS = word_set(
    """
    euro euros dollar dollars pound pounds sterling franc francs franken krone kronor kroner krona koruna forint zloty
    zlotych lira yen yuan rupee rupees real reais peso pesos rand ringgit baht dirham
    """
)
_SIGNS = frozenset(
    (
        "€", "$", "£", "¥", "₹", "₺", "₽", "kr", "kr.", "Kr", "zł", "Ft", "Kč", "Rs", "Rs.", "R$", "US$", "A$", "C$", "Fr.",
    )
)  # fmt: skip
_ADJECTIVES = word_set(
    """
    us usa american canadian australian new zealand british swiss swedish norwegian danish polish czech hungarian turkish
    indian amerikanische schweizer britische americain suisse pound sterling
    """
)


def share(sample: Sample) -> float:
    """Return the share of currencies.

    Examples
    --------
    >>> from toolkit.values.sample import sample_of
    >>> share(sample_of(["EUR", "usd", "US Dollar", "Euro"])), share(sample_of(["VAT", "ALL"]))
    (1.0, 0.4)
    """
    signs = sum(len(values) for values in sample.figures.values() if values[0] in _SIGNS)
    return sample.read(_fit) + (signs / sample.count if sample.count else 0.0)


@cache
def _fit_of_code(value: str) -> float:
    # ALL, TOP and TRY are words as well.
    return (
        0.0
        if value.upper() not in CURRENCIES
        else 0.8
        if value in {"ALL", "TOP", "TRY", "MOP", "COP"} or value.istitle()
        else 1.0
    )


def _fit(worded: Worded) -> float:
    if len(worded.value) == 3:
        return _fit_of_code(worded.value)
    if worded.has_digit or len(worded.value) > 30:
        return 0.0
    if worded.value in _SIGNS:
        return 1.0
    words = worded.words
    return 1.0 if words and words[-1] in _WORDS and all(word in _ADJECTIVES for word in words[:-1]) else 0.0
