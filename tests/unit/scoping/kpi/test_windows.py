"""Which days a KPI is measured on."""

from datetime import date

import pytest

from toolkit.scoping.kpi.windows import MeasuredDays, baseline_days, review_window


def test_a_baseline_is_three_whole_months_where_there_are_so_many() -> None:
    """Going live in the middle of a month does not cut one."""
    found = baseline_days(date(2026, 1, 1), date(2027, 1, 25))

    assert found == MeasuredDays(date(2026, 10, 1), date(2026, 12, 31), 3)


@pytest.mark.parametrize(
    ("begins", "months"), [(date(2026, 11, 1), 2), (date(2026, 11, 2), 1), (date(2026, 12, 2), None), (None, None)]
)
def test_a_baseline_begins_where_the_data_does(begins: date | None, months: int | None) -> None:
    """A month that began before the data is not whole; without a whole one there is no baseline."""
    found = baseline_days(begins, date(2027, 1, 25))

    assert (found and found.months) == months


def test_going_live_before_the_data_begins_leaves_no_baseline() -> None:
    """Nothing is known of the days before."""
    assert baseline_days(date(2026, 10, 1), date(2026, 3, 1)) is None


def test_amounts_are_those_of_a_week_a_month_and_a_quarter() -> None:
    """Three whole months are a quarter, whatever their days; thirty days are about a third of one."""
    quarter, thirty = (
        MeasuredDays(date(2026, 10, 1), date(2026, 12, 31), 3),
        review_window(date(2027, 1, 4), date(2027, 2, 3)),
    )

    assert (quarter.per_quarter(4), quarter.per_month(6), quarter.per_week(92)) == (4, 2, 7)
    assert thirty.per_quarter(30) == pytest.approx(91.25)
    assert thirty.holds(date(2027, 1, 4))
    assert not thirty.holds(date(2027, 2, 3))
    assert not thirty.holds(None)
