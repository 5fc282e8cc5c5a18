"""How people are addressed: titles before a name."""

from toolkit.values.sample import Sample
from toolkit.values.text import word_set

_WORDS = word_set(
    """
    mr mrs ms miss mx dr prof professor sir madam dame rev hon lord lady master herr herrn frau fraulein familie
    eheleute firma divers dipl ing mag monsieur madame mademoiselle mme mlle m mm maitre me sr sra srta don dona senor
    senora senorita sig sigra signor signora signore signorina dott dottssa dottore avv dhr mevr mw de heer mevrouw
    meneer senhor senhora exmo fru froken hr fr rouva pan pani paan ur holgy bay bayan sayin inz mgr ir drs mevr and
    und et y
    """
)


def share(sample: Sample) -> float:
    """Return the share of titles that stand alone.

    Examples
    --------
    >>> from toolkit.values.sample import sample_of
    >>> share(sample_of(["Herr", "Frau", "Mr.", "Mme"])), share(sample_of(["Herr Meier"]))
    (1.0, 0.0)
    """
    return sample.read(
        lambda worded: (
            1.0 if not worded.has_digit and 1 <= len(worded.words) <= 3 and _WORDS.issuperset(worded.words) else 0.0
        )
    )
