"""Ramps, annuities and the cost of waiting."""

import math

import numpy as np
import pytest

from toolkit.roi.cash_flow import (
    annuity_factor,
    cost_of_delay,
    growth_factors,
    ramp,
    return_on_investment,
    simple_payback_months,
    tei_value,
)
from toolkit.roi.periods import monthly_rate


def _ramp(live: float, full: float, horizon: int) -> list[float]:
    factors: list[float] = ramp(np.array([live]), np.array([full]), horizon)[:, 0].tolist()
    return factors


@pytest.mark.parametrize(
    ("live", "full", "factors"),
    [
        (8.0, 10.0, [0.0, 0.0, 0.0]),
        (3.0, 4.0, [0.0, 0.0, 0.0]),
        (2.99, 2.99, [0.0, 0.0, 0.01]),
        (0.0, 0.0, [1.0, 1.0, 1.0]),
        (0.0, 2.0, [0.25, 0.75, 1.0]),
        (1.0, 1.0, [0.0, 1.0, 1.0]),
        (1.0, 0.5, [0.0, 1.0, 1.0]),
        (-1.0, 1.0, [0.75, 1.0, 1.0]),
    ],
)
def test_a_month_brings_the_area_below_the_ramp(live: float, full: float, factors: list[float]) -> None:
    """None before live, a triangle while it rises, all of it afterwards; full before live is a step."""
    assert _ramp(live, full, 3) == pytest.approx(factors)


def test_a_ramp_adds_up_to_the_area_below_it() -> None:
    """From going live at 1.5 to all of it at 3.5, six months bring 3.5 full ones."""
    assert math.fsum(_ramp(1.5, 3.5, 6)) == pytest.approx((3.5 - 1.5) / 2 + (6 - 3.5))


def test_growth_compounds_from_the_first_month_on() -> None:
    """The first month has the volume of today, the thirteenth that of a year later."""
    factors = growth_factors(0.21, 25)

    assert factors[[0, 12, 24]] == pytest.approx([1.0, 1.21, 1.21**2])
    assert factors[6] == pytest.approx(1.1)


@pytest.mark.parametrize(("month", "years"), [(0, 0), (1, 1), (12, 1), (13, 2), (24, 2), (25, 3)])
def test_a_flow_is_discounted_at_the_end_of_its_year(month: int, years: int) -> None:
    """Today's not at all; the twelfth month closes the first year, the thirteenth belongs to the second."""
    assert tei_value(0.10, [0.0] * month + [100.0]) == pytest.approx(100.0 / 1.1**years)


@pytest.mark.parametrize(("costs", "percent"), [(200.0, -50.0), (100.0, 0.0), (80.0, 25.0), (0.0, None)])
def test_the_return_is_the_gain_in_percent_of_the_cost(costs: float, percent: float | None) -> None:
    """Nothing spent means no percentage of it."""
    assert return_on_investment(100.0, costs) == percent


@pytest.mark.parametrize("delay", [0, 1, 11, 12, 13, 24])
def test_waiting_costs_the_months_that_are_left(delay: int) -> None:
    """The calendar end stays, so a late start has fewer months; after the end nothing is left but the cost."""
    rate = monthly_rate(0.08)
    months = range(delay + 1, 13)
    later = math.fsum(400.0 / (1 + rate) ** month for month in months) - 3000.0 / (1 + rate) ** delay

    found = cost_of_delay(400.0, 3000.0, horizon_months=12, annual_discount_rate=0.08, delay_months=delay)

    assert found.npv_start_later == pytest.approx(later)
    assert found.npv_cost_of_delay == pytest.approx(found.npv_start_now - later)
    assert found.simple_cost_of_delay_per_month == 400.0


@pytest.mark.parametrize(("saving", "months"), [(400.0, 5.0), (0.01, 200_000.0), (0.0, None), (-5.0, None)])
def test_no_saving_has_no_payback(saving: float, months: float | None) -> None:
    """A month without saving never brings the money back."""
    assert simple_payback_months(2000, saving) == months


@pytest.mark.parametrize("rate", [0.0, 1e-9, 0.01, -0.01])
def test_an_annuity_is_the_sum_of_its_payments(rate: float) -> None:
    """Thirty-six payments of one are thirty-six without interest, less with it."""
    assert annuity_factor(rate, 36) == pytest.approx(math.fsum((1 + rate) ** -month for month in range(1, 37)), rel=1e-12)
