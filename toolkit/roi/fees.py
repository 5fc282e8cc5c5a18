"""What a platform bills in a month, and when building oneself becomes cheaper.

Fees are positive amounts in the price list's currency per month. Units are what the vendor counts: tasks, operations,
executions.

Source: cost model, sections 6 and 8; Zapier help "Pay-per-task billing" (2025), Make help "Credits" (2025-2026), n8n pricing
notes (2025-2026), Workato "Pricing FAQ" (2025-08-13).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from toolkit.errors import UnknownNameError
from toolkit.roi.periods import HOURS_PER_MONTH
from toolkit.roi.prices import PriceList, Tier

BILLED = ("make", "n8n", "workato", "zapier")
"""Vendors of which it is known what they count."""


@dataclass(frozen=True, slots=True)
class PlatformFee:
    """The cheapest tier that carries the units, and its fee; both null when none does."""

    tier: str | None
    monthly_fee: float | None


@dataclass(frozen=True, slots=True)
class Crossover:
    """A build as an amount per month, and the units from which the platform costs more; null when it never does."""

    custom_monthly_equivalent: float
    crossover_units: int | None


def billable_units(platform: str, runs_per_month: float, steps: float, polls_per_hour: float = 0.0) -> float:
    """Return the units a platform counts in a month.

    Parameters
    ----------
    platform
        ``zapier``, ``make``, ``n8n`` or ``workato``; a plan's name may follow after a hyphen.
    runs_per_month
        Times the flow runs with data.
    steps
        Action steps executed per run, without the trigger.
    polls_per_hour
        Checks for news; 0 for an instant trigger. Make counts each, also the empty ones.

    Examples
    --------
    >>> billable_units("zapier", 1000, 5), billable_units("make", 1000, 5, polls_per_hour=4)
    (5000, 7920)
    """
    vendor = platform.partition("-")[0]
    if vendor in {"zapier", "workato"}:
        return runs_per_month * steps
    if vendor == "make":
        trigger_checks = polls_per_hour * HOURS_PER_MONTH if polls_per_hour else runs_per_month
        return trigger_checks + runs_per_month * steps
    if vendor == "n8n":
        return runs_per_month
    raise UnknownNameError("platform", platform, BILLED)


def platform_fee(
    tiers: Sequence[Tier],
    units_per_month: float,
    *,
    overage_multiplier: float | None = 1.25,
    max_multiple: float = 3.0,
) -> PlatformFee:
    """Return the cheapest tier for a number of units.

    Parameters
    ----------
    tiers
        Steps of one price list. A free step bills no overage: it stops at its quota.
    units_per_month
        Billable units.
    overage_multiplier
        Price of a unit above the quota over the price of one inside it; ``None`` where the vendor bills none.
    max_multiple
        Multiple of the quota at which the vendor stops.

    Examples
    --------
    >>> plans = (Tier("Free", 0, 100), Tier("750", 29.99, 750), Tier("2K", 73.5, 2000))
    >>> fee = platform_fee(plans, 1400)
    >>> fee.tier, round(fee.monthly_fee, 2)
    ('750', 62.48)
    >>> platform_fee(plans, 10_000)
    PlatformFee(tier=None, monthly_fee=None)
    """
    best = PlatformFee(None, None)
    for tier in tiers:
        if units_per_month <= tier.quota:
            fee = tier.monthly
        elif overage_multiplier is None or not tier.monthly or units_per_month > max_multiple * tier.quota:
            continue
        else:
            fee = tier.monthly + overage_multiplier * (tier.monthly / tier.quota) * (units_per_month - tier.quota)
        if best.monthly_fee is None or fee < best.monthly_fee:
            best = PlatformFee(tier.name, fee)
    return best


def list_fee(prices: PriceList, units_per_month: float) -> PlatformFee:
    """Return the cheapest paid tier of a price list for a number of units.

    A free plan is no basis for a business: it stops without a word when its quota is used up.

    Examples
    --------
    >>> from toolkit.roi.prices import newest_list
    >>> list_fee(newest_list("n8n-cloud", "USD"), 300)
    PlatformFee(tier='Starter', monthly_fee=24.0)
    """
    return platform_fee(
        prices.paid_tiers,
        units_per_month,
        overage_multiplier=prices.overage_multiplier,
        max_multiple=prices.max_multiple,
    )


def crossover_units(
    tiers: Sequence[Tier],
    *,
    custom_build: float,
    custom_running_per_month: float,
    setup: float,
    horizon_months: int,
    overage_multiplier: float | None = 1.25,
    max_multiple: float = 3.0,
    search_max: int = 10_000_000,
) -> Crossover:
    """Return the smallest number of units a month at which subscribing costs more than building over the horizon.

    Where no tier carries the units any more, the platform is out and building wins as well. The fee never falls as units
    rise, so halving the range finds the point.

    Parameters
    ----------
    tiers, overage_multiplier, max_multiple
        As for ``platform_fee``.
    custom_build, custom_running_per_month
        What building costs once and then every month.
    setup
        What subscribing costs once.
    horizon_months
        Months over which both are compared.
    search_max
        Units beyond which nobody looks.

    Examples
    --------
    >>> plans = (Tier("2K", 73.5, 2000), Tier("10K", 193.5, 10_000))
    >>> crossover_units(plans, custom_build=4500, custom_running_per_month=0, setup=0, horizon_months=36)
    Crossover(custom_monthly_equivalent=125.0, crossover_units=3122)
    """
    custom_total = custom_build + custom_running_per_month * horizon_months

    def is_dearer(units: int) -> bool:
        fee = platform_fee(tiers, units, overage_multiplier=overage_multiplier, max_multiple=max_multiple).monthly_fee
        return fee is None or setup + fee * horizon_months > custom_total

    equivalent = custom_running_per_month + custom_build / horizon_months
    if not is_dearer(search_max):
        return Crossover(equivalent, None)
    low, high = -1, search_max
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if is_dearer(middle) else (middle, high)
    return Crossover(equivalent, high)


def build_or_subscribe_months(
    custom_build: float,
    custom_running_per_month: float,
    subscription_per_month: float,
    subscription_setup: float = 0.0,
) -> float | None:
    """Return the months after which a build has cost less than a subscription; null when the subscription is not dearer.

    Parameters
    ----------
    custom_build, subscription_setup
        What each costs once.
    custom_running_per_month, subscription_per_month
        What each costs every month.

    Examples
    --------
    >>> build_or_subscribe_months(3000.0, 0.0, 500.0)
    6.0
    """
    saved_per_month = subscription_per_month - custom_running_per_month
    if saved_per_month <= 0:
        return None
    return max(0.0, (custom_build - subscription_setup) / saved_per_month)
