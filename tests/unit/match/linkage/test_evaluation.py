"""Precision, recall, and what the model expects."""

import numpy as np

from toolkit.match.linkage.evaluation import expected_by_threshold, pair_agreement


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
