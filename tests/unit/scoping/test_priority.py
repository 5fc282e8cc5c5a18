"""Which handoff comes first, by money, by an index and by scores."""

import math

import numpy as np
import pytest

from toolkit.errors import InputError
from toolkit.scoping.priority import Factors, Impact, Ranking, money_ranking, priority_index, rice, top_shares, wsjf


def test_the_dearest_handoff_comes_first_however_hard_it_is() -> None:
    """Impact before ease."""
    assert money_ranking([Impact("easy", 300, 1), Impact("hard", 900, 60)]).order == ("hard", "easy")


def test_among_nearly_equal_costs_the_easier_one_goes_first() -> None:
    """Within a tenth of the dearest left; one of unknown effort goes last of them."""
    near = [Impact("hard", 1000, 20), Impact("easy", 900, 2), Impact("unknown", 950), Impact("less", 899, 1)]

    assert money_ranking(near).order == ("easy", "hard", "unknown", "less")


def test_a_handoff_without_a_cost_has_no_rank() -> None:
    """It is listed as incomplete, not as free."""
    assert money_ranking([Impact("known", 0, 1), Impact("asked", None, 1)]) == Ranking(("known",), ("asked",))


def test_an_index_needs_all_three_factors() -> None:
    """What lacks one is incomplete and does not move the others' scale; what is zero everywhere adds nothing."""
    found = priority_index([Factors("a", 10, 0, 4), Factors("b", 5, 0, 8), Factors("c", 99, None, 9)])

    assert found.scores == {"a": pytest.approx(50), "b": pytest.approx(50), "c": None}
    assert found.ranking == Ranking(("a", "b"), ("c",))


def test_the_weights_of_an_index_are_the_clients() -> None:
    """Who cares for errors alone ranks by errors alone."""
    found = priority_index([Factors("many", 90, 0.01, 9), Factors("wrong", 1, 0.2, 0)], weights=(0, 1, 0))

    assert found.scores == {"many": pytest.approx(5), "wrong": pytest.approx(100)}


def test_stability_is_how_often_a_handoff_is_among_the_first() -> None:
    """Two change places in half of the trials; where all are equal, the first names are the first."""
    costs = {"b": np.array([2.0, 9.0]), "a": np.array([9.0, 2.0]), "c": np.full(1, 5.0)}

    assert top_shares(costs, top=1) == {"b": 0.5, "a": 0.5, "c": 0.0}
    assert top_shares(costs, top=3) == {"b": 1.0, "a": 1.0, "c": 1.0}
    assert top_shares({"b": np.ones(4), "a": np.ones(4)}, top=1) == {"b": 0.0, "a": 1.0}
    assert top_shares({}) == {}


@pytest.mark.parametrize("value", [math.nan, math.inf, -1.0])
def test_numbers_that_cannot_be_are_refused(value: float) -> None:
    """Each message says which number and of what."""
    with pytest.raises(InputError, match="cost now of 'a'"):
        money_ranking([Impact("a", value)])
    with pytest.raises(InputError, match="build days of 'a'"):
        money_ranking([Impact("a", 1, value)])
    with pytest.raises(InputError, match="error rate of 'a'"):
        priority_index([Factors("a", 1, value, 1)])
    with pytest.raises(InputError, match="weight"):
        priority_index([], weights=(value, 1, 0))
    with pytest.raises(InputError, match="reach"):
        rice(value, 1, 1, 1)
    with pytest.raises(InputError, match="job size"):
        wsjf(1, 1, 1, value)
    if not math.isfinite(value):
        with pytest.raises(InputError, match="'a'"):
            top_shares({"a": np.array([1.0, value])})


def test_scores_that_divide_by_nothing_are_refused() -> None:
    """No effort and no size give no score; a confidence is a share; weights add up to one."""
    with pytest.raises(InputError, match="The effort is 0"):
        rice(1, 1, 1, 0)
    with pytest.raises(InputError, match="The job size is 0"):
        wsjf(1, 1, 1, 0)
    with pytest.raises(InputError, match=r"confidence is 1\.5"):
        rice(1, 1, 1.5, 1)
    with pytest.raises(InputError, match="add up to 1"):
        priority_index([], weights=(1, 1, 1))
