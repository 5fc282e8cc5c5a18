"""Amount or other number: equal, nearly equal, of one size, different."""

from collections.abc import Sequence

import numpy as np

from toolkit.match.comparison import Columns, Comparison, Ints, Levels, no_keys, own_keys
from toolkit.values.text import each_distinct, folded

LEVELS = ("different", "within a tenth", "within a hundredth", "equal")


def _number(value: str) -> str | None:
    kept = "".join(character for character in folded(value) if character.isdigit() or character in ".-")
    try:
        number = float(kept)
    except ValueError:
        return None
    return repr(number) if np.isfinite(number) else None


def graded(values: Sequence[str], left: Ints, right: Ints) -> Levels:
    """Return the level of each pair of distinct numbers."""
    numbers = np.array([float(value) for value in values], dtype=np.float64)
    a, b = numbers[left], numbers[right]
    gap = np.abs(a - b)
    size = np.maximum(np.abs(a), np.abs(b))
    result = np.ones(len(left), dtype=np.uint8)
    result[gap <= 0.1 * size] = 2
    result[gap <= 0.01 * size] = 3
    result[gap == 0] = 4
    return result


def standardised(columns: Columns) -> list[str | None]:
    """Return each number in one spelling; None for what is none."""
    return each_distinct(columns["amount"], _number)


COMPARISON = Comparison(
    name="amount",
    reads=("amount",),
    facet="attribute",
    levels=LEVELS,
    m=(0.25, 0.10, 0.10, 0.55),
    by_place=(0.90, 0.06, 0.02, 0.02),
    by_name=(0.85, 0.08, 0.03, 0.04),
    u=(0.90, 0.07, 0.02, 0.01),
    standardised=standardised,
    graded=graded,
    narrow=no_keys,
    broad=own_keys,
    is_per_column=True,
)
