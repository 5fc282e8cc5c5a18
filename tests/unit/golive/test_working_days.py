"""On which days a client works."""

from datetime import date, timedelta

import pytest

from toolkit.golive.working_days import WorkingDays

FRIDAY = date(2026, 4, 3)
EASTER = WorkingDays(holidays=frozenset({FRIDAY, date(2026, 4, 6)}))


def test_a_long_weekend_ends_on_the_next_working_day() -> None:
    """Good Friday to Easter Monday: what happens on the four days counts on Tuesday."""
    days = [FRIDAY + timedelta(days=ahead) for ahead in range(4)]

    assert {EASTER.on_or_after(day) for day in days} == {date(2026, 4, 7)}
    assert EASTER.between(FRIDAY - timedelta(days=1), date(2026, 4, 7)) == [date(2026, 4, 2), date(2026, 4, 7)]


def test_a_client_may_work_at_the_weekend() -> None:
    """A shop that is closed on Mondays."""
    shop = WorkingDays(frozenset(range(1, 7)))

    assert [shop.holds(date(2026, 4, 6) + timedelta(days=ahead)) for ahead in range(7)] == [False] + [True] * 6


@pytest.mark.parametrize("weekdays", [frozenset(), frozenset({7}), frozenset({-1})])
def test_somebody_has_to_work_on_some_day(weekdays: frozenset[int]) -> None:
    """Without a working day nothing could ever be judged."""
    with pytest.raises(ValueError, match="at least one"):
        WorkingDays(weekdays)


def test_a_year_of_holidays_is_no_calendar() -> None:
    """It is refused, and not looked through for ever."""
    idle = WorkingDays(holidays=frozenset(FRIDAY + timedelta(days=ahead) for ahead in range(400)))

    with pytest.raises(ValueError, match="only holidays"):
        idle.on_or_after(FRIDAY)
