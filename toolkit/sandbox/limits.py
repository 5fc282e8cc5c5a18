"""The vendor's limits, counted as it counts them."""

import threading
from collections import deque
from collections.abc import Callable, Sequence

from toolkit.connector import Limit

_SLACK = 0.05
"""What was sent in time may arrive late: a window is this much shorter at its end."""


class LimitCounter:
    """Counts requests in every window; for many threads."""

    def __init__(self, limits: Sequence[Limit], now: Callable[[], float]) -> None:
        self._limits = tuple(limits)
        self._now = now
        self._taken: list[deque[float]] = [deque() for _ in self._limits]
        self._lock = threading.Lock()

    def wait_s(self) -> float:
        """Count a request; return for how long it would have to wait, nothing where it may go on."""
        with self._lock:
            now = self._now()
            for limit, taken in zip(self._limits, self._taken, strict=True):
                while taken and taken[0] <= now - limit.per_s * (1 - _SLACK):
                    taken.popleft()
                if len(taken) >= limit.count:
                    return max(0.01, taken[0] + limit.per_s - now)
            for taken in self._taken:
                taken.append(now)
            return 0.0
