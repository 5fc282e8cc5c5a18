"""What is held true of invented clients: worked by hand, so that the proof does not lean on itself."""

from dataclasses import replace

import numpy as np
import pytest

from benchmarks.clients import oracle
from benchmarks.clients.alarms import _alarms
from benchmarks.clients.answers import Answers
from benchmarks.clients.audited import Audited
from benchmarks.clients.chance import DAY_S, pushed_to_work
from benchmarks.clients.client import client
from benchmarks.clients.judged import median_coverage, wilson_coverage
from benchmarks.clients.plans import ClientPlan, CompanyPlan, HandoffPlan, client_plan
from benchmarks.clients.slips import SLIPS, slipped_amount

FRIDAY = 4 * DAY_S + 4 * DAY_S
"""9 January 1970."""


def test_work_begins_on_working_days_in_working_hours() -> None:
    """What falls due on a Friday night is entered on Monday morning; at noon it is entered at once."""
    noon, night = FRIDAY + 12 * 3600, FRIDAY + 22 * 3600

    at_noon, at_night = pushed_to_work(np.array([noon, night]), np.random.default_rng(1)).tolist()

    assert at_noon == noon
    assert at_night // DAY_S == FRIDAY // DAY_S + 3
    assert 8.5 <= at_night % DAY_S / 3600 <= 10.5


@pytest.mark.parametrize("kind", SLIPS[:3])
def test_a_slip_changes_the_amount(kind: str) -> None:
    """Whatever the digits are, equal ones too, and in a currency without cents."""
    rng = np.random.default_rng(2)
    amounts = [100, 111, 5_050, 123_456, 7]

    assert all(slipped_amount(amount, kind, places, rng) != amount for amount in amounts for places in (0, 2))


def test_the_coverage_of_a_wilson_interval_is_its_exact_one() -> None:
    """The interval of none of one ends at .79, that of one of one begins at .21: only the latter holds .9."""
    assert wilson_coverage(1, 0.9) == pytest.approx(0.9)
    assert wilson_coverage(1, 0.5) == pytest.approx(1.0)
    assert wilson_coverage(200, 0.05) == pytest.approx(0.95, abs=0.02)


def _case() -> tuple[ClientPlan, CompanyPlan, HandoffPlan]:
    """Return a client with 100 deals a month of 1,000 net, 2 % wrong, 5 % never invoiced, without season and tax."""
    plan = next(one for one in (client_plan(1, n) for n in range(40)) if one.place.code == "US")
    company = plan.companies[0]
    handoff = replace(
        company.handoffs[0], source="deals", target="invoices", per_month=100.0, error_rate=0.1, missing_rate=0.05
    )
    of = replace(company, handoffs=(handoff,), busy=np.ones(len(plan.months)), amount_median=1_000.0, amount_sigma=0.0)
    return plan, of, handoff


def test_money_follows_the_cost_model() -> None:
    """Section 4, by hand: labour, errors, delay of what is invoiced, and what is never invoiced and not found again."""
    plan, company, handoff = _case()
    plan = replace(plan, is_loss_added=True)
    shared = Answers({}, {"loaded_rate_per_hour": 30.0, "annual_cost_of_capital": 0.073})
    own = Answers(
        {},
        {
            "minutes_per_item": 6.0, "rework_minutes": 20.0, "platform_fee_per_month": 50.0, "automation_rate": 0.8,
            "monitoring_hours_per_month": 1.0, "recovered_rate": 0.6, "batch_delay_days": 0.5, "exception_ratio": 1.0,
            "error_rate_target": 0.02,
        },
    )  # fmt: skip

    found = oracle.money(plan, company, handoff, shared, own, delay_days=5.0)

    assert found.now == pytest.approx({"labour": 300.0, "errors": 100.0, "delay": 95.0, "missed": 2_000.0})
    assert found.after == pytest.approx(
        {"labour": 90.0, "errors": 20.0, "running": 50.0, "delay": 100_000 * 0.0002 * 0.99 * 0.5, "missed": 400.0}
    )
    assert found.saving == pytest.approx(2_495.0 - 569.9)
    assert replace(found, is_loss_added=False).saving == pytest.approx(495.0 - 169.9)


def test_the_same_seed_is_the_same_client() -> None:
    """To the last cell; another number is another client."""
    one, again, other = client(3, 5), client(3, 5), client(3, 6)

    assert one.tables == again.tables
    assert one.settings == again.settings
    assert one.tables != other.tables


@pytest.mark.parametrize(("is_amount_shown", "alarms"), [(True, 1), (False, 0)])
def test_an_error_share_beside_a_source_without_amounts_alarms_nobody(*, is_amount_shown: bool, alarms: int) -> None:
    """A slip of an amount cannot be seen there, spoilt or not, so no share of errors is held to the truth."""
    one = replace(client(7, 6).handoffs[0], is_amount_shown=is_amount_shown)
    shown = {"measure": "error_share", "value": 0.9, "n": 100, "low": 0.8, "high": 0.95}
    found = Audited({"handoff_measure": [{"handoff_id": one.plan.handoff_id, **shown}]}, (), 0.0)

    assert len(_alarms(one, found, frozenset({"error"}))) == alarms


@pytest.mark.parametrize(("below", "up_to", "expected"), [(0.5, 0.5, 0.95), (0.3, 0.7, 1.0)])
def test_the_coverage_of_a_median_is_wider_where_many_waits_are_equal(below: float, up_to: float, expected: float) -> None:
    """Of 400 waits that all differ the order statistics hold it in 95 of 100 samples; of days, nearly always."""
    assert median_coverage(400, below, up_to) == pytest.approx(expected, abs=0.01)
