"""The days on which a client works: weekdays less holidays."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, timedelta

_DAY = timedelta(days=1)
_LONGEST_REST = 366


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """Weekdays (Monday is 0) on which a client works, less its holidays.

    Examples
    --------
    >>> days = WorkingDays(holidays=frozenset({date(2026, 11, 26)}))
    >>> [str(one) for one in days.between(date(2026, 11, 25), date(2026, 11, 29))]
    ['2026-11-25', '2026-11-27']
    """

    weekdays: frozenset[int] = frozenset(range(5))
    holidays: Collection[date] = field(default_factory=frozenset)

    def __post_init__(self) -> None:
        if not self.weekdays or not self.weekdays <= set(range(7)):
            raise ValueError(f"Working days are numbers from 0 (Monday) to 6, at least one, not {sorted(self.weekdays)}.")

    def holds(self, day: date) -> bool:
        """Return whether a day is worked on."""
        return day.weekday() in self.weekdays and day not in self.holidays

    def on_or_after(self, day: date) -> date:
        """Return the day itself, or the next one that is worked on.

        Examples
        --------
        >>> WorkingDays().on_or_after(date(2026, 11, 28))
        datetime.date(2026, 11, 30)

        Raises
        ------
        ValueError
            More than a year of holidays follows.
        """
        for ahead in range(_LONGEST_REST):
            if self.holds(found := day + ahead * _DAY):
                return found
        raise ValueError(f"No day of the year after {day} is worked on: there are only holidays.")

    def between(self, first: date, last: date) -> list[date]:
        """Return the working days from ``first`` to ``last``, both included."""
        return [day for ahead in range((last - first).days + 1) if self.holds(day := first + ahead * _DAY)]
