"""Towns: known ones, and words that end or begin as names of towns do."""

import re

from toolkit.values.known_names import known_given_names, known_towns
from toolkit.values.sample import Sample, Worded
from toolkit.values.text import word_set

PLACE_FIRST = word_set(
    """
    saint sainte santa santo sankt sint porto puerto port campo nova novo nueva nuevo villa vila bad castel borgo ponte monte
    new
    """
)
"""Words before the names of places that hardly any person bears as a given name."""
_FIRST = PLACE_FIRST | word_set(
    """
    st saint sainte san santa santo sankt bad new old north south east west upper lower great little port fort mount
    lake sint nueva nuevo villa vila nova novo neu alt gross klein kirch markt ober unter le la les los el den s
    castel monte ponte borgo montes cape glen nowy nowa stary velke nagy kis ciudad
    """
)
_LAST = word_set(
    "city town springs beach park heights falls hills valley ridge bluff grove bay harbor harbour island lake creek village"
)
_ENDING = re.compile(
    r".{2,}(?:burg|burgh|borough|berg|stadt|stedt|dorf|heim|hausen|ingen|hofen|kirchen|furt|bruck|brucken|walde|feld"
    r"|bach|au|ow|itz|ville|court"
    r"|ay|ac|y|ton|ham|ford|field|wick|bury|by|mouth|pool|port|chester|caster|cester|worth|ley|shire|minster|bridge"
    r"|haven|dam|dijk|drecht|recht"
    r"|veen|hoven|beke|gem|broek|lo|borg|stad|sund|vik|vag|havn|hamn|nes|heim|fjord|bo|kyla|joki|lahti|niemi|vaara"
    r"|salmi|ice|ov|in|no|owo|ica|grad"
    r"|vaz|hely|var|polis|pur|abad|nagar|gunj|illa|era|osa|ano|ate|ago|asco|isio|etta)"
)
_BEGINNING = re.compile(
    r"(?:mont|borgo|castel|ponte|villa|saint|sint|sankt|neu|alt|ober|unter|nieder|gross|klein|nord|sund|sand|friedrich|wilhelm|karl|king|ash"
    r"|wex|elm|oak|river|lake|hill|new|north|south|west|east|bridge|mill|black|white|long|stan|clair|beau|belle|bois|roche).{3,}"
)
_LONGEST = 40
_MODEST = re.compile(r".{2,}(?:y|ay|au|in|no|bo|lo|era|osa|ano|ate|ac|ow|ov|by)")


def share(sample: Sample) -> float:
    """Return how much of the values is, or may be, the name of a town.

    Examples
    --------
    >>> from toolkit.values.sample import sample_of
    >>> share(sample_of(["Frankfurt am Main", "Leeds", "Málaga", "St. Gallen"])), share(sample_of(["paid", "INV-1"]))
    (1.0, 0.0)
    """
    towns = known_towns()
    return sample.read(lambda worded: _fit(worded, towns))


def _fit(worded: Worded, towns: frozenset[str]) -> float:  # noqa: PLR0911 - a ladder of forms
    words = worded.words
    count = len(words)
    if not count or count > 5 or not worded.value[0].isalpha() or len(worded.value) > _LONGEST:
        return 0.0
    if worded.has_digit:
        # "Dublin 4", "Paris 15e".
        return 0.7 if count == 2 and words[0] in towns and len(words[1]) <= 3 else 0.0
    is_small = worded.value[0].islower()
    if " ".join(words) in towns:
        return 0.8 if is_small else 1.0
    if is_small:
        return 0.0
    if count > 1 and (words[0] in towns or words[-1] in towns) and any(sign in worded.value for sign in "-/(,"):
        return 0.8
    if count > 1:
        is_placed = (
            words[0] in _FIRST
            or words[-1] in _LAST
            or words[1] in {"am", "an", "im", "sur", "on", "upon", "de", "del", "di", "les"}
        )
        return 0.5 if is_placed and words[0] not in known_given_names() else 0.05
    if words[0] not in known_given_names():
        has_ending = _ENDING.fullmatch(words[0]) is not None
        has_both = has_ending and _BEGINNING.fullmatch(words[0]) is not None
        if has_both or has_ending:
            return 0.6 if has_both else 0.25 if _MODEST.fullmatch(words[0]) else 0.5
    return 0.1
