"""The business case of one handoff.

The single figures take every input at its likely value; the range comes from one seeded simulation of the same model. No
further risk adjustment is laid on top of a simulation that already spreads the same inputs. Amounts are in the reporting
currency.

Source: cost model, sections 4 to 8 and 10.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from toolkit.estimates import Estimate, Evidence, weakest_evidence
from toolkit.roi.draws import handoff_draws, is_volume_of_invoices, likely_values, shared_draws
from toolkit.roi.inputs import CLEANUP_NAMES, Given, HandoffInputs, KnownInputs, SharedInputs, known_inputs
from toolkit.roi.judgement import Judgement, judgement
from toolkit.roi.model import Outcome, completed, outcome
from toolkit.roi.one_time import build_price_warning
from toolkit.roi.outcome_words import NOT_COMPARED
from toolkit.roi.quantity import FloatArray
from toolkit.roi.wording import line_formulas

NOW_INPUTS: dict[str, tuple[str, ...]] = {
    "labour": ("volume_per_month", "minutes_per_item", "fixed_minutes_per_month", "loaded_rate_per_hour"),
    "errors": (
        "volume_per_month",
        "error_rate",
        "rework_minutes",
        "rework_rate_per_hour",
        "loaded_rate_per_hour",
        "other_cost_per_error",
    ),
    "delay": (
        "invoices_per_month",
        "avg_invoice_value",
        "delay_days",
        "annual_cost_of_capital",
        "cost_per_item_day",
        "missed_rate",
    ),
    "duplicates": (
        "payments_per_month",
        "avg_payment",
        "duplicate_rate",
        "recovery_rate",
        "recovery_cost_per_duplicate",
    ),
    "missed": ("invoices_per_month", "missed_invoice_value", "avg_invoice_value", "missed_rate", "recovered_rate"),
    "subscriptions": ("retired_subscriptions_per_month",),
    "running": ("platform_fee_per_month", "maintenance_share_per_year", "hosting_per_month"),
}
AFTER_INPUTS: dict[str, tuple[str, ...]] = {
    "labour": ("automation_rate", "exception_ratio", "exception_minutes", "monitoring_hours_per_month"),
    "errors": ("error_rate_target", "error_rate_after"),
    "delay": ("batch_delay_days", "delay_days_after"),
    "duplicates": ("duplicate_rate_after", "automation_rate"),
    "missed": ("missed_rate_after", "automation_rate"),
    "subscriptions": (),
    "running": (),
}
ONE_TIME_INPUTS = (
    "build_days",
    "build_cost",
    "day_rate",
    "training",
    "training_hours",
    "parallel_run_weeks",
    "parallel_run_hours_per_week",
    "contingency_rate",
    "loaded_rate_per_hour",
    *CLEANUP_NAMES,
)
"""What each line of today's cost, of the cost after, and the one-time cost is computed from."""


@dataclass(frozen=True, slots=True)
class CaseTerms:
    """How far to look, at what discount rate, how soon the benefit is complete, and how the simulation is run."""

    horizon_months: int = 36
    annual_discount_rate: float = 0.10
    weeks_to_full_benefit: float = 8
    trials: int = 20_000
    seed: int = 1


@dataclass(frozen=True, slots=True)
class HandoffCase:
    """The case of one handoff, or of all together (id ``total``).

    ``missing`` names the inputs that keep the money incomplete: what depends on them is not a number. ``defaults`` names
    those that nobody has confirmed yet. ``single`` and ``simulated`` are the model's outcomes, ``judged_single`` and
    ``judged_simulated`` what their cash flows are worth. Evidence is the weakest among the inputs: by line for today's
    cost, and for all of "after" and "one-time" together.
    """

    handoff_id: str
    currency: str
    terms: CaseTerms
    missing: tuple[str, ...]
    defaults: tuple[str, ...]
    warnings: tuple[str, ...]
    single: Outcome
    simulated: Outcome
    judged_single: Judgement
    judged_simulated: Judgement
    line_evidence: Mapping[str, Evidence]
    after_evidence: Evidence
    one_time_evidence: Evidence
    formulas: Mapping[str, str]
    cash_share: float

    @property
    def is_complete(self) -> bool:
        """Whether every figure exists."""
        return not self.missing

    @property
    def has_cost_now(self) -> bool:
        """Whether today's cost is known, whatever is missing of what connecting takes."""
        return bool(np.isfinite(self.single.cost_now).all())

    @property
    def now_evidence(self) -> Evidence:
        """Weakest evidence of today's cost, among the lines that cost anything."""
        costly = [self.line_evidence[line] for line in self.single.added if np.any(self.single.now[line] != 0)]
        return weakest_of(costly)


def weakest_of(kinds: Sequence[Evidence]) -> Evidence:
    """Return the weakest of any number of kinds of evidence; none at all is no better than a default."""
    return weakest_evidence(*kinds) if kinds else "default"


def handoff_case(
    handoff_id: str,
    inputs: HandoffInputs,
    shared: SharedInputs,
    *,
    currency: str,
    horizon_months: int = 36,
    annual_discount_rate: float = 0.10,
    weeks_to_full_benefit: float = 8,
    trials: int = 20_000,
    seed: int = 1,
) -> HandoffCase:
    """Return the business case of one handoff.

    Parameters
    ----------
    handoff_id
        Its id; with the seed it decides the draws.
    inputs, shared
        What is known of the handoff, and of all handoffs.
    currency
        ISO 4217 code of all amounts. Dollar defaults serve ``"USD"`` only.
    horizon_months, annual_discount_rate
        How far to look, and the discount rate as a fraction.
    weeks_to_full_benefit
        From going live on.
    trials, seed
        Size and seed of the simulation.

    Examples
    --------
    >>> from toolkit.estimates import certain
    >>> case = handoff_case(
    ...     "deal_to_project",
    ...     HandoffInputs(
    ...         volume_per_month=certain(20, "items", "measured"), minutes_per_item=certain(15, "min", "interview")
    ...     ),
    ...     SharedInputs(loaded_rate_per_hour=certain(25, "currency per hour", "document")),
    ...     currency="USD",
    ... )
    >>> case.missing, float(case.single.now["labour"][0])
    (('rework_minutes', 'delay_days', 'day_rate'), 125.0)
    """
    terms = CaseTerms(horizon_months, annual_discount_rate, weeks_to_full_benefit, trials, seed)
    known = known_inputs(inputs, shared, currency)
    unknown = {name: np.array([np.nan]) for name in known.missing}
    likely = unknown | likely_values(known.all)
    drawn = {
        **unknown,
        **shared_draws(known.shared, trials=trials, seed=seed),
        **handoff_draws(handoff_id, known.own, trials=trials, seed=seed, idle=known.idle),
    }
    single, simulated = (
        case_outcome(values, inputs, known, terms, is_loss_added=shared.is_loss_added) for values in (likely, drawn)
    )
    build = single.one_time_parts["build"].item()
    warning = build_price_warning(inputs.build_class, build, currency) if np.isfinite(build) else None
    return HandoffCase(
        handoff_id=handoff_id,
        currency=currency,
        terms=terms,
        missing=known.missing,
        defaults=known.defaults,
        warnings=(warning,) if warning else (),
        single=single,
        simulated=simulated,
        judged_single=judged(single, terms),
        judged_simulated=judged(simulated, terms),
        line_evidence={line: known.evidence(names) for line, names in NOW_INPUTS.items()},
        after_evidence=_after_evidence(known, single),
        one_time_evidence=known.evidence(tuple(name for name in ONE_TIME_INPUTS if name in known.all)),
        formulas=line_formulas(
            {name: one.item() for name, one in completed(likely).items()},
            single,
            missing=known.missing,
            uncounted=_uncounted(inputs),
        ),
        cash_share=shared.cash_share,
    )


def _uncounted(inputs: HandoffInputs) -> list[str]:
    """Return the lines that nothing is counted for, because a measure of theirs could not be compared."""
    deciding: dict[str, Given | None] = {"errors": inputs.error_rate, "missed": inputs.missed_rate}
    if inputs.invoices_per_month is not None or inputs.cost_per_item_day is not None:
        deciding |= {"delay": inputs.delay_days, "cash_tied_up": inputs.delay_days}
    return [line for line, one in deciding.items() if isinstance(one, Estimate) and one.source == NOT_COMPARED]


def case_outcome(
    values: Mapping[str, FloatArray],
    inputs: HandoffInputs,
    known: KnownInputs,
    terms: CaseTerms,
    *,
    is_loss_added: bool,
) -> Outcome:
    """Return what a handoff costs and brings at some values of its inputs.

    Parameters
    ----------
    values
        Every input by name, as arrays of one common length or of length one.
    inputs, known, terms
        What else the case rests on.
    is_loss_added
        Whether revenue that is likely lost may be added to the cost.
    """
    return outcome(
        values,
        soap_or_file_sides=inputs.soap_or_file_sides,
        annual_volume_growth=inputs.annual_volume_growth,
        horizon_months=terms.horizon_months,
        annual_discount_rate=terms.annual_discount_rate,
        weeks_to_full_benefit=terms.weeks_to_full_benefit,
        is_volume_of_invoices=is_volume_of_invoices(known.own),
        is_loss_added=is_loss_added,
    )


def judged(found: Outcome, terms: CaseTerms) -> Judgement:
    """Return what an outcome's cash flows are worth."""
    return judgement(found.flow_terms, terms.annual_discount_rate)


def _after_evidence(known: KnownInputs, single: Outcome) -> Evidence:
    kinds = [
        known.evidence((*NOW_INPUTS[line], *AFTER_INPUTS[line]))
        for line in single.added
        if np.any(single.now[line] != 0) or np.any(single.after[line] != 0)
    ]
    return weakest_of(kinds)
