"""What many simulated cash flows at once are worth, and when each pays back.

Month 0 is the day the money is committed. Infinite means "not within the horizon".

Source: cost model, section 8.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from toolkit.roi.flows import FlowBlock, FlowTerms, flow_blocks
from toolkit.roi.periods import monthly_rate
from toolkit.roi.quantity import FloatArray
from toolkit.roi.simulation import quantiles_of_rows

CUMULATIVE_QUANTILES = (0.1, 0.5, 0.9)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Judgement:
    """Worth and payback of each trial, and P10, P50 and P90 of the sum of the flows so far: one row each, by month."""

    npv: FloatArray
    roi_pct: FloatArray
    payback_months: FloatArray
    cumulative_bands: FloatArray


def judgement(parts: Sequence[FlowTerms], annual_discount_rate: float) -> Judgement:
    """Return what each trial of investments added up is worth.

    Parameters
    ----------
    parts
        What the flows of each follow from.
    annual_discount_rate
        As a fraction.

    Examples
    --------
    >>> terms = FlowTerms(*(np.array([one]) for one in (400.0, 0.0, 3000.0, 0.0, 0.0)), growth=np.ones(36))
    >>> judged = judgement([terms], 0.10)
    >>> round(float(judged.npv[0]), 2), round(float(judged.payback_months[0]), 2)
    (9108.88, 8.42)
    """
    trials = max(part.trials for part in parts)
    months = np.arange(len(parts[0].growth) + 1)
    weights = np.asarray((1 + monthly_rate(annual_discount_rate)) ** -months, dtype=np.float64)
    value, roi, payback = np.empty(trials), np.empty(trials), np.empty(trials)
    cumulative = np.empty((len(weights), trials))
    for block in flow_blocks(parts):
        rows = slice(block.start, block.start + block.costs.shape[1])
        value[rows], roi[rows] = _worth(block, weights)
        np.subtract(block.benefits, block.costs, out=cumulative[:, rows])
        for month in range(1, len(weights)):
            cumulative[month, rows] += cumulative[month - 1, rows]
        payback[rows] = payback_months(cumulative[:, rows])
    return Judgement(value, roi, payback, quantiles_of_rows(cumulative, CUMULATIVE_QUANTILES))


def payback_months(cumulative: FloatArray) -> FloatArray:
    """Return when each trial's running sum first reaches zero, spread evenly inside the month; one column per trial.

    Examples
    --------
    >>> payback_months(np.array([[-3.0, -3.0, 0.0], [-1.0, -2.0, 1.0], [1.0, -1.0, 2.0]])).tolist()
    [1.5, inf, 0.0]
    """
    # A sum of a few hundred doubles misses zero by less than this share of the money moved.
    tolerance = 1e-12 * np.maximum(cumulative.max(axis=0), -cumulative.min(axis=0))
    never = len(cumulative)
    months = np.arange(never, dtype=np.int16)[:, None]
    first = np.where(cumulative >= -tolerance, months, np.int16(never)).min(axis=0).astype(np.intp)
    trials = np.arange(cumulative.shape[1])
    before = cumulative[np.maximum(first - 1, 0), trials]
    gained = cumulative[np.minimum(first, never - 1), trials] - before
    inside = np.minimum(1.0, -before / np.where(gained > 0, gained, 1.0))
    found = np.where(first == 0, 0.0, first - 1 + inside)
    return np.asarray(np.where(first < never, found, np.inf), dtype=np.float64)


def _worth(block: FlowBlock, weights: FloatArray) -> tuple[FloatArray, FloatArray]:
    # One contiguous row of months per trial: so the discounted flows of a trial are added up in the same order however many
    # trials a block has, and the same seed gives the same last digit.
    pv_benefits, pv_costs = (np.ascontiguousarray(flows.T) @ weights for flows in (block.benefits, block.costs))
    value = pv_benefits - pv_costs
    return value, np.where(pv_costs > 0, 100 * value / np.where(pv_costs > 0, pv_costs, 1.0), np.nan)
