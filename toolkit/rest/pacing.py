"""No faster than a vendor allows: several limits at once, over all streams of a system.

A request is counted from when it is sent until ``per_s`` seconds after its answer came. The vendor counted it somewhere in
between, so that no window of the vendor's holds more than its limit either, however long requests are on their way.
"""

import math
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from toolkit.connector import Limit
from toolkit.errors import RetryableError
from toolkit.rest.clock import Clock
from toolkit.values.counted import counted


@dataclass(slots=True)
class Allowance:
    """One limit and what was used of it: requests under way, and when the answers of the others came."""

    limit: Limit
    under_way: int = 0
    answered: deque[float] = field(default_factory=deque)

    def free_at(self, now: float) -> float:
        """Return from when on a request may be sent; infinity while only an answer can tell.

        Examples
        --------
        >>> allowance = Allowance(Limit(1, 60))
        >>> allowance.send(); allowance.answer(5.0); allowance.free_at(7.0)
        65.0
        """
        while self.answered and self.answered[0] + self.limit.per_s <= now:
            self.answered.popleft()
        used = len(self.answered) + self.under_way
        if used < self.limit.count:
            return now
        # So many of the answered ones must have left the window before one more fits in.
        surplus = used - self.limit.count
        return self.answered[surplus] + self.limit.per_s if surplus < len(self.answered) else math.inf

    def send(self) -> None:
        """Count a request that is sent now."""
        self.under_way += 1

    def answer(self, now: float) -> None:
        """Count its answer."""
        self.under_way -= 1
        self.answered.append(now)


class Pacer:
    """Lets requests of one system go, each as soon as every limit has room; for many threads."""

    def __init__(self, limits: Sequence[Limit], at_once: int, clock: Clock) -> None:
        self._allowances = [Allowance(one) for one in limits]
        self._at_once = at_once
        self._clock = clock
        self._under_way = 0
        self._held_until = -math.inf
        self._turn = threading.Condition()

    def __repr__(self) -> str:
        return f"Pacer({[one.limit for one in self._allowances]!r}, {self._at_once})"

    def hold(self, seconds: float) -> None:
        """Send nothing for a while: the vendor asked for it."""
        with self._turn:
            self._held_until = max(self._held_until, self._clock.monotonic_s() + seconds)

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait until a request may be sent, and hold its place until the answer is there.

        Raises
        ------
        RetryableError
            The budget of an hour or a day is used up.
        """
        self._take()
        try:
            yield
        finally:
            with self._turn:
                self._under_way -= 1
                now = self._clock.monotonic_s()
                for one in self._allowances:
                    one.answer(now)
                self._turn.notify_all()

    def _take(self) -> None:
        while True:
            with self._turn:
                now = self._clock.monotonic_s()
                free_at = max([self._held_until, *(one.free_at(now) for one in self._allowances)])
                if self._under_way >= self._at_once or (math.isinf(free_at) and free_at > 0):
                    self._turn.wait(1.0)
                    continue
                if free_at <= now:
                    self._under_way += 1
                    for one in self._allowances:
                        one.send()
                    return
                self._refuse_long(now)
            self._clock.sleep(free_at - now)

    def _refuse_long(self, now: float) -> None:
        for one in self._allowances:
            wait_s = one.free_at(now) - now
            if one.limit.is_budget and wait_s > 0:
                hours = one.limit.per_s / 3600
                raise RetryableError(
                    f"All {one.limit.count:,} requests that are allowed in {counted(round(hours), 'hour')} are used up. "
                    "What was "
                    f"pulled is kept: start the same command again in {waiting_words(wait_s)}.",
                    wait_s,
                )


def waiting_words(seconds: float) -> str:
    """Return a span of time as a person says it.

    Examples
    --------
    >>> waiting_words(45), waiting_words(600), waiting_words(7300)
    ('45 seconds', '10 minutes', '2 hours')
    """
    if seconds < 90:
        return counted(max(1, round(seconds)), "second")
    return counted(round(seconds / 60), "minute") if seconds < 5400 else counted(round(seconds / 3600), "hour")
