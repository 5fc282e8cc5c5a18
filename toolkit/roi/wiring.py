"""How many connections a landscape needs, and how long data waits when a system is asked for news at intervals.

Source: cost model, sections 2 and 11.
"""

import math
from dataclasses import dataclass

from toolkit.roi.periods import HOURS_PER_MONTH


@dataclass(frozen=True, slots=True)
class Links:
    """Connections when every pair is wired, and when all meet in a hub."""

    point_to_point_links: int
    hub_links: int


@dataclass(frozen=True, slots=True)
class Polling:
    """Waiting time in minutes, and the checks a month of which most find nothing."""

    mean_latency_minutes: float
    max_latency_minutes: float
    checks_per_month: float
    empty_check_share_lower_bound: float


def links(systems: int) -> Links:
    """Return the connections that ``systems`` need.

    Examples
    --------
    >>> links(10)
    Links(point_to_point_links=45, hub_links=10)
    """
    if systems < 0:
        raise ValueError(f"A landscape has 0 systems or more, not {systems!r}.")
    return Links(systems * (systems - 1) // 2, systems)


def polling(interval_minutes: float, events_per_month: float) -> Polling:
    """Return the waiting time and the checks of a system asked for news every ``interval_minutes``.

    An event that arrives at any moment waits half the interval on average. At best each event has a check of its own,
    so at least the remaining checks come back empty.

    Examples
    --------
    >>> asked = polling(30, 200)
    >>> asked.mean_latency_minutes, asked.checks_per_month, round(asked.empty_check_share_lower_bound, 3)
    (15.0, 1460.0, 0.863)
    """
    if not (math.isfinite(interval_minutes) and interval_minutes > 0):
        raise ValueError(f"The interval between two checks must be above 0 minutes, not {interval_minutes!r}.")
    if not (math.isfinite(events_per_month) and events_per_month >= 0):
        raise ValueError(f"Events a month must be 0 or more, not {events_per_month!r}.")
    checks = HOURS_PER_MONTH * 60 / interval_minutes
    return Polling(interval_minutes / 2, interval_minutes, checks, max(0.0, 1 - events_per_month / checks))
