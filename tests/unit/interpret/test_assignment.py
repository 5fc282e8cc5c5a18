"""Meanings are given to all columns together."""

import numpy as np
import pytest

from toolkit.interpret.assignment import assigned, fit
from toolkit.interpret.column_scores import semantic_types

PLACES = {kind.meaning: place for place, kind in enumerate(semantic_types())}


def weights(*columns: dict[str, float]) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """Return weights by column; what a column does not name weighs -9."""
    result = np.full((len(columns), len(PLACES)), -9.0)
    for row, column in enumerate(columns):
        for meaning, weight in column.items():
            result[row, PLACES[meaning]] = weight
    return result


def test_each_column_takes_its_best_where_none_is_in_the_way() -> None:
    """And says how likely the others are."""
    found = assigned(weights({"name": 5, "note": 1}, {"email": 4}))

    assert found.meanings == ("name", "email")
    assert found.ranked[0][0][0] == "name"
    assert found.ranked[0][0][1] == pytest.approx(0.982, abs=0.01)
    assert found.ranked[0][1][0] == "note"


def test_a_good_assignment_of_all_wins_over_the_best_of_each() -> None:
    """Both would rather be the amount; together it is better that one is the balance."""
    found = assigned(weights({"amount_gross": 5, "balance": 4.9}, {"amount_gross": 5, "balance": 1}))

    assert found.meanings == ("balance", "amount_gross")


def test_two_columns_may_have_one_meaning_where_nothing_else_fits() -> None:
    """At a price: two columns of phones are two columns of phones."""
    assert assigned(weights({"city": 6}, {"city": 5})).meanings == ("city", "city")
    assert assigned(weights({"city": 6}, {"city": 5, "region": 4.5})).meanings == ("city", "region")


def test_any_number_of_columns_may_say_nothing() -> None:
    """That costs nothing."""
    assert assigned(weights(*({"none": 1.0, "note": 0.5} for _ in range(50)))).meanings == ("none",) * 50


def test_beyond_four_hundred_columns_the_surest_choose_first() -> None:
    """The result of few columns is the same."""
    many = [{"none": 1.0}] * 450 + [{"amount_gross": 5, "balance": 4.9}, {"amount_gross": 5.5, "balance": 1}]

    assert assigned(weights(*many)).meanings[-2:] == ("balance", "amount_gross")


def test_no_columns_have_no_meanings() -> None:
    """An empty sheet passes through."""
    assert assigned(weights()).meanings == ()
    assert fit(weights()) == 0.0


def test_columns_that_fit_better_make_a_better_fit() -> None:
    """Of two entities the one wins whose columns these are."""
    assert fit(weights({"name": 5}, {"email": 4})) > fit(weights({"name": 3}, {"email": 4}))
