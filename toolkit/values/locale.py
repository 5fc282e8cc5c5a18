"""How one file writes numbers and dates: decided over all its columns, the same for every one of them.

What a column proves by its own values holds for that column; what it leaves open the file decides: the decimal sign and
the order of day and month that its other columns prove, dots in dates, a semicolon between the cells. Where nothing
tells, the country's custom is assumed and is not sure.

Source: Unicode CLDR 48 (which countries write a decimal comma or the month first); spreadsheets separate cells by
semicolons exactly where the comma is the decimal sign.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import compress
from typing import Literal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.values.cell_bytes import digit_shapes, may_have_outer_blanks
from toolkit.values.cells import encoded
from toolkit.values.day_order import MAY_BE_DATE, DayOrder, OrderEvidence, order_evidence, usual_order
from toolkit.values.decimal_sign import DecimalEvidence, DecimalSign, decimal_evidence, usual_sign
from toolkit.values.digits import ascii_digits

_NUMBER = (
    r"^[^\d.,]{0,10}\.?[^\d.,]{0,4}(?:[1-9]\d{0,2}(?:[., '\x{a0}\x{202f}\x{2009}\x{2019}]\d{2,3})*"
    r"[., '\x{a0}\x{202f}\x{2009}\x{2019}]\d{3}|\d+)?(?:[.,]\d*)?(?:[eE][+-]?\d+)?[^\d.,]{0,10}\.?$"
)
_NUMBER_SHARE = 0.8
_DATE_SHARE = 0.5
_ONE_GO_BYTES = 500_000_000


@dataclass(frozen=True, slots=True)
class Locale:
    """How a file writes numbers and dates.

    ``decimal_sign`` is "." or ","; ``day_order`` is "dmy", "mdy", "ymd" or empty where none could be told. What is not
    sure was assumed; the reasons are sentences for a person. ``years`` are the last two digits of the years in its whole
    dates: they tell a year of two digits from a day. ``is_decimal_proven`` and ``is_order_proven`` say that values of the
    file tell it, not only that nothing contradicts.
    """

    decimal_sign: DecimalSign
    day_order: DayOrder | Literal[""]
    is_decimal_sure: bool
    is_order_sure: bool
    decimal_reason: str
    order_reason: str
    years: tuple[int, ...] = ()
    is_decimal_proven: bool = False
    is_order_proven: bool = False


def leave_open(columns: Sequence[pa.ChunkedArray | pa.Array]) -> bool:
    """Return whether one of the columns does not tell its decimal sign or its order of day and month by its own values.

    Examples
    --------
    >>> leave_open([pa.array(["12.50"])]), leave_open([pa.array(["1.234"])]), leave_open([pa.array(["03/04/2026"])])
    (False, True, True)
    """
    for column in columns:
        values, _ = encoded(column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column)
        distinct = _plain(values.cast(pa.string()))
        shapes = digit_shapes(distinct)
        decimals, dates = decimal_evidence(distinct, shapes=shapes), order_evidence(distinct, shapes=shapes)
        if (decimals.point and decimals.comma) or dates.count:
            # What follows weighs values for one against values for the other: each counts once.
            distinct = _trimmed_distinct(column)
            decimals, dates = decimal_evidence(distinct), order_evidence(distinct)
        if (decimals.sign is None and decimals.is_open) or (dates.is_torn or (dates.order is None and dates.is_open)):
            return True
    return False


def file_locale(columns: Sequence[pa.ChunkedArray | pa.Array], *, delimiter: str = "", country: str | None = None) -> Locale:
    """Return how a file writes numbers and dates; neither the order of its columns nor that of its rows matters.

    Parameters
    ----------
    columns
        All columns of the file, as text.
    delimiter
        What stands between its cells; empty for a workbook or another format that is no text.
    country
        Two-letter country, for what the values leave open.

    Examples
    --------
    >>> found = file_locale([pa.array(["15.09.2026"]), pa.array(["01.09.2026"]), pa.array(["1.960,17"])], delimiter=";")
    >>> found.decimal_sign, found.day_order, found.is_order_sure, found.order_reason
    (',', 'dmy', True, 'a date such as 15.09.2026 has its day first')
    """
    distincts = [_trimmed_distinct(column) for column in columns]
    # Whole numbers without any mark tell nothing, and are most of what large files hold.
    distincts = [distinct for distinct in distincts if not pc.all(pc.utf8_is_digit(distinct)).as_py()]
    are_numbers = [share >= _NUMBER_SHARE for share in _shares(distincts, _NUMBER)]
    numbers = [decimal_evidence(distinct) for distinct in compress(distincts, are_numbers)]
    distincts = list(compress(distincts, _shares(distincts, MAY_BE_DATE)))
    whole = [order_evidence(distinct) for distinct in distincts]
    years = frozenset[int]().union(*(one.years for one in whole))
    dates = [
        order_evidence(distinct, years=years)
        for distinct, one in zip(distincts, whole, strict=True)
        if one.count >= _DATE_SHARE * len(distinct)
    ]
    dates = [one for one in dates if one.is_plausible]
    sign, is_decimal_sure, decimal_reason = _file_sign(numbers, dates, delimiter, country)
    proven = sign if is_decimal_sure and any(one.sign for one in numbers) else None
    is_order_proven = any(one.order in {"dmy", "mdy"} for one in dates)
    numeric = [one for one in dates if not one.year_first]
    if numeric or not (years or dates):
        order, is_order_sure, order_reason = _file_order(numeric, proven, delimiter, country)
    else:
        order, is_order_sure, order_reason = "ymd", True, "its dates begin with the year"
    return Locale(
        sign, order, is_decimal_sure, is_order_sure, decimal_reason, order_reason, tuple(sorted(years)),
        is_decimal_proven=proven is not None, is_order_proven=is_order_proven,
    )  # fmt: skip


def _trimmed_distinct(column: pa.ChunkedArray | pa.Array) -> pa.Array:
    return _plain(pc.unique(pc.drop_null(column)).cast(pa.string()))


def _plain(distinct: pa.Array) -> pa.Array:
    return ascii_digits(pc.utf8_trim_whitespace(distinct) if may_have_outer_blanks(distinct) else distinct)


def _shares(distincts: Sequence[pa.Array], pattern: str) -> list[float]:
    """Return the share of each column's filled values that fit: in one go, ten times as fast for thousands of columns."""
    if not distincts or sum(distinct.nbytes for distinct in distincts) > _ONE_GO_BYTES:
        return [_share(distinct, pattern) for distinct in distincts]
    cells = pa.concat_arrays(distincts)
    filled = pc.not_equal(cells, "").to_numpy(zero_copy_only=False)
    fits = pc.match_substring_regex(cells, pattern).to_numpy(zero_copy_only=False) & filled
    owners = np.repeat(np.arange(len(distincts)), [len(distinct) for distinct in distincts])
    counts = np.bincount(owners, filled, len(distincts))
    shares: list[float] = (np.bincount(owners, fits, len(distincts)) / np.maximum(counts, 1)).tolist()
    return shares


def _share(distinct: pa.Array, pattern: str) -> float:
    filled = distinct.filter(pc.not_equal(distinct, ""))
    return float(pc.mean(pc.match_substring_regex(filled, pattern)).as_py() or 0)


def _file_sign(
    numbers: Sequence[DecimalEvidence], dates: Sequence[OrderEvidence], delimiter: str, country: str | None
) -> tuple[DecimalSign, bool, str]:
    """Return the decimal sign, whether it is sure, and why."""
    telling = [one for one in numbers if one.sign is not None]
    if not delimiter and any(one.is_open and not one.is_program for one in numbers):
        # Cells that hold numbers come out of a workbook with a point, whatever its people write in their texts.
        telling = [one for one in telling if one.sign == "," or not one.is_program]
    signs: set[DecimalSign] = {one.sign for one in telling if one.sign is not None}
    is_open = any(one.is_open for one in numbers)
    if len(signs) == 1:
        [sign] = signs
        return sign, True, f"its numbers have a decimal {_SIGN_NAMES[sign]}"
    if signs and delimiter == ";":
        return ",", not is_open, "some of its columns have a decimal comma, which semicolons between the cells make room for"
    if signs:
        points = sum(one.sign == "." for one in telling)
        commas = len(telling) - points
        if points != commas:
            sign = "." if points > commas else ","
            return sign, not is_open, f"most of its columns have a decimal {_SIGN_NAMES[sign]}, others have not"
        return usual_sign(country), False, "its columns contradict each other about the decimal sign"
    return _sign_by_custom(numbers, dates, delimiter, country)


def _sign_by_custom(
    numbers: Sequence[DecimalEvidence], dates: Sequence[OrderEvidence], delimiter: str, country: str | None
) -> tuple[DecimalSign, bool, str]:
    """Return the decimal sign where no number tells it by itself, whether it is sure, and why."""
    open_columns = [one for one in numbers if one.is_open]
    is_point_only = not any(one.open_comma for one in open_columns)
    if not open_columns:
        return usual_sign(country), True, "no number leaves the decimal sign open"
    if delimiter == ";" and is_point_only:
        return (
            ",",
            True,
            "three digits stand behind each point, and semicolons between the cells leave the comma to decimals",
        )
    if not delimiter and is_point_only and all(one.is_program for one in open_columns):
        return ".", False, "cells that hold numbers show a point, and nothing says that these are texts"
    if any(one.dotted for one in dates) and country is None:
        return (
            ",",
            False,
            "no number tells the decimal sign; dates with dots are written where the comma is the decimal sign",
        )
    return usual_sign(country), False, "no number tells the decimal sign; the usual one is assumed"


def _file_order(
    dates: Sequence[OrderEvidence], sign: DecimalSign | None, delimiter: str, country: str | None
) -> tuple[DayOrder | Literal[""], bool, str]:
    """Return the order of day and month, whether it is sure, and why."""
    plain = [one for one in dates if not one.is_torn]
    day_first = sum(one.day_first > one.month_first for one in plain)
    month_first = sum(one.month_first > one.day_first for one in plain)
    if len(plain) < len(dates) and not day_first and not month_first:
        return _torn_order(dates, country), False, "one column has dates with the day first and others with the month first"
    if day_first != month_first:
        order: DayOrder = "dmy" if day_first > month_first else "mdy"
        if day_first and month_first:
            is_open = any(one.is_open and one.order is None for one in dates)
            return order, not is_open, f"most of its date columns have the {_ORDER_NAMES[order]} first, others have not"
        return order, True, f"a date such as {_EXAMPLES[order]} has its {_ORDER_NAMES[order]} first"
    if day_first:
        return usual_order(country), False, "its date columns contradict each other about day and month"
    return _order_by_custom(dates, sign, delimiter, country)


def _torn_order(dates: Sequence[OrderEvidence], country: str | None) -> DayOrder | Literal[""]:
    """Return the order that more dates of the file prove, where its columns have both; the country's where as many do."""
    day_first, month_first = sum(one.day_first for one in dates), sum(one.month_first for one in dates)
    if day_first == month_first:
        return usual_order(country)
    return "dmy" if day_first > month_first else "mdy"


def _order_by_custom(
    dates: Sequence[OrderEvidence], sign: DecimalSign | None, delimiter: str, country: str | None
) -> tuple[DayOrder | Literal[""], bool, str]:
    """Return the order where no date has a part above 12, whether it is sure, and why."""
    usual = usual_order(country)
    if any(one.dotted for one in dates):
        return "dmy", True, "dates with dots have their day first"
    if not any(one.is_open for one in dates):
        return usual, True, "no date leaves the order of day and month open"
    if sign == ",":
        reason = "a file with decimal commas is not American: its dates have their day first"
        return "dmy", delimiter == ";" or country not in {None, "US"}, reason
    if usual:
        return usual, False, f"no date tells day from month; the {_ORDER_NAMES[usual]} first, as the country has it"
    return "", False, "no date tells day from month, and no country is set"


_SIGN_NAMES = {".": "point", ",": "comma"}
_ORDER_NAMES = {"dmy": "day", "mdy": "month", "ymd": "year"}
_EXAMPLES = {"dmy": "15.09.2026", "mdy": "09/15/2026"}
