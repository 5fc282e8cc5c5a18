"""Telephone number: national digits; neighbours on one exchange and typing errors have levels of their own."""

from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.match.comparison import Columns, Comparison, Ints, Keys, Levels, WordCounts, joined_keys, keys_where
from toolkit.match.hashing import tagged
from toolkit.match.texts.short_codes import MAX_DIGITS, Packed, is_digit_slip, packed_digits
from toolkit.values import phone

LEVELS = ("different numbers", "same exchange", "nearly the same number", "same number")
_DIFFERENT, _EXCHANGE, _NEAR, _SAME = range(1, 5)

_SUBSCRIBER, _EXCHANGE_BITS = np.uint64(4 * 4), np.uint64(4 * 7)
"""The last four digits are the line, the three before them the exchange."""
_LOCAL_DIGITS = 7
"""A number without its area code has as many; with one it ends in them."""


class Numbers(NamedTuple):
    """Numbers as packed digits, and how many digits each has."""

    digits: Packed
    sizes: Ints


def prepared(values: pa.StringArray, word_counts: WordCounts | None = None) -> Numbers:
    """Return the digits of distinct numbers."""
    del word_counts
    cut = pc.utf8_slice_codeunits(values, 0, MAX_DIGITS)
    return Numbers(packed_digits(cut), np.asarray(pc.binary_length(cut), dtype=np.int64))


def graded(numbers: Numbers, left: Ints, right: Ints) -> Levels:
    """Return the level of each pair of distinct numbers.

    Parameters
    ----------
    numbers
        What ``prepared`` made of the distinct values.
    left, right
        Positions of the two values of each pair.
    """
    digits_l, digits_r = numbers.digits[left], numbers.digits[right]
    sizes_l, sizes_r = numbers.sizes[left], numbers.sizes[right]
    shorter = np.minimum(sizes_l, sizes_r)
    difference = digits_l ^ digits_r
    is_exchange = difference >> _SUBSCRIBER == 0
    # Where an area code is missing, the three digits before the line are all there is to compare.
    tails = difference & ((np.uint64(1) << _EXCHANGE_BITS) - np.uint64(1))
    is_exchange |= (shorter <= _LOCAL_DIGITS) & (tails >> _SUBSCRIBER == 0)
    result = np.where(is_exchange, _EXCHANGE, _DIFFERENT).astype(np.uint8)
    result[(sizes_l == sizes_r) & is_digit_slip(digits_l, digits_r)] = _NEAR
    mask = (np.uint64(1) << (np.uint64(4) * np.minimum(shorter, MAX_DIGITS - 1).astype(np.uint64))) - np.uint64(1)
    result[(shorter >= _LOCAL_DIGITS) & (difference & mask == 0)] = _SAME
    result[difference == 0] = _SAME
    return result


def standardised(columns: Columns) -> pa.StringArray:
    """Return the national digits of each number."""
    return phone.standardised(columns["phone"])


def narrow(numbers: Numbers) -> Keys:
    """Return the last seven digits: with and without its area code a number is found."""
    local = numbers.digits & ((np.uint64(1) << _EXCHANGE_BITS) - np.uint64(1))
    return keys_where(tagged("phone", local), np.ones(len(local), dtype=bool))


def broad(numbers: Numbers) -> Keys:
    """Return what is before the line, and the line: one wrong digit leaves one of the two."""
    everywhere = np.ones(len(numbers.digits), dtype=bool)
    line = numbers.digits & ((np.uint64(1) << _SUBSCRIBER) - np.uint64(1))
    return joined_keys(
        keys_where(tagged("phone exchange", numbers.digits >> _SUBSCRIBER), everywhere),
        keys_where(tagged("phone line", line), everywhere),
    )


COMPARISON = Comparison(
    name="phone",
    reads=("phone",),
    facet="contact",
    levels=LEVELS,
    m=(0.22, 0.04, 0.04, 0.70),
    by_place=(0.30, 0.10, 0.05, 0.55),
    by_name=(0.85, 0.03, 0.02, 0.10),
    u=(0.985, 0.013, 0.001, 0.001),
    standardised=standardised,
    prepared=prepared,
    graded=graded,
    narrow=narrow,
    broad=broad,
    is_per_column=True,
)
