"""What to connect: the set that pays, the low case first, and what must be true for it."""

from dataclasses import replace

import pyarrow as pa
import pytest

from toolkit.estimates import Estimate, certain
from toolkit.roi.advice_tables import Money, condition_table, recommendation_table
from toolkit.roi.alternatives import subscribe_or_build
from toolkit.roi.case import CaseTerms, handoff_case
from toolkit.roi.conditions import conditions
from toolkit.roi.inputs import HandoffInputs, SharedInputs, known_inputs
from toolkit.roi.portfolio import portfolio_case
from toolkit.roi.recommendation import RECOMMENDED, Recommendation, recommendation

TERMS = CaseTerms(trials=2_000)


def sure(value: float) -> Estimate:
    return certain(value, "as named", "measured")


SHARED = SharedInputs(
    loaded_rate_per_hour=Estimate(30, "currency per hour", "document", 25, 36),
    contingency_rate=sure(0.2),
    day_rate=sure(600),
)


def _inputs(volume: float, minutes: float = 12, **more: Estimate) -> HandoffInputs:
    given = {
        "volume_per_month": sure(volume),
        "minutes_per_item": Estimate(minutes, "minutes", "interview", minutes / 2, minutes * 2),
        "error_rate": sure(0),
        "delay_days": sure(0),
        "build_days": sure(3),
        "platform_fee_per_month": sure(30),
    }
    return HandoffInputs(**{**given, **more})


def _advice(handoffs: dict[str, HandoffInputs], shared: SharedInputs = SHARED) -> Recommendation:
    cases = [handoff_case(name, one, shared, currency="USD", trials=TERMS.trials) for name, one in handoffs.items()]
    return recommendation(cases, portfolio_case(cases, shared, currency="USD", terms=TERMS), shared)


HANDOFFS = {
    "small": _inputs(5),
    "large": _inputs(200),
    "middling": _inputs(42),
    "unknown": replace(_inputs(50), minutes_per_item=None),
}


def test_only_what_pays_even_in_the_low_case_is_recommended() -> None:
    """The large one now, the middling one later, the small one stays, and of the last nothing can be said."""
    advice = _advice(HANDOFFS)

    assert [(one.handoff_id, one.decision, one.wave, one.reason) for one in advice.choices] == [
        ("large", "connect", 1, "pays_low"),
        ("middling", "later", 2, "pays_median"),
        ("small", "by_hand", None, "loses"),
        ("unknown", "unknown", None, "missing_inputs"),
    ]
    assert advice.choices[3].lacking == ("minutes_per_item",)
    assert advice.case is not None
    assert advice.case.handoff_id == RECOMMENDED


def test_without_a_first_wave_the_second_is_what_we_recommend() -> None:
    """Better one that pays in the middle case than none."""
    advice = _advice({name: HANDOFFS[name] for name in ("small", "middling")})

    assert advice.connected == ("middling",)


def test_a_set_that_does_not_carry_the_clean_up_is_not_recommended() -> None:
    """Forty thousand duplicates to merge first: no saving of a handful of handoffs pays for that."""
    shared = replace(SHARED, duplicate_records=sure(40_000), cleanup_minutes_per_duplicate=sure(6))

    advice = _advice(HANDOFFS, shared)

    assert advice.case is None
    assert {one.reason for one in advice.choices if one.handoff_id in {"large", "middling"}} == {"cleanup"}


def test_in_a_wave_what_saves_most_for_its_time_comes_first() -> None:
    """The same saving in half the days goes first."""
    advice = _advice({"slow": _inputs(200, build_days=sure(6)), "quick": _inputs(200, build_days=sure(3))})

    assert advice.connected == ("quick", "slow")


def _at_limit(handoffs: dict[str, HandoffInputs], shared: SharedInputs, name: str) -> float:
    """Return the value of the set, all at the median, with one input at the limit that its condition names."""
    [found] = [one for one in conditions(handoffs, shared, currency="USD", terms=TERMS) if one.name == name]
    changed = {key: replace(one, **{name: sure(getattr(one, name).likely * found.factor)}) for key, one in handoffs.items()}
    # Every other input is certain here: the likely value is the median.
    cases = [handoff_case(key, one, shared, currency="USD", trials=10) for key, one in changed.items()]
    return sum(float(case.judged_single.npv[0]) for case in cases)


@pytest.mark.parametrize("name", ["volume_per_month", "automation_rate", "build_days"])
def test_at_its_limit_the_set_is_worth_nothing(name: str) -> None:
    """What must be true is the point where the value is zero, computed again from the inputs themselves."""
    shared = replace(SHARED, loaded_rate_per_hour=sure(30))
    certain_ones = {
        "minutes_per_item": sure(12), "automation_rate": sure(0.7), "exception_minutes": sure(12), "training": sure(100),
        "monitoring_hours_per_month": sure(1), "parallel_run_weeks": sure(1), "parallel_run_hours_per_week": sure(2),
    }  # fmt: skip
    handoffs = {key: _inputs(volume, **certain_ones) for key, volume in (("a", 80), ("b", 120))}

    assert _at_limit(handoffs, shared, name) == pytest.approx(0, abs=60)


def _tables(handoffs: dict[str, HandoffInputs]) -> tuple[pa.Table, pa.Table]:
    advice = _advice(handoffs)
    money = Money(handoffs, SHARED, "USD", TERMS)
    return recommendation_table(advice, money, ["large"]), condition_table(advice, money)


def test_the_tables_say_what_to_do_and_what_must_hold() -> None:
    """In the order of doing; the tightest condition first."""
    advice, conditions_found = _tables(HANDOFFS)

    assert advice["handoff_id"].to_pylist() == ["large", "middling", "small", "unknown"]
    assert advice["place"].to_pylist() == [1, 2, 3, 4]
    assert advice["is_in_total"].to_pylist() == [True, False, False, False]
    volume = next(row for row in conditions_found.to_pylist() if row["name"] == "volume_per_month")
    assert volume["limit"] == pytest.approx(200 * volume["factor"])
    assert 0 < volume["factor"] < 1


def test_a_dear_subscription_is_outlived_by_a_build() -> None:
    """900 a month against a build of 3,000 days' money: (3000 - 900) / (900 - upkeep and hosting)."""
    inputs = replace(_inputs(100, build_days=sure(1.5), platform_fee_per_month=sure(900)), build_class="simple")
    known = known_inputs(inputs, SHARED, "USD").all

    found = subscribe_or_build(inputs, known, currency="USD", horizon_months=36)

    assert found is not None
    assert found.build == 5 * 600
    assert found.months == pytest.approx((3_000 - 900) / (900 - (3_000 * 0.15 / 12 + 20)))


def test_a_cheap_subscription_stays_cheaper_until_many_items() -> None:
    """30 a month are less than the upkeep of a build: never by time, only by items."""
    inputs = _inputs(100)
    found = subscribe_or_build(inputs, known_inputs(inputs, SHARED, "USD").all, currency="USD", horizon_months=36)

    assert found is not None
    assert found.months is None
    assert found.items is not None
    assert found.items > 100


def test_what_needs_no_platform_has_no_such_choice() -> None:
    """A vendor's own connection, and a currency without a price of hosting."""
    inputs = _inputs(100)
    native = replace(inputs, approach="native", build_class="native")
    known = known_inputs(inputs, SHARED, "USD").all

    assert subscribe_or_build(native, known, currency="USD", horizon_months=36) is None
    assert subscribe_or_build(inputs, known, currency="EUR", horizon_months=36) is None
