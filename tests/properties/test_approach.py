"""Laws that every advice on an approach obeys, whatever the facts."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.scoping.approach.coverage import DIRECTIONS, FieldNeed, native_coverage
from toolkit.scoping.approach.facts import APPROACHES, FACTS, ApproachFacts, ApproachLimits
from toolkit.scoping.approach.rules import recommended_approach
from toolkit.scoping.approach.settled import settled_answer

AMOUNT = st.floats(0, 100_000)
NUMBERS: dict[str, st.SearchStrategy[Any]] = {
    "native_coverage": st.floats(0, 1),
    "same_category_platforms": st.integers(1, 4),
    "ops_per_month": st.floats(0, 1e6),
    "systems_in_landscape": st.integers(0, 30),
    "flows_in_landscape": st.integers(0, 40),
    "steps_per_run": st.integers(0, 40),
    "horizon_months": st.integers(1, 60),
    "net_monthly_saving": st.none() | st.floats(-1_000, 10_000),
    "one_time_cost": st.none() | AMOUNT,
    "ipaas_monthly": st.none() | AMOUNT,
    "custom_build": st.none() | AMOUNT,
    "ipaas_setup": AMOUNT,
    "custom_monthly": AMOUNT,
}
VALUES = st.fixed_dictionaries({name: NUMBERS.get(name, st.booleans()) for name in FACTS})
FLAG_FACTS = ("process_aligned", "in_house_developer", "systems_in_landscape", "flows_in_landscape", "steps_per_run")


@given(VALUES)
def test_every_handoff_has_one_answer_with_a_reason(values: dict[str, Any]) -> None:
    """Whatever the facts."""
    found = recommended_approach(ApproachFacts(**values))

    assert found.approach in APPROACHES
    assert found.reasons


@given(VALUES, VALUES)
def test_what_only_flags_rest_on_never_changes_the_answer(values: dict[str, Any], others: dict[str, Any]) -> None:
    """A process that nobody agreed on is flagged, and the approach stays."""
    changed = {**values, **{name: others[name] for name in FLAG_FACTS}}
    first, second = (recommended_approach(ApproachFacts(**one)) for one in (values, changed))

    assert (first.approach, first.reasons) == (second.approach, second.reasons)


@given(VALUES, st.floats(0, 1))
def test_a_better_native_connector_never_loses_to_a_worse_one(values: dict[str, Any], other: float) -> None:
    """Where the worse one is enough, so is the better."""
    low, high = sorted((values["native_coverage"], other))
    with_low, with_high = (
        recommended_approach(ApproachFacts(**{**values, "native_coverage": one})).approach for one in (low, high)
    )

    assert with_low != "NATIVE" or with_high == "NATIVE"


@given(VALUES, st.floats(0, 5_000))
def test_more_saving_never_leaves_more_by_hand(values: dict[str, Any], more: float) -> None:
    """What pays at some saving pays at a larger one."""
    saving = values["net_monthly_saving"] or 0.0
    less, larger = (
        recommended_approach(ApproachFacts(**{**values, "net_monthly_saving": one})).approach
        for one in (saving, saving + more)
    )

    assert larger != "LEAVE_MANUAL" or less in {"LEAVE_MANUAL", "AUTOMATE_IN_SYSTEM"}


@given(VALUES, st.sets(st.sampled_from(FACTS), max_size=8))
def test_the_true_answer_is_among_the_possible_ones(values: dict[str, Any], hidden: set[str]) -> None:
    """Hide any facts: what the rules say with them is possible without them, and a settled answer is the true one."""
    # Amounts that are hidden take their rules with them; that they are unknown is told elsewhere.
    amounts = {"net_monthly_saving", "one_time_cost", "ipaas_monthly", "custom_build", "ipaas_setup", "custom_monthly"}
    true = recommended_approach(ApproachFacts(**values))

    found = settled_answer({name: one for name, one in values.items() if name not in hidden - amounts})

    assert true.approach in found.possible
    if found.answer is not None:
        assert found.answer.approach == true.approach
        assert {*found.answer.flags} <= {*true.flags}
        assert set(found.deciding) == set()
    else:
        assert set(found.deciding) <= hidden
        assert found.deciding


@given(VALUES, st.sets(st.sampled_from(FACTS), max_size=6), st.sampled_from(FACTS))
def test_to_know_more_never_opens_an_answer(values: dict[str, Any], hidden: set[str], told: str) -> None:
    """An answer to a question can only narrow what is possible."""
    amounts = {"net_monthly_saving", "one_time_cost", "ipaas_monthly", "custom_build", "ipaas_setup", "custom_monthly"}
    hidden = hidden - amounts
    before = settled_answer({name: one for name, one in values.items() if name not in hidden})
    after = settled_answer({name: one for name, one in values.items() if name not in hidden - {told}})

    assert {*after.possible} <= {*before.possible}


NEEDS = st.lists(
    st.builds(
        FieldNeed,
        name=st.text("abcdefgh", min_size=1, max_size=8),
        needed=st.lists(st.sampled_from(DIRECTIONS), min_size=1, max_size=2, unique=True).map(tuple),
        handled=st.lists(st.sampled_from(DIRECTIONS), max_size=2, unique=True).map(tuple),
        weight=st.floats(0.1, 10),
        is_must_have=st.booleans(),
    ),
    min_size=1,
    max_size=8,
    unique_by=lambda one: one.name,
)


@given(NEEDS, st.floats(0.1, 10))
def test_coverage_is_a_share_that_hangs_neither_on_order_nor_on_the_unit_of_weight(
    needs: list[FieldNeed], factor: float
) -> None:
    """One exactly where nothing is lost."""
    scaled = [
        FieldNeed(one.name, one.needed, one.handled, one.weight * factor, is_must_have=one.is_must_have)
        for one in reversed(needs)
    ]
    found = native_coverage(needs)

    assert found.share is not None
    assert 0 <= found.share <= 1
    assert (found.share == 1) is (not found.lost)
    assert native_coverage(scaled).share == pytest.approx(found.share)
    assert {*found.lost_must_haves} <= {*found.lost}


def test_limits_that_nobody_set_are_the_usual_ones() -> None:
    """A default argument and a default object are the same."""
    assert recommended_approach(ApproachFacts()) == recommended_approach(ApproachFacts(), ApproachLimits())
