"""Codes that machines and people number things with: letters, digits and separators, no blanks, much alike in shape."""

import re

from toolkit.values.kinds.date import date_fit
from toolkit.values.kinds.number import number
from toolkit.values.sample import Sample

_FORM = re.compile(r"[#*+]{0,3}[A-Za-z0-9][A-Za-z0-9]*(?:[-_/.:+#][A-Za-z0-9]+)*\+{0,3}")
_LONG_DIGITS = 9


def share(sample: Sample) -> float:
    """Return how much of the values is made as codes are; the more of them have one shape or one length, the surer.

    Examples
    --------
    >>> from toolkit.values.sample import sample_of
    >>> share(sample_of(["INV-1001", "INV-1002"]))
    1.0
    >>> round(share(sample_of(["006AbQ", "in_1AbC9f"])), 2)
    0.75
    >>> share(sample_of(["12.50"]))
    0.0
    """
    fits = sample.shaped(_fit)
    if not fits:
        return 0.0
    # Random codes have many shapes, but one length.
    lengths: dict[int, int] = {}
    for own, count in sample.shape_counts.items():
        lengths[len(own)] = lengths.get(len(own), 0) + count
    alike = max(sample.shape_share, max(lengths.values()) / sample.count)
    return fits * (0.5 + 0.5 * alike)


def _fit(value: str) -> float:
    if len(value) > 70 or not value.isascii() or not _FORM.fullmatch(value):
        return 0.0
    if value.isdigit():
        return (
            0.6
            if value[0] == "0" and len(value) > 2
            else 0.5
            if len(value) >= _LONG_DIGITS
            else 0.2
            if len(value) > 3
            else 0.05
        )
    if date_fit(value) or number(value):
        return 0.0
    if value.isalnum() and sum(map(str.isdigit, value)) < 2 and value[-1:].islower():
        return 0.5
    return 1.0
