"""Where the case decides: each limit just under, at and just over it."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from tests.unit.roi.assembly import printed, ranged
from toolkit.estimates import Estimate, Evidence, certain
from toolkit.roi.case import HandoffCase, handoff_case
from toolkit.roi.case_tables import case_table, case_tables
from toolkit.roi.figures import roi_figures
from toolkit.roi.inputs import HandoffInputs, SharedInputs
from toolkit.roi.judgement import Judgement
from toolkit.roi.model import completed
from toolkit.roi.portfolio import hours_warnings, portfolio_case

RATES = {"loaded_rate_per_hour": 30}


def sure(value: float, evidence: Evidence = "measured") -> Estimate:
    return certain(value, "as named", evidence)


SHARED = SharedInputs(
    loaded_rate_per_hour=sure(30), annual_cost_of_capital=sure(0.1), contingency_rate=sure(0.2), day_rate=sure(600)
)


def _case(handoff_id: str = "x", shared: SharedInputs = SHARED, **more: Any) -> HandoffCase:
    inputs = {
        "volume_per_month": sure(50),
        "minutes_per_item": sure(12),
        "error_rate": sure(0),
        "delay_days": sure(0),
        "automation_rate": sure(1),
        "monitoring_hours_per_month": sure(0),
        "build_days": sure(5),
        "training": sure(0),
        "parallel_run_weeks": sure(0),
        "parallel_run_hours_per_week": sure(0),
        "platform_fee_per_month": sure(30),
    }
    return handoff_case(
        "x" if handoff_id is None else handoff_id, HandoffInputs(**{**inputs, **more}), shared, currency="USD"
    )


def _rows(case: HandoffCase) -> dict[str, dict[str, Any]]:
    return {row["metric"]: row for row in case_table([case]).to_pylist()}


def test_money_back_in_the_twelfth_month_is_in_time_and_a_value_of_nothing_is_not_positive() -> None:
    """Twelve months count as within twelve; zero is not worth more than it costs."""
    simulated = Judgement(
        npv=np.array([-1e-9, 0.0, 1e-9, 5.0]),
        roi_pct=np.zeros(4),
        payback_months=np.array([11.999, 12.0, 12.001, np.inf]),
        cumulative_bands=np.zeros((3, 37)),
    )

    rows = _rows(replace(_case(), judged_simulated=simulated))

    assert rows["prob_payback_within_12_months"]["value"] == 0.5
    assert rows["prob_npv_positive"]["value"] == 0.5
    assert rows["prob_npv_positive"]["formula"].endswith("that are worth more than they cost; standard error 0.2500")


def test_weeks_are_months_of_fifty_two_twelfths() -> None:
    """Payback in weeks is 52 / 12 of that in months, for the single figure and the range."""
    rows = _rows(_case(minutes_per_item=ranged(10, 12, 15)))

    for column in ("value", "p10", "p50", "p90"):
        assert rows["payback_weeks"][column] == pytest.approx(rows["payback_months"][column] * 52 / 12)


def test_only_the_share_that_leaves_the_accounts_is_cash() -> None:
    """Half of the capacity, in the single figure and in the range."""
    rows = _rows(_case(shared=replace(SHARED, cash_share=0.5), minutes_per_item=ranged(10, 12, 15)))

    for column in ("value", "p10", "p90"):
        assert rows["cash_value_per_month"][column] == pytest.approx(rows["capacity_value_per_month"][column] / 2)


def test_without_labour_errors_have_no_ratio_to_it() -> None:
    """The ratio does not exist; a little labour gives one."""
    errors = {"error_rate": 0.1, "rework_minutes": 0, "other_cost_per_error": 6, "volume_per_month": 10}

    assert printed(errors, RATES)["error_to_labour_ratio"] is None
    assert printed({**errors, "minutes_per_item": 0.01}, RATES)["error_to_labour_ratio"] == pytest.approx(6 / 0.05)


def test_flows_with_no_rate_of_return_say_how_many_fit() -> None:
    """None that makes an outlay without income worth nothing; one rate has its own words."""
    none, one = (_rows(_case(minutes_per_item=sure(minutes)))["irr_annual"] for minutes in (0, 30))

    assert (none["value"], none["formula"][:7]) == (None, "0 rates")
    assert one["formula"].startswith("rate at which the flows are worth nothing")


def test_the_cash_released_is_as_sure_as_what_ties_it_up_and_what_follows() -> None:
    """With cash tied up the inputs of "after" weigh as well; with none only the delay's own."""
    weak = {"minutes_per_item": sure(12, "interview")}
    invoices = {"invoices_per_month": sure(10), "avg_invoice_value": sure(100), "missed_rate": sure(0)}

    tied_up, free = (
        _rows(_case(**weak, **invoices, delay_days=sure(days), delay_days_after=sure(0), cost_per_item_day=sure(1)))
        for days in (3, 0)
    )

    assert tied_up["working_capital_released"]["evidence"] == "interview"
    assert free["working_capital_released"]["evidence"] == "measured"


@pytest.mark.parametrize(("cost", "evidence"), [(20, "interview"), (0, "measured")])
def test_a_cost_that_ends_weighs_on_the_evidence_of_the_saving(cost: float, evidence: Evidence) -> None:
    """A subscription that ends is a cost of today only, and counts; one of nothing does not."""
    case = _case(retired_subscriptions_per_month=sure(cost, "interview"))

    assert (case.now_evidence, case.after_evidence) == (evidence, evidence)


@pytest.mark.parametrize(("now", "after"), [(0.0, 0.0), (0.019, 0.019), (0.02, 0.02), (0.021, 0.02), (0.3, 0.02)])
def test_errors_fall_to_two_percent_and_never_rise(now: float, after: float) -> None:
    """Unless somebody says otherwise."""
    found = printed({"volume_per_month": 1, "error_rate": now, "rework_minutes": 0, "other_cost_per_error": 1})

    assert found["errors.now"] == now
    assert found["errors.after"] == after


@pytest.mark.parametrize(("now", "after"), [(0.0, 0.0), (0.49, 0.49), (0.5, 0.5), (0.51, 0.5), (9.0, 0.5)])
def test_waiting_falls_to_half_a_day_and_never_rises(now: float, after: float) -> None:
    """The mean delay of a batch a day."""
    found = printed({"volume_per_month": 1, "delay_days": now, "cost_per_item_day": 1})

    assert (found["delay.now"], found["delay.after"]) == (now, after)


def test_what_needs_no_touch_is_neither_paid_twice_nor_missed() -> None:
    """Three quarters automated leave a quarter of both; what is given for afterwards stays."""
    values = {
        name: np.array([value])
        for name, value in {
            "minutes_per_item": 12.0, "loaded_rate_per_hour": 30.0, "error_rate": 0.0, "delay_days": 0.0,
            "duplicate_rate": 0.04, "missed_rate": 0.02, "automation_rate": 0.75,
        }.items()
    }  # fmt: skip

    found = completed(values)

    assert found["duplicate_rate_after"] == pytest.approx([0.01])
    assert found["missed_rate_after"] == pytest.approx([0.005])
    assert completed({**values, "missed_rate_after": np.array([0.3])})["missed_rate_after"] == [0.3]
    assert np.isnan(found["platform_fee_per_month"])


def test_upkeep_is_a_share_of_the_build_a_year() -> None:
    """Fifteen percent of 4,800 are sixty a month, and hosting on top."""
    found = printed({"build_cost": 4800, "maintenance_share_per_year": 0.15, "hosting_per_month": 20})

    assert found["running.after"] == pytest.approx(60 + 20)


@pytest.mark.parametrize("is_billing", [False, True])
@pytest.mark.parametrize("waiting", [0.0, 2.0])
def test_at_the_break_even_volume_the_case_is_worth_nothing(waiting: float, *, is_billing: bool) -> None:
    """Also where the items are the invoices: late and missed ones then grow with the volume."""

    def case(volume: float) -> dict[str, Any]:
        own = {
            "volume_per_month": volume,
            "minutes_per_item": 12,
            "automation_rate": 0.8,
            "error_rate": 0.05,
            "rework_minutes": 30,
            "delay_days": 4,
            "delay_days_after": 1,
            "cost_per_item_day": waiting,
            "invoices_per_month": volume if is_billing else 7,
            "avg_invoice_value": 900,
            "missed_rate": 0.01,
            "recovered_rate": 0.5,
            "monitoring_hours_per_month": 1,
            "platform_fee_per_month": 60,
            "build_cost": 9000,
            "build_days": -40,
        }
        return printed(own, {"loaded_rate_per_hour": 30, "annual_cost_of_capital": 0.1})

    volume = case(50)["break_even_volume"]

    assert volume > 0
    assert case(volume)["npv"] == pytest.approx(0.0, abs=1e-6)


@pytest.mark.parametrize(
    ("own", "items"),
    [
        ({}, 0.0),
        ({"build_cost": 100}, None),
        ({"build_cost": 100, "volume_per_month": 1, "minutes_per_item": 1}, None),
        ({"build_cost": 100, "volume_per_month": 1, "minutes_per_item": 1, "exception_minutes": 2}, None),
        ({"retired_subscriptions_per_month": 9, "platform_fee_per_month": 9}, 0.0),
        ({"retired_subscriptions_per_month": 9, "platform_fee_per_month": 9.01}, None),
    ],
)
def test_without_anything_to_earn_no_item_is_needed_and_without_margin_none_is_enough(
    own: dict[str, float], items: float | None
) -> None:
    """Nothing to pay is paid by nothing; an item that saves nothing never pays."""
    assert printed(own, RATES)["break_even_volume"] == items


@pytest.mark.parametrize(("hours", "warned"), [(59.99, False), (60.0, False), (60.01, True)])
def test_sixty_percent_of_a_persons_hours_is_still_plausible(hours: float, *, warned: bool) -> None:
    """More than that asks for double counting."""
    case = _case("x", minutes_per_item=sure(hours * 60 / 50))

    assert bool(hours_warnings([case], {"x": "Dana"}, {"Dana": 100})) is warned


@pytest.mark.parametrize(("records", "missing"), [(0, ()), (0.5, ("loaded_rate_per_hour",))])
@pytest.mark.parametrize("kind", ["duplicate_records", "mismatched_records"])
def test_clean_up_asks_for_a_rate_where_there_may_be_records(kind: str, records: float, missing: tuple[str, ...]) -> None:
    """None to clean need no hourly rate, and weigh nothing in the evidence."""
    shared = SharedInputs(day_rate=sure(600), contingency_rate=sure(0.2), **{kind: sure(records)})
    case = handoff_case(
        "a",
        HandoffInputs(
            volume_per_month=sure(50), minutes_per_item=sure(12), loaded_rate_per_hour=sure(20), error_rate=sure(0),
            delay_days=sure(0), platform_fee_per_month=sure(30), training=sure(0), parallel_run_weeks=sure(0),
            parallel_run_hours_per_week=sure(0), build_days=sure(3), hosting_per_month=sure(0),
        ),
        shared,
        currency="GBP",
    )  # fmt: skip

    total = portfolio_case([case], shared, currency="GBP").total

    assert total.missing == missing
    assert total.one_time_evidence == ("default" if records else case.one_time_evidence)
    assert case.one_time_evidence == "measured"


def test_clean_up_for_all_carries_the_reserve_of_all() -> None:
    """Ten hours at thirty, and a fifth on top."""
    found = printed(
        {},
        {"duplicate_records": 100, "cleanup_minutes_per_duplicate": 6, "loaded_rate_per_hour": 30, "contingency_rate": 0.2},
        is_total=True,
    )

    assert found["one_time_cost"] == pytest.approx(360)


@pytest.mark.parametrize("p90", [9.99, 10.0, 11.0])
def test_a_figure_shows_the_median_which_lies_in_its_range(p90: float) -> None:
    """Also where every input at its likely value lies outside; that value stands beside it."""
    spread = np.full(10_000, p90)
    spread[:4_900] = 9.0
    case = _case(minutes_per_item=sure(10 * 60 / 50))
    changed = replace(case, simulated=replace(case.simulated, hours_now=spread), handoff_id="total")

    rows = {row["figure_id"]: row for row in roi_figures(case_table([changed]), currency="USD").to_pylist()}
    row = rows["roi.hours_now.total"]

    assert row["value"] == p90
    assert row["low"] <= row["value"] <= row["high"]
    assert "Median" in row["method"]
    assert "median" in row["label"]
    assert _rows(changed)["hours_now"]["likely"] == pytest.approx(10)


def test_the_parts_of_the_tables_are_the_tables() -> None:
    """The figures of the case alone are those of all three tables."""
    case = _case()

    assert case_table([case]) == case_tables([case]).case
