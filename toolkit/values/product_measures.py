"""Sizes and numbers in the title of a thing, each in one unit: "0.75 l", "75cl" and "750 ml" are one volume.

A measure is written ``dimension:number``. What has no unit is a number (an edition, a generation, a part of a series).
"""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache, partial

import pyarrow as pa

from toolkit.values.cells import each_text
from toolkit.values.product_code import without_model_numbers
from toolkit.values.text import folded, word_set

_UNITS: dict[str, dict[str, float]] = {
    "volume": {"ml": 1, "cl": 10, "dl": 100, "l liter liters litre litres ltr lt": 1000, "floz": 29.5735, "cc": 1,
               "gal gallon gallons": 3785.41, "qt quart": 946.353, "pint pints": 473.176, "cuft": 28_316.8},
    "mass": {"mg": 0.001, "g gr gram grams gramm": 1, "kg kilo kilos": 1000, "lb lbs pound pounds": 453.592,
             "oz ounce ounces": 28.3495},
    "length": {"mm": 1, "cm": 10, "dm": 100, "m meter meters metre metres mtr": 1000, "in inch inches zoll pouces": 25.4,
               "ft feet foot": 304.8, "yd yard yards": 914.4},
    "power": {"w watt watts": 1, "kw": 1000, "hp": 745.7},
    "voltage": {"v volt volts": 1, "kv": 1000},
    "current": {"a amp amps": 1},
    "charge": {"mah": 1, "ah": 1000},
    "data": {"kb": 0.001, "mb": 1, "gb": 1000, "tb": 1_000_000},
    "speed": {"mbps": 1, "gbps": 1000},
    "frequency": {"hz": 0.001, "khz": 1, "mhz": 1000, "ghz": 1_000_000},
    "pixels": {"mp megapixel megapixels": 1},
    "lines": {"p i": 1},
    "resolution": {"dpi": 1},
    "times": {"x": 1},
    "share": {"percent": 1},
}  # fmt: skip
_DIMENSION = {
    unit: (name, factor) for name, own in _UNITS.items() for units, factor in own.items() for unit in units.split()
}
_TIGHT = word_set("p i a x")
"""Units that are words too, and must touch their number."""
COUNTED = frozenset({"volume", "mass"})
"""Dimensions of which several are sold together: "2 x 500 ml"."""
CONVERTED = frozenset({"volume", "mass", "length"})
"""Dimensions that are told in units of two systems, so that the same size is never quite the same number."""

_NUMBER = r"\d+(?:[.,]\d+)*(?:[ -]\d{1,2}/\d{1,2}(?!\d))?|\d{1,2}/\d{1,2}(?!\d)"
_NAMED = "|".join(sorted(_DIMENSION, key=len, reverse=True))
_UNIT = rf"(?:{_NAMED})(?![a-z0-9])"
_START = r"(?<![a-z0-9.,/])"
_CROSS = re.compile(
    rf"{_START}(?P<a>{_NUMBER})[ -]?(?P<u>{_UNIT})? ?x ?(?P<b>{_NUMBER})[ -]?(?P<v>{_UNIT})?"
    rf"(?: ?x ?(?P<c>{_NUMBER})[ -]?(?P<w>{_UNIT})?)?(?![a-z0-9])"
)
_THREAD = re.compile(rf"{_START}m(?P<a>\d{{1,2}}(?:[.,]\d)?)(?: ?x ?(?P<b>{_NUMBER}) ?(?:mm)?)?(?![a-z0-9])")
_PACKED = r"pack|packs|box|set|case|bag|lot|carton|bundle|packet|paquete|pak|packung|confezione|boite|caja|schachtel|pk"
_PIECES = (
    "packs?|pk|pcs?|pieces?|count|ct|stk|stuck|stueck|units?|unidades|uds?|pezzi|pz|bottles?|flaschen?|bouteilles?|cans?"
    "|dosen|tablets?|capsules?|rolls?|pairs?|set"
)
_PACK = re.compile(
    rf"(?<![a-z])(?:{_PACKED})[ -](?:of|de|di|da|mit|von|a)? ?(?P<a>\d{{1,4}})(?![a-z0-9.,])"
    rf"|{_START}(?P<b>\d{{1,4}})[ -]?(?:er)?[ -]?(?:{_PIECES})(?![a-z0-9])|(?<![a-z0-9])x ?(?P<c>\d{{1,3}})(?![a-z0-9.])"
)
_MEASURE = re.compile(rf"{_START}(?P<a>{_NUMBER})(?P<gap>[ -]?)(?P<u>{_UNIT})")
_SIZE = re.compile(
    r"(?<![a-z0-9])(?:size|sz|eu|eur|uk|us|gr|grosse|groesse|taille|talla|taglia|maat)[ .:-]{0,2}"
    r"(?P<a>\d{1,3}(?:[.,]\d)?|x{0,3}[sml]|[2-6]xl)(?![a-z0-9])"
    r"|(?<![a-z0-9'])(?P<b>x{1,3}[sl]|[2-6]xl)(?![a-z0-9])|(?:^|(?<=[ ,/(-]))(?P<c>[sml])\)?$"
)
_YEAR = re.compile(r"(?<![a-z0-9.,/-])(?:19|20)\d\d(?![a-z0-9/-]|[.,]\d)")
_BARE = re.compile(r"(?<![a-z0-9.,/-])\d{1,4}(?:[.,]\d{1,2})?(?![a-z0-9/-]|[.,]\d)")
_ROMAN = re.compile(r"(?<![a-z0-9-])(?:ii|iii|iv|vi|vii|viii|ix)(?![a-z0-9])")
_ROMANS = {name: str(number) for number, name in enumerate(("-", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"))}
_PHRASES = (
    (re.compile(r"cu(?:bic)?\.? ?(?:ft|feet|foot)\b\.?"), "cuft"),
    (re.compile(r"fl(?:uid)?\.? ?(?:oz|ounces?)\b\.?"), "floz"),
    (re.compile(r"(?<=\d) ?(?:\"|''|″)"), "inch "),
    (re.compile(r"(?<=\d) ?%"), "percent "),
    # "2 in 1" is no length.
    (re.compile(r"(?<=\d)[ -]in[ -](?=\d|one\b)"), "-and-"),
    (re.compile(r"\b(?:a )?dozen\b|\bdutzend\b"), "pack of 12"),
    (re.compile(r"\btwin[ -]?pack\b"), "pack of 2"),
    (re.compile(r"\b802\.11[a-z]*"), " "),
    # The gauge of a screw, "#8 x 1-1/4 in", is no length.
    (re.compile(r"(?:#|\bno\.? ?)(?=\d{1,2} ?x)(\d{1,2}) ?x"), r"\1 ; "),
)
_SPEAKS = re.compile(r"\d|\b(?:ii|iii|iv|vi{1,3}|ix|dozen|dutzend|twin|x{1,3}[sl])\b|(?:^|[ ,/(-])[sml]\)?$")
"""What every measure has one of; most titles without have none."""
_MOST = 12
_KEPT = 50_000
"""Titles whose reading is kept: their measures and their other words are asked for one after the other."""


def _plain(text: str) -> str:
    for found, written in _PHRASES:
        text = found.sub(written, text)
    return text


def _value(written: str) -> float:
    """Return the number that digits with commas, points and fractions stand for.

    A comma before just three digits parts thousands, unless nothing but a zero stands before it.
    """
    whole, _, fraction = re.sub(r"[ -](?=\d+/)", "+", written).rpartition("+")
    if "/" in fraction:
        above, below = fraction.split("/")
        part = int(above) / int(below) if int(below) else 0.0
        return part + (_value(whole) if whole else 0.0)
    grouped = re.fullmatch(r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?", written)
    parts = (written.replace(",", "") if grouped else written.replace(",", ".")).split(".")
    return float("".join(parts)) if len(parts) > 2 else float(".".join(parts))


def _measured(number: str, unit: str) -> tuple[str, float]:
    dimension, factor = _DIMENSION[unit]
    return dimension, _value(number) * factor


def _written(dimension: str, value: float) -> str:
    return f"{dimension}:{value:.6g}"


def _cross(found: re.Match[str]) -> Iterator[str]:
    numbers = [(found[number], found[unit]) for number, unit in (("a", "u"), ("b", "v"), ("c", "w")) if found[number]]
    units = [unit for _, unit in numbers if unit]
    if len(numbers) == 2 and len(units) == 1 and _DIMENSION[units[0]][0] != "length":
        (count, _), (number, unit) = sorted(numbers, key=lambda one: one[1] is not None)
        dimension, value = _measured(number, unit)
        yield _written(dimension, value)
        if dimension in COUNTED:
            yield _written("pack", _value(count))
            yield _written(f"all-{dimension}", value * _value(count))
        return
    # Three lengths with one unit behind the last are all in it.
    factor = _DIMENSION[units[-1]][1] if units and _DIMENSION[units[-1]][0] == "length" else 1.0
    sides = sorted(_value(number) * (_DIMENSION[unit][1] if unit else factor) for number, unit in numbers)
    yield "sides:" + "x".join(f"{side:.6g}" for side in sides)


def _thread(found: re.Match[str]) -> Iterator[str]:
    yield _written("thread", _value(found["a"]))
    if found["b"]:
        yield _written("length", _value(found["b"]))


def _pack(found: re.Match[str]) -> Iterator[str]:
    count = int(found["a"] or found["b"] or found["c"])
    if count > 1:
        yield _written("pack", count)


def _measure(found: re.Match[str]) -> Iterator[str]:
    yield _written(*_measured(found["a"], found["u"]))


def _size(found: re.Match[str]) -> Iterator[str]:
    size = (found["a"] or found["b"] or found["c"]).replace(",", ".")
    # "EU 42" here is a bare 42 there.
    yield _written("number", float(size)) if size[0].isdigit() and size[-1] != "l" else f"size:{size}"


def _year(found: re.Match[str]) -> Iterator[str]:
    yield f"year:{found[0]}"


def _bare(found: re.Match[str]) -> Iterator[str]:
    yield _written("number", _value(found[0]))


def _roman(found: re.Match[str]) -> Iterator[str]:
    yield f"number:{_ROMANS[found[0]]}"


_READERS = (
    (_CROSS, _cross), (_THREAD, _thread), (_PACK, _pack), (_MEASURE, _measure), (_SIZE, _size), (_YEAR, _year),
    (_BARE, _bare), (_ROMAN, _roman),
)  # fmt: skip


def read(title: str) -> tuple[tuple[str, ...], str]:
    """Return the measures of a title, and its text without them.

    Examples
    --------
    >>> read('Water, still, 6 x 0.5 l')
    (('volume:500', 'pack:6', 'all-volume:3000'), 'water, still,  ')
    """
    plain = folded(title)
    if not _SPEAKS.search(plain):
        return (), plain
    text, found = _plain(plain), dict[str, None]()
    for pattern, reader in _READERS:
        text = pattern.sub(partial(_taken, reader=reader, found=found), text)
    return tuple(found)[:_MOST], text


def _taken(match: re.Match[str], *, reader: Callable[[re.Match[str]], Iterator[str]], found: dict[str, None]) -> str:
    """Return what stays of a measure in its title, and note what it says."""
    if "gap" in match.re.groupindex and match["gap"] and match["u"] in _TIGHT:
        return match[0]
    found.update(dict.fromkeys(reader(match)))
    return " "


@lru_cache(maxsize=_KEPT)
def read_without_codes(title: str) -> tuple[tuple[str, ...], str]:
    """Return ``read`` of a title without its model numbers, whose digits measure nothing.

    Examples
    --------
    >>> read_without_codes("Kettle KX-100, 1 l")
    (('volume:1000',), 'kettle  ,  ')
    """
    return read(without_model_numbers(title))


def measures(title: str) -> tuple[str, ...]:
    """Return the sizes, numbers and counts of a title, each as ``dimension:number`` in one unit.

    Examples
    --------
    >>> measures("Riesling 0,75l 2019"), measures('LCD TV 32" 1080p'), measures("Hex bolt M6 x 30")
    (('volume:750', 'year:2019'), ('length:812.8', 'lines:1080'), ('thread:6', 'length:30'))
    >>> measures("Shoe, black, size 42"), measures("Screws 4.0x40 mm, box of 200"), measures("Laws, Part II")
    (('number:42',), ('sides:4x40', 'pack:200'), ('number:2',))
    """
    return read_without_codes(title)[0]


def standardised(titles: pa.StringArray) -> pa.StringArray:
    """Return the ``measures`` of each title with blanks between; null where there is none.

    Examples
    --------
    >>> standardised(pa.array(["Oil 1 l", "Red kettle", None])).to_pylist()
    ['volume:1000', None, None]
    """
    return each_text(titles, lambda title: " ".join(measures(title)) or None)
