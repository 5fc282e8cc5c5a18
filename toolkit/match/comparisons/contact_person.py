"""Whom to talk to at a party: a person's name graded coarsely. Sister companies share the person, and a new one comes."""

import numpy as np
import pyarrow as pa

from toolkit.match.comparison import Columns, Comparison, Ints, Levels, no_keys
from toolkit.match.comparisons import person

LEVELS = ("different persons", "part in common", "nearly the same person", "same person")
_COARSE = np.array([0, 1, 2, 2, 2, 2, 3, 3, 3, 4], dtype=np.uint8)


def graded(names: person.Persons, left: Ints, right: Ints) -> Levels:
    """Return the level of each pair of distinct persons.

    Parameters
    ----------
    names
        What ``prepared`` made of the distinct values.
    left, right
        Positions of the two values of each pair.
    """
    return _COARSE[person.graded(names, left, right)]


def standardised(columns: Columns) -> pa.StringArray:
    """Return each person as ``given|family``."""
    return person.standardised({"person": columns["contact"]})


COMPARISON = Comparison(
    name="contact person",
    reads=("contact",),
    facet="contact",
    levels=LEVELS,
    m=(0.32, 0.04, 0.14, 0.50),
    by_place=(0.50, 0.05, 0.10, 0.35),
    by_name=(0.90, 0.03, 0.02, 0.05),
    u=(0.994, 0.004, 0.001, 0.001),
    standardised=standardised,
    prepared=person.prepared,
    graded=graded,
    narrow=no_keys,
    broad=person.broad,
    word_counts=person.word_counts,
    chances=person.chances,
)
