"""What a client reads of the business case."""

from collections.abc import Sequence
from typing import Any

import pyarrow as pa
import pytest

from toolkit.estimates import Estimate, certain
from toolkit.query import query_connection
from toolkit.rates import MeasuredShare
from toolkit.roi.case import HandoffCase, handoff_case
from toolkit.roi.case_tables import case_table, case_tables
from toolkit.roi.figures import roi_figures
from toolkit.roi.inputs import HandoffInputs, SharedInputs
from toolkit.roi.portfolio import portfolio_case

SHARED = SharedInputs(
    loaded_rate_per_hour=certain(31, "currency per hour", "document"),
    day_rate=certain(650, "currency per day", "document"),
)
HEADLINES = (
    "cost_now_per_month",
    "net_saving_per_month",
    "one_time_cost",
    "payback_months",
    "npv",
    "roi_pct",
)


def figures_of(cases: Sequence[HandoffCase], **more: Any) -> pa.Table:
    """Return the figures of some cases, in US dollars."""
    return roi_figures(case_table(cases), currency="USD", **more)


def _inputs() -> HandoffInputs:
    volume = Estimate(50, "items", "measured", 40, 70)
    return HandoffInputs(
        volume_per_month=volume,
        minutes_per_item=Estimate(15, "minutes", "interview", 10, 25),
        error_rate=MeasuredShare(12, 400),
        rework_minutes=certain(35, "minutes", "interview"),
        delay_days=certain(3, "days", "measured"),
    )


def _rows(*names: str) -> dict[str, dict[str, Any]]:
    cases = [handoff_case(name, _inputs(), SHARED, currency="USD") for name in names]
    total = portfolio_case(cases, SHARED, currency="USD").total
    table = figures_of([*cases, total], labels={"a": "Deal to project"}, snapshots=["crm/deals/20261120T231500Z"])
    return {row["figure_id"]: row for row in table.to_pylist()}


def test_the_headline_set_is_there_in_total_and_per_handoff() -> None:
    """Each figure has a value and a range that holds it."""
    rows = _rows("a", "b")

    for headline in HEADLINES:
        for scope in ("total", "a", "b"):
            row = rows[f"roi.{headline}.{scope}"]
            assert row["value"] is not None
            assert row["low"] is None or row["low"] <= row["value"]
            assert row["high"] is None or row["value"] <= row["high"], "a payback may have no upper limit"


def test_a_figure_carries_its_unit_currency_evidence_and_arithmetic() -> None:
    """Today's cost is 50 items of 15 minutes at 31, and errors; the minutes make it an interview."""
    row = _rows("a")["roi.cost_now_per_month.a"]

    assert row["low"] < 387.5 + 50 * 0.03 * 35 / 60 * 31 < row["high"]
    assert (row["unit"], row["currency"], row["evidence"]) == ("currency per month", "USD", "interview")
    assert row["formula"] == "at the likely value of every input: labour 387.5 + errors 27.13 = 414.63"
    assert row["label"] == "Cost of the work by hand now (median): Deal to project"
    assert row["snapshots"] == ["crm/deals/20261120T231500Z"]


def test_every_filter_selects_the_row_behind_its_figure() -> None:
    """Names with quotes in them select their own rows too."""
    cases = [handoff_case("o'hara", _inputs(), SHARED, currency="USD")]
    total = portfolio_case(cases, SHARED, currency="USD").total
    tables = case_tables([*cases, total])

    with query_connection() as connection:
        connection.register("case", tables.case)
        connection.register("cost_line", tables.cost_line)
        for row in figures_of([*cases, total]).to_pylist():
            query = f'SELECT count(*) FROM "{row["source_table"]}" WHERE {row["source_filter"]}'
            assert connection.execute(query).fetchall() == [(1,)], row["figure_id"]


def test_inputs_of_a_figure_are_figures() -> None:
    """Whoever asks on never ends in nothing."""
    rows = _rows("a")

    assert {name for row in rows.values() for name in row["inputs"]} <= rows.keys()


def test_an_unknown_figure_says_what_is_missing() -> None:
    """Null, with the names of the inputs."""
    cases = [handoff_case("a", HandoffInputs(), SHARED, currency="USD")]
    total = portfolio_case(cases, SHARED, currency="USD").total

    rows = {row["figure_id"]: row for row in figures_of([*cases, total]).to_pylist()}

    assert rows["roi.npv.a"]["value"] is None
    assert rows["roi.npv.a"]["method"] == (
        "Not known yet: volume_per_month, minutes_per_item, rework_minutes, delay_days missing."
    )
    assert rows["roi.cost_now_per_month.total"]["value"] is None
    assert rows["roi.prob_payback_12_months.total"]["value"] is None


def test_no_handoff_at_all_leaves_every_figure_unknown() -> None:
    """An empty landscape has no business case, not one of zero."""
    rows = figures_of([portfolio_case([], SHARED, currency="USD").total]).to_pylist()

    assert rows
    assert all(row["value"] is None for row in rows)
    assert {row["method"] for row in rows if row["figure_id"] == "roi.npv.total"} == {
        "Not known yet: no handoff has the inputs that it needs."
    }


def test_a_handoff_that_never_pays_back_says_so() -> None:
    """Two items a month do not carry a build: no payback within the horizon, and a negative value."""
    small = HandoffInputs(
        volume_per_month=certain(2, "items", "measured"),
        minutes_per_item=certain(5, "minutes", "interview"),
        error_rate=certain(0, "share", "interview"),
        delay_days=certain(0, "days", "measured"),
    )
    cases = [handoff_case("a", small, SHARED, currency="USD")]
    total = portfolio_case(cases, SHARED, currency="USD").total
    rows = {row["figure_id"]: row for row in figures_of([*cases, total]).to_pylist()}

    assert rows["roi.payback_months.a"]["value"] is None
    assert rows["roi.payback_months.a"]["method"].startswith("Does not exist within 36 months")
    assert rows["roi.npv.a"]["value"] < 0
    assert rows["roi.irr_annual.a"]["value"] is None


def test_the_lines_of_a_handoff_add_up_to_its_total() -> None:
    """Running cost is a line of its own, so the total after is what will be paid."""
    case = handoff_case("a", _inputs(), SHARED, currency="USD")

    lines = {row["line"]: row for row in case_tables([case]).cost_line.to_pylist()}

    total = lines.pop("total")
    for column in ("now_likely", "after_likely"):
        assert sum(row[column] for row in lines.values()) == pytest.approx(total[column])
    assert lines["running"]["after_likely"] == 29.99


def test_the_cash_flow_has_a_band_around_each_month() -> None:
    """Thirty-seven rows from today to the horizon, P10 at most P50 at most P90."""
    case = handoff_case("a", _inputs(), SHARED, currency="USD")

    rows = case_tables([case]).cash_flow.to_pylist()

    assert [row["month"] for row in rows] == list(range(37))
    assert rows[0]["flow"] == pytest.approx(-float(case.single.one_time[0]))
    assert rows[-1]["cumulative"] == pytest.approx(sum(row["flow"] for row in rows))
    assert all(row["cumulative_p10"] <= row["cumulative_p50"] <= row["cumulative_p90"] for row in rows)


def test_a_case_with_missing_inputs_has_no_cash_flow() -> None:
    """No row of zeros stands for unknown money."""
    case = handoff_case("a", HandoffInputs(), SHARED, currency="USD")

    assert case_tables([case]).cash_flow.num_rows == 0
