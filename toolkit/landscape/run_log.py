"""The health of integrations as their run logs tell it: runs, failures, last success, what waits and for how long.

A run is ok, failed, waiting or skipped, by the words of its status. One with other words is counted apart and is neither.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from toolkit.rates import wilson_interval

State = Literal["ok", "failed", "waiting", "skipped"]

_STATES: Mapping[State, str] = {
    "failed": r"unsuccess\w*|fail\w*|err\w*|time[d -]*out|abort\w*|crash\w*|halt\w*|reject\w*|dead|dead[ -]?letter\w*",
    "waiting": r"queue\w*|pending|wait\w*|running|in[ _-]progress|held|hold|retry\w*|new|scheduled|open|started",
    "skipped": r"skip\w*|filter\w*|ignored|cancel\w*|no[ -]?op",
    "ok": r"ok|success\w*|succeed\w*|complete\w*|done|finish\w*|pass\w*|deliver\w*|processed|200",
}


def run_state(status: str) -> State | None:
    """Return what a status says of a run; null where it says nothing that is known.

    Examples
    --------
    >>> run_state("Completed"), run_state("Completed with errors"), run_state("queued"), run_state("blue")
    ('ok', 'failed', 'waiting', None)
    """
    plain = status.strip().casefold().replace("_", " ")
    return next((state for state, words in _STATES.items() if re.search(rf"\b(?:{words})\b", plain)), None)


@dataclass(frozen=True, slots=True)
class LoggedRun:
    """One line of a run log: which integration, its status as written, and when; null where that cannot be read."""

    integration: str
    status: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Health:
    """An integration: finished runs and how many failed, with the share's 95 % limits, the last success, and what waits.

    ``failed_since`` counts failures after the last success, ``unread`` lines whose status is none that is known.
    """

    integration: str
    runs: int
    failed: int
    share: float | None
    low: float
    high: float
    last_success_at: datetime | None
    failed_since: int
    waiting: int
    oldest_waiting_at: datetime | None
    unread: int


def health(runs: Iterable[LoggedRun]) -> tuple[Health, ...]:
    """Return the health of each integration, the one with the highest share of failures first.

    Parameters
    ----------
    runs
        The lines of a log, in any order.

    Examples
    --------
    >>> log = [LoggedRun("orders", "ok", None)] * 9963 + [LoggedRun("orders", "failed", None)] * 37
    >>> [found] = health(log)
    >>> found.runs, found.failed, found.share, round(found.low, 4), round(found.high, 4)
    (10000, 37, 0.0037, 0.0027, 0.0051)
    """
    by_name: dict[str, list[tuple[State | None, datetime | None]]] = defaultdict(list)
    for one in runs:
        by_name[one.integration].append((run_state(one.status), one.at))
    found = [_health(name, own) for name, own in by_name.items()]
    return tuple(sorted(found, key=lambda one: (-(one.share or 0.0), -one.waiting, one.integration)))


def _health(name: str, own: list[tuple[State | None, datetime | None]]) -> Health:
    counts = Counter(state for state, _ in own)
    finished = counts["ok"] + counts["failed"]
    low, high = wilson_interval(counts["failed"], finished)
    last = max((at for state, at in own if state == "ok" and at is not None), default=None)
    since = sum(state == "failed" and at is not None and (last is None or at > last) for state, at in own)
    return Health(
        integration=name,
        runs=finished,
        failed=counts["failed"],
        share=counts["failed"] / finished if finished else None,
        low=low,
        high=high,
        last_success_at=last,
        failed_since=since,
        waiting=counts["waiting"],
        oldest_waiting_at=min((at for state, at in own if state == "waiting" and at is not None), default=None),
        unread=counts[None],
    )
