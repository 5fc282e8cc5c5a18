"""From settings and measures to the money model: one name for one thing on both sides."""

from dataclasses import fields
from typing import Any

import pytest

from toolkit.audit.case_inputs import handoff_inputs
from toolkit.cores import at_most, results
from toolkit.estimates import Estimate, certain
from toolkit.rates import MeasuredShare
from toolkit.roi.case import handoff_case
from toolkit.roi.case_tables import case_table
from toolkit.roi.inputs import HandoffInputs, SharedInputs, missing_inputs
from toolkit.settings import HandoffSettings

DEAL_TO_INVOICE = {"handoff_id": "deal_to_invoice", "entity_l": "deal", "entity_r": "invoice"}
ORDER_TO_INVOICE = {"handoff_id": "order_to_invoice", "entity_l": "order", "entity_r": "invoice"}


def measure(name: str, value: float, **more: Any) -> dict[str, dict[str, Any]]:
    row = {"measure": name, "value": value, "low": None, "high": None, "x": None, "n": None, "unit": "", "method": "counted"}
    return {name: row | more}


MEASURES = (
    measure("volume_per_month", 20.0, low=15.0, high=25.0, unit="items per month")
    | measure("delay_days", -1.0, low=-3.0, high=2.0, unit="days")
    | measure("error_share", 0.1, x=4, n=40)
    | measure("missing_share", 0.05, x=2, n=40)
    | measure("invoices_per_month", 18.0)
    | measure("avg_invoice_value", 900.0)
)


def settings(**given: Any) -> HandoffSettings:
    return HandoffSettings.model_validate({"from": "crm.deals", "to": "ledger.invoices", **given})


def test_every_input_of_the_model_can_be_set() -> None:
    """What the cost model asks for has a key in engagement.yaml, under the same name."""
    known = set(HandoffSettings.model_fields) | {"build_days", "build_cost", "approach", "build_class", "soap_or_file_sides"}

    assert {field.name for field in fields(HandoffInputs)} - known == {"annual_volume_growth", "steps_per_run"}


def test_measures_fill_what_nobody_gave() -> None:
    """Volumes, delays and error rates come from the records, with their counts."""
    inputs = handoff_inputs(settings(), DEAL_TO_INVOICE, MEASURES)

    assert inputs.volume_per_month is not None
    assert (inputs.volume_per_month.low, inputs.volume_per_month.likely, inputs.volume_per_month.evidence) == (
        15,
        20,
        "measured",
    )
    assert inputs.error_rate == MeasuredShare(4, 40)
    assert inputs.missed_rate == MeasuredShare(2, 40)
    assert inputs.minutes_per_item is None


def test_a_figure_in_the_settings_stands_above_the_measured_one() -> None:
    """A consultant may try another figure."""
    inputs = handoff_inputs(settings(volume_per_month={"value": 50, "evidence": "interview"}), DEAL_TO_INVOICE, MEASURES)

    assert inputs.volume_per_month is not None
    assert (inputs.volume_per_month.likely, inputs.volume_per_month.evidence) == (50, "interview")


def test_an_entry_before_the_event_is_no_income() -> None:
    """A negative delay counts as none."""
    inputs = handoff_inputs(settings(), DEAL_TO_INVOICE, MEASURES)

    assert inputs.delay_days is not None
    assert (inputs.delay_days.low, inputs.delay_days.likely, inputs.delay_days.high) == (0, 0, 2)


@pytest.mark.parametrize(
    ("handoff", "given", "is_billing"),
    [
        (DEAL_TO_INVOICE, None, True),
        (ORDER_TO_INVOICE, None, False),
        (ORDER_TO_INVOICE, True, True),
        (DEAL_TO_INVOICE, False, False),
    ],
)
def test_invoices_cost_money_only_where_they_bill(handoff: dict[str, str], given: bool | None, is_billing: bool) -> None:  # noqa: FBT001
    """A shop order is paid before its invoice is typed in: a late entry is no late money."""
    inputs = handoff_inputs(settings(is_billing=given), handoff, MEASURES)

    assert (inputs.avg_invoice_value is not None) == is_billing
    assert (inputs.missed_rate is not None) == is_billing


def test_a_quoted_price_and_days_reach_the_model() -> None:
    """The build is a class of effort, days, or a price."""
    inputs = handoff_inputs(settings(build={"class": "simple", "days": [1, 2, 3], "cost": 4500}), DEAL_TO_INVOICE, {})

    assert inputs.build_class == "simple"
    assert inputs.build_days is not None
    assert inputs.build_cost is not None
    assert (inputs.build_days.high, inputs.build_cost.likely) == (3, 4500)


def test_a_measure_that_is_held_back_costs_nothing() -> None:
    """Errors and delays that nobody could compare are not counted, and no default takes their place."""
    inputs = handoff_inputs(settings(), DEAL_TO_INVOICE, MEASURES, held_back={"error", "lag"})

    for one in (inputs.error_rate, inputs.delay_days):
        assert isinstance(one, Estimate)
        assert one.high == 0
        assert one.source == "could not be compared, so nothing is counted for it"
    assert inputs.volume_per_month is not None


def test_a_loss_that_could_not_be_told_is_no_loss_of_zero() -> None:
    """Where nobody knows what never arrives, what is lost has no figure."""
    inputs = handoff_inputs(settings(minutes_per_item=5), DEAL_TO_INVOICE, MEASURES, held_back={"missing"})
    shared = SharedInputs(loaded_rate_per_hour=certain(31, "currency per hour", "document"))
    rows = {row["metric"]: row for row in case_table([handoff_case("a", inputs, shared, currency="USD")]).to_pylist()}

    assert rows["lost_revenue_per_month"]["value"] is None
    assert "could not be compared" in rows["lost_revenue_per_month"]["formula"]
    assert rows["work_cost_per_month"]["value"] > 0


def test_a_handoff_that_could_not_be_compared_brings_no_money() -> None:
    """Its items are not priced either: what becomes of them is not known."""
    inputs = handoff_inputs(settings(), DEAL_TO_INVOICE, MEASURES, held_back={"error", "lag", "missing"})

    assert inputs.volume_per_month is None
    assert inputs.invoices_per_month is None
    assert "volume_per_month" in missing_inputs(inputs, SharedInputs())


def test_a_handoff_has_one_volume() -> None:
    """Its items are its invoices: a share of all items is not applied to those that were found only."""
    inputs = handoff_inputs(settings(), DEAL_TO_INVOICE, MEASURES)

    assert inputs.invoices_per_month == inputs.volume_per_month


def test_an_average_in_another_currency_is_unknown() -> None:
    """Pounds are no dollars."""
    pounds = MEASURES | measure("avg_invoice_value", 900.0, unit="GBP")

    assert handoff_inputs(settings(), DEAL_TO_INVOICE, pounds, currency="USD").avg_invoice_value is None
    assert handoff_inputs(settings(), DEAL_TO_INVOICE, pounds, currency="GBP").avg_invoice_value is not None


def test_handoffs_are_simulated_alike_on_one_core_and_on_four() -> None:
    """What a handoff costs rests on its name and its inputs, whoever is simulated beside it."""
    own = HandoffInputs(
        volume_per_month=Estimate(20, "items", "measured", 15, 25),
        minutes_per_item=Estimate(15, "minutes", "interview", 10, 25),
    )
    shared = SharedInputs(loaded_rate_per_hour=certain(25, "currency per hour", "document"))

    def labour(count: int) -> list[list[float]]:
        with at_most(count):
            names = [f"handoff_{number}" for number in range(6)]
            cases = results(lambda name: handoff_case(name, own, shared, currency="USD", trials=500), names)
        return [one.simulated.now["labour"].tolist() for one in cases]

    alone = labour(1)

    assert labour(4) == alone
    assert len({tuple(one) for one in alone}) == 6
