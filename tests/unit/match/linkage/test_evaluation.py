"""Precision, recall, and what the model expects."""

import numpy as np
import pytest

from toolkit.match.linkage.evaluation import expected_by_threshold, pair_agreement, probability_weight


def test_agreement_counts_pairs_in_any_order() -> None:
    """Two of three found are right, two of four true are found."""
    result = pair_agreement([("a", "b"), ("d", "c"), ("a", "z")], [("b", "a"), ("c", "d"), ("e", "f"), ("g", "h")])

    assert (round(result.precision, 3), result.recall) == (0.667, 0.5)


def test_expected_precision_is_the_mean_probability_above_the_threshold() -> None:
    """Of pairs given .9 and .6, 1.5 are expected to be right."""
    row = expected_by_threshold(np.array([0.9, 0.6, 0.1])).to_pylist()[9]

    assert row["min_match_probability"] == 0.5
    assert row["pairs"] == 2
    assert row["expected_precision"] == 0.75


def test_thresholds_go_from_a_twentieth_to_nineteen() -> None:
    """A pair at the threshold is above it; where none is, nothing can be right."""
    rows = expected_by_threshold(np.array([0.5, 0.95, 0.05])).to_pylist()

    assert [row["min_match_probability"] for row in rows] == [step / 20 for step in range(1, 20)]
    assert [row["pairs"] for row in rows] == [3, *[2] * 9, *[1] * 9]
    assert rows[9]["expected_recall"] == pytest.approx(1.45 / 1.5)
    assert expected_by_threshold(np.array([0.04, 0.0]))[2][18].as_py() is None
    assert expected_by_threshold(np.array([0.0]))[3][0].as_py() is None


@pytest.mark.parametrize(
    ("found", "true", "expected"),
    [([], [], (1, 1, 1)), ([], [("a", "b")], (1, 0, 0)), ([("a", "b")], [], (0, 1, 0)),
     ([("a", "b")], [("c", "d")], (0, 0, 0)), ([("a", "b"), ("a", "c")], [("a", "b")], (0.5, 1, 2 / 3))],
)  # fmt: skip
def test_nothing_found_is_never_wrong_and_nothing_true_is_never_missed(
    found: list[tuple[str, str]], true: list[tuple[str, str]], expected: tuple[float, float, float]
) -> None:
    """F1 is their harmonic mean."""
    result = pair_agreement(found, true)

    assert (result.precision, result.recall, result.f1) == pytest.approx(expected)


def test_a_probability_is_the_weight_of_its_odds() -> None:
    """One in five is two bits against."""
    assert [probability_weight(one) for one in (0.2, 0.5, 0.8)] == pytest.approx([-2, 0, 2])
