"""The recommendation as tables: what to do with each handoff, and what must be true for that to pay."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import pyarrow as pa

from toolkit.roi.alternatives import subscribe_or_build
from toolkit.roi.case import CaseTerms
from toolkit.roi.conditions import conditions
from toolkit.roi.cost_inputs import tried_cleanup
from toolkit.roi.inputs import HandoffInputs, SharedInputs, known_inputs
from toolkit.roi.portfolio import cleanup_inputs
from toolkit.roi.recommendation import Recommendation
from toolkit.tables import CONDITION, RECOMMENDATION


@dataclass(frozen=True, slots=True)
class Money:
    """What the cases rest on: inputs of each handoff by id, those of all, currency and terms."""

    handoffs: Mapping[str, HandoffInputs]
    shared: SharedInputs
    currency: str
    terms: CaseTerms


def recommendation_table(advice: Recommendation, money: Money, included: Collection[str]) -> pa.Table:
    """Return the choices in the order of doing, schema RECOMMENDATION.

    Parameters
    ----------
    advice
        What to do with each handoff.
    money
        What the cases rest on.
    included
        The handoffs that the total adds up.
    """
    rows = []
    for place, one in enumerate(advice.choices, start=1):
        inputs = money.handoffs[one.handoff_id]
        known = known_inputs(inputs, money.shared, money.currency).all
        other = subscribe_or_build(inputs, known, currency=money.currency, horizon_months=money.terms.horizon_months)
        rows.append(
            {
                "handoff_id": one.handoff_id,
                "decision": one.decision,
                "wave": one.wave,
                "place": place,
                "reason": one.reason,
                "is_in_total": one.handoff_id in included,
                "lacking": list(one.lacking),
                "npv_low": one.npv_low,
                "npv_median": one.npv_median,
                "subscribe_build": other.build if other else None,
                "subscribe_fee": other.fee if other else None,
                "subscribe_months": other.months if other else None,
                "subscribe_items": other.items if other else None,
            }
        )
    return RECOMMENDATION.from_rows(rows)


def condition_table(advice: Recommendation, money: Money) -> pa.Table:
    """Return what must be true for the recommended handoffs to pay, the tightest first, schema CONDITION."""
    if advice.case is None:
        return CONDITION.empty()
    found = conditions(
        {name: money.handoffs[name] for name in advice.connected},
        money.shared,
        currency=money.currency,
        terms=money.terms,
        shared_cost=-tried_cleanup(cleanup_inputs(money.shared, money.currency)).base,
    )
    return CONDITION.from_rows(
        {
            "name": one.name,
            "assumed": one.assumed,
            "factor": one.factor,
            "limit": one.limit,
            "unit": one.unit,
            "is_least": one.is_least,
        }
        for one in found
    )
