"""When each project begins, is built and goes live: one team, one project after another.

A week has five working days; holidays are not known. A team that has fewer days in a quarter than the quarter has working
days takes longer for the same work. Each project ends with the weeks in which both ways run, and the next one begins on the
day it goes live: what was learned from one goes into the next.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from toolkit.roi.periods import WORKDAYS_PER_WEEK, weeks_to_months

WORKDAYS_PER_QUARTER = 65
"""260 working days a year."""
_ANY_MONDAY = date(2024, 1, 1)


@dataclass(frozen=True, slots=True)
class Work:
    """The effort of one project: person-days of building, then weeks in which both ways run."""

    project_id: str
    build_days: float
    parallel_weeks: float


@dataclass(frozen=True, slots=True)
class Dates:
    """When a project is built and goes live; days are null where nobody said when the first one begins."""

    project_id: str
    starts_on: date | None
    built_on: date | None
    live_on: date | None
    weeks_to_live: float


def duration_months(work: Work, *, days_per_quarter: float | None = None) -> float:
    """Return how many months a project takes, both ways running included.

    Parameters
    ----------
    work
        Its effort.
    days_per_quarter
        Person-days that the team has; ``None`` is one person who does nothing else.

    Examples
    --------
    >>> duration_months(Work("feed", 10, 2)), duration_months(Work("feed", 10, 0), days_per_quarter=32.5)
    (0.9230769230769231, 0.9230769230769231)
    """
    return weeks_to_months(work.build_days / _pace(days_per_quarter) / WORKDAYS_PER_WEEK + work.parallel_weeks)


def schedule(
    works: Sequence[Work], *, start: date | None = None, days_per_quarter: float | None = None
) -> tuple[Dates, ...]:
    """Return the dates of projects, one after another in the order given.

    Parameters
    ----------
    works
        In the order of doing.
    start
        First day of the first one; a weekend is put off to Monday. Without it there are weeks, and no dates.
    days_per_quarter
        As for `duration_months`.

    Examples
    --------
    >>> [feed] = schedule([Work("feed", 3, 1)], start=date(2027, 1, 4))
    >>> str(feed.built_on), str(feed.live_on), round(feed.weeks_to_live, 1)
    ('2027-01-06', '2027-01-14', 1.4)
    """
    begin = _workday(start or _ANY_MONDAY, 0)
    found, now = [], begin
    for one in works:
        # Half a day of work is a day in the calendar.
        days = max(1, math.ceil(one.build_days / _pace(days_per_quarter) - 1e-9))
        built = _workday(now, days - 1)
        live = _workday(_workday(built, 1) + timedelta(days=math.ceil(one.parallel_weeks * 7 - 1e-9)), 0)
        weeks = (live - begin).days / 7
        dates = (now, built, live) if start else (None, None, None)
        found.append(Dates(one.project_id, dates[0], dates[1], dates[2], weeks))
        now = live
    return tuple(found)


def _pace(days_per_quarter: float | None) -> float:
    """Return how many person-days of one project are done in a working day: never more than one."""
    return 1.0 if days_per_quarter is None else min(1.0, days_per_quarter / WORKDAYS_PER_QUARTER)


def _workday(day: date, further: int) -> date:
    return date.fromisoformat(str(np.busday_offset(np.datetime64(day), further, roll="forward")))
