"""The advice on one handoff, its money included."""

from dataclasses import replace

import pytest

from tests.unit.scoping.approach.advised import INPUTS, SHARED, advice, money, sure
from toolkit.estimates import certain
from toolkit.roi.case import handoff_case


def test_the_rules_are_asked_with_the_money_of_the_business_case() -> None:
    """Saving and one-time cost are those that the estimate shows at likely values."""
    case = handoff_case("one", INPUTS, SHARED, currency="USD", trials=100)
    facts = advice().facts

    assert facts["net_monthly_saving"] == pytest.approx(case.single.net_saving.item())
    assert facts["one_time_cost"] == pytest.approx(case.single.one_time.item())
    assert facts["ops_per_month"] == 300
    assert (facts["ipaas_monthly"], facts["ipaas_setup"]) == (10.59, 900)
    assert (facts["custom_build"], facts["custom_monthly"]) == (3_000, pytest.approx(57.5))


def test_a_large_flow_needs_an_advanced_platform_and_is_priced_by_one() -> None:
    """From 1,001 items of three steps on; then the cheapest of those that can do it stands against a build."""
    found = advice(money(replace(INPUTS, volume_per_month=sure(1_001))))

    assert found.settled.answer is not None
    assert found.settled.answer.reasons == ("A_VOLUME",)
    assert found.facts["ipaas_monthly"] == 24.0


def test_checks_for_news_are_in_the_fee_where_they_are_billed() -> None:
    """Twelve an hour are 8,760 operations a month, so Make's plan of 10,000 no longer carries 400 items more."""
    found = {one.platform.name: one for one in advice(money(polls_per_hour=12.0)).offers}

    assert found["make-core"].units_per_month == 8_760 + 300
    assert found["zapier"].units_per_month == 300


def test_a_fee_that_was_given_goes_before_the_lists() -> None:
    """A dear plan that the client has is overtaken by a build within the year."""
    found = advice(money(replace(INPUTS, platform_fee_per_month=sure(400))))

    assert found.settled.answer is not None
    assert found.settled.answer.reasons == ("C_TCO",)


def test_another_approach_becomes_right_at_a_volume_a_fee_and_a_price() -> None:
    """Each point is one where the rules, asked there, do give the other answer, and just before it do not."""
    found = advice()

    assert {(name, one.approach, one.is_from) for name, points in found.flips.items() for one in points} >= {
        ("volume_per_month", "IPAAS_ADVANCED", True),
        ("volume_per_month", "LEAVE_MANUAL", False),
        ("platform_fee_per_month", "CUSTOM", True),
        ("day_rate", "LEAVE_MANUAL", True),
    }
    for point in found.flips["volume_per_month"]:
        for volume, is_other in ((point.at, True), (point.at + (-1 if point.is_from else 1), False)):
            there = advice(money(replace(INPUTS, volume_per_month=sure(volume)))).settled.answer
            assert there is not None
            assert (there.approach == point.approach) is is_other


def test_what_runs_on_no_platform_has_no_point_at_a_fee() -> None:
    """A build for the sake of an audit trail does not hang on what a platform costs."""
    found = advice(audit_trail_required=True)

    assert "platform_fee_per_month" not in found.flips
    assert "day_rate" in found.flips


def test_an_open_answer_has_no_lines() -> None:
    """What is not known cannot change."""
    found = advice(critical=None, api_available_both=False)

    assert not found.settled.is_settled
    assert found.flips == {}


@pytest.mark.parametrize(
    ("volume", "is_soon", "is_large"),
    [(40_000, True, True), (40_000, None, None), (40_000, False, False), (1_000, None, False), (None, False, False)],
)
def test_whether_much_must_arrive_soon_is_known_as_soon_as_one_of_both_says_no(
    volume: float | None, *, is_soon: bool | None, is_large: bool | None
) -> None:
    """120,000 operations are many; 3,000 are not, however soon."""
    inputs = replace(INPUTS, volume_per_month=None if volume is None else sure(volume))

    assert advice(money(inputs), is_soon=is_soon).facts["high_volume_near_real_time"] is is_large


def test_without_a_volume_nothing_is_priced_and_what_is_missing_is_named() -> None:
    """No operations, no offers, no saving; the fee is not taken for nothing."""
    found = advice(money(replace(INPUTS, volume_per_month=None)))

    assert found.offers == ()
    assert found.facts["ops_per_month"] is None
    assert (found.facts["net_monthly_saving"], found.facts["ipaas_monthly"]) == (None, None)
    assert "volume_per_month" in found.money_missing
    assert found.settled.deciding == ("ops_per_month",)


def test_nothing_carried_is_left_by_hand() -> None:
    """A volume of zero saves nothing."""
    found = advice(money(replace(INPUTS, volume_per_month=sure(0))))

    assert found.settled.answer is not None
    assert found.settled.answer.reasons == ("G_NO_PAYBACK",)


def test_without_the_price_of_a_day_the_rules_on_money_say_nothing() -> None:
    """Neither whether it pays, nor whether a build is cheaper; the rest of the rules still answers."""
    found = advice(money(shared=replace(SHARED, day_rate=None)))

    assert (found.facts["one_time_cost"], found.facts["custom_build"]) == (None, None)
    assert found.money_missing == ("day_rate",)
    assert found.settled.answer is not None
    assert "day_rate" not in found.flips


def test_invoices_that_are_the_items_move_with_them() -> None:
    """Twice the items are twice the late invoices: the point where it stops paying comes with both."""
    late = replace(
        INPUTS,
        volume_per_month=certain(100, "items", "measured"),
        invoices_per_month=certain(100, "items", "measured"),
        avg_invoice_value=sure(500),
        delay_days=sure(10),
    )
    [plain] = [one for one in advice().flips["volume_per_month"] if not one.is_from]
    [with_invoices] = [one for one in advice(money(late)).flips["volume_per_month"] if not one.is_from]

    assert with_invoices.at < plain.at
