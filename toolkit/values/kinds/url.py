"""Addresses of web pages."""

import re

from toolkit.values.sample import Sample, Worded

_PAGE = re.compile(r"(?:https?|ftp)://[^\s/]+\S*|www\.(?:[a-z0-9-]+\.)+[a-z]{2,}\S*|(?:[a-z0-9-]+\.)+[a-z]{2,}/\S*")


def share(sample: Sample) -> float:
    """Return the share of addresses that begin with a protocol or ``www``, or go on after the host.

    Examples
    --------
    >>> from toolkit.values.sample import sample_of
    >>> share(sample_of(["https://acme.com/a?b=1", "www.acme.de", "acme.com", "and/or"]))
    0.5
    """
    return sample.read(_fits) if sample.has_any(".") else 0.0


def _fits(worded: Worded) -> float:
    return 1.0 if "." in worded.folded and _PAGE.fullmatch(worded.folded) else 0.0
