"""Names of things: articles, models, jobs done, as they stand in lists of products."""

import re

from toolkit.values.kinds.company_name import company_fit
from toolkit.values.known_names import known_given_names
from toolkit.values.sample import Sample, Worded
from toolkit.values.text import word_set

_MEASURE = re.compile(
    r"\b\d+(?:[.,x]\d+)* ?(?:mm|cm|m|ml|cl|l|g|kg|gb|tb|mb|w|kw|v|ah|mah|inch|zoll|pack|pcs|stk|x|oz|lb|mp|hz|ghz)\b"
    r"|\ba[3-6]\b|\d\"|\d+ ?x ?\d+"
)
_MODEL = re.compile(r"\b(?:[a-z]{1,5}-?\d{2,5}[a-z]{0,3}|\d{2,4}[a-z]{1,3})\b")
_THINGS = word_set(
    """
    black white red blue green grey gray silver small medium large mini pro plus set kit pack box case cable chair
    table desk lamp printer laptop phone monitor keyboard mouse paper pen bottle cup mug bag shirt shoe jacket tool
    screw bolt nut filter pump battery charger cover stand holder cap hat wood steel schwarz weiss rot blau grun stuhl
    tisch lampe kabel tasse tasche schraube noir blanc rouge bleu vert chaise bureau tasse sac vis negro blanco rojo
    azul silla mesa taza bolsa nero bianco rosso sedia tavolo lampada tazza zwart wit rood blauw stoel tafel lamp kop
    tas license licence subscription hosting maintenance hour hours
    """
)


def share(sample: Sample) -> float:
    """Return how much of the values may be the name of a thing.

    Examples
    --------
    >>> from toolkit.values.sample import sample_of
    >>> share(sample_of(["Canon PIXMA MG5320 Printer", "Desk lamp black", "USB cable 2 m"]))
    1.0
    >>> share(sample_of(["Anna Schmidt"]))
    0.0
    """
    return sample.read(_fit)


def _fit(worded: Worded) -> float:  # noqa: PLR0911 - a ladder of signs
    words = worded.words
    if not words or len(words) > 16 or "@" in worded.value or len(worded.value) > 150:
        return 0.0
    if company_fit(worded) >= 0.9 and not worded.has_digit:
        return 0.0
    is_thing = not _THINGS.isdisjoint(words)
    has_blank = " " in worded.value
    if has_blank and (is_thing or (worded.has_digit and (_MEASURE.search(worded.folded) or _has_model(worded)))):
        return 1.0
    if worded.has_digit:
        return 0.1 if has_blank else 0.0
    if is_thing:
        return 0.8
    if words[0] in known_given_names():
        return 0.0
    return (
        0.4
        if has_blank and 2 <= len(words) <= 6 and len(worded.value) > 6
        else 0.15
        if len(words) == 1 and len(words[0]) > 3
        else 0.1
    )


def _has_model(worded: Worded) -> bool:
    return len(worded.words) > 1 and _MODEL.search(worded.folded) is not None
