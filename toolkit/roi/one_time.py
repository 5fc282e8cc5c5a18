"""What connecting costs once: build, clean-up, training, parallel run and the reserve for surprises.

Amounts are positive, in the reporting currency. Working days are days of one person. Agreeing on the process is a line of
its own and not part of the build.

Source: cost model, section 5.
"""

from dataclasses import dataclass
from typing import Literal

from toolkit.errors import UnknownNameError
from toolkit.roi.quantity import Quantity

EffortClass = Literal["native", "simple", "medium", "complex"]


@dataclass(frozen=True, slots=True)
class Effort:
    """Working days to build one connection, and the price range (US dollars) in which such work is offered."""

    low_days: float
    likely_days: float
    high_days: float
    price_low: float
    price_high: float
    meaning: str


EFFORT: dict[EffortClass, Effort] = {
    "native": Effort(0.25, 0.5, 1, 0, 0, "a vendor's own connector, switched on and checked"),
    "simple": Effort(1, 1.5, 2, 500, 1_500, "one trigger, one action, clean data"),
    "medium": Effort(3, 5, 10, 2_000, 6_000, "several triggers, conditions, transformation, error handling"),
    "complex": Effort(10, 20, 60, 3_000, 20_000, "several systems, own logic, high volume"),
}

EXTRA_BUILD_PER_FILE_OR_SOAP_SIDE = 0.30


@dataclass(frozen=True, slots=True)
class Cleanup:
    """Hours and cost of putting the existing records right."""

    cleanup_hours: Quantity
    cleanup_cost: Quantity


@dataclass(frozen=True, slots=True)
class OneTimeCost:
    """The parts together, the reserve on top, and both."""

    subtotal: Quantity
    contingency: Quantity
    one_time_cost: Quantity


@dataclass(frozen=True, slots=True)
class Preparation:
    """Hours of data preparation and of the whole project."""

    prep_hours: float
    total_hours: float


def effort(effort_class: str) -> Effort:
    """Return the effort of a class of connection.

    Raises
    ------
    UnknownNameError
        There is no such class; the message names the nearest.

    Examples
    --------
    >>> effort("medium").likely_days
    5
    """
    for name, known in EFFORT.items():
        if name == effort_class:
            return known
    raise UnknownNameError("class of build effort", effort_class, EFFORT)


def build_cost(days: Quantity, day_rate: Quantity, file_or_soap_sides: int = 0) -> Quantity:
    """Return what building costs; each side that speaks files or SOAP only adds 30 %.

    Parameters
    ----------
    days, day_rate
        Days of one person, and what a day costs.
    file_or_soap_sides
        How many of both sides speak files or SOAP only.

    Examples
    --------
    >>> build_cost(5, 650.0)
    3250.0
    """
    return days * (1 + EXTRA_BUILD_PER_FILE_OR_SOAP_SIDE * file_or_soap_sides) * day_rate


def build_price_warning(effort_class: str, cost: float, currency: str) -> str | None:
    """Return a sentence when a build costs less or more than such work is offered for; dollar amounts only.

    Parameters
    ----------
    effort_class
        One of ``EFFORT``.
    cost, currency
        What the build is reckoned at.

    Examples
    --------
    >>> build_price_warning("simple", 9_750.0, "USD")
    'A simple connection is offered for 500 to 1,500 USD; this one is reckoned at 9,750 USD. Check days and day rate.'
    >>> build_price_warning("medium", 3_250.0, "USD") is None
    True
    """
    expected = effort(effort_class)
    if currency != "USD" or not expected.price_high or expected.price_low <= cost <= expected.price_high:
        return None
    return (
        f"A {effort_class} connection is offered for {expected.price_low:,.0f} to {expected.price_high:,.0f} USD; "
        f"this one is reckoned at {cost:,.0f} USD. Check days and day rate."
    )


def cleanup_cost(
    duplicate_records: Quantity,
    minutes_per_duplicate: Quantity,
    mismatched_records: Quantity,
    minutes_per_mismatch: Quantity,
    rate_per_hour: Quantity,
) -> Cleanup:
    """Return the work of merging the duplicates and settling the mismatches that were counted.

    Parameters
    ----------
    duplicate_records, minutes_per_duplicate
        Records to merge, and the work on each.
    mismatched_records, minutes_per_mismatch
        Records to settle, and the work on each.
    rate_per_hour
        Cost of an hour of that work.

    Examples
    --------
    >>> round(cleanup_cost(180, 6, 340, 4, 32.0).cleanup_cost, 2)
    1301.33
    """
    hours = (duplicate_records * minutes_per_duplicate + mismatched_records * minutes_per_mismatch) / 60
    return Cleanup(hours, hours * rate_per_hour)


def one_time_cost(
    build: Quantity,
    cleanup_cost: Quantity,
    training: Quantity,
    parallel_run_cost: Quantity,
    contingency_rate: Quantity,
) -> OneTimeCost:
    """Return the one-time cost with its reserve; ``contingency_rate`` is a fraction of the parts together.

    Parameters
    ----------
    build, cleanup_cost, training, parallel_run_cost
        The parts, as amounts.
    contingency_rate
        The reserve as a fraction of the parts together.

    Examples
    --------
    >>> one_time_cost(3000.0, 1300.0, 400.0, 260.0, 0.2).one_time_cost
    5952.0
    """
    subtotal = build + cleanup_cost + training + parallel_run_cost
    contingency = subtotal * contingency_rate
    return OneTimeCost(subtotal, contingency, subtotal + contingency)


def preparation_from_share(other_hours: float, prep_share: float) -> Preparation:
    """Return the hours of data preparation when they are ``prep_share`` of all hours; a check of the clean-up line.

    Examples
    --------
    >>> preparation_from_share(60.0, 0.5)
    Preparation(prep_hours=60.0, total_hours=120.0)
    """
    if not 0 <= prep_share < 1:
        raise ValueError(f"Preparation is a share of all hours, from 0 to less than 1; {prep_share!r} is not.")
    prep_hours = other_hours * prep_share / (1 - prep_share)
    return Preparation(prep_hours, other_hours + prep_hours)
