"""How the amounts of two sides relate throughout: a constant factor such as VAT or a rate, a fee that a processor keeps.

Amounts are minor units as floats; left is the source, right the target. Learned from pairs that are known otherwise.
"""

from typing import NamedTuple

import numpy as np

from toolkit.match.comparison import Floats, Ints
from toolkit.match.documents.side import Flags

_FACTOR_TOLERANCE = 0.0005
_LEAST_PAIRS = 12
_LEAST_SHARE = 0.3
_LEAST_FEE_PAIRS, _LEAST_FEE_SHARE = 6, 0.01
_MOST_FEES = 3
_MOST_FIXED_MINOR = 100
_FEE_RATES = np.arange(5, 61) / 1000


class AmountFactor(NamedTuple):
    """A factor from the source's to the target's amounts, the share of pairs that it fits, and how many were looked at."""

    factor: float
    share: float
    pairs: int


class Reading(NamedTuple):
    """The target's amount as ``factor * amount - fixed_minor`` of the source's; ``is_fee``: what lacks was kept back."""

    factor: float
    fixed_minor: float
    is_fee: bool

    def of(self, amount: Floats) -> Floats:
        """Return the amounts that the target would have, in whole minor units."""
        return np.asarray(np.rint(amount * self.factor) - np.copysign(self.fixed_minor, amount), dtype=np.float64)


def amount_factor(amount_l: Floats, amount_r: Floats) -> AmountFactor | None:
    """Return the factor that fits most pairs of amounts, 1 included; None without a pair of two amounts.

    Parameters
    ----------
    amount_l, amount_r
        Amounts of linked pairs, pair by pair; NaN is unknown. Pairs of unlike signs are passed over.

    Examples
    --------
    >>> net = np.array([10_000.0, 25_050.0, 990.0, 4_000.0])
    >>> amount_factor(net, np.array([12_000.0, 30_060.0, 1_188.0, 4_100.0]))
    AmountFactor(factor=1.2, share=0.75, pairs=4)
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = amount_r / amount_l
    ratio = np.sort(ratio[np.isfinite(ratio) & (ratio > 0)])
    if not len(ratio):
        return None
    # Small amounts are rounded to a cent, so that their ratio strays: a window of a thousandth holds most.
    reach = np.searchsorted(ratio, ratio * (1 + 2 * _FACTOR_TOLERANCE), "right") - np.arange(len(ratio))
    at = int(np.argmax(reach))
    within = ratio[at : at + int(reach[at])]
    return AmountFactor(round(float(np.median(within)), 6), len(within) / len(ratio), len(ratio))


def usual_readings(amount_l: Floats, amount_r: Floats) -> tuple[Reading, ...]:
    """Return how amounts of known pairs relate where it is not as equals: one factor, and up to three kinds of fees.

    Parameters
    ----------
    amount_l, amount_r
        Amounts of pairs that are known by a number or a party, pair by pair; a share of them may be wrong.
    """
    is_known = ~np.isnan(amount_l) & ~np.isnan(amount_r) & (amount_l * amount_r > 0)
    amount_l, amount_r = np.abs(amount_l[is_known]), np.abs(amount_r[is_known])
    result = []
    is_open = amount_l != amount_r
    found = amount_factor(amount_l[is_open], amount_r[is_open])
    if found is not None:
        count = found.share * found.pairs
        is_usual = count >= max(_LEAST_PAIRS, _LEAST_SHARE * len(amount_l))
        # A factor in tens is a slipped decimal point, which is an error of a document and not a relation of two sides.
        if is_usual and not _is_power_of_ten(found.factor):
            result.append(Reading(found.factor, 0.0, is_fee=False))
    return (*result, *_fees(amount_l, amount_r))


def fits(amount_l: Floats, amount_r: Floats, reading: Reading) -> Flags:
    """Return which pairs of amounts a reading explains, to a cent of rounding (of a rate: its last known digit).

    Parameters
    ----------
    amount_l, amount_r
        Pair by pair.
    reading
        How they relate.
    """
    slack = 1 + (0 if reading.is_fee else 1e-6) * np.abs(amount_l)
    return np.asarray(np.abs(reading.of(amount_l) - amount_r) <= slack, dtype=bool)


def _fees(amount_l: Floats, amount_r: Floats) -> list[Reading]:
    """Return the rates and fixed fees that several pairs agree in to the cent, the most usual first."""
    result: list[Reading] = []
    lacking = amount_l - amount_r
    is_open = (lacking > 0) & (lacking <= _FEE_RATES[-1] * amount_l + _MOST_FIXED_MINOR)
    least = max(_LEAST_FEE_PAIRS, _LEAST_FEE_SHARE * len(amount_l))
    while len(result) < _MOST_FEES:
        rows = np.flatnonzero(is_open)
        if len(rows) < least:
            break
        fixed = np.rint(lacking[rows][None, :] - amount_l[rows][None, :] * _FEE_RATES[:, None]).astype(np.int64)
        counts = _counts_of_fixed(fixed)
        rate, minor = np.unravel_index(int(np.argmax(counts)), counts.shape)
        one = Reading(1 - float(_FEE_RATES[rate]), float(minor), is_fee=True)
        is_its = fits(amount_l[rows], amount_r[rows], one)
        if is_its.sum() < least:
            break
        result.append(one)
        is_open[rows[is_its]] = False
    return result


def _counts_of_fixed(fixed: Ints) -> Ints:
    """Return how often each rate (rows) leaves each fixed fee (columns, 0 to the most)."""
    rates, kept = len(fixed), (fixed >= 0) & (fixed <= _MOST_FIXED_MINOR)
    code = np.arange(rates)[:, None] * (_MOST_FIXED_MINOR + 1) + fixed
    counts = np.bincount(code[kept], minlength=rates * (_MOST_FIXED_MINOR + 1))
    return np.asarray(counts.reshape(rates, _MOST_FIXED_MINOR + 1), dtype=np.int64)


def _is_power_of_ten(factor: float) -> bool:
    power = float(np.log10(factor))
    return abs(power - round(power)) < _FACTOR_TOLERANCE
