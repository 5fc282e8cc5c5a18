"""The parts of a cost that are shown: they add up to what is shown of the whole."""

import pytest

from toolkit.estimates import Estimate, certain
from toolkit.rates import MeasuredShare
from toolkit.roi.case import HandoffCase, handoff_case
from toolkit.roi.case_tables import case_table, case_tables
from toolkit.roi.figures import roi_figures
from toolkit.roi.inputs import HandoffInputs, SharedInputs
from toolkit.roi.outcome_words import LINE_METRICS
from toolkit.roi.parts import parts_of
from toolkit.roi.simulation import Band


def _case(*, is_loss_added: bool) -> HandoffCase:
    inputs = HandoffInputs(
        volume_per_month=Estimate(20, "items per month", "measured", 10, 60),
        invoices_per_month=Estimate(20, "items per month", "measured", 10, 60),
        minutes_per_item=Estimate(15, "minutes", "interview", 5, 60),
        rework_minutes=Estimate(30, "minutes", "interview", 10, 90),
        error_rate=MeasuredShare(5, 100),
        delay_days=Estimate(3, "days", "measured", 1, 9),
        avg_invoice_value=Estimate(1_000, "currency", "measured", 500, 4_000),
        missed_rate=MeasuredShare(10, 100),
        recovered_rate=Estimate(0.6, "share", "interview", 0.3, 0.95),
        retired_subscriptions_per_month=certain(40.0, "currency per month", "document"),
    )
    shared = SharedInputs(day_rate=certain(600.0, "currency per day", "document"), is_loss_added=is_loss_added)
    return handoff_case("a", inputs, shared, currency="USD")


@pytest.mark.parametrize("is_loss_added", [True, False])
def test_the_parts_that_are_shown_add_up_to_the_cost_that_is_shown(*, is_loss_added: bool) -> None:
    """Work, errors, waiting, subscriptions and, where it is allowed, the loss: their figures are the cost, to the cent."""
    case = _case(is_loss_added=is_loss_added)
    shown = {row["figure_id"]: row for row in roi_figures(case_table([case]), currency="USD").to_pylist()}
    added = [name for line, name in LINE_METRICS.items() if line in case.single.added]

    parts = [shown[f"roi.{name}.a"] for name in added]

    assert ("lost_revenue_per_month" in added) is is_loss_added
    assert sum(row["value"] for row in parts) == pytest.approx(shown["roi.cost_now_per_month.a"]["value"])
    assert all(row["low"] <= row["value"] <= row["high"] for row in parts)
    assert shown["roi.subscription_cost_per_month.a"]["value"] == 40


def test_picture_and_table_take_their_parts_from_the_same_numbers() -> None:
    """The lines that a chart draws are the figures of the table."""
    tables = case_tables([_case(is_loss_added=True)])
    drawn = {row["line"]: row["now_per_month"] for row in tables.cost_line.to_pylist()}
    told = {row["metric"]: row["value"] for row in tables.case.to_pylist()}

    assert {line: told[name] for line, name in LINE_METRICS.items()} == {line: drawn[line] for line in LINE_METRICS}
    assert sum(drawn[line] for line in LINE_METRICS) == pytest.approx(drawn["total"])


def test_what_is_known_exactly_stays_as_it_is() -> None:
    """Ten are missing to the median of the sum: all of them go to the part that has a range."""
    assert parts_of(160, {"work": Band(80, 100, 120), "fee": Band(50, 50, 50)}) == {"work": 110, "fee": 50}


def test_waiting_of_which_nobody_named_the_cost_is_not_nothing() -> None:
    """Where no invoice waits and nobody named what a day costs, the figure is not known."""
    inputs = HandoffInputs(
        volume_per_month=certain(20.0, "items per month", "measured"),
        minutes_per_item=certain(15.0, "minutes", "interview"),
        rework_minutes=certain(30.0, "minutes", "interview"),
        delay_days=certain(3.0, "days", "measured"),
    )
    case = handoff_case("a", inputs, SharedInputs(), currency="USD")

    [row] = [
        row
        for row in roi_figures(case_table([case]), currency="USD").to_pylist()
        if row["figure_id"] == "roi.delay_cost_per_month.a"
    ]

    assert row["value"] is None
    assert "nobody has named what a day of waiting costs" in row["method"]
