"""Lines of streets: a house number beside the words for streets of the languages of the trade."""

import re
from functools import lru_cache

from toolkit.values.sample import Sample, Worded
from toolkit.values.street_words import SHORT_FORMS, TYPES
from toolkit.values.text import word_set

_KINDS = (
    TYPES
    | frozenset(short for short, long in SHORT_FORMS.items() if long in TYPES and short not in {"st", "is"})
    | word_set(
        """
        st rue avenue boulevard chemin impasse allee quai cours faubourg rua avenida travessa praca alameda estrada
        rodovia largo via viale piazza corso vicolo largo strada calle paseo plaza carretera camino ronda poligono
        travesia carrer strasse weg gasse platz allee ring damm ufer chaussee straat laan plein kade gracht dijk
        singel steenweg gatan vagen vei veien gate gata vej gade alle stien plass katu tie utca ut ter korut ulica ul
        aleja al os plac namesti ulice trida cadde caddesi sokak sokagi bulvari mahallesi marg nagar road lane highway
        unit suite floor building house industrial estate park business centre rd ave dr blvd
        """
    )
)
_ENDING = re.compile(
    r".{2,}(?:strasse|str|weg|gasse|platz|allee|ring|damm|ufer|hof|steig|markt|chaussee|straat|laan|plein|kade|gracht"
    r"|dijk|singel|dreef|steenweg"
    r"|gatan|gata|vagen|vag|veien|vegen|vei|gate|gaten|vej|gade|alle|stien|bakken|tie|katu|kuja|polku|grand|backen"
    r"|torget|torg|plads|brygge|utca|weg)"
)
_BOX = re.compile(r"(?:p\.? ?o\.? ?box|postfach|postbus|postboks|box|apartado|bp|b\.p\.|cp|gpo box) ?\d+.*")
_NUMBER = re.compile(
    r"^\d{1,5}[a-z]?(?:[-/ ]\d{1,4}[a-z]?)?,? [a-z]|[ ,]\d{1,5}(?: ?[a-z])?(?:[-/]\d{1,4}[a-z]?)?(?:$|[ ,])"
)


def share(sample: Sample) -> float:
    """Return how much of the values is the line of a street.

    Examples
    --------
    >>> from toolkit.values.sample import sample_of
    >>> share(sample_of(["12 High Street", "Hauptstr. 5", "Calle Mayor, 12", "rue de Rivoli 3"]))
    1.0
    >>> share(sample_of(["Acme Ltd"]))
    0.0
    """
    return sample.read(street_fit)


@lru_cache(maxsize=4096)
def street_fit(worded: Worded) -> float:
    """Return how far a value is, or begins with, the line of a street, 0 to 1.

    Examples
    --------
    >>> from toolkit.values.sample import sample_of
    >>> [street_fit(one) for one in sample_of(["P.O. Box 12", "Unit 4, The Maltings", "Drottninggatan 5"]).worded]
    [1.0, 1.0, 1.0]
    """
    words = worded.words
    if len(words) < 2 or len(words) > 16:
        return 0.5 if len(words) == 1 and len(words[0]) > 7 and _ENDING.fullmatch(words[0]) else 0.0
    has_kind = any(word in _KINDS or (len(word) > 5 and _ENDING.fullmatch(word)) for word in words)
    if not worded.has_digit:
        return 0.4 if has_kind and (words[-1] in TYPES or words[0] in _KINDS or _ENDING.fullmatch(words[-1])) else 0.0
    if _BOX.fullmatch(worded.folded):
        return 1.0
    has_number = _NUMBER.search(worded.folded) is not None
    if has_kind:
        return 1.0 if has_number else 0.5
    if not has_number or len(words) > 6:
        return 0.0
    # "12 Rivoli" is rarely anything else; "Rivoli 12" may be the twelfth of many things.
    return 0.4 if words[0].isdigit() else 0.2 if words[-1].isdigit() else 0.0
