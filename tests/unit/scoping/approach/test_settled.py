"""What is unknown: settled where it cannot change the answer, asked for where it can."""

import itertools
from typing import Any

import pytest

from toolkit.errors import UnknownNameError
from toolkit.scoping.approach.facts import ApproachFacts, ApproachLimits
from toolkit.scoping.approach.rules import recommended_approach
from toolkit.scoping.approach.settled import settled_answer

ORDINARY: dict[str, Any] = {
    "is_within_one_system": False,
    "is_reporting_only": False,
    "is_embedded": False,
    "native_exists": False,
    "api_available_both": True,
    "file_available": True,
    "critical": False,
    "real_time_needed": False,
    "same_category_platforms": 1,
    "connector_both_sides": True,
    "audit_trail_required": False,
    "high_volume_near_real_time": False,
    "versioned_codebase_required": False,
    "has_several_entities": False,
    "has_several_currencies": False,
    "complex_logic": False,
    "linear": True,
    "ops_per_month": 400,
    "process_aligned": True,
    "systems_in_landscape": 4,
    "in_house_developer": True,
    "flows_in_landscape": 3,
    "steps_per_run": 3,
}


def test_with_every_fact_known_the_answer_is_that_of_the_rules() -> None:
    """Nothing is left to ask."""
    found = settled_answer(ORDINARY)

    assert found.answer == recommended_approach(ApproachFacts(**ORDINARY))
    assert (found.possible, found.deciding, found.for_flags) == (("IPAAS_SIMPLE",), (), ())


def test_an_unknown_fact_that_changes_the_answer_leaves_it_open() -> None:
    """Nobody has said whether an audit trail is required: it is asked, and not taken for no."""
    found = settled_answer({**ORDINARY, "audit_trail_required": None})

    assert found.answer is None
    assert found.possible == ("CUSTOM", "IPAAS_SIMPLE")
    assert found.deciding == ("audit_trail_required",)
    assert found.as_usual.approach == "IPAAS_SIMPLE"


def test_an_unknown_fact_that_changes_nothing_is_not_asked() -> None:
    """Where no interface is, and it is critical, files are out: whether some exist does not matter."""
    known = {**ORDINARY, "api_available_both": False, "critical": True}
    known["file_available"] = known["ops_per_month"] = known["audit_trail_required"] = None

    found = settled_answer(known)

    assert found.answer is not None
    assert found.answer.approach == "CUSTOM"
    assert found.deciding == ()


def test_reasons_that_hold_whatever_is_unknown_are_named() -> None:
    """The audit trail forces code; whether it must be versioned as well is unknown and no reason."""
    found = settled_answer({**ORDINARY, "audit_trail_required": True, "versioned_codebase_required": None})

    assert found.answer is not None
    assert found.answer.reasons == ("C_AUDIT",)


def test_a_flag_that_hangs_on_an_unknown_fact_is_asked_beside_the_answer() -> None:
    """Code is settled; whether a contractor is needed is not."""
    found = settled_answer({**ORDINARY, "audit_trail_required": True, "in_house_developer": None, "process_aligned": None})

    assert found.answer is not None
    assert found.answer.flags == ()
    assert found.for_flags == ("process_aligned", "in_house_developer")


@pytest.mark.parametrize(
    ("fact", "possible"),
    [
        ("native_coverage", ("NATIVE", "NATIVE_PLUS_IPAAS", "IPAAS_SIMPLE")),
        ("must_have_missing", ("NATIVE", "NATIVE_PLUS_IPAAS")),
        ("ops_per_month", ("IPAAS_ADVANCED", "IPAAS_SIMPLE")),
        ("same_category_platforms", ("UNIFIED_API", "IPAAS_SIMPLE")),
    ],
)
def test_a_number_that_nobody_knows_may_stand_on_either_side_of_each_line(fact: str, possible: tuple[str, ...]) -> None:
    """All answers that it could lead to are told."""
    native = {"native_exists": True, "native_coverage": 0.9, "must_have_missing": False}
    known = {**ORDINARY, **(native if fact in native else {}), fact: None}

    found = settled_answer(known)

    assert found.possible == possible
    assert fact in found.deciding


def test_limits_that_fall_together_leave_no_third_answer() -> None:
    """Where poor ends where good begins, a connector is enough or no help."""
    limits = ApproachLimits(native_poor_share=0.8)
    known = {**ORDINARY, "native_exists": True, "native_coverage": None, "must_have_missing": False}

    assert settled_answer(known, limits).possible == ("NATIVE", "IPAAS_SIMPLE")


def test_amounts_that_nobody_knows_leave_their_rules_out() -> None:
    """The business case says itself what it lacks."""
    assert settled_answer({**ORDINARY, "net_monthly_saving": None}).is_settled
    loss = {**ORDINARY, "net_monthly_saving": -1.0, "one_time_cost": 10.0, "native_exists": None}
    assert settled_answer(loss).possible == ("LEAVE_MANUAL",)


def test_a_fact_that_no_rule_knows_is_named_with_the_nearest() -> None:
    """A slip of the pen does not pass for an unknown fact."""
    with pytest.raises(UnknownNameError, match="'critical'"):
        settled_answer({"critcal": True})


@pytest.mark.parametrize("unknown", [*itertools.combinations(("critical", "native_exists", "complex_logic", "linear"), 2)])
def test_what_is_possible_is_what_the_rules_say_for_some_value(unknown: tuple[str, str]) -> None:
    """No more and no less, held against trying every combination."""
    known = {**ORDINARY, "native_coverage": 0.9, "must_have_missing": False, "api_available_both": False}
    tried = {
        recommended_approach(ApproachFacts(**{**known, **dict(zip(unknown, values, strict=True))})).approach
        for values in itertools.product((False, True), repeat=2)
    }

    assert {*settled_answer({**known, **dict.fromkeys(unknown)}).possible} == tried
