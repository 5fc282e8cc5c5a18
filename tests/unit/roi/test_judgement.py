"""What simulated flows are worth does not depend on how many of them are made at once."""

import numpy as np
import pytest

from toolkit.roi.flows import FlowTerms, flow_blocks
from toolkit.roi.judgement import judgement, payback_months
from toolkit.roi.periods import monthly_rate


def _terms(trials: int, seed: int) -> FlowTerms:
    rng = np.random.default_rng(seed)
    return FlowTerms(
        gross_benefit=rng.uniform(-50, 400, trials),
        running=rng.uniform(0, 90, trials),
        one_time=rng.uniform(500, 5_000, trials),
        build_months=rng.uniform(0, 4, trials),
        parallel_months=np.array([0.25]),
        growth=1.1 ** (np.arange(36) / 12),
    )


@pytest.mark.parametrize("trials", [1, 2, 319, 320, 321, 322, 384, 1_001])
def test_the_size_of_a_block_moves_no_digit(trials: int) -> None:
    """Value, payback and band are, to the last bit, those of all trials reckoned at once, as numpy does it."""
    parts = [_terms(trials, 1), _terms(trials, 2)]
    benefits, costs = (
        np.ascontiguousarray(np.hstack([getattr(block, kind) for block in flow_blocks(parts)]).T)
        for kind in ("benefits", "costs")
    )
    weights = (1 + monthly_rate(0.10)) ** -np.arange(37)
    cumulative = np.cumsum(benefits - costs, axis=1)

    judged = judgement(parts, 0.10)

    assert (judged.npv == benefits @ weights - costs @ weights).all()
    assert (judged.payback_months == payback_months(np.ascontiguousarray(cumulative.T))).all()
    assert (judged.cumulative_bands == np.quantile(cumulative, (0.1, 0.5, 0.9), axis=0)).all()


def test_running_cost_begins_in_the_month_in_which_the_parallel_run_does() -> None:
    """Built after exactly one month: the fee is due from the second on; a little sooner, from the first."""
    whole, sooner = (
        FlowTerms(*(np.array([one]) for one in (0.0, 30.0, 500.0, months, 0.0)), growth=np.ones(3)) for months in (1.0, 0.99)
    )

    assert next(flow_blocks([whole])).costs[:, 0].tolist() == [500.0, 0.0, 30.0, 30.0]
    assert next(flow_blocks([sooner])).costs[:, 0].tolist() == [500.0, 30.0, 30.0, 30.0]


def test_benefits_rise_for_eight_weeks_after_going_live() -> None:
    """Live at once, they are complete after 24/13 months: the area below the line, month by month."""
    terms = FlowTerms(*(np.array([one]) for one in (100.0, 0.0, 0.0, 0.0, 0.0)), growth=np.array([1.0, 1.0, 1.5]))
    rise = 8 * 12 / 52

    benefits = next(flow_blocks([terms])).benefits[:, 0]

    assert benefits == pytest.approx([0.0, 100 / (2 * rise), 100 * (2 - rise / 2 - 1 / (2 * rise)), 150.0])


def test_the_return_is_worth_in_percent_of_all_costs() -> None:
    """Without any cost there is no percentage of it."""
    paid, free = (
        FlowTerms(*(np.array([one]) for one in (0.0, 0.0, cost, 0.0, 0.0)), growth=np.ones(2)) for cost in (250.0, 0.0)
    )

    assert judgement([paid], 0.10).roi_pct.tolist() == [-100.0]
    assert np.isnan(judgement([free], 0.10).roi_pct).all()


@pytest.mark.parametrize(
    ("so_far", "months"),
    [
        ([-100.0, 0.0, 50.0], 1.0),
        ([-100.0, -1e-11, 50.0], 1.0),
        ([-100.0, -1e-9, 50.0], 1.0 + 1e-9 / 50),
        ([-100.0, -50.0, 50.0], 1.5),
        ([-100.0, -50.0, -1e-9], np.inf),
        ([0.0, 10.0, 20.0], 0.0),
        ([0.0, 0.0, 0.0], 0.0),
        ([-0.1, 10.0, 20.0], 0.1 / 10.1),
    ],
)
def test_a_trial_is_paid_back_when_its_sum_reaches_zero(so_far: list[float], months: float) -> None:
    """Within the month as the money comes in evenly; a rounding error of the sum is no debt."""
    assert payback_months(np.array([so_far]).T)[0] == pytest.approx(months, abs=1e-13)
