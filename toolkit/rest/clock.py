"""Time as a pull sees it: given from outside, so that a test waits for nothing."""

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


class SystemClock:
    """The machine's own clock."""

    def monotonic_s(self) -> float:
        """Return seconds that only ever grow."""
        return time.monotonic()

    def now(self) -> datetime:
        """Return what the machine takes the time to be, in UTC."""
        return datetime.now(UTC)

    def sleep(self, seconds: float) -> None:
        """Wait."""
        time.sleep(seconds)
