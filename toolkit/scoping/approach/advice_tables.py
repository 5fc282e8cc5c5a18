"""The advice on handoffs as tables: the answer with its reasons, every way with its cost, platforms, lines nearby."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from toolkit.scoping.approach.advice import HandoffAdvice
from toolkit.scoping.approach.coverage import NativeCoverage
from toolkit.scoping.approach.facts import ApproachCode
from toolkit.scoping.approach.feasibility import Feasibility
from toolkit.scoping.approach.fee_curves import FeeCurves
from toolkit.scoping.approach.hub import wiring_advice
from toolkit.scoping.approach.service_level import Delivery
from toolkit.scoping.approach.ways import Way
from toolkit.scoping.approach.why_not import why_not
from toolkit.scoping.approach.words import APPROACH_WORDS, FLAG_WORDS, REASON_WORDS, WAY_WORDS, Question, asked
from toolkit.tables import APPROACH, APPROACH_FEE, APPROACH_FLIP, APPROACH_PLATFORM, APPROACH_WAY

_ONLY_WITH_NATIVE: tuple[ApproachCode, ...] = ("NATIVE", "NATIVE_PLUS_IPAAS")


@dataclass(frozen=True, slots=True)
class AdvisedHandoff:
    """A handoff with its advice and what else was gathered; ``unknown_of`` names the systems that a fact is unknown of."""

    handoff_id: str
    advice: HandoffAdvice
    coverage: NativeCoverage
    feasibility: Feasibility
    delivery: Delivery
    unknown_of: Mapping[str, tuple[str, ...]]
    remarks: tuple[str, ...]
    decision: str | None
    fees: FeeCurves = field(default_factory=FeeCurves)


def approach_tables(handoffs: Sequence[AdvisedHandoff]) -> dict[str, pa.Table]:
    """Return the advice as the tables of the approach, by name."""
    return {
        APPROACH.name: APPROACH.from_rows(_answer(one) for one in handoffs),
        APPROACH_WAY.name: APPROACH_WAY.from_rows(row for one in handoffs for row in _ways(one)),
        APPROACH_PLATFORM.name: APPROACH_PLATFORM.from_rows(row for one in handoffs for row in _platforms(one)),
        APPROACH_FEE.name: APPROACH_FEE.from_rows(row for one in handoffs for row in _fees(one)),
        APPROACH_FLIP.name: APPROACH_FLIP.from_rows(row for one in handoffs for row in _flips(one)),
    }


def _answer(one: AdvisedHandoff) -> dict[str, Any]:
    settled, facts = one.advice.settled, one.advice.facts
    answer = settled.answer
    reasons, flags = ((), ()) if answer is None else (answer.reasons, answer.flags)
    deciding = _questions(one, settled.deciding)
    beside = [each for each in _questions(one, (*settled.for_flags, *_of_delivery(one.delivery))) if each not in deciding]
    return {
        "handoff_id": one.handoff_id,
        "approach": None if answer is None else answer.approach,
        "approach_words": _words(settled.possible),
        "reason_codes": [*reasons],
        "reasons": [REASON_WORDS[code] for code in reasons],
        "flag_codes": [*flags],
        "flags": [_flag_words(code, one.advice) for code in flags],
        "possible": [*settled.possible],
        "if_usual": settled.as_usual.approach,
        "asked": [each.ask for each in deciding],
        "asked_keys": [each.key for each in deciding],
        "asked_beside": [each.ask for each in beside],
        "asked_beside_keys": [each.key for each in beside],
        "remarks": [*one.remarks],
        "money_missing": [*one.advice.money_missing],
        "decision": one.decision,
        "ops_per_month": facts["ops_per_month"],
        "native_share": one.coverage.share,
        "native_lost": [f"{name} ({direction})" for name, direction in one.coverage.lost],
        "feasibility": one.feasibility.score,
        "feasibility_known": one.feasibility.known_share,
        "effort": one.feasibility.effort,
        "delivery": one.delivery.way,
        "delivery_why": one.delivery.why,
        "checks_per_month": None if one.delivery.polled is None else one.delivery.polled.checks_per_month,
        "controls": [*one.delivery.controls],
    }


def _flag_words(code: str, advice: HandoffAdvice) -> str:
    words = FLAG_WORDS[code]
    if code != "HUB_NOT_POINT_TO_POINT":
        return words
    facts = advice.facts
    why = wiring_advice(facts["systems_in_landscape"], facts.get("flows_in_landscape") or 0, advice.limits).why
    return f"{words} {why[:1].upper()}{why[1:]}."


def _words(possible: Sequence[ApproachCode]) -> str:
    words = [APPROACH_WORDS[one] for one in possible]
    return words[0] if len(words) == 1 else f"not settled: {'; or '.join(words)}"


def _questions(one: AdvisedHandoff, facts: Iterable[str]) -> list[Question]:
    found = (each for fact in facts for each in asked(fact, handoff=one.handoff_id, systems=one.unknown_of.get(fact, ())))
    return [*dict.fromkeys(found)]


def _of_delivery(found: Delivery) -> tuple[str, ...]:
    # Whether a vendor sends messages is looked up, not asked of the client.
    return (found.asked,) if found.asked == "needed_within" else ()


def _ways(one: AdvisedHandoff) -> list[dict[str, Any]]:
    answer = one.advice.settled.answer
    chosen = None if answer is None else answer.approach
    shown = [way for way in one.advice.ways if _is_shown(way.approach, chosen, one.advice.facts)]
    if chosen is not None and chosen not in {way.approach for way in shown}:
        shown.append(_without_model(chosen, shown[0].horizon_months))
    best = next((way for way in shown if way.approach == chosen), None)
    return [
        {
            "handoff_id": one.handoff_id,
            "approach": way.approach,
            "words": APPROACH_WORDS[way.approach],
            "platform": way.platform or None,
            "is_chosen": way.approach == chosen,
            "why_not": why_not(way, best, one.advice),
            "build_days": way.build_days,
            "one_time": way.one_time,
            "running_per_month": way.running_per_month,
            "work_per_month": way.work_per_month,
            "connection_total": way.connection_total,
            "total": way.total,
            "horizon_months": way.horizon_months,
            "latency": _latency(way.approach, one.delivery),
            "upkeep": WAY_WORDS[way.approach].upkeep,
            "failure": WAY_WORDS[way.approach].failure,
            "missing": [*way.missing],
        }
        for way in shown
    ]


def _is_shown(approach: ApproachCode, chosen: ApproachCode | None, facts: Mapping[str, Any]) -> bool:
    if approach == chosen:
        return True
    if approach in _ONLY_WITH_NATIVE:
        return facts.get("native_exists") is not False
    return approach != "UNIFIED_API" or facts.get("same_category_platforms") != 1


def _without_model(approach: ApproachCode, months: int) -> Way:
    """Return a way whose price follows from no model of ours: what one system does alone costs no connection."""
    if approach == "AUTOMATE_IN_SYSTEM":
        return Way(approach, months, one_time=0.0, running_per_month=0.0, missing=("automation_rate",))
    return Way(approach, months, missing=("build_cost",))


def _latency(approach: ApproachCode, found: Delivery) -> str:
    if approach == "LEAVE_MANUAL":
        return "as today"
    if approach == "FILE_BATCH":
        return "half a day on average, a day at most"
    if found.way == "webhook":
        return "minutes"
    if found.polled is None:
        return "minutes to a day, as it is set up"
    return f"{found.polled.mean_latency_minutes:g} minutes on average, {found.polled.max_latency_minutes:g} at most"


def _platforms(one: AdvisedHandoff) -> list[dict[str, Any]]:
    return [
        {
            "handoff_id": one.handoff_id,
            "platform": offer.platform.name,
            "label": offer.platform.label,
            "branch": offer.platform.branch,
            "unit": offer.platform.unit,
            "units_per_month": offer.units_per_month,
            "tier": offer.tier or None,
            "monthly_fee": offer.monthly_fee,
            "status": offer.status,
            "as_of": offer.as_of,
            "source": offer.source,
            "note": offer.note,
        }
        for offer in one.advice.offers
    ]


def _flips(one: AdvisedHandoff) -> list[dict[str, Any]]:
    return [
        {
            "handoff_id": one.handoff_id,
            "quantity": quantity,
            "is_from": flip.is_from,
            "today": one.advice.today_of[quantity],
            "at": flip.at,
            "factor": flip.factor,
            "approach": flip.approach,
        }
        for quantity, found in one.advice.flips.items()
        for flip in found
    ]


def _fees(one: AdvisedHandoff) -> list[dict[str, Any]]:
    return [
        {
            "handoff_id": one.handoff_id,
            "platform": point.platform,
            "label": point.label,
            "items_per_month": point.items_per_month,
            "monthly_fee": point.monthly_fee,
            "build_per_month": one.fees.build_per_month,
        }
        for point in one.fees.points
    ]
