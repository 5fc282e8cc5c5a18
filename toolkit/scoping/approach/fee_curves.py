"""What platforms ask a month as items grow, and the fee from which a build of one's own costs less over the horizon.

The fee that a build is worth is what it costs more at its start, month by month, and what a flow's upkeep costs less.

Source: cost model, section 6.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from toolkit.roi.inputs import HandoffInputs, likely
from toolkit.scoping.approach.advice import HandoffAdvice, HandoffMoney
from toolkit.scoping.approach.platforms import PlatformOffer, platform_offers
from toolkit.scoping.approach.ways import FEE, Way, on_platform, reckoning

_TIMES = tuple(2 ** (step / 3) for step in range(-3, 22))
"""From half of today's items to 128 times as many, each step a quarter more."""
_MOST = 3
"""Platforms are drawn up to this many: more lines tell nobody more."""


@dataclass(frozen=True, slots=True)
class FeePoint:
    """The fee of one platform at a number of items a month; null: no plan carries so many."""

    platform: str
    label: str
    items_per_month: float
    monthly_fee: float | None


@dataclass(frozen=True, slots=True)
class FeeCurves:
    """Fees by items a month, and the fee at which a build of one's own costs the same over the horizon; null: unknown."""

    points: tuple[FeePoint, ...] = ()
    build_per_month: float | None = None


def fee_curves(money: HandoffMoney, advice: HandoffAdvice) -> FeeCurves:
    """Return the fees of the platforms that can be priced, from half of today's items to 128 times as many.

    Parameters
    ----------
    money
        Of the handoff.
    advice
        On it, with today's offers and what each way costs.

    Returns
    -------
    FeeCurves
        Without points where nobody knows how much is carried, or no platform has a price.
    """
    volume = money.inputs.volume_per_month
    if volume is None or volume.likely <= 0:
        return FeeCurves()
    chosen = {one.platform.name: one.platform.label for one in _priced(advice.offers)[:_MOST]}
    points = []
    for items in sorted({max(1.0, round(volume.likely * times)) for times in _TIMES}):
        offers = platform_offers(
            items,
            money.inputs.steps_per_run,
            currency=money.currency,
            today=money.today,
            polls_per_hour=money.polls_per_hour,
            quotes=money.quotes,
        )
        fees = {one.platform.name: one.monthly_fee for one in offers}
        points += [FeePoint(name, label, items, fees[name]) for name, label in chosen.items()]
    return FeeCurves(tuple(points), _worth(money, advice))


def _priced(offers: Sequence[PlatformOffer]) -> list[PlatformOffer]:
    """Return the offers with a list price, cheapest first; a quote holds for today's items only."""
    return sorted(
        (one for one in offers if one.status == "list" and one.monthly_fee is not None),
        key=lambda one: (one.monthly_fee or 0.0, one.platform.name),
    )


def _worth(money: HandoffMoney, advice: HandoffAdvice) -> float | None:
    """Return the fee a month at which a flow on a platform and a build cost the same over the horizon."""
    own = next((way for way in advice.ways if way.approach == "CUSTOM"), None)
    offer = next(iter(_priced(advice.offers)), None)
    if own is None or own.connection_total is None or offer is None:
        return None
    flow = _flow_without_fee(money, on_platform(money.inputs, offer, keeps_given=False))
    worth = own.connection_total / own.horizon_months - flow
    return worth if math.isfinite(worth) and worth > 0 else None


def _flow_without_fee(money: HandoffMoney, inputs: HandoffInputs) -> float:
    """Return what a flow costs a month over the horizon, its platform's fee aside."""
    one = reckoning(inputs, money.shared, currency=money.currency, terms=money.terms)
    found, fee = one.outcome(), one.known.all.get(FEE)
    months = money.terms.horizon_months
    way = Way("IPAAS_SIMPLE", months, one_time=found.one_time.item(), running_per_month=found.running.item())
    return (way.connection_total or 0.0) / months - (likely(fee) if fee is not None else 0.0)
