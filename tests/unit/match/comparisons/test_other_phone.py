"""A number that stands in another column of the other record."""

import numpy as np
import pyarrow as pa
import pytest

from toolkit.match.comparisons.other_phone import COMPARISON
from toolkit.match.records.columns import with_phones_joined


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("0215550142|", "|0215550142", "same number in another column"),
        ("0215550142|0825550190", "0825550190|", "same number in another column"),
        ("0215550142|", "|0825550190", "in no other column"),
        ("0215550142|", "0215550142|0825550190", None),
        ("0215550142|", "0215550199|0825550190", None),
        ("0215550142|", "0215550199|0215550142", "same number in another column"),
        ("0215550142|", "0825550190|", None),
        ("0215550142|0825550190", "0215550142|0825550190", None),
    ],
)
def test_a_number_counts_where_it_stands_in_another_column(one: str, other: str, expected: str | None) -> None:
    """What the columns say one by one is not said again, and a single column each leaves nothing to compare across."""
    values = pa.array([one, other]).unique()
    [level] = COMPARISON.graded(COMPARISON.prepared(values, None), np.array([0]), np.array([len(values) - 1]))

    assert (COMPARISON.levels[level - 1] if level else None) == expected


def test_numbers_are_compared_across_columns_only_where_they_stray() -> None:
    """A fax is nobody's telephone; a saved model is followed."""
    one = {"phone": {"Phone": pa.array(["021 555 0142", None])}}
    fax = {"phone": {**one["phone"], "Fax": pa.array(["n/a", "021 555 0199"])}}
    stray = {"phone": {**one["phone"], "Mobile": pa.array(["n/a", "(021) 555-0142"])}}

    assert with_phones_joined(one, is_known=True) is one
    assert with_phones_joined(fax) is fax
    assert with_phones_joined(fax, is_known=True)["phones"][""].to_pylist() == ["215550142|", "|215550199"]
    assert with_phones_joined(stray)["phones"][""].to_pylist() == ["215550142|", "|215550142"]


def test_a_record_without_a_number_has_none_in_another_column() -> None:
    """It is missing, as everywhere."""
    numbers = {"phone": {"Mobile": pa.array([None], pa.string()), "Phone": pa.array(["n/a"])}}

    assert with_phones_joined(numbers, is_known=True)["phones"][""].to_pylist() == [None]
