"""Laws that every business case obeys, whatever its figures."""

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from toolkit.estimates import Estimate, certain
from toolkit.rates import exact_interval, jeffreys_interval, wilson_interval
from toolkit.roi.case import handoff_case
from toolkit.roi.cash_flow import ramp
from toolkit.roi.fees import platform_fee
from toolkit.roi.finance import irr_roots, npv, payback
from toolkit.roi.inputs import HandoffInputs, SharedInputs
from toolkit.roi.portfolio import portfolio_case
from toolkit.roi.prices import PRICE_LISTS
from toolkit.roi.rounding import rounded

AMOUNTS = st.floats(-10_000, 10_000).map(lambda amount: round(amount, 2))
FLOWS = st.lists(AMOUNTS, min_size=1, max_size=40)


def sure(value: float) -> Estimate:
    return certain(value, "as named", "measured")


@given(FLOWS)
def test_without_interest_the_value_is_the_sum(flows: list[float]) -> None:
    """Money later is then worth as much as money now."""
    assert npv(0.0, flows) == pytest.approx(math.fsum(flows), abs=1e-6)


@given(FLOWS)
def test_at_each_internal_rate_the_value_is_zero(flows: list[float]) -> None:
    """Measured against the money that moves at that rate."""
    for rate in irr_roots(flows):
        moved = math.fsum(abs(flow) / (1 + rate) ** month for month, flow in enumerate(flows))
        assert abs(npv(rate, flows)) <= 1e-9 * moved


@given(st.floats(1, 100_000), st.lists(st.just(0.0) | st.floats(0.01, 5_000), min_size=1, max_size=40))
def test_one_outlay_and_then_returns_have_at_most_one_rate(outlay: float, returns: list[float]) -> None:
    """An ordinary investment has one return, or none when nothing comes back; less than a cent is no money."""
    roots = irr_roots([-outlay, *returns])

    assert len(roots) == (1 if any(returns) else 0)


@given(st.floats(0, 50_000), st.floats(0, 50_000), st.lists(st.floats(0, 5_000), min_size=1, max_size=40))
def test_a_dearer_project_never_pays_back_sooner(cost: float, more: float, returns: list[float]) -> None:
    """Payback is monotone in the outlay."""
    cheap, dear = payback([-cost, *returns]).periods, payback([-(cost + more), *returns]).periods

    assert (math.inf if dear is None else dear) >= (math.inf if cheap is None else cheap) - 1e-9


@given(st.integers(0, 5_000), st.integers(0, 5_000), st.floats(0.5, 0.999))
def test_an_interval_lies_between_nothing_and_all_and_holds_its_share(x: int, more: int, confidence: float) -> None:
    """For every method and every count."""
    n = x + more
    for interval in (wilson_interval, jeffreys_interval, exact_interval):
        low, high = interval(x, n, confidence)
        assert 0.0 <= low <= high <= 1.0
        if n and interval is not jeffreys_interval:
            assert low - 1e-12 <= x / n <= high + 1e-12


@given(st.floats(0, 20), st.floats(0, 20), st.integers(1, 48))
def test_a_ramp_never_falls_and_stays_between_nothing_and_all(live: float, rise: float, months: int) -> None:
    """No month brings less than the one before."""
    factors = ramp(np.array([live]), np.array([live + rise]), months)[:, 0]

    assert all(-1e-9 <= factor <= 1 + 1e-9 for factor in factors)
    assert all(later >= earlier - 1e-9 for earlier, later in pairwise(factors))


@given(st.sampled_from([one for one in PRICE_LISTS if one.tiers]), st.integers(0, 600_000), st.integers(0, 600_000))
def test_more_units_never_cost_less(prices: object, units: int, more: int) -> None:
    """For every list of prices."""
    fees = [
        platform_fee(
            prices.tiers,  # type: ignore[attr-defined]
            number,
            overage_multiplier=prices.overage_multiplier,  # type: ignore[attr-defined]
            max_multiple=prices.max_multiple,  # type: ignore[attr-defined]
        ).monthly_fee
        for number in (units, units + more)
    ]
    low, high = (math.inf if fee is None else fee for fee in fees)

    assert high >= low - 1e-9


@given(st.decimals(-1_000_000, 1_000_000, places=6), st.integers(-3, 4))
def test_rounding_moves_a_number_by_half_a_step_at_most(number: object, places: int) -> None:
    """And away from zero on a tie, so both signs are treated alike."""
    assume(abs(number) > 0)  # type: ignore[arg-type]
    shown = rounded(number, places)  # type: ignore[arg-type]

    assert abs(shown - number) * 2 <= 10 ** (-places) + 0  # type: ignore[operator]
    assert rounded(-number, places) == -shown  # type: ignore[operator]


@settings(max_examples=15, deadline=None)
@given(st.floats(5, 500), st.floats(1, 60), st.floats(20, 90), st.integers(0, 10))
def test_narrow_ranges_simulate_to_the_single_figure(volume: float, minutes: float, rate: float, seed: int) -> None:
    """When every input is known to a thousandth, the simulation's median is the single figure."""

    def near(value: float) -> Estimate:
        return Estimate(value, "as named", "measured", value * 0.9995, value * 1.0005)

    inputs = HandoffInputs(
        volume_per_month=near(volume),
        minutes_per_item=near(minutes),
        error_rate=near(0.05),
        rework_minutes=near(30),
        delay_days=sure(0),
        automation_rate=near(0.7),
        exception_minutes=near(minutes),
        error_rate_after=near(0.02),
        monitoring_hours_per_month=near(1),
        platform_fee_per_month=near(30),
        build_days=near(5),
        training=near(200),
        parallel_run_weeks=near(1),
        parallel_run_hours_per_week=near(2),
    )
    shared = SharedInputs(loaded_rate_per_hour=near(rate), contingency_rate=near(0.2), day_rate=near(600))

    case = handoff_case("x", inputs, shared, currency="USD", trials=2_000, seed=seed)

    scale = float(case.single.one_time[0]) + 36 * float(case.single.cost_now[0])
    middle = sorted(case.judged_simulated.npv)[1_000]
    assert middle == pytest.approx(float(case.judged_single.npv[0]), abs=2e-3 * scale)


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(st.floats(1, 500), st.floats(1, 60)), min_size=1, max_size=5))
def test_the_total_is_the_sum_of_the_handoffs_where_nothing_is_shared(handoffs: list[tuple[float, float]]) -> None:
    """Cost, saving, outlay and value add up, in the single figures and in every trial."""
    shared = SharedInputs(
        loaded_rate_per_hour=sure(32), contingency_rate=sure(0.2), day_rate=sure(600), annual_cost_of_capital=sure(0.1)
    )
    cases = [
        handoff_case(
            f"h{place}",
            HandoffInputs(
                volume_per_month=sure(volume),
                minutes_per_item=Estimate(minutes, "minutes", "interview", minutes / 2, minutes * 2),
                error_rate=sure(0),
                delay_days=sure(0),
                platform_fee_per_month=sure(30),
            ),
            shared,
            currency="USD",
            trials=200,
        )
        for place, (volume, minutes) in enumerate(handoffs)
    ]

    total = portfolio_case(cases, shared, currency="USD").total

    for measure in ("cost_now", "net_saving", "one_time"):
        parts = sum(float(getattr(case.single, measure)[0]) for case in cases)
        assert float(getattr(total.single, measure)[0]) == pytest.approx(parts)
    assert total.judged_simulated.npv == pytest.approx(sum(case.judged_simulated.npv for case in cases))
