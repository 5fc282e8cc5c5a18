"""What somebody wrote: several words, sentences, notes."""

from toolkit.values.kinds.company_name import has_legal_form
from toolkit.values.kinds.street import street_fit
from toolkit.values.sample import Sample, Worded
from toolkit.values.text import word_set

_SMALL_WORDS = word_set(
    """
    the a an of to for and or is are was be been not with from by on at in this that please see we you it has have
    will as per der die das und oder nicht mit von fur bei im am zu auf ist wird bitte siehe wir sie es ein eine le la
    les des du et ou pour avec est sont par dans sur pas un une el los las y para con por en de del es son no una il
    lo gli e per di da non che het een en van voor met niet op te aan og til med ikke pa av er och att for inte som ja
    ei on se nie jest nem az egy bu ve ile
    """
)
_ADDRESS_WORDS, _SURELY = 9, 0.9
_ENDS = (".", "!", "?", "...")


def share(sample: Sample) -> float:
    """Return how much of the values reads as text: small words between the others, many words, the end of a sentence.

    Examples
    --------
    >>> from toolkit.values.sample import sample_of
    >>> share(sample_of(["Please call back on Monday.", "Kunde hat am Telefon zugesagt"])), share(sample_of(["Acme Ltd"]))
    (1.0, 0.0)
    """
    return sample.read(_fit)


def _fit(worded: Worded) -> float:
    count = len(worded.words)
    if " " not in worded.value or (count < 9 and ("@" in worded.value or has_legal_form(worded))):
        return 0.0
    if worded.has_digit and count < _ADDRESS_WORDS and street_fit(worded) >= _SURELY:
        return 0.0
    if count < 3:
        return 0.1 if count == 2 and worded.value[:1].islower() else 0.0
    small = sum(word in _SMALL_WORDS for word in worded.words)
    if count >= 4 and (small or worded.value.endswith(_ENDS)):
        return (
            1.0 if small >= 2 or worded.value.endswith(_ENDS) or count >= 6 or worded.value[:1].islower() or small else 0.5
        )
    if count >= 4:
        return 0.5 if count < 7 else 0.9
    return 0.5 if small else 0.25
