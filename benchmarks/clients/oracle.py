"""What is true of a handoff: its rates, waits, volumes and money; reckoned from the plan and the cost model alone.

A wait is the population's: 40,000 waits are drawn by the process that the documents were drawn from. The money follows
sections 2 and 4 of the cost model, with the rates that the client was drawn from, not with what happened by chance.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from benchmarks.clients.answers import Answers
from benchmarks.clients.chance import DAY_S, Floats, instants, lognormal_mean
from benchmarks.clients.documents import LIVE_SHARE, Fate, event, finished
from benchmarks.clients.plans import ClientPlan, CompanyPlan, HandoffPlan

_DRAWS = 40_000
_DAYS_PER_YEAR = 365


@dataclass(frozen=True, slots=True)
class Waits:
    """The population of waits of one handoff, in days by date and in minutes by the clock."""

    days: Floats
    minutes: Floats


def waits(client: ClientPlan, plan: CompanyPlan, handoff: HandoffPlan) -> Waits:
    """Return what a wait is like at one handoff, over all its items.

    Parameters
    ----------
    client, plan, handoff
        Of which.
    """
    rng = np.random.default_rng([client.seed, client.number, 3])
    weights = plan.busy / plan.busy.sum()
    counts = np.round(weights * _DRAWS).astype(np.int64)
    is_by_customers = handoff.source in {"orders", "charges"}
    at = instants(client.months, counts, rng, by_people=not is_by_customers)
    if handoff.source in {"jobs", "tickets"}:
        at = finished(handoff.source, at, rng)
    late = handoff.wait.after(at, rng)
    return Waits((late // DAY_S - at // DAY_S).astype(np.float64), (late - at) / 60)


def month_counts(client: ClientPlan, fates: list[Fate]) -> list[int]:
    """Return how many items fell due in each of the last six full months, the oldest first."""
    epoch = date(1970, 1, 1)
    counted = Counter((epoch + timedelta(days=event(one.source) // DAY_S)).replace(day=1) for one in fates)
    if not counted:
        return []
    month, last = min(counted), client.as_of + timedelta(days=1)
    full = []
    while (after := (month.replace(day=28) + timedelta(days=4)).replace(day=1)) <= last:
        full.append(month)
        month = after
    return [counted[one] for one in full[-6:]]


def volume(client: ClientPlan, fates: list[Fate]) -> float | None:
    """Return the median of the last six full months; null where no month is full."""
    counts = month_counts(client, fates)
    return float(np.median(counts)) if counts else None


def expected_volume(plan: CompanyPlan, handoff: HandoffPlan) -> float:
    """Return how many items fall due in a month of the last six full ones, in the mean over all that could have happened.

    Parameters
    ----------
    plan, handoff
        Of which; one that is fed by another gets what that one passed on.
    """
    months = plan.busy[:-1][-6:]
    feeding = next((one for one in plan.handoffs if one.target == handoff.source), None)
    # The first handoff of a stream says how many documents it has.
    first = next(one for one in plan.handoffs if one.source in {handoff.source, feeding.source if feeding else ""})
    live = LIVE_SHARE.get(first.source, 1.0)
    return float(first.per_month * months.mean() * live * (1 - (feeding.missing_rate if feeding else 0.0)))


def mean_net(plan: CompanyPlan) -> float:
    """Return the mean amount of a document before tax, in major units."""
    return lognormal_mean(plan.amount_median, plan.amount_sigma)


def mean_gross(plan: CompanyPlan, client: ClientPlan) -> float:
    """Return the mean amount of a document with tax, in major units."""
    tax = float(np.mean(client.place.taxes)) if client.place.taxes else 0.0
    return mean_net(plan) * (1 + tax)


@dataclass(frozen=True, slots=True)
class Money:
    """Cost a month by line, today and when connected, and the saving: in the reporting currency.

    Revenue never invoiced ("missed", before tax) counts only where the client lets it be added.
    """

    now: dict[str, float]
    after: dict[str, float]
    is_loss_added: bool

    @property
    def cost_now(self) -> float:
        """The lines of today that are added up."""
        return self._sum(self.now)

    @property
    def saving(self) -> float:
        """What a month costs less, running cost paid."""
        return self.cost_now - self._sum(self.after)

    def _sum(self, lines: dict[str, float]) -> float:
        return sum(cost for line, cost in lines.items() if self.is_loss_added or line != "missed")


def money(
    client: ClientPlan, plan: CompanyPlan, handoff: HandoffPlan, shared: Answers, own: Answers, *, delay_days: float
) -> Money:
    """Return what one handoff truly costs in a month, and after it is connected.

    Parameters
    ----------
    client, plan, handoff
        Of which.
    shared, own
        The truth behind what was answered.
    delay_days
        Mean wait of the population, in days.
    """
    rate, true = shared.true["loaded_rate_per_hour"], own.true
    items = expected_volume(plan, handoff)
    automated, minutes = true["automation_rate"], true["minutes_per_item"]
    per_error = true["rework_minutes"] / 60 * rate + true.get("other_cost_per_error", 0.0)
    later = min(delay_days, true["batch_delay_days"])
    now = {
        "labour": (items * minutes + true.get("fixed_minutes_per_month", 0.0)) / 60 * rate,
        "errors": items * handoff.error_rate * per_error,
    }
    left_to_people = items * (1 - automated) * minutes * true["exception_ratio"]
    after = {
        "labour": (left_to_people / 60 + true["monitoring_hours_per_month"]) * rate,
        "errors": items * min(handoff.error_rate, true["error_rate_target"]) * per_error,
        "running": true["platform_fee_per_month"],
    }
    if handoff.is_billing:
        value, missed = mean_gross(plan, client), handoff.missing_rate
        carrying = items * value * shared.true["annual_cost_of_capital"] / _DAYS_PER_YEAR
        kept = 1 - true["recovered_rate"]
        lost = items * mean_net(plan) * kept
        now |= {"delay": carrying * (1 - missed) * delay_days, "missed": lost * missed}
        left = missed * (1 - automated)
        after |= {"delay": carrying * (1 - left) * later, "missed": lost * left}
    return Money(now, after, client.is_loss_added)
