"""A platform's subscription, or a build of one's own: what each costs, and from when the build is cheaper.

A build of one's own takes the days of the next larger class, for it has to bring what the platform has: sign-in, repetition,
watching. It is kept up for a share of its price a year and has to be hosted.

Source: cost model, sections 6 and 8.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from toolkit.roi.defaults import approach_defaults
from toolkit.roi.fees import build_or_subscribe_months, crossover_units
from toolkit.roi.inputs import Given, HandoffInputs, likely
from toolkit.roi.one_time import EffortClass, build_cost
from toolkit.roi.prices import newest_list

NEXT_CLASS: dict[EffortClass, EffortClass] = {"simple": "medium", "medium": "complex", "complex": "complex"}


@dataclass(frozen=True, slots=True)
class SubscribeOrBuild:
    """The fee, the price of a build, and when the build has cost less: after how many months, from how many items.

    Both are null where that never happens; ``items`` also where no price list in the currency is known.
    """

    fee: float
    build: float
    months: float | None
    items: float | None


def subscribe_or_build(
    inputs: HandoffInputs, known: Mapping[str, Given], *, currency: str, horizon_months: int
) -> SubscribeOrBuild | None:
    """Return both ways of connecting a handoff; none where it needs no platform, or a price is not known.

    Parameters
    ----------
    inputs, known
        What was said of the handoff, and all of its inputs with their defaults.
    currency
        Hosting of an own build has a starting value in US dollars only.
    horizon_months
        Months over which the number of items is compared.
    """
    fee, day_rate = known.get("platform_fee_per_month"), known.get("day_rate")
    if inputs.approach != "platform" or inputs.build_class not in NEXT_CLASS or fee is None or day_rate is None:
        return None
    own = approach_defaults("custom", NEXT_CLASS[inputs.build_class])
    if own["hosting_per_month"].is_dollars and currency != "USD":
        return None
    rate = likely(day_rate)
    build = float(build_cost(own["build_days"].likely, rate, inputs.soap_or_file_sides))
    days = known.get("build_days")
    setup = likely(known["build_cost"]) if "build_cost" in known else likely(days) * rate if days is not None else 0.0
    running = build * own["maintenance_share_per_year"].likely / 12 + own["hosting_per_month"].likely
    months = build_or_subscribe_months(build, running, likely(fee), setup)
    prices = newest_list("zapier", currency)
    units = None
    if prices is not None:
        units = crossover_units(
            prices.paid_tiers,
            custom_build=build,
            custom_running_per_month=running,
            setup=setup,
            horizon_months=horizon_months,
            overage_multiplier=prices.overage_multiplier,
            max_multiple=prices.max_multiple,
        ).crossover_units
    return SubscribeOrBuild(likely(fee), build, months, None if units is None else units / inputs.steps_per_run)
