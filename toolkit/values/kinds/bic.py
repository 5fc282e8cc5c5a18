"""Codes of banks (BIC, SWIFT): four letters, a country, two signs and, for a branch, three more.

Source: ISO 9362.
"""

import re

from toolkit.values.country import CODES
from toolkit.values.sample import Sample, Worded

_FORM = re.compile("[A-Z]{4}([A-Z]{2})[A-Z0-9]{2}(?:[A-Z0-9]{3})?")


def share(sample: Sample) -> float:
    """Return the share of codes; eight capitals that may be a word count less.

    Examples
    --------
    >>> from toolkit.values.sample import sample_of
    >>> share(sample_of(["DEUTDEFF500", "COBADEFFXXX"])), share(sample_of(["Rechnung", "INVOICES"]))
    (1.0, 0.0)
    """
    return sample.read(_fit)


def _fit(worded: Worded) -> float:
    value = worded.value
    if len(value) not in {8, 11}:
        return 0.0
    found = _FORM.fullmatch(value)
    if not found or found.group(1) not in CODES:
        return 0.0
    return 1.0 if len(value) == 11 or worded.has_digit else 0.6
