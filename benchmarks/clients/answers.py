"""What the client says in the interview, as ranges, and what is true: drawn from the very ranges.

Ranges: minutes an item 2 to 25 (low .6 to .8 and high 1.3 to 2 times the likely value), minutes to mend an error 8 to 50,
the hour 22 to 60, the day of a consultant 450 to 950, the platform 15 to 120 a month. What nobody answers keeps the default
ranges of the cost model, and its truth is drawn from those.
"""

from dataclasses import dataclass

import numpy as np

from benchmarks.clients.chance import pert
from benchmarks.clients.plans import ClientPlan, HandoffPlan

Range = tuple[float, float, float]

STATED_DEFAULTS: dict[str, Range] = {
    "annual_cost_of_capital": (0.08, 0.10, 0.16),
    "automation_rate": (0.50, 0.70, 0.95),
    "exception_ratio": (1.0, 1.0, 2.0),
    "error_rate_target": (0.005, 0.02, 0.04),
    "batch_delay_days": (0.0, 0.5, 1.0),
    "monitoring_hours_per_month": (0.5, 1.0, 4.0),
}
"""Cost model, section 2, and the documented ends of its single values: low, likely, high of what is not asked."""


@dataclass(frozen=True, slots=True)
class Answers:
    """Ranges as told, and the truth behind each and behind the defaults."""

    told: dict[str, Range]
    true: dict[str, float]


def shared_answers(client: ClientPlan) -> Answers:
    """Return what holds for all handoffs of a client: the hour, the day rate, the cost of capital."""
    rng = np.random.default_rng([client.seed, client.number, 1])
    told = {
        "loaded_rate_per_hour": _around(float(rng.uniform(22, 60)), rng),
        "day_rate": _around(float(rng.uniform(450, 950)), rng),
    }
    known = {"annual_cost_of_capital": STATED_DEFAULTS["annual_cost_of_capital"], **told}
    return Answers(told, {name: pert(*one, rng) for name, one in known.items()})


def handoff_answers(client: ClientPlan, handoff: HandoffPlan) -> Answers:
    """Return what the person who carries one handoff says of it.

    Parameters
    ----------
    client, handoff
        Whose, and of which.
    """
    at = [one.handoff_id for company in client.companies for one in company.handoffs].index(handoff.handoff_id)
    rng = np.random.default_rng([client.seed, client.number, 2, at])
    told = {
        "minutes_per_item": _around(float(np.exp(rng.uniform(np.log(2), np.log(25)))), rng),
        "rework_minutes": _around(float(rng.uniform(8, 50)), rng),
        "platform_fee_per_month": _around(float(rng.uniform(15, 120)), rng),
    }
    if rng.random() < 0.3:
        told["other_cost_per_error"] = _around(float(rng.uniform(3, 60)), rng)
    if rng.random() < 0.3:
        told["fixed_minutes_per_month"] = _around(float(rng.uniform(30, 240)), rng)
    if rng.random() < 0.3:
        told["automation_rate"] = (0.6, 0.8, 0.9)
    if handoff.is_billing:
        told["recovered_rate"] = (0.3, round(float(rng.uniform(0.45, 0.8)), 2), 0.95)
    known = {name: one for name, one in STATED_DEFAULTS.items() if name != "annual_cost_of_capital"} | told
    return Answers(told, {name: pert(*one, rng) for name, one in known.items()})


def _around(likely: float, rng: np.random.Generator) -> Range:
    """Return low, likely and high as a person says them."""
    likely = round(likely, 1)
    return round(likely * float(rng.uniform(0.6, 0.8)), 1), likely, round(likely * float(rng.uniform(1.3, 2.0)), 1)
