"""The ordered rules: which approach, for which reasons, with which flags."""

from typing import Any

import pytest

from toolkit.scoping.approach.facts import ApproachFacts, ApproachLimits
from toolkit.scoping.approach.rules import ApproachAnswer, break_even_months, recommended_approach


def advised(limits: ApproachLimits | None = None, **facts: Any) -> ApproachAnswer:
    return recommended_approach(ApproachFacts(**facts), limits or ApproachLimits())


def test_two_mainstream_applications_with_few_items_need_a_simple_platform() -> None:
    """Nothing special: the cheapest tool that works."""
    assert advised(ops_per_month=400) == ApproachAnswer("IPAAS_SIMPLE", ("S_SIMPLE",), ())


@pytest.mark.parametrize(
    ("share", "approach"),
    [
        (0.0, "IPAAS_SIMPLE"),
        (0.5, "IPAAS_SIMPLE"),
        (0.51, "NATIVE_PLUS_IPAAS"),
        (0.799, "NATIVE_PLUS_IPAAS"),
        (0.8, "NATIVE"),
        (1.0, "NATIVE"),
    ],
)
def test_a_native_connector_is_worth_it_from_four_fifths_and_helps_above_the_half(share: float, approach: str) -> None:
    """Exactly one half counts as poor."""
    assert advised(native_exists=True, native_coverage=share).approach == approach
    assert advised(native_exists=False, native_coverage=share).approach == "IPAAS_SIMPLE"


def test_four_fifths_summed_from_tenths_are_four_fifths() -> None:
    """Eight tenths added up are a hair below 0.8 in floating point."""
    share = sum([0.1] * 8)

    assert share < 0.8
    assert advised(native_exists=True, native_coverage=share).approach == "NATIVE"
    assert advised(native_exists=True, native_coverage=0.1 + 0.1 + 0.1 + 0.2).approach == "IPAAS_SIMPLE"


def test_a_native_connector_without_a_field_that_must_be_there_is_not_enough() -> None:
    """Nine tenths of the fields do not help where the tax number is the tenth."""
    assert advised(native_exists=True, native_coverage=0.9, must_have_missing=True).approach == "NATIVE_PLUS_IPAAS"


@pytest.mark.parametrize(
    ("fact", "code"),
    [
        ({"connector_both_sides": False}, "C_NOCONN"),
        ({"audit_trail_required": True}, "C_AUDIT"),
        ({"high_volume_near_real_time": True}, "C_VOLUME"),
        ({"versioned_codebase_required": True}, "C_CODE"),
        ({"is_embedded": True}, "C_EMBEDDED"),
        ({"has_several_entities": True}, "C_ENTITIES"),
        ({"has_several_currencies": True}, "C_CURRENCIES"),
    ],
)
def test_each_demand_that_a_platform_cannot_meet_leads_to_code(fact: dict[str, bool], code: str) -> None:
    """Each alone is enough; own logic then goes into the code too."""
    assert advised(**fact).approach == "CUSTOM"
    assert advised(**fact).reasons == (code,)
    assert advised(**fact, complex_logic=True).reasons == (code, "C_LOGIC")


def test_all_reasons_for_code_are_named() -> None:
    """A client who takes one away sees that the other stays."""
    assert advised(audit_trail_required=True, versioned_codebase_required=True).reasons == ("C_AUDIT", "C_CODE")


def test_logic_alone_is_what_an_advanced_platform_is_for() -> None:
    """Connectors on both sides: no code is needed."""
    assert advised(complex_logic=True).reasons == ("A_LOGIC",)
    assert advised(linear=False).reasons == ("A_LOGIC",)


@pytest.mark.parametrize(("ops", "approach"), [(3_000, "IPAAS_SIMPLE"), (3_001, "IPAAS_ADVANCED")])
def test_more_than_three_thousand_operations_need_more_than_a_simple_platform(ops: float, approach: str) -> None:
    """A few thousand are three thousand, unless somebody says otherwise."""
    assert advised(ops_per_month=ops).approach == approach
    assert advised(ApproachLimits(simple_max_ops=5_000), ops_per_month=ops).approach == "IPAAS_SIMPLE"


@pytest.mark.parametrize(
    ("facts", "approach", "flags"),
    [
        ({}, "FILE_BATCH", ()),
        ({"critical": True}, "CUSTOM", ("VENDOR_API_GAP",)),
        ({"real_time_needed": True}, "CUSTOM", ("VENDOR_API_GAP",)),
        ({"file_available": False}, "CUSTOM", ("VENDOR_API_GAP",)),
        ({"is_embedded": True}, "CUSTOM", ("VENDOR_API_GAP",)),
    ],
)
def test_without_an_interface_files_serve_what_can_wait(
    facts: dict[str, bool], approach: str, flags: tuple[str, ...]
) -> None:
    """What is critical, or needed at once, is built, and the vendor's gap is named: no system is replaced for less."""
    found = advised(**{"api_available_both": False, "file_available": True, **facts})

    assert (found.approach, found.flags) == (approach, flags)


def test_several_systems_of_one_kind_stand_behind_one_interface() -> None:
    """Three ledgers are connected once, also inside another application."""
    assert advised(same_category_platforms=3).approach == "UNIFIED_API"
    assert advised(same_category_platforms=2, is_embedded=True).approach == "UNIFIED_API"
    assert advised(same_category_platforms=1).approach == "IPAAS_SIMPLE"


@pytest.mark.parametrize(
    ("saving", "cost", "approach"),
    [
        (0.0, 0.0, "LEAVE_MANUAL"),
        (-1.0, 100.0, "LEAVE_MANUAL"),
        (20.0, 720.01, "LEAVE_MANUAL"),
        (20.0, 720.0, "IPAAS_SIMPLE"),
        (20.0, None, "IPAAS_SIMPLE"),
        (None, 9e9, "IPAAS_SIMPLE"),
    ],
)
def test_what_does_not_pay_back_within_the_horizon_stays_by_hand(
    saving: float | None, cost: float | None, approach: str
) -> None:
    """Thirty-six months of saving must reach the one-time cost; where one of both is unknown the rule says nothing."""
    assert advised(net_monthly_saving=saving, one_time_cost=cost).approach == approach


@pytest.mark.parametrize(
    ("build", "approach", "flags"),
    [
        (1_200.0, "CUSTOM", ()),
        (1_200.01, "IPAAS_SIMPLE", ("REVIEW_CUSTOM_LATER",)),
        (3_600.0, "IPAAS_SIMPLE", ("REVIEW_CUSTOM_LATER",)),
        (3_601.0, "IPAAS_SIMPLE", ()),
    ],
)
def test_a_subscription_that_a_build_overtakes_within_a_year_is_too_dear(
    build: float, approach: str, flags: tuple[str, ...]
) -> None:
    """Overtaken later but within the horizon, the build is looked at again then."""
    found = advised(ipaas_monthly=100.0, custom_build=build)

    assert (found.approach, found.flags) == (approach, flags)


def test_a_break_even_needs_both_prices() -> None:
    """A price that nobody knows is not zero."""
    assert break_even_months(ApproachFacts(ipaas_monthly=100.0)) is None
    assert break_even_months(ApproachFacts(custom_build=100.0)) is None
    assert break_even_months(ApproachFacts(ipaas_monthly=100.0, custom_build=900.0, ipaas_setup=100.0)) == 8.0


def test_what_one_system_can_do_alone_is_no_connection() -> None:
    """Recurring invoices are switched on in the ledger: nothing is paid for a connection, so none must pay back."""
    found = advised(is_within_one_system=True, net_monthly_saving=5.0, one_time_cost=9_000.0)

    assert (found.approach, found.reasons) == ("AUTOMATE_IN_SYSTEM", ("ONE_SYSTEM",))


def test_what_is_only_read_gets_a_feed_and_no_sync() -> None:
    """A report needs no connection that writes."""
    assert advised(is_reporting_only=True, native_exists=True, native_coverage=1.0).approach == "ANALYTICS_FEED"


def test_flags_change_nothing_of_the_answer() -> None:
    """All that can be flagged at once, in the order in which it is told."""
    flagged = advised(
        process_aligned=False,
        systems_in_landscape=10,
        api_available_both=False,
        in_house_developer=False,
        flows_in_landscape=24,
    )

    assert flagged.flags == ("FIX_PROCESS_FIRST", "HUB_NOT_POINT_TO_POINT", "VENDOR_API_GAP", "NEEDS_CONTRACTOR")
    assert (flagged.approach, flagged.reasons) == ("CUSTOM", ("NOAPI",))


@pytest.mark.parametrize("crowd", [{"flows_in_landscape": 24}, {"steps_per_run": 30}])
def test_dozens_of_flows_make_a_platform_hard_to_follow(crowd: dict[str, int]) -> None:
    """Two dozen flows or thirty steps; code is no platform."""
    [(name, count)] = crowd.items()

    assert advised(**crowd).flags == ("MANY_FLOWS",)
    assert advised(**{name: count - 1}).flags == ()
    assert advised(**crowd, audit_trail_required=True).flags == ()


def test_a_developer_is_missed_only_where_something_is_built() -> None:
    """A platform is set up by whoever knows the business."""
    assert advised(in_house_developer=False).flags == ()
    assert advised(in_house_developer=False, same_category_platforms=2).flags == ("NEEDS_CONTRACTOR",)
