"""Amounts of money as people and systems write them, to whole minor units.

The decimal sign is decided once for a column, from all its values; a cell that does not fit it fails instead of being
read as another number. Arithmetic is exact decimal; a value with more decimals than its currency has is rounded half
away from zero and counted. A lone "-" is an empty cell, as in accountants' formats.

Source: the styles of real exports, "1,234.56", "1.234,56", "1 234,56", "(12.00)", "-$12.00", "5-", "USD 1,315.00".
"""

import re
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.values.currency import currency_code, exponent
from toolkit.values.decimal_sign import DecimalSign, decided_sign

DECIMAL = pa.decimal128(38, 10)

_PLAIN = r"^-?\d{1,20}(\.\d{1,10})?$"
_MARKED = {
    ".": (r"^-?\d{1,3}(?:,\d{3})+(?:\.\d{1,10})?$", ","),
    ",": (r"^-?(?:\d{1,3}(?:\.\d{3})+|\d{1,20})(?:,\d{1,10})?$", "."),
}
_PARTS = (
    r"^(?P<open>\()?\s*(?P<minus>[-+])?\s*(?P<before>[^\d\s().,'+-][^\d().,'+-]{0,4})?\s*(?P<open2>\()?(?P<minus2>[-+])?\s*"
    r"(?P<number>\d[\d.,' ]*|[.,]\d+)\s*(?P<after>[^\d\s().,'+-][^\d().,'+-]{0,4})?\s*(?P<minus3>-)?\s*(?P<close>\))?$"
)
_EMPTY = r"^[\s\-\x{2013}\x{2014}\x{2212}.]*$"
_NONE = ("n/a", "na", "null", "none", "- none -", "nil")
_SHARED_SIGNS = frozenset({"$", "kr", "kr.", "¥"})
_SIDES = frozenset({"CR", "DR"})
_GROUPED = {
    ".": re.compile(r"\d{1,3}([,' ]\d{2,3})*[,' ]\d{3}(\.\d*)?|\d+(\.\d*)?|\.\d+"),
    ",": re.compile(r"\d{1,3}([.' ]\d{3})+(,\d*)?|\d+(,\d*)?|,\d+"),
}


@dataclass(frozen=True, slots=True)
class MoneyColumn:
    """A column of amounts.

    ``minor`` is int64 in minor units of ``currency`` (text); both are null where the cell is empty or unreadable;
    ``is_failed`` marks the unreadable ones. ``is_sure`` is false when no value decides between the two decimal signs
    and one had to be assumed.
    """

    minor: pa.Array
    currency: pa.Array
    is_failed: pa.Array
    decimal_sign: DecimalSign
    is_sure: bool
    rounded_count: int


def money_column(
    values: pa.Array,
    currency: pa.Array | str | None = None,
    *,
    country: str | None = None,
    decimal_sign: DecimalSign | None = None,
) -> MoneyColumn:
    """Return a column of text as minor units.

    Parameters
    ----------
    values
        Text cells.
    currency
        ISO 4217 code of all values, or a text column with one for each. A code or sign in the cell itself goes first.
    country
        Two-letter country: settles which dollar "$" is, and the decimal sign where no value tells.
    decimal_sign
        Known decimal sign; otherwise decided from the values.

    Examples
    --------
    >>> column = money_column(pa.array(["1,234.56", "(12.00)", "USD 5", "12,5", None]), "USD")
    >>> column.minor.to_pylist(), column.is_failed.to_pylist()
    ([123456, -1200, 500, None, None], [False, False, False, True, False])
    """
    encoded = values.cast(pa.string()).dictionary_encode()
    distinct = pc.utf8_trim_whitespace(encoded.dictionary)
    sign, is_sure = (decimal_sign, True) if decimal_sign else decided_sign(distinct, country=country)
    amounts, signs, failed = _decimals(distinct, sign)
    given = currency if isinstance(currency, pa.Array | pa.ChunkedArray) else pa.scalar(currency, pa.string())
    indices = encoded.indices
    codes = _row_currencies(signs, indices, _repeated(given, len(values)), country)
    minor, rounded = _minor_units(amounts, indices, codes)
    codes = pc.if_else(pc.is_valid(minor), codes, pa.scalar(None, pa.string()))
    is_failed = pc.or_(
        pc.fill_null(failed.take(indices), False),
        pc.and_(pc.is_valid(amounts.take(indices)), pc.is_null(minor)),
    )
    return MoneyColumn(minor, codes, is_failed, sign, is_sure, rounded)


def decimal_column(values: pa.Array) -> pa.Array:
    """Return a column of text as exact decimals, null where it is empty or no number.

    Examples
    --------
    >>> decimal_column(pa.array(["1,200.10", "two"])).to_pylist()
    [Decimal('1200.1000000000'), None]
    """
    encoded = values.cast(pa.string()).dictionary_encode()
    distinct = pc.utf8_trim_whitespace(encoded.dictionary)
    amounts, _, _ = _decimals(distinct, decided_sign(distinct)[0])
    return amounts.take(encoded.indices)


def number_column(values: pa.Array) -> pa.Array:
    """Return a column of text as float64, null where it is empty or no number.

    Examples
    --------
    >>> number_column(pa.array(["1,200", "2.5", "two"])).to_pylist()
    [1200.0, 2.5, None]
    """
    return decimal_column(values).cast(pa.float64())


def _decimals(distinct: pa.Array, sign: DecimalSign) -> tuple[pa.Array, pa.Array, pa.Array]:
    """Return decimals, currency signs as written, and which values could not be read."""
    distinct, is_plain = _unmarked(distinct, sign)
    if pc.all(is_plain).as_py():
        nothing = pa.nulls(len(distinct), pa.string())
        return distinct.cast(DECIMAL), nothing, pa.array(np.zeros(len(distinct), bool))
    plain = pc.if_else(is_plain, distinct, pa.scalar(None, pa.string())).cast(DECIMAL)
    amounts: list[str | None] = []
    signs: list[str | None] = []
    failed: list[bool] = []
    others = pc.filter(distinct, pc.invert(is_plain))
    cleaned = pc.replace_substring_regex(others, r"[\x{2212}\x{2013}]", "-")
    cleaned = pc.replace_substring_regex(cleaned, r"[\x{a0}\x{202f}\x{2009}]", " ")
    cleaned = pc.replace_substring_regex(cleaned, r"\x{2019}", "'")
    is_empty = pc.or_(
        pc.fill_null(pc.match_substring_regex(others, _EMPTY), True),
        pc.fill_null(pc.is_in(pc.utf8_lower(others), pa.array(_NONE)), False),
    )
    pattern = _GROUPED[sign]
    for parts, nothing_there in zip(pc.extract_regex(cleaned, _PARTS).to_pylist(), is_empty.to_pylist(), strict=True):
        number = None if parts is None else _number(parts, pattern, sign)
        amounts.append(number)
        signs.append(None if parts is None or number is None else (parts["before"] or parts["after"] or None))
        failed.append(number is None and not nothing_there)
    places = pc.cast(pc.subtract(pc.cumulative_sum(pc.cast(pc.invert(is_plain), pa.int32())), 1), pa.int32())
    places = pc.if_else(is_plain, pa.scalar(None, pa.int32()), places)
    read = pa.array(amounts, pa.string()).cast(DECIMAL)
    return (
        pc.coalesce(plain, read.take(places)),
        pa.array(signs, pa.string()).take(places),
        pc.fill_null(pa.array(failed, pa.bool_()).take(places), False),
    )


def _unmarked(distinct: pa.Array, sign: DecimalSign) -> tuple[pa.Array, pa.Array]:
    """Return the values, the simple ones without thousands and with a decimal point, and which those are."""
    is_plain = pc.fill_null(pc.match_substring_regex(distinct, _PLAIN), False)
    if sign == ",":
        is_plain = pc.and_(is_plain, pc.invert(pc.fill_null(pc.match_substring(distinct, "."), False)))
    if pc.all(is_plain).as_py():
        return distinct, is_plain
    pattern, thousands = _MARKED[sign]
    is_marked = pc.and_not(pc.fill_null(pc.match_substring_regex(distinct, pattern), False), is_plain)
    bare = pc.replace_substring(pc.replace_substring(distinct, thousands, ""), ",", ".")
    return pc.if_else(is_marked, bare, distinct), pc.or_(is_plain, is_marked)


def _number(parts: dict[str, str], pattern: re.Pattern[str], sign: DecimalSign) -> str | None:
    digits = parts["number"].strip()
    opened = sum(bool(parts[name]) for name in ("open", "open2"))
    minuses = [parts[name] for name in ("minus", "minus2", "minus3") if parts[name]]
    if opened != bool(parts["close"]) or len(minuses) + opened > 1 or pattern.fullmatch(digits) is None:
        return None
    after = (parts["after"] or "").strip().upper()
    before = (parts["before"] or "").strip()
    if (before and after and after not in _SIDES) or not (_is_sign(before) and (after in _SIDES or _is_sign(after))):
        return None
    other = "." if sign == "," else ","
    plain = re.sub(r"[' ]", "", digits).replace(other, "").replace(sign, ".")
    whole, _, fraction = plain.partition(".")
    if len(whole) > 20:
        return None
    is_negative = bool(opened) or minuses == ["-"] or after == "DR"
    return f"{'-' if is_negative else ''}{whole or '0'}.{fraction[:10] or '0'}"


def _is_sign(text: str) -> bool:
    return not text or text.lower() in _SHARED_SIGNS or currency_code(text) is not None


def _row_currencies(signs: pa.Array, indices: pa.Array, given: pa.Array, country: str | None) -> pa.Array:
    """Return each row's currency: named in the cell, else given, else what "$" means in the country."""
    if signs.null_count == len(signs):
        return given
    named = {sign: currency_code(sign) for sign in set(signs.to_pylist())}
    local = {sign: currency_code(sign, country=country) for sign in named}
    texts = signs.to_pylist()
    own, custom = (pa.array([known[text] for text in texts], pa.string()).take(indices) for known in (named, local))
    return pc.coalesce(own, given, custom)


def _repeated(given: pa.Scalar | pa.Array | pa.ChunkedArray, count: int) -> pa.Array:
    if isinstance(given, pa.ChunkedArray):
        return given.combine_chunks()
    return given if isinstance(given, pa.Array) else pa.repeat(given, count)


def _minor_units(amounts: pa.Array, indices: pa.Array, codes: pa.Array) -> tuple[pa.Array, int]:
    """Return int64 minor units by the exponent of each row's currency, and how many values had to be rounded."""
    present = {code for code in pc.unique(codes).to_pylist() if code is not None}
    exponents = {exponent(code) for code in present} | ({2} if codes.null_count else set())
    result = pa.nulls(len(indices), pa.int64())
    rounded_count = 0
    for places in sorted(exponents):
        scaled, rounded = _scaled(amounts, places)
        values = scaled.take(indices)
        if len(exponents) == 1:
            mask = None
        else:
            members = pa.array([code for code in present if exponent(code) == places], pa.string())
            mask = pc.is_in(codes, members) if places != 2 else pc.or_(pc.is_in(codes, members), pc.is_null(codes))
        hits = rounded.take(indices)
        result = values if mask is None else pc.if_else(mask, values, result)
        rounded_count += pc.sum(hits if mask is None else pc.and_(hits, mask)).as_py() or 0
    return result, rounded_count


def _scaled(amounts: pa.Array, places: int) -> tuple[pa.Array, pa.Array]:
    rounded = pc.round(amounts, places, "half_towards_infinity")
    was_rounded = pc.fill_null(pc.not_equal(rounded, amounts), False)
    exact = rounded.cast(pa.decimal128(38, places), safe=False)
    # The same digits with the point moved: a decimal of scale 0 holds minor units.
    moved = pa.Array.from_buffers(pa.decimal128(38, 0), len(exact), exact.buffers(), exact.null_count, exact.offset)
    limit = pa.scalar(2**62, pa.int64())
    fits = pc.less(pc.abs(moved), limit.cast(pa.decimal128(19, 0)))
    return pc.if_else(fits, moved, pa.scalar(None, moved.type)).cast(pa.int64()), was_rounded
