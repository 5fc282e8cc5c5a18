"""The cost model's vectors through the assembly that the report prints: inputs of a handoff in, rows of the case out.

Each entry gives a vector's inputs the names that a handoff has for them, makes the case as the audit does, and reads the
vector's outputs from the tables ``cost_line`` and ``case``. What the case does not show is not returned.
"""

from collections.abc import Callable, Mapping
from typing import Any

from toolkit.estimates import Estimate, certain
from toolkit.roi.case import handoff_case
from toolkit.roi.case_tables import case_tables
from toolkit.roi.inputs import HandoffInputs, SharedInputs
from toolkit.roi.portfolio import portfolio_case

Inputs = Mapping[str, Any]
Outputs = dict[str, Any]

# A handoff that costs nothing, now or after: a vector sets what it is about.
_NOTHING: dict[str, float] = {
    "volume_per_month": 0,
    "minutes_per_item": 0,
    "error_rate": 0,
    "delay_days": 0,
    "monitoring_hours_per_month": 0,
    "automation_rate": 0,
    "platform_fee_per_month": 0,
    "build_cost": 0,
    "build_days": 0,
    "training": 0,
    "parallel_run_weeks": 0,
    "parallel_run_hours_per_week": 0,
}
_NOTHING_SHARED: dict[str, float] = {
    "loaded_rate_per_hour": 0,
    "annual_cost_of_capital": 0,
    "contingency_rate": 0,
    "day_rate": 0,
}
# A case rises for eight weeks after going live; one whose build ended eight weeks ago brings all of it from the first day.
_LIVE_FOR_EIGHT_WEEKS = -40


def printed(
    own: Mapping[str, Any],
    shared: Mapping[str, Any] | None = None,
    *,
    annual_volume_growth: float = 0.0,
    trials: int = 100,
    is_total: bool = False,
    **terms: Any,
) -> dict[str, Any]:
    """Return what the tables say of one handoff, or of it as the total, with every input at its likely value.

    The names are ``<metric>``, ``<line>.now`` and ``<line>.after``; ``bands`` holds the rows of the metrics.

    Parameters
    ----------
    own, shared
        Inputs by name, as numbers or estimates; all others are zero.
    annual_volume_growth, trials, terms
        As for ``handoff_case``.
    is_total
        Whether to read the total of a portfolio of this one handoff.
    """
    rates = SharedInputs(**_estimates({**_NOTHING_SHARED, **(shared or {})}))
    inputs = HandoffInputs(**_estimates({**_NOTHING, **own}), annual_volume_growth=annual_volume_growth)
    case = handoff_case("one", inputs, rates, currency="USD", trials=trials, **terms)
    if is_total:
        case = portfolio_case([case], rates, currency="USD", terms=case.terms).total
    tables = case_tables([case])
    lines = {
        f"{row['line']}.{when}": row[f"{when}_likely"] for row in tables.cost_line.to_pylist() for when in ("now", "after")
    }
    bands = {row["metric"]: row for row in tables.case.to_pylist()}
    return {**lines, **{metric: row["likely"] for metric, row in bands.items()}, "bands": bands}


def _estimates(values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: certain(float(one), "as named", "measured") if isinstance(one, int | float) else one
        for name, one in values.items()
    }


def _split(inputs: Inputs) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return a vector's inputs as those of the handoff and those that all handoffs share."""
    shared = {name: value for name, value in inputs.items() if name in _NOTHING_SHARED}
    return {name: value for name, value in inputs.items() if name not in shared}, shared


def _labour(inputs: Inputs) -> Outputs:
    found = printed(*_split(inputs))
    return {"hours_per_month": found["hours_now"], "labour_cost_per_month": found["labour.now"]}


def _errors(inputs: Inputs) -> Outputs:
    return {"error_cost_per_month": printed(*_split(inputs))["errors.now"]}


def _delay(inputs: Inputs) -> Outputs:
    own, shared = _split(inputs)
    found = printed({**own, "missed_rate": 0, "delay_days_after": 0}, shared)
    return {"working_capital_tied_up": found["working_capital_released"], "delay_cost_per_month": found["delay.now"]}


def _duplicates(inputs: Inputs) -> Outputs:
    found = printed(inputs)
    return {
        "gross_exposure_per_month": found["duplicate_exposure_per_month"],
        "net_loss_per_month": found["duplicates.now"],
    }


def _handoff(inputs: Inputs) -> Outputs:
    own, shared = _split(inputs)
    fee = own.pop("running_cost_per_month")
    found = printed({**own, "missed_rate": 0, "platform_fee_per_month": fee}, shared)
    lines = {
        f"{line}_{when}": found[f"{line}.{when}"] for line in ("labour", "errors", "delay") for when in ("now", "after")
    }
    return {
        **lines,
        "hours_now": found["hours_now"],
        "hours_after": found["hours_after"],
        "monthly_cost_now": found["cost_now_per_month"],
        "monthly_cost_after": found["cost_after_per_month"],
        "gross_monthly_benefit": found["gross_benefit_per_month"],
        "net_monthly_saving": found["net_saving_per_month"],
    }


def _cleanup(inputs: Inputs) -> Outputs:
    cleanup = {
        "duplicate_records": inputs["duplicate_records"],
        "cleanup_minutes_per_duplicate": inputs["minutes_per_duplicate"],
        "mismatched_records": inputs["mismatched_records"],
        "cleanup_minutes_per_mismatch": inputs["minutes_per_mismatch"],
    }
    rate = {"loaded_rate_per_hour": inputs["rate_per_hour"]}
    own = printed(cleanup, rate)["one_time_cost"]
    # Paid once for all handoffs it is the same amount.
    assert printed({}, {**cleanup, **rate}, is_total=True)["one_time_cost"] == own
    return {"cleanup_cost": own}


def _one_time(inputs: Inputs) -> Outputs:
    own = {
        "build_cost": inputs["build"],
        "training": inputs["training"],
        "duplicate_records": inputs["cleanup_cost"],
        "cleanup_minutes_per_duplicate": 60,
        "parallel_run_weeks": 1,
        "parallel_run_hours_per_week": inputs["parallel_run_cost"],
    }
    shared = {"loaded_rate_per_hour": 1, "contingency_rate": inputs["contingency_rate"]}
    return {"one_time_cost": printed(own, shared)["one_time_cost"]}


def invested(
    *,
    one_time_cost: float,
    gross_monthly_benefit: float,
    running_cost_per_month: float = 0.0,
    build_days: float = _LIVE_FOR_EIGHT_WEEKS,
    is_total: bool = False,
    **terms: Any,
) -> dict[str, Any]:
    """Return what the tables say of an investment of which only amounts are known: hours at one a piece that all go."""
    own = {
        "volume_per_month": gross_monthly_benefit,
        "minutes_per_item": 60,
        "automation_rate": 1,
        "platform_fee_per_month": running_cost_per_month,
        "build_cost": one_time_cost,
        "build_days": build_days,
    }
    return printed(own, {"loaded_rate_per_hour": 1}, is_total=is_total, **terms)


def appraised(found: Mapping[str, Any]) -> Outputs:
    """Return the outputs of an appraisal that the case shows."""
    irr = found["irr_annual"]
    return {
        "npv": found["npv"],
        "npv_tei": found["npv_tei"],
        "roi_pct": found["roi_pct"],
        "roi_pct_undiscounted": found["roi_pct_undiscounted"],
        "irr_annual": None if irr is None else irr / 100,
        "payback_months": found["payback_months"],
        "discounted_payback_months": found["discounted_payback_months"],
    }


def _appraise(inputs: Inputs) -> Outputs:
    if {"t_live_months", "benefit_risk_down", "cost_risk_up"} & inputs.keys():
        # A case has its own ramp, and no risk adjustment on top of its simulation.
        return {}
    single = appraised(invested(**inputs))
    assert appraised(invested(**inputs, is_total=True)) == single
    return single


def _break_even(inputs: Inputs) -> Outputs:
    own = {
        "volume_per_month": 50,
        "minutes_per_item": inputs["minutes_per_item"],
        "automation_rate": inputs["automation_rate"],
        "exception_minutes": inputs["exception_minutes"],
        "error_rate": inputs["error_rate"],
        "error_rate_after": inputs["error_rate_after"],
        "rework_minutes": 0,
        "other_cost_per_error": inputs["cost_per_error"],
        # A fee per item is what a day of waiting would cost that there is only afterwards.
        "cost_per_item_day": inputs["variable_fee_per_item"],
        "delay_days_after": 1,
        "platform_fee_per_month": inputs["running_cost_per_month"],
        "build_cost": inputs["one_time_cost"],
    }
    found = printed(
        own,
        {"loaded_rate_per_hour": inputs["loaded_rate_per_hour"]},
        horizon_months=inputs["horizon_months"],
        annual_discount_rate=inputs["annual_discount_rate"],
    )
    return {"break_even_volume": found["break_even_volume"]}


def _cost_of_delay(inputs: Inputs) -> Outputs:
    found = invested(one_time_cost=inputs["one_time_cost"], gross_monthly_benefit=inputs["net_monthly_saving"])
    return {
        "simple_cost_of_delay_per_month": found["cost_of_delay_per_month"],
        "npv_cost_of_delay": found["npv_cost_of_delay"],
    }


ASSEMBLED: dict[str, Callable[[Inputs], Outputs]] = {
    "labour": _labour,
    "error_cost": _errors,
    "delay_cost": _delay,
    "delay_per_item": lambda given: {"delay_cost_per_month": printed(given)["delay.now"]},
    "duplicate_payments": _duplicates,
    "missed_invoices": lambda given: {"net_leakage_per_month": printed(given)["missed.now"]},
    "handoff": _handoff,
    "cleanup": _cleanup,
    "one_time": _one_time,
    "appraise": _appraise,
    "break_even_volume": _break_even,
    "cost_of_delay": _cost_of_delay,
}
"""Calculations that a case makes, and what computes them there."""


def ranged(low: float, likely: float, high: float) -> Estimate:
    """Return an input with a range."""
    return Estimate(likely, "as named", "interview", low, high)
