"""What a comparison is: graded agreement on one fact, with what is believed of it before any data is seen."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Levels = npt.NDArray[np.uint8]
Floats = npt.NDArray[np.float64]
Columns = Mapping[str, Sequence[str | None]]
Facet = Literal["name", "place", "contact", "identity", "attribute"]

MISSING = 0
"""The level of a pair of which at least one side has no value: no evidence either way."""

CLASSES = ("match", "related by place", "related by name", "unrelated")
"""A pair is one party, neighbours (sister company, household), namesakes (branch, franchise), or unrelated."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Graded agreement on one fact.

    Attributes
    ----------
    name
        What is compared, in a client's words.
    reads
        Kinds of column it needs any of, e.g. ``("street", "city")``.
    facet
        What the fact tells about: ``name``, ``place``, ``contact``, ``identity`` or ``attribute``. Namesakes share the name,
        neighbours the place and the contact.
    levels
        Grades in words, worst first; level 1 is ``levels[0]`` and 0 is missing. The last one is full agreement.
    m, by_place, by_name, u
        Share of each grade among matches, neighbours, namesakes and unrelated pairs, before any data is seen.
    standardised
        Columns by kind to one comparable text per record; None is missing.
    graded
        Distinct values, and positions of the left and right ones, to levels; only for pairs of two values.
    narrow, broad
        Blocking keys of one value: those that suffice alone, and those that need another fact's broad key beside them.
    is_per_column
        Whether several columns of its kind are compared one by one, instead of together as one fact.
    """

    name: str
    reads: tuple[str, ...]
    facet: Facet
    levels: tuple[str, ...]
    m: tuple[float, ...]
    by_place: tuple[float, ...]
    by_name: tuple[float, ...]
    u: tuple[float, ...]
    standardised: Callable[[Columns], list[str | None]]
    graded: Callable[[Sequence[str], Ints, Ints], Levels]
    narrow: Callable[[Sequence[str]], list[list[str]]]
    broad: Callable[[Sequence[str]], list[list[str]]]
    is_per_column: bool = False

    def priors(self) -> Floats:
        """Return the four distributions over levels, one row per class in the order of ``CLASSES``."""
        table = np.array([self.m, self.by_place, self.by_name, self.u], dtype=np.float64)
        return np.asarray(table / table.sum(axis=1, keepdims=True), dtype=np.float64)


def no_keys(values: Sequence[str]) -> list[list[str]]:
    """Return no blocking key for any value: the fact is too common to find anybody by."""
    return [[] for _ in values]


def own_keys(values: Sequence[str]) -> list[list[str]]:
    """Return each value as its own blocking key."""
    return [[value] for value in values]
