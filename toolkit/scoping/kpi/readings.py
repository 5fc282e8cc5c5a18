"""One measurement of a KPI, and how much it changed between two, with what can be said for sure.

A share carries the cases that were looked at, so that its interval is known; hours, days and incidents may carry a range.

Source: Newcombe, "Interval estimation for the difference between independent proportions: comparison of eleven methods",
Statistics in Medicine 17 (1998), p. 873, method 10 (Wilson limits of both shares, combined).
"""

import math
from dataclasses import dataclass
from datetime import date

from toolkit.errors import InputError
from toolkit.rates import MeasuredShare, wilson_interval
from toolkit.scoping.amounts import checked


@dataclass(frozen=True, slots=True)
class Reading:
    """A KPI as measured on a day: its value between ``low`` and ``high``, all equal where it was counted in full."""

    value: float
    low: float
    high: float
    on: date | None = None

    @property
    def is_exact(self) -> bool:
        """Whether nothing was sampled or guessed."""
        return self.low == self.high


@dataclass(frozen=True, slots=True)
class Change:
    """After less before, and how much less it is as a share of before: each as low, value, high.

    The share is null where nothing was there before, its low end where perhaps nothing was. Its ends are those of both
    readings at once, so it is rather too wide than too narrow.
    """

    difference: tuple[float, float, float]
    reduction: tuple[float | None, float, float] | None


def amount_reading(
    value: float, *, low: float | None = None, high: float | None = None, on: date | None = None, what: str = "the KPI"
) -> Reading:
    """Return a reading of hours, days, incidents or a share that was not counted.

    Parameters
    ----------
    value, low, high
        The value, at least 0, and its range where it has one.
    on
        The day it was taken.
    what
        What it is, for messages.

    Raises
    ------
    InputError
        A number is below zero or none, or the range does not hold the value.

    Examples
    --------
    >>> amount_reading(40.0).is_exact
    True
    """
    least, most = value if low is None else low, value if high is None else high
    for one in (value, least, most):
        checked(one, what)
    if not least <= value <= most:
        raise InputError(f"Of {what}, {value:g} does not lie between {least:g} and {most:g}. Write low, value, high.")
    return Reading(value, least, most, on)


def share_reading(counted: MeasuredShare, *, on: date | None = None) -> Reading | None:
    """Return a reading of a share that was counted, with its Wilson interval; null when nothing was looked at.

    Examples
    --------
    >>> found = share_reading(MeasuredShare(12, 400))
    >>> found.value, round(found.high, 4)
    (0.03, 0.0517)
    """
    share = counted.share
    return None if share is None else Reading(share, *wilson_interval(counted.x, counted.n), on)


def change(before: Reading, after: Reading) -> Change:
    """Return how much a KPI changed, with an interval from those of both readings.

    Examples
    --------
    >>> change(amount_reading(40), amount_reading(10)).reduction
    (0.75, 0.75, 0.75)
    """
    moved = after.value - before.value
    # Both ends are unlikely at once, so the distances add up as squares (Newcombe).
    down = math.hypot(after.value - after.low, before.high - before.value)
    up = math.hypot(after.high - after.value, before.value - before.low)
    difference = (moved - down, moved, moved + up)
    if before.value == 0:
        return Change(difference, None)
    least = (before.low - after.high) / before.low if before.low > 0 else None
    return Change(difference, (least, -moved / before.value, (before.high - after.low) / before.high))
