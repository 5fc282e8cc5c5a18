"""Which days a list of documents covers: from its first to its last, without the holes in which nothing stands.

A list that ends long before today, or leaves out weeks, says nothing of that time: what has no counterpart then is unknown,
not missing.
"""

from datetime import date
from typing import NamedTuple

import numpy as np

from toolkit.match.comparison import Ints
from toolkit.reconcile.coded import Flags
from toolkit.reconcile.events import NO_DAY

_EPOCH = date(1970, 1, 1)
# Three weeks without an entry are a holiday; more are a list that was cut, where chance hardly leaves so many days empty.
_LONGEST_PAUSE_DAYS = 21
_MOST_CHANCE = 1e-4
# A date written wrongly, of another year or with day and month swapped, stands four weeks or more from all the others, and
# is a single one or one of a hundred at most; of another century one of twenty.
_FAR_DAYS, _ODD_SHARE = 27, 0.01
_LIFETIME_DAYS, _MOST_ODD_SHARE = 20 * 365, 0.05


class Covered(NamedTuple):
    """The days that a list covers: the first, the last (both included), and the holes between, as (first, last) days.

    Without a dated document ``first`` and ``last`` are ``NO_DAY``.
    """

    first: int
    last: int
    holes: tuple[tuple[int, int], ...] = ()

    @property
    def length(self) -> int:
        """How many days are covered."""
        if self.first == NO_DAY:
            return 0
        return self.last - self.first + 1 - sum(until - since + 1 for since, until in self.holes)

    def holds(self, since: Ints, until: Ints) -> Flags:
        """Return which spans of days lie wholly inside of what is covered.

        Parameters
        ----------
        since, until
            First and last day of each span.
        """
        if self.first == NO_DAY:
            return np.zeros(len(since), dtype=bool)
        result = (since >= self.first) & (until <= self.last)
        for first, last in self.holes:
            result &= (until < first) | (since > last)
        return np.asarray(result, dtype=bool)


def covered_days(days: Ints, as_of: date) -> Covered:
    """Return the days that a list of documents covers, up to ``as_of`` where its end is no sudden one.

    Parameters
    ----------
    days
        When each document happened (``NO_DAY``: unknown); a few dates far from all others are passed over.
    as_of
        Local day on which the list was taken.

    Examples
    --------
    >>> daily = np.arange(20_000, 20_100)
    >>> covered_days(daily, date(2025, 1, 19)).last - 20_099
    8
    >>> covered_days(daily, date(2025, 3, 1)).last - 20_099
    0
    >>> covered_days(np.delete(daily, np.arange(40, 70)), date(2025, 1, 19)).holes
    ((20040, 20069),)
    """
    today = (as_of - _EPOCH).days
    met = _usual_days(days[(days != NO_DAY) & (days <= today)])
    if len(met) == 0:
        return Covered(NO_DAY, NO_DAY)
    distinct = np.unique(met)
    gaps = np.diff(distinct)
    due_per_day = _days_due(gaps)
    # The longest of a hundred pauses is long by chance, too: each must be a hundred times less likely.
    is_cut = (gaps > _LONGEST_PAUSE_DAYS) & (gaps * due_per_day >= _improbable_days(len(gaps)))
    holes = [(int(distinct[at]) + 1, int(distinct[at + 1]) - 1) for at in np.flatnonzero(is_cut)]
    rest = today - int(distinct[-1])
    ends = rest > _LONGEST_PAUSE_DAYS and rest * due_per_day >= _improbable_days(1)
    return Covered(int(distinct[0]), int(distinct[-1]) if ends else today, tuple(holes))


def target_covered_days(days: Ints, source_days: Ints, as_of: date) -> Covered:
    """Return the days that a target covers; where it begins about when its source does, it covers all of that.

    Parameters
    ----------
    days, source_days
        When the documents of the target and of the source happened.
    as_of
        Local day on which the lists were taken.
    """
    covered, first = covered_days(days, as_of), first_covered_day(source_days)
    is_cut = NO_DAY in {covered.first, first} or covered.first - first > _LONGEST_PAUSE_DAYS
    return covered if is_cut else covered._replace(first=min(covered.first, first))


def first_covered_day(days: Ints) -> int:
    """Return the first day of a list, ``NO_DAY`` without any; a few dates far before all others are passed over."""
    met = _usual_days(days[days != NO_DAY])
    return int(met[0]) if len(met) else NO_DAY


def _days_due(gaps: Ints) -> float:
    """Return how many days with entries a list has per day, by its pauses of up to three weeks.

    Of a list with an entry now and then no pause says anything: 0.
    """
    short = gaps[gaps <= _LONGEST_PAUSE_DAYS]
    return len(short) / float(short.sum()) if len(short) else 0.0


def _improbable_days(tries: int) -> float:
    """Return how many days with entries must be due in an empty stretch that chance hardly leaves in so many tries."""
    return float(-np.log(_MOST_CHANCE / max(tries, 1)))


def _usual_days(days: Ints) -> Ints:
    """Return days without those few at the beginning that lie far before all others: a date was written wrongly."""
    ordered = np.sort(days)
    few, most = (min(max(int(len(ordered) * share), 1), len(ordered) - 1) for share in (_ODD_SHARE, _MOST_ODD_SHARE))
    gaps = np.diff(ordered[: most + 1])
    # Most days follow upon each other: only where a gap is long enough is it asked how the rest of the list goes on.
    is_far = gaps > np.where(np.arange(1, most + 1) <= few, _FAR_DAYS, _LIFETIME_DAYS)
    for at in (np.flatnonzero(is_far)[::-1] + 1).tolist():
        others = np.unique(ordered[at:])
        if gaps[at - 1] * _days_due(np.diff(others)) >= _improbable_days(1):
            return np.asarray(ordered[at:], dtype=np.int64)
    return ordered
