"""Words that say how far something is: open, paid, won, done, in the languages of the trade."""

from toolkit.values.sample import Sample, Worded
from toolkit.values.status import outcome_of_words


def share(sample: Sample) -> float:
    """Return the share of words for a state.

    Examples
    --------
    >>> from toolkit.values.sample import sample_of
    >>> share(sample_of(["Paid", "bezahlt", "En attente", "Closed Won"])), share(sample_of(["Acme Ltd"]))
    (1.0, 0.0)
    """
    return sample.read(_fit)


def _fit(worded: Worded) -> float:
    return 1.0 if len(worded.words) <= 5 and len(worded.value) <= 40 and outcome_of_words(worded.words) else 0.0
