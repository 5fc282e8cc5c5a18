"""Short texts packed into numbers."""

import numpy as np
import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from toolkit.match.texts.short_codes import is_digit_slip, is_sign_slip, packed_digits, packed_signs


@settings(max_examples=300, deadline=None)
@given(one=st.text("ab1", max_size=8), other=st.text("ab1", max_size=8))
def test_a_slip_of_signs_is_an_edit_distance_of_one(one: str, other: str) -> None:
    """Wrong, missing, one too many or changed places: an independent edit distance says the same."""
    left, right = packed_signs(pa.array([one, other]))

    assert is_sign_slip(np.array([left]), np.array([right])).tolist() == [OSA.distance(one, other) == 1]


@settings(max_examples=300, deadline=None)
@given(digits=st.lists(st.tuples(st.sampled_from("0179"), st.sampled_from("0179")), min_size=1, max_size=16))
def test_a_slip_of_digits_is_an_edit_distance_of_one(digits: list[tuple[str, str]]) -> None:
    """Numbers of one length are a digit or two neighbours apart exactly where an edit distance is one."""
    one, other = ("".join(side) for side in zip(*digits, strict=True))
    left, right = packed_digits(pa.array([one, other]))

    assert is_digit_slip(np.array([left]), np.array([right])).tolist() == [OSA.distance(one, other) == 1]
