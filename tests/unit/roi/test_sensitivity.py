"""Which input moves the value most."""

import numpy as np
import pytest

from toolkit.estimates import Estimate, certain
from toolkit.roi.case import handoff_case
from toolkit.roi.distributions import Pert
from toolkit.roi.inputs import HandoffInputs, SharedInputs
from toolkit.roi.sensitivity import npv_sensitivity

SHARED = SharedInputs(
    loaded_rate_per_hour=certain(31, "currency per hour", "document"),
    day_rate=certain(650, "currency per day", "document"),
)


def test_the_widest_input_comes_first_and_idle_ones_are_left_out() -> None:
    """Minutes between 5 and 60 move more than anything else; payments play no part."""
    volume = Estimate(50, "items", "measured", 49, 51)
    inputs = HandoffInputs(
        volume_per_month=volume,
        invoices_per_month=volume,
        avg_invoice_value=certain(100, "currency", "measured"),
        missed_rate=certain(0, "share", "measured"),
        minutes_per_item=Estimate(15, "minutes", "interview", 5, 60),
        error_rate=certain(0, "share", "measured"),
        delay_days=certain(0, "days", "measured"),
    )

    rows = npv_sensitivity(inputs, SHARED, currency="USD")

    names = [row.name for row in rows]
    assert names[0] == "minutes_per_item"
    assert "duplicate_rate" not in names
    assert "invoices_per_month" not in names
    assert all(row.swing == pytest.approx(abs(row.npv_at_high - row.npv_at_low)) for row in rows)
    assert [row.swing for row in rows] == sorted((row.swing for row in rows), reverse=True)


def test_without_all_inputs_there_is_nothing_to_compare() -> None:
    """No bars stand for unknown money."""
    assert npv_sensitivity(HandoffInputs(), SHARED, currency="USD") == ()


def test_an_input_is_tried_at_its_tenth_and_ninetieth_percentile() -> None:
    """What the case is worth with the hourly rate at either, all else at its median."""
    rate = Estimate(31, "currency per hour", "document", 20, 50)
    inputs = HandoffInputs(
        volume_per_month=certain(50, "items", "measured"),
        minutes_per_item=certain(30, "minutes", "interview"),
        error_rate=certain(0, "share", "measured"),
        delay_days=certain(0, "days", "measured"),
        automation_rate=certain(1, "share", "interview"),
        monitoring_hours_per_month=certain(0, "hours", "interview"),
        platform_fee_per_month=certain(50, "currency", "document"),
        build_cost=certain(1_000, "currency", "document"),
        build_days=certain(5, "days", "document"),
        training=certain(0, "currency", "document"),
        parallel_run_weeks=certain(0, "weeks", "document"),
    )
    shared = SharedInputs(loaded_rate_per_hour=rate, contingency_rate=certain(0, "share", "document"))

    row, *others = npv_sensitivity(inputs, shared, currency="USD")

    for value, probability in ((row.npv_at_low, 0.1), (row.npv_at_high, 0.9)):
        tried = float(Pert(20, 31, 50).quantiles(np.array([probability]))[0])
        at_that_rate = SharedInputs(
            loaded_rate_per_hour=certain(tried, "currency per hour", "document"), contingency_rate=shared.contingency_rate
        )
        case = handoff_case("x", inputs, at_that_rate, currency="USD")
        assert value == pytest.approx(float(case.judged_single.npv[0]))
    assert not any(one.swing for one in others)
    assert (row.name, row.swing) == ("loaded_rate_per_hour", row.npv_at_high - row.npv_at_low)
