"""Which of point and comma is the decimal sign: what the numbers of one column tell.

A number tells it by a last part that is not three digits long, by a lone zero before it, or by using both signs; "1.234"
leaves it open. ``locale.py`` decides over all columns of a file.

Source: the styles of real exports; Unicode CLDR 48, ``decimal`` of each country's main language, for the countries.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.values.cell_bytes import digit_shapes

DecimalSign = Literal[".", ","]

_COMMA_COUNTRIES = """
AL AR AT AZ BA BE BG BO BR BY CL CM CO CR CY CZ DE DK DZ EC EE ES FI FO FR GE GL GR HR HU ID IS IT KZ LT LU LV MA MD ME
MK NL NO PL PT PY RO RS RU SE SI SK TN TR UA UY UZ VE VN
"""
COMMA_COUNTRIES = frozenset(_COMMA_COUNTRIES.split())
"""Countries where people write a decimal comma."""

_POINT = r"\."
_DRESSED = r"[^\d.,]"
_MARKED = r"\d[.,]\d|^\D*[.,]\d|\d[.,]\s*[-\x{2013}\x{2014}]"


@dataclass(frozen=True, slots=True)
class DecimalEvidence:
    """How many distinct values of a column tell each sign, and how many leave it open.

    ``open_point`` and ``open_comma`` are values such as "1.234" and "1,234", counted where nothing else tells.
    ``is_program`` is true where points stand as a program writes them: none ends with a zero.
    """

    point: int
    comma: int
    open_point: int
    open_comma: int
    is_program: bool

    @property
    def sign(self) -> DecimalSign | None:
        """The sign that most values tell; null where none does or both do equally."""
        if self.point == self.comma:
            return None
        return "." if self.point > self.comma else ","

    @property
    def is_open(self) -> bool:
        """Whether a value can be read both ways."""
        return self.open_point + self.open_comma > 0


def decimal_evidence(distinct: pa.Array, *, shapes: pa.DictionaryArray | None = None) -> DecimalEvidence:
    """Return what the distinct values of a column tell about its decimal sign; ``shapes`` where theirs are known already.

    Examples
    --------
    >>> decimal_evidence(pa.array(["1.234,56", "7.000"]))
    DecimalEvidence(point=0, comma=1, open_point=0, open_comma=0, is_program=False)
    """
    shapes = digit_shapes(distinct) if shapes is None else shapes
    # One of each shape, weighed by how many distinct values have it: no pattern below asks which digit it is, but for 0.
    counts = np.bincount(shapes.indices.drop_null().to_numpy(), minlength=len(shapes.dictionary))
    is_marked = pc.match_substring_regex(shapes.dictionary, _MARKED)
    marked = shapes.dictionary.filter(is_marked)
    counts = counts[is_marked.to_numpy(zero_copy_only=False)]
    if pc.any(pc.match_substring_regex(marked, _DRESSED)).as_py():
        # The point of an abbreviation ("Rs. 10") and the power of ten are no part of the digits; "10,--" has a decimal part.
        marked = pc.replace_substring_regex(marked, r"[A-Za-z\x{c0}-\x{10ffff}]+\.|[eE][+-]?\d+$", "")
        marked = pc.replace_substring_regex(marked, r"([.,])\s*[-\x{2013}\x{2014}]+", r"\1000")
        marked = pc.replace_substring_regex(marked, r"[^\d.,]", "")
    numbers = marked

    def votes(pattern: str) -> int:
        return int(counts[pc.match_substring_regex(numbers, pattern).to_numpy(zero_copy_only=False)].sum())

    # A last part that is not three digits long, a part before it of more than three digits or a lone zero, or a sign
    # that occurs once after the other one: that sign is the decimal one. A sign that repeats is the other one.
    decimal = r"^(?:0|\d{{4,}})?{0}\d+$|{0}(?:\d{{1,2}}|\d{{4,}})$|{1}\d+{0}\d+$"
    repeated = r"^\d+{0}\d{{2,3}}(?:{0}\d{{2,3}})*{0}\d{{3}}$"
    point = votes(f"{decimal.format(_POINT, ',')}|{repeated.format(',')}")
    comma = votes(f"{decimal.format(',', _POINT)}|{repeated.format(_POINT)}")
    is_told = point != comma
    return DecimalEvidence(
        point,
        comma,
        0 if is_told else votes(r"^[1-9]\d{0,2}\.\d{3}$"),
        0 if is_told else votes(r"^[1-9]\d{0,2},\d{3}$"),
        votes(r"\.\d*0$") == 0,
    )


def usual_sign(country: str | None) -> DecimalSign:
    """Return the decimal sign that people of a country write; a point where no country is known.

    Examples
    --------
    >>> usual_sign("DE"), usual_sign("GB"), usual_sign(None)
    (',', '.', '.')
    """
    return "," if country in COMMA_COUNTRIES else "."
