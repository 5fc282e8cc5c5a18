"""How two amounts of the same event relate: equal, net of tax, less a fee, a slipped decimal, a wrong digit or two swapped.

Amounts are minor units as floats; NaN is unknown. Left is the source, right the target. A relation is a level, worst first.
"""

from collections.abc import Sequence

import numpy as np

from toolkit.match.comparison import Floats, Ints, Levels
from toolkit.match.documents.readings import Reading, fits
from toolkit.match.documents.side import NO_PARTY, Documents, Flags

UNKNOWN, DIFFERENT, CLOSE, LESS, DIGIT, TRANSPOSED, FACTOR, RATIO, FEE, TAX, EQUAL = range(11)
NAMES = ("unknown", "different", "close", "less", "digit", "transposed", "factor", "ratio", "fee", "tax", "equal")
LEVELS = (
    "different amounts", "within a tenth", "a little less, as after a fee", "one other digit", "two digits swapped",
    "the decimal point slipped", "equal but for a factor that most share", "equal but for a fee", "equal but for tax",
    "equal amounts",
)  # fmt: skip

# How many amounts are within reach of each relation: so much likelier is it by chance than equality.
REACH = {EQUAL: 1, TAX: 2, FEE: 2, RATIO: 3, FACTOR: 4, TRANSPOSED: 6, DIGIT: 45}

FITTING = (EQUAL, TAX, FEE, RATIO)
"""Relations that say: the same amount, written as this side writes it."""

_CLOSE_SHARE = 0.1
# What banks and card processors keep without saying so: up to 4 % and 50 cents, or 25 units for a transfer from abroad.
_FEE_SHARE, _FEE_MINOR, _TRANSFER_FEE_MINOR = 0.04, 50, 2_500
_STEPS = (5, 100, 500, 1_000, 2_500, 5_000, 10_000, 50_000, 100_000, 1_000_000)
_MOST_DIGITS = 15
_POWERS = 10 ** np.arange(_MOST_DIGITS + 1)
_FEW_OF_PARTY = 5


def amount_relations(
    amount_l: Floats, amount_r: Floats, *, tax_l: Floats, tax_r: Floats, fee_l: Floats, fee_r: Floats
) -> Levels:
    """Return for each pair of amounts the best relation that holds, as a position in ``NAMES``.

    Money that goes the other way is another event; a bank shows both directions in one list.

    Parameters
    ----------
    amount_l, amount_r
        Of the source and of the target, pair by pair: minor units in one currency, signed, NaN is unknown.
    tax_l, tax_r, fee_l, fee_r
        Parts of the amounts, as long as they; 0 or NaN is none or unknown.

    Examples
    --------
    >>> none = np.full(4, np.nan)
    >>> left, right = np.array([10_000.0, 12_345.0, 500.0, 100.0]), np.array([10_000.0, 12_354.0, 5_000.0, 953.0])
    >>> found = amount_relations(left, right, tax_l=none, tax_r=none, fee_l=none, fee_r=none)
    >>> [NAMES[one] for one in found]
    ['equal', 'transposed', 'factor', 'different']
    """
    tax_l, tax_r, fee_l, fee_r = (np.nan_to_num(one) for one in (tax_l, tax_r, fee_l, fee_r))
    has_tax, has_fee = (tax_l != 0) | (tax_r != 0), (fee_l != 0) | (fee_r != 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.abs(amount_r / amount_l)
    relations = np.full(len(amount_l), DIFFERENT, dtype=np.uint8)
    relations[np.abs(ratio - 1) <= _CLOSE_SHARE] = CLOSE
    lacking = np.abs(amount_l) - np.abs(amount_r)
    usual_fee = np.maximum(_FEE_SHARE * np.abs(amount_l) + _FEE_MINOR, _TRANSFER_FEE_MINOR)
    relations[(lacking > 0) & (lacking <= usual_fee) & (ratio >= 1 - _CLOSE_SHARE)] = LESS
    relations[np.isin(ratio, (0.01, 0.1, 10.0, 100.0))] = FACTOR
    near = np.flatnonzero((ratio > 0.1) & (ratio < 10))
    relations[near[have_one_other_digit(amount_l[near], amount_r[near])]] = DIGIT
    relations[near[have_swapped_digits(amount_l[near], amount_r[near])]] = TRANSPOSED
    # A cent of rounding is no difference where tax was added or taken off.
    relations[has_fee & _any_equal(amount_l, amount_r, fee_l, fee_r)] = FEE
    relations[has_tax & _any_equal(amount_l, amount_r, tax_l, tax_r)] = TAX
    relations[amount_l == amount_r] = EQUAL
    relations[amount_l * amount_r < 0] = DIFFERENT
    relations[np.isnan(amount_l) | np.isnan(amount_r)] = UNKNOWN
    return relations


def have_swapped_digits(one: Floats, other: Floats) -> Flags:
    """Return whether two amounts differ by exactly one swap of two neighbouring digits.

    Examples
    --------
    >>> have_swapped_digits(np.array([12345.0, 12345.0, 11.0, 105.0]), np.array([12354.0, 54321.0, 11.0, 15.0])).tolist()
    [True, False, False, False]
    """
    result = np.zeros(len(one), dtype=bool)
    # A swap of neighbours changes a number by a multiple of 9.
    able = np.flatnonzero((one != other) & ((one - other) % 9 == 0) & (np.maximum(np.abs(one), np.abs(other)) < 10.0**15))
    number, gap = np.abs(one[able]).astype(np.int64), (np.abs(one[able]) - np.abs(other[able])).astype(np.int64)
    for place in range(_MOST_DIGITS - 1):
        upper, lower = number // 10 ** (place + 1), number // 10**place % 10
        # A zero cannot lead: 105 is never 015.
        is_number = (upper > 9) | ((upper > 0) & (lower > 0))
        result[able[is_number & (gap == 9 * (upper % 10 - lower) * 10**place) & (gap != 0)]] = True
    return result


def have_one_other_digit(one: Floats, other: Floats) -> Flags:
    """Return whether two amounts are written with equally many digits, of which exactly one differs.

    Examples
    --------
    >>> have_one_other_digit(np.array([12345.0, 12345.0, 900.0]), np.array([12945.0, 12335.0, 1000.0])).tolist()
    [True, True, False]
    """
    result = np.zeros(len(one), dtype=bool)
    high, low = np.maximum(np.abs(one), np.abs(other)), np.minimum(np.abs(one), np.abs(other))
    able = np.flatnonzero((high != low) & (low >= 1) & (high < 10.0**_MOST_DIGITS))
    number, fewer = high[able].astype(np.int64), low[able].astype(np.int64)
    gap = number - fewer
    place = _POWERS[np.searchsorted(_POWERS, gap, "right") - 1]
    # Without a carry the digit itself is so much larger; the first digit is never a zero.
    is_one = (gap % place == 0) & (number // place % 10 - fewer // place % 10 == gap // place)
    is_one &= np.searchsorted(_POWERS, number, "right") == np.searchsorted(_POWERS, fewer, "right")
    result[able[is_one]] = True
    return result


def pair_relations(
    left: Documents, right: Documents, rows_l: Ints, rows_r: Ints, readings: Sequence[Reading] = ()
) -> Levels:
    """Return how the amounts of pairs of documents relate.

    Parameters
    ----------
    left, right
        Source and target; both in one currency.
    rows_l, rows_r
        Rows of the two, pair by pair.
    readings
        How amounts of these sides usually relate where it is not as equals.
    """
    result = amount_relations(
        left.amount[rows_l], right.amount[rows_r],
        tax_l=left.tax[rows_l], tax_r=right.tax[rows_r], fee_l=left.fee[rows_l], fee_r=right.fee[rows_r],
    )  # fmt: skip
    for one in readings:
        # A relation that both documents state themselves is not read otherwise.
        able = np.flatnonzero((result != UNKNOWN) & (result < RATIO))
        its = able[fits(left.amount[rows_l[able]], right.amount[rows_r[able]], one)]
        result[its] = FEE if one.is_fee else RATIO
    return result


def amount_chance(left: Documents, right: Documents) -> Floats:
    """Return for each target how likely an unrelated document has its amount: by others that have it, and by its spread.

    The spread counts the target's amounts within a tenth, over the number of amounts possible there: round amounts are
    fewer, so they meet by chance more often.
    """
    amount = np.abs(right.amount)
    known = np.sort(amount[~np.isnan(amount)])
    if len(known) == 0:
        return np.ones(len(right))
    near = np.searchsorted(known, amount * 1.1, "right") - np.searchsorted(known, amount * 0.9, "left")
    possible = np.maximum(0.2 * amount / roundness(amount), 1.0)
    spread = np.minimum(np.maximum(near, 1) / len(known) / possible, 1 / len(known))
    others = np.maximum(_sharers(amount, amount) - 1, _sharers(amount, np.abs(left.amount)) - 1)
    return np.asarray(np.maximum(others, 0) / len(known) + spread, dtype=np.float64)


def chance_within_party(right: Documents, party: Ints) -> Floats:
    """Return for each target the share of its party's other documents that have its amount: a monthly fee is no evidence.

    Of a party with a handful of documents that share says little, and is held low. ``party`` says whose each is.
    """
    result = np.zeros(len(right))
    known = np.flatnonzero((party != NO_PARTY) & ~np.isnan(right.amount))
    if len(known) == 0:
        return result
    order = known[np.lexsort((right.amount[known], party[known]))]
    is_new = np.ones(len(order), dtype=bool)
    own, amount = party[order], right.amount[order]
    is_new[1:] = (own[1:] != own[:-1]) | (amount[1:] != amount[:-1])
    group = np.cumsum(is_new) - 1
    alike = np.bincount(group)[group] - 1
    of_party = np.bincount(party[known])[own] - 1
    result[order] = alike / (of_party + _FEW_OF_PARTY)
    return result


def roundness(amount: Floats) -> Floats:
    """Return the step people count in when they name this amount: cents, whole units, tens, hundreds.

    Examples
    --------
    >>> roundness(np.array([12_345.0, 12_300.0, 50_000.0, 12_347.0])).tolist()
    [5.0, 100.0, 50000.0, 1.0]
    """
    step = np.ones(len(amount))
    for candidate in _STEPS:
        step = np.where(np.mod(np.nan_to_num(amount), candidate) == 0, candidate, step)
    return np.asarray(step, dtype=np.float64)


def _sharers(amount: Floats, others: Floats) -> Floats:
    """Return how many of ``others`` have each amount."""
    ordered = np.sort(others[~np.isnan(others)])
    found = np.searchsorted(ordered, amount, "right") - np.searchsorted(ordered, amount, "left")
    return np.asarray(found, dtype=np.float64)


def _any_equal(amount_l: Floats, amount_r: Floats, part_l: Floats, part_r: Floats) -> Flags:
    """Whether the amounts agree once the part (tax, fee) is taken off either side."""
    close = np.abs(amount_l - part_l - amount_r) <= 1
    close |= np.abs(amount_l - (amount_r - part_r)) <= 1
    close |= np.abs((amount_l - part_l) - (amount_r - part_r)) <= 1
    return np.asarray(close, dtype=bool)
