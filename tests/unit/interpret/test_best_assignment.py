"""The meanings of all columns together: no other assignment has a greater sum."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.optimize import linear_sum_assignment

from toolkit.interpret.best_assignment import best_columns

# Few values, so that most weights are equal to others.
_WEIGHTS = st.tuples(st.integers(1, 7), st.integers(0, 5)).flatmap(
    lambda size: arrays(np.float64, (size[0], size[0] + size[1]), elements=st.sampled_from([-1.2, -0.15, 0.0, 0.5, 2.0]))
)


@given(_WEIGHTS)
def test_the_assignment_is_that_of_scipy_among_equal_ones_too(weights: np.ndarray) -> None:
    """Another library finds the same columns, row by row."""
    assert best_columns(weights) == linear_sum_assignment(weights, maximize=True)[1].tolist()


def test_a_large_table_is_assigned_as_scipy_does() -> None:
    """Three hundred columns of random weights, rounded so that many are equal."""
    weights = np.random.default_rng(7).normal(size=(300, 420)).round(2)
    assert best_columns(weights) == linear_sum_assignment(weights, maximize=True)[1].tolist()


def test_a_table_without_columns_has_no_assignment() -> None:
    """Nothing is assigned to nothing."""
    assert best_columns(np.zeros((0, 3))) == []
