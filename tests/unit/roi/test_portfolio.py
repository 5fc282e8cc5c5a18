"""All handoffs together: shared inputs are drawn once, shared costs are paid once, unknown handoffs are left out aloud."""

import numpy as np
import pytest

from toolkit.errors import InputError
from toolkit.estimates import Estimate, certain
from toolkit.roi.case import HandoffCase, handoff_case
from toolkit.roi.inputs import HandoffInputs, SharedInputs
from toolkit.roi.portfolio import portfolio_case


def sure(value: float) -> Estimate:
    return certain(value, "as named", "measured")


SHARED = SharedInputs(
    loaded_rate_per_hour=Estimate(32, "currency per hour", "document", 25, 45),
    contingency_rate=sure(0.2),
    day_rate=sure(600),
)


def _case(handoff_id: str, *, minutes: float = 12.0, shared: SharedInputs = SHARED, seed: int = 1) -> HandoffCase:
    inputs = HandoffInputs(
        volume_per_month=sure(50),
        minutes_per_item=sure(minutes),
        error_rate=sure(0),
        delay_days=sure(0),
        automation_rate=sure(0.7),
        monitoring_hours_per_month=sure(1),
        build_days=sure(5),
        training=sure(100),
        parallel_run_weeks=sure(1),
        parallel_run_hours_per_week=sure(2),
    )
    return handoff_case(handoff_id, inputs, shared, currency="USD", seed=seed)


def test_all_handoffs_of_a_trial_share_one_hourly_rate() -> None:
    """Two equal handoffs are simply twice the one: independent rates would hide half of the risk."""
    one, other = _case("a"), _case("b")

    total = portfolio_case([one, other], SHARED, currency="USD").total

    assert total.simulated.cost_now == pytest.approx(2 * one.simulated.cost_now)


def test_a_further_handoff_changes_nothing_for_the_others() -> None:
    """Each handoff has draws of its own."""
    assert (_case("a").judged_simulated.npv == _case("a").judged_simulated.npv).all()


def test_clean_up_for_all_is_paid_once() -> None:
    """It is in the total, with its reserve, and in no handoff."""
    shared = SharedInputs(
        loaded_rate_per_hour=sure(32),
        contingency_rate=sure(0.2),
        day_rate=sure(600),
        duplicate_records=sure(180),
        mismatched_records=sure(340),
        cleanup_minutes_per_duplicate=sure(6),
        cleanup_minutes_per_mismatch=sure(4),
    )
    cases = [_case("a", shared=shared), _case("b", shared=shared)]

    total = portfolio_case(cases, shared, currency="USD").total.single

    handoffs = sum(float(case.single.one_time[0]) for case in cases)
    assert total.one_time == pytest.approx([handoffs + 1301.3333333 * 1.2])
    assert total.flows[0, 0] == pytest.approx(-float(total.one_time[0]))


def test_a_handoff_without_its_inputs_is_left_out_and_named() -> None:
    """The total holds the others only."""
    unknown = handoff_case("c", HandoffInputs(), SHARED, currency="USD")

    found = portfolio_case([_case("a"), unknown], SHARED, currency="USD")

    assert found.included == ("a",)
    assert found.excluded == ("c",)
    assert found.total.is_complete


def test_without_a_day_rate_the_cost_of_today_is_still_added_up() -> None:
    """What all of them lack is missing in the total; what is known stays known."""
    shared = SharedInputs(loaded_rate_per_hour=sure(32))

    total = portfolio_case([_case("a", shared=shared), _case("b", shared=shared)], shared, currency="USD").total

    assert total.single.cost_now == pytest.approx([2 * 50 * 12 / 60 * 32])
    assert total.missing == ("day_rate",)
    assert np.isnan(total.single.one_time).all()


def test_no_known_handoff_makes_an_unknown_total() -> None:
    """Never a total of zero."""
    total = portfolio_case([], SHARED, currency="USD").total

    assert np.isnan(total.single.cost_now).all()
    assert np.isnan(total.judged_single.npv).all()


def test_more_than_sixty_percent_of_a_persons_hours_asks_for_double_counting() -> None:
    """Dana's handoffs take 110 of 160 hours; Lee's 10 are plausible."""
    cases = [_case("a", minutes=72), _case("b", minutes=60), _case("c")]

    found = portfolio_case(
        cases,
        SHARED,
        currency="USD",
        people={"a": "Dana", "b": "Dana", "c": "Lee"},
        hours_per_month={"Dana": 160, "Lee": 160},
    )

    [warning] = found.total.warnings
    assert warning.startswith("The handoffs of Dana take 110 of 160 hours a month.")


def test_cases_of_different_runs_are_not_added_up() -> None:
    """Trials of different seeds do not belong together."""
    with pytest.raises(InputError, match="Compute them again"):
        portfolio_case([_case("a"), _case("b", seed=2)], SHARED, currency="USD")


def test_clean_up_without_an_hourly_rate_is_unknown() -> None:
    """Records to clean and no rate to pay for it: the total says which input is missing."""
    shared = SharedInputs(day_rate=sure(600), duplicate_records=sure(10))
    inputs = HandoffInputs(
        volume_per_month=sure(50),
        minutes_per_item=sure(12),
        loaded_rate_per_hour=sure(20),
        error_rate=sure(0),
        delay_days=sure(0),
        platform_fee_per_month=sure(30),
    )
    case = handoff_case("a", inputs, shared, currency="GBP")

    total = portfolio_case([case], shared, currency="GBP").total

    assert case.is_complete
    assert total.missing == ("loaded_rate_per_hour",)
    assert np.isnan(total.single.one_time).all()
