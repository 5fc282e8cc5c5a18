"""Which inputs are drawn, which belong together, and which play no part."""

from typing import Any

import numpy as np
import pytest

from tests.unit.roi.assembly import ranged
from toolkit.estimates import Estimate, certain
from toolkit.rates import MeasuredShare
from toolkit.roi.draws import handoff_draws, is_volume_of_invoices
from toolkit.roi.inputs import HandoffInputs, SharedInputs, known_inputs, missing_inputs

SHARED = SharedInputs(
    loaded_rate_per_hour=certain(30, "currency per hour", "document"),
    day_rate=certain(600, "currency per day", "document"),
)


def sure(value: float) -> Estimate:
    return certain(value, "as named", "measured")


@pytest.mark.parametrize(
    ("left", "right", "rho"),
    [
        ("error_rate", "rework_minutes", 0.5),
        ("error_rate", "minutes_per_item", 0.3),
        ("build_days", "maintenance_share_per_year", 0.5),
        ("automation_rate", "build_days", -0.3),
        ("minutes_per_item", "build_days", 0.0),
    ],
)
def test_inputs_rise_and_fall_together_as_is_usual(left: str, right: str, rho: float) -> None:
    """Within what 20,000 trials can tell; a pair that is not named stays independent."""
    names = (
        "error_rate",
        "rework_minutes",
        "minutes_per_item",
        "build_days",
        "maintenance_share_per_year",
        "automation_rate",
    )
    drawn = handoff_draws("x", {name: ranged(0.1, 0.2, 0.4) for name in names}, trials=20_000, seed=1)

    ranks = [np.argsort(np.argsort(drawn[name])) for name in (left, right)]

    assert np.corrcoef(ranks)[0, 1] == pytest.approx(rho, abs=0.025)


def test_an_idle_input_is_one_number_and_changes_no_other_draw() -> None:
    """What plays no part takes its column of the random numbers and nothing else."""
    known = {"minutes_per_item": ranged(1, 2, 3), "avg_payment": ranged(5, 6, 9)}

    plain, idle = (
        handoff_draws("x", known, trials=50, seed=1, idle=names) for names in (frozenset[str](), frozenset({"avg_payment"}))
    )

    assert (plain["minutes_per_item"] == idle["minutes_per_item"]).all()
    assert (len(plain["avg_payment"]), len(idle["avg_payment"])) == (50, 1)


@pytest.mark.parametrize(
    ("invoices", "is_one"),
    [
        (Estimate(50, "items", "measured", 40, 70), True),
        (Estimate(50, "items", "interview", 40, 70), False),
        (Estimate(50, "items", "measured", 40, 71), False),
        (MeasuredShare(1, 2), False),
        (None, False),
    ],
)
def test_the_items_are_the_invoices_where_both_are_one_estimate(invoices: Any, *, is_one: bool) -> None:
    """The same numbers by other evidence are another count, and so is another range by the same."""
    known = {"volume_per_month": Estimate(50, "items", "measured", 40, 70), "invoices_per_month": invoices}

    assert is_volume_of_invoices({name: one for name, one in known.items() if one is not None}) is is_one


def test_a_typed_zero_asks_for_nothing_more() -> None:
    """No invoices and no payments need no value; one of each may."""
    base = {"volume_per_month": sure(1), "minutes_per_item": sure(1), "error_rate": sure(0), "delay_days": sure(0)}

    def asked(**more: Estimate) -> tuple[str, ...]:
        return missing_inputs(HandoffInputs(**base, **more), SHARED)

    assert asked(invoices_per_month=sure(0), payments_per_month=sure(0)) == ()
    assert asked(invoices_per_month=ranged(0, 0, 1)) == ("avg_invoice_value",)
    assert asked(payments_per_month=ranged(0, 0, 1)) == ("avg_payment",)


def test_what_is_replaced_plays_no_part() -> None:
    """A quote replaces the day rate and an amount the hours of training: neither is an open question then."""
    base = {"volume_per_month": sure(1), "minutes_per_item": sure(1), "error_rate": sure(0), "delay_days": sure(0)}
    replaced = known_inputs(HandoffInputs(**base, training=sure(1), build_cost=sure(1)), SHARED)
    plain = known_inputs(HandoffInputs(**base), SHARED)

    assert {"training_hours", "day_rate"} <= replaced.idle
    assert not {"training_hours", "day_rate"} & plain.idle
    assert "training_hours" in plain.defaults


@pytest.mark.parametrize(
    ("volume", "low", "usual", "high"),
    [
        (Estimate(250, "items", "measured", 250, 250), 10.59, 29.99, 29.99 * (1 + 1.25 * 750 / 750)),
        (Estimate(30, "items", "measured", 20, 40), 10.59, 29.99, 29.99),
    ],
)
def test_the_fee_is_that_of_three_steps_an_item_and_twice_the_items_at_most(
    volume: Estimate, low: float, usual: float, high: float
) -> None:
    """250 items of three steps fill the plan of 750 to the last task; twice as many pay overage. No free plan is offered."""
    fee = known_inputs(HandoffInputs(volume_per_month=volume), SHARED).own["platform_fee_per_month"]

    assert isinstance(fee, Estimate)
    assert (fee.low, fee.likely) == (low, usual)
    assert fee.high == pytest.approx(high)
    assert "3 steps per item" in fee.source


def test_a_cheap_platform_that_is_dearer_for_once_leaves_the_range_in_order() -> None:
    """Flows without a step cost nothing where tasks are counted, and a trigger each where operations are."""
    inputs = HandoffInputs(volume_per_month=sure(20_100), steps_per_run=0)

    fee = known_inputs(inputs, SHARED).own["platform_fee_per_month"]

    assert isinstance(fee, Estimate)
    assert (fee.low, fee.likely) == (29.99, 29.99)
