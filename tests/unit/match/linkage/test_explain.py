"""Pairs explained."""

import pytest

from toolkit.errors import UnknownNameError
from toolkit.match.linkage.explain import evidence_sentence, explained
from toolkit.tables import PAIR, PAIR_LEVEL


def test_a_pair_never_compared_says_so() -> None:
    """Nothing narrow connects the two records."""
    with pytest.raises(UnknownNameError, match="a and b"):
        explained(PAIR.empty(), PAIR_LEVEL.empty(), "b", "a")


def test_a_pair_without_evidence_says_so() -> None:
    """No fact speaks clearly."""
    assert evidence_sentence(["phone"], ["different numbers"], [-0.1]) == "Nothing speaks clearly for or against."
