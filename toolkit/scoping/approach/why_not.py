"""Why a way was not chosen, in words: what rules it out, else which rule came first, and what it costs beside the choice."""

from collections.abc import Mapping
from typing import Any

from toolkit.scoping.approach.advice import HandoffAdvice
from toolkit.scoping.approach.facts import ApproachCode
from toolkit.scoping.approach.rules import ON_PLATFORM
from toolkit.scoping.approach.ways import Way
from toolkit.scoping.approach.words import APPROACH_WORDS, REASON_WORDS

_NATIVE: frozenset[ApproachCode] = frozenset({"NATIVE", "NATIVE_PLUS_IPAAS"})
_UNMET = {
    "connector_both_sides": (False, "C_NOCONN"),
    "audit_trail_required": (True, "C_AUDIT"),
    "high_volume_near_real_time": (True, "C_VOLUME"),
    "versioned_codebase_required": (True, "C_CODE"),
    "is_embedded": (True, "C_EMBEDDED"),
    "has_several_entities": (True, "C_ENTITIES"),
    "has_several_currencies": (True, "C_CURRENCIES"),
}
"""Facts that no platform meets, with the value that says so and the reason."""


def why_not(way: Way, chosen: Way | None, advice: HandoffAdvice) -> str | None:
    """Return why a way was not chosen; null for the one that was.

    Parameters
    ----------
    way
        The way.
    chosen
        The one that was; none as long as nothing is settled.
    advice
        What was known.
    """
    if chosen is not None and way.approach == chosen.approach:
        return None
    obstacle = _obstacle(way.approach, advice.facts)
    if chosen is None or advice.settled.answer is None:
        return obstacle or "not settled yet"
    reasons = "; ".join(REASON_WORDS[code] for code in advice.settled.answer.reasons)
    first = obstacle or f"{APPROACH_WORDS[chosen.approach]} comes first: {reasons}"
    return f"{first}{_difference(way, chosen)}"


def _difference(way: Way, chosen: Way) -> str:
    if way.total is None or chosen.total is None:
        return ""
    more = round(way.total) - round(chosen.total)
    if not more:
        return f"; over {way.horizon_months} months it costs the same"
    return f"; over {way.horizon_months} months it costs {abs(more):,} {'more' if more > 0 else 'less'}"


def _obstacle(approach: ApproachCode, facts: Mapping[str, Any]) -> str:
    """Return what rules a way out whatever it costs; empty where nothing known does."""
    is_native, is_platform = approach in _NATIVE, approach in ON_PLATFORM
    is_file, has_no_api = approach == "FILE_BATCH", facts.get("api_available_both") is False
    obstacles = (
        (is_native and facts.get("native_exists") is False, "no vendor offers a connector to the other"),
        (approach == "NATIVE" and facts.get("must_have_missing"), "the vendors' own connector loses what must be there"),
        (is_file and facts.get("real_time_needed"), "the data must arrive sooner than a day"),
        (is_file and facts.get("critical"), "too much hangs on every item"),
        (is_file and facts.get("api_available_both"), "both sides have an interface, and files must be looked after"),
        ((is_platform or approach == "UNIFIED_API") and has_no_api, "a side has no interface"),
        *((is_platform and facts.get(name) is value, REASON_WORDS[code]) for name, (value, code) in _UNMET.items()),
    )
    return next((words for applies, words in obstacles if applies), "")
