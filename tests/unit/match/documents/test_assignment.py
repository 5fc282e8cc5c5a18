"""The choice of pairs is the best there is, and equally good ones are named."""

from itertools import permutations
from typing import Any

import numpy as np
import pytest

from toolkit.match.documents.assignment import Assignment, assignment


def _solved(gains: np.ndarray, *, same_l: Any = None, same_r: Any = None, twin_r: Any = None) -> Assignment:
    left, right = np.nonzero(gains > 0)
    rows_l, rows_r = np.arange(gains.shape[0]), np.arange(gains.shape[1])
    return assignment(
        left, right, gains[left, right], left_count=gains.shape[0],
        same_l=rows_l if same_l is None else same_l, same_r=rows_r if same_r is None else same_r,
        twin_r=rows_r if twin_r is None else twin_r, tie_margin=0.5,
    )  # fmt: skip


def _best_total(gains: np.ndarray) -> float:
    """Independent oracle: try every order of the (padded) right side."""
    count = max(gains.shape)
    padded = np.zeros((count, count))
    padded[: gains.shape[0], : gains.shape[1]] = gains
    return max(sum(padded[row, order[row]] for row in range(count)) for order in permutations(range(count)))


@pytest.mark.parametrize("seed", range(20))
def test_no_other_choice_is_better(seed: int) -> None:
    """The total equals that of the best of all possible choices, tried one by one."""
    random = np.random.default_rng(seed)
    gains = random.uniform(0, 10, (random.integers(1, 6), random.integers(1, 6))) * (random.random() < 0.9)
    gains[gains < 3] = 0

    chosen = _solved(gains).right_of

    taken = chosen[chosen >= 0]
    assert len(set(taken.tolist())) == len(taken)
    assert sum(gains[row, one] for row, one in enumerate(chosen) if one >= 0) == pytest.approx(_best_total(gains))


def test_a_tie_names_all_it_would_change() -> None:
    """Either of two rows may take the only partner: both are named; a third, far from it, is not."""
    gains = np.array([[5.0, 0.0], [5.2, 0.0], [0.0, 4.0]])

    assert _solved(gains).is_tied.tolist() == [True, True, False]


def test_a_clear_choice_is_no_tie() -> None:
    """A bit of difference decides."""
    assert _solved(np.array([[5.0, 4.0], [3.0, 9.0]])).is_tied.tolist() == [False, False]


def test_a_longer_exchange_is_seen_too() -> None:
    """Three rows that could pass their partners round are tied, though no two of them could swap."""
    gains = np.array([[5.0, 5.0, 0.0], [0.0, 5.0, 5.0], [5.0, 0.0, 5.0]])

    assert _solved(gains).is_tied.tolist() == [True, True, True]


def test_interchangeable_rows_are_no_tie() -> None:
    """Two identical orders and two identical invoices: whichever goes with which, the answer is the same."""
    gains = np.full((2, 2), 5.0)

    assert _solved(gains, same_l=np.zeros(2), same_r=np.zeros(2)).is_tied.tolist() == [False, False]
