"""Judging a series of cash flows: present value, every internal rate of return, payback.

Money out is negative, money in positive. Flow 0 happens today and is not discounted; flow m arrives at the end of period
m. Rates are fractions per period: monthly flows need a monthly rate. Null means "does not exist", never zero.

Source: cost model, section 8.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from toolkit.roi.quantity import FloatArray

# Sums of a few hundred doubles miss an exact zero by less than this share of the money moved.
_ROUNDING = 1e-12


@dataclass(frozen=True, slots=True)
class Metrics:
    """Every judgement of one series; ``irr`` is null when there is no root or more than one."""

    npv: float
    irr_roots: tuple[float, ...]
    irr: float | None
    multiple_irr: bool
    mirr: float | None
    payback_periods: float | None
    payback_reversed: bool
    discounted_payback_periods: float | None
    pv_inflows: float
    pv_outflows: float


@dataclass(frozen=True, slots=True)
class Payback:
    """Periods until the money is back (null: not within the series), and whether it is lost again later."""

    periods: float | None
    is_reversed: bool


def npv(rate_per_period: float, cash_flows: Sequence[float] | FloatArray) -> float:
    """Return the net present value of a series of cash flows.

    Parameters
    ----------
    rate_per_period
        Discount rate as a fraction above -1, for the same period as the flows.
    cash_flows
        Net flow of each period in one currency; ``cash_flows[0]`` is not discounted.

    References
    ----------
    Gitman, Principles of Managerial Finance (Brief), 3rd ed., 2003, p. 346.

    Examples
    --------
    >>> round(npv(0.08, [-40_000, 5_000, 8_000, 12_000, 30_000]), 2)
    3065.22
    """
    return math.fsum(discounted(rate_per_period, cash_flows))


def discounted(rate_per_period: float, cash_flows: Sequence[float] | FloatArray) -> FloatArray:
    """Return each flow at its value today.

    Examples
    --------
    >>> discounted(1.0, [-100, 100, 100]).tolist()
    [-100.0, 50.0, 25.0]
    """
    flows = np.asarray(cash_flows, dtype=np.float64)
    return np.asarray(flows / (1 + rate_per_period) ** np.arange(len(flows)), dtype=np.float64)


def irr_roots(cash_flows: Sequence[float]) -> tuple[float, ...]:
    """Return every rate above -1 at which the net present value is zero, in ascending order.

    A series that changes sign more than once may have several, and then none of them is "the" return.

    Examples
    --------
    >>> [round(rate, 6) for rate in irr_roots([-1600, 10_000, -10_000])]
    [0.25, 4.0]
    >>> irr_roots([100, 100])
    ()
    """
    flows = np.trim_zeros(np.asarray(cash_flows, dtype=np.float64))
    if len(flows) < 2:
        return ()
    # Rates do not change with the currency's scale, while the noise below is judged against one.
    flows = flows / np.abs(flows).max()
    # Both halves keep the unknown within 0 and 1, so that no power of it overflows: v = 1 / (1 + r) for r >= 0,
    # w = 1 + r below.
    from_gains = [1 / v - 1 for v in _roots_within_unit(flows)]
    from_losses = [w - 1 for w in _roots_within_unit(flows[::-1]) if w < 1 - _ROUNDING]
    return tuple(sorted(from_losses + from_gains))


def mirr(cash_flows: Sequence[float], finance_rate: float, reinvest_rate: float) -> float | None:
    """Return the modified internal rate of return; null without money out or without money in.

    Parameters
    ----------
    cash_flows
        As for ``npv``.
    finance_rate, reinvest_rate
        What borrowed money costs and what returned money earns, fractions per period.

    Examples
    --------
    >>> round(mirr([-10_000, 3_000, 4_200, 6_800], 0.10, 0.10), 6)
    0.145985
    """
    flows = np.asarray(cash_flows, dtype=np.float64)
    last = len(flows) - 1
    outflows = -npv(finance_rate, np.minimum(flows, 0.0))
    inflows = npv(reinvest_rate, np.maximum(flows, 0.0))
    if last < 1 or outflows <= 0 or inflows <= 0:
        return None
    return float((inflows / outflows) ** (1 / last) * (1 + reinvest_rate) - 1)


def payback(cash_flows: Sequence[float] | FloatArray) -> Payback:
    """Return when the flows so far first sum to zero or more, spread evenly inside a period.

    Examples
    --------
    >>> payback([-3000, 400, 400, 400, 400, 400, 400, 400, 400])
    Payback(periods=7.5, is_reversed=False)
    >>> payback([-1600, 10_000, -10_000])
    Payback(periods=0.16, is_reversed=True)
    """
    flows = np.asarray(cash_flows, dtype=np.float64)
    so_far = np.cumsum(flows)
    tolerance = _ROUNDING * np.cumsum(np.abs(flows))
    is_back = so_far >= -tolerance
    if not is_back.any():
        return Payback(None, is_reversed=False)
    first = int(np.argmax(is_back))
    is_reversed = not bool(is_back[first:].all())
    if first == 0:
        return Payback(0.0, is_reversed)
    before, after = float(so_far[first - 1]), float(so_far[first])
    return Payback(first - 1 + min(1.0, -before / (after - before)), is_reversed)


def metrics(cash_flows: Sequence[float], rate_per_period: float, finance_rate: float | None = None) -> Metrics:
    """Return every judgement of a series of cash flows.

    Parameters
    ----------
    cash_flows
        As for ``npv``.
    rate_per_period
        Discount rate, also what returned money earns in the modified rate of return.
    finance_rate
        What borrowed money costs; the discount rate when ``None``.

    Examples
    --------
    >>> judged = metrics([-10_000, 3_000, 4_200, 6_800], 0.10)
    >>> round(judged.npv, 2), round(judged.irr, 4), round(judged.payback_periods, 3)
    (1307.29, 0.1634, 2.412)
    """
    today = discounted(rate_per_period, cash_flows)
    roots = irr_roots(cash_flows)
    plain = payback(cash_flows)
    return Metrics(
        npv=math.fsum(today),
        irr_roots=roots,
        irr=roots[0] if len(roots) == 1 else None,
        multiple_irr=len(roots) > 1,
        mirr=mirr(cash_flows, rate_per_period if finance_rate is None else finance_rate, rate_per_period),
        payback_periods=plain.periods,
        payback_reversed=plain.is_reversed,
        discounted_payback_periods=payback(today).periods,
        pv_inflows=math.fsum(today[today > 0]),
        pv_outflows=-math.fsum(today[today < 0]) + 0.0,
    )


def _roots_within_unit(coefficients: FloatArray) -> list[float]:
    """Return the roots in (0, 1] of the polynomial whose constant comes first.

    Between two neighbouring roots of the derivative a polynomial is monotone, so each sign change there holds one
    root. That finds all of them, also where eigenvalue methods lose real roots to rounding.
    """
    constant_first = np.trim_zeros(coefficients, "f")
    changes = _sign_changes(constant_first)
    if not changes:
        return []
    powers = np.arange(len(constant_first))

    # One change of sign means one positive root (Descartes): no turning point need be known.
    turns = _roots_within_unit((constant_first * powers)[1:]) if changes > 1 else []
    edges = [0.0, *[turn for turn in turns if turn < 1], 1.0]
    values = [_polynomial(constant_first, edge) for edge in edges]
    # At a rate that only touches zero there is no change of sign to find: a value within rounding of zero is a root.
    noise = [_ROUNDING * float(np.abs(constant_first) @ edge**powers) for edge in edges]
    is_root = [abs(one) <= small for one, small in zip(values, noise, strict=True)]
    found = [edge for edge, root in zip(edges, is_root, strict=True) if root]
    for left, right in pairwise(range(len(edges))):
        if not is_root[left] and not is_root[right] and values[left] * values[right] < 0:
            found.append(_crossing(constant_first, edges[left], edges[right]))
    return sorted(found)


def _crossing(constant_first: FloatArray, left: float, right: float) -> float:
    """Return where a polynomial that is monotone between two points of opposite sign crosses zero, by halving."""
    is_rising = _polynomial(constant_first, left) < 0
    # Until no double lies between: then the rate is as exact as a double can say it.
    while left < (middle := (left + right) / 2) < right:
        left, right = (middle, right) if (_polynomial(constant_first, middle) < 0) is is_rising else (left, middle)
    return right


def _polynomial(constant_first: FloatArray, at: float) -> float:
    total = 0.0
    for coefficient in reversed(constant_first.tolist()):
        total = total * at + coefficient
    return total


def _sign_changes(coefficients: FloatArray) -> int:
    signs = np.sign(coefficients[coefficients != 0])
    return int(np.count_nonzero(signs[1:] != signs[:-1]))
