"""From a monthly benefit to cash flows month by month: ramp, growth, annuity, and what waiting costs.

Costs and benefits go in as positive amounts; in the flows money out is negative. Month 0 is the day the money is committed;
flow m arrives at the end of month m.

Source: cost model, sections 7 and 8; Forrester Total Economic Impact (time 0 undiscounted, each year discounted at its end).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from toolkit.roi.periods import monthly_rate
from toolkit.roi.quantity import FloatArray


@dataclass(frozen=True, slots=True)
class CostOfDelay:
    """What waiting costs: the saving forgone, and exactly, with the same calendar end."""

    simple_cost_of_delay_per_month: float
    npv_start_now: float
    npv_start_later: float
    npv_cost_of_delay: float


def ramp(t_live_months: FloatArray, t_full_months: FloatArray, horizon_months: int) -> FloatArray:
    """Return the share of the full benefit that each month brings: none before live, then rising evenly until full.

    One row per month, one column per trial.

    Parameters
    ----------
    t_live_months, t_full_months
        When the benefit of each trial begins and when it is complete.
    horizon_months
        How many months to return.

    Examples
    --------
    >>> ramp(np.array([1.5, 0.75]), np.array([3.5, 0.75]), 6).T.tolist()
    [[0.0, 0.0625, 0.5, 0.9375, 1.0, 1.0], [0.25, 1.0, 1.0, 1.0, 1.0, 1.0]]
    """
    rise = np.maximum(t_full_months - t_live_months, 0.0)
    since_live = np.maximum(np.arange(horizon_months + 1)[:, None] - t_live_months, 0.0)
    rising = np.minimum(since_live, rise)
    steady = since_live - rising
    # The area under the ramp until the end of each month. A step has no rise: the division by one is never looked at, its
    # numerator being zero.
    area = np.square(rising, out=rising)
    area /= np.where(rise > 0, 2 * rise, 1.0)
    area += steady
    return np.asarray(area[1:] - area[:-1], dtype=np.float64)


def growth_factors(annual_volume_growth: float, horizon_months: int) -> FloatArray:
    """Return the volume of each month relative to the first.

    Examples
    --------
    >>> growth_factors(0.21, 13)[[0, 12]].round(6).tolist()
    [1.0, 1.21]
    """
    return np.asarray((1 + annual_volume_growth) ** (np.arange(horizon_months) / 12), dtype=np.float64)


def annuity_factor(rate_per_period: float, periods: int) -> float:
    """Return today's value of one unit at the end of each period.

    Examples
    --------
    >>> round(annuity_factor(monthly_rate(0.10), 36), 6)
    31.186458
    >>> annuity_factor(0.0, 36)
    36.0
    """
    if not rate_per_period:
        return float(periods)
    # Not 1 - (1 + r) ** -n: at a small rate that loses all but a few digits.
    return -math.expm1(-periods * math.log1p(rate_per_period)) / rate_per_period


def tei_value(annual_discount_rate: float, cash_flows: Sequence[float] | FloatArray) -> float:
    """Return the net present value by the Total Economic Impact convention: each year's flows discounted at its end.

    Parameters
    ----------
    annual_discount_rate
        As a fraction.
    cash_flows
        Flow 0, then monthly flows; a last year that is not complete counts as a year.

    Examples
    --------
    >>> round(tei_value(0.10, [-3000] + [400] * 36), 2)
    8936.89
    """
    flows = np.asarray(cash_flows, dtype=np.float64)
    # Rounded up: the twelfth month ends the first year, the thirteenth belongs to the second.
    years = -(-np.arange(len(flows)) // 12)
    return math.fsum(flows / (1 + annual_discount_rate) ** years)


def return_on_investment(benefits: float, costs: float) -> float | None:
    """Return benefits less costs in percent of costs; null without costs.

    Examples
    --------
    >>> return_on_investment(14_400, 3_000), return_on_investment(100, 0)
    (380.0, None)
    """
    return (benefits - costs) / costs * 100 if costs else None


def simple_payback_months(one_time_cost: float, net_monthly_saving: float) -> float | None:
    """Return the months that a constant saving needs to bring back the one-time cost; null when it saves nothing.

    Examples
    --------
    >>> simple_payback_months(2000, 400)
    5.0
    """
    return one_time_cost / net_monthly_saving if net_monthly_saving > 0 else None


def cost_of_delay(
    net_monthly_saving: float,
    one_time_cost: float,
    horizon_months: int = 36,
    annual_discount_rate: float = 0.10,
    delay_months: int = 1,
) -> CostOfDelay:
    """Return what it costs to begin ``delay_months`` later when the calendar end stays.

    Parameters
    ----------
    net_monthly_saving, one_time_cost
        Positive amounts; the saving is that of a month at full benefit.
    horizon_months, annual_discount_rate
        How far to look from today, and the discount rate as a fraction.
    delay_months
        How much later the money is committed.

    Examples
    --------
    >>> round(cost_of_delay(400.0, 3000.0).npv_cost_of_delay, 2)
    373.1
    """
    rate = monthly_rate(annual_discount_rate)
    now = net_monthly_saving * annuity_factor(rate, horizon_months) - one_time_cost
    months_left = max(0, horizon_months - delay_months)
    later = (net_monthly_saving * annuity_factor(rate, months_left) - one_time_cost) / (1 + rate) ** delay_months
    return CostOfDelay(net_monthly_saving, now, later, now - later)


def cd3(saving_per_month: float, duration_months: float) -> float:
    """Return the cost of delay divided by duration: the saving a month for each month that the work takes.

    For one team, and where nothing needs anything else, the highest first is the best order.

    Parameters
    ----------
    saving_per_month
        What is forgone in every month without it.
    duration_months
        How long it takes, above 0.

    References
    ----------
    Smith, "Various optimizers for single-stage production", Naval Research Logistics Quarterly 3 (1956), p. 59.

    Examples
    --------
    >>> cd3(300, 0.25)
    1200.0
    """
    return saving_per_month / duration_months
