"""The exact recipe of the simulation."""

import numpy as np
import pytest
from scipy import stats

from toolkit.roi.distributions import Fixed, Pert
from toolkit.roi.simulation import (
    additive_sobol,
    correlated,
    linear_quantiles,
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
