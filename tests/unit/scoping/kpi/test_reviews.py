"""The reviews at 30, 60 and 90 days."""

from datetime import date, timedelta

import pytest

from toolkit.errors import InputError
from toolkit.scoping.kpi.readings import Reading, amount_reading
from toolkit.scoping.kpi.reviews import reviews
from toolkit.scoping.kpi.targets import MANUAL_HOURS

LIVE_ON = date(2027, 1, 4)
BASELINE = amount_reading(40, on=date(2026, 12, 1))


def after(days: int, hours: float) -> Reading:
    return amount_reading(hours, on=LIVE_ON + timedelta(days=days))


def test_each_review_takes_its_own_measurement_and_the_last_is_final() -> None:
    """From its day on, until the next one is due; the last one has no end."""
    measured = [after(95, 11), after(30, 20), after(29, 39), after(65, 15)]

    found = reviews(MANUAL_HOURS, BASELINE, measured, live_on=LIVE_ON, today=date(2027, 6, 1))

    assert [one.result.after.value for one in found if one.result.after] == [20, 15, 11]
    assert [one.result.verdict for one in found] == ["missed", "missed", "met"]
    assert [(one.days, one.is_final) for one in found] == [(30, False), (60, False), (90, True)]


def test_a_review_before_its_day_is_not_due_and_one_without_a_measurement_says_so() -> None:
    """Nothing is judged that nobody measured."""
    found = reviews(MANUAL_HOURS, BASELINE, [], live_on=LIVE_ON, today=LIVE_ON + timedelta(days=60))

    assert [one.state for one in found] == ["not_measured", "not_measured", "not_due"]
    assert {one.result.verdict for one in found} == {"cannot_be_judged"}


def test_a_measurement_of_a_day_to_come_is_not_taken() -> None:
    """A review looks at what is there today."""
    [first, *_] = reviews(MANUAL_HOURS, BASELINE, [after(45, 1)], live_on=LIVE_ON, today=LIVE_ON + timedelta(days=40))

    assert first.state == "not_measured"


def test_a_review_without_a_baseline_cannot_be_judged() -> None:
    """Even where it was measured afterwards."""
    [first, *_] = reviews(MANUAL_HOURS, None, [after(30, 1)], live_on=LIVE_ON, today=LIVE_ON + timedelta(days=40))

    assert (first.state, first.result.verdict) == ("judged", "cannot_be_judged")


def test_a_baseline_after_going_live_is_none() -> None:
    """It would hide what the integration changed."""
    with pytest.raises(InputError, match="live since 2027-01-04"):
        reviews(MANUAL_HOURS, after(0, 40), [], live_on=LIVE_ON, today=LIVE_ON)


def test_a_measurement_without_a_day_is_refused() -> None:
    """Nobody could say which review it belongs to."""
    with pytest.raises(InputError, match="no day"):
        reviews(MANUAL_HOURS, BASELINE, [amount_reading(3)], live_on=LIVE_ON, today=LIVE_ON)
