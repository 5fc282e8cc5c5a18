"""Given names standing alone, also two or three of them, with hyphens and initials."""

from toolkit.values.known_names import known_given_names
from toolkit.values.sample import Sample, Worded

_MOST_WORDS = 3


def share(sample: Sample) -> float:
    """Return how much of the values is a given name; a name in small letters counts for less.

    Examples
    --------
    >>> from toolkit.values.sample import sample_of
    >>> share(sample_of(["Giuseppe", "Marie-Claire", "John P."])), share(sample_of(["Invoice"]))
    (1.0, 0.0)
    """
    known = known_given_names()
    return sample.read(lambda worded: _fit(worded, known))


def _fit(worded: Worded, known: frozenset[str]) -> float:
    words = worded.words
    if worded.has_digit or not words or len(words) > _MOST_WORDS or len(worded.value) > 30 or "," in worded.value:
        return 0.0
    if words[0] not in known or any(len(word) > 1 and word not in known for word in words[1:]):
        return 0.0
    # Two given names with a blank between may as well be a whole name: Martin Peter, Ali Hassan.
    is_joined = len(words) == 1 or "-" in worded.value or len(words[-1]) == 1
    return (1.0 if is_joined else 0.5) * (1.0 if worded.value[0].isupper() else 0.6)
