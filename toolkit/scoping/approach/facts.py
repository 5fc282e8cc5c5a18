"""What decides how a handoff is connected: the facts of one handoff, and the limits of the rules.

Shares are fractions, operations are billable steps per month, amounts are in the reporting currency. A default says "nothing
of the kind"; whoever does not know a fact asks `settled_answer` instead of leaving the default.

Source: cost model, sections 11 and 16.
"""

import math
from dataclasses import dataclass, fields
from typing import Literal, get_args

ApproachCode = Literal[
    "AUTOMATE_IN_SYSTEM",
    "LEAVE_MANUAL",
    "ANALYTICS_FEED",
    "NATIVE",
    "FILE_BATCH",
    "CUSTOM",
    "UNIFIED_API",
    "IPAAS_ADVANCED",
    "NATIVE_PLUS_IPAAS",
    "IPAAS_SIMPLE",
]

APPROACHES: tuple[ApproachCode, ...] = get_args(ApproachCode)
"""Every approach, in the order in which the rules look at them."""

_AMOUNTS = ("one_time_cost", "ipaas_monthly", "ipaas_setup", "custom_build", "custom_monthly")
_NUMBERS = ("native_coverage", "ops_per_month", "net_monthly_saving", *_AMOUNTS)


@dataclass(frozen=True, slots=True, kw_only=True)
class ApproachFacts:
    """The facts of one handoff; an amount that is null was not given, and the rule that needs it does not apply.

    ``native_coverage`` is the share of the required field-directions that a vendor's own connector handles.
    ``net_monthly_saving`` and ``one_time_cost`` are those of the business case. ``ipaas_monthly`` and ``ipaas_setup`` are
    what a platform costs, ``custom_build`` and ``custom_monthly`` a build of one's own. ``is_within_one_system`` says that
    no data crosses to another system, ``is_reporting_only`` that it is only read there, ``is_embedded`` that it shows up
    inside another application.
    """

    native_exists: bool = False
    native_coverage: float = 0.0
    must_have_missing: bool = False
    api_available_both: bool = True
    file_available: bool = False
    critical: bool = False
    real_time_needed: bool = False
    same_category_platforms: int = 1
    connector_both_sides: bool = True
    complex_logic: bool = False
    audit_trail_required: bool = False
    high_volume_near_real_time: bool = False
    versioned_codebase_required: bool = False
    linear: bool = True
    ops_per_month: float = 0.0
    in_house_developer: bool = True
    systems_in_landscape: int = 2
    net_monthly_saving: float | None = None
    one_time_cost: float | None = None
    horizon_months: int = 36
    ipaas_monthly: float | None = None
    ipaas_setup: float = 0.0
    custom_build: float | None = None
    custom_monthly: float = 0.0
    process_aligned: bool = True
    is_within_one_system: bool = False
    is_reporting_only: bool = False
    is_embedded: bool = False
    has_several_entities: bool = False
    has_several_currencies: bool = False
    flows_in_landscape: int = 0
    steps_per_run: int = 0

    def __post_init__(self) -> None:
        for name in _NUMBERS:
            value = getattr(self, name)
            if value is not None and not math.isfinite(value):
                raise ValueError(f"{name} must be a number, not {value!r}.")
        if not 0 <= self.native_coverage <= 1:
            raise ValueError(f"native_coverage is a share from 0 to 1; {self.native_coverage!r} is not.")
        for name in ("ops_per_month", "flows_in_landscape", "steps_per_run", "systems_in_landscape", *_AMOUNTS):
            value = getattr(self, name)
            if value is not None and value < 0:
                raise ValueError(f"{name} must not be negative, but is {value!r}.")
        for name in ("same_category_platforms", "horizon_months"):
            if getattr(self, name) < 1:
                raise ValueError(f"{name} must be 1 or more, not {getattr(self, name)!r}.")


FACTS: tuple[str, ...] = tuple(field.name for field in fields(ApproachFacts))
"""Every fact, by name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ApproachLimits:
    """Where the rules draw their lines; each is a setting.

    From ``native_good_share`` on a native connector is enough, up to ``native_poor_share`` it is no help.
    ``simple_max_ops`` is what a simple platform carries a month, ``high_volume_ops`` what only code does near real time.
    A subscription that a build overtakes within ``max_break_even_months`` is too dear.
    """

    native_good_share: float = 0.80
    native_poor_share: float = 0.50
    simple_max_ops: float = 3_000
    high_volume_ops: float = 100_000
    max_break_even_months: float = 12
    min_same_category: int = 2
    hub_min_systems: int = 10
    many_flows: int = 24
    many_steps: int = 30

    def __post_init__(self) -> None:
        for name in LIMITS:
            value = getattr(self, name)
            if not math.isfinite(value) or value < 0:
                raise ValueError(f"{name} must be 0 or more, not {value!r}.")
        if not self.native_poor_share <= self.native_good_share <= 1:
            raise ValueError(
                "Shares must rise to 1 at most: native_poor_share, then native_good_share, "
                f"not {self.native_poor_share!r} and {self.native_good_share!r}."
            )
        if self.simple_max_ops > self.high_volume_ops:
            raise ValueError(
                "simple_max_ops must not be above high_volume_ops, but "
                f"{self.simple_max_ops!r} is above {self.high_volume_ops!r}."
            )


LIMITS: tuple[str, ...] = tuple(field.name for field in fields(ApproachLimits))
"""Every limit, by name."""
