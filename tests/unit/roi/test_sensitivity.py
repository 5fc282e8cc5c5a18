"""Which input moves the value most."""

import pytest

from toolkit.estimates import Estimate, certain
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
