"""Everything that a handoff's business case asks for, and what of it is still missing.

Amounts are in the reporting currency, shares are fractions. An input is an estimate (one value, or low, likely and high) or
a share that was counted. Nothing is ever taken for zero silently: an input is given, or a named default, or missing.

Source: cost model, sections 2, 5 and 6.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields

from toolkit.estimates import Estimate, Evidence, weakest_evidence
from toolkit.rates import MeasuredShare
from toolkit.roi.defaults import DEFAULTS, FOLLOWS, REPLACED_BY, Approach, approach_defaults
from toolkit.roi.fees import billable_units, list_fee
from toolkit.roi.one_time import EffortClass
from toolkit.roi.outcome_words import NOT_COMPARED
from toolkit.roi.prices import newest_list

Given = Estimate | MeasuredShare

_STEPS_PER_RUN = 3
_DERIVED = FOLLOWS.keys() | REPLACED_BY.keys()

# What an input is of no use without.
_GOVERNED = {
    "invoices_per_month": (
        "avg_invoice_value",
        "missed_rate",
        "missed_rate_after",
        "missed_invoice_value",
        "recovered_rate",
        "annual_cost_of_capital",
    ),
    "payments_per_month": (
        "avg_payment",
        "duplicate_rate",
        "duplicate_rate_after",
        "recovery_rate",
        "recovery_cost_per_duplicate",
    ),
    "cost_per_item_day": (),
    "duplicate_records": ("cleanup_minutes_per_duplicate",),
    "mismatched_records": ("cleanup_minutes_per_mismatch",),
    "platform_fee_per_month": (),
    "hosting_per_month": (),
    "maintenance_share_per_year": (),
    "retired_subscriptions_per_month": (),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoffInputs:
    """Inputs of one handoff; null is "nobody has said".

    Three that are not estimates say how it is to be connected: ``approach`` (a platform unless given), ``build_class``
    (medium unless given) and ``soap_or_file_sides``.
    """

    volume_per_month: Estimate | None = None
    minutes_per_item: Estimate | None = None
    fixed_minutes_per_month: Estimate | None = None
    loaded_rate_per_hour: Estimate | None = None
    error_rate: Given | None = None
    rework_minutes: Estimate | None = None
    rework_rate_per_hour: Estimate | None = None
    other_cost_per_error: Estimate | None = None
    delay_days: Estimate | None = None
    invoices_per_month: Estimate | None = None
    avg_invoice_value: Estimate | None = None
    cost_per_item_day: Estimate | None = None
    payments_per_month: Estimate | None = None
    avg_payment: Estimate | None = None
    duplicate_rate: Given | None = None
    recovery_rate: Given | None = None
    recovery_cost_per_duplicate: Estimate | None = None
    missed_rate: Given | None = None
    missed_invoice_value: Estimate | None = None
    recovered_rate: Given | None = None
    retired_subscriptions_per_month: Estimate | None = None
    automation_rate: Given | None = None
    exception_minutes: Estimate | None = None
    error_rate_after: Given | None = None
    delay_days_after: Estimate | None = None
    duplicate_rate_after: Given | None = None
    missed_rate_after: Given | None = None
    monitoring_hours_per_month: Estimate | None = None
    build_days: Estimate | None = None
    build_cost: Estimate | None = None
    training: Estimate | None = None
    training_hours: Estimate | None = None
    parallel_run_weeks: Estimate | None = None
    parallel_run_hours_per_week: Estimate | None = None
    duplicate_records: Estimate | None = None
    mismatched_records: Estimate | None = None
    cleanup_minutes_per_duplicate: Estimate | None = None
    cleanup_minutes_per_mismatch: Estimate | None = None
    platform_fee_per_month: Estimate | None = None
    maintenance_share_per_year: Estimate | None = None
    hosting_per_month: Estimate | None = None
    annual_volume_growth: float = 0.0
    approach: Approach = "platform"
    build_class: EffortClass = "medium"
    soap_or_file_sides: int = 0
    steps_per_run: int = _STEPS_PER_RUN


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedInputs:
    """Inputs that all handoffs share: in a simulation each is drawn once per trial and used everywhere.

    ``duplicate_records`` and ``mismatched_records`` are the clean-up that serves all handoffs together: it is paid once, in
    the total. ``cash_share`` is the part of the labour saved that leaves the company's accounts. ``is_loss_added`` says that
    the client lets us add revenue that is likely lost to the cost of the work.
    """

    loaded_rate_per_hour: Estimate | None = None
    annual_cost_of_capital: Estimate | None = None
    contingency_rate: Estimate | None = None
    day_rate: Estimate | None = None
    duplicate_records: Estimate | None = None
    mismatched_records: Estimate | None = None
    cleanup_minutes_per_duplicate: Estimate | None = None
    cleanup_minutes_per_mismatch: Estimate | None = None
    cash_share: float = 1.0
    is_loss_added: bool = False


SHARED_NAMES = ("loaded_rate_per_hour", "annual_cost_of_capital", "contingency_rate", "day_rate")
CLEANUP_NAMES = (
    "duplicate_records",
    "mismatched_records",
    "cleanup_minutes_per_duplicate",
    "cleanup_minutes_per_mismatch",
)


@dataclass(frozen=True, slots=True)
class KnownInputs:
    """Inputs with their defaults filled in.

    ``own`` are drawn for this handoff alone, ``shared`` once for all. ``idle`` names inputs that play no part, because
    nothing of the kind was named; ``defaults`` names the assumptions that do, ours and those that somebody wrote down as
    such; ``missing`` keeps the money incomplete.
    """

    own: Mapping[str, Given]
    shared: Mapping[str, Given]
    idle: frozenset[str]
    defaults: tuple[str, ...]
    missing: tuple[str, ...]

    def evidence(self, names: tuple[str, ...]) -> Evidence:
        """Return the weakest evidence among those of ``names`` that play a part."""
        known = self.all
        # What follows from other inputs is as sure as they are; their own names stand beside it.
        counted = [name for name in names if name not in self.idle and (name in known or name not in _DERIVED)]
        kinds = [evidence_of(known.get(name)) for name in counted]
        return weakest_evidence(*kinds) if kinds else "default"

    @property
    def all(self) -> dict[str, Given]:
        """Every known input; what is given for this handoff goes before what is shared."""
        return {**self.shared, **self.own}


def evidence_of(given: Given | None) -> Evidence:
    """Return the evidence of an input: what was counted is measured, what follows from a rule of ours is a default."""
    if isinstance(given, MeasuredShare):
        return "measured"
    return given.evidence if given else "default"


def likely(given: Given) -> float:
    """Return the single value of an input; nothing counted at all is a programming mistake here.

    Examples
    --------
    >>> likely(MeasuredShare(12, 400))
    0.03
    """
    if isinstance(given, Estimate):
        return given.likely
    if given.share is None:
        raise ValueError("A share of nothing counted has no value.")
    return given.share


def missing_inputs(inputs: HandoffInputs, shared: SharedInputs, currency: str = "USD") -> tuple[str, ...]:
    """Return the names of the inputs without which the handoff's money is incomplete, in the order of the model.

    Parameters
    ----------
    inputs, shared, currency
        As for ``known_inputs``.

    Examples
    --------
    >>> missing_inputs(HandoffInputs(), SharedInputs())
    ('volume_per_month', 'minutes_per_item', 'rework_minutes', 'delay_days', 'day_rate')
    """
    return known_inputs(inputs, shared, currency).missing


def known_inputs(inputs: HandoffInputs, shared: SharedInputs, currency: str = "USD") -> KnownInputs:
    """Return the inputs with defaults filled in, and what is missing.

    Parameters
    ----------
    inputs, shared
        What is known of the handoff and of all of them.
    currency
        ISO 4217 code of the report; amounts in dollars are no default in any other.
    """
    given = _given(inputs)
    shared_given = {name: one for name, one in _given(shared).items() if name in SHARED_NAMES}
    defaults = {**DEFAULTS, **approach_defaults(inputs.approach, inputs.build_class)}
    filled = {
        name: one
        for name, one in defaults.items()
        if not {name, REPLACED_BY.get(name)} & (given.keys() | shared_given.keys())
        and (currency == "USD" or not one.is_dollars)
    }
    estimates: dict[str, Given] = {name: one.estimate for name, one in filled.items()}
    own = given | {name: one for name, one in estimates.items() if name not in SHARED_NAMES}
    shared_known = shared_given | {name: one for name, one in estimates.items() if name in SHARED_NAMES}
    if "platform_fee_per_month" not in given:
        own |= _fee(inputs, currency)
    known = {**shared_known, **own}
    idle = _idle(known) | {name for name, one in filled.items() if one.is_absent}
    missing = tuple(name for name in _needed(known, is_loss_added=shared.is_loss_added) if name not in known)
    if currency == "USD" and "volume_per_month" in missing:
        # The fee follows from the volume; asking for both would ask twice.
        missing = tuple(name for name in missing if name != "platform_fee_per_month")
    return KnownInputs(
        own=own,
        shared=shared_known,
        idle=frozenset(idle),
        defaults=tuple(sorted(name for name, one in known.items() if _is_assumed(one) and name not in idle)),
        missing=missing,
    )


def _is_assumed(one: Given) -> bool:
    # What could not be compared is left out, and no assumption stands in for it.
    return evidence_of(one) == "default" and not (isinstance(one, Estimate) and one.source == NOT_COMPARED)


def _given(inputs: HandoffInputs | SharedInputs) -> dict[str, Given]:
    values = {field.name: getattr(inputs, field.name) for field in fields(inputs)}
    return {
        name: one for name, one in values.items() if isinstance(one, Estimate) or (isinstance(one, MeasuredShare) and one.n)
    }


def _needed(known: Mapping[str, Given], *, is_loss_added: bool) -> tuple[str, ...]:
    """Return the names that must be known, given what is: an invoice's value is asked for only where there are invoices."""
    has_invoices = _may_be_positive(known.get("invoices_per_month"))
    has_payments = _may_be_positive(known.get("payments_per_month"))
    return (
        "volume_per_month",
        "minutes_per_item",
        "loaded_rate_per_hour",
        "error_rate",
        *(("rework_minutes",) if _may_be_positive(known.get("error_rate")) else ()),
        "delay_days",
        *(("avg_invoice_value",) if has_invoices else ()),
        *(("missed_rate", "recovered_rate") if has_invoices and is_loss_added else ()),
        *(("avg_payment",) if has_payments else ()),
        *(() if "build_cost" in known else ("day_rate",)),
        "platform_fee_per_month",
        "hosting_per_month",
    )


def _idle(known: Mapping[str, Given]) -> set[str]:
    """Return the inputs that play no part because what they belong to is zero or replaced."""
    idle: set[str] = set()
    for governing, governed in _GOVERNED.items():
        if not _may_be_positive(known.get(governing)):
            idle |= {governing, *governed}
    for now, then in (("error_rate", "error_rate_target"), ("delay_days", "batch_delay_days")):
        if now in known and not _may_be_positive(known[now]):
            idle.add(then)
    automated = known.get("automation_rate")
    if isinstance(automated, Estimate) and automated.low >= 1:
        idle.add("exception_ratio")
    if "training" in known:
        idle.add("training_hours")
    if "build_cost" in known:
        idle.add("day_rate")
    return idle


def _may_be_positive(given: Given | None) -> bool:
    return isinstance(given, MeasuredShare) or (given is not None and given.high > 0)


def _fee(inputs: HandoffInputs, currency: str) -> dict[str, Given]:
    """Return the platform's fee by price lists: the usual one, the cheapest as low, twice the items as high."""
    if inputs.approach != "platform":
        return {"platform_fee_per_month": DEFAULTS["retired_subscriptions_per_month"].estimate}
    volume = inputs.volume_per_month
    if volume is None or currency != "USD":
        return {}
    low = _list_fee("make-core", volume.low, inputs.steps_per_run)
    usual = _list_fee("zapier", volume.likely, inputs.steps_per_run)
    high = _list_fee("zapier", 2 * volume.high, inputs.steps_per_run)
    if low is None or usual is None or high is None:
        return {}
    source = (
        f"list prices of 2025-05-18, to be checked: Make Core {low:,.2f}, Zapier Professional {usual:,.2f}, "
        f"and {high:,.2f} for twice the items; {inputs.steps_per_run} steps per item"
    )
    fee = Estimate(usual, "currency per month", "default", min(low, usual), max(high, usual), source=source)
    return {"platform_fee_per_month": fee}


def _list_fee(platform: str, runs_per_month: float, steps: int) -> float | None:
    prices = newest_list(platform, "USD")
    return None if prices is None else list_fee(prices, billable_units(platform, runs_per_month, steps)).monthly_fee
