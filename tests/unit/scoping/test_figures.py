"""What each way costs and what the roadmap comes to, as figures that lead to their inputs."""

from typing import Any

import pytest

from tests.unit.report.sample_scope import scope_tables
from toolkit.scoping.figures import scoping_figures
from toolkit.tables import RESULTS

_KNOWN = {
    *(f"roi.{name}.{one}" for name in ("one_time_cost", "npv", "net_saving_per_month", "cost_now_per_month")
      for one in ("deal_to_project", "deal_to_invoice")),
    "roi.input.build_days.deal_to_project",
}  # fmt: skip


def figures(**sums: float) -> dict[str, dict[str, Any]]:
    """Return the figures of the sample's approach and roadmap, by id, with some sums of the roadmap."""
    rows = scope_tables()
    totals: dict[str, float | None] = {
        "cost": 9_000.0, "npv": 142_500.0, "saving_per_month": 4_000.0, "person_days": 6.0, "weeks": 6.0, **sums
    }  # fmt: skip
    rows["roadmap_total"] = [{"name": name, "value": value, "unit": "x", "meaning": "x"} for name, value in totals.items()]
    ways, roadmap, total = (RESULTS[name].from_rows(rows[name]) for name in ("approach_way", "roadmap", "roadmap_total"))
    found = scoping_figures(
        ways, roadmap, total, currency="USD", labels={}, known=_KNOWN, evidence={"deal_to_project": "interview"}
    )
    return {row["figure_id"]: row for row in found.to_pylist()}


def test_the_advised_way_and_the_work_by_hand_have_a_figure_each() -> None:
    """The arithmetic beside the value makes it: once, and so much a month."""
    found = figures()
    connected = found["approach.connected_total.deal_to_project"]

    assert connected["value"] == pytest.approx(1_400 + (30 + 250) * 36)
    assert connected["formula"] == "1,400 + (30 + 250) x 36"
    assert connected["evidence"] == "interview"
    assert found["approach.manual_total.deal_to_project"]["formula"] == "900 x 36"
    assert found["approach.manual_total.deal_to_project"]["inputs"] == ["roi.cost_now_per_month.deal_to_project"]
    assert "approach.connected_total.payment_to_ledger" not in found


def test_the_sums_of_the_roadmap_lead_to_the_handoffs_that_are_connected() -> None:
    """Cost, worth and saving are added up over what is done, and nothing else is an input."""
    found = figures()

    assert found["roadmap.cost.total"]["inputs"] == [
        "roi.one_time_cost.deal_to_project",
        "roi.one_time_cost.deal_to_invoice",
    ]
    assert found["roadmap.cost.total"]["formula"] == "4,500 + 4,500"
    assert found["roadmap.weeks.total"]["formula"] == "2 + 4"
    assert found["roadmap.weeks.total"]["value"] == 6
    assert {row["evidence"] for name, row in found.items() if name.startswith("roadmap.")} == {"default"}


def test_a_cost_that_several_share_is_in_the_arithmetic_once() -> None:
    """It adds to what is paid and takes from what it is worth."""
    found = figures(cost=9_300.0, npv=142_200.0, **{"shared.second_seat": 300.0})

    assert found["roadmap.cost.total"]["formula"] == "4,500 + 4,500 + 300"
    assert found["roadmap.npv.total"]["formula"] == "47,500 + 95,000 - 300"


def test_without_a_planned_handoff_the_roadmap_has_no_figure() -> None:
    """Nothing done is no sum of nothing."""
    empty = {name: RESULTS[name].empty() for name in ("approach_way", "roadmap", "roadmap_total")}
    found = scoping_figures(*empty.values(), currency="USD", labels={}, known=(), evidence={})

    assert found.num_rows == 0
