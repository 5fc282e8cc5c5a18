"""Ramps, appraisals, break-even and the cost of waiting."""

import math

import pytest

from toolkit.roi.cash_flow import (
    annuity_factor,
    appraisal,
    break_even_volume,
    cost_of_delay,
    ramp_factors,
    simple_payback_months,
    tei_value,
)


def test_a_ramp_that_begins_after_the_horizon_brings_nothing() -> None:
    """Going live too late is worth nothing, not a negative amount."""
    assert ramp_factors(8.0, 10.0, 6) == (0.0,) * 6


def test_a_ramp_adds_up_to_the_area_below_it() -> None:
    """From going live at 1.5 to all of it at 3.5, six months bring 3.5 full ones."""
    assert math.fsum(ramp_factors(1.5, 3.5, 6)) == pytest.approx((3.5 - 1.5) / 2 + (6 - 3.5))


def test_the_convention_decides_the_value_shown() -> None:
    """By the yearly convention value and return follow it; both values are always there."""
    monthly = appraisal(one_time_cost=3000, gross_monthly_benefit=400, running_cost_per_month=50)
    yearly = appraisal(one_time_cost=3000, gross_monthly_benefit=400, running_cost_per_month=50, npv_convention="tei")

    assert yearly.npv == monthly.npv_tei
    assert yearly.roi_pct == monthly.roi_pct_tei
    assert yearly.npv < monthly.npv


def test_a_free_project_has_no_return_in_percent() -> None:
    """Nothing spent means no percentage of it."""
    free = appraisal(one_time_cost=0, gross_monthly_benefit=100, running_cost_per_month=0)

    assert free.roi_pct is None
    assert free.payback_months == 0.0


def test_an_incomplete_last_year_is_discounted_as_a_year() -> None:
    """Month 13 belongs to the second year."""
    assert tei_value(0.10, [0.0] * 13 + [121.0]) == pytest.approx(100.0)


def test_an_item_that_costs_more_than_it_saves_never_breaks_even() -> None:
    """A fee above the work saved has no break-even volume."""
    found = break_even_volume(
        minutes_per_item=1,
        loaded_rate_per_hour=30,
        error_rate=0,
        cost_per_error=0,
        automation_rate=1,
        error_rate_after=0,
        exception_minutes=1,
        one_time_cost=1000,
        running_cost_per_month=0,
        variable_fee_per_item=0.60,
        horizon_months=36,
        annual_discount_rate=0.10,
    )

    assert found.unit_margin == pytest.approx(-0.10)
    assert found.break_even_volume is None


def test_waiting_longer_than_the_horizon_forgoes_everything() -> None:
    """What starts after the end only costs."""
    found = cost_of_delay(400.0, 3000.0, horizon_months=12, delay_months=24)

    assert found.npv_start_later < 0


def test_no_saving_has_no_payback() -> None:
    """A month without saving never brings the money back."""
    assert simple_payback_months(2000, 0) is None
    assert simple_payback_months(2000, -5) is None


def test_an_annuity_without_interest_is_its_length() -> None:
    """Thirty-six payments of one are thirty-six."""
    assert annuity_factor(0.0, 36) == 36.0
