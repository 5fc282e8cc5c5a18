"""Times of day."""

import re

from toolkit.values.sample import Sample

_FORM = re.compile(
    r"(?:[01]?\d|2[0-3])(?::|h|\.(?=\d\d(?: ?Uhr| ?[AaPp][Mm])))[0-5]\d(?::[0-5]\d(?:[.,]\d+)?)?(?: ?[AaPp]\.?[Mm]\.?"
    r"| ?Uhr)?|1?\d ?[AaPp][Mm]"
)


def share(sample: Sample) -> float:
    """Return the share of times of day.

    Examples
    --------
    >>> from toolkit.values.sample import sample_of
    >>> share(sample_of(["08:49:31", "16:05", "4:05 PM", "25:10"]))
    0.75
    """
    return sample.shaped(_fit)


def _fit(value: str) -> float:
    return 1.0 if len(value) <= 15 and value[0].isdigit() and _FORM.fullmatch(value) else 0.0
