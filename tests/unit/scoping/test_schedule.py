"""When projects are built and go live."""

from datetime import date

import pytest

from toolkit.scoping.schedule import Work, duration_months, schedule

MONDAY = date(2027, 1, 4)


def test_projects_follow_each_other_over_weekends() -> None:
    """Seven days of work end on the Tuesday after, a week of both ways follows, then the next one begins."""
    first, second = schedule([Work("feed", 7, 1), Work("sync", 0.5, 0)], start=MONDAY)

    assert (first.starts_on, first.built_on, first.live_on) == (MONDAY, date(2027, 1, 12), date(2027, 1, 20))
    assert (second.starts_on, second.built_on, second.live_on) == (date(2027, 1, 20), date(2027, 1, 20), date(2027, 1, 21))


def test_a_start_on_a_weekend_is_put_off_and_nothing_goes_live_on_one() -> None:
    """Built on a Thursday, with three days of both ways: live on Monday."""
    [feed] = schedule([Work("feed", 4, 3 / 7)], start=date(2027, 1, 2))

    assert (feed.starts_on, feed.built_on, feed.live_on) == (MONDAY, date(2027, 1, 7), date(2027, 1, 11))


def test_without_a_first_day_there_are_weeks_and_no_dates() -> None:
    """Nobody reads a date that nobody agreed on."""
    [feed] = schedule([Work("feed", 5, 2)])

    assert (feed.starts_on, feed.built_on, feed.live_on, feed.weeks_to_live) == (None, None, None, 3.0)


@pytest.mark.parametrize(("days", "live_on"), [(65, date(2027, 1, 18)), (130, date(2027, 1, 18)), (13, date(2027, 3, 15))])
def test_a_team_with_fewer_days_takes_longer_and_one_with_more_no_less(days: float, live_on: date) -> None:
    """Thirteen days in a quarter are one a week, so ten days of work are ten weeks; one project is one person's."""
    [feed] = schedule([Work("feed", 10, 0)], start=MONDAY, days_per_quarter=days)

    assert feed.live_on == live_on


def test_months_of_work_count_both_ways_running() -> None:
    """Five days and two weeks are three weeks."""
    assert duration_months(Work("feed", 5, 2)) == pytest.approx(3 * 12 / 52)
    assert duration_months(Work("feed", 5, 2), days_per_quarter=13) == pytest.approx(7 * 12 / 52)
    assert duration_months(Work("feed", 0, 0)) == 0


def test_nothing_to_do_has_no_dates() -> None:
    """An empty plan is a plan."""
    assert schedule([], start=MONDAY) == ()
