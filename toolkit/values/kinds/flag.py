"""Yes or no, in the languages of the trade and of machines."""

from toolkit.values.sample import Sample
from toolkit.values.text import word_set

_WORDS = word_set(
    """
    yes no y n true false t f on off x ja nein j oui non o vrai faux si sim nao s n verdadero falso verdadeiro vero
    nee waar onwaar nej sann falsk kylla ei tosi epatosi igen nem igaz hamis tak nie prawda falsz ano ne pravda
    nepravda evet hayir dogru yanlis wahr falsch active inactive enabled disabled
    """
)
_HALF = word_set("active inactive x on off o s t f n j")
_FIGURES = frozenset("01")


def share(sample: Sample) -> float:
    """Return how much of the values says yes or no; more than four different answers are none.

    Examples
    --------
    >>> from toolkit.values.sample import sample_of
    >>> share(sample_of(["Ja", "Nein"])), share(sample_of(["TRUE", "FALSE"])), share(sample_of(["0", "1"]))
    (1.0, 1.0, 0.9)
    """
    figures = {value for values in sample.figures.values() for value in values}
    if not sample.count or len(figures | {worded.folded for worded in sample.worded}) > 4:
        return 0.0
    # 0 and 1 are counts as well.
    of_figures = 0.9 if figures == _FIGURES else 0.4 if figures <= _FIGURES else 0.0
    numbered = of_figures * sum(map(len, sample.figures.values())) / sample.count
    return numbered + sample.read(
        lambda worded: 0.0 if worded.folded not in _WORDS else 0.6 if worded.folded in _HALF else 1.0
    )
