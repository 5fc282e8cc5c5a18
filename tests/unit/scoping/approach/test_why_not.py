"""Why a way is not the advice."""

from typing import Any

import pytest

from tests.unit.scoping.approach.advised import advice
from toolkit.scoping.approach.facts import ApproachCode
from toolkit.scoping.approach.ways import Way
from toolkit.scoping.approach.why_not import why_not


@pytest.mark.parametrize(
    ("approach", "facts", "words"),
    [
        ("NATIVE", {}, "no vendor offers a connector to the other"),
        ("FILE_BATCH", {}, "both sides have an interface"),
        ("FILE_BATCH", {"real_time_needed": True}, "sooner than a day"),
        ("FILE_BATCH", {"critical": True}, "too much hangs on every item"),
        ("IPAAS_SIMPLE", {"api_available_both": False}, "a side has no interface"),
        ("UNIFIED_API", {"api_available_both": False}, "a side has no interface"),
        ("IPAAS_SIMPLE", {"audit_trail_required": True}, "every step must be on record"),
        ("IPAAS_ADVANCED", {"connector_both_sides": False}, "no platform has a connector for a side"),
        ("CUSTOM", {}, "a flow on a simple platform comes first: it is simple, straight, and small"),
    ],
)
def test_what_rules_a_way_out_is_said(approach: ApproachCode, facts: dict[str, Any], words: str) -> None:
    """Else which rule came first."""
    found = advice(**facts)
    ways = {one.approach: one for one in found.ways}
    assert found.settled.answer is not None

    assert words in (why_not(ways[approach], ways[found.settled.answer.approach], found) or "")


def test_a_must_have_that_is_lost_is_said() -> None:
    """Of the vendors' own connector."""
    found = advice(native_exists=True, native_coverage=0.9, must_have_missing=True)
    ways = {one.approach: one for one in found.ways}

    assert (why_not(ways["NATIVE"], ways["NATIVE_PLUS_IPAAS"], found) or "").startswith("the vendors' own connector loses")


def test_the_difference_in_money_is_said_where_both_are_known() -> None:
    """More, less, the same, or nothing."""
    found = advice()
    chosen = Way("IPAAS_SIMPLE", 36, one_time=100.0, running_per_month=0.0, work_per_month=0.0)

    def said(cost: float | None) -> str:
        return why_not(Way("CUSTOM", 36, one_time=cost, running_per_month=0.0, work_per_month=0.0), chosen, found) or ""

    assert said(1_350.4).endswith("it costs 1,250 more")
    assert said(40.0).endswith("it costs 60 less")
    assert said(100.2).endswith("it costs the same")
    assert said(None).endswith("small")


def test_as_long_as_nothing_is_settled_only_what_is_ruled_out_is_said() -> None:
    """The others are open."""
    found = advice(complex_logic=None)
    ways = {one.approach: one for one in found.ways}

    assert why_not(ways["CUSTOM"], None, found) == "not settled yet"
    assert why_not(ways["NATIVE"], None, found) == "no vendor offers a connector to the other"
