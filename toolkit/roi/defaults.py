"""Starting values for inputs that nobody has given yet; each is shown as a default until the client confirms it.

Dollar amounts serve engagements in US dollars only. Each default that counts has a range; one of zero means "not named, so
not counted". Inputs that are not here have no default: without them a handoff's money stays incomplete. What a forgotten
invoice loses is one of them: only the client can say how many are noticed later.

Source: cost model, sections 2, 5, 6: US Bureau of Labor Statistics (wages May 2023, compensation June 2025); Garza et al.,
"Error rates of data processing methods in clinical research" (2025); Forrester Total Economic Impact (cost of capital);
Capgemini "Duplicate payments recovery". "Assumption" marks a value of our own.
"""

from dataclasses import dataclass
from typing import Literal

from toolkit.estimates import Estimate
from toolkit.roi.one_time import effort

Approach = Literal["native", "platform", "custom"]


@dataclass(frozen=True, slots=True)
class Default:
    """A range to start from, its unit, what it rests on, and whether it is an amount of US dollars."""

    low: float
    likely: float
    high: float
    unit: str
    basis: str
    is_dollars: bool = False

    @property
    def is_absent(self) -> bool:
        """Whether the default says "nothing of this kind was named"."""
        return self.high == 0

    @property
    def estimate(self) -> Estimate:
        """The same as an estimate with the evidence "default"."""
        return Estimate(self.likely, self.unit, "default", self.low, self.high, source=self.basis)


def _none_named(unit: str, what: str) -> Default:
    return Default(0, 0, 0, unit, f"no {what} was named, so none is counted")


DEFAULTS: dict[str, Default] = {
    "fixed_minutes_per_month": _none_named("minutes per month", "work per batch"),
    "loaded_rate_per_hour": Default(
        25,
        32.47,
        45,
        "currency per hour",
        "median US bookkeeper wage 22.81 (May 2023) times total compensation over wages 45.65/32.07 (June 2025)",
        is_dollars=True,
    ),
    "error_rate": Default(
        0.012, 0.056, 0.10, "share", "0.29 % of fields typed once are wrong: 4, 20 and 36 fields per item"
    ),
    "other_cost_per_error": _none_named("currency per error", "cost of an error besides rework"),
    "invoices_per_month": _none_named("items per month", "invoice"),
    "cost_per_item_day": _none_named("currency per item and day", "cost of waiting"),
    "annual_cost_of_capital": Default(0.08, 0.10, 0.16, "share per year", "10 % used, 8 to 16 % typical"),
    "payments_per_month": _none_named("items per month", "payment"),
    "duplicate_rate": Default(
        0.0005, 0.003, 0.02, "share", "0.1 to 0.5 % of payments; up to 2 % of spend also quoted: measure it"
    ),
    "recovery_rate": Default(0.2, 0.5, 0.8, "share", "assumption: half of the payments made twice come back; ends assumed"),
    "recovery_cost_per_duplicate": _none_named("currency", "cost of getting a payment back"),
    "retired_subscriptions_per_month": _none_named("currency per month", "subscription that ends"),
    "automation_rate": Default(0.50, 0.70, 0.95, "share", "70 % less manual work is the usual target; ends assumed"),
    "exception_ratio": Default(
        1, 1, 2, "times the minutes by hand", "an exception takes at least the time that the item takes by hand; end assumed"
    ),
    "error_rate_target": Default(
        0.005, 0.02, 0.04, "share", "fewer than 2 % wrong is the usual target, never more than today; ends assumed"
    ),
    "batch_delay_days": Default(
        0, 0.5, 1, "days", "an item waits half a day on average for a daily run, never longer than today"
    ),
    "monitoring_hours_per_month": Default(0.5, 1, 4, "hours per month", "assumption; 2 to 4 hours quoted"),
    "contingency_rate": Default(
        0.15, 0.20, 0.45, "share", "a reserve is needed; 45 % is the mean overrun of large projects"
    ),
    "training_hours": Default(1, 2, 4, "person hours", "assumption: one or two people, an hour or two each"),
    "parallel_run_weeks": Default(1, 1, 2, "weeks", "one week; two to four where finance depends on it"),
    "parallel_run_hours_per_week": Default(1, 2, 4, "hours per week", "assumption: comparing both results"),
    "duplicate_records": _none_named("records", "duplicate to merge"),
    "mismatched_records": _none_named("records", "difference to settle"),
    "cleanup_minutes_per_duplicate": Default(3, 6, 12, "minutes", "assumption: look, decide, merge"),
    "cleanup_minutes_per_mismatch": Default(2, 4, 8, "minutes", "assumption: look, decide, correct"),
}

_MAINTENANCE: dict[Approach, Default] = {
    "native": _none_named("share of build per year", "upkeep of a vendor's own connector"),
    "platform": Default(
        0, 0, 0, "share of build per year", "upkeep of a platform flow is in the monitoring hours, not a share of the build"
    ),
    "custom": Default(0.05, 0.15, 0.25, "share of build per year", "15 % is a cautious start, 5 to 10 % also quoted"),
}
_HOSTING: dict[Approach, Default] = {
    "native": _none_named("currency per month", "hosting for a vendor's own connector"),
    "platform": _none_named("currency per month", "hosting besides the platform"),
    "custom": Default(5, 20, 60, "currency per month", "assumption: a small server", is_dollars=True),
}

TERMS: dict[str, Default] = {
    "annual_discount_rate": Default(0.08, 0.10, 0.16, "share per year", "10 % used, 8 to 16 % typical"),
    "horizon_months": Default(24, 36, 48, "months", "three years are usual for a decision of this kind"),
    "annual_volume_growth": Default(-0.10, 0.0, 0.10, "share per year", "assumption: as many items as today"),
    "weeks_to_full_benefit": Default(4, 8, 16, "weeks", "adjustments take until the eighth week; ends assumed"),
}
"""Terms of the calculation, not inputs: one value holds in every simulated case, and the range is tried beside it."""

FOLLOWS: dict[str, str] = {
    "exception_minutes": "the minutes by hand x exception_ratio",
    "rework_rate_per_hour": "loaded_rate_per_hour",
    "error_rate_after": "error_rate_target, or error_rate where that is lower",
    "delay_days_after": "batch_delay_days, or delay_days where that is shorter",
    "duplicate_rate_after": "duplicate_rate x (1 - automation_rate)",
    "missed_rate_after": "missed_rate x (1 - automation_rate)",
    "missed_invoice_value": "avg_invoice_value, without the tax that the invoices state",
    "platform_fee_per_month": "list prices for the items a month, from the cheapest list to twice the items",
}
"""Inputs that follow from others unless somebody gives them, and how."""

REPLACED_BY: dict[str, str] = {
    "exception_ratio": "exception_minutes",
    "error_rate_target": "error_rate_after",
    "batch_delay_days": "delay_days_after",
}
"""Defaults of no use once somebody has given what follows from them."""


def approach_defaults(approach: Approach, build_class: str) -> dict[str, Default]:
    """Return the defaults that follow from how, and how thoroughly, a handoff is to be connected.

    Examples
    --------
    >>> approach_defaults("custom", "simple")["build_days"].likely
    1.5
    """
    days = effort(build_class)
    return {
        "build_days": Default(
            days.low_days,
            days.likely_days,
            days.high_days,
            "days",
            f"{build_class} connection: {days.meaning}",
        ),
        "maintenance_share_per_year": _MAINTENANCE[approach],
        "hosting_per_month": _HOSTING[approach],
    }
