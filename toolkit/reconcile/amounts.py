"""How two amounts of the same event relate: equal, net of tax, less a fee, a slipped decimal, two digits swapped.

Amounts are minor units as floats; NaN is unknown. Left is the source, right the target.
"""

import numpy as np
import numpy.typing as npt

EQUAL, TAX, FEE, FACTOR, TRANSPOSED, CLOSE, DIFFERENT, UNKNOWN = range(8)
NAMES = ("equal", "tax", "fee", "factor", "transposed", "close", "different", "unknown")

Numbers = npt.NDArray[np.float64]
Relations = npt.NDArray[np.int8]

_CLOSE_SHARE = 0.1


def amount_relations(
    amount_l: Numbers, amount_r: Numbers, *, tax_l: Numbers, tax_r: Numbers, fee_l: Numbers, fee_r: Numbers
) -> Relations:
    """Return for each pair of amounts the first relation that holds, in the order of ``NAMES``.

    Examples
    --------
    >>> none = np.full(4, np.nan)
    >>> left, right = np.array([10_000.0, 12_345.0, 500.0, 100.0]), np.array([10_000.0, 12_354.0, 5_000.0, 900.0])
    >>> found = amount_relations(left, right, tax_l=none, tax_r=none, fee_l=none, fee_r=none)
    >>> [NAMES[one] for one in found]
    ['equal', 'transposed', 'factor', 'different']
    """
    tax_l, tax_r, fee_l, fee_r = (np.nan_to_num(one) for one in (tax_l, tax_r, fee_l, fee_r))
    has_tax, has_fee = (tax_l != 0) | (tax_r != 0), (fee_l != 0) | (fee_r != 0)
    # A cent of rounding is no difference where tax was added or taken off.
    is_tax = has_tax & _any_equal(amount_l, amount_r, tax_l, tax_r)
    is_fee = has_fee & _any_equal(amount_l, amount_r, fee_l, fee_r)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.abs(amount_r / amount_l)
    is_factor = np.isin(ratio, (0.01, 0.1, 10.0, 100.0))
    is_close = np.abs(ratio - 1) <= _CLOSE_SHARE
    is_unknown = np.isnan(amount_l) | np.isnan(amount_r)
    relations = np.full(len(amount_l), DIFFERENT, dtype=np.int8)
    relations[is_close] = CLOSE
    relations[is_factor] = FACTOR
    for index in np.flatnonzero(~is_unknown & (amount_l != amount_r) & (ratio > 0.1) & (ratio < 10)):
        if has_swapped_digits(int(amount_l[index]), int(amount_r[index])):
            relations[index] = TRANSPOSED
    relations[is_fee] = FEE
    relations[is_tax] = TAX
    relations[amount_l == amount_r] = EQUAL
    relations[is_unknown] = UNKNOWN
    return relations


def has_swapped_digits(one: int, other: int) -> bool:
    """Return whether two amounts differ by exactly one swap of two neighbouring digits.

    Examples
    --------
    >>> has_swapped_digits(12345, 12354), has_swapped_digits(12345, 54321), has_swapped_digits(11, 11)
    (True, False, False)
    """
    # A swap of neighbours changes a number by a multiple of 9.
    if (one - other) % 9 or one == other:
        return False
    text, other_text = str(abs(one)), str(abs(other))
    if len(text) != len(other_text):
        return False
    at = [index for index in range(len(text)) if text[index] != other_text[index]]
    return len(at) == 2 and at[1] == at[0] + 1 and text[at[0]] == other_text[at[1]] and text[at[1]] == other_text[at[0]]


def _any_equal(amount_l: Numbers, amount_r: Numbers, part_l: Numbers, part_r: Numbers) -> npt.NDArray[np.bool_]:
    """Whether the amounts agree once the part (tax, fee) is taken off either side."""
    close = np.abs(amount_l - part_l - amount_r) <= 1
    close |= np.abs(amount_l - (amount_r - part_r)) <= 1
    close |= np.abs((amount_l - part_l) - (amount_r - part_r)) <= 1
    result: npt.NDArray[np.bool_] = close
    return result
