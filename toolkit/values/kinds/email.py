"""Addresses of e-mail."""

import re

from toolkit.values.sample import Sample, Worded

_ADDRESS = re.compile(r"(?:[^<>@]* ?<)?(?:mailto:)?[^\s@<>,;]{1,64}@(?:[a-z0-9_-]+\.)+[a-z][a-z0-9-]+>?(?: *[,;].*)?")


def share(sample: Sample) -> float:
    """Return the share of addresses.

    Examples
    --------
    >>> from toolkit.values.sample import sample_of
    >>> share(sample_of(["jo@acme.com", "Jo Bell <jo@acme.co.uk>", "jo at acme", "@jo"]))
    0.5
    """
    return sample.read(_fits) if sample.has_any("@") else 0.0


def _fits(worded: Worded) -> float:
    return 1.0 if "@" in worded.folded and _ADDRESS.fullmatch(worded.folded) else 0.0
