"""Pairs explained."""

import pytest

from toolkit.errors import UnknownNameError
from toolkit.match.linkage.explain import evidence_sentence, explained, verdict
from toolkit.tables import PAIR, PAIR_LEVEL


def test_a_pair_never_compared_says_so() -> None:
    """Nothing narrow connects the two records."""
    with pytest.raises(UnknownNameError, match="a and b"):
        explained(PAIR.empty(), PAIR_LEVEL.empty(), "b", "a")


def test_a_pair_without_evidence_says_so() -> None:
    """No fact speaks clearly."""
    assert evidence_sentence(["phone"], ["different numbers"], [-0.1]) == "Nothing speaks clearly for or against."


@pytest.mark.parametrize(
    ("bits", "expected"),
    [(3.0, "strong for"), (2.99, "weak for"), (0.0, "weak for"), (-0.01, "weak against"), (-2.99, "weak against"),
     (-3.0, "strong against")],
)  # fmt: skip
def test_evidence_is_strong_from_three_bits_on(bits: float, expected: str) -> None:
    """Eight to one; what says nothing does not speak against."""
    assert verdict(bits) == expected


def test_a_sentence_names_what_weighs_half_a_bit_and_three_of_a_side() -> None:
    """The strongest first, of equal ones by the alphabet."""
    labels = ["site", "name", "phone", "e-mail", "place", "tax number"]

    def sentence(*bits: float) -> str:
        return evidence_sentence(labels[: len(bits)], ["x"] * len(bits), bits)

    assert sentence(0.5, -0.5) == "For: site (x). Against: name (x)."
    assert sentence(0.49, -0.49) == "Nothing speaks clearly for or against."
    assert sentence(1, 2, 2, 3) == "For: e-mail (x), name (x), phone (x)."
    assert sentence(-1, -2, -2, -3) == "Against: e-mail (x), name (x), phone (x)."
