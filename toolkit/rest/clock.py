"""Time as a pull sees it: given from outside, so that a test waits for nothing."""

import threading
import time
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """What says how late it is, and what waits."""

    def monotonic_s(self) -> float:
        """Return seconds that only ever grow."""

    def now(self) -> datetime:
        """Return what the machine takes the time to be, in UTC."""

    def sleep(self, seconds: float) -> None:
        """Wait."""


class StoppedError(Exception):
    """A person stopped the pull while a stream of it waited."""


class SystemClock:
    """The machine's own clock; whoever waits by it is woken when the pull is stopped."""

    def __init__(self, stopped: threading.Event | None = None) -> None:
        self.stopped = stopped or threading.Event()

    def monotonic_s(self) -> float:
        """Return seconds that only ever grow."""
        return time.monotonic()

    def now(self) -> datetime:
        """Return what the machine takes the time to be, in UTC."""
        return datetime.now(UTC)

    def sleep(self, seconds: float) -> None:
        """Wait.

        Raises
        ------
        StoppedError
            The pull was stopped.
        """
        if self.stopped.wait(max(0.0, seconds)):
            raise StoppedError
