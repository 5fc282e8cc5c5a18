"""Adding up the outcomes of several handoffs, trial by trial, with what they pay for together.

Source: cost model, sections 5 and 10.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from toolkit.roi.flows import FlowTerms
from toolkit.roi.model import LINES, Outcome
from toolkit.roi.one_time import cleanup_cost
from toolkit.roi.outcome_words import LOSS
from toolkit.roi.quantity import FloatArray

ONE_TIME_PARTS = ("build", "cleanup", "training", "parallel_run", "contingency")


def summed(outcomes: Sequence[Outcome]) -> Outcome:
    """Return the sum of outcomes whose trials belong together; a break-even volume of different items does not exist.

    Revenue likely lost is the sum over those of which it is known: where it is known of none, it is unknown.
    """
    return Outcome(
        now={line: _line([one.now[line] for one in outcomes], line) for line in LINES},
        after={line: _line([one.after[line] for one in outcomes], line) for line in LINES},
        hours_now=_added([one.hours_now for one in outcomes]),
        hours_after=_added([one.hours_after for one in outcomes]),
        one_time_parts={part: _added([one.one_time_parts[part] for one in outcomes]) for part in ONE_TIME_PARTS},
        working_capital_now=_added([one.working_capital_now for one in outcomes]),
        working_capital_after=_added([one.working_capital_after for one in outcomes]),
        gross_duplicates_per_month=_added([one.gross_duplicates_per_month for one in outcomes]),
        break_even_volume=None,
        flow_terms=tuple(terms for one in outcomes for terms in one.flow_terms),
    )


def unknown_outcome(horizon_months: int) -> Outcome:
    """Return an outcome of which nothing is known: where no handoff has its inputs, the total is unknown and not zero."""
    return _flat(np.nan, horizon_months)


def shared_cleanup(values: Mapping[str, FloatArray], horizon_months: int) -> Outcome:
    """Return the outcome of a clean-up that serves all handoffs together: a one-time cost with its reserve, nothing else.

    Parameters
    ----------
    values
        Counts, minutes, hourly rate and reserve by name.
    horizon_months
        Length of the flows.
    """
    cost = np.asarray(
        cleanup_cost(
            values["duplicate_records"],
            values["cleanup_minutes_per_duplicate"],
            values["mismatched_records"],
            values["cleanup_minutes_per_mismatch"],
            values["loaded_rate_per_hour"],
        ).cleanup_cost
    )
    reserve = cost * values["contingency_rate"]
    nothing = _flat(0.0, horizon_months)
    [no_flows] = nothing.flow_terms
    return replace(
        nothing,
        one_time_parts={**nothing.one_time_parts, "cleanup": cost, "contingency": reserve},
        flow_terms=(replace(no_flows, one_time=cost + reserve),),
    )


def _flat(value: float, horizon_months: int) -> Outcome:
    each = np.array([value])
    return Outcome(
        now=dict.fromkeys(LINES, each),
        after=dict.fromkeys(LINES, each),
        hours_now=each,
        hours_after=each,
        one_time_parts=dict.fromkeys(ONE_TIME_PARTS, each),
        working_capital_now=each,
        working_capital_after=each,
        gross_duplicates_per_month=each,
        break_even_volume=None,
        flow_terms=(FlowTerms(each, each, each, np.zeros(1), np.zeros(1), np.ones(horizon_months)),),
    )


def _line(arrays: Sequence[FloatArray], line: str) -> FloatArray:
    known = [one for one in arrays if not np.isnan(one).any()] if line == LOSS else []
    is_known = any(one.any() for one in known) or len(known) == len(arrays)
    return _added(known if is_known and known else arrays)


def _added(arrays: Sequence[FloatArray]) -> FloatArray:
    # In the order of the handoffs, one by one: a sum of doubles by pairs or blocks would differ in its last digit.
    return np.asarray(sum(arrays[1:], arrays[0]), dtype=np.float64)
