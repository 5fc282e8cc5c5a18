"""A handoff to be advised on, and what is known of it."""

from datetime import date
from typing import Any

from tests.unit.scoping.approach.test_settled import ORDINARY
from toolkit.estimates import Estimate, certain
from toolkit.roi.case import CaseTerms
from toolkit.roi.inputs import HandoffInputs, SharedInputs
from toolkit.scoping.approach.advice import HandoffAdvice, HandoffMoney, handoff_advice

TERMS = CaseTerms(trials=100)
_OF_MONEY = ("ops_per_month", "high_volume_near_real_time", "steps_per_run")
KNOWN: dict[str, Any] = {name: value for name, value in ORDINARY.items() if name not in _OF_MONEY}


def sure(value: float) -> Estimate:
    return certain(value, "as named", "measured")


SHARED = SharedInputs(loaded_rate_per_hour=sure(30), day_rate=sure(600), contingency_rate=sure(0.2))
INPUTS = HandoffInputs(
    volume_per_month=sure(100),
    minutes_per_item=sure(12),
    error_rate=sure(0),
    delay_days=sure(0),
    automation_rate=sure(0.8),
    exception_minutes=sure(12),
    monitoring_hours_per_month=sure(0),
    training=sure(0),
    parallel_run_weeks=sure(0),
    parallel_run_hours_per_week=sure(0),
    build_class="simple",
)


def money(inputs: HandoffInputs = INPUTS, shared: SharedInputs = SHARED, **more: Any) -> HandoffMoney:
    return HandoffMoney(inputs, shared, more.pop("currency", "USD"), TERMS, date(2025, 6, 1), **more)


def advice(given: HandoffMoney | None = None, *, is_soon: bool | None = False, **facts: Any) -> HandoffAdvice:
    return handoff_advice({**KNOWN, **facts}, given or money(), is_soon=is_soon)
