"""Amounts of money as people and systems write them, to whole minor units.

The decimal sign is decided once for a column, from all its values, and where they leave it open by its file
(``locale.py``); a cell that does not fit it fails instead of being read as another number. Arithmetic is exact decimal; a
value with more decimals than its currency has is rounded half away from zero and counted. A lone "-" is an empty cell, as in
accountants' formats. How an amount can be written: ``amount_text.py``.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.values.amount_text import AmountParts, amount_parts
from toolkit.values.cell_bytes import digit_shapes, matches, may_have_outer_blanks, may_hold
from toolkit.values.cells import encoded
from toolkit.values.currency import currency_code, exponent, may_mean
from toolkit.values.decimal_sign import DecimalSign, decimal_evidence, usual_sign
from toolkit.values.locale import Locale

DECIMAL = pa.decimal128(38, 10)

_PLAIN = r"^-?\d{1,20}(\.\d{1,10})?$"
_MAX_WHOLE_DIGITS = 20
# The scale of DECIMAL: more decimals than any amount has.
_MAX_DECIMALS = 10
_GROUPED = {
    ".": r"(?:\d{1,3}(?:[,' ]\d{2,3}){0,5}[,' ]\d{3}|\d{1,20})",
    ",": r"(?:\d{1,3}(?:[.' ]\d{3}){1,6}|\d{1,20})",
}
_WHOLE = {sign: re.compile(grouped) for sign, grouped in _GROUPED.items()}
_SEPARATED = {
    ".": f"^(?:{_GROUPED['.']}(?:\\.\\d{{0,10}})?|\\.\\d{{1,10}})$",
    ",": f"^(?:{_GROUPED[',']}(?:,\\d{{0,10}})?|,\\d{{1,10}})$",
}
# A spreadsheet shows a power of two digits when it has rounded; programs write a short one for an exact number.
_POWER = re.compile(r"\d+(?:\.\d*)?[eE](?:\+?\d|-\d{1,2})|0+(?:\.0*)?[eE][+-]?\d+")


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
    locale: Locale | None = None,
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
    locale
        How the file writes numbers, for a column whose own values leave it open.

    Examples
    --------
    >>> column = money_column(pa.array(["1,234.56", "(12.00)", "USD 5", "12,5", None]), "USD")
    >>> column.minor.to_pylist(), column.is_failed.to_pylist()
    ([123456, -1200, 500, None, None], [False, False, False, True, False])
    """
    distinct, indices = _trimmed_values(values.cast(pa.string()))
    given = currency if isinstance(currency, pa.Array | pa.ChunkedArray) else pa.scalar(currency, pa.string())
    parts = None if _is_plain(distinct) else amount_parts(distinct, country=country)
    if decimal_sign is not None:
        sign, is_sure = decimal_sign, True
    else:
        codes = _known_codes(None if parts is None else parts.signs, given, country)
        sign, is_sure = _column_sign(distinct, codes, locale, country)
    amounts = _plain_decimals(distinct, sign) if parts is None else _decimals(parts, sign)
    failed = pc.and_(pc.is_null(amounts), pc.is_valid(distinct))
    if parts is not None:
        failed = pc.and_not(failed, parts.is_empty)
    signs = pa.nulls(len(distinct), pa.string()) if parts is None else parts.signs
    codes_of_rows = _row_currencies(signs, indices, _repeated(given, len(values)), country)
    minor, rounded = _minor_units(amounts, indices, codes_of_rows)
    codes_of_rows = pc.if_else(pc.is_valid(minor), codes_of_rows, pa.scalar(None, pa.string()))
    is_failed = pc.or_(
        pc.fill_null(failed.take(indices), False),
        pc.and_(pc.is_valid(amounts.take(indices)), pc.is_null(minor)),
    )
    return MoneyColumn(minor, codes_of_rows, is_failed, sign, is_sure, rounded)


def decimal_column(values: pa.Array, *, locale: Locale | None = None) -> pa.Array:
    """Return a column of text as exact decimals, null where it is empty or no number.

    Examples
    --------
    >>> decimal_column(pa.array(["1,200.10", "two"])).to_pylist()
    [Decimal('1200.1000000000'), None]
    """
    encoded = values.cast(pa.string()).dictionary_encode()
    distinct = pc.utf8_trim_whitespace(encoded.dictionary)
    sign, _ = _column_sign(distinct, (), locale, None)
    amounts = _plain_decimals(distinct, sign) if _is_plain(distinct) else _decimals(amount_parts(distinct), sign)
    return amounts.take(encoded.indices)


def number_column(values: pa.Array, *, locale: Locale | None = None) -> pa.Array:
    """Return a column of text as float64, null where it is empty or no number.

    Examples
    --------
    >>> number_column(pa.array(["1,200", "2.5", "two"])).to_pylist()
    [1200.0, 2.5, None]
    """
    return decimal_column(values, locale=locale).cast(pa.float64())


def _trimmed_values(values: pa.Array) -> tuple[pa.Array, pa.Array]:
    """Return the values to read, without outer blanks, and the place of each row's among them."""
    found, indices = encoded(values)
    trimmed = _trimmed(found)
    evidence = decimal_evidence(trimmed)
    if evidence.point and evidence.comma:
        # Where values speak for the one sign and for the other, each of them counts once.
        dictionary = values.dictionary_encode()
        return _trimmed(dictionary.dictionary), dictionary.indices
    return trimmed, indices


def _trimmed(texts: pa.Array) -> pa.Array:
    return pc.utf8_trim_whitespace(texts) if may_have_outer_blanks(texts) else texts


def _is_plain(distinct: pa.Array) -> bool:
    """Return whether all values are whole or have a decimal point, without anything else."""
    return bool(pc.all(pc.match_substring_regex(digit_shapes(distinct).dictionary, _PLAIN)).as_py())


def _column_sign(
    distinct: pa.Array, codes: Collection[str], locale: Locale | None, country: str | None
) -> tuple[DecimalSign, bool]:
    """Return the decimal sign of a column and whether it is sure: by its values, its currency, its file, its country."""
    evidence = decimal_evidence(distinct)
    if evidence.sign is not None:
        return evidence.sign, True
    if codes and evidence.is_open and not (evidence.open_point and evidence.open_comma):
        # "KD 10.500" has the dinar's three decimals; "JPY 10,500" can have none.
        signs: tuple[DecimalSign, DecimalSign] = (".", ",")
        shown, other = signs if evidence.open_point else signs[::-1]
        places = {exponent(code) for code in codes}
        if places == {3}:
            return shown, True
        if places == {0}:
            return other, True
    is_closed = not evidence.is_open and evidence.point == 0
    if locale is not None:
        return locale.decimal_sign, locale.is_decimal_sure or is_closed
    # Of most currencies the code begins with the country's.
    countries = {code[:2] for code in codes}
    return usual_sign(country or (countries.pop() if len(countries) == 1 else None)), is_closed


def _known_codes(signs: pa.Array | None, given: pa.Scalar | pa.Array | pa.ChunkedArray, country: str | None) -> set[str]:
    """Return the currencies of a column, as far as they are named."""
    found = [] if signs is None else pc.unique(signs).to_pylist()
    written = {code for sign in found if (code := currency_code(sign, country=country))}
    if written:
        return written
    stated = [given.as_py()] if isinstance(given, pa.Scalar) else pc.unique(given).to_pylist()
    return {code for code in stated if code}


def _plain_decimals(distinct: pa.Array, sign: DecimalSign) -> pa.Array:
    if sign == ",":
        return _decimals(amount_parts(distinct), sign)
    return distinct.cast(DECIMAL)


def _decimals(parts: AmountParts, sign: DecimalSign) -> pa.Array:
    """Return exact decimals, null where the digits do not fit the decimal sign."""
    numbers = parts.numbers
    fits = pc.fill_null(matches(numbers, _SEPARATED[sign]), False)
    bare = pc.if_else(fits, numbers, pa.scalar(None, pa.string()))
    for separator in (",", "'", " ") if sign == "." else (".", "'", " "):
        bare = pc.replace_substring(bare, separator, "") if may_hold(bare, separator) else bare
    if sign == ",":
        bare = pc.replace_substring(bare, ",", ".")
    is_unusual = pc.and_(pc.is_valid(numbers), pc.invert(fits))
    if pc.any(is_unusual).as_py():
        unusual = [_unusual_number(text, sign) for text in numbers.filter(is_unusual).to_pylist()]
        bare = pc.replace_with_mask(bare, is_unusual, pa.array(unusual, pa.string()))
    amounts = bare.cast(DECIMAL)
    is_negative = pc.fill_null(parts.is_negative, False)
    return pc.if_else(is_negative, pc.negate(amounts), amounts) if pc.any(is_negative).as_py() else amounts


def _unusual_number(text: str, sign: DecimalSign) -> str | None:
    """Return digits with more decimals than are kept, or with a power of ten, in plain digits; null for what is neither.

    A number that a spreadsheet has rounded ("1.23E+05") is none.
    """
    whole, _, decimals = text.partition(sign)
    if decimals.isdecimal() and len(decimals) > _MAX_DECIMALS and _WHOLE[sign].fullmatch(whole):
        return re.sub(r"\D", "", whole) + "." + decimals[:_MAX_DECIMALS]
    if _POWER.fullmatch(text.replace(sign, ".")) is None:
        return None
    plain = f"{Decimal(text.replace(sign, '.')):.{_MAX_DECIMALS}f}"
    return plain if len(plain) <= _MAX_WHOLE_DIGITS + _MAX_DECIMALS + 1 else None


def _row_currencies(signs: pa.Array, indices: pa.Array, given: pa.Array, country: str | None) -> pa.Array:
    """Return each row's currency: named in the cell, else given, else what "$" means in the country.

    A sign that cannot mean what is given ("Rs." in a file of dollars) stays with its country, or unknown.
    """
    if signs.null_count == len(signs):
        return given
    named = {sign: currency_code(sign) for sign in set(signs.to_pylist())}
    local = {sign: currency_code(sign, country=country) for sign in named}
    texts = signs.to_pylist()
    own, custom = (pa.array([known[text] for text in texts], pa.string()).take(indices) for known in (named, local))
    return pc.coalesce(own, _meant(signs.take(indices), given), custom)


def _meant(signs: pa.Array, given: pa.Array) -> pa.Array:
    """Return the given currencies, null where the sign in the cell stands for others only."""
    pairs = pa.table({"sign": signs, "code": given}).group_by(["sign", "code"]).aggregate([]).to_pylist()
    for sign, code in ((pair["sign"], pair["code"]) for pair in pairs):
        if sign is not None and code is not None and not may_mean(sign, code):
            is_other = pc.and_(pc.fill_null(pc.equal(signs, sign), False), pc.fill_null(pc.equal(given, code), False))
            given = pc.if_else(is_other, pa.scalar(None, pa.string()), given)
    return given


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
