"""A system that fails again and again is left alone for a while, then asked once, before the others go on."""

import threading

from toolkit.errors import RetryableError
from toolkit.rest.clock import Clock

FAILURES = 5
"""Failures in a row after which nothing is sent any more."""

PAUSE_S = 30.0
"""How long, before one request tries again."""

MAX_PAUSES = 4
"""Pauses in a row after which the pull stops: what was pulled is kept, and the same command goes on there."""


class Breaker:
    """Counts failures in a row of one system; for many threads."""

    def __init__(self, system: str, clock: Clock) -> None:
        self._system = system
        self._clock = clock
        self._failures = 0
        self._pauses = 0
        self._is_probed = False
        self._state = threading.Lock()

    def __repr__(self) -> str:
        return f"Breaker({self._system!r}, failures={self._failures})"

    @property
    def is_open(self) -> bool:
        """Whether the system is being left alone."""
        return self._failures >= FAILURES

    def admit(self) -> None:
        """Wait while the system is being left alone; then one request after the other tries.

        Raises
        ------
        RetryableError
            It did not come back after several pauses.
        """
        while True:
            with self._state:
                if not self.is_open:
                    return
                if not self._is_probed:
                    if self._pauses >= MAX_PAUSES:
                        raise RetryableError(
                            f"{self._system} does not answer any more: it failed {self._failures} times in a row, and "
                            "was left "
                            f"alone {MAX_PAUSES} times for {PAUSE_S:.0f} seconds. What was pulled is kept: start the same "
                            "command again later."
                        )
                    self._is_probed = True
                    self._pauses += 1
                    is_mine = True
                else:
                    is_mine = False
            self._clock.sleep(PAUSE_S if is_mine else 1.0)
            if is_mine:
                return

    def succeeded(self) -> None:
        """Note an answer."""
        if self._failures:
            with self._state:
                self._failures = self._pauses = 0
                self._is_probed = False

    def failed(self) -> None:
        """Note a failure of the system or of the way to it."""
        with self._state:
            self._failures += 1
            self._is_probed = False
