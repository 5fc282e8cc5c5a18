"""The exact recipe of the simulation."""

import numpy as np
import pytest
from scipy import stats

from toolkit.roi.distributions import Fixed, Pert
from toolkit.roi.simulation import (
    additive_sobol,
    correlated,
    linear_quantiles,
    quantiles_of_rows,
    standard_error,
    tornado,
    uniforms,
    usable_correlation,
)

PARAMETERS = {
    "volume_per_month": Pert(40, 50, 70),
    "minutes_per_item": Pert(8, 12, 20),
    "loaded_rate_per_hour": Fixed(32.0),
    "error_rate": Fixed(0.06),
    "cost_per_error": Fixed(70.0),
    "automation_rate": Fixed(0.8),
    "error_reduction": Fixed(0.8),
    "running_cost_per_month": Fixed(45.0),
    "one_time_cost": Pert(2000, 3000, 6000),
}


def test_quantiles_agree_with_an_independent_implementation() -> None:
    """Linear interpolation as numpy does it."""
    values = np.random.default_rng(3).normal(size=101)

    assert linear_quantiles(values, (0.1, 0.37, 1.0)) == pytest.approx(np.quantile(values, (0.1, 0.37, 1.0)))


def test_rank_correlations_come_out_as_asked() -> None:
    """Two inputs that rise together do so by the rank correlation given."""
    pulled = correlated(uniforms(20_000, 2, np.random.default_rng(1)), np.array([[1.0, -0.6], [-0.6, 1.0]]))

    assert stats.spearmanr(pulled[:, 0], pulled[:, 1]).statistic == pytest.approx(-0.6, abs=0.02)


def test_correlations_that_no_data_could_have_are_moved_to_usable_ones() -> None:
    """Three inputs that all exclude each other are brought to the nearest possible matrix."""
    impossible = np.array([[1.0, -0.9, -0.9], [-0.9, 1.0, -0.9], [-0.9, -0.9, 1.0]])

    usable = usable_correlation(impossible)

    assert np.linalg.eigvalsh(usable).min() > 0
    assert np.diag(usable) == pytest.approx([1.0, 1.0, 1.0])


def test_inputs_that_nobody_doubts_have_no_bar() -> None:
    """A tornado shows uncertain inputs only, widest first."""
    _, rows = tornado(PARAMETERS)

    assert [row.name for row in rows] == sorted(
        (row.name for row in rows), key=lambda name: -next(one.swing for one in rows if one.name == name)
    )
    assert {row.name for row in rows} == {"volume_per_month", "minutes_per_item", "one_time_cost"}


def test_where_nothing_varies_nothing_has_a_share() -> None:
    """Shares of no variance do not exist."""
    assert additive_sobol({"build": Fixed(3.0)}) == (0.0, {"build": None})


@pytest.mark.parametrize(("share", "error"), [(0.0, 0.0), (0.5, 0.05), (0.8, 0.04), (1.0, 0.0)])
def test_a_share_of_trials_is_uncertain_by_its_standard_error(share: float, error: float) -> None:
    """Square root of p (1 - p) / n; what always happens is certain."""
    assert standard_error(share, 100) == pytest.approx(error)


@pytest.mark.parametrize("rho", [-0.49, -0.51])
def test_only_impossible_correlations_are_moved(rho: float) -> None:
    """Three inputs can exclude each other down to minus a half; below, the smallest eigenvalue is lifted to 1e-8."""
    asked = np.full((3, 3), 6 / np.pi * np.arcsin(rho / 2))
    np.fill_diagonal(asked, 1.0)

    usable = usable_correlation(asked)

    smallest = np.linalg.eigvalsh(usable).min()
    assert smallest == pytest.approx(1 + 2 * rho if rho > -0.5 else 1e-8, rel=1e-6 if rho > -0.5 else 0.1)
    assert usable[0, 1] == pytest.approx(max(rho, -0.5), abs=1e-6)


def test_possible_correlations_stay_as_they_are_to_the_last_bit() -> None:
    """The correlation of normal scores is 2 sin(pi rho / 6), and nothing else is done to it."""
    asked = np.array([[1.0, 0.5, 0.3], [0.5, 1.0, 0.0], [0.3, 0.0, 1.0]])
    expected = 2 * np.sin(np.pi * asked / 6)
    np.fill_diagonal(expected, 1.0)

    assert (usable_correlation(asked) == expected).all()


@pytest.mark.parametrize(
    ("running", "names"),
    [
        (49, ["one_time_cost", "running_cost_per_month"]),
        (50, ["one_time_cost", "running_cost_per_month"]),
        (51, ["running_cost_per_month", "one_time_cost"]),
    ],
)
def test_bars_come_widest_first_and_ties_by_name(running: float, names: list[str]) -> None:
    """Over one month without interest a running cost weighs as much as a cost paid once."""
    parameters = {
        **{name: Fixed(1.0) for name in PARAMETERS},
        "running_cost_per_month": Pert(0, running, 2 * running),
        "one_time_cost": Pert(0, 50, 100),
    }

    base, rows = tornado(parameters, annual_discount_rate=0.0, horizon_months=1)

    assert [row.name for row in rows] == names
    assert base == pytest.approx(1 / 60 + 1 - running - 50)
    assert all(row.npv_at_low > base > row.npv_at_high for row in rows)


def test_each_input_has_its_share_of_the_variance() -> None:
    """Widths of one and two are variances of one and four."""
    total, shares = additive_sobol({"a": Pert(0, 1, 2), "b": Pert(0, 2, 4), "c": Fixed(9.0)})

    assert shares == {"a": pytest.approx(0.2), "b": pytest.approx(0.8), "c": 0.0}
    assert total == pytest.approx(5 * Pert(0, 1, 2).sd ** 2)


@pytest.mark.parametrize("trials", [1, 2, 3, 4, 11, 101, 1_000])
def test_quantiles_of_rows_are_those_of_numpy_to_the_last_bit(trials: int) -> None:
    """Below the middle of two neighbours counted from the lower one, from there on from the upper one."""
    values = np.random.default_rng(trials).normal(size=(37, trials)) * 1_000
    probabilities = (0.0, 0.05, 0.1, 0.5, 0.9, 1.0)
    reference = np.quantile(values, probabilities, axis=1)

    assert (quantiles_of_rows(values, probabilities) == reference).all()
