"""Model numbers in the midst of a product's title: "DMC-FX07" in "Panasonic Lumix DMC-FX07 7.2MP Camera".

A model number is a word of letters and digits that is no measure ("500GB", "10x42", "3rd"), or a long number.
"""

import re

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.values.cells import of_distinct, with_unusual
from toolkit.values.text import folded

_WORD = re.compile(r"[a-z0-9]+(?:[-/.][a-z0-9]+)*")
_UNITS = """
    gb mb tb kb ghz mhz khz hz inch inches in ft foot feet mm cm m km w kw watt watts v volt volts a amp amps ah
    mah wh mp megapixel megapixels x p i k lb lbs oz kg g mg ml l liter litre pack pk pc pcs piece pieces ct count
    way port ports st nd rd th s d dpi rpm btu cu sq series year years yr yrs hr hrs hour hours min sec bit ch
    channel channels disc discs t f c b db fps user users pin pt mbps gbps
"""
_MEASURE = re.compile(
    rf"\d+(?:[./-]\d+)*-?(?:{'|'.join(_UNITS.split())})"
    r"|(?:\d+(?:\.\d+)?x)+\d+(?:\.\d+)?[a-z]{0,4}|[vx]\d{1,2}(?:\.\d+)*|mp[34]|usb[23]\.\d|cat\d[a-z]?|h26[45]|(?:19|20)\d\d[a-z]?"
)
_NOT_CODE = re.compile("[^a-z0-9]")
_DIGIT = re.compile("[0-9]")
_FEWEST_SIGNS, _FEWEST_DIGITS = 4, 5
_MOST_NUMBERS = 8


def model_numbers(title: str) -> tuple[str, ...]:
    """Return the model numbers that stand in a title, without their separators.

    Examples
    --------
    >>> model_numbers("Panasonic Lumix DMC-FX07 7.2MP 3.6x Camera (Black) 2006"), model_numbers("Kettle 1.7l, 12345")
    (('dmcfx07',), ('12345',))
    """
    found: dict[str, None] = {}
    for word in _WORD.findall(folded(title)):
        code = _NOT_CODE.sub("", word)
        fewest = _FEWEST_DIGITS if code.isdigit() else _FEWEST_SIGNS
        if len(code) >= fewest and _DIGIT.search(code) and not _MEASURE.fullmatch(word):
            found[code] = None
    return tuple(found)[:_MOST_NUMBERS]


def standardised(titles: pa.StringArray) -> pa.StringArray:
    """Return the ``model_numbers`` of each title with blanks between; null where there is none.

    Examples
    --------
    >>> standardised(pa.array(["Canon PIXMA MG-5320 printer", "Red kettle", None])).to_pylist()
    ['mg5320', None, None]
    """
    return of_distinct(titles, _standardised)


def _standardised(titles: pa.StringArray) -> pa.StringArray:
    has_none = pc.and_(pc.string_is_ascii(titles), pc.invert(pc.match_substring_regex(titles, _DIGIT.pattern)))
    return with_unusual(
        titles, pa.nulls(len(titles), pa.string()), has_none, lambda title: " ".join(model_numbers(title)) or None
    )
