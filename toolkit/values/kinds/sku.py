"""Codes of articles: letters and digits in a few groups, article numbers with check digits (EAN, UPC, ISBN).

Source: GS1 General Specifications, section 7.9 (check digits).
"""

import re

from toolkit.values.sample import Sample

_FORM = re.compile(r"[A-Z0-9]{1,10}(?:[-_./ ][A-Z0-9]{1,10}){1,4}|[A-Z]{1,6}\d{2,8}[A-Z]{0,4}|\d{1,4}[A-Z]{1,4}\d{0,6}")
_NAMED = re.compile(r"(?i:sku|art|item|prod?|mpn|ean)[-_. ]?\w{2,}")
_MOST_CHECKED = 12
"""Check digits are not of the shape: so many of it are tried."""
_GS1_LENGTHS = {8, 12, 13, 14}


def share(sample: Sample) -> float:
    """Return how much of the values may be a code of an article.

    Examples
    --------
    >>> from toolkit.values.sample import sample_of
    >>> share(sample_of(["SKU-2958", "SKU-2671"])), share(sample_of(["4006381333931"])), share(sample_of(["TS-RED-XL"]))
    (1.0, 1.0, 0.0)
    >>> share(sample_of(["TS-01-RED-XL", "KB-22"]))
    0.6
    """
    return sample.shaped(_fit, most=_MOST_CHECKED)


def _fit(value: str) -> float:
    if len(value) > 24:
        return 0.0
    if value.isdigit():
        return 1.0 if len(value) in _GS1_LENGTHS and _has_check_digit(value) else 0.0
    if _NAMED.fullmatch(value):
        return 1.0
    if " " in value and value != value.upper():
        return 0.0
    return 0.6 if value[:1].isalnum() and any(map(str.isalpha, value)) and _FORM.fullmatch(value.upper()) else 0.0


def _has_check_digit(digits: str) -> bool:
    total = sum(int(sign) * (3 if place % 2 else 1) for place, sign in enumerate(reversed(digits)))
    return total % 10 == 0 and len(set(digits)) > 2
