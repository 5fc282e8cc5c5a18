"""The days of a parallel run, and whether the exit rule that was agreed on is met.

What happened on a day that is not worked on counts with the next day that is.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from toolkit.golive.exit_rule import ExitRule
from toolkit.golive.items import Verdict
from toolkit.golive.settling import Look, Settled, Settlement
from toolkit.golive.working_days import WorkingDays
from toolkit.rates import wilson_interval

State = Literal["under", "over", "empty", "waiting", "incomplete"]
STATE_WORDS: dict[State, str] = {
    "under": "under the limit",
    "over": "over the limit",
    "empty": "nothing to compare",
    "waiting": "some may still come",
    "incomplete": "not read to its end yet",
}
"""What can be said of a day, in a client's words."""


@dataclass(frozen=True, slots=True)
class DayResult:
    """A working day: what was found of its events, from when on that is known, and whether it stays under the limit.

    ``count`` is of events with a verdict, ``explained`` of discrepancies that somebody has explained: these are in
    ``count``, and neither agree nor break the limit. ``low`` is the lower limit of the share that agrees.
    """

    day: date
    state: State
    counts: Mapping[Verdict, int]
    count: int
    agreeing: int
    discrepancies: int
    explained: int
    waiting: int
    put_right: int
    seen_at: datetime | None

    @property
    def match_rate(self) -> float | None:
        """The share of events that agree; null without any."""
        return self.agreeing / self.count if self.count else None

    @property
    def low(self) -> float:
        """The lower limit (Wilson, 95 %) of the share that agrees."""
        return wilson_interval(self.agreeing, self.count)[0]


@dataclass(frozen=True, slots=True)
class ExitDecision:
    """Whether the rule is met: the days in a row up to now, their events, and what is in the way, in sentences."""

    in_a_row: tuple[date, ...]
    count: int
    agreeing: int
    obstacles: tuple[str, ...]

    @property
    def is_met(self) -> bool:
        """Whether nothing is in the way."""
        return not self.obstacles

    @property
    def low(self) -> float:
        """The lower limit of the share that agrees on the days in a row."""
        return wilson_interval(self.agreeing, self.count)[0]


def day_results(
    found: Settlement, looks: Sequence[Look], rule: ExitRule, *, first: date, last: date, calendar: WorkingDays
) -> list[DayResult]:
    """Return the working days of a run in order, those that are not known yet included.

    Parameters
    ----------
    found
        What became of every event.
    looks
        Oldest first.
    rule
        What was agreed on.
    first, last
        Days of the run, both included.
    calendar
        On which days the client works.
    """
    settled: dict[date, list[Settled]] = defaultdict(list)
    for one in found.settled:
        if one.first.day is not None:
            settled[calendar.on_or_after(one.first.day)].append(one)
    waiting = Counter(calendar.on_or_after(one.day) for one in found.waiting if one.day is not None)
    days = sorted({*calendar.between(first, last), *settled, *waiting})
    return [_day_result(day, settled[day], waiting[day], looks, rule) for day in days]


def _day_result(day: date, events: Sequence[Settled], waiting: int, looks: Sequence[Look], rule: ExitRule) -> DayResult:
    counts = dict(Counter(one.shown.verdict for one in events))
    wrong = sum(one.is_discrepancy for one in events)
    explained = sum(bool(one.explained) and one.shown.verdict != "agrees" for one in events)
    seen = next((look.at for look in looks if look.through >= day), None)
    state: State
    if seen is None:
        state = "incomplete"
    elif not rule.is_under(wrong, len(events) + waiting):
        # Whatever is still to come makes no good day of it.
        state = "over"
    elif waiting:
        state = "waiting"
    else:
        state = "under" if events else "empty"
    agreeing = len(events) - wrong - explained
    put_right = sum(one.became == "put_right" for one in events)
    return DayResult(day, state, counts, len(events), agreeing, wrong, explained, waiting, put_right, seen)


def exit_decision(days: Sequence[DayResult], rule: ExitRule, *, undated: int = 0) -> ExitDecision:
    """Return whether the rule is met by the last days in a row of which everything is known.

    A day on which nothing happened neither counts nor breaks the row. What is not known breaks it.

    Parameters
    ----------
    days
        The working days in order.
    rule
        What was agreed on.
    undated
        Events without a day: nobody knows which day they would have broken.
    """
    row: list[DayResult] = []
    known = [one.state != "incomplete" for one in days]
    last_known = max((at for at, is_known in enumerate(known) if is_known), default=-1)
    for one in days[: last_known + 1]:
        if one.state == "under":
            row.append(one)
        elif one.state != "empty":
            row = []
    count, agreeing = sum(one.count for one in row), sum(one.agreeing for one in row)
    obstacles = []
    if len(row) < rule.working_days:
        obstacles.append(f"{len(row)} of {rule.working_days} working days in a row under the limit")
    low = wilson_interval(agreeing, count)[0]
    if rule.min_match_rate is not None and row and low < rule.min_match_rate:
        obstacles.append(
            f"{agreeing:,} of {count:,} agree on these days: that shows {100 * low:.1f} % at least, and "
            f"{100 * rule.min_match_rate:g} % was agreed"
        )
    if undated:
        obstacles.append(f"{undated:,} without a date, of which nobody knows to which day they belong")
    return ExitDecision(tuple(one.day for one in row), count, agreeing, tuple(obstacles))
