"""Amounts that an interface states in the smallest unit of their currency: 1050 is 10.50 dollars, and 1050 yen.

They are our minor units as they are, but for currencies that a vendor counts with other decimals than ISO 4217 has.
"""

from decimal import Decimal

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.values.currency import exponent
from toolkit.values.money import DECIMAL, MoneyColumn

FORM = "minor_units"
"""Form of a field whose cells are such amounts."""

_WHOLE = r"^-?\d{1,15}(\.\d{1,10})?$"


def minor_units_column(
    values: pa.Array, currency: pa.Array | str | None = None, *, exponents: tuple[tuple[str, int], ...] = ()
) -> MoneyColumn:
    """Return a column of text, each cell in minor units as its vendor counts them, as minor units by ISO 4217.

    Parameters
    ----------
    values
        Text cells; a fraction of a unit is rounded half away from zero and counted.
    currency
        ISO 4217 code of all values, or a text column with one for each.
    exponents
        Currencies that the vendor counts with other decimals, and how many.

    Examples
    --------
    >>> texts, codes = pa.array(["1050"] * 4 + ["x"]), pa.array(["USD", "JPY", "KWD", "ISK", "USD"])
    >>> found = minor_units_column(texts, codes, exponents=(("ISK", 2),))
    >>> found.minor.to_pylist(), found.is_failed.to_pylist()[-1]
    ([1050, 1050, 1050, 11, None], True)
    """
    texts = pc.utf8_trim_whitespace(values.cast(pa.string()))
    codes = currency if isinstance(currency, pa.Array) else pa.repeat(pa.scalar(currency, pa.string()), len(texts))
    fits = pc.fill_null(pc.match_substring_regex(texts, _WHOLE), False)
    amounts = pc.if_else(fits, texts, pa.scalar(None, pa.string())).cast(DECIMAL)
    for code, places in exponents:
        is_other = pc.and_(fits, pc.fill_null(pc.equal(codes, code), False))
        shift = exponent(code) - places
        if shift and pc.any(is_other).as_py():
            moved = [Decimal(text).scaleb(shift) for text in texts.filter(is_other).to_pylist()]
            amounts = pc.replace_with_mask(amounts, is_other, pa.array(moved, DECIMAL))
    rounded = pc.round(amounts, 0, "half_towards_infinity")
    minor = rounded.cast(pa.int64())
    codes = pc.if_else(pc.is_valid(minor), codes, pa.scalar(None, pa.string()))
    count = pc.sum(pc.fill_null(pc.not_equal(rounded, amounts), False)).as_py() or 0
    return MoneyColumn(minor, codes, pc.and_(pc.is_valid(values), pc.invert(fits)), ".", is_sure=True, rounded_count=count)
