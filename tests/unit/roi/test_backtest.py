"""The last months replayed: what is counted as saved, and what is not."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.roi.backtest import BacktestPrices, ReplayedItem, backtest_months, days_saved, total_months, would_arrive_on

MARCH, APRIL = date(2026, 3, 1), date(2026, 4, 1)
PRICES: dict[str, Any] = {
    "minutes_per_item": 15.0,
    "exception_minutes": 15.0,
    "loaded_rate_per_hour": 30.0,
    "rework_minutes": 20.0,
    "automation_rate": 0.8,
    "delay_days_after": 0.5,
    "running_cost_per_month": 40.0,
}


def item(name: str, fate: Any = "found", day: int = 5, **more: Any) -> ReplayedItem:
    return ReplayedItem(name, date(2026, 3, day), fate, **more)


def month(items: list[ReplayedItem], **prices: Any) -> dict[str, Any]:
    [row] = backtest_months("deals", items, BacktestPrices(**{**PRICES, **prices}), [MARCH])
    return row


def test_a_month_is_priced_by_hand() -> None:
    """Ten items of a quarter of an hour, one wrong, one entered twice; of all of it a fifth still needs a person."""
    items = [item(f"d{one}") for one in range(9)] + [
        item("wrong", error_kind="factor", is_prevented=True),
        item("again", "twice"),
    ]

    row = month(items)

    assert row["hours_saved"] == pytest.approx(10 * 0.25 * 0.8 + 0.25 * 0.8)
    assert row["labour_saved"] == pytest.approx(66)
    assert row["errors_saved"] == pytest.approx(2 * 10 * 0.8)
    assert row["net"] == pytest.approx(66 + 16 - 40)
    assert (row["items"], row["found"], row["errors"], row["twice"]) == (10, 10, 1, 1)


def test_what_an_integration_would_not_prevent_is_not_saved() -> None:
    """An error of the source is carried, and what nobody can tell is left out."""
    row = month([item("copied", error_kind="passed_on"), item("open", "left_out")])

    assert (row["errors"], row["errors_saved"], row["left_out"], row["items"]) == (0, 0, 1, 1)


def test_what_never_arrived_is_counted_and_has_no_price() -> None:
    """Never invoiced is not lost."""
    priced, nothing = month([item("lost", "missing", amount=5000.0)], is_billing=True, annual_cost_of_capital=0.1), month([])

    assert (priced["missing"], priced["items"]) == (1, 1)
    assert priced["net"] == nothing["net"] == -40


def test_a_late_invoice_costs_interest_on_its_own_amount() -> None:
    """36,500 for ten days at a tenth a year are 100; one without an amount has no price, and that is said."""
    late = item("late", lag_days=10.5, amount=36_500.0)

    row = month([late, item("foreign", lag_days=3.0)], is_billing=True, annual_cost_of_capital=0.1)

    assert row["delay_saved"] == pytest.approx(100 * 0.8)
    assert row["not_priced"] == 1
    assert row["days_saved"] == pytest.approx(12.5)


def test_a_day_of_waiting_costs_what_somebody_said() -> None:
    """And nothing, said as not priced, where nobody did."""
    waits = [item("a", lag_days=2.5)]

    assert month(waits, cost_per_item_day=18.0)["delay_saved"] == pytest.approx(2 * 18 * 0.8)
    assert (month(waits)["delay_saved"], month(waits)["not_priced"]) == (0, 1)


@pytest.mark.parametrize(
    "lacking", ["minutes_per_item", "loaded_rate_per_hour", "automation_rate", "running_cost_per_month"]
)
def test_without_an_input_there_is_no_net_and_its_name_is_told(lacking: str) -> None:
    """Never a zero that nobody meant."""
    row = month([item("wrong", error_kind="factor", is_prevented=True)], **{lacking: None})

    assert row["net"] is None
    assert lacking in row["lacking"]


def test_what_came_at_once_cannot_come_earlier() -> None:
    """Nor what came before its source."""
    assert [days_saved(item("a", lag_days=lag), 0.5) for lag in (0.0, -3.0, None)] == [0, 0, None]
    assert days_saved(item("a", "missing"), 0.5) is None


def test_an_item_would_have_arrived_the_day_it_happened_or_the_next() -> None:
    """A second entry would not have been made at all."""
    assert would_arrive_on(item("a"), 0.0) == date(2026, 3, 5)
    assert would_arrive_on(item("a", "missing"), 0.5) == date(2026, 3, 6)
    assert would_arrive_on(item("a", "twice"), 0.5) is None


def test_a_month_without_items_costs_its_running_cost() -> None:
    """As it would have."""
    rows = backtest_months("deals", [item("a")], BacktestPrices(**PRICES), [MARCH, APRIL])

    assert [row["net"] for row in rows] == [pytest.approx(0.25 * 0.8 * 30 - 40), -40]


def test_the_total_holds_what_has_a_price_and_counts_everything() -> None:
    """A handoff without minutes is in no amount, and what it lacks is named."""
    known = backtest_months("a", [item("x")], BacktestPrices(**PRICES), [MARCH])
    unknown = backtest_months("b", [item("y")], BacktestPrices(**{**PRICES, "minutes_per_item": None}), [MARCH])

    [total] = total_months([*known, *unknown])
    [nothing] = total_months(unknown)

    assert (total["items"], total["net"], total["lacking"]) == (2, known[0]["net"], ["minutes_per_item"])
    assert nothing["net"] is None


FATES = st.sampled_from(["found", "missing", "twice", "left_out"])


@given(
    st.lists(st.tuples(st.floats(0, 60), st.booleans(), FATES), max_size=20),
    st.floats(0, 1),
    st.floats(0, 1),
)
def test_more_automation_never_saves_less(rows: list[tuple[float, bool, Any]], one: float, other: float) -> None:
    """Whatever the items are."""
    items = [
        item(f"i{at}", fate, lag_days=lag, error_kind="factor" if wrong else None, is_prevented=wrong)
        for at, (lag, wrong, fate) in enumerate(rows)
    ]
    low, high = sorted((one, other))

    less, more = (month(items, automation_rate=rate, cost_per_item_day=5.0)["net"] for rate in (low, high))

    assert less <= more + 1e-9
