"""The business case of one handoff, against arithmetic done by hand."""

import numpy as np
import pytest

from tests.unit.roi.oracles import appraisal, break_even_volume, handoff_month
from toolkit.estimates import Estimate, certain
from toolkit.rates import MeasuredShare
from toolkit.roi.case import CaseTerms, handoff_case
from toolkit.roi.inputs import HandoffInputs, SharedInputs


def sure(value: float) -> Estimate:
    return certain(value, "as named", "measured")


SHARED = SharedInputs(
    loaded_rate_per_hour=sure(32.47),
    annual_cost_of_capital=sure(0.10),
    contingency_rate=sure(0.20),
    day_rate=sure(600),
)
INPUTS = HandoffInputs(
    volume_per_month=sure(50),
    minutes_per_item=sure(12),
    error_rate=sure(0.06),
    rework_minutes=sure(35),
    other_cost_per_error=sure(18),
    delay_days=sure(3),
    invoices_per_month=sure(50),
    avg_invoice_value=sure(1800),
    missed_rate=sure(0),
    automation_rate=sure(0.9),
    error_rate_after=sure(0.01),
    delay_days_after=sure(0.02),
    monitoring_hours_per_month=sure(1),
    platform_fee_per_month=sure(85),
    build_days=sure(5),
    training=sure(400),
    parallel_run_weeks=sure(1),
    parallel_run_hours_per_week=sure(4),
)


def test_the_month_is_that_of_the_worked_example() -> None:
    """Labour, errors, delay and saving equal the cost model's own example of one handoff."""
    reference = handoff_month(
        volume_per_month=50,
        minutes_per_item=12,
        loaded_rate_per_hour=32.47,
        error_rate=0.06,
        rework_minutes=35,
        rework_rate_per_hour=32.47,
        other_cost_per_error=18,
        invoices_per_month=50,
        avg_invoice_value=1800,
        delay_days=3,
        annual_cost_of_capital=0.10,
        automation_rate=0.9,
        exception_minutes=12,
        error_rate_after=0.01,
        delay_days_after=0.02,
        running_cost_per_month=85,
        monitoring_hours_per_month=1,
    )

    found = handoff_case("deal_to_invoice", INPUTS, SHARED, currency="USD").single

    assert found.cost_now == pytest.approx([509.4951027], abs=1e-6)
    assert found.cost_after == pytest.approx([168.9035674], abs=1e-6)
    assert found.net_saving == pytest.approx([reference["net_monthly_saving"]])
    assert found.hours_now == pytest.approx([reference["hours_now"]])
    assert found.working_capital_now == pytest.approx([8876.712329], abs=1e-5)


def test_the_return_is_that_of_an_appraisal_with_the_same_ramp() -> None:
    """Build of a week and a week in parallel: live after two weeks, complete eight weeks later, fees from month one."""
    case = handoff_case("deal_to_invoice", INPUTS, SHARED, currency="USD")
    one_time = (5 * 600 + 400 + 4 * 32.47) * 1.2

    reference = appraisal(
        one_time_cost=one_time,
        gross_monthly_benefit=425.59153538812785,
        running_cost_per_month=85,
        t_live_months=2 * 12 / 52,
        t_full_months=10 * 12 / 52,
        running_cost_start_month=1,
    )

    assert case.single.one_time == pytest.approx([one_time])
    assert case.judged_single.npv == pytest.approx([reference["npv"]])
    assert case.judged_single.roi_pct == pytest.approx([reference["roi_pct"]])
    assert case.judged_single.payback_months == pytest.approx([reference["payback_months"]])


def test_the_break_even_volume_is_that_of_the_formula() -> None:
    """Without invoices and batch work it equals the formula with watching counted as running cost."""
    inputs = HandoffInputs(
        volume_per_month=sure(50),
        minutes_per_item=sure(12),
        error_rate=sure(0.06),
        rework_minutes=sure(60),
        delay_days=sure(0),
        automation_rate=sure(0.9),
        error_rate_after=sure(0.01),
        monitoring_hours_per_month=sure(1),
        platform_fee_per_month=sure(57.5),
        build_cost=sure(2500),
        training=sure(0),
        parallel_run_weeks=sure(0),
    )

    [volume] = handoff_case("x", inputs, SHARED, currency="USD").single.break_even_volume or []

    reference = break_even_volume(
        minutes_per_item=12,
        loaded_rate_per_hour=32.47,
        error_rate=0.06,
        cost_per_error=32.47,
        automation_rate=0.9,
        error_rate_after=0.01,
        exception_minutes=12,
        one_time_cost=3000,
        running_cost_per_month=57.5 + 32.47,
        variable_fee_per_item=0,
        horizon_months=36,
        annual_discount_rate=0.10,
    )
    assert volume == pytest.approx(reference["break_even_volume"])


def test_clean_up_enters_once_and_a_custom_build_is_kept_up() -> None:
    """180 duplicates at 6 and 340 mismatches at 4 minutes; 15 % of the build a year plus hosting."""
    inputs = HandoffInputs(
        volume_per_month=sure(50),
        minutes_per_item=sure(12),
        error_rate=sure(0),
        delay_days=sure(0),
        duplicate_records=sure(180),
        cleanup_minutes_per_duplicate=sure(6),
        mismatched_records=sure(340),
        cleanup_minutes_per_mismatch=sure(4),
        approach="custom",
        build_days=sure(5),
        soap_or_file_sides=1,
        maintenance_share_per_year=sure(0.15),
        hosting_per_month=sure(20),
    )

    parts = handoff_case("x", inputs, SHARED, currency="USD").single

    assert parts.one_time_parts["cleanup"] == pytest.approx([(180 * 6 + 340 * 4) / 60 * 32.47])
    assert parts.one_time_parts["build"] == pytest.approx([5 * 1.3 * 600])
    assert parts.running == pytest.approx([5 * 1.3 * 600 * 0.15 / 12 + 20])


def test_an_invoice_never_sent_is_not_also_late() -> None:
    """Half of them missed leaves half of them to wait."""
    some_missed = HandoffInputs(
        volume_per_month=sure(50),
        minutes_per_item=sure(0),
        error_rate=sure(0),
        delay_days=sure(3),
        invoices_per_month=sure(50),
        avg_invoice_value=sure(1800),
        missed_rate=sure(0.5),
        recovered_rate=sure(0),
    )

    found = handoff_case("x", some_missed, SHARED, currency="USD").single

    assert found.now["delay"] == pytest.approx([73.97260274 / 2])
    assert found.now["missed"] == pytest.approx([50 * 1800 * 0.5])


def test_payments_made_twice_have_a_gross_and_a_net_figure() -> None:
    """768 exposed, 272.40 lost after recovery."""
    inputs = HandoffInputs(
        volume_per_month=sure(0),
        minutes_per_item=sure(0),
        error_rate=sure(0),
        delay_days=sure(0),
        payments_per_month=sure(300),
        avg_payment=sure(640),
        duplicate_rate=sure(0.004),
        recovery_rate=sure(0.7),
        recovery_cost_per_duplicate=sure(35),
    )

    found = handoff_case("x", inputs, SHARED, currency="USD").single

    assert found.gross_duplicates_per_month == pytest.approx([768.0])
    assert found.now["duplicates"] == pytest.approx([272.40])


def test_what_misses_an_input_is_unknown_and_the_rest_is_known() -> None:
    """Without a day rate today's cost stands, and what connecting costs does not exist."""
    case = handoff_case("x", INPUTS, SharedInputs(loaded_rate_per_hour=sure(32.47)), currency="USD")

    assert case.missing == ("day_rate",)
    assert not case.is_complete
    assert case.has_cost_now
    assert np.isnan(case.single.one_time).all()
    assert np.isnan(case.judged_single.npv).all()


def test_a_counted_error_rate_spreads_as_its_posterior() -> None:
    """Six errors in a hundred: the simulated cost of errors spreads like Beta(6.5, 94.5)."""
    inputs = HandoffInputs(
        volume_per_month=sure(100),
        minutes_per_item=sure(0),
        error_rate=MeasuredShare(6, 100),
        rework_minutes=sure(60),
        delay_days=sure(0),
    )

    errors = handoff_case("x", inputs, SHARED, currency="USD").simulated.now["errors"]

    assert errors.mean() == pytest.approx(100 * 0.06435643564 * 32.47, rel=0.01)
    assert np.quantile(errors, 0.9) == pytest.approx(100 * 0.09688358168 * 32.47, rel=0.02)


def test_the_same_seed_gives_the_same_case() -> None:
    """And another one gives another."""
    ranged = HandoffInputs(
        volume_per_month=Estimate(50, "items", "measured", 40, 70),
        minutes_per_item=sure(12),
        error_rate=sure(0),
        delay_days=sure(0),
    )
    one, same, other = (
        handoff_case("x", ranged, SHARED, currency="USD", seed=seed).judged_simulated.npv for seed in (1, 1, 2)
    )

    assert (one == same).all()
    assert (one != other).any()


def test_a_price_out_of_the_ordinary_is_questioned() -> None:
    """Five days for a simple connection lie above what such work is offered for."""
    inputs = HandoffInputs(
        volume_per_month=sure(50),
        minutes_per_item=sure(12),
        error_rate=sure(0),
        delay_days=sure(0),
        build_class="simple",
        build_days=sure(5),
    )

    [warning] = handoff_case("x", inputs, SHARED, currency="USD").warnings

    assert "3,000 USD" in warning


def test_a_case_looks_three_years_ahead_unless_asked_otherwise() -> None:
    """At ten percent a year, with eight weeks to the full benefit, by 20,000 simulated cases that anybody can draw again."""
    terms = handoff_case("x", INPUTS, SHARED, currency="USD").terms

    assert terms == CaseTerms()
    assert (terms.horizon_months, terms.annual_discount_rate, terms.weeks_to_full_benefit) == (36, 0.10, 8)
    assert (terms.trials, terms.seed) == (20_000, 1)
    # All of the labour saved counts as cash unless the client says which part does.
    assert (SharedInputs().cash_share, SharedInputs().is_loss_added) == (1.0, False)
