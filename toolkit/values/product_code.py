"""Model numbers in the midst of a product's title: "DMC-FX07" in "Panasonic Lumix DMC-FX07 7.2MP Camera".

A model number is a word of letters and digits that is no measure ("500GB", "10x42", "3rd"), or a long number.
"""

import re

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.values.cells import of_distinct, with_unusual
from toolkit.values.text import folded, word_set

_WORD = re.compile(r"[a-z0-9]+(?:[-/.][a-z0-9]+)*")
_UNITS = """
    gb mb tb kb ghz mhz khz hz inch inches in ft foot feet zoll yd mm cm dm m km hp w kw watt watts v volt
    volts a amp amps ah mah wh mp megapixel megapixels x p i k lb lbs oz kg g mg ml cl dl l ltr liter litre
    gal qt floz gr pack er pk pc pcs stk piece pieces ct count way port ports st nd rd th s d dpi rpm btu cu
    sq series year years yr yrs hr hrs hour hours min sec bit ch channel channels disc discs t f c b db fps
    user users pin pt mbps gbps
"""
_MEASURE = re.compile(
    rf"\d+(?:[./-]\d+)*-?(?:{'|'.join(_UNITS.split())})"
    r"|(?:\d+(?:\.\d+)?x)+\d+(?:\.\d+)?[a-z]{0,4}|[vx]\d{1,2}(?:\.\d+)*|mp[34]|usb[23]\.\d|cat\d[a-z]?|h26[45]|802\.11[a-z]*|m\d{1,2}x\d{1,3}(?:mm)?|(?:eu|uk|us)\d{1,2}|(?:19|20)\d\d[a-z]?"
)
_NOT_CODE = re.compile("[^a-z0-9]")
_DIGIT = re.compile("[0-9]")
_PARTS = re.compile(r"[a-z0-9]+(?:[.,][0-9]+)*")
_UNIT_WORDS = word_set(_UNITS)
_MAY_BE_CODE = re.compile(r"\d{3,}(?:wh|[bcdfikpst])")
"""Behind letters these are rather the end of a code ("EOS 500D") than a measure."""
_NEVER_LEADS = word_set(
    "of in for with and the to up x by no nr size part pack set box vol eu uk us de le la du mit von fur per pro max"
)
_MAY_FOLLOW = re.compile(r"\d{3,5}[a-z]{0,3}|[a-z]\d{2,5}[a-z]{0,3}")
"""Two digits alone are rather a size, or a generation."""
_LONGEST_LEAD = 4
_LEAD = re.compile(
    rf"(?<![a-z0-9])([a-z]{{1,{_LONGEST_LEAD}}}) ({_MAY_FOLLOW.pattern})(?![a-z0-9.,])"
    rf"(?![ -]?(?:{'|'.join(_UNITS.split())})(?![a-z0-9]))"
)
_FEWEST_SIGNS, _FEWEST_DIGITS = 4, 5
_MOST_NUMBERS = 8

MAYBE = "+"
"""Stands before what is a model number only if the other side has it too."""


def model_numbers(title: str) -> tuple[str, ...]:
    """Return the model numbers that stand in a title, without their separators.

    Examples
    --------
    >>> model_numbers("Panasonic Lumix DMC-FX07 7.2MP 3.6x Camera (Black) 2006"), model_numbers("Kettle 1.7l, 12345")
    (('dmcfx07',), ('12345',))
    """
    found = dict.fromkeys(code for word in _WORD.findall(folded(title)) if (code := _code(word)))
    return tuple(found)[:_MOST_NUMBERS]


def without_model_numbers(title: str) -> str:
    """Return a title, folded, without its model numbers and without what may be one with a short word before it.

    Examples
    --------
    >>> without_model_numbers("Canon PIXMA MG-5320 printer")
    'canon pixma   printer'
    """
    rest = _WORD.sub(lambda found: " " if _code(found[0]) else found[0], folded(title))
    return _LEAD.sub(lambda found: " " if _may_lead(found[1]) and not _is_measure(found[2]) else found[0], rest)


def _code(word: str) -> str | None:
    """Return a word without its separators if it is a model number."""
    code = _NOT_CODE.sub("", word)
    fewest = _FEWEST_DIGITS if code.isdigit() else _FEWEST_SIGNS
    is_code = len(code) >= fewest and _DIGIT.search(code) and not _MEASURE.fullmatch(word)
    return code if is_code else None


def split_numbers(title: str) -> tuple[str, ...]:
    """Return what would be model numbers of a title had they been written together: "KX 100" may be the KX-100.

    A word of up to four letters, or two such, and a number behind; no title by itself tells whether they belong together.

    Examples
    --------
    >>> split_numbers("Sony DSC W 120 Camera"), split_numbers("Lens for 50 mm")
    (('w120', 'dscw120'), ())
    """
    parts = _PARTS.findall(folded(title))
    found: dict[str, None] = {}
    for place in range(1, len(parts)):
        word, code = parts[place - 1], parts[place]
        behind = parts[place + 1] if place + 1 < len(parts) else ""
        if not (_may_lead(word) and _MAY_FOLLOW.fullmatch(code)) or _is_measure(code) or behind in _UNIT_WORDS:
            continue
        joined = [word + code]
        if place > 1 and _may_lead(parts[place - 2]):
            joined.append(parts[place - 2] + word + code)
        found.update(dict.fromkeys(one for one in joined if len(one) >= _FEWEST_SIGNS))
    return tuple(found)[:_MOST_NUMBERS]


def _is_measure(code: str) -> bool:
    return _MEASURE.fullmatch(code) is not None and not _MAY_BE_CODE.fullmatch(code)


def _may_lead(word: str) -> bool:
    return len(word) <= _LONGEST_LEAD and word.isalpha() and word not in _NEVER_LEADS


def standardised(titles: pa.StringArray) -> pa.StringArray:
    """Return the ``model_numbers`` of each title with blanks between, then its ``split_numbers``, each with a + in front.

    Null where there is neither.

    Examples
    --------
    >>> standardised(pa.array(["Canon PIXMA MG-5320 printer", "Canon MG 5320", "Red kettle", None])).to_pylist()
    ['mg5320', '+mg5320', None, None]
    """
    return of_distinct(titles, _standardised)


def written_codes(title: str) -> str | None:
    """Return ``standardised`` of one title.

    Examples
    --------
    >>> written_codes("Canon MG 5320")
    '+mg5320'
    """
    sure = model_numbers(title)
    return " ".join((*sure, *(f"{MAYBE}{one}" for one in split_numbers(title) if one not in sure))) or None


def _standardised(titles: pa.StringArray) -> pa.StringArray:
    has_none = pc.and_(pc.string_is_ascii(titles), pc.invert(pc.match_substring_regex(titles, _DIGIT.pattern)))
    return with_unusual(titles, pa.nulls(len(titles), pa.string()), has_none, written_codes)
