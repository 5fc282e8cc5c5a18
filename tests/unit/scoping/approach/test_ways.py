"""What each way of connecting costs over the horizon."""

from dataclasses import replace
from datetime import date

import pytest

from tests.unit.scoping.approach.advised import INPUTS, SHARED, TERMS, sure
from toolkit.roi.case import handoff_case
from toolkit.roi.inputs import HandoffInputs, SharedInputs
from toolkit.scoping.approach.platforms import platform_offers
from toolkit.scoping.approach.ways import Way, ways


def by_approach(
    inputs: HandoffInputs = INPUTS,
    shared: SharedInputs = SHARED,
    currency: str = "USD",
    quotes: dict[str, float] | None = None,
) -> dict[str, Way]:
    said = {name: sure(fee) for name, fee in (quotes or {}).items()}
    offers = platform_offers(100, 3, currency=currency, today=date(2025, 6, 1), quotes=said)
    return {one.approach: one for one in ways(inputs, shared, offers, currency=currency, terms=TERMS)}


def test_each_way_is_priced_by_hand_reckoning() -> None:
    """Twenty hours a month at 30 are 600 now, and a fifth of that afterwards; days at 600, with a fifth in reserve."""
    found = by_approach()

    assert {name: (one.one_time, one.running_per_month, one.work_per_month) for name, one in found.items()} == {
        "LEAVE_MANUAL": (0, 0, 600),
        "NATIVE": (pytest.approx(0.5 * 720), 0, pytest.approx(120)),
        "NATIVE_PLUS_IPAAS": (pytest.approx(2 * 720), 10.59, pytest.approx(120)),
        "IPAAS_SIMPLE": (pytest.approx(1.5 * 720), 10.59, pytest.approx(120)),
        "IPAAS_ADVANCED": (pytest.approx(1.5 * 720), 24.0, pytest.approx(120)),
        "UNIFIED_API": (pytest.approx(5 * 0.6 * 720), None, pytest.approx(120)),
        "CUSTOM": (pytest.approx(5 * 720), pytest.approx(3_000 * 0.15 / 12 + 20), pytest.approx(120)),
        "FILE_BATCH": (pytest.approx(1.5 * 1.6 * 720), pytest.approx(1_440 * 0.15 / 12 + 20), pytest.approx(120)),
    }


def test_a_total_is_the_plain_sum_of_its_months() -> None:
    """Once, and thirty-six times fee and work."""
    platform = by_approach()["IPAAS_SIMPLE"]

    assert platform.connection_total == pytest.approx(1_080 + 36 * 10.59)
    assert platform.total == pytest.approx(1_080 + 36 * (10.59 + 120))
    assert by_approach()["LEAVE_MANUAL"].total == 36 * 600


def test_files_have_their_upkeep() -> None:
    """An interface is better than files over time: reading and watching them costs each month."""
    assert by_approach()["FILE_BATCH"].running_per_month > by_approach()["IPAAS_SIMPLE"].running_per_month


def test_the_planned_way_costs_what_the_business_case_says() -> None:
    """The same model at the same values: cost now, and saving."""
    inputs = replace(INPUTS, platform_fee_per_month=sure(40))
    case = handoff_case("one", inputs, SHARED, currency="USD", trials=100)
    planned = by_approach(inputs)["IPAAS_SIMPLE"]

    assert planned.one_time == pytest.approx(case.single.one_time.item())
    assert planned.running_per_month == pytest.approx(case.single.running.item()) == 40
    assert planned.work_per_month == pytest.approx((case.single.cost_after - case.single.running).item())
    assert planned.platform == ""


def test_what_was_given_counts_for_the_way_that_it_was_given_for() -> None:
    """A quote for the platform flow says nothing of a build of one's own, nor of the vendors' connector."""
    plain, given = by_approach(), by_approach(replace(INPUTS, build_cost=sure(9_000), platform_fee_per_month=sure(99)))

    assert given["IPAAS_SIMPLE"].build == 9_000
    assert given["IPAAS_SIMPLE"].running_per_month == 99
    assert given["IPAAS_ADVANCED"].running_per_month == 24
    for name in ("NATIVE", "CUSTOM", "FILE_BATCH", "UNIFIED_API"):
        assert given[name] == plain[name]


def test_a_native_plan_leaves_platforms_with_usual_days() -> None:
    """Half a day for the vendors' connector, as planned; a platform takes a simple flow."""
    native = replace(INPUTS, approach="native", build_class="native", build_days=sure(0.25))
    found = by_approach(native)

    assert found["NATIVE"].build_days == 0.25
    assert found["IPAAS_SIMPLE"].build_days == 1.5
    assert found["IPAAS_SIMPLE"].running_per_month == 10.59


def test_a_side_that_speaks_files_takes_a_third_more_days() -> None:
    """Each of them, in every way that is built."""
    assert by_approach(replace(INPUTS, soap_or_file_sides=1))["CUSTOM"].build_days == pytest.approx(6.5)


def test_without_the_price_of_a_day_no_build_has_a_price() -> None:
    """Not zero: null, and named."""
    found = by_approach(shared=replace(SHARED, day_rate=None))

    for name in ("NATIVE", "IPAAS_SIMPLE", "CUSTOM", "FILE_BATCH"):
        assert (found[name].one_time, found[name].total) == (None, None)
        assert "day_rate" in found[name].missing
    assert found["IPAAS_SIMPLE"].work_per_month == pytest.approx(120)
    assert found["LEAVE_MANUAL"].missing == ()


def test_one_interface_to_several_systems_has_a_price_once_it_is_quoted() -> None:
    """None of its vendors publishes one."""
    assert by_approach()["UNIFIED_API"].missing == ("platform_fee_per_month",)
    quoted = by_approach(quotes={"merge": 650.0})["UNIFIED_API"]
    assert quoted.running_per_month == pytest.approx(650 + 3_000 * 0.6 * 0.15 / 12 + 20)
    assert quoted.platform == "merge"


def test_in_another_currency_dollar_prices_are_not_used() -> None:
    """Neither fees nor hosting; what is missing is named."""
    found = by_approach(currency="CHF")

    assert found["IPAAS_SIMPLE"].running_per_month is None
    assert "platform_fee_per_month" in found["IPAAS_SIMPLE"].missing
    assert "hosting_per_month" in found["CUSTOM"].missing
    assert found["IPAAS_SIMPLE"].one_time == pytest.approx(1_080)


def test_what_the_work_lacks_is_named_for_leaving_it_too() -> None:
    """Without minutes nobody knows what it costs by hand."""
    found = by_approach(replace(INPUTS, minutes_per_item=None))["LEAVE_MANUAL"]

    assert (found.work_per_month, found.missing) == (None, ("minutes_per_item",))
