"""Short texts, each as one 64-bit number: postcodes, house numbers and telephone numbers a slip of the hand apart.

A slip is one sign wrong, missing or too many, or two neighbours changed (an OSA distance of one).
"""

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

Packed = npt.NDArray[np.uint64]
Mask = npt.NDArray[np.bool_]

MAX_SIGNS = 8
"""A number holds eight signs of eight bits."""
MAX_DIGITS = 16
"""A number holds sixteen digits of four bits."""

_DIGIT_BITS, _SIGN_BITS = np.uint64(4), np.uint64(8)
_ONE = np.uint64(1)


def packed_digits(texts: pa.StringArray) -> Packed:
    """Return texts of at most sixteen digits as numbers, four bits a digit, the last digit in the lowest bits.

    Examples
    --------
    >>> [hex(one) for one in packed_digits(pa.array(["4155552671", "77"]))]
    ['0x4155552671', '0x77']
    """
    digits = _signs(pc.utf8_lpad(texts, MAX_DIGITS, "0"), MAX_DIGITS) - np.uint8(ord("0"))
    pairs = (digits[:, ::2] << np.uint8(4)) | digits[:, 1::2]
    return np.ascontiguousarray(pairs).view(">u8").astype(np.uint64).ravel()


def packed_signs(texts: pa.StringArray) -> Packed:
    """Return the first eight signs of ASCII texts as numbers, the first in the highest bits.

    Examples
    --------
    >>> one, other = packed_signs(pa.array(["60612", "60613"]))
    >>> bool(one < other)
    True
    """
    padded = pc.utf8_rpad(pc.utf8_slice_codeunits(texts, 0, MAX_SIGNS), MAX_SIGNS, "\0")
    return _signs(padded, MAX_SIGNS).view(">u8").astype(np.uint64).ravel()


def _signs(texts: pa.StringArray, width: int) -> npt.NDArray[np.uint8]:
    """Return the bytes of texts of one width, a row each."""
    offsets = np.frombuffer(texts.buffers()[1], dtype=np.int32)[texts.offset : texts.offset + len(texts) + 1]
    if not len(texts):
        return np.zeros((0, width), dtype=np.uint8)
    data = np.frombuffer(texts.buffers()[2], dtype=np.uint8)[offsets[0] : offsets[-1]]
    return data.reshape(len(texts), width)


def is_digit_slip(left: Packed, right: Packed) -> Mask:
    """Return where packed digits differ in one digit, or in two neighbours that changed places.

    Examples
    --------
    >>> one, wrong, changed, other = packed_digits(pa.array(["5552671", "5552771", "5556271", "5562761"]))
    >>> is_digit_slip(np.array([one] * 3), np.array([wrong, changed, other])).tolist()
    [True, True, False]
    """
    return _is_substituted(left, right, _DIGIT_BITS)


def is_sign_slip(left: Packed, right: Packed) -> Mask:
    """Return where packed texts differ in one sign, or in two neighbours that changed places, or one has a sign more.

    Examples
    --------
    >>> one, *others = packed_signs(pa.array(["60612", "60621", "6062", "60672", "60721"]))
    >>> is_sign_slip(np.array([one] * 4), np.array(others)).tolist()
    [True, True, True, False]
    """
    low, high = np.minimum(left, right), np.maximum(left, right)
    return _is_substituted(left, right, _SIGN_BITS) | _is_longer(low, high) | _is_longer(high, low)


def _is_substituted(left: Packed, right: Packed, bits: np.uint64) -> Mask:
    difference = left ^ right
    # The lowest bit that differs tells the place; what is above it by more than two places rules a slip out.
    lowest = np.bitwise_count((difference & (~difference + _ONE)) - _ONE).astype(np.uint64)
    shift = np.minimum(lowest, np.uint64(63)) // bits * bits
    rest = difference >> shift
    low_mask = (_ONE << bits) - _ONE
    pair_mask = (_ONE << (bits + bits)) - _ONE
    two_l, two_r = (left >> shift) & pair_mask, (right >> shift) & pair_mask
    is_changed = (rest <= pair_mask) & (((two_l & low_mask) << bits) | (two_l >> bits) == two_r)
    return np.asarray((difference != 0) & ((rest <= low_mask) | is_changed))


def _is_longer(long: Packed, short: Packed) -> Mask:
    """Return where a text is another with one sign more."""
    difference = long ^ short
    for step in (1, 2, 4, 8, 16, 32):
        difference = difference | (difference >> np.uint64(step))
    # Bytes from the first that differs to the end, as a mask.
    bits = (np.bitwise_count(difference).astype(np.uint64) + np.uint64(7)) // _SIGN_BITS * _SIGN_BITS
    mask = np.where(bits >= 64, ~np.uint64(0), (_ONE << np.minimum(bits, np.uint64(63))) - _ONE)
    return np.asarray((difference != 0) & (((long << _SIGN_BITS) ^ short) & mask == 0))
