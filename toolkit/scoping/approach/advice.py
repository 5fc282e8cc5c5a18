"""The advice on one handoff: what is known of it and its money, the rules, every way with its cost, and how near a line is.

The money of the rules is that of the business case at the likely value of every input. Of the platforms that can do it the
cheapest stands against a build, unless a fee was given.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from typing import Any

from toolkit.estimates import Estimate, certain
from toolkit.roi.case import CaseTerms
from toolkit.roi.inputs import HandoffInputs, SharedInputs, likely
from toolkit.scoping.approach.facts import ApproachCode, ApproachLimits
from toolkit.scoping.approach.flips import Flip, flips
from toolkit.scoping.approach.platforms import Branch, PlatformOffer, cheapest, platform_offers
from toolkit.scoping.approach.rules import ON_PLATFORM
from toolkit.scoping.approach.settled import SettledAnswer, settled_answer, settled_approach
from toolkit.scoping.approach.ways import FEE, Reckoning, Way, on_platform, own_build, reckoning, ways

_VOLUMES = ("volume_per_month", "invoices_per_month", "payments_per_month")


@dataclass(frozen=True, slots=True)
class HandoffMoney:
    """What the money of a handoff rests on.

    ``quotes`` are fees a month that vendors quoted, ``today`` ages price lists. ``polls_per_hour`` are checks for news,
    which some platforms bill; 0 for messages and nightly runs.
    """

    inputs: HandoffInputs
    shared: SharedInputs
    currency: str
    terms: CaseTerms
    today: date
    quotes: Mapping[str, Estimate] = field(default_factory=dict)
    polls_per_hour: float = 0.0


@dataclass(frozen=True, slots=True)
class HandoffAdvice:
    """The answer as far as it is known, with all that it rests on.

    ``facts`` are those that the rules were asked with, money included. ``flips`` say by quantity where another approach
    becomes right: items a month, fee, price of a day; ``today_of`` has their values as they are. ``money_missing`` are
    inputs without which a rule on money says nothing. ``limits`` are where the rules drew their lines.
    """

    settled: SettledAnswer
    facts: Mapping[str, Any]
    ways: tuple[Way, ...]
    offers: tuple[PlatformOffer, ...]
    flips: Mapping[str, tuple[Flip, ...]]
    today_of: Mapping[str, float]
    money_missing: tuple[str, ...]
    limits: ApproachLimits


def handoff_advice(
    known: Mapping[str, Any],
    money: HandoffMoney,
    *,
    is_soon: bool | None,
    limits: ApproachLimits | None = None,
) -> HandoffAdvice:
    """Return the advice on one handoff.

    Parameters
    ----------
    known
        Facts by name that are no money; one that is null is unknown.
    money
        What its money rests on.
    is_soon
        Whether its data must arrive within the hour; null: nobody has said.
    limits
        Where the rules draw their lines.
    """
    lines = limits or ApproachLimits()
    volume = money.inputs.volume_per_month
    today = _at_volume(known, money, lines, None if volume is None else volume.likely, is_soon=is_soon)
    facts = today.facts()
    settled = settled_answer(facts, lines)

    def decided(name: str, value: float) -> ApproachCode | None:
        if name == "volume_per_month":
            moved = _at_volume(known, money, lines, value, is_soon=is_soon).facts()
        else:
            moved = today.facts(**{name: value})
        return settled_approach(moved, lines)

    rate = money.shared.day_rate
    quantities = {"volume_per_month": today.volume, FEE: today.fee, "day_rate": None if rate is None else rate.likely}
    points = {name: value for name, value in quantities.items() if value is not None and value > 0}
    if settled.answer is not None and settled.answer.approach not in ON_PLATFORM:
        # What a platform costs is of no interest to what runs on none.
        points.pop(FEE, None)
    return HandoffAdvice(
        settled,
        facts,
        ways(money.inputs, money.shared, today.offers, currency=money.currency, terms=money.terms),
        today.offers,
        {
            name: flips(partial(decided, name), value, is_whole=name == "volume_per_month")
            for name, value in (points.items() if settled.is_settled else ())
        },
        points,
        tuple(dict.fromkeys((*today.planned.known.missing, *today.own.known.missing))),
        lines,
    )


@dataclass(frozen=True, slots=True)
class _AtVolume:
    """A handoff at one number of items a month: as the business case has it, on a platform, and as a build of one's own."""

    known: Mapping[str, Any]
    volume: float | None
    ops: float | None
    is_large_and_soon: bool | None
    offers: tuple[PlatformOffer, ...]
    fee: float | None
    planned: Reckoning
    platform: Reckoning
    own: Reckoning

    def facts(self, **moved: float) -> dict[str, Any]:
        """Return every fact, with the fee or the price of a day at another value than today's."""
        rate = {name: value for name, value in moved.items() if name == "day_rate"}
        planned = self.planned.outcome(**rate, **self._moved_fee(moved))
        build, running = map(_number, self.own.connection(**rate))
        # A build whose upkeep nobody knows is not cheap.
        is_priced = build is not None and running is not None
        return {
            **self.known,
            "horizon_months": self.planned.terms.horizon_months,
            "steps_per_run": self.planned.inputs.steps_per_run,
            "ops_per_month": self.ops,
            "high_volume_near_real_time": self.is_large_and_soon,
            "net_monthly_saving": _number(planned.net_saving.item()),
            "one_time_cost": _number(planned.one_time.item()),
            "ipaas_monthly": moved.get(FEE, self.fee),
            "ipaas_setup": _number(self.platform.connection(**rate)[0]) or 0.0,
            "custom_build": build if is_priced else None,
            "custom_monthly": running if is_priced else 0.0,
        }

    def _moved_fee(self, moved: Mapping[str, float]) -> dict[str, float]:
        """Return the fee of the way that is planned, which rises by as much as the platform's."""
        fee = self.planned.known.all.get(FEE)
        if FEE not in moved or fee is None or self.fee is None or self.planned.inputs.approach != "platform":
            return {}
        return {FEE: max(0.0, likely(fee) + moved[FEE] - self.fee)}


def _at_volume(
    known: Mapping[str, Any], money: HandoffMoney, limits: ApproachLimits, volume: float | None, *, is_soon: bool | None
) -> _AtVolume:
    inputs = _carrying(money.inputs, volume)
    ops = None if volume is None else volume * inputs.steps_per_run
    offers = _offers(money, volume)
    offer = cheapest(offers, *_able(known, ops, limits))
    given = inputs.platform_fee_per_month if inputs.approach == "platform" else None
    listed = None if offer is None else offer.monthly_fee
    planned, platform, own = (
        reckoning(one, money.shared, currency=money.currency, terms=money.terms)
        for one in (inputs, on_platform(inputs, offer, keeps_given=True), own_build(inputs))
    )
    is_large = None if ops is None else ops > limits.high_volume_ops
    is_neither = is_large is False or is_soon is False
    return _AtVolume(
        known,
        volume,
        ops,
        False if is_neither else (is_large and is_soon) or None,
        offers,
        listed if given is None else given.likely,
        planned,
        platform,
        own,
    )


def _offers(money: HandoffMoney, volume: float | None) -> tuple[PlatformOffer, ...]:
    """Return what each platform costs; none where nobody knows how much is carried."""
    if volume is None:
        return ()
    steps = money.inputs.steps_per_run
    return platform_offers(
        volume,
        steps,
        currency=money.currency,
        today=money.today,
        polls_per_hour=money.polls_per_hour,
        quotes=money.quotes,
    )


def _able(known: Mapping[str, Any], ops: float | None, limits: ApproachLimits) -> tuple[Branch, ...]:
    """Return the kinds of platform that can do it."""
    is_winding = known.get("complex_logic") or known.get("linear") is False
    is_large = ops is not None and ops > limits.simple_max_ops
    return ("advanced",) if is_winding or is_large else ("simple", "advanced")


def _carrying(inputs: HandoffInputs, volume: float | None) -> HandoffInputs:
    """Return the inputs at another volume; what is invoiced or paid is the same items."""
    today = inputs.volume_per_month
    if volume is None or today is None or volume == today.likely:
        return inputs
    moved = certain(volume, today.unit, today.evidence)
    same: dict[str, Any] = {name: moved for name in _VOLUMES if getattr(inputs, name) == today}
    return replace(inputs, **same)


def _number(value: float) -> float | None:
    return value if math.isfinite(value) else None
