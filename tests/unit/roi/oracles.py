"""Second reckonings of the business case, in plain arithmetic and without the toolkit: what its figures are held against.

Each is itself held against the vectors of the cost model (``test_vectors.py``). Sections are those of the cost model.
"""

import math
from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import Any

from scipy.optimize import brentq

Outputs = dict[str, Any]


def handoff_month(
    *,
    volume_per_month: float,
    minutes_per_item: float,
    loaded_rate_per_hour: float,
    error_rate: float,
    rework_minutes: float,
    rework_rate_per_hour: float,
    other_cost_per_error: float,
    invoices_per_month: float,
    avg_invoice_value: float,
    delay_days: float,
    annual_cost_of_capital: float,
    automation_rate: float,
    exception_minutes: float,
    error_rate_after: float,
    delay_days_after: float,
    running_cost_per_month: float,
    monitoring_hours_per_month: float = 0.0,
    fixed_minutes_per_month: float = 0.0,
    retired_subscriptions_per_month: float = 0.0,
) -> Outputs:
    """Return one handoff's month before and after (section 4): labour, errors, late invoices, retired subscriptions."""
    hours_now = (volume_per_month * minutes_per_item + fixed_minutes_per_month) / 60
    hours_after = volume_per_month * (1 - automation_rate) * exception_minutes / 60 + monitoring_hours_per_month
    per_error = rework_minutes * rework_rate_per_hour / 60 + other_cost_per_error
    carried_per_day = invoices_per_month * avg_invoice_value * annual_cost_of_capital / 365
    before = (
        hours_now * loaded_rate_per_hour,
        volume_per_month * error_rate * per_error,
        carried_per_day * delay_days,
        retired_subscriptions_per_month,
    )
    after = (
        hours_after * loaded_rate_per_hour,
        volume_per_month * error_rate_after * per_error,
        carried_per_day * delay_days_after,
    )
    benefit = sum(before) - sum(after)
    return {
        "hours_now": hours_now,
        "hours_after": hours_after,
        **dict(zip(("labour_now", "errors_now", "delay_now"), before, strict=False)),
        **dict(zip(("labour_after", "errors_after", "delay_after"), after, strict=True)),
        "monthly_cost_now": sum(before),
        "monthly_cost_after": sum(after) + running_cost_per_month,
        "gross_monthly_benefit": benefit,
        "net_monthly_saving": benefit - running_cost_per_month,
    }


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
) -> Outputs:
    """Return every figure of one investment (sections 7 and 8); a null figure does not exist."""
    months = range(1, horizon_months + 1)
    benefits = [0.0] + [
        gross_monthly_benefit
        * (1 - benefit_risk_down)
        * (1 + annual_volume_growth) ** ((month - 1) / 12)
        * (_area(month, t_live_months, t_full_months) - _area(month - 1, t_live_months, t_full_months))
        for month in months
    ]
    running = running_cost_per_month * (1 + cost_risk_up)
    costs = [one_time_cost * (1 + cost_risk_up)] + [running * (month >= running_cost_start_month) for month in months]
    flows = [benefit - cost for benefit, cost in zip(benefits, costs, strict=True)]
    monthly = (1 + annual_discount_rate) ** (1 / 12) - 1
    by_month = [(1 + monthly) ** -month for month in range(len(flows))]
    by_year = [(1 + annual_discount_rate) ** -math.ceil(month / 12) for month in range(len(flows))]
    pv_benefits, pv_costs = _weighed(benefits, by_month), _weighed(costs, by_month)
    tei_benefits, tei_costs = _weighed(benefits, by_year), _weighed(costs, by_year)
    irr = internal_rate(flows)
    periods, is_reversed = payback(flows)
    return {
        "monthly_discount_rate": monthly,
        "npv": pv_benefits - pv_costs,
        "npv_tei": tei_benefits - tei_costs,
        "pv_benefits": pv_benefits,
        "pv_costs": pv_costs,
        "roi_pct": _return(pv_benefits, pv_costs),
        "roi_pct_tei": _return(tei_benefits, tei_costs),
        "roi_pct_undiscounted": _return(math.fsum(benefits), math.fsum(costs)),
        "irr_monthly": irr,
        "irr_annual": None if irr is None else (1 + irr) ** 12 - 1,
        "multiple_irr": False,
        "payback_months": periods,
        "payback_reversed": is_reversed,
        "discounted_payback_months": payback([flow * one for flow, one in zip(flows, by_month, strict=True)])[0],
        "total_benefit": math.fsum(benefits),
        "total_cost": math.fsum(costs),
    }


def internal_rate(flows: Sequence[float]) -> float | None:
    """Return the rate per period of flows that change sign once at most; null where none makes them worth nothing."""
    signs = [math.copysign(1, flow) for flow in flows if flow]
    changes = sum(left != right for left, right in pairwise(signs))
    if not changes:
        return None
    if changes > 1:
        raise ValueError("These flows may have several internal rates: not for this reckoning.")

    def worth(rate: float) -> float:
        return math.fsum(flow / (1 + rate) ** period for period, flow in enumerate(flows))

    return float(brentq(worth, -0.5, 10.0, xtol=1e-14, rtol=1e-14))


def payback(flows: Sequence[float]) -> tuple[float | None, bool]:
    """Return when the flows so far reach zero, evenly within a period, and whether they fall below it again."""
    so_far = list(accumulate(flows))
    first = next((period for period, amount in enumerate(so_far) if amount >= 0), None)
    if first is None:
        return None, False
    is_reversed = min(so_far[first:]) < 0
    return (float(first) if not first else first - so_far[first] / flows[first]), is_reversed


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
) -> Outputs:
    """Return the items a month from which connecting pays within the horizon (section 8)."""
    left = (1 - automation_rate) * exception_minutes
    margin = (minutes_per_item - left) * loaded_rate_per_hour / 60
    margin += (error_rate - error_rate_after) * cost_per_error - variable_fee_per_item
    annuity = math.fsum((1 + annual_discount_rate) ** (-month / 12) for month in range(1, horizon_months + 1))
    volume = (one_time_cost / annuity + running_cost_per_month) / margin if margin > 0 else None
    return {"unit_margin": margin, "annuity_factor": annuity, "break_even_volume": volume}


def loaded_rate(hourly_wage: float, total_comp_per_hour: float, wages_per_hour: float) -> Outputs:
    """Return a wage with everything that comes on top of it (section 2)."""
    multiplier = total_comp_per_hour / wages_per_hour
    return {"load_multiplier": multiplier, "loaded_rate_per_hour": hourly_wage * multiplier}


def _area(month: float, live: float, full: float) -> float:
    """Return the area under the ramp until the end of a month: a triangle while it rises, then a rectangle."""
    if month <= live:
        return 0.0
    if month < full:
        return (month - live) ** 2 / (2 * (full - live))
    return month - (live + full) / 2


def _weighed(amounts: Sequence[float], weights: Sequence[float]) -> float:
    return math.fsum(amount * weight for amount, weight in zip(amounts, weights, strict=True))


def _return(benefits: float, costs: float) -> float | None:
    return 100 * (benefits / costs - 1) if costs else None
