"""Postal addresses: house number, street, unit, town and postcode."""

import re
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.values.cells import each_text, with_unusual
from toolkit.values.placeholder import is_placeholder
from toolkit.values.street_words import DIRECTIONS, street_parts
from toolkit.values.text import MAX_COMPARED_CHARACTERS, folded, word_set, words

UNIT_WORDS = "suite|ste|unit|apartment|apt|appt|room|rm|floor|fl|flat|level|lvl|shop|office|ofc|building|bldg|block|lot|dept"
"""Words before the number of a part of a building."""
UNIT_ID = r"[a-z]{0,2}[0-9][a-z0-9]*(?:-[a-z0-9]+)?|[a-z]"
_UNIT = re.compile(
    rf"(?:\b(?:{UNIT_WORDS})\b[.:]? ?#? ?|# ?)({UNIT_ID})\b"
    rf"|\b(?:ground|first|second|third|fourth|fifth|[0-9]+(?:st|nd|rd|th)) (?:floor|fl)\b"
    rf"|\b(?:{UNIT_WORDS})\b[.:]?(?= ?(?:,|$))"
)
_BOX = re.compile(
    r"\b(?:p\.? ?o\.? ?(?:box|b)\b\.?|post(?:al)? ?(?:office ?)?box|postfach|postbus|postboks|locked bag|gpo box|apartado"
    r"|b\.? ?p\.?) ?(?:no\.? ?|# ?|: ?)?([a-z]{0,2}[0-9][a-z0-9]*)\b"
)
_FRONT = re.compile(r"([0-9]+)(?: ?/ ?([0-9]+)(?: |$)|[a-z]?(?: ?[-/&] ?[0-9]+[a-z]?)?(?: 1/2)?(?= |$))")
_BACK = re.compile(r" (?:no\.? ?|nr\.? ?)?([0-9]+)(?: ?[a-z])?(?: ?[-/] ?[0-9]*[a-z]?)?$")
_NUMBER_WORD = re.compile(r"^(?:no|nr|number|num|nos)\.? ?(?=[0-9])")
_HINT = re.compile(r" \b(?:between|btw|bet|near|opposite|opp|behind|next to|corner|off|at)\b.*$")
_CARE_OF = re.compile(r"(?:c/o|attn\b|attention\b|care of\b)")
NUMBERED = word_set("highway hwy route rte road interstate i km us state county cr sr fm")
"""Words after which a number is the name of a road, not of a house."""
_NEXT_ON_ITS_SIDE = 2
"""12/14 is two houses; in 4/120 it is the unit that stands before the stroke."""
_COUNTRY_BEFORE = re.compile(r"^[a-z]{1,3}-(?=[0-9]{4,6}$)")


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

    @property
    def tabbed(self) -> str:
        """The five parts with tabs between."""
        return f"{self.number}\t{self.name}\t{self.type}\t{self.direction}\t{self.unit}"


def street(value: str) -> Street | None:
    """Return a street line taken apart; None for a filler.

    Of several parts (house name, care of, street, town) the first that has a house number counts, else the first.

    Examples
    --------
    >>> street("435 S. La Cienega Blv., Suite 200")
    Street(number='435', name='la cienega', type='boulevard', direction='s', unit='200')
    >>> street("P.O. Box 77").number, street("Hauptstr. 12a").text, street("Acme House, 4/120 High St").text
    ('box 77', '12 hauptstrasse', '120 high street')
    """
    text = " ".join(folded(re.sub(r"[\r\n]+", ", ", value[:MAX_COMPARED_CHARACTERS])).split())
    if is_placeholder(text):
        return None
    units: list[str] = []
    boxes: list[str] = []

    def cut(found: re.Match[str]) -> str:
        units.append(found.group(1) or "")
        return " "

    def boxed(found: re.Match[str]) -> str:
        boxes.append(found.group(1))
        return ","

    line = _UNIT.sub(cut, _BOX.sub(boxed, text))
    unit = next(filter(None, units), "")
    parts = [part for part in (_line_of(part) for part in line.split(",")) if part and not _CARE_OF.match(part)]
    numbered = [found for found in map(_numbered, _with_bare_numbers(parts)) if found]
    if numbered:
        number, rest, own_unit = numbered[0]
        return Street(number, *street_parts(words(rest)), unit or own_unit)
    if boxes:
        return Street(f"box {boxes[0]}", "", "", "", "")
    return Street("", *street_parts(words(parts[0] if parts else text)), unit)


def _line_of(part: str) -> str:
    """Return a part of a line without the hint how to find it, and without "No." before its number."""
    return _NUMBER_WORD.sub("", _HINT.sub("", part.strip(" .;"))).strip(" .;")


def _with_bare_numbers(parts: list[str]) -> list[str]:
    """Return the parts with a number that stands alone put to its street: "12, rue X" and "Calle X, 12"."""
    for position, part in enumerate(parts[:2]):
        if part[0].isdigit() and not words(part)[0].isalpha() and len(words(part)) == 1 and len(parts) > 1:
            others = parts[:position] + parts[position + 1 :]
            has_number_before = position and _numbered(parts[0])
            return parts if has_number_before else [f"{part} {others[0]}", *others[1:]]
    return parts


def _numbered(part: str) -> tuple[str, str, str] | None:
    """Return the house number of a part of a line, the rest, and the unit where it stands before a stroke."""
    found = _FRONT.match(part)
    rest = part[found.end() :] if found else ""
    if found and re.search("[a-z]", rest):
        number, behind = found.group(1), found.group(2)
        if behind and int(behind) - int(number) != _NEXT_ON_ITS_SIDE:
            return behind, rest, number
        return number, rest, ""
    found = _BACK.search(part)
    before = part[: found.start()] if found else ""
    if found and not part[0].isdigit() and re.search("[a-z]", before) and words(before)[-1] not in NUMBERED:
        return found.group(1), before, ""
    return None


def town(value: str) -> str | None:
    """Return a town's name for comparing; None for a filler.

    Examples
    --------
    >>> town("St. Louis"), town("W. Hollywood"), town("10115 Berlin"), town("Chicago, IL")
    ('st louis', 'w hollywood', 'berlin', 'chicago')
    """
    if is_placeholder(value):
        return None
    own = words(value.split(",", maxsplit=1)[0]) or words(value)
    named = [_TOWN_WORDS.get(word, word) for word in own if not word.isdigit() and word != "cedex"]
    return " ".join(named or own) or None


_TOWN_WORDS = {**DIRECTIONS, "saint": "st", "sainte": "st", "ste": "st", "mount": "mt", "fort": "ft"}


def postcode(value: str) -> str | None:
    """Return a postcode for comparing: no blanks, no US extension, leading zeros as written; None for a filler.

    Examples
    --------
    >>> postcode("60612-1234"), postcode("sw1a 1aa"), postcode("D-10115"), postcode("99999")
    ('60612', 'sw1a1aa', '10115', None)
    """
    if is_placeholder(value):
        return None
    text = "".join(words(_COUNTRY_BEFORE.sub("", re.sub(r"\.0$", "", folded(value)))))
    if re.fullmatch(r"[0-9]{9}", text):
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


def standardised_towns(values: pa.StringArray) -> pa.StringArray:
    """Return ``town`` of each value."""
    return each_text(values, town)


def standardised_postcodes(values: pa.StringArray) -> pa.StringArray:
    """Return ``postcode`` of each value."""
    is_filler = pc.match_substring_regex(values, _ONE_DIGIT)
    is_plain = pc.and_(pc.match_substring_regex(values, _PLAIN_POSTCODE), pc.invert(is_filler))
    bare = pc.replace_substring_regex(pc.ascii_lower(values), "[ -]", "")
    return with_unusual(values, pc.replace_substring_regex(bare, "^([0-9]{5})[0-9]{4}$", r"\1"), is_plain, postcode)


_PLAIN_POSTCODE = (
    "^(?:[0-9]{3,5}(?:[ -]?[0-9]{2,4})?"
    "|[A-Za-z]{1,2}[0-9][A-Za-z0-9]?[ -]?[0-9][A-Za-z]{2}"
    "|[A-Za-z][0-9][A-Za-z] ?[0-9][A-Za-z][0-9])$"
)
_ONE_DIGIT = f"^(?:{'|'.join(f'{digit}[ {digit}-]*' for digit in range(10))})$"
