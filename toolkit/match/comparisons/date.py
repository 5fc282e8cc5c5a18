"""Date, such as a date of birth: swapped day and month, one wrong digit and less than a year apart have own levels."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.match.comparison import Columns, Comparison, Ints, Keys, Levels, joined_keys, keys_where
from toolkit.match.hashing import Hashes, tagged, text_hashes
from toolkit.match.texts.short_codes import Packed, is_sign_slip, packed_signs
from toolkit.values import date

LEVELS = (
    "a generation or more apart",
    "different dates",
    "less than a year apart",
    "one part differs",
    "one digit wrong, two changed places, or a century apart",
    "day and month swapped",
    "same date",
)
_GENERATION, _DIFFERENT, _YEAR, _TWO_PARTS, _SLIP, _SWAPPED, _SAME = range(1, 8)
_WHOLE = 8
_MONTHS = 12
_YOUNGEST_PARENT = 14
"""Years from which on two dates of birth may be those of parent and child."""


class Dates(NamedTuple):
    """Distinct dates: their digits as one number, their parts as numbers (-1: not told), and a hash of the digits."""

    digits: Packed
    year: Ints
    month: Ints
    day: Ints
    is_whole: npt.NDArray[np.bool_]
    hashes: Hashes


def standardised(columns: Columns) -> pa.StringArray:
    """Return the digits of each date, year first."""
    return date.day_digits(columns["date"])


def prepared(values: pa.StringArray, word_counts: object = None) -> Dates:  # noqa: ARG001 - no words in a date
    """Return distinct dates for grading."""
    sizes = np.asarray(pc.utf8_length(values), dtype=np.int64)
    numbers = np.asarray(pc.utf8_rpad(values, _WHOLE, "0").cast(pa.int64()), dtype=np.int64)
    return Dates(
        packed_signs(values),
        np.where(sizes >= 4, numbers // 10_000, -1),
        np.where(sizes >= 6, numbers // 100 % 100, -1),
        np.where(sizes == _WHOLE, numbers % 100, -1),
        sizes == _WHOLE,
        text_hashes(values),
    )


def graded(values: Dates, left: Ints, right: Ints) -> Levels:
    """Return the level of each pair of dates.

    Parameters
    ----------
    values
        What ``prepared`` made of the distinct values.
    left, right
        Positions of the two values of each pair.
    """

    def agree(part: Ints) -> npt.NDArray[np.bool_]:
        return np.asarray((part[left] == part[right]) & (part[left] >= 0))

    same_year, same_month, same_day = agree(values.year), agree(values.month), agree(values.day)
    both_whole = values.is_whole[left] & values.is_whole[right]
    parts = same_year.astype(np.uint8) + same_month + same_day
    crossed = (values.month[left] == values.day[right]) & (values.day[left] == values.month[right])
    century = (values.year[left] % 100 == values.year[right] % 100) & same_month & same_day
    apart = np.abs((values.year[left] - values.year[right]) * 12 + values.month[left] - values.month[right])
    result = np.where(same_year | (both_whole & (apart <= _MONTHS)), _YEAR, _DIFFERENT).astype(np.uint8)
    is_slip = is_sign_slip(values.digits[left], values.digits[right]) & both_whole
    # Father and son are born on one day of the year now and then, and a decade is one digit: a year that is a generation
    # away is no slip, but it is not as far from one as any other date.
    is_generation = np.abs(values.year[left] - values.year[right]) >= _YOUNGEST_PARENT
    result[is_generation & (parts < 2) & ~is_slip] = _GENERATION
    # A date without day tells year and month, which is two parts as well.
    result[(parts == 2) & (both_whole | same_year) & ~is_generation] = _TWO_PARTS
    result[is_slip & ~is_generation] = _SLIP
    result[century & both_whole] = _SLIP
    result[same_year & crossed & both_whole] = _SWAPPED
    result[values.digits[left] == values.digits[right]] = _SAME
    return result


def narrow(values: Dates) -> Keys:
    """Return the date."""
    return keys_where(tagged("date", values.hashes), np.ones(len(values.hashes), dtype=bool))


def broad(values: Dates) -> Keys:
    """Return any two of year, month and day: one of the three is left by an error in one part."""
    year, month, day = (part.astype(np.uint64) for part in (values.year, values.month, values.day))
    return joined_keys(
        keys_where(tagged("year and month", year, month), values.is_whole),
        keys_where(tagged("year and day", year, day), values.is_whole),
        keys_where(tagged("month and day", month, day), values.is_whole),
    )


COMPARISON = Comparison(
    name="date",
    reads=("date",),
    facet="birth",
    levels=LEVELS,
    m=(0.003, 0.017, 0.015, 0.03, 0.07, 0.015, 0.85),
    by_place=(0.3, 0.566, 0.08, 0.02, 0.003, 0.001, 0.03),
    by_name=(0.5, 0.445, 0.04, 0.01, 0.002, 0.001, 0.002),
    u=(0.55, 0.4136, 0.03, 0.005, 0.001, 0.0001, 0.0003),
    standardised=standardised,
    prepared=prepared,
    graded=graded,
    narrow=narrow,
    broad=broad,
    is_per_column=True,
)
