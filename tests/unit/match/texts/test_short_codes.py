"""Short texts packed into numbers."""

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from toolkit.match.texts.short_codes import is_digit_slip, is_sign_slip, packed_digits, packed_signs


@settings(max_examples=300, deadline=None)
@given(one=st.text("abc1", max_size=8), other=st.text("abc1", max_size=8))
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


def test_no_texts_are_no_numbers() -> None:
    """An empty column."""
    nothing = pa.array([], pa.string())

    assert len(packed_signs(nothing)) == 0
    assert len(packed_digits(nothing)) == 0


@pytest.mark.parametrize("one", "0123456789")
@pytest.mark.parametrize("other", "0123456789")
def test_any_digit_may_be_wrong(one: str, other: str) -> None:
    """First, between, or last."""
    for number in ("{}55", "5{}5", "55{}"):
        left, right = packed_digits(pa.array([number.format(one), number.format(other)]))

        assert is_digit_slip(np.array([left]), np.array([right])).tolist() == [one != other]


@pytest.mark.parametrize(("one", "other"), [("bbbb", "cbb"), ("ccaaaa", "cbaaa"), ("01111001", "0011001"), ("1222", "022")])
def test_a_sign_wrong_and_one_missing_are_two_slips(one: str, other: str) -> None:
    """Also where the wrong sign differs in its last bit only."""
    left, right = packed_signs(pa.array([one, other]))

    assert is_sign_slip(np.array([left, right]), np.array([right, left])).tolist() == [False, False]
