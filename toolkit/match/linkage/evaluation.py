"""How right a set of pairs is: against labels where there are some, and as the model itself expects."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from toolkit.match.comparison import Floats


@dataclass(frozen=True, slots=True)
class Agreement:
    """Pairs found against pairs true; shares from 0 to 1."""

    precision: float
    recall: float
    f1: float
    found_count: int
    true_count: int


def pair_agreement(found: Iterable[tuple[str, str]], true: Iterable[tuple[str, str]]) -> Agreement:
    """Return precision, recall and F1 of pairs; the order inside a pair does not count.

    Examples
    --------
    >>> pair_agreement([("a", "b"), ("c", "a")], [("b", "a")]).precision
    0.5
    """
    found_set = {tuple(sorted(pair)) for pair in found}
    true_set = {tuple(sorted(pair)) for pair in true}
    right = len(found_set & true_set)
    precision = right / len(found_set) if found_set else 1.0
    recall = right / len(true_set) if true_set else 1.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return Agreement(precision, recall, f1, len(found_set), len(true_set))


def expected_by_threshold(match_probability: Floats) -> pa.Table:
    """Return what the model expects at each threshold from .05 to .95.

    Columns: ``min_match_probability``, ``pairs`` at or above it, ``expected_precision`` (null without pairs) and
    ``expected_recall``
    among the pairs compared.
    """
    total = float(match_probability.sum())
    rows = []
    above = match_probability
    for step in range(1, 20):
        threshold = step / 20
        above = above[above >= threshold]
        right = float(above.sum())
        rows.append(
            {
                "min_match_probability": threshold,
                "pairs": len(above),
                "expected_precision": right / len(above) if len(above) else None,
                "expected_recall": right / total if total > 0 else None,
            }
        )
    return pa.Table.from_pylist(
        rows,
        schema=pa.schema(
            [
                ("min_match_probability", pa.float64()),
                ("pairs", pa.int64()),
                ("expected_precision", pa.float64()),
                ("expected_recall", pa.float64()),
            ]
        ),
    )


def probability_weight(probability: float) -> float:
    """Return a probability as a match weight in bits.

    Examples
    --------
    >>> probability_weight(0.5), round(probability_weight(0.9), 2)
    (0.0, 3.17)
    """
    return float(np.log2(probability / (1 - probability)))
