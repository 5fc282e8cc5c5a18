"""Free text and titles: the share of words in common, by rarity."""

from collections.abc import Sequence

import numpy as np

from toolkit.match.comparison import Columns, Comparison, Ints, Levels, no_keys
from toolkit.match.comparisons.company import word_bits
from toolkit.values import text

LEVELS = ("different", "some words in common", "half in common", "most in common", "same")


def graded(values: Sequence[str], left: Ints, right: Ints) -> Levels:
    """Return the level of each pair of distinct texts."""
    sets = [frozenset(value.split()) for value in values]
    bits = word_bits([(tuple(words),) for words in sets])
    sizes = [sum(bits[word] for word in words) for words in sets]
    shares = np.zeros(len(left))
    for position, (i, j) in enumerate(zip(left.tolist(), right.tolist(), strict=True)):
        shared = sum(bits[word] for word in sets[i] & sets[j])
        whole = sizes[i] + sizes[j] - shared
        shares[position] = shared / whole if whole else 1.0
    return (1 + np.digitize(shares, [0.15, 0.45, 0.75, 0.999])).astype(np.uint8)


def standardised(columns: Columns) -> list[str | None]:
    """Return each text as folded words."""
    return text.standardised(columns["text"])


def narrow(values: Sequence[str]) -> list[list[str]]:
    """Return the two rarest words, alone and together."""
    bits = word_bits([(tuple(value.split()),) for value in values])
    keys = []
    for value in values:
        rare = sorted(set(value.split()), key=lambda word: (-bits[word], word))[:3]
        keys.append([*rare[:2], " ".join(sorted(rare))])
    return keys


COMPARISON = Comparison(
    name="text",
    reads=("text",),
    facet="attribute",
    levels=LEVELS,
    m=(0.15, 0.10, 0.15, 0.15, 0.45),
    by_place=(0.70, 0.14, 0.08, 0.04, 0.04),
    by_name=(0.60, 0.18, 0.10, 0.06, 0.06),
    u=(0.92, 0.05, 0.015, 0.005, 0.01),
    standardised=standardised,
    graded=graded,
    narrow=narrow,
    broad=no_keys,
    is_per_column=True,
)
