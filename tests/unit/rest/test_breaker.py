"""A system in trouble is left alone for a while."""

import pytest

from tests.fault_server import VirtualClock
from toolkit.errors import RetryableError
from toolkit.rest.breaker import FAILURES, MAX_PAUSES, PAUSE_S, Breaker


def broken(clock: VirtualClock) -> Breaker:
    breaker = Breaker("crm", clock)
    for _ in range(FAILURES):
        breaker.admit()
        breaker.failed()
    return breaker


def test_after_five_failures_in_a_row_nothing_is_sent_for_half_a_minute() -> None:
    """Then one request tries."""
    clock = VirtualClock()
    breaker = broken(clock)

    breaker.admit()

    assert clock.monotonic_s() == PAUSE_S


def test_an_answer_closes_it() -> None:
    """The others go on at once, and failures are counted from none again."""
    clock = VirtualClock()
    breaker = broken(clock)
    breaker.admit()

    breaker.succeeded()
    breaker.admit()

    assert not breaker.is_open
    assert clock.monotonic_s() == PAUSE_S


def test_a_system_that_does_not_come_back_pauses_the_pull() -> None:
    """After four pauses the person decides when to try again; nothing is lost."""
    clock = VirtualClock()
    breaker = broken(clock)
    for _ in range(MAX_PAUSES):
        breaker.admit()
        breaker.failed()

    with pytest.raises(RetryableError, match="crm does not answer any more"):
        breaker.admit()


def test_four_failures_are_no_reason_to_stop() -> None:
    """A success in between begins the count anew."""
    clock = VirtualClock()
    breaker = Breaker("crm", clock)
    for _ in range(3):
        for _ in range(FAILURES - 1):
            breaker.admit()
            breaker.failed()
        breaker.succeeded()

    assert clock.monotonic_s() == 0
