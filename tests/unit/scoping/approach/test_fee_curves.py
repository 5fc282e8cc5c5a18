"""What platforms ask as items grow, and the fee that a build of one's own is worth."""

from dataclasses import replace

import pytest

from tests.unit.scoping.approach.advised import INPUTS, SHARED, advice, money, sure
from toolkit.scoping.approach.fee_curves import fee_curves
from toolkit.scoping.approach.platforms import platform_offers


def test_a_fee_stands_for_each_number_of_items_as_the_list_has_it() -> None:
    """At today's items, and from half to 128 times as many, the fees are those of the price lists."""
    given = money()
    found = fee_curves(given, advice(given))
    items = [one.items_per_month for one in found.points]

    assert (min(items), max(items)) == (50, 12_800)
    for point in found.points:
        offers = platform_offers(point.items_per_month, given.inputs.steps_per_run, currency="USD", today=given.today)
        [fee] = [one.monthly_fee for one in offers if one.platform.name == point.platform]
        assert point.monthly_fee == fee


def test_the_fee_that_a_build_is_worth_makes_both_cost_the_same() -> None:
    """With that fee a flow on a platform costs over the horizon what the build does."""
    given = money(replace(INPUTS, platform_fee_per_month=None))
    advised = advice(given)
    found = fee_curves(given, advised)
    ways = {way.approach: way for way in advised.ways}
    flow, own = ways["IPAAS_SIMPLE"], ways["CUSTOM"]
    [fee] = [one.monthly_fee for one in advised.offers if one.platform.name == flow.platform]

    assert found.build_per_month is not None
    assert fee is not None
    assert flow.connection_total is not None
    moved = flow.connection_total + (found.build_per_month - fee) * flow.horizon_months
    assert moved == pytest.approx(own.connection_total)


@pytest.mark.parametrize("volume", [None, sure(0)])
def test_without_items_there_is_no_curve(volume: object) -> None:
    """Nobody knows how much is carried, or nothing is: no fee can be told."""
    given = money(replace(INPUTS, volume_per_month=volume))

    assert fee_curves(given, advice(given)).points == ()


def test_without_the_price_of_a_day_no_build_has_a_worth() -> None:
    """The curves stand, the line of the build is left out."""
    given = money(shared=replace(SHARED, day_rate=None))
    found = fee_curves(given, advice(given))

    assert found.points
    assert found.build_per_month is None
