"""In which order day, month and a year of two digits stand: what the dates of one column tell.

A part above 12 is no month and one above 31 no day. Dots stand between day, month and year, the day first ("01.09.2026").
Of two-digit years the part is the year that barely changes while the other runs through the month, or whose years the
whole dates of the file have. ``locale.py`` decides over all columns of a file.

Source: the styles of real exports; Unicode CLDR 48, short date patterns: every pattern with points has the day first.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.values.cell_bytes import digit_shapes, shapes_fit

DayOrder = Literal["dmy", "mdy", "ymd"]
Ints = np.ndarray[tuple[int, ...], np.dtype[np.int64]]

MONTH_FIRST_COUNTRIES = frozenset({"US", "PH", "PW", "FM", "MH", "PR", "GU", "VI"})
"""Countries where people write the month first."""

# Both orders are in common use there: the country settles nothing.
_UNSETTLED_COUNTRIES = frozenset({"CA"})
_BEGINNING = r"^(?:[A-Za-z\x{c0}-\x{10ffff}][^\d]{0,20}\s)?\d{1,2}[-/. ] ?\d{1,2}[-/. ]"
_NUMERIC = (
    r"^(?:[A-Za-z\x{c0}-\x{10ffff}][^\d]{0,20}\s)?(?P<a>\d{1,2})(?P<s>[-/. ]) ?(?P<b>\d{1,2})[-/. ] ?(?P<c>\d{4}|\d{2})"
    r"(?:[ ,T]+\d{1,2}[:.]\d{2}.*)?\.?$"
)
_YEAR_FIRST = r"^(?P<y>(?:19|20)\d{2})[-/.]\d"
# 19 and 20 as ``digit_shapes`` has them.
_SHAPE_OF_YEAR = r"^1[01]\d\d[-/.]\d"
MAY_BE_DATE = rf"{_BEGINNING}|{_YEAR_FIRST}"
"""What every value matches that tells anything about days and months."""
# Business records are of these years; a part outside is rather a day.
_USUAL_YEARS = range(10, 41)


@dataclass(frozen=True, slots=True)
class OrderEvidence:
    """How many distinct dates of a column tell each order of day and month.

    ``count`` dates are written in numbers with the year last (or with two digits in any place); ``dotted`` have dots
    between the parts; ``is_open`` says that some read differently by day or month first. ``years`` are the last two
    digits of whole years. ``year_first`` is true where two-digit years come first, false where they come last, null
    where there are none or nothing tells; ``is_plausible`` where the dates exist in one order or the other.
    """

    count: int
    day_first: int
    month_first: int
    dotted: int
    is_open: bool
    is_plausible: bool
    year_first: bool | None
    years: frozenset[int]

    @property
    def order(self) -> DayOrder | None:
        """The order that the values prove, or that dots show; null where nothing does."""
        if self.year_first:
            return "ymd"
        if self.day_first != self.month_first:
            return "dmy" if self.day_first > self.month_first else "mdy"
        return "dmy" if self.dotted and not self.day_first else None

    @property
    def has_both(self) -> bool:
        """Whether some dates prove that the day comes first, and others that the month does."""
        return bool(self.day_first and self.month_first)

    @property
    def is_torn(self) -> bool:
        """Whether both orders are proven so often that the rarer one is no slip of the pen."""
        return self.has_both and 10 * min(self.day_first, self.month_first) >= self.day_first + self.month_first


def order_evidence(
    distinct: pa.Array, *, years: Collection[int] = (), shapes: pa.DictionaryArray | None = None
) -> OrderEvidence:
    """Return what the distinct values of a column tell about the order of day, month and year.

    Parameters
    ----------
    distinct
        Text cells.
    years
        Years of the file's whole dates (two digits), which tell a year of two digits from a day.
    shapes
        Those of the cells (`digit_shapes`), where they are known.

    Examples
    --------
    >>> order_evidence(pa.array(["26-01-05", "26-01-17", "26-02-28", "25-12-31"])).order
    'ymd'
    """
    shapes = digit_shapes(distinct) if shapes is None else shapes
    is_numeric = pc.fill_null(shapes_fit(shapes, _BEGINNING), False)
    found = pc.drop_null(pc.extract_regex(distinct.filter(is_numeric), _NUMERIC))
    may_be_year = distinct.filter(pc.fill_null(shapes_fit(shapes, _SHAPE_OF_YEAR), False))
    beginnings = pc.unique(pc.utf8_slice_codeunits(may_be_year, 0, 6))
    whole = pc.drop_null(pc.extract_regex(beginnings, _YEAR_FIRST))
    seen = set(np.unique(_ints(whole, "y") % 100).tolist())
    if not len(found):
        return OrderEvidence(0, 0, 0, 0, False, False, None, frozenset(seen))
    first, second, last = (_ints(found, name) for name in "abc")
    dotted = int(pc.sum(pc.equal(found.field("s"), ".")).as_py() or 0)
    is_short = pc.equal(pc.utf8_length(found.field("c")), 2).to_numpy(zero_copy_only=False)
    seen |= set(np.unique(last[~is_short] % 100).tolist())
    year_first = _is_year_first(first[is_short], second[is_short], last[is_short], frozenset(years) | seen, dotted)
    count, is_open = len(first), False
    if year_first or (year_first is None and is_short.any()):
        # Where the year may stand in front, these dates tell nothing about day and month.
        is_open = not year_first
        first, second = first[~is_short], second[~is_short]
    is_day_month = (first <= 31) & (second <= 12) & (first > 0) & (second > 0)
    is_month_day = (first <= 12) & (second <= 31) & (first > 0) & (second > 0)
    return OrderEvidence(
        count,
        int((is_day_month & ~is_month_day).sum()),
        int((is_month_day & ~is_day_month).sum()),
        dotted,
        is_open or bool((is_day_month & is_month_day & (first != second)).any()),
        not len(first) or float((is_day_month | is_month_day).mean()) >= 0.8,
        year_first,
        frozenset(seen),
    )


def order_examples(distinct: pa.Array) -> tuple[str, str]:
    """Return a date that proves the day first and one that proves the month first; empty where there is none.

    Examples
    --------
    >>> order_examples(pa.array(["02/03/2026", "24/02/2026", "02/17/2026"]))
    ('24/02/2026', '02/17/2026')
    """
    numeric = distinct.filter(pc.fill_null(pc.match_substring_regex(distinct, _NUMERIC), False))
    found = pc.extract_regex(numeric, _NUMERIC)
    first, second = _ints(found, "a"), _ints(found, "b")
    day_first = np.flatnonzero((first > 12) & (first <= 31) & (second > 0) & (second <= 12))
    month_first = np.flatnonzero((first > 0) & (first <= 12) & (second > 12) & (second <= 31))
    day, month = (numeric[int(places[0])].as_py() if len(places) else "" for places in (day_first, month_first))
    return day, month


def usual_order(country: str | None) -> DayOrder | Literal[""]:
    """Return the order in which people of a country write day and month; empty where both are common or none is known.

    Examples
    --------
    >>> usual_order("US"), usual_order("GB"), usual_order("CA"), usual_order(None)
    ('mdy', 'dmy', '', '')
    """
    if country is None or country in _UNSETTLED_COUNTRIES:
        return ""
    return "mdy" if country in MONTH_FIRST_COUNTRIES else "dmy"


def _is_year_first(first: Ints, second: Ints, last: Ints, years: frozenset[int], dotted: int) -> bool | None:
    """Return whether dates of three two-digit parts begin with the year; null where nothing tells."""
    as_first = int(((second >= 1) & (second <= 12) & (last >= 1) & (last <= 31)).sum())
    low, high = np.minimum(first, second), np.maximum(first, second)
    as_last = int(((low >= 1) & (low <= 12) & (high <= 31)).sum())
    if not as_first and not as_last:
        return None
    if as_first != as_last:
        return as_first > as_last
    width_first, width_last = np.ptp(first), np.ptp(last)
    if min(width_first, width_last) <= 3 and abs(width_first - width_last) > 7:
        return bool(width_first < width_last)
    if dotted:
        return False
    for known in (years, _USUAL_YEARS):
        is_first, is_last = (bool(np.isin(parts, list(known)).all()) for parts in (first, last))
        if known and is_first != is_last:
            return is_first
    return None


def _ints(parts: pa.Array, name: str) -> Ints:
    result: Ints = parts.field(name).cast(pa.int64()).to_numpy(zero_copy_only=False)
    return result
