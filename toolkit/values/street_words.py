"""Words of street lines: short forms, kinds of street, directions and ordinals, read alike however they are written.

Source: USPS Publication 28, appendix C (street suffixes); Canada Post addressing guidelines; AS 4590 (Australian
street types); the commonest kinds of street of the Romance and Germanic languages.
"""

import re
from collections.abc import Mapping, Sequence

from toolkit.values.text import word_set

SHORT_FORMS: Mapping[str, str] = {
    "st": "street", "str": "street", "strt": "street", "ave": "avenue", "av": "avenue", "aven": "avenue",
    "avn": "avenue", "blvd": "boulevard", "blv": "boulevard", "boul": "boulevard", "bvd": "boulevard",
    "bd": "boulevard", "bld": "boulevard", "rd": "road", "dr": "drive", "drv": "drive", "ln": "lane", "ct": "court",
    "crt": "court", "cir": "circle", "crcl": "circle", "circ": "circle", "cct": "circuit", "pl": "place",
    "plc": "place", "sq": "square", "ter": "terrace", "terr": "terrace", "tce": "terrace", "trce": "trace",
    "pkwy": "parkway", "pky": "parkway", "pkway": "parkway", "hwy": "highway", "hiway": "highway", "hway": "highway",
    "trl": "trail", "cres": "crescent", "cr": "crescent", "crs": "crescent", "cl": "close", "cls": "close",
    "gdns": "gardens", "gdn": "gardens", "gr": "grove", "gro": "grove", "grv": "grove", "pde": "parade",
    "expy": "expressway", "expwy": "expressway", "fwy": "freeway", "plz": "plaza", "prom": "promenade",
    "ests": "estate", "est": "estate", "mt": "mount", "mtn": "mountain", "ft": "fort", "rte": "route", "crk": "creek",
    "rdg": "ridge", "hts": "heights", "ctr": "center", "cntr": "center", "centre": "center", "bldg": "building",
    "pk": "park", "tpke": "turnpike", "wy": "way", "brg": "bridge", "jct": "junction", "lndg": "landing",
    "mdws": "meadows", "spgs": "springs", "vly": "valley", "vw": "view", "pt": "point", "hl": "hill", "is": "island",
    "lk": "lake", "riv": "river", "ind": "industrial", "bus": "business", "tech": "technology", "avda": "avenida",
    "avd": "avenida", "avenid": "avenida", "ctra": "carretera", "crta": "carretera", "pza": "plaza", "pzza": "piazza",
    "che": "chemin", "imp": "impasse", "fbg": "faubourg", "rt": "route", "all": "allee",
}  # fmt: skip
"""Short forms of street words, and the words."""

TYPES = word_set(
    """
    street avenue boulevard road drive lane court circle place square terrace parkway highway trail crescent close
    gardens grove parade expressway freeway plaza promenade way route turnpike alley row mews circuit crossing trace loop
    """
)
"""Words that tell the kind of a street, and are not its name unless they come first."""

DIRECTIONS: Mapping[str, str] = {
    "north": "n", "south": "s", "east": "e", "west": "w", "northeast": "ne", "northwest": "nw", "southeast": "se",
    "southwest": "sw", "n": "n", "s": "s", "e": "e", "w": "w", "ne": "ne", "nw": "nw", "se": "se", "sw": "sw",
    "no": "n", "so": "s",
}  # fmt: skip

ORDINALS: Mapping[str, str] = {
    "first": "1", "second": "2", "third": "3", "fourth": "4", "fifth": "5", "sixth": "6", "seventh": "7",
    "eighth": "8", "ninth": "9", "tenth": "10", "eleventh": "11", "twelfth": "12", "thirteenth": "13",
    "fourteenth": "14", "fifteenth": "15", "sixteenth": "16", "seventeenth": "17", "eighteenth": "18",
    "nineteenth": "19", "twentieth": "20",
}  # fmt: skip

SAINT = "st"
"""In front it is a saint, elsewhere a street."""

_ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th)")
_SHORTEST_STREET = 5
"""Letters of a word beyond which "str" at its end is the German for street."""


def street_word(token: str) -> str:
    """Return a word of a street line as it is compared.

    Examples
    --------
    >>> [street_word(token) for token in ("ave", "5th", "fifth", "hauptstr", "oak")]
    ['avenue', '5', '5', 'hauptstrasse', 'oak']
    """
    word = ORDINALS.get(token) or SHORT_FORMS.get(token)
    if word is not None:
        return word
    if token[:1].isdigit():
        return _ORDINAL.sub(r"\1", token)
    return f"{token}asse" if token.endswith("str") and len(token) > _SHORTEST_STREET else token


def street_parts(tokens: Sequence[str]) -> tuple[str, str, str]:
    """Return the name, kind and direction of a street from the words of its line without the house number.

    Examples
    --------
    >>> street_parts(["s", "la", "cienega", "blv"]), street_parts(["st", "johns", "wood"])
    (('la cienega', 'boulevard', 's'), ('saint johns wood', '', ''))
    """
    named = [street_word(token) for token in tokens]
    if len(tokens) > 1 and tokens[0] == SAINT:
        named[0] = "saint"
    direction = kind = ""
    kept: list[str] = []
    for position, word in enumerate(named):
        if word in DIRECTIONS and len(named) > 1 and position in {0, len(named) - 1}:
            direction = direction or DIRECTIONS[word]
        elif word in TYPES and position > 0:
            kind = kind or word
        else:
            kept.append(word)
    return " ".join(kept) or kind, kind if kept else "", direction
