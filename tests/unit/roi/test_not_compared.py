"""What could not be compared is unknown in the money, and not zero."""

from dataclasses import replace
from typing import Any

import pytest

from toolkit.estimates import certain
from toolkit.rates import MeasuredShare
from toolkit.roi.case import HandoffCase, handoff_case
from toolkit.roi.case_tables import case_tables
from toolkit.roi.figures import roi_figures
from toolkit.roi.inputs import HandoffInputs, SharedInputs
from toolkit.roi.outcome_words import NOT_COMPARED
from toolkit.roi.portfolio import portfolio_case

SHARED = SharedInputs(
    loaded_rate_per_hour=certain(31, "currency per hour", "document"),
    day_rate=certain(650, "currency per day", "document"),
)
KNOWN = HandoffInputs(
    volume_per_month=certain(50, "items", "measured"),
    minutes_per_item=certain(15, "minutes", "interview"),
    error_rate=MeasuredShare(12, 400),
    rework_minutes=certain(35, "minutes", "interview"),
    delay_days=certain(3, "days", "measured"),
    cost_per_item_day=certain(0.5, "currency per item and day", "interview"),
)
HELD = replace(
    KNOWN,
    error_rate=certain(0.0, "share", "default", source=NOT_COMPARED),
    delay_days=certain(0.0, "days", "default", source=NOT_COMPARED),
)


def _told(**inputs: HandoffInputs) -> tuple[dict[str, dict[str, Any]], dict[tuple[str, str], dict[str, Any]]]:
    """Return the figures by id, and the cost lines by handoff and line."""
    cases: list[HandoffCase] = [handoff_case(name, one, SHARED, currency="USD") for name, one in inputs.items()]
    tables = case_tables([*cases, portfolio_case(cases, SHARED, currency="USD").total])
    figures = roi_figures(tables.case, currency="USD").to_pylist()
    lines = {(row["handoff_id"], row["line"]): row for row in tables.cost_line.to_pylist()}
    return {row["figure_id"].removeprefix("roi."): row for row in figures}, lines


@pytest.mark.parametrize(("figure", "line"), [("error_cost_per_month", "errors"), ("delay_cost_per_month", "delay")])
def test_a_cost_that_could_not_be_compared_is_unknown_and_not_zero(figure: str, line: str) -> None:
    """Errors of a handoff whose amounts were not read have no figure, and the sum says of how many handoffs it is."""
    figures, lines = _told(a=KNOWN, b=HELD)

    held = figures[f"{figure}.b"]
    assert held["value"] is None
    assert "could not be compared" in held["method"]
    assert lines["b", line]["now_per_month"] is None
    assert figures[f"{figure}.total"]["label"].endswith(": 1 of 2 handoffs")
    assert figures["work_cost_per_month.total"]["label"].endswith(": all 2 handoffs")
    assert figures[f"{figure}.total"]["value"] == pytest.approx(lines["a", line]["now_per_month"], rel=0.02)


def test_where_no_handoff_could_be_compared_the_sum_is_unknown_too() -> None:
    """Nothing known adds up to nothing known."""
    figures, _ = _told(b=HELD)

    assert figures["error_cost_per_month.total"]["value"] is None
    assert figures["work_cost_per_month.total"]["value"] > 0


def test_what_costs_nothing_is_still_told() -> None:
    """A handoff of which every item was compared and none was wrong costs 0 for errors."""
    figures, _ = _told(a=replace(KNOWN, error_rate=certain(0.0, "share", "measured")))

    assert figures["error_cost_per_month.a"]["value"] == 0
