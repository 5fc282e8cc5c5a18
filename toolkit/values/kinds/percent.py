"""Shares of a hundred, marked so."""

import re

from toolkit.values.kinds.number import number
from toolkit.values.sample import Sample, Worded

_FIRST = frozenset("0123456789+-")
_WORDS = re.compile(r"[-+]?\d+(?:[.,]\d+)? ?(?:percent|pct|prozent|pour cent|por ciento|per cento|procent|prosent|v\. ?h\.)")


def share(sample: Sample) -> float:
    """Return the share of percentages.

    Examples
    --------
    >>> from toolkit.values.sample import sample_of
    >>> share(sample_of(["19%", "7,0 %", "5 percent", "20"]))
    0.75
    """
    signed = sample.shaped(lambda value: 1.0 if _is_percent(value) else 0.0) if sample.has_any("%") else 0.0
    return signed + sample.read(_fit_of_words)


def _is_percent(value: str) -> bool:
    found = number(value)
    return found is not None and found.is_percent


def _fit_of_words(worded: Worded) -> float:
    return 1.0 if worded.has_digit and worded.value[0] in _FIRST and _WORDS.fullmatch(worded.folded) else 0.0
