"""Whom to talk to: the grades of a person's name, fewer of them."""

import numpy as np
import pyarrow as pa
import pytest

from toolkit.match.comparisons.contact_person import COMPARISON


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Ann Lee", "Lee, Ann", "same person"),
        ("Ann Lee", "A. Lee", "nearly the same person"),
        ("Ann Lee", "Ann M Lee", "nearly the same person"),
        ("Ann Lee", "Robert Lee", "part in common"),
        ("Ann Lee", "Robert Fry", "different persons"),
    ],
)
def test_contacts_are_graded_as_names_of_persons_are(one: str, other: str, expected: str) -> None:
    """Order, initials and middle names are form; a family name alone is little."""
    texts = COMPARISON.standardised({"contact": pa.array([one, other])})
    prepared = COMPARISON.prepared(texts.unique(), None)
    [level] = COMPARISON.graded(prepared, np.array([0]), np.array([len(texts.unique()) - 1]))

    assert COMPARISON.levels[level - 1] == expected
