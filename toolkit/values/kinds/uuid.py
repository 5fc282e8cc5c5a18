"""Universally unique ids and other long random ones, written in hexadecimal digits.

Source: RFC 9562, section 4.
"""

import re

from toolkit.values.sample import Sample

_FORM = re.compile(
    r"\{?[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}\}?|[0-9a-f]{24}|[0-9a-f]{40}|[0-9a-f]{64}",
    re.IGNORECASE,
)


def share(sample: Sample) -> float:
    """Return the share of such ids.

    Examples
    --------
    >>> from toolkit.values.sample import sample_of
    >>> share(sample_of(["6f9619ff-8b86-d011-b42d-00cf4fc964ff", "INV-1"]))
    0.5
    """
    return sample.shaped(lambda value: 1.0 if len(value) >= 24 and _FORM.fullmatch(value) else 0.0) if sample.codes else 0.0
