"""What each way of connecting a handoff costs over the horizon, with the work that is left to people.

Everything is reckoned at the likely value of every input, by the model of the business case; a total is the plain sum of its
months. What is not known is null, and what it hangs on is named.

Source: cost model, sections 5, 6 and 8.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from toolkit.estimates import Estimate, Evidence, certain
from toolkit.roi.alternatives import NEXT_CLASS
from toolkit.roi.case import CaseTerms, case_outcome
from toolkit.roi.draws import likely_values
from toolkit.roi.inputs import HandoffInputs, KnownInputs, SharedInputs, known_inputs, likely
from toolkit.roi.model import Outcome, connection_cost
from toolkit.roi.one_time import EFFORT, EffortClass, build_cost, effort
from toolkit.roi.quantity import FloatArray
from toolkit.scoping.approach.facts import ApproachCode
from toolkit.scoping.approach.platforms import PlatformOffer, cheapest

FEE = "platform_fee_per_month"
DAYS_SAVED_BY_UNIFIED_API = 0.4
"""Up to four fifths less to build are promised; the middle of none and that is an assumption of ours."""


@dataclass(frozen=True, slots=True)
class Way:
    """One way, and its cost; ``platform`` is the one it was reckoned with.

    ``build`` is the part of ``one_time`` that only this way has. ``work_per_month`` is what work, errors and waiting cost
    once it runs. ``missing`` are the inputs that keep a cost unknown, by their names in ``engagement.yaml``.
    """

    approach: ApproachCode
    horizon_months: int
    platform: str = ""
    build_days: float | None = None
    build: float | None = None
    one_time: float | None = None
    running_per_month: float | None = None
    work_per_month: float | None = None
    missing: tuple[str, ...] = ()

    @property
    def connection_total(self) -> float | None:
        """What connecting alone costs over the horizon."""
        if self.one_time is None or self.running_per_month is None:
            return None
        return self.one_time + self.running_per_month * self.horizon_months

    @property
    def total(self) -> float | None:
        """The same with the work that is left."""
        connection = self.connection_total
        if connection is None or self.work_per_month is None:
            return None
        return connection + self.work_per_month * self.horizon_months


@dataclass(frozen=True, slots=True)
class Reckoning:
    """A handoff at the likely value of every input, once for all; ``outcome`` says what it comes to with some moved."""

    inputs: HandoffInputs
    known: KnownInputs
    terms: CaseTerms
    values: Mapping[str, FloatArray] = field(repr=False)
    is_loss_added: bool = False

    def outcome(self, **moved: float) -> Outcome:
        """Return what the handoff costs and brings with some inputs at another value."""
        return case_outcome(self._moved(moved), self.inputs, self.known, self.terms, is_loss_added=self.is_loss_added)

    def connection(self, **moved: float) -> tuple[float, float]:
        """Return what building and, per month, running costs with some inputs at another value; not a number: unknown."""
        build, running = connection_cost(self._moved(moved), self.inputs.soap_or_file_sides)
        return build.item(), running.item()

    def _moved(self, moved: Mapping[str, float]) -> Mapping[str, FloatArray]:
        return {**self.values, **{name: np.array([value], dtype=np.float64) for name, value in moved.items()}}


def reckoning(inputs: HandoffInputs, shared: SharedInputs, *, currency: str, terms: CaseTerms) -> Reckoning:
    """Return a handoff at the likely value of every input.

    Parameters
    ----------
    inputs, shared, currency, terms
        As for the business case.
    """
    known = known_inputs(inputs, shared, currency)
    values = {**{name: np.array([np.nan]) for name in known.missing}, **likely_values(known.all)}
    return Reckoning(inputs, known, terms, values, is_loss_added=shared.is_loss_added)


def ways(
    inputs: HandoffInputs,
    shared: SharedInputs,
    offers: Sequence[PlatformOffer],
    *,
    currency: str,
    terms: CaseTerms,
) -> tuple[Way, ...]:
    """Return every way of connecting a handoff that can be priced, and leaving it as it is.

    What somebody gave for the build or the fee counts for the way that it was given for; the others are reckoned with the
    usual days of their class.

    Parameters
    ----------
    inputs, shared, currency, terms
        As for the business case.
    offers
        What each platform costs for this handoff.
    """
    planned = reckoning(inputs, shared, currency=currency, terms=terms)
    months = terms.horizon_months
    found = [
        Way("LEAVE_MANUAL", months, one_time=0.0, running_per_month=0.0, work_per_month=_number(planned.outcome().cost_now))
    ]
    for approach, variant, offer, lacking in _variants(inputs, offers):
        one = reckoning(variant, shared, currency=currency, terms=terms)
        found.append(_way(approach, one, "" if offer is None else offer.platform.name, lacking, months))
    missing = tuple(name for name in planned.known.missing if name not in (FEE, "day_rate", "hosting_per_month"))
    return (replace(found[0], missing=missing if found[0].work_per_month is None else ()), *found[1:])


def plain_inputs(inputs: HandoffInputs) -> HandoffInputs:
    """Return the inputs without what was given for one way of connecting only."""
    return replace(
        inputs,
        build_days=None,
        build_cost=None,
        platform_fee_per_month=None,
        maintenance_share_per_year=None,
        hosting_per_month=None,
    )


def own_build(inputs: HandoffInputs) -> HandoffInputs:
    """Return the inputs of a build of one's own: it takes the days of the next larger class."""
    return replace(plain_inputs(inputs), approach="custom", build_class=NEXT_CLASS.get(inputs.build_class, "medium"))


def on_platform(inputs: HandoffInputs, offer: PlatformOffer | None, *, keeps_given: bool) -> HandoffInputs:
    """Return the inputs of a flow on a platform.

    Parameters
    ----------
    inputs
        Of the handoff.
    offer
        What the platform costs; none: unknown, unless it was given.
    keeps_given
        Whether what was given for a platform counts for this one.
    """
    is_planned = inputs.approach == "platform"
    kept = inputs if is_planned else plain_inputs(inputs)
    fee = kept.platform_fee_per_month if is_planned and keeps_given else None
    if fee is None and offer is not None and offer.monthly_fee is not None:
        evidence: Evidence = "document" if offer.status == "quoted" else "default"
        fee = certain(
            offer.monthly_fee, "currency per month", evidence, source=f"{offer.platform.label} {offer.tier}".strip()
        )
    build_class: EffortClass = "simple" if inputs.build_class == "native" else inputs.build_class
    return replace(kept, approach="platform", build_class=build_class, platform_fee_per_month=fee)


_Variant = tuple[ApproachCode, HandoffInputs, PlatformOffer | None, tuple[str, ...]]


def _variants(inputs: HandoffInputs, offers: Sequence[PlatformOffer]) -> list[_Variant]:
    """Return each way with the inputs that it has, the platform, and what is missing of it beforehand."""
    plain, own = plain_inputs(inputs), own_build(inputs)
    simple, advanced = cheapest(offers, "simple"), cheapest(offers, "advanced")
    unified = cheapest(offers, "unified")
    has_fee = inputs.approach == "platform" and inputs.platform_fee_per_month is not None
    lacking = () if has_fee else _no_fee(simple)
    own_days = effort(own.build_class).likely_days
    native_days = EFFORT["native"].likely_days + EFFORT["simple"].likely_days
    native = inputs if inputs.approach == "native" else replace(plain, approach="native", build_class="native")
    files = replace(own, build_class=_not_native(inputs), soap_or_file_sides=2, delay_days_after=None)
    joined = replace(
        own,
        build_days=_days(own_days * (1 - DAYS_SAVED_BY_UNIFIED_API)),
        platform_fee_per_month=None if unified is None else _fee(unified),
    )
    partly = replace(on_platform(plain, simple, keeps_given=False), build_class="simple", build_days=_days(native_days))
    return [
        ("NATIVE", native, None, ()),
        ("NATIVE_PLUS_IPAAS", partly, simple, _no_fee(simple)),
        ("IPAAS_SIMPLE", on_platform(inputs, simple, keeps_given=True), None if has_fee else simple, lacking),
        ("IPAAS_ADVANCED", on_platform(inputs, advanced, keeps_given=False), advanced, _no_fee(advanced)),
        ("UNIFIED_API", joined, unified, _no_fee(unified)),
        ("CUSTOM", own, None, ()),
        ("FILE_BATCH", files, None, ()),
    ]


def _way(approach: ApproachCode, one: Reckoning, platform: str, lacking: tuple[str, ...], months: int) -> Way:
    found = one.outcome()
    days = one.known.all.get("build_days")
    has_days = isinstance(days, Estimate) and one.inputs.build_cost is None
    return Way(
        approach,
        months,
        platform,
        build_days=float(build_cost(likely(days), 1.0, one.inputs.soap_or_file_sides)) if days and has_days else None,
        build=_number(found.one_time_parts["build"]),
        one_time=_number(found.one_time),
        running_per_month=None if lacking else _number(found.running),
        work_per_month=_number(sum((found.after[line] for line in found.added if line != "running"), np.zeros(1))),
        missing=tuple(dict.fromkeys((*one.known.missing, *lacking))),
    )


def _not_native(inputs: HandoffInputs) -> EffortClass:
    return "simple" if inputs.build_class == "native" else inputs.build_class


def _days(value: float) -> Estimate:
    return certain(value, "days", "default", source="usual days of its class")


def _fee(offer: PlatformOffer) -> Estimate | None:
    return None if offer.monthly_fee is None else certain(offer.monthly_fee, "currency per month", "document")


def _no_fee(offer: PlatformOffer | None) -> tuple[str, ...]:
    return () if offer is not None else (FEE,)


def _number(values: FloatArray) -> float | None:
    found = float(values.item())
    return found if math.isfinite(found) else None
