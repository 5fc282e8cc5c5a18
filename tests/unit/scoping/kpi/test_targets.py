"""Whether a KPI reached its target, and when nobody can say."""

import math

import pytest

from toolkit.errors import InputError
from toolkit.rates import MeasuredShare
from toolkit.scoping.kpi.readings import amount_reading, change, share_reading
from toolkit.scoping.kpi.targets import (
    AUDIT_HOURS,
    CLOSE_DAYS,
    DUPLICATE_PAYMENTS,
    FIRST_90_DAYS,
    INVOICE_ERRORS,
    MANUAL_HOURS,
    Kpi,
    judged,
)


def test_without_a_baseline_a_reduction_cannot_be_judged() -> None:
    """It is neither passed nor failed, and the reason says why."""
    for kpi in (MANUAL_HOURS, CLOSE_DAYS, AUDIT_HOURS):
        found = judged(kpi, None, amount_reading(1))
        assert (found.verdict, found.passes, found.change) == ("cannot_be_judged", None, None)
        assert "no baseline" in found.reason


def test_a_target_that_stands_by_itself_needs_no_baseline() -> None:
    """Fewer than 2 % wrong is fewer than 2 %; only how much it changed is unknown."""
    found = judged(INVOICE_ERRORS, None, amount_reading(0.015))

    assert (found.verdict, found.change) == ("met", None)


def test_what_was_not_measured_afterwards_is_not_judged() -> None:
    """A baseline alone proves nothing, for any of the five."""
    for kpi in FIRST_90_DAYS:
        assert judged(kpi, amount_reading(40), None).verdict == "cannot_be_judged"


@pytest.mark.parametrize(
    ("kpi", "before", "after", "verdict"),
    [
        (MANUAL_HOURS, 40, 12, "met"),
        (MANUAL_HOURS, 40, 12.01, "missed"),
        (MANUAL_HOURS, 0, 0, "not_applicable"),
        (CLOSE_DAYS, 7, 3.5, "met"),
        (CLOSE_DAYS, 8, 9, "missed"),
        (AUDIT_HOURS, 8, 7.9, "met"),
        (AUDIT_HOURS, 7.9, 1, "not_applicable"),
        (DUPLICATE_PAYMENTS, 3, 0, "met"),
        (DUPLICATE_PAYMENTS, 3, 1, "missed"),
    ],
)
def test_a_target_is_met_at_its_edge_as_it_is_worded(kpi: Kpi, before: float, after: float, verdict: str) -> None:
    """At least and at most hold their edge, below does not; what had nothing to gain is not looked at."""
    assert judged(kpi, amount_reading(before), amount_reading(after)).verdict == verdict


@pytest.mark.parametrize(
    ("wrong", "looked_at", "verdict"), [(0, 20, "undecided"), (0, 300, "met"), (12, 600, "undecided"), (60, 600, "missed")]
)
def test_a_sample_meets_a_target_only_with_its_whole_interval(wrong: int, looked_at: int, verdict: str) -> None:
    """No error in twenty does not show that fewer than 2 % are wrong."""
    found = judged(INVOICE_ERRORS, None, share_reading(MeasuredShare(wrong, looked_at)))

    assert found.verdict == verdict
    assert "between" in found.reason
    assert found.passes is {"met": True, "missed": False}.get(verdict)


def test_a_sample_of_nothing_is_no_measurement() -> None:
    """No case looked at: null, not zero."""
    assert share_reading(MeasuredShare(0, 0)) is None


def test_a_guess_with_a_range_may_leave_a_reduction_open() -> None:
    """From 30 to 50 hours down to 10 to 14 is between 53 % and 80 %."""
    found = judged(MANUAL_HOURS, amount_reading(40, low=30, high=50), amount_reading(12, low=10, high=14))

    assert found.change is not None
    assert found.change.reduction == pytest.approx((1 - 14 / 30, 0.7, 0.8))
    assert found.verdict == "undecided"


def test_the_interval_of_a_change_is_the_published_one() -> None:
    """Newcombe 1998, table II, method 10: 56 of 70 less 48 of 80 is 0.2000, from 0.0524 to 0.3339."""
    after, before = share_reading(MeasuredShare(56, 70)), share_reading(MeasuredShare(48, 80))

    assert after is not None
    assert before is not None
    assert change(before, after).difference == pytest.approx((0.0524, 0.2, 0.3339), abs=5e-5)


def test_a_baseline_that_may_be_nothing_has_no_least_reduction() -> None:
    """No division by zero, and no infinity."""
    maybe, gone = amount_reading(1, low=0, high=2), amount_reading(0)

    assert change(maybe, gone).reduction == (None, 1.0, 1.0)
    assert change(gone, maybe).reduction is None
    assert judged(MANUAL_HOURS, maybe, gone).verdict == "undecided"


@pytest.mark.parametrize("value", [math.nan, math.inf, -1.0])
def test_readings_and_targets_that_cannot_be_are_refused(value: float) -> None:
    """The message says what it is about."""
    with pytest.raises(InputError, match="close"):
        amount_reading(value, what="the close")
    with pytest.raises(InputError, match="'own'"):
        Kpi("own", "Own", "hours", "below", value)


def test_a_range_that_does_not_hold_its_value_is_refused() -> None:
    """Ends in the wrong order, and a reduction beyond everything."""
    with pytest.raises(InputError, match="low, value, high"):
        amount_reading(5, low=9, high=2)
    with pytest.raises(InputError, match="from 0 to 1"):
        Kpi("own", "Own", "hours", "reduction_at_least", 70)
