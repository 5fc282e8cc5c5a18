"""Postal addresses: house number, street, unit, town, region and postcode.

Source: USPS Publication 28, appendices B (state codes) and C (street suffixes).
"""

import re
from dataclasses import dataclass

import pyarrow as pa

from toolkit.values.cells import each_text
from toolkit.values.placeholder import is_placeholder
from toolkit.values.text import folded, word_set, words

STREET_TYPES = {
    "st": "street", "str": "street", "strt": "street", "ave": "avenue", "av": "avenue", "aven": "avenue",
    "avn": "avenue", "blvd": "boulevard", "blv": "boulevard", "boul": "boulevard", "bvd": "boulevard", "rd": "road",
    "dr": "drive", "drv": "drive", "ln": "lane", "ct": "court", "crt": "court", "cir": "circle", "crcl": "circle",
    "pl": "place", "plc": "place", "sq": "square", "ter": "terrace", "terr": "terrace", "tce": "terrace",
    "pkwy": "parkway", "pky": "parkway", "pkway": "parkway", "hwy": "highway", "hiway": "highway", "trl": "trail",
    "cres": "crescent", "cr": "crescent", "cl": "close", "gdns": "gardens", "gdn": "gardens", "gr": "grove",
    "gro": "grove", "grv": "grove", "pde": "parade", "expy": "expressway", "fwy": "freeway", "plz": "plaza",
    "prom": "promenade", "ests": "estate", "est": "estate", "mt": "mount", "ft": "fort", "strasse": "strasse",
    "rte": "route", "crk": "creek", "rdg": "ridge", "hts": "heights", "ctr": "center", "centre": "center",
    "bldg": "building", "pk": "park", "tpke": "turnpike", "wy": "way", "brg": "bridge",
}  # fmt: skip
"""Short forms of street words."""

_TYPES = word_set(
    """
    street avenue boulevard road drive lane court circle place square terrace parkway highway trail crescent close
    gardens grove parade expressway freeway plaza promenade way route turnpike alley row mews
    """
)
_DIRECTIONS = {
    "north": "n", "south": "s", "east": "e", "west": "w", "northeast": "ne", "northwest": "nw", "southeast": "se",
    "southwest": "sw", "n": "n", "s": "s", "e": "e", "w": "w", "ne": "ne", "nw": "nw", "se": "se", "sw": "sw",
    "no": "n", "so": "s",
}  # fmt: skip
_ORDINALS = {
    "first": "1", "second": "2", "third": "3", "fourth": "4", "fifth": "5", "sixth": "6", "seventh": "7",
    "eighth": "8", "ninth": "9", "tenth": "10", "eleventh": "11", "twelfth": "12", "thirteenth": "13",
    "fourteenth": "14", "fifteenth": "15",
}  # fmt: skip
_ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th)")
_UNIT = re.compile(
    r"[\s,]*(?:\b(?:suite|ste|unit|apt|apartment|room|rm|floor|fl|flat|level|lvl|shop|office|bldg|building|lot)\b\.?|#)\s*#?\s*(\w+(?:-\w+)?)?"
    r"|[\s,]*\b\d+(?:st|nd|rd|th)\s+(?:floor|fl)\b"
)
_BOX = re.compile(
    r"\b(?:p\.?\s*o\.?\s*(?:box|b)\.?|post(?:al)?\s*(?:office\s*)?box|postfach|locked bag|gpo box)\s*#?\s*(\w+)"
)
_NUMBER = re.compile(r"(\d+)[a-z]?(?:\s*[-/]\s*\d+[a-z]?)?")
_HINT = re.compile(r"\b(?:between|btw|bet|near|opposite|opp|behind|next to|corner|off|at)\b.*$")
_CARE_OF = re.compile(r"^\s*(?:c/o|attn:?|attention:?)\s[^,\n]*[,\n]")

US_STATES = {
    "alabama": "al", "alaska": "ak", "arizona": "az", "arkansas": "ar", "california": "ca", "colorado": "co",
    "connecticut": "ct", "delaware": "de", "florida": "fl", "georgia": "ga", "hawaii": "hi", "idaho": "id",
    "illinois": "il", "indiana": "in", "iowa": "ia", "kansas": "ks", "kentucky": "ky", "louisiana": "la",
    "maine": "me", "maryland": "md", "massachusetts": "ma", "michigan": "mi", "minnesota": "mn",
    "mississippi": "ms", "missouri": "mo", "montana": "mt", "nebraska": "ne", "nevada": "nv", "new hampshire": "nh",
    "new jersey": "nj", "new mexico": "nm", "new york": "ny", "north carolina": "nc", "north dakota": "nd",
    "ohio": "oh", "oklahoma": "ok", "oregon": "or", "pennsylvania": "pa", "rhode island": "ri",
    "south carolina": "sc", "south dakota": "sd", "tennessee": "tn", "texas": "tx", "utah": "ut", "vermont": "vt",
    "virginia": "va", "washington": "wa", "west virginia": "wv", "wisconsin": "wi", "wyoming": "wy",
    "district of columbia": "dc", "new south wales": "nsw", "victoria": "vic", "queensland": "qld",
    "south australia": "sa", "western australia": "wa", "tasmania": "tas", "ontario": "on", "quebec": "qc",
    "british columbia": "bc", "alberta": "ab",
}  # fmt: skip
"""Names of states and provinces to their codes."""


@dataclass(frozen=True, slots=True)
class Street:
    """A street line taken apart, folded: house number (or ``box 12``), street words, kind of street, direction and unit."""

    number: str
    name: str
    type: str
    direction: str
    unit: str

    @property
    def text(self) -> str:
        """The line with abbreviations written out and the unit off."""
        return " ".join(filter(None, (self.number, self.direction, self.name, self.type)))


def street(value: str) -> Street | None:
    """Return a street line taken apart; None for a filler.

    Examples
    --------
    >>> street("435 S. La Cienega Blv., Suite 200")
    Street(number='435', name='la cienega', type='boulevard', direction='s', unit='200')
    >>> street("P.O. Box 77").number
    'box 77'
    """
    text = folded(value)
    if is_placeholder(text):
        return None
    text = _CARE_OF.sub("", text)
    box = _BOX.search(text)
    if box:
        return Street(f"box {box.group(1)}", "", "", "", "")
    unit_found = _UNIT.search(text)
    unit = (unit_found.group(1) or "") if unit_found else ""
    line = _HINT.sub("", _UNIT.sub(" ", text)).split(",")[0].strip() or text
    tokens = words(line)
    number = ""
    found = _NUMBER.match(line)
    if found and len(tokens) > 1 and not _ORDINAL.fullmatch(tokens[0]):
        number, tokens = found.group(1), words(line[found.end() :]) or tokens[1:]
    elif tokens and tokens[-1].isdigit() and len(tokens) > 1:
        # Continental order: "Hauptstrasse 12".
        number, tokens = tokens[-1], tokens[:-1]
    return Street(number, *_street_words(tokens), unit)


def _street_words(tokens: list[str]) -> tuple[str, str, str]:
    """Return street name, type and direction."""
    named = [_ORDINALS.get(token, token) for token in tokens]
    named = [_ORDINAL.sub(r"\1", STREET_TYPES.get(token, token)) for token in named]
    direction = kind = ""
    kept: list[str] = []
    for position, token in enumerate(named):
        if token in _DIRECTIONS and len(named) > 1 and (position in {0, len(named) - 1}):
            direction = direction or _DIRECTIONS[token]
        elif token in _TYPES and position > 0:
            kind = kind or token
        else:
            kept.append(token)
    return " ".join(kept) or kind, kind if kept else "", direction


def town(value: str) -> str | None:
    """Return a town's name for comparing; None for a filler.

    Examples
    --------
    >>> town("St. Louis"), town("W. Hollywood")
    ('st louis', 'w hollywood')
    """
    if is_placeholder(value):
        return None
    return " ".join(_DIRECTIONS.get(token, {"saint": "st"}.get(token, token)) for token in words(value)) or None


def region(value: str) -> str | None:
    """Return a state or province as its code where it is known, else folded.

    Examples
    --------
    >>> region("California"), region("TX")
    ('ca', 'tx')
    """
    if is_placeholder(value):
        return None
    text = " ".join(words(value))
    return US_STATES.get(text, text) or None


def postcode(value: str) -> str | None:
    """Return a postcode for comparing: no blanks, no US extension, leading zeros as written; None for a filler.

    Examples
    --------
    >>> postcode("60612-1234"), postcode("sw1a 1aa"), postcode("99999")
    ('60612', 'sw1a1aa', None)
    """
    if is_placeholder(value):
        return None
    text = "".join(words(re.sub(r"\.0$", "", value.strip())))
    if re.fullmatch(r"\d{9}", text):
        text = text[:5]
    return text or None


def standardised(values: pa.StringArray) -> pa.StringArray:
    """Return each street line for comparing: abbreviations written out, unit off.

    Examples
    --------
    >>> standardised(pa.array(["12 Main St.", "12 MAIN STREET, Suite 4", None])).to_pylist()
    ['12 main street', '12 main street', None]
    """

    def text_of(value: str) -> str | None:
        line = street(value)
        return (line.text or None) if line else None

    return each_text(values, text_of)


def standardised_streets(values: pa.StringArray) -> pa.StringArray:
    """Return each street line's number, name, type, direction and unit with tabs between; null for a filler.

    Examples
    --------
    >>> standardised_streets(pa.array(["12 Main St., Suite 4"])).to_pylist()
    ['12\\tmain\\tstreet\\t\\t4']
    """

    def parts_of(value: str) -> str | None:
        line = street(value)
        return "\t".join((line.number, line.name, line.type, line.direction, line.unit)) if line else None

    return each_text(values, parts_of)


def standardised_postcodes(values: pa.StringArray) -> pa.StringArray:
    """Return ``postcode`` of each value."""
    return each_text(values, postcode)


def standardised_towns(values: pa.StringArray) -> pa.StringArray:
    """Return ``town`` of each value."""
    return each_text(values, town)


def standardised_regions(values: pa.StringArray) -> pa.StringArray:
    """Return ``region`` of each value."""
    return each_text(values, region)
