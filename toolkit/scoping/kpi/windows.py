"""Which days a KPI is measured on: whole months before going live, and the days from then on until a review.

Days are local; the last day of a window is part of it.
"""

from dataclasses import dataclass
from datetime import date, timedelta

BASELINE_MONTHS = 3
_DAYS_PER_QUARTER = 365 / 4
_DAYS_PER_MONTH = 365 / 12
_DAYS_PER_WEEK = 7


@dataclass(frozen=True, slots=True)
class MeasuredDays:
    """From ``first_on`` to ``last_on``, both part of it; ``months`` where they are whole ones."""

    first_on: date
    last_on: date
    months: int | None = None

    @property
    def days(self) -> int:
        """How many days."""
        return (self.last_on - self.first_on).days + 1

    def holds(self, day: date | None) -> bool:
        """Whether a day lies inside; one that is not known does not."""
        return day is not None and self.first_on <= day <= self.last_on

    def per_week(self, amount: float) -> float:
        """Return an amount of these days as one of a week."""
        return amount * _DAYS_PER_WEEK / self.days

    def per_month(self, amount: float) -> float:
        """Return an amount of these days as one of a month."""
        return amount / self.months if self.months else amount * _DAYS_PER_MONTH / self.days

    def per_quarter(self, amount: float) -> float:
        """Return an amount of these days as one of a quarter."""
        return amount * 3 / self.months if self.months else amount * _DAYS_PER_QUARTER / self.days


def baseline_days(data_begins_on: date | None, until: date) -> MeasuredDays | None:
    """Return the last whole months before a day, three where the data holds so many; null where it holds none.

    Parameters
    ----------
    data_begins_on
        First day that the data tells of; null where it tells of none.
    until
        The day of going live, or the first that is not measured.

    Examples
    --------
    >>> found = baseline_days(date(2026, 1, 9), date(2026, 10, 5))
    >>> str(found.first_on), str(found.last_on), found.months
    ('2026-07-01', '2026-09-30', 3)
    >>> baseline_days(date(2026, 9, 2), date(2026, 10, 5)) is None
    True
    """
    if data_begins_on is None:
        return None
    end = until.replace(day=1)
    starts: list[date] = []
    month = end
    while len(starts) < BASELINE_MONTHS:
        month = (month - timedelta(days=1)).replace(day=1)
        if month < data_begins_on:
            break
        starts.append(month)
    return MeasuredDays(starts[-1], end - timedelta(days=1), len(starts)) if starts else None


def review_window(live_on: date, due_on: date) -> MeasuredDays:
    """Return the days that a review looks at: from going live to the day before it.

    Examples
    --------
    >>> review_window(date(2027, 1, 4), date(2027, 2, 3)).days
    30
    """
    return MeasuredDays(live_on, due_on - timedelta(days=1))
