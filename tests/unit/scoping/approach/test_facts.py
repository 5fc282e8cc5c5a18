"""Facts and limits that cannot be are refused by name."""

import math
from typing import Any

import pytest

from toolkit.scoping.approach.facts import APPROACHES, ApproachFacts, ApproachLimits


@pytest.mark.parametrize(
    ("fact", "value"),
    [
        ("native_coverage", 80),
        ("native_coverage", -0.1),
        ("native_coverage", math.nan),
        ("ops_per_month", -1),
        ("ops_per_month", math.inf),
        ("one_time_cost", -1.0),
        ("net_monthly_saving", math.nan),
        ("ipaas_monthly", -5.0),
        ("custom_build", math.inf),
        ("same_category_platforms", 0),
        ("horizon_months", 0),
        ("systems_in_landscape", -1),
        ("steps_per_run", -1),
    ],
)
def test_a_fact_that_cannot_be_is_refused_by_name(fact: str, value: Any) -> None:
    """A share in percent, a negative count, a price that is no number."""
    with pytest.raises(ValueError, match=fact):
        ApproachFacts(**{fact: value})


def test_a_saving_may_be_negative() -> None:
    """Connecting may cost more than it brings; that is an answer."""
    assert ApproachFacts(net_monthly_saving=-40.0).net_monthly_saving == -40.0


@pytest.mark.parametrize(
    "limits",
    [
        {"native_poor_share": 0.9},
        {"native_good_share": 1.2},
        {"simple_max_ops": 200_000},
        {"simple_max_ops": -1},
        {"max_break_even_months": math.nan},
    ],
)
def test_limits_in_the_wrong_order_are_refused(limits: dict[str, float]) -> None:
    """What is poor cannot be more than what is good."""
    with pytest.raises(ValueError, match=next(iter(limits))):
        ApproachLimits(**limits)


def test_every_approach_is_listed_once() -> None:
    """In the order of the rules."""
    assert APPROACHES[0] == "AUTOMATE_IN_SYSTEM"
    assert len(APPROACHES) == len(set(APPROACHES)) == 10
