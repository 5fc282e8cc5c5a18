"""What is known, what is a default, and what is missing."""

from dataclasses import replace

import pytest

from tests.unit.roi.oracles import loaded_rate
from toolkit.estimates import Estimate, certain
from toolkit.rates import MeasuredShare
from toolkit.roi.defaults import DEFAULTS, approach_defaults
from toolkit.roi.inputs import HandoffInputs, SharedInputs, known_inputs, likely, missing_inputs

RATES = SharedInputs(day_rate=certain(650, "currency per day", "document"))


def _complete(**more: Estimate | MeasuredShare) -> HandoffInputs:
    return HandoffInputs(
        volume_per_month=certain(20, "items", "measured"),
        minutes_per_item=certain(15, "minutes", "interview"),
        rework_minutes=certain(30, "minutes", "interview"),
        delay_days=certain(3, "days", "measured"),
        **more,  # type: ignore[arg-type]
    )


def test_nothing_known_names_what_to_ask_for() -> None:
    """The day rate, the volume, the minutes, the rework and the delay have no default."""
    assert missing_inputs(HandoffInputs(), SharedInputs()) == (
        "volume_per_month",
        "minutes_per_item",
        "rework_minutes",
        "delay_days",
        "day_rate",
    )


def test_with_these_five_the_money_is_complete() -> None:
    """Everything else has a default, and each default in use is listed."""
    known = known_inputs(_complete(), RATES)

    assert known.missing == ()
    assert "loaded_rate_per_hour" in known.defaults
    assert "platform_fee_per_month" in known.defaults
    assert "duplicate_rate" not in known.defaults, "no payments, so their default plays no part"


def test_dollar_defaults_serve_dollar_engagements_only() -> None:
    """An engagement in pounds asks for the hourly rate and the fee instead of taking dollars for pounds."""
    assert missing_inputs(_complete(), RATES, "GBP") == ("loaded_rate_per_hour", "platform_fee_per_month")


def test_a_custom_build_in_another_currency_asks_for_its_hosting() -> None:
    """The default of 20 is in dollars."""
    inputs = HandoffInputs(
        approach="custom",
        loaded_rate_per_hour=certain(28, "currency per hour", "document"),
        volume_per_month=certain(1, "items", "measured"),
    )

    assert "hosting_per_month" in missing_inputs(inputs, RATES, "EUR")
    assert "platform_fee_per_month" not in missing_inputs(inputs, RATES, "EUR")


def test_invoices_ask_for_their_value_and_where_the_loss_may_be_added_for_how_many_are_missed() -> None:
    """A count of invoices alone says nothing about money; what is lost is asked for only where it counts."""
    inputs = _complete(invoices_per_month=certain(20, "items", "measured"))

    assert missing_inputs(inputs, RATES) == ("avg_invoice_value",)
    assert missing_inputs(inputs, replace(RATES, is_loss_added=True)) == (
        "avg_invoice_value",
        "missed_rate",
        "recovered_rate",
    )


def test_payments_ask_for_their_value() -> None:
    """The duplicate rate has a default, the value of a payment has none."""
    assert missing_inputs(_complete(payments_per_month=certain(20, "items", "measured")), RATES) == ("avg_payment",)


def test_errors_that_never_happen_need_no_rework_time() -> None:
    """A typed zero is an answer."""
    inputs = HandoffInputs(
        volume_per_month=certain(20, "items", "measured"),
        minutes_per_item=certain(15, "minutes", "interview"),
        error_rate=certain(0, "share", "interview"),
        delay_days=certain(0, "days", "interview"),
    )

    assert missing_inputs(inputs, RATES) == ()


def test_a_fixed_price_needs_no_day_rate() -> None:
    """A quote replaces days times rate."""
    inputs = _complete(build_cost=certain(4000, "currency", "document"))

    assert missing_inputs(inputs, SharedInputs()) == ()


def test_a_share_of_nothing_counted_is_not_an_input() -> None:
    """Zero of zero is unknown: the default takes its place, marked as one."""
    known = known_inputs(_complete(error_rate=MeasuredShare(0, 0)), RATES)

    assert "error_rate" in known.defaults
    with pytest.raises(ValueError, match="nothing counted"):
        likely(MeasuredShare(0, 0))


def test_a_figure_is_no_surer_than_its_least_sure_input() -> None:
    """Measured volume and interviewed minutes make interviewed hours."""
    known = known_inputs(_complete(), RATES)

    assert known.evidence(("volume_per_month", "minutes_per_item")) == "interview"
    assert known.evidence(("volume_per_month", "minutes_per_item", "fixed_minutes_per_month")) == "interview"
    assert known.evidence(("volume_per_month", "loaded_rate_per_hour")) == "default"


def test_the_fee_follows_from_the_volume_by_dated_list_prices() -> None:
    """Sixty tasks need the smallest paid plan; the source names the date."""
    fee = known_inputs(_complete(), RATES).own["platform_fee_per_month"]

    assert isinstance(fee, Estimate)
    assert fee.likely == 29.99
    assert fee.low == 10.59
    assert "2025-05-18" in fee.source


def test_more_items_than_any_plan_carries_leave_the_fee_open() -> None:
    """Beyond the lists nobody knows a price, so it has to be asked for."""
    inputs = HandoffInputs(volume_per_month=certain(5_000_000, "items", "measured"))

    assert "platform_fee_per_month" in missing_inputs(inputs, RATES)


def test_every_default_has_a_unit_and_a_basis() -> None:
    """A client can read what each default rests on."""
    for default in (*DEFAULTS.values(), *approach_defaults("custom", "complex").values()):
        assert default.unit
        assert default.basis
        assert default.low <= default.likely <= default.high


def test_the_default_hourly_rate_follows_from_its_sources() -> None:
    """Median wage times total compensation over wages, as its basis says."""
    default = DEFAULTS["loaded_rate_per_hour"]

    assert default.likely == round(loaded_rate(22.81, 45.65, 32.07)["loaded_rate_per_hour"], 2)
    assert all(number in default.basis for number in ("22.81", "45.65/32.07"))
