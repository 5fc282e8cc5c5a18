"""Countries: codes, and names in many languages."""

from toolkit.values.country import CODES, code_of_name
from toolkit.values.sample import Sample, Worded


def share(sample: Sample) -> float:
    """Return how much of the values names a country; two letters may also be a state, a language or initials.

    Examples
    --------
    >>> from toolkit.values.sample import sample_of
    >>> share(sample_of(["Deutschland", "Pays-Bas", "USA", "United Kingdom"])), share(sample_of(["DE", "FR"]))
    (1.0, 0.8)
    """
    return sample.read(_fit)


def _fit(worded: Worded) -> float:
    if worded.has_digit or len(worded.value) > 45 or len(worded.words) > 6:
        return 0.0
    if len(worded.value) == 2:
        return 0.0 if worded.value.upper() not in CODES else 0.8 if worded.value.isupper() else 0.4
    return 1.0 if code_of_name(" ".join(worded.words), is_plain=worded.value.isascii()) else 0.0
