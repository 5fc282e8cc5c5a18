"""Integration platforms side by side: what each counts, how much of it a handoff needs, and what it costs by which list.

Fees are list prices in the report's currency per month, or what a vendor quoted to the client. A platform without a price
that may be printed stays in the comparison, with what is to be asked. No vendor earns anything by it.

Source: cost model, section 6.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from toolkit.errors import UnknownNameError
from toolkit.estimates import Estimate
from toolkit.roi.fees import BILLED, billable_units, list_fee
from toolkit.roi.prices import PRICE_LISTS, PriceList, newest_list

Branch = Literal["simple", "advanced", "enterprise", "unified"]
PriceStatus = Literal["quoted", "list", "too_small", "no_price"]

MAX_PRICE_AGE_DAYS = 180


@dataclass(frozen=True, slots=True)
class Platform:
    """A platform: for which kind of flow, in which unit it bills, and what its price is not known for."""

    name: str
    label: str
    branch: Branch
    unit: str
    unpriced: str = ""


PLATFORMS: tuple[Platform, ...] = (
    Platform("zapier", "Zapier Professional", "simple", "task"),
    Platform("zapier-team", "Zapier Team", "simple", "task"),
    Platform("make-core", "Make Core", "simple", "operation"),
    Platform("n8n-cloud", "n8n cloud", "advanced", "execution"),
    Platform("workato", "Workato", "advanced", "business action", "prices are not published, and estimates disagree"),
    Platform("mulesoft", "MuleSoft", "enterprise", "by quote", "prices by quote only"),
    Platform("boomi", "Boomi", "enterprise", "by quote", "prices by quote only"),
    Platform("apideck", "Apideck", "unified", "consumer", "prices by consumer, not published as a list"),
    Platform("rutter", "Rutter", "unified", "by quote", "prices by quote only"),
    Platform("merge", "Merge", "unified", "linked account", "its price is known from a competitor's page only"),
)
"""Platforms that are compared; the first of a branch are asked about first."""


@dataclass(frozen=True, slots=True)
class PlatformOffer:
    """What a platform costs for a handoff; ``monthly_fee`` is null unless it is quoted or stands in a list.

    ``units_per_month`` is null where the platform bills in a unit that items do not tell. ``note`` says what must be
    known of the price.
    """

    platform: Platform
    status: PriceStatus
    units_per_month: float | None
    monthly_fee: float | None
    tier: str
    as_of: date | None
    source: str
    note: str


def platform_offers(
    runs_per_month: float,
    steps_per_run: int,
    *,
    currency: str,
    today: date,
    polls_per_hour: float = 0.0,
    quotes: Mapping[str, Estimate] | None = None,
    lists: Sequence[PriceList] = PRICE_LISTS,
) -> tuple[PlatformOffer, ...]:
    """Return what each platform costs for a handoff, the cheapest of each branch first and those without a price last.

    Parameters
    ----------
    runs_per_month, steps_per_run
        Items carried a month, and action steps for each.
    currency
        Of the report; a list in another is no price.
    today
        A list older than `MAX_PRICE_AGE_DAYS` says so.
    polls_per_hour
        Checks for news; 0 for messages on changes.
    quotes
        Fees a month that a vendor quoted, by platform, with who said so and when.
    lists
        The price lists.

    Raises
    ------
    UnknownNameError
        A quote is for no platform that is known.

    Examples
    --------
    >>> offers = platform_offers(1_000, 5, currency="USD", today=date(2025, 6, 1))
    >>> [(one.platform.name, one.monthly_fee) for one in offers][:3]
    [('make-core', 10.59), ('zapier', 133.5), ('zapier-team', 178.5)]
    """
    given = quotes or {}
    counts = {"runs_per_month": runs_per_month, "steps_per_run": steps_per_run, "polls_per_hour": polls_per_hour}
    for name, value in {**counts, **{name: one.low for name, one in given.items()}}.items():
        if not math.isfinite(value) or value < 0:
            raise ValueError(f"{name} must be 0 or more, not {value!r}.")
    known = {one.name for one in PLATFORMS}
    unknown = next((name for name in given if name not in known), None)
    if unknown is not None:
        raise UnknownNameError("platform", unknown, known)
    found = []
    for one in PLATFORMS:
        units = _units(one, runs_per_month, steps_per_run, polls_per_hour)
        if one.name in given:
            found.append(_quoted(one, units, given[one.name]))
        else:
            found.append(_listed(one, units, _list_of(one, currency, lists), currency, today))
    return tuple(sorted(found, key=_place))


def _quoted(platform: Platform, units: float | None, quote: Estimate) -> PlatformOffer:
    said = [one for one in (quote.source, quote.who, str(quote.given_on or "")) if one]
    source = f"quoted to the client{': ' if said else ''}{', '.join(said)}"
    return PlatformOffer(platform, "quoted", units, quote.likely, "", quote.given_on, source, "")


def cheapest(offers: Sequence[PlatformOffer], *branches: Branch) -> PlatformOffer | None:
    """Return the cheapest offer of some branches that has a price; none where no price is known."""
    priced = [one for one in offers if one.platform.branch in branches and one.monthly_fee is not None]
    return min(priced, key=lambda one: one.monthly_fee or 0.0, default=None)


def _units(platform: Platform, runs_per_month: float, steps: int, polls_per_hour: float) -> float | None:
    if platform.name.partition("-")[0] not in BILLED:
        return None
    return billable_units(platform.name, runs_per_month, steps, polls_per_hour)


def _list_of(platform: Platform, currency: str, lists: Sequence[PriceList]) -> PriceList | None:
    for billing in ("monthly", "annual"):
        found = newest_list(platform.name, currency, billing=billing, lists=lists)
        if found is not None and found.tiers:
            return found
    return None


def _listed(platform: Platform, units: float | None, prices: PriceList | None, currency: str, today: date) -> PlatformOffer:
    if prices is None or units is None:
        why = platform.unpriced or f"no price list in {currency} is known"
        return PlatformOffer(platform, "no_price", units, None, "", None, "", why)
    fee = list_fee(prices, units)
    age = (today - prices.as_of).days
    old = f"the list is {age} days old: check it" if age > MAX_PRICE_AGE_DAYS else ""
    annual = "billed for a year at a time" if prices.billing == "annual" else ""
    note = "; ".join(one for one in (annual, old) if one)
    if fee.monthly_fee is None:
        return PlatformOffer(platform, "too_small", units, None, "", prices.as_of, prices.source, "no plan carries so many")
    return PlatformOffer(platform, "list", units, fee.monthly_fee, fee.tier or "", prices.as_of, prices.source, note)


def _place(offer: PlatformOffer) -> tuple[int, bool, float, str]:
    branches: tuple[Branch, ...] = ("simple", "advanced", "enterprise", "unified")
    is_unpriced = offer.monthly_fee is None
    return branches.index(offer.platform.branch), is_unpriced, offer.monthly_fee or 0.0, offer.platform.name
