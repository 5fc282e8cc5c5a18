"""Days that a list covers, whole months, local days and the limits of waits: just under, at and just over each bound."""

from datetime import UTC, date, datetime, timedelta

import numpy as np
import pyarrow as pa
import pytest

from toolkit.reconcile.covered_days import Covered, covered_days, first_covered_day, target_covered_days
from toolkit.reconcile.events import NO_DAY, local_days
from toolkit.reconcile.lag_measures import _quantile
from toolkit.reconcile.measures import _last_on, _next_month, _whole_months

JANUARY_2025 = (date(2025, 1, 1) - date(1970, 1, 1)).days


def test_a_list_covers_its_days_without_its_holes() -> None:
    """First and last day of each are included."""
    assert Covered(10, 20).length == 11
    assert Covered(10, 20, ((13, 15), (18, 18))).length == 7
    assert Covered(NO_DAY, NO_DAY).length == 0


@pytest.mark.parametrize(
    ("since", "until", "is_inside"),
    [
        (10, 12, True), (9, 12, False), (10, 13, False), (16, 20, True), (15, 20, False), (16, 21, False),
        (12, 16, False), (12, 12, True), (13, 13, False), (15, 15, False),
    ],
)  # fmt: skip
def test_a_span_of_days_is_covered_as_a_whole(since: int, until: int, *, is_inside: bool) -> None:
    """Not where a day of it lies outside, or in the hole from 13 to 15."""
    covered = Covered(10, 20, ((13, 15),))

    assert covered.holds(np.array([since]), np.array([until])).tolist() == [is_inside]
    assert Covered(NO_DAY, NO_DAY).holds(np.array([since]), np.array([until])).tolist() == [False]


@pytest.mark.parametrize(("years_before", "is_left_out"), [(7_300, False), (7_301, True)])
def test_several_dates_are_slips_where_twenty_years_lie_between(years_before: int, *, is_left_out: bool) -> None:
    """One of a hundred may be four weeks off; of two, both must be of another time."""
    days = np.concatenate([np.arange(98), [-years_before - 9, -years_before]]) + 20_000

    assert (first_covered_day(days) == 20_000) is is_left_out


@pytest.mark.parametrize(("count", "is_left_out"), [(40, True), (199, False), (200, True)])
def test_of_two_hundred_dates_two_may_be_four_weeks_off(count: int, *, is_left_out: bool) -> None:
    """Of fewer one, however few they are."""
    early = [-40, -39] if count > 100 else [-40]
    days = np.concatenate([np.arange(count - len(early)), early]) + 20_000

    assert (first_covered_day(days) == 20_000) is is_left_out


@pytest.mark.parametrize(("later", "first"), [(-5, 995), (0, 1_000), (21, 1_000), (22, 1_022)])
def test_a_target_that_begins_within_three_weeks_covers_all_of_its_source(later: int, first: int) -> None:
    """One that begins later was cut."""
    source, target = np.arange(1_000, 1_200), np.arange(1_000 + later, 1_200)

    assert target_covered_days(target, source, date(1973, 4, 15)).first == first
    assert target_covered_days(target[:0], source, date(1973, 4, 15)).first == NO_DAY


@pytest.mark.parametrize(("every", "rest", "is_over"), [(1, 21, False), (1, 22, True), (3, 27, False), (3, 28, True)])
def test_a_list_has_ended_where_chance_hardly_leaves_so_many_days_empty(every: int, rest: int, *, is_over: bool) -> None:
    """More than three weeks, and more than 9.2 entries that were due since."""
    days = 20_000 + every * np.arange(60)
    as_of = date(1970, 1, 1) + timedelta(days=int(days[-1]) + rest)

    assert covered_days(days, as_of).last == int(days[-1]) + (0 if is_over else rest)


@pytest.mark.parametrize(("last", "shown"), [(27, date(2025, 1, 31)), (26, date(2025, 1, 26)), (15, date(2025, 1, 15))])
def test_a_list_that_ends_some_days_before_its_month_ends_with_it(last: int, shown: date) -> None:
    """Up to four days; none goes on beyond today."""
    covered = Covered(JANUARY_2025 - 100, JANUARY_2025 + last - 1)

    assert _last_on(covered, date(2025, 6, 1)) == shown
    assert _last_on(covered, date(2025, 1, 10)) == date(2025, 1, 10)
    assert _last_on(None, date(2025, 6, 1)) == _last_on(Covered(NO_DAY, NO_DAY), date(2025, 6, 1)) == date(2025, 6, 1)


@pytest.mark.parametrize(("months", "kept"), [(1, 1), (2, 1), (3, 2)])
def test_a_month_that_a_list_begins_in_is_left_out(months: int, kept: int) -> None:
    """Unless it is the only one, or the list begins within its first five days."""
    all_months = [date(2025, 1 + place, 1) for place in range(months)]

    assert len(_whole_months(all_months, Covered(JANUARY_2025 + 5, JANUARY_2025 + 90))) == kept
    assert len(_whole_months(all_months, Covered(JANUARY_2025 + 4, JANUARY_2025 + 90))) == months
    assert len(_whole_months(all_months, None)) == months


@pytest.mark.parametrize("month", range(1, 13))
def test_the_next_month_begins_on_its_first_day(month: int) -> None:
    """Also after December, and in a leap year."""
    for year in (2024, 2025):
        expected = date(year + month // 12, month % 12 + 1, 1)
        assert _next_month(date(year, month, 1)) == expected


@pytest.mark.parametrize(
    ("at", "is_date_only", "day"),
    [
        (datetime(2026, 3, 2, 3, tzinfo=UTC), False, "2026-03-01"),
        (datetime(2026, 3, 2, 6, tzinfo=UTC), False, "2026-03-02"),
        *((datetime(2026, 3, day, tzinfo=UTC), True, f"2026-03-0{day}") for day in (2, 3, 4, 5)),
        (datetime(2026, 3, 2, tzinfo=UTC), False, "2026-03-01"),
        (datetime(2026, 3, 2, 5, 59, tzinfo=UTC), True, "2026-03-01"),
        (datetime(2026, 3, 2, 6, tzinfo=UTC), True, "2026-03-02"),
    ],
)
def test_midnight_of_a_date_is_that_date_in_every_zone(at: datetime, day: str, *, is_date_only: bool) -> None:
    """In Chicago, six hours behind, midnight UTC is a day of its own only where no time was given."""
    instants = pa.chunked_array([pa.array([at], pa.timestamp("us", tz="UTC"))])

    days = local_days(instants, np.array([is_date_only]), "America/Chicago")

    assert days.astype("datetime64[D]").astype(str).tolist() == [day]


@pytest.mark.parametrize(
    ("count", "share", "low", "value", "high"),
    [
        (100, 0.5, 40, 49.5, 60),  # 50 - 1.96 x 5 and 50 + 1.96 x 5, outwards
        (100, 0.9, 84, 89.1, 96),  # 90 - 1.96 x 3 and 90 + 1.96 x 3
        (3, 0.9, 1, 1.8, 2),
        (2, 0.5, 0, 0.5, 1),
        (1, 0.5, 0, 0, 0),
    ],
)
def test_a_quantile_lies_between_order_statistics(count: int, share: float, low: float, value: float, high: float) -> None:
    """Those that hold it in 95 of 100 samples (Conover, Practical Nonparametric Statistics, 3.2), within the values."""
    found = _quantile("lag_median", share, np.arange(count, dtype=float)[::-1], "days", "how")

    assert (found["low"], found["high"], found["n"]) == (low, high, count)
    assert found["value"] == pytest.approx(value)
