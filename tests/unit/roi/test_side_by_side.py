"""Business cases side by side."""

import pyarrow as pa
import pytest

from toolkit.roi.side_by_side import side_by_side
from toolkit.tables import CASE


def case(**values: float | None) -> pa.Table:
    rows = [
        {"handoff_id": "total", "metric": name, "unit": "currency", "evidence": "default", "value": value}
        for name, value in values.items()
    ]
    return CASE.from_rows(rows)


def test_a_scenario_without_changes_changes_nothing() -> None:
    """Every difference is exactly zero, or does not exist on both sides."""
    same = case(npv=100.25, payback_months=None)

    rows = side_by_side({"as it is": same, "nothing": same}).to_pylist()

    assert [(row["scenario"], row["difference"]) for row in rows if row["metric"] == "npv"] == [
        ("as it is", 0),
        ("nothing", 0),
    ]
    assert [row["difference"] for row in rows if row["metric"] == "payback_months"] == [None, None]


def test_what_does_not_exist_in_one_of_two_cases_has_no_difference() -> None:
    """What never pays back has no month to take away from another."""
    rows = side_by_side({"as it is": case(payback_months=9.0), "dear": case(payback_months=None)}).to_pylist()

    assert [(row["value"], row["base_value"], row["difference"]) for row in rows] == [(9, 9, 0), (None, 9, None)]


def test_a_figure_that_only_one_case_has_stands_there_alone() -> None:
    """As where nothing pays in one of them: its sum is not made up."""
    rows = side_by_side({"as it is": case(npv=1.0), "more": case(npv=4.0, roi_pct=7.0)}).to_pylist()

    assert [(row["metric"], row["scenario"], row["difference"]) for row in rows] == [
        ("npv", "as it is", 0),
        ("npv", "more", pytest.approx(3)),
        ("roi_pct", "more", None),
    ]
