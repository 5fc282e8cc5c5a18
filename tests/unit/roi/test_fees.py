"""Platform fees, and when building is cheaper."""

import pytest

from toolkit.errors import UnknownNameError
from toolkit.roi.fees import billable_units, build_or_subscribe_months, crossover_units, platform_fee
from toolkit.roi.prices import PRICE_LISTS, Tier, newest_list

TIERS = (Tier("Free", 0.0, 100), Tier("750", 29.99, 750), Tier("2K", 73.5, 2000))


def test_a_free_plan_bills_no_overage() -> None:
    """Above its quota a free plan stops; the next plan has to be paid."""
    assert platform_fee(TIERS, 101).tier == "750"


def test_beyond_every_plan_there_is_no_fee() -> None:
    """Null, not the dearest plan."""
    assert platform_fee(TIERS, 6001).monthly_fee is None


def test_a_vendor_that_stops_at_the_quota_bills_no_overage() -> None:
    """Without overage the next plan is due at once."""
    assert platform_fee(TIERS, 751, overage_multiplier=None).tier == "2K"
    assert platform_fee(TIERS, 751, max_multiple=1.0).tier == "2K"


def test_a_cheap_platform_never_loses_to_a_dear_build() -> None:
    """Where even ten million units cost less, there is no crossover."""
    one_price = (Tier("All", 10.0, 10_000_000),)

    found = crossover_units(one_price, custom_build=9000, custom_running_per_month=0, setup=0, horizon_months=36)

    assert found.crossover_units is None


def test_crossover_is_the_first_unit_that_costs_more() -> None:
    """One unit less still costs no more than the build."""
    terms = {"custom_build": 2000.0, "custom_running_per_month": 10.0, "setup": 100.0, "horizon_months": 36}

    units = crossover_units(TIERS, **terms).crossover_units

    assert units is not None
    total = 2000 + 10 * 36
    assert 100 + 36 * (platform_fee(TIERS, units).monthly_fee or 0) > total
    assert 100 + 36 * (platform_fee(TIERS, units - 1).monthly_fee or 0) <= total


def test_a_subscription_cheaper_than_upkeep_is_never_overtaken() -> None:
    """Building cannot catch up with a fee below its own running cost."""
    assert build_or_subscribe_months(3000, 100, 80) is None


def test_a_build_below_the_set_up_fee_is_ahead_at_once() -> None:
    """Nothing has to be caught up."""
    assert build_or_subscribe_months(300, 0, 80, subscription_setup=500) == 0.0


def test_an_unknown_platform_is_named_with_the_nearest() -> None:
    """A slip of the pen is not priced as something else."""
    with pytest.raises(UnknownNameError, match="zapier"):
        billable_units("zapir", 10, 2)


def test_every_price_has_a_date_and_a_source() -> None:
    """Recommendations rest on lists that a client can check; one that cannot be trusted shows no price."""
    for prices in PRICE_LISTS:
        assert prices.source
        assert prices.as_of.year >= 2025
        assert bool(prices.tiers) is (prices.confidence != "unverified")


def test_a_full_list_is_preferred_to_a_newer_entry_price() -> None:
    """The list that knows all tiers is used, with its date."""
    full = newest_list("make-core", "USD")

    assert full is not None
    assert len(full.tiers) == 7
    assert newest_list("make-core", "CHF") is None


@pytest.mark.parametrize(
    ("units", "tier", "fee"),
    [
        (100, "Free", 0.0),
        (100.01, "750", 29.99),
        (750, "750", 29.99),
        (751, "750", 29.99 * (1 + 1.25 / 750)),
        (2_000, "2K", 73.5),
        (2_250, "2K", 73.5 * (1 + 1.25 * 250 / 2_000)),
        (6_000, "2K", 73.5 * (1 + 1.25 * 2)),
        (6_000.01, None, None),
    ],
)
def test_a_plan_carries_its_quota_and_three_times_of_it_at_most(units: float, tier: str | None, fee: float | None) -> None:
    """A unit above the quota costs a quarter more; the cheapest plan that carries them all is due."""
    found = platform_fee(TIERS, units)

    assert found.tier == tier
    assert found.monthly_fee == (None if fee is None else pytest.approx(fee))


def test_of_two_equally_dear_plans_the_first_is_named() -> None:
    """Lists name the smaller plan first."""
    assert platform_fee((Tier("A", 10.0, 100), Tier("B", 10.0, 200)), 50).tier == "A"


@pytest.mark.parametrize(("build", "units"), [(359.99, 0), (360.0, 101), (360.01, 101)])
def test_a_platform_that_costs_the_same_is_not_dearer(build: float, units: int) -> None:
    """Ten a month for thirty-six months equal a build of 360: the first unit of overage decides."""
    found = crossover_units(
        (Tier("All", 10.0, 100),), custom_build=build, custom_running_per_month=0, setup=0, horizon_months=36
    )

    assert found.crossover_units == units


@pytest.mark.parametrize(("fee", "months"), [(99.0, None), (100.0, None), (101.0, 3_000.0)])
def test_a_subscription_as_dear_as_upkeep_is_never_overtaken(fee: float, months: float | None) -> None:
    """Nothing is saved in any month."""
    assert build_or_subscribe_months(3000, 100, fee) == months


@pytest.mark.parametrize(
    ("platform", "polls", "units"),
    [("zapier", 4.0, 50), ("workato", 0.0, 50), ("make", 0.0, 60), ("make-core", 1.0, 780), ("n8n-cloud", 4.0, 10)],
)
def test_each_vendor_counts_in_its_own_way(platform: str, polls: float, units: float) -> None:
    """Ten runs of five steps: steps, steps and triggers or checks, or runs."""
    assert billable_units(platform, 10, 5, polls) == units
