"""What is sent a second time, and how often at most."""

import random

import pytest

from tests.fault_server import VirtualClock
from toolkit.errors import RetryableError
from toolkit.rest.retrying import BUDGET_FLOOR, MAX_ATTEMPTS, RetryBudget, repeated


def test_of_all_requests_of_a_minute_a_fifth_are_repeats_at_most() -> None:
    """Who waits for a system in trouble does not drown it: 200 good requests allow forty repeats."""
    clock = VirtualClock()
    budget = RetryBudget(clock)
    for _ in range(200):
        budget.note_request()

    allowed = sum(budget.allows_repeat() for _ in range(100))

    assert allowed == 40


def test_a_few_repeats_are_allowed_in_any_case() -> None:
    """Otherwise the first request of a pull could never be repeated."""
    budget = RetryBudget(VirtualClock())

    assert sum(budget.allows_repeat() for _ in range(100)) == BUDGET_FLOOR


def test_what_was_sent_more_than_a_minute_ago_counts_no_more() -> None:
    """The budget is one of sixty seconds."""
    clock = VirtualClock()
    budget = RetryBudget(clock)
    assert sum(budget.allows_repeat() for _ in range(100)) == BUDGET_FLOOR

    clock.sleep(61)

    assert budget.allows_repeat()


def test_a_fault_that_passes_gives_the_answer() -> None:
    """Two failures, then it is there."""
    clock = VirtualClock()
    answers = iter([RetryableError("a"), RetryableError("b", 7.0), "records"])

    def attempt() -> str:
        found = next(answers)
        if isinstance(found, RetryableError):
            raise found
        return str(found)

    assert repeated(attempt, clock=clock, budget=RetryBudget(clock), chance=random.Random(1)) == "records"
    assert clock.slept[1] == 7.0


def test_a_fault_that_stays_is_raised_as_it_was() -> None:
    """After the last attempt, with its own sentence."""
    clock = VirtualClock()
    count = 0

    def attempt() -> str:
        nonlocal count
        count += 1
        raise RetryableError(f"attempt {count}")

    with pytest.raises(RetryableError, match=f"attempt {MAX_ATTEMPTS}"):
        repeated(attempt, clock=clock, budget=RetryBudget(clock), chance=random.Random(1))
