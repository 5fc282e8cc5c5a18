"""How feasible a connection is."""

import pytest

from toolkit.errors import UnknownNameError
from toolkit.scoping.approach.feasibility import QUESTIONS, feasibility


def test_two_open_systems_of_one_model_are_easy_and_two_closed_ones_are_not() -> None:
    """The two ends: above 80, and below 30."""
    easy = feasibility({**dict.fromkeys(QUESTIONS, "yes"), "known_pattern": "partly"})
    hard = feasibility({**dict.fromkeys(QUESTIONS, "no"), "documented_api": "partly"})

    assert easy.score is not None
    assert hard.score is not None
    assert easy.score > 80
    assert hard.score < 30
    assert (easy.effort, hard.effort) == ("simple", "complex")


def test_what_is_unknown_lowers_the_certainty_and_not_the_score() -> None:
    """Three answers of six."""
    found = feasibility({"documented_api": "yes", "open_format": "yes", "full_access": "no", "same_model": ""})

    assert (found.score, found.known_share) == (67, 0.5)
    assert found.effort == "medium"
    assert found.unknown == ("similar_structures", "same_model", "known_pattern")


def test_too_little_is_known_for_a_class_of_effort() -> None:
    """Two answers of six decide nothing; none has no score either."""
    assert feasibility({"documented_api": "yes", "open_format": "yes"}).effort is None
    assert feasibility({}).score is None


@pytest.mark.parametrize("wrong", [{"documented_apis": "yes"}, {"documented_api": "perhaps"}])
def test_a_question_or_answer_that_is_none_is_named(wrong: dict[str, str]) -> None:
    """With those that there are."""
    with pytest.raises(UnknownNameError):
        feasibility(wrong)
