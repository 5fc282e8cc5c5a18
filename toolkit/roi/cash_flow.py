"""From a monthly benefit to cash flows month by month, and the appraisal of one investment.

Costs and benefits go in as positive amounts; in the flows money out is negative. Month 0 is the day the money is committed;
flow m arrives at the end of month m.

Source: cost model, sections 7 and 8; Forrester Total Economic Impact (time 0 undiscounted, each year discounted at its end).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from toolkit.roi.finance import irr_roots, npv, payback
from toolkit.roi.periods import annual_rate, monthly_rate
from toolkit.roi.quantity import FloatArray

NpvConvention = Literal["monthly", "tei"]


@dataclass(frozen=True, slots=True)
class Appraisal:
    """Every figure of one investment; a null figure does not exist."""

    monthly_discount_rate: float
    npv: float
    npv_tei: float
    pv_benefits: float
    pv_costs: float
    roi_pct: float | None
    roi_pct_tei: float | None
    roi_pct_undiscounted: float | None
    irr_monthly: float | None
    irr_annual: float | None
    multiple_irr: bool
    payback_months: float | None
    payback_reversed: bool
    discounted_payback_months: float | None
    total_benefit: float
    total_cost: float


@dataclass(frozen=True, slots=True)
class BreakEven:
    """Margin of one item, the annuity of the horizon, and the items a month that pay; null: no volume does."""

    unit_margin: float
    annuity_factor: float
    break_even_volume: float | None


@dataclass(frozen=True, slots=True)
class CostOfDelay:
    """What waiting costs: the saving forgone, and exactly, with the same calendar end."""

    simple_cost_of_delay_per_month: float
    npv_start_now: float
    npv_start_later: float
    npv_cost_of_delay: float


def ramp_factors(t_live_months: float, t_full_months: float, horizon_months: int) -> tuple[float, ...]:
    """Return the share of the full benefit that each month brings: none before live, then rising evenly until full.

    Examples
    --------
    >>> ramp_factors(1.5, 3.5, 6)
    (0.0, 0.0625, 0.5, 0.9375, 1.0, 1.0)
    """
    each = ramp(np.array([t_live_months]), np.array([t_full_months]), horizon_months)
    return tuple(each[:, 0].tolist())


def ramp(t_live_months: FloatArray, t_full_months: FloatArray, horizon_months: int) -> FloatArray:
    """Return the ramp of many trials at once: one row per month, one column per trial.

    Parameters
    ----------
    t_live_months, t_full_months
        When the benefit of each trial begins and when it is complete.
    horizon_months
        How many months to return.

    Examples
    --------
    >>> ramp(np.array([0.0, 0.75]), np.array([0.0, 0.75]), 2).tolist()
    [[1.0, 0.25], [1.0, 1.0]]
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
    years = -(-np.arange(len(flows)) // 12)
    return math.fsum(flows / (1 + annual_discount_rate) ** years)


def appraisal(
    *,
    one_time_cost: float,
    gross_monthly_benefit: float,
    running_cost_per_month: float,
    horizon_months: int = 36,
    annual_discount_rate: float = 0.10,
    t_live_months: float = 0.0,
    t_full_months: float = 0.0,
    running_cost_start_month: int = 1,
    benefit_risk_down: float = 0.0,
    cost_risk_up: float = 0.0,
    annual_volume_growth: float = 0.0,
    npv_convention: NpvConvention = "monthly",
) -> Appraisal:
    """Return every figure of one investment with a constant monthly benefit and a ramp.

    Parameters
    ----------
    one_time_cost, gross_monthly_benefit, running_cost_per_month
        Positive amounts; the benefit is before the running cost.
    horizon_months, annual_discount_rate
        How far to look, and the discount rate as a fraction.
    t_live_months, t_full_months
        When the benefit begins and when it is complete.
    running_cost_start_month
        First month with running cost.
    benefit_risk_down, cost_risk_up
        Risk adjustment as fractions; leave at 0 where a simulation spreads the same inputs.
    annual_volume_growth
        As a fraction.
    npv_convention
        Which convention ``npv``, ``roi_pct`` and the present values follow; both NPVs are always given.

    Examples
    --------
    >>> case = appraisal(one_time_cost=3000, gross_monthly_benefit=400, running_cost_per_month=0)
    >>> round(case.npv, 2), round(case.roi_pct, 1), case.payback_months
    (9474.58, 315.8, 7.5)
    """
    rate = monthly_rate(annual_discount_rate)
    months = np.arange(1, horizon_months + 1)
    benefits = np.concatenate(
        (
            [0.0],
            gross_monthly_benefit
            * (1 - benefit_risk_down)
            * np.array(ramp_factors(t_live_months, t_full_months, horizon_months))
            * growth_factors(annual_volume_growth, horizon_months),
        )
    )
    running = running_cost_per_month * (1 + cost_risk_up) * (months >= running_cost_start_month)
    costs = np.concatenate(([one_time_cost * (1 + cost_risk_up)], running))
    flows = benefits - costs

    pv_benefits, pv_costs = npv(rate, benefits), npv(rate, costs)
    tei_benefits, tei_costs = (
        tei_value(annual_discount_rate, benefits),
        tei_value(annual_discount_rate, costs),
    )
    shown = (pv_benefits, pv_costs) if npv_convention == "monthly" else (tei_benefits, tei_costs)
    roots = irr_roots(flows.tolist())
    irr = roots[0] if len(roots) == 1 else None
    plain = payback(flows)
    total_benefit, total_cost = math.fsum(benefits), math.fsum(costs)
    return Appraisal(
        monthly_discount_rate=rate,
        npv=shown[0] - shown[1],
        npv_tei=tei_benefits - tei_costs,
        pv_benefits=shown[0],
        pv_costs=shown[1],
        roi_pct=return_on_investment(*shown),
        roi_pct_tei=return_on_investment(tei_benefits, tei_costs),
        roi_pct_undiscounted=return_on_investment(total_benefit, total_cost),
        irr_monthly=irr,
        irr_annual=None if irr is None else annual_rate(irr),
        multiple_irr=len(roots) > 1,
        payback_months=plain.periods,
        payback_reversed=plain.is_reversed,
        discounted_payback_months=payback(flows / (1 + rate) ** np.arange(horizon_months + 1)).periods,
        total_benefit=total_benefit,
        total_cost=total_cost,
    )


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


def break_even_volume(
    *,
    minutes_per_item: float,
    loaded_rate_per_hour: float,
    error_rate: float,
    cost_per_error: float,
    automation_rate: float,
    error_rate_after: float,
    exception_minutes: float,
    one_time_cost: float,
    running_cost_per_month: float,
    variable_fee_per_item: float,
    horizon_months: int,
    annual_discount_rate: float,
) -> BreakEven:
    """Return the items a month from which connecting pays within the horizon.

    Examples
    --------
    >>> point = break_even_volume(minutes_per_item=12, loaded_rate_per_hour=32, error_rate=0.06, cost_per_error=40,
    ...     automation_rate=0.9, error_rate_after=0.01, exception_minutes=12, one_time_cost=3000,
    ...     running_cost_per_month=57.5, variable_fee_per_item=0.05, horizon_months=36, annual_discount_rate=0.10)
    >>> round(point.break_even_volume, 2)
    19.93
    """
    minutes_saved = minutes_per_item - (1 - automation_rate) * exception_minutes
    unit_margin = (
        minutes_saved / 60 * loaded_rate_per_hour + (error_rate - error_rate_after) * cost_per_error - variable_fee_per_item
    )
    annuity = annuity_factor(monthly_rate(annual_discount_rate), horizon_months)
    if unit_margin <= 0:
        return BreakEven(unit_margin, annuity, None)
    return BreakEven(unit_margin, annuity, (one_time_cost / annuity + running_cost_per_month) / unit_margin)


def cost_of_delay(
    net_monthly_saving: float,
    one_time_cost: float,
    horizon_months: int = 36,
    annual_discount_rate: float = 0.10,
    delay_months: int = 1,
) -> CostOfDelay:
    """Return what it costs to begin ``delay_months`` later when the calendar end stays.

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
