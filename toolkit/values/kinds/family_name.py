"""Family names standing alone, with particles and double names.

There are millions of them: a word that ends as family names do counts for something, and any word with a capital for a
little, so that a column of rare names still stands out from a column of words.
"""

import re

from toolkit.values.known_names import known_family_names, known_given_names, known_towns
from toolkit.values.sample import Sample, Worded
from toolkit.values.text import word_set

_PARTICLES = word_set(
    "van von der den de del della di da do dos das du la le los ter ten te vom zu zum zur af al el bin ben mac mc o st y e"
)
_ENDING = re.compile(
    r".{2,}(?:son|sson|sen|sohn|ssen|mann|meier|meyer|maier|bauer|berger|hofer|huber|stein|bach|feld|wald|gard|strom"
    r"|strand|qvist|quist|lund"
    r"|gren|dahl|vik|stad|nen|la|ski|ska|cki|cka|wicz|czyk|ak|ek|ko|enko|chuk|ov|ova|ev|eva|in|ic|vic|vich|ez|az|es"
    r"|eira|inho|ini|elli|etti"
    r"|ello|ucci|one|oni|ari|eau|oux|ault|ard|lin|stra|inga|ema|sma|huis|berg|burg|oglu|turk|yan|ian|opoulos|idis"
    r"|akis|wala|kar|ton|ley|ford"
    r"|well|wood|field|ham|worth|ridge|hurst|man|er|ing)"
)
_MACS = re.compile("(?:mac|mc|fitz|de|van|o)[a-z]{4,}")


def share(sample: Sample) -> float:
    """Return how much of the values is, or may be, a family name.

    Examples
    --------
    >>> from toolkit.values.sample import sample_of
    >>> share(sample_of(["Schmidt", "O'Brien", "van der Berg", "García"])), share(sample_of(["paid", "offen"]))
    (1.0, 0.0)
    """
    return sample.read(_fit)


def _fit(worded: Worded) -> float:
    if worded.has_digit or not worded.words or len(worded.words) > 4 or not worded.value[0].isalpha():
        return 0.0
    fit = family_fit(worded.words)
    return fit if worded.value[0].isupper() or worded.words[0] in _PARTICLES else fit * 0.3 if fit == 1.0 else 0.0


def family_fit(words: tuple[str, ...]) -> float:
    """Return how far folded words are one family name, 0 to 1.

    Examples
    --------
    >>> family_fit(("schmidt",)), family_fit(("van", "gogh")), family_fit(("brackenridge",)), family_fit(("a", "b", "c"))
    (1.0, 0.9, 0.5, 0.0)
    """
    bare = [word for word in words if word not in _PARTICLES]
    has_particle = len(bare) < len(words)
    if not bare or len(bare) > 2:
        return 0.0
    known = known_family_names()
    best = [_word_fit(word, known) for word in bare]
    fit = min(best) if len(best) == 1 else sum(best) / 2 * 0.9
    return max(fit, 0.9) if has_particle and fit >= 0.2 else fit


def _word_fit(word: str, known: frozenset[str]) -> float:
    if word in known:
        return 1.0
    if len(word) < 3 or not word.isalpha():
        return 0.0
    if word in known_given_names() or word in known_towns():
        return 0.2
    return 0.5 if _ENDING.fullmatch(word) or _MACS.fullmatch(word) else 0.2
