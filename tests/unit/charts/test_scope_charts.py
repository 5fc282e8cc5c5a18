"""The pictures of scope and time: what they draw of their tables, also where days, feasibility or fees are missing."""

from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

import pyarrow as pa
import pytest

from tests.unit.report.sample_scope import scope_tables
from toolkit.charts import (
    entity_matrix,
    fee_curves,
    gantt,
    handoff_heat_map,
    hour_heat_map,
    landscape_map,
    value_feasibility,
)
from toolkit.tables import APPROACH, APPROACH_FEE, COUNTERPART, HANDOFF, ROADMAP


def roadmap(**changed: Any) -> pa.Table:
    return ROADMAP.from_rows({**row, **(changed if row.get("place") else {})} for row in scope_tables()["roadmap"])


def items(times: list[datetime], **values: Any) -> pa.Table:
    """Return items of one handoff that arrived at these times."""
    row = {"handoff_id": "a", "status": "found", "is_error": False, **values}
    return COUNTERPART.from_rows({**row, "event_r_at": at, "event_on": at.date()} for at in times)


HANDOFFS = HANDOFF.from_rows(
    [
        {
            "handoff_id": "a", "label": "Deal to invoice", "system_l": "crm", "stream_l": "deals", "system_r": "ledger",
            "stream_r": "invoices", "is_proposed": False, "missing": [],
        }
    ]
)  # fmt: skip


def test_a_roadmap_without_a_first_day_counts_weeks() -> None:
    """Each project begins when the one before it is live, and no review has a day."""
    drawn = gantt.drawn(roadmap(starts_on=None, built_on=None, live_on=None))
    building, both, live = drawn.data

    assert building["base"] == [0.0, 2.0]
    assert building["x"] == [1.0, 3.0]
    assert both["x"] == [1.0, 1.0]
    assert live["x"] == [2.0, 6.0]
    assert drawn.layout["xaxis"]["title"]["text"] == "weeks after the first day"


def test_a_roadmap_with_days_shows_building_and_both_ways_side_by_side() -> None:
    """From the first day of building to the day it is live there is no gap."""
    building, both, live, *_ = gantt.drawn(roadmap()).data

    assert building["base"] == ["2026-11-02", "2026-11-16"]
    assert both["base"] == ["2026-11-05", "2026-11-28"]
    assert live["x"] == ["2026-11-16", "2026-12-14"]


def test_marks_of_handoffs_that_are_alike_do_not_cover_each_other() -> None:
    """With the same worth and feasibility they stand side by side, and the worth of none is moved."""
    rows = [{"handoff_id": f"h{n}", "label": f"Handoff {n}", "state": "do", "reason": "x", "npv": 5_000.0} for n in range(6)]
    rated = [{**row, "handoff_id": f"h{n}", "feasibility": 80} for n, row in enumerate(scope_tables()["approach"][:1] * 6)]
    [marks] = value_feasibility.drawn(ROADMAP.from_rows(rows), APPROACH.from_rows(rated)).data
    across = sorted(marks["x"])

    assert set(marks["y"]) == {5_000}
    assert min(right - left for left, right in pairwise(across)) > 5


def test_a_handoff_that_nobody_has_rated_is_counted_and_not_drawn() -> None:
    """The axis says how many are left out."""
    drawn = value_feasibility.drawn(roadmap(), APPROACH.from_rows(scope_tables()["approach"][:1]))

    assert "2 more not drawn" in drawn.layout["xaxis"]["title"]["text"]


def test_the_break_even_lies_between_the_last_cheaper_and_the_first_dearer_number() -> None:
    """As if the fee rose evenly between two numbers of items; a fee that never gets there has none."""
    rows = [
        {
            "handoff_id": "a",
            "platform": "p",
            "label": "P",
            "items_per_month": n,
            "monthly_fee": fee,
            "build_per_month": 150.0,
        }
        for n, fee in ((100.0, 50.0), (200.0, 100.0), (400.0, 200.0))
    ]

    assert fee_curves.break_even(rows, 150.0) == pytest.approx(300)
    assert fee_curves.break_even(rows, 1_000.0) is None
    assert "From about 300 items" in fee_curves.drawn(APPROACH_FEE.from_rows(rows)).layout["title"]["text"]


def test_a_fee_that_no_plan_carries_is_not_drawn() -> None:
    """Where a list ends the line ends: no nought, no gap filled."""
    rows = [
        {"handoff_id": "a", "platform": "p", "label": "P", "items_per_month": n, "monthly_fee": fee}
        for n, fee in ((100.0, 50.0), (200.0, None))
    ]
    [line] = fee_curves.drawn(APPROACH_FEE.from_rows(rows)).data

    assert line["x"] == [100.0]


def test_the_day_of_the_week_is_that_of_the_clients_time_zone() -> None:
    """Late on Monday in Chicago is Tuesday in Greenwich."""
    late = [datetime(2026, 3, 3, 4, tzinfo=UTC)] * 6
    [grid] = handoff_heat_map.drawn(items(late), HANDOFFS, time_zone="America/Chicago").data

    assert grid["text"] == [["6", "", "", "", ""]]


def test_hours_are_drawn_only_of_items_with_a_time_of_day() -> None:
    """A system that keeps days only would make all items arrive at midnight."""
    morning = [datetime(2026, 3, 2, 15, tzinfo=UTC)] * 30
    [grid] = hour_heat_map.drawn(items(morning, lag_minutes=5.0), time_zone="America/Chicago").data

    assert grid["z"][0][4] == 30
    assert hour_heat_map.drawn(items(morning)).data == ()


def test_a_grid_says_in_words_how_records_come_there() -> None:
    """Colour never says it alone."""
    rows = [
        {"entity": "Invoices", "system": name, "records": 9, "arrival": arrival}
        for name, arrival in (("CRM", "begins"), ("Ledger", "entered"), ("Shop", "unknown"))
    ]
    drawn = entity_matrix.drawn(pa.Table.from_pylist(rows))
    words = {one["text"] for one in drawn.layout["annotations"]}

    assert {"begins here", "typed in", "not told", "9"} == words
    assert drawn.layout["title"]["text"] == "<b>1 kind of record is typed into more than one system</b>"


def test_a_number_beside_a_line_never_lies_on_another_or_on_a_box() -> None:
    """Where there is no room for it the table has it; what is drawn can be read."""
    nodes = [
        {
            "node_id": f"n{n}",
            "label": f"System {n}",
            "kind": "system",
            "x": 2.6 * (n % 2),
            "y": n // 2,
            "width": 1.6,
            "height": 0.6,
        }
        for n in range(4)
    ]
    edges = [
        {"handoff_id": f"h{left}{right}", "source": f"n{left}", "target": f"n{right}", "label": "x", "carrier": "copy",
         "note": "1,000,000 items", "xs": [0.8, 1.8], "ys": [float(left // 2), float(right // 2)]}
        for left in (0, 2)
        for right in (1, 3)
    ]  # fmt: skip
    drawn = landscape_map.drawn(pa.Table.from_pylist(nodes), pa.Table.from_pylist(edges))
    notes = [one for one in drawn.layout["annotations"] if one["text"].startswith("1,000")]

    assert 1 <= len(notes) < len(edges)


def test_a_grid_of_very_many_says_what_is_not_drawn() -> None:
    """Ten systems fit beside each other; the others are counted, not dropped in silence."""
    rows = [{"entity": "Invoices", "system": f"S{n}", "records": 9, "arrival": "entered"} for n in range(14)]
    drawn = entity_matrix.drawn(pa.Table.from_pylist(rows))

    assert drawn.layout["title"]["text"].replace("<br>", " ").endswith("(not drawn: 4 more systems)</b>")
