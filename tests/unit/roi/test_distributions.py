"""How uncertain inputs spread."""

import numpy as np
import pytest
from scipy import stats

from toolkit.roi.distributions import Beta, Fixed, Pert, Triangular, quick_quantiles

PROBABILITIES = np.array([0.0, 0.1, 0.5, 0.9, 1.0])


def test_a_triangular_range_agrees_with_an_independent_implementation() -> None:
    """Quantiles and spread equal those of scipy's triangular distribution."""
    reference = stats.triang((32 - 25) / 15, loc=25, scale=15)

    assert Triangular(25, 32, 40).quantiles(PROBABILITIES) == pytest.approx(reference.ppf(PROBABILITIES))
    assert Triangular(25, 32, 40).sd == pytest.approx(reference.std())


def test_a_pert_range_is_a_stretched_beta() -> None:
    """Quantiles equal those of scipy's beta distribution between the ends."""
    reference = stats.beta(*Pert(8, 12, 20).shape, loc=8, scale=12)

    assert Pert(8, 12, 20).quantiles(PROBABILITIES) == pytest.approx(reference.ppf(PROBABILITIES))
    assert Pert(8, 12, 20).mean == pytest.approx(reference.mean())


@pytest.mark.parametrize("spread", [Pert(8, 12, 20), Pert(1, 1, 4), Beta(12.5, 388.5), Beta(0.5, 50.5), Triangular(1, 2, 9)])
def test_the_quick_way_misses_the_exact_one_by_next_to_nothing(spread: Pert | Beta | Triangular) -> None:
    """P10, P50 and P90 of a simulation are as good as exact."""
    probabilities = np.array([0.1, 0.25, 0.5, 0.75, 0.9])
    exact = spread.quantiles(probabilities)

    assert np.abs(quick_quantiles(spread, probabilities) - exact).max() < 1e-5 * (exact[-1] - exact[0])


@pytest.mark.parametrize("spread", [Fixed(3.0), Pert(3.0, 3.0, 3.0), Triangular(3.0, 3.0, 3.0)])
def test_a_range_without_width_is_a_number(spread: Fixed | Pert | Triangular) -> None:
    """Low and high alike leave nothing to draw."""
    assert spread.quantiles(PROBABILITIES).tolist() == [3.0] * 5
    assert (spread.mean, spread.sd) == (3.0, 0.0)
    assert quick_quantiles(spread, PROBABILITIES).tolist() == [3.0] * 5


def test_a_range_in_the_wrong_order_is_refused() -> None:
    """Low above high is a mistake of the caller."""
    with pytest.raises(ValueError, match="low <= likely <= high"):
        Pert(5, 4, 6)
    with pytest.raises(ValueError, match="low <= likely <= high"):
        Triangular(5, 7, 6)


@pytest.mark.parametrize("mode", [5.0, 6.0, 9.0])
def test_the_likely_value_may_be_either_end(mode: float) -> None:
    """An opinion may have one side only."""
    assert Pert(5.0, mode, 9.0).mean == (5 + 4 * mode + 9) / 6
    assert Triangular(5.0, mode, 9.0).quantiles(np.array([0.0, 1.0])).tolist() == [5.0, 9.0]


@pytest.mark.parametrize("probability", [0.0, 1e-12, 1 / 2048, 0.5, 1 - 1e-12, 1.0])
def test_the_quick_way_meets_the_table_and_both_ends(probability: float) -> None:
    """At a point of its table, and at the very ends, it is exact."""
    exact = Pert(8, 12, 20).quantiles(np.array([probability]))

    assert quick_quantiles(Pert(8, 12, 20), np.array([probability])) == pytest.approx(exact, rel=1e-3)
