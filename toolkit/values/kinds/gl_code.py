"""Numbers of ledger accounts and cost centres: few digits, few different ones, or groups with points."""

import re

from toolkit.values.kinds.date import date_fit
from toolkit.values.sample import Sample, Worded

_FORM = re.compile(r"(\d{3,8})|\d{1,4}(?:[.-]\d{1,5}){1,4}|\d{2,4}/\d{2,4}|\d{2,4}[A-Z]\d{3,4}")
_NAMED = re.compile(r"\d{3,8}(?: ?([-:\u2013.\u00b7]))? [a-z].{2,}")
_DIALLED = re.compile(r"(?:\d-)?\d{3}[-.]\d{3}[-.]\d{4}|\d{3}-\d{4}|\d{3}-\d{2}-\d{4}|0\d{1,4}-\d{5,}")
"""Numbers of telephones and persons in the same groups."""
_FEW = 40


def share(sample: Sample) -> float:
    """Return how much of the values may be the number of an account, alone or before its name.

    Examples
    --------
    >>> from toolkit.values.sample import sample_of
    >>> share(sample_of(["1200", "8400", "4930"]))
    0.6
    >>> share(sample_of(["4000 - Sales", "6100: Rent"]))
    1.0
    >>> share(sample_of(["1.50", "2.7"]))
    0.0
    """
    different = sum(sample.shape_counts.values())
    plain = 0.6 if different <= _FEW else 0.3
    return sample.shaped(lambda value: _fit(value, plain)) + sample.read(_fit_of_named)


def _fit(value: str, plain: float) -> float:
    found = _FORM.fullmatch(value)
    if not found:
        return 0.0
    if found.group(1):
        return plain if value[0] != "0" and len(value) <= 6 else plain / 2
    if date_fit(value) or _DIALLED.fullmatch(value):
        return 0.0
    groups = re.split("[.-]", value)
    # 1.50 is an amount and 2026-01 a month.
    return 0.0 if len(groups) == 2 and (len(groups[1]) <= 2 or "." in value) else 0.8


def _fit_of_named(worded: Worded) -> float:
    found = _NAMED.fullmatch(worded.folded) if worded.has_digit else None
    if found is None or date_fit(worded.value):
        return 0.0
    # "4000 - Sales" is an account; "128 rue de Rivoli" is not, "6100 Rent" may be.
    return 1.0 if found.group(1) else 0.4
