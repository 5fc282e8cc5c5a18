"""What a change of the scope costs."""

from dataclasses import replace
from datetime import date

import pytest

from toolkit.errors import InputError, UnknownNameError
from toolkit.scoping.portfolio import Rules, SharedCost
from toolkit.scoping.roadmap import Limits
from toolkit.scoping.scope.effects import FlowCase, ScopeSum, changed_flows, effects, scope_sum

CASES = {
    "deals": FlowCase("deals", 1400, 15, 15_000, 560, 2, 1),
    "orders": FlowCase("orders", 1400, 30, 3600, 170, 3, 1),
    "bills": FlowCase("bills", 1300, 45, -1500, -4, 5, 2),
    "asked": FlowCase("asked", None, None, None, None, None, None, ("rework_minutes",)),
}
LIMITS = Limits(start=date(2027, 1, 4))


def total(flows: list[str], rules: Rules | None = None, **more: FlowCase) -> ScopeSum:
    return scope_sum(flows, {**CASES, **more}, LIMITS, rules or Rules())


def test_a_flow_that_comes_in_changes_cost_running_cost_date_and_worth() -> None:
    """Added up by hand: a week of building and two weeks of both ways make 21 days."""
    found = {one.name: one for one in effects(total(["deals", "orders"]), total(["bills", "deals", "orders"]))}

    assert [found[name].difference for name in ("cost", "running_per_month", "npv", "person_days")] == [1300, 45, -1500, 5]
    assert found["cost"].before == 2800
    assert found["live_on"].before == date(2027, 1, 25)
    assert found["live_on"].difference == 21


def test_a_flow_that_loses_money_stays_where_it_was_agreed_on() -> None:
    """No optimiser takes it out of what both sides have signed."""
    assert total(["bills"]).flows == ("bills",)
    assert total(["bills"]).npv == -1500


def test_what_several_share_is_paid_once() -> None:
    """Also when the second user comes in; and not at all without one."""
    rules = Rules(shared_costs=(SharedCost("seat", 300, ("deals", "orders")),))

    assert [total(flows, rules).cost for flows in (["deals"], ["deals", "orders"], ["bills"])] == [1700, 3100, 1300]
    assert total(["deals"], rules).npv == 14_700


def test_a_flow_of_which_something_is_unknown_leaves_the_sum_unknown() -> None:
    """It is named, and never counted as 0."""
    after = total(["deals", "asked"])

    assert (after.cost, after.npv, after.live_on, after.unknown) == (None, None, None, ("asked",))
    assert {one.difference for one in effects(total(["deals"]), after)} == {None}


def test_a_change_without_changes_changes_nothing() -> None:
    """Every difference is 0."""
    same = total(["deals", "orders"])

    assert {one.difference for one in effects(same, same)} == {0.0}


def test_an_empty_scope_costs_nothing_and_is_done_at_once() -> None:
    """All flows dropped: 0, not an error."""
    empty = total([])

    assert (empty.cost, empty.npv, empty.weeks, empty.live_on) == (0.0, 0.0, 0.0, LIMITS.start)


def test_what_a_flow_needs_comes_with_it_and_what_needs_it_goes_with_it() -> None:
    """Orders need deals: one cannot be agreed on without the other."""
    needs = [("orders", "deals")]

    assert changed_flows([], CASES, needs, add=["orders"], drop=[]) == ("deals", "orders")
    assert changed_flows(["bills", "deals", "orders"], CASES, needs, add=[], drop=["deals"]) == ("bills",)


def test_a_flow_that_there_is_not_is_named_and_so_is_a_circle() -> None:
    """In a sentence, with the nearest name or the circle itself."""
    with pytest.raises(UnknownNameError, match="Did you mean 'deals'"):
        changed_flows([], CASES, [], add=["deal"], drop=[])
    with pytest.raises(InputError, match=r"deals.*orders|orders.*deals"):
        changed_flows([], CASES, [("orders", "deals"), ("deals", "orders")], add=["orders"], drop=[])


def test_an_amount_that_is_no_number_is_not_added_up() -> None:
    """Never a NaN or an infinity in a sum."""
    broken = replace(CASES["deals"], cost=float("nan"), running_per_month=float("inf"))

    found = total(["deals"], deals=broken)

    assert (found.cost, found.running_per_month) == (None, None)
