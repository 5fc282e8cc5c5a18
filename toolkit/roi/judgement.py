"""What many simulated cash flows at once are worth, and when each pays back.

One row per trial, one column per month; column 0 is the day the money is committed. Infinite means "not within the horizon".

Source: cost model, section 8.
"""

from dataclasses import dataclass

import numpy as np

from toolkit.roi.periods import monthly_rate
from toolkit.roi.quantity import FloatArray


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Judgement:
    """Worth and payback of each trial; ``cumulative`` is the sum of the flows so far, by trial and month."""

    npv: FloatArray
    roi_pct: FloatArray
    payback_months: FloatArray
    cumulative: FloatArray


def judgement(benefit_flows: FloatArray, cost_flows: FloatArray, annual_discount_rate: float) -> Judgement:
    """Return what each trial is worth.

    Parameters
    ----------
    benefit_flows, cost_flows
        Both positive, by trial and month.
    annual_discount_rate
        As a fraction.

    Examples
    --------
    >>> judged = judgement(np.array([[0.0] + [400.0] * 36]), np.array([[3000.0] + [0.0] * 36]), 0.10)
    >>> round(float(judged.npv[0]), 2), float(judged.payback_months[0])
    (9474.58, 7.5)
    """
    weights = (1 + monthly_rate(annual_discount_rate)) ** -np.arange(benefit_flows.shape[1])
    pv_benefits, pv_costs = benefit_flows @ weights, cost_flows @ weights
    value = pv_benefits - pv_costs
    roi = np.where(pv_costs > 0, 100 * value / np.where(pv_costs > 0, pv_costs, 1.0), np.nan)
    cumulative = np.cumsum(benefit_flows - cost_flows, axis=1)
    return Judgement(value, roi, payback_months(cumulative), cumulative)


def payback_months(cumulative: FloatArray) -> FloatArray:
    """Return when each trial's running sum first reaches zero, spread evenly inside the month.

    Examples
    --------
    >>> payback_months(np.array([[-3.0, -1.0, 1.0], [-3.0, -2.0, -1.0], [0.0, 1.0, 2.0]])).tolist()
    [1.5, inf, 0.0]
    """
    # A sum of a few hundred doubles misses zero by less than this share of the money moved.
    tolerance = 1e-12 * np.abs(cumulative).max(axis=1, keepdims=True)
    is_back = cumulative >= -tolerance
    first = np.argmax(is_back, axis=1)
    rows = np.arange(len(cumulative))
    before = cumulative[rows, np.maximum(first - 1, 0)]
    gained = cumulative[rows, first] - before
    inside = np.minimum(1.0, -before / np.where(gained > 0, gained, 1.0))
    months = np.where(first == 0, 0.0, first - 1 + inside)
    return np.asarray(np.where(is_back.any(axis=1), months, np.inf), dtype=np.float64)
