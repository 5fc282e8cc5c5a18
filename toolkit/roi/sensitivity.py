"""Which input moves a result most: each at its P10 and P90 in turn, all others at their median.

Source: cost model, section 10.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from toolkit.roi.case import CaseTerms, case_outcome
from toolkit.roi.cash_flow import growth_factors
from toolkit.roi.distributions import Distribution, Fixed
from toolkit.roi.draws import distribution, is_volume_of_invoices
from toolkit.roi.flows import FlowTerms
from toolkit.roi.inputs import HandoffInputs, KnownInputs, SharedInputs, known_inputs
from toolkit.roi.judgement import judgement
from toolkit.roi.quantity import FloatArray
from toolkit.roi.simulation import TornadoRow

_PER_TRIAL = ("gross_benefit", "running", "one_time", "build_months", "parallel_months")


@dataclass(frozen=True, slots=True)
class Tried:
    """A result with all inputs at their median, and with each uncertain one at its P10 and at its P90.

    ``flow_terms`` is what the flows follow from with all inputs at their median.
    """

    base: float
    at_ends: Mapping[str, tuple[float, float]]
    flow_terms: tuple[FlowTerms, ...] = ()


def npv_sensitivity(
    inputs: HandoffInputs,
    shared: SharedInputs,
    *,
    currency: str,
    terms: CaseTerms | None = None,
    low_p: float = 0.1,
    high_p: float = 0.9,
) -> tuple[TornadoRow, ...]:
    """Return what each uncertain input does to the net present value, widest first, ties by name.

    Parameters
    ----------
    inputs, shared, currency, terms
        As for ``handoff_case``.
    low_p, high_p
        Quantiles at which each input is tried.

    Returns
    -------
    tuple of TornadoRow
        Empty where an input is missing, and without rows for inputs that nobody doubts or that play no part.
    """
    if known_inputs(inputs, shared, currency).missing:
        return ()
    tried = tried_inputs(inputs, shared, currency=currency, terms=terms or CaseTerms(), low_p=low_p, high_p=high_p)
    rows = [TornadoRow(name, low, high, abs(high - low)) for name, (low, high) in tried.at_ends.items()]
    return tuple(sorted(rows, key=lambda row: (-row.swing, row.name)))


def tried_inputs(
    inputs: HandoffInputs,
    shared: SharedInputs,
    *,
    currency: str,
    terms: CaseTerms,
    is_cost_now: bool = False,
    low_p: float = 0.1,
    high_p: float = 0.9,
) -> Tried:
    """Return the net present value of a handoff, or its cost a month now, at the medians and at each input's ends.

    Parameters
    ----------
    inputs, shared, currency, terms
        As for ``handoff_case``.
    is_cost_now
        Whether to look at today's cost, for which no input of the connection is needed.
    low_p, high_p
        Quantiles at which each input is tried.
    """
    known = known_inputs(inputs, shared, currency)
    spreads = {name: distribution(given) for name, given in known.all.items()}
    is_one_draw = is_volume_of_invoices(known.own)
    names = sorted(
        name
        for name, spread in spreads.items()
        if not isinstance(spread, Fixed) and name not in known.idle and not (is_one_draw and name == "invoices_per_month")
    )
    # One trial per try: the first is all medians, then come each input low, then each input high.
    values = {name: np.full(1 + 2 * len(names), _quantile(spread, 0.5)) for name, spread in spreads.items()}
    for place, name in enumerate(names, start=1):
        values[name][place] = _quantile(spreads[name], low_p)
        values[name][place + len(names)] = _quantile(spreads[name], high_p)
    if is_one_draw:
        values["invoices_per_month"] = values["volume_per_month"]
    unknown = {name: np.array([np.nan]) for name in known.missing}
    outcome = case_outcome({**unknown, **values}, inputs, known, terms, is_loss_added=shared.is_loss_added)
    told = outcome.cost_now if is_cost_now else judgement(outcome.flow_terms, terms.annual_discount_rate).npv
    found = np.broadcast_to(told, (1 + 2 * len(names),))
    lows, highs = found[1 : 1 + len(names)], found[1 + len(names) :]
    ends = {name: (float(low), float(high)) for name, low, high in zip(names, lows, highs, strict=True)}
    return Tried(float(found[0]), ends, tuple(_first_trial(one) for one in outcome.flow_terms))


@lru_cache(maxsize=8192)
def _quantile(spread: Distribution, probability: float) -> float:
    """Return an exact quantile; most inputs are the same from one trial of an assumption to the next."""
    return spread.quantiles(np.array([probability])).item()


def _first_trial(terms: FlowTerms) -> FlowTerms:
    return replace(terms, **{name: getattr(terms, name)[:1] for name in _PER_TRIAL})


def npv_at_other_terms(flow_terms: Sequence[FlowTerms], terms: CaseTerms, growths: Sequence[float]) -> float:
    """Return the net present value of flows, one trial each, as it were at other terms of the calculation.

    Parameters
    ----------
    flow_terms
        What the flows of each investment follow from.
    terms
        How far to look, at what rate, and how soon the benefit is complete.
    growths
        Change of the items a year, one per investment.
    """
    worth = 0.0
    for growth in dict.fromkeys(growths):
        alike = [one for one, own in zip(flow_terms, growths, strict=True) if own == growth]
        # Side by side they are judged at once, each as a trial of its own.
        stacked = {name: np.concatenate([getattr(one, name) for one in alike]) for name in _PER_TRIAL}
        grown = growth_factors(growth, terms.horizon_months)
        together = FlowTerms(**stacked, growth=grown, weeks_to_full=terms.weeks_to_full_benefit)
        worth += float(judgement([together], terms.annual_discount_rate).npv.sum())
    return worth


def npv_of(
    values: Mapping[str, FloatArray], inputs: HandoffInputs, known: KnownInputs, terms: CaseTerms, *, is_loss_added: bool
) -> FloatArray:
    """Return the net present value of a handoff at some values of its inputs.

    Parameters
    ----------
    values
        Every known input by name, as arrays of one common length or of length one.
    inputs, known, terms, is_loss_added
        As for ``case_outcome``.
    """
    found = case_outcome(values, inputs, known, terms, is_loss_added=is_loss_added)
    return judgement(found.flow_terms, terms.annual_discount_rate).npv
