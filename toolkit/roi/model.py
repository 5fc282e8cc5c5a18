"""The full model of one handoff: its month now and after, what connecting costs, and the flows month by month.

Every value is an array with one number per trial; a single calculation is a run of one trial, so that the single figure and
the simulation cannot differ in their arithmetic. Costs are positive. An input that is missing is not a number, and so is
everything that depends on it.

Money that was never invoiced is a loss, no cost of the work: it stands beside the other lines, and is added to them only
where a client lets us add it.

Source: cost model, sections 4 to 8.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from toolkit.roi.cash_flow import annuity_factor, growth_factors
from toolkit.roi.flows import FlowTerms, flow_blocks
from toolkit.roi.handoff_cost import (
    delay_cost,
    delay_cost_per_item,
    duplicate_payments,
    error_cost,
    labour_cost,
    missed_invoices,
)
from toolkit.roi.one_time import build_cost, cleanup_cost, one_time_cost
from toolkit.roi.outcome_words import LOSS
from toolkit.roi.periods import WORKDAYS_PER_WEEK, monthly_rate, weeks_to_months
from toolkit.roi.quantity import FloatArray

LINES = ("labour", "errors", "delay", "duplicates", "missed", "subscriptions", "running")

_TARGET_ERROR_RATE = np.array([0.02])
_DAILY_BATCH_DELAY_DAYS = np.array([0.5])
_ONCE = np.ones(1)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Outcome:
    """What a handoff costs and brings, per trial.

    ``now`` and ``after`` hold the cost per month by line, ``running`` among the lines after; those of ``added`` make the
    cost. ``one_time_parts`` is the one-time cost by line; ``break_even_volume`` is null for a sum of different items. The
    flows are those of ``flow_terms`` added up: one row per trial and one column per month, benefits and costs both positive.
    """

    now: Mapping[str, FloatArray]
    after: Mapping[str, FloatArray]
    hours_now: FloatArray
    hours_after: FloatArray
    one_time_parts: Mapping[str, FloatArray]
    working_capital_now: FloatArray
    working_capital_after: FloatArray
    gross_duplicates_per_month: FloatArray
    break_even_volume: FloatArray | None
    flow_terms: tuple[FlowTerms, ...]
    added: tuple[str, ...] = LINES

    @property
    def cost_now(self) -> FloatArray:
        """Cost per month today."""
        return _sum(self.now, self.added)

    @property
    def cost_after(self) -> FloatArray:
        """Cost per month when all is connected, running cost included."""
        return _sum(self.after, self.added)

    @property
    def running(self) -> FloatArray:
        """Fee, upkeep and hosting per month."""
        return self.after["running"]

    @property
    def net_saving(self) -> FloatArray:
        """Cost now less cost after, per month."""
        return self.cost_now - self.cost_after

    @property
    def gross_benefit(self) -> FloatArray:
        """Net saving before the running cost."""
        return self.net_saving + self.running

    @property
    def one_time(self) -> FloatArray:
        """One-time cost with its reserve."""
        return _sum(self.one_time_parts)

    @property
    def benefit_flows(self) -> FloatArray:
        """Benefits of every trial and month at once: for one trial or a few, a simulation is judged in blocks."""
        return np.concatenate([np.ascontiguousarray(block.benefits.T) for block in flow_blocks(self.flow_terms)])

    @property
    def cost_flows(self) -> FloatArray:
        """Costs of every trial and month at once."""
        return np.concatenate([np.ascontiguousarray(block.costs.T) for block in flow_blocks(self.flow_terms)])

    @property
    def flows(self) -> FloatArray:
        """Net flow by trial and month."""
        return self.benefit_flows - self.cost_flows


def added_lines(*, is_loss_added: bool) -> tuple[str, ...]:
    """Return the lines that make the cost.

    Examples
    --------
    >>> added_lines(is_loss_added=False)
    ('labour', 'errors', 'delay', 'duplicates', 'subscriptions', 'running')
    """
    return tuple(line for line in LINES if is_loss_added or line != LOSS)


def completed(values: Mapping[str, FloatArray]) -> dict[str, FloatArray]:
    """Return the values with those filled in that follow from others unless somebody gave them.

    An exception costs the manual time. Errors fall to 2 % at most and waiting to half a day at most, never above today's.
    What needs no touch is neither missed nor paid twice. A fee that nothing tells is unknown, not free; and so is what
    forgotten invoices lose, as long as nobody has counted them or said how many are noticed later.
    """
    follows = {
        "exception_minutes": values["minutes_per_item"] * values.get("exception_ratio", _ONCE),
        "rework_rate_per_hour": values["loaded_rate_per_hour"],
        "rework_minutes": np.zeros(1),
        "error_rate_after": np.minimum(values["error_rate"], values.get("error_rate_target", _TARGET_ERROR_RATE)),
        "delay_days_after": np.minimum(values["delay_days"], values.get("batch_delay_days", _DAILY_BATCH_DELAY_DAYS)),
        "duplicate_rate_after": values["duplicate_rate"] * (1 - values["automation_rate"]),
        "avg_invoice_value": np.zeros(1),
        "avg_payment": np.zeros(1),
        "missed_rate": np.zeros(1),
        "recovered_rate": np.array([np.nan]),
        "platform_fee_per_month": np.array([np.nan]),
    }
    known = {**follows, **values}
    known.setdefault("missed_invoice_value", known["avg_invoice_value"])
    if "missed_rate" not in values:
        known["recovered_rate"] = follows["recovered_rate"]
    known.setdefault("missed_rate_after", known["missed_rate"] * (1 - known["automation_rate"]))
    return known


def outcome(
    values: Mapping[str, FloatArray],
    *,
    soap_or_file_sides: int = 0,
    annual_volume_growth: float = 0.0,
    horizon_months: int = 36,
    annual_discount_rate: float = 0.10,
    weeks_to_full_benefit: float = 8,
    is_volume_of_invoices: bool = False,
    is_loss_added: bool = False,
) -> Outcome:
    """Return what a handoff costs and brings.

    Parameters
    ----------
    values
        Every input by name, as arrays of one common length or of length one; see `HandoffInputs`.
    soap_or_file_sides
        Sides that speak files or SOAP only.
    annual_volume_growth
        As a fraction.
    horizon_months, annual_discount_rate
        How far to look, and the discount rate of the break-even volume.
    weeks_to_full_benefit
        From going live on.
    is_volume_of_invoices
        Whether the items carried are the invoices themselves, so that late and missed ones grow with the volume.
    is_loss_added
        Whether revenue that is likely lost may be added to the cost, and its return to the saving.
    """
    v = completed(values)
    rate = v["loaded_rate_per_hour"]
    now, hours_now, capital_now = _month(v, rate)
    after, _, capital_after = _month({**v, **_after(v)}, rate)
    left = labour_cost(
        v["volume_per_month"] * (1 - v["automation_rate"]),
        v["exception_minutes"],
        rate,
        60 * v["monitoring_hours_per_month"],
    )
    now["subscriptions"] = _array(v["retired_subscriptions_per_month"])
    after["labour"] = _array(left.labour_cost_per_month)
    after["subscriptions"] = np.zeros(1)
    parts, build_months, parallel_months = _one_time(v, rate, soap_or_file_sides)
    now["running"] = np.zeros(1)
    after["running"] = _running(v, parts["build"])
    one_time = _sum(parts)
    added = added_lines(is_loss_added=is_loss_added)
    flow_terms = FlowTerms(
        gross_benefit=_sum(now, added) - _sum(after, added) + after["running"],
        running=after["running"],
        one_time=one_time,
        build_months=build_months,
        parallel_months=parallel_months,
        growth=growth_factors(annual_volume_growth, horizon_months),
        weeks_to_full=weeks_to_full_benefit,
    )
    annuity = annuity_factor(monthly_rate(annual_discount_rate), horizon_months)
    saved_per_invoice = tuple(line for line in ("delay", LOSS) if line in added) if is_volume_of_invoices else ()
    return Outcome(
        now=now,
        after=after,
        hours_now=hours_now,
        hours_after=_array(left.hours_per_month),
        one_time_parts=parts,
        working_capital_now=capital_now,
        working_capital_after=capital_after,
        gross_duplicates_per_month=_array(v["payments_per_month"] * v["duplicate_rate"] * v["avg_payment"]),
        break_even_volume=_break_even(
            v,
            {line: now[line] for line in added},
            {line: after[line] for line in added},
            one_time / annuity,
            saved_per_invoice,
        ),
        flow_terms=(flow_terms,),
        added=added,
    )


def connection_cost(values: Mapping[str, FloatArray], soap_or_file_sides: int = 0) -> tuple[FloatArray, FloatArray]:
    """Return what building costs and what it costs to run per month, as `outcome` has them: nothing else is worked out.

    Parameters
    ----------
    values
        Every input by name; a fee that is not there is unknown.
    soap_or_file_sides
        Sides that speak files or SOAP only.
    """
    v = {"platform_fee_per_month": np.array([np.nan]), **values}
    build = _array(_building(v, soap_or_file_sides))
    return build, _running(v, build)


def _building(v: Mapping[str, FloatArray], soap_or_file_sides: int) -> FloatArray | float:
    return v["build_cost"] if "build_cost" in v else build_cost(v["build_days"], v["day_rate"], soap_or_file_sides)


def _running(v: Mapping[str, FloatArray], build: FloatArray) -> FloatArray:
    return _array(v["platform_fee_per_month"] + build * v["maintenance_share_per_year"] / 12 + v["hosting_per_month"])


def _after(v: Mapping[str, FloatArray]) -> dict[str, FloatArray]:
    return {name: v[f"{name}_after"] for name in ("error_rate", "delay_days", "duplicate_rate", "missed_rate")}


def _month(v: Mapping[str, FloatArray], rate: FloatArray) -> tuple[dict[str, FloatArray], FloatArray, FloatArray]:
    """Return a month's cost by line, its hours, and the cash that late invoices tie up."""
    work = labour_cost(v["volume_per_month"], v["minutes_per_item"], rate, v["fixed_minutes_per_month"])
    errors = error_cost(
        v["volume_per_month"],
        v["error_rate"],
        v["rework_minutes"],
        v["rework_rate_per_hour"],
        v["other_cost_per_error"],
    )
    # An invoice never sent is not also late.
    late = delay_cost(
        v["invoices_per_month"] * (1 - v["missed_rate"]),
        v["avg_invoice_value"],
        v["delay_days"],
        v["annual_cost_of_capital"],
    )
    waiting = delay_cost_per_item(v["volume_per_month"], v["delay_days"], v["cost_per_item_day"])
    twice = duplicate_payments(
        v["payments_per_month"],
        v["avg_payment"],
        v["duplicate_rate"],
        v["recovery_rate"],
        v["recovery_cost_per_duplicate"],
    )
    missed = missed_invoices(v["invoices_per_month"], v["missed_invoice_value"], v["missed_rate"], v["recovered_rate"])
    # Of no invoice nothing is lost, whatever is unknown of it.
    lost = np.where(v["invoices_per_month"] > 0, missed.net_leakage_per_month, 0.0)
    lines = {
        "labour": _array(work.labour_cost_per_month),
        "errors": _array(errors.error_cost_per_month),
        "delay": _array(late.delay_cost_per_month + waiting),
        "duplicates": _array(twice.net_loss_per_month),
        LOSS: _array(lost),
    }
    return lines, _array(work.hours_per_month), _array(late.working_capital_tied_up)


def _one_time(
    v: Mapping[str, FloatArray], rate: FloatArray, soap_or_file_sides: int
) -> tuple[dict[str, FloatArray], FloatArray, FloatArray]:
    """Return the one-time cost by line, and the months that building and running in parallel take."""
    building = _building(v, soap_or_file_sides)
    cleaning = cleanup_cost(
        v["duplicate_records"],
        v["cleanup_minutes_per_duplicate"],
        v["mismatched_records"],
        v["cleanup_minutes_per_mismatch"],
        rate,
    ).cleanup_cost
    training = v["training"] if "training" in v else v["training_hours"] * rate
    parallel = v["parallel_run_weeks"] * v["parallel_run_hours_per_week"] * rate
    cost = one_time_cost(building, cleaning, training, parallel, v["contingency_rate"])
    parts = {
        "build": _array(building),
        "cleanup": _array(cleaning),
        "training": _array(training),
        "parallel_run": _array(parallel),
        "contingency": _array(cost.contingency),
    }
    days = _array(build_cost(v["build_days"], 1.0, soap_or_file_sides))
    per_week = weeks_to_months(1)
    return parts, days / WORKDAYS_PER_WEEK * per_week, v["parallel_run_weeks"] * per_week


def _break_even(
    v: Mapping[str, FloatArray],
    now: Mapping[str, FloatArray],
    after: Mapping[str, FloatArray],
    one_time_per_month: FloatArray,
    saved_per_invoice: tuple[str, ...],
) -> FloatArray:
    """Return the items a month from which connecting pays; infinite where no number of items does."""
    volume = v["volume_per_month"]
    minutes_saved = v["minutes_per_item"] - (1 - v["automation_rate"]) * v["exception_minutes"]
    per_error = v["rework_minutes"] / 60 * v["rework_rate_per_hour"] + v["other_cost_per_error"]
    waiting_saved = (v["delay_days"] - v["delay_days_after"]) * v["cost_per_item_day"]
    margin = (
        minutes_saved / 60 * v["loaded_rate_per_hour"]
        + (v["error_rate"] - v["error_rate_after"]) * per_error
        + waiting_saved
    )
    by_invoice = sum((now[line] - after[line] for line in saved_per_invoice), np.zeros(1))
    if saved_per_invoice:
        # The line "delay" holds late invoices and waiting items; the waiting is in the margin of an item already.
        by_invoice = by_invoice - waiting_saved * volume
    margin = margin + by_invoice / np.where(volume > 0, volume, 1.0)
    # What is saved or spent whatever is carried: batch work, monitoring, subscriptions, invoices of their own number.
    independent_of_volume = _sum(now) - _sum(after) + after["running"] - margin * volume
    to_earn = one_time_per_month + after["running"] - independent_of_volume
    items = np.where(margin > 0, to_earn / np.where(margin > 0, margin, 1.0), np.inf)
    return np.asarray(np.where(to_earn <= 0, 0.0, items), dtype=np.float64)


def _array(values: FloatArray | float) -> FloatArray:
    """Return the values as an array, a cost that no trial has as a single zero: most handoffs lack one line or another."""
    found = np.atleast_1d(np.asarray(values, dtype=np.float64))
    return found if found.any() else found[:1].copy()


def _sum(lines: Mapping[str, FloatArray], added: Sequence[str] | None = None) -> FloatArray:
    chosen = lines.values() if added is None else [lines[line] for line in added]
    return np.asarray(sum(chosen, np.zeros(1)), dtype=np.float64)
