"""The order of work of one team, and what it forgoes while it waits."""

import math

import pytest

from toolkit.errors import InputError, UnknownNameError
from toolkit.scoping.sequence import Task, best_sequence

CHAIN = [Task(f"t{number:02}", 1 + number % 3, 100 * (number % 5)) for number in range(14)]


def test_without_needs_the_most_saving_for_its_time_goes_first() -> None:
    """However many there are: then the answer is exact."""
    found = best_sequence(CHAIN)

    ratios = [found.cd3[name] for name in found.order]
    assert ratios == sorted(ratios, reverse=True)
    assert found.order == found.order_by_cd3
    assert found.is_exact


def test_a_task_waits_for_what_it_needs_and_pulls_it_forward() -> None:
    """A task of little use goes first where one of great use needs it."""
    tasks = [Task("feed", 1, 300), Task("ground", 1, 0), Task("view", 1, 900)]

    found = best_sequence(tasks, needs=[("view", "ground")])

    assert found.order == ("ground", "view", "feed")
    assert found.finish == {"ground": 1, "view": 2, "feed": 3}
    assert found.saving_forgone_while_waiting == 0 + 1800 + 900
    assert found.order_by_cd3 == ("view", "feed", "ground")


def test_what_the_order_gains_is_held_against_the_one_given() -> None:
    """The order as somebody wrote it, moved only as far as the needs ask."""
    found = best_sequence([Task("view", 1, 100), Task("ground", 2, 50), Task("feed", 1, 900)], needs=[("view", "ground")])

    assert found.order == ("feed", "ground", "view")
    assert found.forgone_as_given == 50 * 2 + 100 * 3 + 900 * 4


def test_more_than_ten_with_needs_are_listed_and_say_so() -> None:
    """Nothing stands before what it needs, and nobody claims that no order is better."""
    needs = [("t04", "t13"), ("t03", "t12"), ("t12", "t11"), ("t09", "t00")]

    found = best_sequence(CHAIN, needs=needs)

    assert sorted(found.order) == [one.task_id for one in CHAIN]
    assert all(found.order.index(needed) < found.order.index(one) for one, needed in needs)
    assert not found.is_exact


def test_what_takes_no_time_goes_first_and_has_no_ratio() -> None:
    """Nothing is divided by nothing, and no infinity is shown."""
    found = best_sequence([Task("feed", 1, 300), Task("switch", 0, 5), Task("idle", 0, 0), Task("loss", 0, -5)])

    assert found.order == ("switch", "feed", "idle", "loss")
    assert found.cd3 == {"feed": 300, "switch": None, "idle": None, "loss": None}


def test_equal_orders_are_told_apart_by_name() -> None:
    """The same figures give the same order, whoever wrote them down first."""
    twins = [Task("b", 0.1, 0.3), Task("a", 0.2, 0.6), Task("c", 0.3, 0.9)]

    assert best_sequence(twins, needs=[("c", "a")]).order == ("a", "b", "c")
    assert best_sequence(twins[::-1], needs=[("c", "a")]).order == ("a", "b", "c")


def test_nothing_to_do_takes_no_time() -> None:
    """An empty plan is a plan."""
    found = best_sequence([])

    assert (found.order, found.saving_forgone_while_waiting, found.is_exact) == ((), 0, True)


def test_tasks_in_a_circle_are_refused_by_name() -> None:
    """A task that needs itself, and two that need each other."""
    with pytest.raises(InputError, match="'feed' needs 'feed'"):
        best_sequence([Task("feed", 1, 1)], needs=[("feed", "feed")])
    with pytest.raises(InputError, match=r"'a' needs 'b', 'b' needs 'a'|'b' needs 'a', 'a' needs 'b'"):
        best_sequence([Task("a", 1, 1), Task("b", 1, 1)], needs=[("a", "b"), ("b", "a")])


@pytest.mark.parametrize(("duration", "saving"), [(-1, 1), (math.nan, 1), (math.inf, 1), (1, math.nan), (1, math.inf)])
def test_durations_and_savings_that_cannot_be_are_refused(duration: float, saving: float) -> None:
    """The message names the task."""
    with pytest.raises(InputError, match="'feed'"):
        best_sequence([Task("feed", duration, saving)])


def test_a_need_of_an_unknown_task_is_refused() -> None:
    """The nearest known one is offered."""
    with pytest.raises(UnknownNameError, match="Did you mean 'feed'"):
        best_sequence([Task("feed", 1, 1)], needs=[("feed", "fed")])
