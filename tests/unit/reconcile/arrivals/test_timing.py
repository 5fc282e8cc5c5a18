"""What the moments of entry tell of how records arrive."""

import numpy as np
import pytest

from tests.unit.reconcile.arrivals.conftest import Made
from toolkit.reconcile.arrivals.pairs import Moments
from toolkit.reconcile.arrivals.timing import clock_step, timing

DAY = 1440
TEN_DAYS = [day * DAY + 600.0 for day in range(10)]


def test_items_that_follow_within_minutes_were_entered_at_once(arriving: Made) -> None:
    """At night and on weekends too: nobody sits there."""
    began = [day * DAY + minute for day in range(14) for minute in (130.0, 700.0)]

    found = timing(arriving(began, [one + 1 for one in began]))

    assert found["at_once"] == (1.0, 28)
    assert found["off_hours_kept"][0] == 1.0
    assert found["weekend_kept"] == (1.0, 8)
    assert found["out_of_order"][0] == 0.0


def test_a_file_brings_many_in_one_minute(arriving: Made) -> None:
    """Five days' items on one Friday afternoon, all within a minute."""
    began = [day * DAY + 600.0 + item for day in range(5) for item in range(6)]

    found = timing(arriving(began, [4 * DAY + 990.0] * 30))

    assert found["in_batches"][0] == pytest.approx(1.0, abs=0.02)
    assert found["days_used"] == (0.2, 5)
    assert found["one_weekday"] == (1.0, 30)


def test_a_person_enters_one_after_another(arriving: Made) -> None:
    """Each some minutes after the one before, in working hours."""
    began = [day * DAY + 500.0 + 60 * item for day in range(5) for item in range(6)]
    entered = [day * DAY + 960.0 + 4 * item for day in range(5) for item in range(6)]

    found = timing(arriving(began, entered))

    assert found["one_by_one"][0] > 0.8
    assert found["in_batches"][0] == 0.0
    assert found["off_hours"][0] == 0.0


def test_a_schedule_keeps_to_the_clock_and_a_person_does_not(arriving: Made) -> None:
    """Five past each hour, against any minute of the day."""
    rng = np.random.default_rng(5)
    began = np.sort(rng.integers(0, 20 * DAY, 200)).astype(float)
    by_clock = timing(arriving(began, (began // 60 + 1) * 60 + 5))
    by_chance = timing(arriving(began, began + rng.integers(20, 900, 200)))

    assert by_clock["regular"][0] > 0.9
    assert by_chance["regular"][0] < 0.1


def test_where_only_days_are_known_no_minute_is_told(arriving: Made) -> None:
    """A day at midnight is no entry at night."""
    found = timing(arriving(TEN_DAYS, [one + DAY for one in TEN_DAYS], is_timed=False))

    assert found["same_day"][0] == 0.0
    assert found["next_day"][0] == 1.0
    assert not {"at_once", "in_batches", "off_hours", "regular"} & set(found)


def test_items_without_dates_tell_nothing_of_time(arriving: Made) -> None:
    """No measure, and no number that stands for none."""
    assert timing(arriving([], [])) == {}


@pytest.mark.parametrize(("minutes", "step"), [([0, 15, 30, 45, 60, 75, 90, 105], 15), ([0, 1, 7, 15, 22, 30, 45, 59], 1)])
def test_a_coarse_clock_is_noticed(minutes: list[int], step: int) -> None:
    """Times that are all quarters of an hour were rounded."""
    assert clock_step(Moments(np.zeros(8, np.int64), np.array(minutes, dtype=float))) == step


def test_a_nightly_run_on_the_hour_is_no_coarse_clock(arriving: Made) -> None:
    """Two o'clock every night, ten items each."""
    began = [day * DAY + 500.0 + 60 * item for day in range(20) for item in range(10)]

    found = timing(arriving(began, [(day + 1) * DAY + 120.0 for day in range(20) for _ in range(10)]))

    assert found["in_batches"][0] > 0.9
    assert found["regular"][0] > 0.9
    assert found["off_hours"][0] == 1.0


def test_a_coarse_clock_makes_no_batches(arriving: Made) -> None:
    """Twelve items a day, rounded to a quarter of an hour, share theirs with others by chance."""
    rng = np.random.default_rng(3)
    began = np.sort(np.concatenate([day * DAY + rng.integers(430, 1100, 12) for day in range(20)])).astype(float)

    found = timing(arriving(began, (began + 100) // 15 * 15))

    assert found["in_batches"][0] < 0.1
