"""Languages: codes (``de``, ``en-GB``, ``pt_BR``) and names.

Source: ISO 639-1, and the languages' names in English and in themselves.
"""

import re

from toolkit.values.country import CODES
from toolkit.values.sample import Sample, Worded
from toolkit.values.text import word_set

_CODES = word_set(
    """
    ar bg bn bs ca cs cy da de el en es et eu fa fi fr ga gl he hi hr hu id is it ja ka kk ko lt lv mk ms mt nb nl nn
    no pl pt ro ru sk sl sq sr sv sw ta te th tr uk ur uz vi zh
    """
)
_NAMES = word_set(
    """
    english german french spanish italian dutch portuguese swedish norwegian danish finnish polish czech hungarian
    turkish russian chinese japanese korean arabic greek romanian ukrainian englisch deutsch franzosisch spanisch
    italienisch niederlandisch francais anglais allemand espagnol italien neerlandais portugais espanol ingles aleman
    frances italiano inglese tedesco francese spagnolo nederlands engels duits frans spaans portugues svenska engelska
    norsk engelsk dansk tysk suomi englanti polski cestina magyar turkce
    """
)
_LOCALE = re.compile("([a-z]{2})[-_]([A-Za-z]{2})")


def share(sample: Sample) -> float:
    """Return how much of the values names a language; bare codes may be countries too.

    Examples
    --------
    >>> from toolkit.values.sample import sample_of
    >>> share(sample_of(["de-DE", "en_GB", "English", "Deutsch"])), share(sample_of(["de", "en"])), share(sample_of(["DE"]))
    (1.0, 0.9, 0.3)
    """
    return sample.read(_fit)


def _fit(worded: Worded) -> float:
    value = worded.value
    if len(value) == 2:
        return 0.0 if worded.folded not in _CODES else 0.9 if value.islower() else 0.3
    found = _LOCALE.fullmatch(value)
    if found:
        return 1.0 if found.group(1) in _CODES and found.group(2).upper() in CODES else 0.0
    return 1.0 if len(worded.words) == 1 and worded.words[0] in _NAMES else 0.0
