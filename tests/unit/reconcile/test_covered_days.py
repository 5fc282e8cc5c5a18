"""Which days a list covers: a date written wrongly does not stretch it; a pause is a hole where chance hardly makes it."""

from datetime import date

import numpy as np
import pytest

from toolkit.reconcile.covered_days import covered_days


def test_one_date_a_century_early_is_no_period() -> None:
    """Of forty bills one is dated 1925: the list covers its own year, not a hundred."""
    days = np.arange(20_000, 20_400, 10)

    covered = covered_days(np.append(days, 20_000 - 36_525), date(2025, 11, 5))

    assert (covered.first, covered.holes) == (20_000, ())


@pytest.mark.parametrize(("early", "is_left_out"), [(4, True), (5, True), (6, False)])
def test_up_to_one_of_twenty_dates_may_be_of_another_century(early: int, *, is_left_out: bool) -> None:
    """Five of a hundred bills dated 1925 are slips; six are a list that somebody keeps so."""
    days = np.concatenate([np.arange(20_000, 20_100 - early), -16_000 + 40 * np.arange(early)])

    assert (covered_days(days, date(2025, 1, 20)).first == 20_000) == is_left_out


@pytest.mark.parametrize(("early_days", "is_left_out"), [(27, False), (28, True)])
def test_a_date_is_left_out_when_it_is_four_weeks_before_all_others(early_days: int, *, is_left_out: bool) -> None:
    """With a list of every day a first one 27 days before the next is a list with a hole, 28 days before it a slip.

    12 February read as 2 December is such a slip: it must not make a list of ten months cover half a year in which nothing
    stands.
    """
    days = np.append(np.arange(20_000, 20_100), 20_000 - early_days)

    assert (covered_days(days, date(2025, 1, 20)).first == 20_000) == is_left_out


@pytest.mark.parametrize(("every", "is_left_out"), [(20, True), (21, False)])
def test_a_date_is_left_out_only_where_many_were_due_since(every: int, *, is_left_out: bool) -> None:
    """An entry every twenty days: in 190 days 9.5 were due, at one in 21 days 9.0; from 9.2 on chance is no explanation."""
    days = np.append(np.arange(0, 30) * every + 20_000, 20_000 - 190)

    assert (covered_days(days, date(2026, 5, 1)).first == 20_000) == is_left_out


@pytest.mark.parametrize(("pause", "is_hole"), [(41, False), (42, True), (43, True)])
def test_a_pause_is_a_hole_where_chance_hardly_makes_it(pause: int, *, is_hole: bool) -> None:
    """Of a list of every third day with 101 pauses, the longest of 42 days is 14.0 entries; 13.8 are the bound."""
    early = 20_000 + 3 * np.arange(51)
    late = early[-1] + pause + 3 * np.arange(51)

    assert bool(covered_days(np.append(early, late), date(2025, 10, 11)).holes) == is_hole


def test_a_hole_begins_on_the_day_after_and_ends_on_the_day_before() -> None:
    """Days with entries are covered themselves, on either side of it."""
    early = 20_000 + 3 * np.arange(51)
    late = early[-1] + 60 + 3 * np.arange(51)

    assert covered_days(np.append(early, late), date(2025, 10, 20)).holes == ((int(early[-1]) + 1, int(late[0]) - 1),)


def test_a_quiet_month_of_twelve_bills_a_month_is_no_hole() -> None:
    """27 days without a bill, where one comes every two or three days: a slow month, not a list that was cut."""
    early = 20_000 + np.cumsum(np.tile([1, 2, 3, 4, 3], 10))
    late = early[-1] + 28 + np.cumsum(np.tile([1, 2, 3, 4, 3], 10))

    assert covered_days(np.concatenate([early, late]), date(2025, 8, 1)).holes == ()
