"""Which requests are sent a second time, when, and how often at most (``reliability-spec`` 3.4).

Only a passing fault is repeated: it was raised as ``RetryableError``. The wait grows from half a second to half a minute,
with chance in it so that streams do not come back together; what the vendor asks for in ``Retry-After`` wins. Of all
requests of a minute at most a fifth are repeats: a system in trouble is not drowned by those who wait for it.
"""

import random
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from toolkit.errors import RetryableError
from toolkit.rest.clock import Clock

T = TypeVar("T")

BASE_S, CAP_S = 0.5, 30.0
MAX_ATTEMPTS = 6
ATTEMPTS_WHILE_WAITED_FOR = 3
"""Where a person looks on: two seconds at the most, then the person is told and decides."""

MAX_WAIT_S = 300.0
"""A vendor that asks for more than this is asked again by the person, not by us."""

BUDGET_SHARE, BUDGET_WINDOW_S, BUDGET_FLOOR = 0.2, 60.0, 10
"""Share of a window's requests that may be repeats; so many are allowed in any case."""


def wait_s(attempt: int, asked_s: float | None, chance: float) -> float:
    """Return how long to wait after an attempt.

    Parameters
    ----------
    attempt
        From 1.
    asked_s
        What the vendor asked for; None where it said nothing.
    chance
        From 0 to 1.

    Examples
    --------
    >>> wait_s(1, None, 1.0), wait_s(3, None, 0.0), wait_s(20, None, 1.0), wait_s(1, 12.0, 0.5)
    (0.5, 1.0, 30.0, 12.0)
    """
    if asked_s is not None:
        return asked_s
    return min(CAP_S, BASE_S * 2.0 ** (min(attempt, 20) - 1)) * (0.5 + 0.5 * chance)


@dataclass(slots=True)
class RetryBudget:
    """How many requests of the last minute were first attempts, and how many repeats; for many threads."""

    clock: Clock
    _sent: deque[float] = field(default_factory=deque)
    _repeated: deque[float] = field(default_factory=deque)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def note_request(self) -> None:
        """Count a request."""
        with self._lock:
            self._sent.append(self.clock.monotonic_s())
            self._forget()

    def allows_repeat(self) -> bool:
        """Return whether one more may be repeated, and count it."""
        with self._lock:
            self._forget()
            if len(self._repeated) >= max(BUDGET_FLOOR, BUDGET_SHARE * len(self._sent)):
                return False
            self._repeated.append(self.clock.monotonic_s())
            return True

    def _forget(self) -> None:
        before = self.clock.monotonic_s() - BUDGET_WINDOW_S
        for times in (self._sent, self._repeated):
            while times and times[0] <= before:
                times.popleft()


def repeated(
    attempt: Callable[[], T],
    *,
    clock: Clock,
    budget: RetryBudget,
    chance: random.Random,
    max_wait_s: float = MAX_WAIT_S,
    max_attempts: int = MAX_ATTEMPTS,
) -> T:
    """Return what an attempt gives, repeated as long as its faults pass.

    Parameters
    ----------
    attempt
        Sends the request once; a passing fault is a ``RetryableError``.
    clock
        What waits.
    budget
        How much may still be repeated.
    chance
        What spreads the waits.
    max_wait_s
        The longest wait that a vendor may ask for.
    max_attempts
        How often it is sent at the most.

    Raises
    ------
    RetryableError
        It did not pass: what the last attempt raised.
    """
    try:
        # Nearly every request is answered at once, and needs nobody who would repeat it.
        return attempt()
    except RetryableError as error:
        first = error
    import tenacity

    def is_over(state: tenacity.RetryCallState) -> bool:
        fault = state.outcome.exception() if state.outcome is not None else None
        asked = fault.retry_after_s if isinstance(fault, RetryableError) else None
        return state.attempt_number >= max_attempts or (asked or 0.0) > max_wait_s or not budget.allows_repeat()

    def pause_s(state: tenacity.RetryCallState) -> float:
        fault = state.outcome.exception() if state.outcome is not None else None
        asked = fault.retry_after_s if isinstance(fault, RetryableError) else None
        return wait_s(state.attempt_number, asked, chance.random())

    faults = iter([first])

    def next_attempt() -> T:
        for fault in faults:
            raise fault
        return attempt()

    return tenacity.Retrying(
        retry=tenacity.retry_if_exception_type(RetryableError), stop=is_over, wait=pause_s, sleep=clock.sleep, reraise=True
    )(next_attempt)
