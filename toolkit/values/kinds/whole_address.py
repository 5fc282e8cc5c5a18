"""Whole addresses in one cell: street, town and postcode, with commas or line breaks between."""

import re

from toolkit.values.kinds.street import street_fit
from toolkit.values.sample import Sample, Worded

_POSTCODE = re.compile(
    r"\b(?:[a-z]{1,2}\d[\da-z]? ?\d[a-z]{2}|\d{4} ?[a-z]{2}\b|\d{5}(?:-\d{3,4})?|\d{4}-\d{3}|\d{2}-\d{3}|\d{3} ?\d{2}"
    r"|\d{4}|[a-z]\d[a-z] ?\d[a-z]\d|\d{6})\b"
)
_SEPARATOR = re.compile(r"[,;\n|]| - ")


def share(sample: Sample) -> float:
    """Return how much of the values holds street and town together.

    Examples
    --------
    >>> from toolkit.values.sample import sample_of
    >>> share(sample_of(["12 High Street, Leeds LS1 4AB", "Hauptstr. 5, 10115 Berlin"])), share(sample_of(["Hauptstr. 5"]))
    (1.0, 0.0)
    """
    return sample.read(_fit)


def _fit(worded: Worded) -> float:
    if not worded.has_digit or len(worded.words) < 4 or not _SEPARATOR.search(worded.value):
        return 0.0
    parts = [part.strip() for part in _SEPARATOR.split(worded.folded) if part.strip()]
    street = street_fit(worded)
    has_code = any(_POSTCODE.search(part) and re.search("[a-z]{3}", part) for part in parts[1:]) or (
        len(parts) > 2 and any(_POSTCODE.fullmatch(part) for part in parts[1:])
    )
    if street >= 0.4 and has_code:
        return 1.0
    return 0.5 if street >= 0.4 and len(parts) >= 3 else 0.0
