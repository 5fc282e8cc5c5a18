"""The business case again after an input has moved: the figures are those of the engine, whatever came before."""

from dataclasses import replace

import numpy as np
import pytest

from toolkit.estimates import Estimate, certain
from toolkit.rates import MeasuredShare
from toolkit.roi.advice_tables import Money
from toolkit.roi.case import CaseTerms, handoff_case
from toolkit.roi.cost_inputs import cost_input_table
from toolkit.roi.inputs import HandoffInputs, SharedInputs
from toolkit.roi.portfolio import portfolio_case
from toolkit.roi.recommendation import recommendation
from toolkit.roi.simulation import Band, band
from toolkit.roi.what_if import WhatIf, what_if

TERMS = CaseTerms(trials=1000)
SHARED = SharedInputs(
    loaded_rate_per_hour=Estimate(32, "currency per hour", "document", 25, 45),
    day_rate=certain(650, "currency per day", "document"),
    duplicate_records=certain(120, "records", "measured"),
)


def _inputs(number: int) -> HandoffInputs:
    volume = Estimate(40 + 30 * number, "items", "measured", 30, 60 + 40 * number)
    return HandoffInputs(
        volume_per_month=volume,
        minutes_per_item=Estimate(15, "minutes", "interview", 10, 25 + number),
        error_rate=MeasuredShare(12 + number, 400),
        rework_minutes=Estimate(35, "minutes", "interview", 20, 60),
        delay_days=Estimate(3, "days", "measured", 2, 5),
        invoices_per_month=volume if number % 2 else None,
        avg_invoice_value=certain(1800, "currency", "measured"),
        approach="custom" if number % 3 else "platform",
    )


MONEY = Money({f"handoff_{number}": _inputs(number) for number in range(5)}, SHARED, "USD", TERMS)


def _moved_handoff(money: Money, name: str, **inputs: Estimate | None) -> Money:
    return replace(money, handoffs={**money.handoffs, name: replace(money.handoffs[name], **inputs)})


MOVES = {
    "minutes of one handoff": _moved_handoff(
        MONEY, "handoff_2", minutes_per_item=Estimate(22, "minutes", "interview", 15, 33)
    ),
    "days of building of one": _moved_handoff(MONEY, "handoff_3", build_days=Estimate(9, "days", "interview", 5, 20)),
    "one that nobody doubts any more": _moved_handoff(MONEY, "handoff_1", rework_minutes=certain(30, "minutes", "document")),
    "one that is missing": _moved_handoff(MONEY, "handoff_1", delay_days=None),
    "the hourly rate of all": replace(
        MONEY, shared=replace(SHARED, loaded_rate_per_hour=Estimate(40, "currency per hour", "interview", 30, 60))
    ),
    "revenue that may be added": replace(MONEY, shared=replace(SHARED, is_loss_added=True)),
    "a shorter look": replace(MONEY, terms=replace(TERMS, horizon_months=18)),
    "another discount rate": replace(MONEY, terms=replace(TERMS, annual_discount_rate=0.2)),
    "more items every year": replace(
        MONEY, handoffs={name: replace(one, annual_volume_growth=0.1) for name, one in MONEY.handoffs.items()}
    ),
    "nothing pays": replace(MONEY, shared=replace(SHARED, duplicate_records=certain(900_000, "records", "measured"))),
}


def _assert_same(found: Band | None, values: object, *, tolerance: float) -> None:
    assert found is not None
    expected = band(np.asarray(values, dtype=np.float64))
    for one, other in zip((found.p10, found.p50, found.p90), (expected.p10, expected.p50, expected.p90), strict=True):
        assert one == (None if other is None else pytest.approx(other, abs=tolerance))


def _assert_is_the_engines(found: WhatIf, money: Money) -> None:
    terms = money.terms
    options = {"horizon_months": terms.horizon_months, "annual_discount_rate": terms.annual_discount_rate}
    cases = [
        handoff_case(name, one, money.shared, currency="USD", trials=terms.trials, **options)  # type: ignore[arg-type]
        for name, one in money.handoffs.items()
    ]
    portfolio = portfolio_case(cases, money.shared, currency="USD", terms=terms)
    advice = recommendation(cases, portfolio, money.shared)
    sums = [portfolio.total, *([advice.case] if advice.case else [])]
    for case in [*cases, *sums]:
        own = found.cases[case.handoff_id]
        _assert_same(own.cost_now, case.simulated.cost_now, tolerance=0.005)
        _assert_same(own.net_saving, case.simulated.net_saving, tolerance=0.005)
        _assert_same(own.one_time, case.simulated.one_time, tolerance=0.005)
        _assert_same(own.npv, case.judged_simulated.npv, tolerance=0.005)
    for case in sums:
        own = found.cases[case.handoff_id]
        _assert_same(own.payback_months, case.judged_simulated.payback_months, tolerance=0.002)
        if own.npv_positive is not None:
            assert own.npv_positive == np.mean(case.judged_simulated.npv > 0)
            share = np.mean(case.judged_simulated.payback_months <= 12)
            assert own.payback_within_12_months == pytest.approx(share, abs=2 / terms.trials)
    assert {one.handoff_id: one.decision for one in found.choices} == {
        one.handoff_id: one.decision for one in advice.choices
    }
    table = cost_input_table(
        money.handoffs, money.shared, currency="USD", terms=terms, included=portfolio.included,
        is_complete=portfolio.total.is_complete,
    ).to_pylist()  # fmt: skip
    told = {(row["handoff_id"], row["name"]): row for row in table if row["result"]}
    for one in found.moved:
        row = told.get((one.handoff_id, one.name))
        if row is not None:
            assert one.at_low == pytest.approx(row["result_at_low"], abs=0.005)
            assert one.at_high == pytest.approx(row["result_at_high"], abs=0.005)
    widest = max(told.values(), key=lambda row: abs(row["result_at_high"] - row["result_at_low"]))
    assert (found.moved[0].handoff_id, found.moved[0].name) == (widest["handoff_id"], widest["name"])


@pytest.mark.parametrize("move", MOVES)
def test_after_a_move_the_figures_are_those_of_the_whole_calculation(move: str) -> None:
    """To the cent, also on the way back: nothing of the other case is left over."""
    start = what_if(MONEY)
    moved = what_if(MOVES[move], before=start)
    back = what_if(MONEY, before=moved)

    _assert_is_the_engines(moved, MOVES[move])
    _assert_is_the_engines(back, MONEY)


def test_what_stayed_is_not_worked_out_again() -> None:
    """A handoff that shares nothing with the input is the same object."""
    start = what_if(MONEY)
    moved = what_if(MOVES["minutes of one handoff"], before=start)

    same = [name for name in MONEY.handoffs if moved.worked[name].outcome is start.worked[name].outcome]

    assert same == ["handoff_0", "handoff_1", "handoff_3", "handoff_4"]
    assert moved.worked["handoff_2"].calendar is start.worked["handoff_2"].calendar


def test_without_handoffs_nothing_is_known() -> None:
    """No case is no case of zero."""
    found = what_if(Money({}, SharedInputs(), "USD", TERMS))

    assert (found.cases["total"].npv.p50, found.choices, found.moved) == (None, (), ())
