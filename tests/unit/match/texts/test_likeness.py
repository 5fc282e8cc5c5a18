"""Names of streets and towns side by side."""

import numpy as np
import pyarrow as pa
import pytest

from toolkit.match.texts.likeness import CLOSE, DIFFERENT, EQUAL, name_grades, names_of


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("la cienega", "lacienega", EQUAL),
        ("la cienega", "cienega", EQUAL),
        ("la brea", "la", CLOSE),
        ("washington", "washignton", CLOSE),
        ("main", "maine", CLOSE),
        ("elm", "oak", DIFFERENT),
        ("elm", "elk", DIFFERENT),
        ("oakwood", "oakmont", DIFFERENT),
        ("highway 6", "highway 66", DIFFERENT),
    ],
)
def test_names_are_alike_but_for_spelling(one: str, other: str, expected: int) -> None:
    """Blanks and a word left out are nothing, a slip is little, a digit is another street."""
    grades = name_grades(names_of(pa.array([one, other])), np.array([0, 1]), np.array([1, 0]))

    assert grades.tolist() == [expected, expected]
