"""Amount: equal, rounded, with or without tax, less a fee, mistyped, near, different.

Signs are left out: what one system books as money out another keeps as a plain number, so that amounts which differ in
their sign alone are one grade below equal ones.

Source: standard and reduced rates of VAT and GST in the European Union, United Kingdom, Switzerland, Norway, Australia, New
Zealand, Canada, India, Japan and South Africa; prices per card payment of Stripe, PayPal and Square (percentage and fixed
part).
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.match.comparison import Columns, Comparison, Floats, Ints, Keys, Levels, keys_where, no_keys
from toolkit.match.hashing import tagged
from toolkit.match.texts.short_codes import MAX_DIGITS, Packed, is_digit_slip, packed_digits
from toolkit.values import money

Mask = npt.NDArray[np.bool_]

LEVELS = (
    "different",
    "within a tenth",
    "less a fee of 1 to 4 %",
    "within a hundredth",
    "ten, a hundred or a thousand times as much, or one digit wrong or two changed places",
    "without and with tax at a usual rate, or less a usual card fee to the cent",
    "equal once rounded, or but for the sign",
    "equal",
)
_DIFFERENT, _TENTH, _FEE, _HUNDREDTH, _SLIP, _TAX, _ROUNDED, _EQUAL = range(1, 9)

_TAX_RATES = np.array(
    (
        0.03, 0.04, 0.05, 0.055, 0.06, 0.07, 0.077, 0.08, 0.081, 0.09, 0.095, 0.1, 0.12, 0.13, 0.135, 0.14, 0.15, 0.16,
        0.17, 0.18, 0.19, 0.2, 0.21, 0.22, 0.23, 0.24, 0.25, 0.255, 0.26, 0.27,
    )
)  # fmt: skip
_CARD_FEES = (
    (0.029, 30), (0.029, 25), (0.034, 30), (0.0349, 49), (0.0299, 49), (0.026, 10), (0.026, 15), (0.0275, 0), (0.015, 20),
    (0.015, 25), (0.025, 20), (0.025, 25), (0.014, 20), (0.014, 25), (0.012, 30), (0.017, 30), (0.0175, 30), (0.033, 30),
)  # fmt: skip
"""Share of the amount, and cents a payment."""

_LEAST_TAXED = 500
"""Below 5.00 a tax rate is met by chance."""
_MOST_EXACT = 1e15
"""Cents beyond this are no whole numbers any more as floats."""


class Amounts(NamedTuple):
    """Distinct amounts: cents without sign, whether below zero, digits of whole cents, how many, and how many say something.

    ``telling`` counts digits without the zeros at the end: 12,000.00 has two.
    """

    cents: Floats
    is_negative: Mask
    digits: Packed
    sizes: Ints
    telling: Ints


def standardised(columns: Columns) -> pa.StringArray:
    """Return each amount as a plain decimal without needless zeros; null for what is none."""
    texts = money.decimal_column(columns["amount"]).cast(pa.string())
    return pc.ascii_rtrim(pc.ascii_rtrim(texts, "0"), ".")


def prepared(values: pa.StringArray, word_counts: object = None) -> Amounts:  # noqa: ARG001 - no words in an amount
    """Return distinct amounts for grading."""
    numbers = np.round(np.asarray(values.cast(pa.float64()), dtype=np.float64) * 100, 4)
    cents = np.abs(numbers)
    whole = pa.array(np.rint(np.minimum(cents, _MOST_EXACT)).astype(np.int64)).cast(pa.string())
    return Amounts(
        cents,
        numbers < 0,
        packed_digits(whole),
        np.asarray(pc.utf8_length(whole), dtype=np.int64),
        np.asarray(pc.utf8_length(pc.ascii_rtrim(whole, "0")), dtype=np.int64),
    )


def graded(values: Amounts, left: Ints, right: Ints) -> Levels:
    """Return the level of each pair of amounts.

    Parameters
    ----------
    values
        What ``prepared`` made of the distinct values.
    left, right
        Positions of the two values of each pair.
    """
    low = np.minimum(values.cents[left], values.cents[right])
    high = np.maximum(values.cents[left], values.cents[right])
    gap = high - low
    result = np.full(len(left), _DIFFERENT, dtype=np.uint8)
    result[gap <= 0.1 * high] = _TENTH
    result[(gap >= 0.01 * high) & (gap <= 0.04 * high + 50) & (gap < 0.5 * high)] = _FEE
    result[gap <= 0.01 * high] = _HUNDREDTH
    result[_is_mistyped(values, left, right)] = _SLIP
    result[_is_taxed(low, high) | _is_less_card_fee(low, high)] = _TAX
    result[_is_rounded(low, high)] = _ROUNDED
    result[(gap == 0) & (values.is_negative[left] == values.is_negative[right])] = _EQUAL
    return result


def _is_mistyped(values: Amounts, left: Ints, right: Ints) -> Mask:
    """Return where the decimal sign moved, or a digit is wrong or two changed places, in numbers long enough to tell."""
    size_l, size_r = values.sizes[left], values.sizes[right]
    telling = np.minimum(values.telling[left], values.telling[right])
    fits = np.maximum(size_l, size_r) < MAX_DIGITS
    shift = np.abs(size_l - size_r)
    shorter, longer = np.where(size_l <= size_r, left, right), np.where(size_l <= size_r, right, left)
    moved = np.rint(values.cents[shorter] * 10.0 ** np.minimum(shift, 3)) == np.rint(values.cents[longer])
    is_moved = (shift >= 1) & (shift <= 3) & moved & (telling >= 2)
    is_slip = (shift == 0) & (telling >= 4) & is_digit_slip(values.digits[left], values.digits[right])
    return np.asarray(fits & (is_moved | is_slip))


def _is_taxed(low: Floats, high: Floats) -> Mask:
    """Return where the higher amount is the lower one with tax, to within a cent."""
    ratio = np.divide(high, low, out=np.ones_like(high), where=low > 0) - 1
    place = np.clip(np.searchsorted(_TAX_RATES, ratio), 1, len(_TAX_RATES) - 1)
    below, above = _TAX_RATES[place - 1], _TAX_RATES[place]
    rate = np.where(ratio - below < above - ratio, below, above)
    return np.asarray((low >= _LEAST_TAXED) & (np.abs(high - np.rint(low * (1 + rate))) <= 1))


def _is_less_card_fee(low: Floats, high: Floats) -> Mask:
    """Return where the lower amount is the higher one less what a card payment usually costs."""
    result = np.zeros(len(low), dtype=bool)
    gap = high - low
    is_open = np.flatnonzero((high >= _LEAST_TAXED) & (gap >= 0.01 * high) & (gap <= 0.04 * high + 50))
    low, high = low[is_open], high[is_open]
    for share, fixed in _CARD_FEES:
        result[is_open] |= np.abs(high - low - np.rint(high * share + fixed)) < 1
    return result


def _is_rounded(low: Floats, high: Floats) -> Mask:
    """Return where both are equal in whole cents, or one is the other in whole units of money."""
    is_unit = ((low % 100 == 0) | (high % 100 == 0)) & (low >= 10_000) & (high - low <= 50)
    return np.asarray((np.floor(low + 0.5) == np.floor(high + 0.5)) | is_unit)


def broad(values: Amounts) -> Keys:
    """Return the amount in whole cents."""
    cents = np.floor(np.minimum(values.cents, _MOST_EXACT) + 0.5).astype(np.uint64)
    return keys_where(tagged("amount", cents), values.cents > 0)


COMPARISON = Comparison(
    name="amount",
    reads=("amount",),
    facet="attribute",
    levels=LEVELS,
    m=(0.16, 0.03, 0.02, 0.02, 0.02, 0.04, 0.03, 0.68),
    by_place=(0.915, 0.035, 0.01, 0.006, 0.002, 0.003, 0.002, 0.027),
    by_name=(0.90, 0.04, 0.012, 0.008, 0.003, 0.005, 0.002, 0.03),
    u=(0.9395, 0.04, 0.009, 0.004, 0.0012, 0.0018, 0.0005, 0.004),
    standardised=standardised,
    prepared=prepared,
    graded=graded,
    narrow=no_keys,
    broad=broad,
    is_per_column=True,
)
