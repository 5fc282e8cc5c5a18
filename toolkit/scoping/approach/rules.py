"""The ordered rules: native first, then a platform, then code of one's own. The first that fits wins, with its reasons.

Source: cost model, section 11. Three rules stand beside its eleven: what one system can do alone is no connection, what is
only read goes to a reporting feed, and what shows up inside another application needs its interface.
"""

from collections.abc import Callable
from dataclasses import dataclass

from toolkit.roi.fees import build_or_subscribe_months
from toolkit.scoping.approach.facts import ApproachCode, ApproachFacts, ApproachLimits

_ROUNDING = 1e-9
"""Shares are quotients of weights: four fifths of them may come out a hair below 0.8."""

_USUAL = ApproachLimits()

ON_PLATFORM: frozenset[ApproachCode] = frozenset({"IPAAS_SIMPLE", "IPAAS_ADVANCED", "NATIVE_PLUS_IPAAS"})
"""Approaches that need a platform's subscription."""


@dataclass(frozen=True, slots=True)
class ApproachAnswer:
    """How to connect a handoff, the codes of the reasons, and flags that change nothing of it but must be known."""

    approach: ApproachCode
    reasons: tuple[str, ...]
    flags: tuple[str, ...]


def recommended_approach(facts: ApproachFacts, limits: ApproachLimits = _USUAL) -> ApproachAnswer:
    """Return how to connect a handoff, and why.

    Parameters
    ----------
    facts
        What is known of it; all defaults: two mainstream applications, few items, nothing special.
    limits
        Where the rules draw their lines.

    Examples
    --------
    >>> recommended_approach(ApproachFacts(native_exists=True, native_coverage=0.8)).approach
    'NATIVE'
    >>> recommended_approach(ApproachFacts(api_available_both=False)).flags
    ('VENDOR_API_GAP',)
    """
    approach, reasons = first_fitting(facts, limits)
    return ApproachAnswer(approach, reasons, tuple(one for one, applies in FLAGS if applies(facts, limits, approach)))


def first_fitting(facts: ApproachFacts, limits: ApproachLimits = _USUAL) -> tuple[ApproachCode, tuple[str, ...]]:
    """Return the answer of the first rule that fits, and its reasons."""
    for approach, reasons in _RULES:
        found = reasons(facts, limits)
        if found:
            return approach, found
    return "IPAAS_SIMPLE", ("S_SIMPLE",)


def break_even_months(facts: ApproachFacts) -> float | None:
    """Return after how many months a build has cost less than the platform; null where it never does, or a price lacks."""
    if facts.ipaas_monthly is None or facts.custom_build is None:
        return None
    return build_or_subscribe_months(facts.custom_build, facts.custom_monthly, facts.ipaas_monthly, facts.ipaas_setup)


Reasons = Callable[[ApproachFacts, ApproachLimits], tuple[str, ...]]


def _in_system(facts: ApproachFacts, _: ApproachLimits) -> tuple[str, ...]:
    return _if(facts.is_within_one_system, "ONE_SYSTEM")


def _no_payback(facts: ApproachFacts, _: ApproachLimits) -> tuple[str, ...]:
    saving, cost = facts.net_monthly_saving, facts.one_time_cost
    if saving is None or cost is None:
        return ()
    return _if(saving <= 0 or cost > saving * facts.horizon_months, "G_NO_PAYBACK")


def _reporting(facts: ApproachFacts, _: ApproachLimits) -> tuple[str, ...]:
    return _if(facts.is_reporting_only, "REPORTING")


def _native(facts: ApproachFacts, limits: ApproachLimits) -> tuple[str, ...]:
    is_enough = (
        facts.native_exists
        and not facts.is_embedded
        and facts.native_coverage >= limits.native_good_share - _ROUNDING
        and not facts.must_have_missing
    )
    return _if(is_enough, "N80")


def _file(facts: ApproachFacts, _: ApproachLimits) -> tuple[str, ...]:
    is_possible = (
        not facts.api_available_both
        and facts.file_available
        and not facts.critical
        and not facts.real_time_needed
        and not facts.is_embedded
    )
    return _if(is_possible, "FILE")


def _no_interface(facts: ApproachFacts, _: ApproachLimits) -> tuple[str, ...]:
    return _if(not facts.api_available_both, "NOAPI")


def _unified(facts: ApproachFacts, limits: ApproachLimits) -> tuple[str, ...]:
    return _if(facts.same_category_platforms >= limits.min_same_category, "UNI")


def _custom(facts: ApproachFacts, _: ApproachLimits) -> tuple[str, ...]:
    found = (
        *_if(not facts.connector_both_sides, "C_NOCONN"),
        *_if(facts.audit_trail_required, "C_AUDIT"),
        *_if(facts.high_volume_near_real_time, "C_VOLUME"),
        *_if(facts.versioned_codebase_required, "C_CODE"),
        *_if(facts.is_embedded, "C_EMBEDDED"),
        *_if(facts.has_several_entities, "C_ENTITIES"),
        *_if(facts.has_several_currencies, "C_CURRENCIES"),
    )
    # Logic alone is what platforms are for; where something forces code, it goes into the code.
    return (*found, *_if(facts.complex_logic, "C_LOGIC")) if found else ()


def _dear_subscription(facts: ApproachFacts, limits: ApproachLimits) -> tuple[str, ...]:
    months = break_even_months(facts)
    return _if(months is not None and months <= limits.max_break_even_months + _ROUNDING, "C_TCO")


def _logic(facts: ApproachFacts, _: ApproachLimits) -> tuple[str, ...]:
    return _if(facts.complex_logic or not facts.linear, "A_LOGIC")


def _volume(facts: ApproachFacts, limits: ApproachLimits) -> tuple[str, ...]:
    return _if(facts.ops_per_month > limits.simple_max_ops, "A_VOLUME")


def _native_in_part(facts: ApproachFacts, limits: ApproachLimits) -> tuple[str, ...]:
    return _if(facts.native_exists and facts.native_coverage > limits.native_poor_share + _ROUNDING, "N50_80")


_RULES: tuple[tuple[ApproachCode, Reasons], ...] = (
    ("AUTOMATE_IN_SYSTEM", _in_system),
    ("LEAVE_MANUAL", _no_payback),
    ("ANALYTICS_FEED", _reporting),
    ("NATIVE", _native),
    ("FILE_BATCH", _file),
    ("CUSTOM", _no_interface),
    ("UNIFIED_API", _unified),
    ("CUSTOM", _custom),
    ("CUSTOM", _dear_subscription),
    ("IPAAS_ADVANCED", _logic),
    ("IPAAS_ADVANCED", _volume),
    ("NATIVE_PLUS_IPAAS", _native_in_part),
)


def _if(applies: bool, code: str) -> tuple[str, ...]:  # noqa: FBT001 - a condition and what it means, read like a sentence
    return (code,) if applies else ()


Flag = Callable[[ApproachFacts, ApproachLimits, ApproachCode], bool]


def _is_built(approach: ApproachCode) -> bool:
    return approach in {"CUSTOM", "UNIFIED_API"}


def _is_reviewed_later(facts: ApproachFacts, limits: ApproachLimits, approach: ApproachCode) -> bool:
    if approach not in ON_PLATFORM:
        return False
    months = break_even_months(facts)
    return months is not None and limits.max_break_even_months + _ROUNDING < months <= facts.horizon_months


FLAGS: tuple[tuple[str, Flag], ...] = (
    ("FIX_PROCESS_FIRST", lambda facts, _limits, _approach: not facts.process_aligned),
    ("HUB_NOT_POINT_TO_POINT", lambda facts, limits, _approach: facts.systems_in_landscape >= limits.hub_min_systems),
    ("VENDOR_API_GAP", lambda facts, _limits, approach: approach == "CUSTOM" and not facts.api_available_both),
    ("NEEDS_CONTRACTOR", lambda facts, _limits, approach: _is_built(approach) and not facts.in_house_developer),
    ("REVIEW_CUSTOM_LATER", _is_reviewed_later),
    ("MANY_FLOWS", lambda facts, limits, approach: approach in ON_PLATFORM and _is_crowded(facts, limits)),
)
"""What must be known beside the answer, each with when: the flags never change it."""


def _is_crowded(facts: ApproachFacts, limits: ApproachLimits) -> bool:
    return facts.flows_in_landscape >= limits.many_flows or facts.steps_per_run >= limits.many_steps
