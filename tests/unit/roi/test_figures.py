"""What a client reads of the business case."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pyarrow as pa
import pytest

from toolkit.estimates import Estimate, certain
from toolkit.query import query_connection
from toolkit.rates import MeasuredShare
from toolkit.roi.case import HandoffCase, handoff_case
from toolkit.roi.case_tables import case_table, case_tables
from toolkit.roi.cost_inputs import cost_input_table
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


def test_an_input_leads_to_who_said_it_and_a_measured_one_to_its_own_figure() -> None:
    """From the cost to its terms, to their inputs, to what was counted; a loss that is not added leads to no cost."""
    inputs = {"a": _inputs()}
    case = handoff_case("a", _inputs(), SHARED, currency="USD")
    given = cost_input_table(inputs, SHARED, currency="USD", terms=case.terms, included=["a"])

    rows = {
        row["figure_id"]: row for row in figures_of([case], cost_input=given, measured=["reconcile.volume.a"]).to_pylist()
    }

    cost, work = rows["roi.cost_now_per_month.a"]["inputs"], rows["roi.work_cost_per_month.a"]["inputs"]
    assert "roi.work_cost_per_month.a" in cost
    assert "roi.lost_revenue_per_month.a" not in cost
    assert {"roi.input.minutes_per_item.a", "roi.input.loaded_rate_per_hour.total"} <= set(work)
    assert rows["roi.input.volume_per_month.a"]["inputs"] == ["reconcile.volume.a"]
    assert rows["roi.input.loaded_rate_per_hour.total"]["method"].startswith("From a document")


def test_a_figure_that_pays_at_any_volume_names_no_volume() -> None:
    """Nobody reads that it "breaks even at 0 items"."""
    free = replace(_inputs(), retired_subscriptions_per_month=certain(900, "currency per month", "document"))
    rows = {row["figure_id"]: row for row in figures_of([handoff_case("a", free, SHARED, currency="USD")]).to_pylist()}

    row = rows["roi.break_even_volume.a"]
    assert row["value"] is None
    assert row["method"].startswith("Pays whatever the number of items")


@pytest.mark.parametrize("name", ["irr_annual", "prob_payback_12_months"])
def test_no_rate_and_no_chance_is_told_on_our_own_assumptions(name: str) -> None:
    """The low case says as much without a false precision; the table keeps what was computed."""
    row = _rows("a")[f"roi.{name}.a"]

    assert row["value"] is None
    assert "assumptions of ours" in row["method"]


@pytest.mark.parametrize(("count", "words"), [(1, "1 of 2 handoffs"), (2, "all 2 handoffs")])
def test_all_means_all(count: int, words: str) -> None:
    """A total that leaves one out says so in its label."""
    case = handoff_case("a", _inputs(), SHARED, currency="USD")
    total = portfolio_case([case], SHARED, currency="USD").total

    rows = figures_of([case, total], included=["a", "b"][:count], handoff_count=2).to_pylist()

    label = next(row["label"] for row in rows if row["figure_id"] == "roi.cost_now_per_month.total")
    assert label.endswith(f": {words}")
