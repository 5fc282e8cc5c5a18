"""The solver behind the choice of projects."""

import os

import numpy as np
import pytest

from benchmarks.portfolio import client
from toolkit.scoping.binary_program import chosen_variables
from toolkit.scoping.portfolio import best_portfolio


def test_a_choice_that_cannot_be_is_none() -> None:
    """More than there is was asked for."""
    assert chosen_variables(np.ones(2), [(np.ones(2), 3.0)]) is None


def test_without_rows_what_lessens_the_objective_is_chosen() -> None:
    """Nothing binds the variables."""
    assert chosen_variables(np.array([1.0, -1.0]), []) == {1}


def test_nothing_is_printed_however_hard_the_choice(capfd: pytest.CaptureFixture[str]) -> None:
    """A command that answers with JSON answers with nothing else; of drawings 0 to 3, HiGHS prints in some."""
    for drawing in range(4):
        projects, rules = client("usual", 40, np.random.default_rng(drawing))
        best_portfolio(
            projects,
            budget=0.5 * sum(one.cost for one in projects),
            person_days=0.65 * sum(one.person_days for one in projects),
            rules=rules,
        )
    os.write(1, b"said afterwards")

    assert capfd.readouterr().out == "said afterwards"
