"""Patterns to start from: what each says, and what a client's systems allow of them."""

import pytest

from toolkit.errors import UnknownNameError
from toolkit.landscape.pattern import TO_BE_ASKED, PatternMinutes, linked_flows, minutes_words, pattern_named, patterns
from toolkit.landscape.pattern_matches import Carried, Held, pattern_match, pattern_matches
from toolkit.roi.fees import billable_units

LOOP = {"crm": "crm", "books": "ledger", "tracker": "projects"}


@pytest.mark.parametrize(
    ("row", "count"),
    [(117, 1), (118, 1), (119, 1), (120, 1), (121, 1), (123, 5), (124, 3), (125, 4), (126, 3), (127, 3), (128, 2)],
)
def test_every_need_has_its_templates(row: int, count: int) -> None:
    """As many as the list of needs names."""
    assert sum(row in one.rows for one in patterns().values()) == count


@pytest.mark.parametrize("name", list(patterns()))
def test_a_template_says_all_that_a_consultant_needs(name: str) -> None:
    """What starts it, what is done, between which systems, and how success is counted; minutes only with a source."""
    one = patterns()[name]

    assert one.label
    assert one.starts.endswith(".")
    assert all(step.endswith(".") for step in one.steps)
    assert one.kpi
    assert one.flows
    assert len({flow.name for flow in one.flows}) == len(one.flows)


def test_the_handover_to_delivery_has_five_steps_and_an_example_of_minutes() -> None:
    """What it takes after connecting is asked: nobody has measured it at a client."""
    one = pattern_named("deal_to_delivery")

    assert len(one.steps) == 5
    assert minutes_words(one.minutes_before).startswith("15 to 30 (")
    assert minutes_words(one.minutes_after) == TO_BE_ASKED


def test_five_actions_are_five_units_where_a_platform_counts_tasks() -> None:
    """One run of the template bills five."""
    assert billable_units("zapier", 1, len(pattern_named("deal_to_five_actions").steps)) == 5


def test_the_billing_loop_is_closed_when_all_three_flows_are_carried() -> None:
    """Three of three are linked; without the last one none is."""
    carried = (
        Carried("invoicing", "tracker", "project", "books", "invoice"),
        Carried("paid", "books", "payment", "crm", "deal"),
        Carried("scope", "crm", "deal", "tracker", "project"),
    )
    pattern = pattern_named("billing_loop")

    whole = pattern_match("billing_loop", pattern, Held(LOOP, handoffs=carried))
    broken = pattern_match("billing_loop", pattern, Held(LOOP, handoffs=carried[:2]))

    assert (whole.standing, whole.linked) == ("there", 3)
    assert (broken.standing, broken.linked) == ("partly", 0)


def test_flows_that_only_touch_a_circle_are_not_links_of_it() -> None:
    """A report that is fed by the circle does not close it."""
    assert linked_flows([("a", "b"), ("b", "c"), ("c", "a"), ("c", "wall")]) == 3


def test_customer_360_reads_four_sources() -> None:
    """And writes into none of them."""
    one = pattern_named("customer_360")
    sides = {side for flow in one.flows for side in (flow.categories_l, flow.categories_r)}

    assert one.is_read_only
    assert len(sides) == 4


def test_a_pattern_is_possible_only_where_its_records_are() -> None:
    """A CRM of which only contacts were pulled has no deals to hand over; one that was not pulled may have."""
    pattern = pattern_named("sales_invoicing")
    unread = pattern_match("x", pattern, Held(LOOP))
    without = pattern_match("x", pattern, Held(LOOP, {"crm": {"contacts": "party"}}))

    assert (unread.standing, [str(one.from_) for one in unread.flows[0].ends]) == ("possible", ["crm.records"])
    assert without.standing == "lacking"
    assert without.flows[0].lacks == ("a list of deal in a system of the kind crm",)


def test_what_is_carried_stands_first() -> None:
    """Then what is possible, then what lacks systems."""
    held = Held(LOOP, handoffs=(Carried("a", "crm", "deal", "books", "invoice"),))
    standings = [one.standing for one in pattern_matches(patterns(), held)]

    assert standings == sorted(standings, key=["there", "partly", "possible", "lacking"].index)
    assert standings[0] == "there"


def test_a_client_without_systems_gets_no_pattern() -> None:
    """Every one says what it lacks."""
    assert {one.standing for one in pattern_matches(patterns(), Held({}))} == {"lacking"}


def test_an_unknown_pattern_is_refused_with_the_nearest() -> None:
    """A slip of the pen is not a traceback."""
    with pytest.raises(UnknownNameError, match="'billing_loop'"):
        pattern_named("billing_lop")


@pytest.mark.parametrize(("low", "high", "source"), [(5, 2, "x"), (-1, 2, "x"), (1, 2, "")])
def test_minutes_without_source_or_order_are_refused(low: float, high: float, source: str) -> None:
    """A guess is no figure."""
    with pytest.raises(ValueError, match="minutes"):
        PatternMinutes(low, high, source)
