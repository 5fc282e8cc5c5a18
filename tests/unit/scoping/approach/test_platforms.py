"""Platforms side by side, each in its own unit."""

import math
from datetime import date

import pytest

from toolkit.errors import UnknownNameError
from toolkit.estimates import Estimate, certain
from toolkit.scoping.approach.platforms import PLATFORMS, PlatformOffer, cheapest, platform_offers

DAY = date(2025, 6, 1)


def offers(runs: float, steps: int = 3, currency: str = "USD", **more: object) -> dict[str, PlatformOffer]:
    found = platform_offers(runs, steps, **{"currency": currency, "today": DAY, **more})
    return {one.platform.name: one for one in found}


def quote(fee: float) -> Estimate:
    return certain(fee, "currency per month", "document")


def test_each_platform_counts_in_its_own_unit() -> None:
    """Ten thousand items of five steps are 50,000 tasks, 60,000 operations or 10,000 executions."""
    found = offers(10_000, 5)

    units = {name: found[name].units_per_month for name in ("zapier", "zapier-team", "make-core", "n8n-cloud")}
    assert units == {"zapier": 50_000, "zapier-team": 50_000, "make-core": 60_000, "n8n-cloud": 10_000}
    assert {name: found[name].monthly_fee for name in units} == {
        "zapier": 433.5, "zapier-team": 598.5, "make-core": 64.71, "n8n-cloud": 60.0,
    }  # fmt: skip


def test_checks_for_news_are_billed_where_the_vendor_counts_them() -> None:
    """Every quarter of an hour: 2,920 operations before any work is done."""
    assert offers(0, 3, polls_per_hour=4.0)["make-core"].units_per_month == 2_920
    assert offers(0, 3, polls_per_hour=4.0)["zapier"].units_per_month == 0


def test_nothing_carried_still_costs_the_smallest_plan() -> None:
    """A free plan is no basis for a business."""
    assert offers(0)["zapier"].monthly_fee == 29.99


def test_all_platforms_that_clients_ask_for_are_there() -> None:
    """Five at least priced or marked as without a price; none has a price that could not be printed."""
    found = offers(100)

    assert {"zapier", "make-core", "n8n-cloud", "workato", "mulesoft", "boomi", "apideck", "rutter"} <= found.keys()
    for name in ("workato", "mulesoft", "boomi", "apideck", "rutter", "merge"):
        assert (found[name].status, found[name].monthly_fee) == ("no_price", None)
        assert found[name].note


def test_a_price_has_a_day_and_a_source_and_says_when_it_is_old() -> None:
    """A list older than half a year is to be checked."""
    fresh, old = offers(100)["zapier"], offers(100, today=date(2026, 11, 30))["zapier"]

    assert (fresh.as_of, fresh.note) == (date(2025, 5, 18), "")
    assert fresh.source
    assert old.note == "the list is 561 days old: check it"
    assert offers(100, today=date(2025, 11, 14))["zapier"].note == ""
    assert offers(100, today=date(2025, 11, 15))["zapier"].note


def test_a_list_in_another_currency_is_no_price() -> None:
    """One that is billed a year at a time says so."""
    found = offers(100, currency="EUR")

    assert (found["zapier"].monthly_fee, found["zapier"].note) == (None, "no price list in EUR is known")
    assert (found["n8n-cloud"].monthly_fee, found["n8n-cloud"].note) == (20.0, "billed for a year at a time")


def test_what_no_plan_carries_has_no_fee() -> None:
    """It is out, not as dear as the largest plan."""
    found = offers(20_000, 30)

    assert (found["n8n-cloud"].status, found["make-core"].status) == ("list", "too_small")
    assert found["make-core"].monthly_fee is None


def test_a_quote_goes_before_every_list() -> None:
    """What the vendor told the client."""
    said = Estimate(800.0, "currency per month", "document", 700.0, 900.0, who="Dana", given_on=DAY)
    found = offers(100, quotes={"workato": said, "zapier": quote(10.0)})

    assert (found["workato"].monthly_fee, found["workato"].status) == (800.0, "quoted")
    assert found["workato"].source == "quoted to the client: Dana, 2025-06-01"
    assert (found["zapier"].monthly_fee, found["zapier"].source) == (10.0, "quoted to the client")


def test_the_cheapest_of_a_branch_is_found() -> None:
    """And none where nothing has a price."""
    found = platform_offers(1_000, 5, currency="USD", today=DAY)

    assert [one.platform.name for one in found[:3]] == ["make-core", "zapier", "zapier-team"]
    best = cheapest(found, "simple", "advanced")
    assert best is not None
    assert best.platform.name == "make-core"
    assert cheapest(found, "unified") is None


@pytest.mark.parametrize(
    ("wrong", "match"),
    [({"runs": -1.0}, "runs"), ({"runs": math.nan}, "runs"), ({"polls_per_hour": -1.0}, "polls"), ({"steps": -1}, "steps")],
)
def test_counts_that_cannot_be_are_refused(wrong: dict[str, float], match: str) -> None:
    """By name."""
    with pytest.raises(ValueError, match=match):
        offers(**{"runs": 1.0, **wrong})


def test_a_quote_that_cannot_be_is_refused() -> None:
    """An unknown platform, or a fee below nothing."""
    with pytest.raises(UnknownNameError, match="'zapier'"):
        offers(1, quotes={"zapir": quote(1.0)})
    with pytest.raises(ValueError, match="zapier"):
        offers(1, quotes={"zapier": quote(-1.0)})


def test_names_are_unique() -> None:
    """A quote means one platform."""
    assert len({one.name for one in PLATFORMS}) == len(PLATFORMS)
