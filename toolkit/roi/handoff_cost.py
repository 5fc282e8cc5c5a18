"""What one manual handoff costs in a month, now and after it is connected.

Costs are positive amounts in the reporting currency per month; shares and rates are fractions. Every formula takes
numbers or arrays (one number per simulated trial). Same minutes, same item, same payment: counted in one line only.

Source: cost model, sections 2 and 4.
"""

from dataclasses import dataclass

from toolkit.roi.periods import DAYS_PER_YEAR
from toolkit.roi.quantity import Quantity


@dataclass(frozen=True, slots=True)
class Labour:
    """Hours a month and what they cost."""

    hours_per_month: Quantity
    labour_cost_per_month: Quantity


@dataclass(frozen=True, slots=True)
class Errors:
    """Wrong items a month, what one costs, and what they cost together."""

    errors_per_month: Quantity
    cost_per_error: Quantity
    error_cost_per_month: Quantity


@dataclass(frozen=True, slots=True)
class InvoiceDelay:
    """Cash tied up by late invoices (released once) and what carrying it costs (every month). Never add the two."""

    working_capital_tied_up: Quantity
    delay_cost_per_month: Quantity


@dataclass(frozen=True, slots=True)
class DuplicatePayments:
    """Payments made twice: how many, the gross exposure (a target), and the net loss (in the business case)."""

    duplicates_per_month: Quantity
    duplicates_per_quarter: Quantity
    gross_exposure_per_month: Quantity
    net_loss_per_month: Quantity


@dataclass(frozen=True, slots=True)
class MissedInvoices:
    """Delivered work never invoiced: how many, at full value, and after what is recovered."""

    missed_per_month: Quantity
    gross_leakage_per_month: Quantity
    net_leakage_per_month: Quantity


@dataclass(frozen=True, slots=True)
class LoadedRate:
    """A wage with everything that comes on top of it."""

    load_multiplier: float
    loaded_rate_per_hour: float


@dataclass(frozen=True, slots=True)
class HandoffMonth:
    """One handoff's month before and after; ``monthly_cost_after`` includes the running cost."""

    hours_now: float
    hours_after: float
    labour_now: float
    labour_after: float
    errors_now: float
    errors_after: float
    delay_now: float
    delay_after: float
    monthly_cost_now: float
    monthly_cost_after: float
    gross_monthly_benefit: float
    net_monthly_saving: float


def labour_cost(
    volume_per_month: Quantity,
    minutes_per_item: Quantity,
    loaded_rate_per_hour: Quantity,
    fixed_minutes_per_month: Quantity = 0.0,
) -> Labour:
    """Return the hours of a handoff and their cost.

    Parameters
    ----------
    volume_per_month
        Items carried in a month.
    minutes_per_item
        Touch time of one item, in minutes; waiting is not work.
    loaded_rate_per_hour
        Cost of an hour with wage overhead.
    fixed_minutes_per_month
        Work per batch and not per item, in minutes a month.

    Examples
    --------
    >>> labour_cost(20, 15, 25.0)
    Labour(hours_per_month=5.0, labour_cost_per_month=125.0)
    """
    hours = (volume_per_month * minutes_per_item + fixed_minutes_per_month) / 60
    return Labour(hours, hours * loaded_rate_per_hour)


def error_cost(
    volume_per_month: Quantity,
    error_rate: Quantity,
    rework_minutes: Quantity,
    rework_rate_per_hour: Quantity,
    other_cost_per_error: Quantity = 0.0,
) -> Errors:
    """Return the wrong items of a month and what putting them right costs.

    ``rework_minutes`` (per error: finding, fixing, telling the client) must not be in ``minutes_per_item`` as well.

    Examples
    --------
    >>> error_cost(50, 0.1, 60, 25.0, 45.0)
    Errors(errors_per_month=5.0, cost_per_error=70.0, error_cost_per_month=350.0)
    """
    errors = volume_per_month * error_rate
    cost_each = rework_minutes / 60 * rework_rate_per_hour + other_cost_per_error
    return Errors(errors, cost_each, errors * cost_each)


def delay_cost(
    invoices_per_month: Quantity,
    avg_invoice_value: Quantity,
    delay_days: Quantity,
    annual_cost_of_capital: Quantity,
    day_basis: float = DAYS_PER_YEAR,
) -> InvoiceDelay:
    """Return the working capital that late invoices tie up and its carrying cost a month.

    Parameters
    ----------
    invoices_per_month
        Invoices sent late in a month; those never sent belong to ``missed_invoices``.
    avg_invoice_value
        In the reporting currency.
    delay_days
        Days from the event to the invoice.
    annual_cost_of_capital
        Fraction a year.
    day_basis
        Days of a year for interest.

    Examples
    --------
    >>> late = delay_cost(50, 1800.0, 3, 0.10)
    >>> round(late.working_capital_tied_up, 2), round(late.delay_cost_per_month, 2)
    (8876.71, 73.97)
    """
    tied_up = 12 * invoices_per_month * avg_invoice_value / day_basis * delay_days
    return InvoiceDelay(tied_up, tied_up * annual_cost_of_capital / 12)


def delay_cost_per_item(volume_per_month: Quantity, delay_days: Quantity, cost_per_item_day: Quantity) -> Quantity:
    """Return what waiting costs in a month where it is not an invoice that waits: an idle project, a late shipment.

    Examples
    --------
    >>> delay_cost_per_item(20, 3, 15.0)
    900.0
    """
    return volume_per_month * delay_days * cost_per_item_day


def duplicate_payments(
    payments_per_month: Quantity,
    avg_payment: Quantity,
    duplicate_rate: Quantity,
    recovery_rate: Quantity,
    recovery_cost_per_duplicate: Quantity = 0.0,
) -> DuplicatePayments:
    """Return the payments made twice in a month, gross and net of what comes back.

    Parameters
    ----------
    payments_per_month, avg_payment
        From the ledger.
    duplicate_rate
        Share of payments made twice.
    recovery_rate
        Share of duplicates got back.
    recovery_cost_per_duplicate
        Amount spent on each, recovered or not.

    Examples
    --------
    >>> twice = duplicate_payments(300, 640.0, 0.004, 0.7, 35.0)
    >>> round(twice.gross_exposure_per_month, 2), round(twice.net_loss_per_month, 2)
    (768.0, 272.4)
    """
    duplicates = payments_per_month * duplicate_rate
    net_each = avg_payment * (1 - recovery_rate) + recovery_cost_per_duplicate
    return DuplicatePayments(duplicates, duplicates * 3, duplicates * avg_payment, duplicates * net_each)


def missed_invoices(
    invoices_per_month: Quantity,
    avg_invoice_value: Quantity,
    missed_rate: Quantity,
    recovered_rate: Quantity = 0.0,
) -> MissedInvoices:
    """Return the delivered work of a month that is never invoiced, gross and net of what is noticed later.

    A missed invoice loses its whole value; for a missed order give the contribution margin as ``avg_invoice_value``.

    Examples
    --------
    >>> leak = missed_invoices(50, 1800.0, 0.006, 0.5)
    >>> round(leak.gross_leakage_per_month, 2), round(leak.net_leakage_per_month, 2)
    (540.0, 270.0)
    """
    missed = invoices_per_month * missed_rate
    gross = missed * avg_invoice_value
    return MissedInvoices(missed, gross, gross * (1 - recovered_rate))


def loaded_rate(hourly_wage: float, total_comp_per_hour: float, wages_per_hour: float) -> LoadedRate:
    """Return the loaded hourly rate: the wage times total compensation over wages.

    References
    ----------
    US Bureau of Labor Statistics, Employer Costs for Employee Compensation, June 2025: 45.65 total, 32.07 wages.

    Examples
    --------
    >>> round(loaded_rate(22.81, 45.65, 32.07).loaded_rate_per_hour, 2)
    32.47
    """
    multiplier = total_comp_per_hour / wages_per_hour
    return LoadedRate(multiplier, hourly_wage * multiplier)


def handoff_month(
    *,
    volume_per_month: float,
    minutes_per_item: float,
    loaded_rate_per_hour: float,
    error_rate: float,
    rework_minutes: float,
    rework_rate_per_hour: float,
    other_cost_per_error: float,
    invoices_per_month: float,
    avg_invoice_value: float,
    delay_days: float,
    annual_cost_of_capital: float,
    automation_rate: float,
    exception_minutes: float,
    error_rate_after: float,
    delay_days_after: float,
    running_cost_per_month: float,
    monitoring_hours_per_month: float = 0.0,
    fixed_minutes_per_month: float = 0.0,
    retired_subscriptions_per_month: float = 0.0,
) -> HandoffMonth:
    """Return one handoff's month before and after: labour, errors, late invoices and retired subscriptions.

    Duplicate payments, missed invoices and delay per item come from their own formulas.

    Examples
    --------
    >>> month = handoff_month(volume_per_month=50, minutes_per_item=12, loaded_rate_per_hour=32.47, error_rate=0.06,
    ...     rework_minutes=35, rework_rate_per_hour=32.47, other_cost_per_error=18, invoices_per_month=50,
    ...     avg_invoice_value=1800, delay_days=3, annual_cost_of_capital=0.10, automation_rate=0.9,
    ...     exception_minutes=12, error_rate_after=0.01, delay_days_after=0.02, running_cost_per_month=85,
    ...     monitoring_hours_per_month=1)
    >>> round(month.monthly_cost_now, 2), round(month.net_monthly_saving, 2)
    (509.5, 340.59)
    """
    now = labour_cost(volume_per_month, minutes_per_item, loaded_rate_per_hour, fixed_minutes_per_month)
    after = labour_cost(
        volume_per_month * (1 - automation_rate),
        exception_minutes,
        loaded_rate_per_hour,
        60 * monitoring_hours_per_month,
    )
    rework = (rework_minutes, rework_rate_per_hour, other_cost_per_error)
    errors_now = error_cost(volume_per_month, error_rate, *rework).error_cost_per_month
    errors_after = error_cost(volume_per_month, error_rate_after, *rework).error_cost_per_month
    late = (invoices_per_month, avg_invoice_value)
    delay_now = delay_cost(*late, delay_days, annual_cost_of_capital).delay_cost_per_month
    delay_after = delay_cost(*late, delay_days_after, annual_cost_of_capital).delay_cost_per_month

    cost_now = now.labour_cost_per_month + errors_now + delay_now + retired_subscriptions_per_month
    manual_after = after.labour_cost_per_month + errors_after + delay_after
    gross_benefit = cost_now - manual_after
    return HandoffMonth(
        hours_now=float(now.hours_per_month),
        hours_after=float(after.hours_per_month),
        labour_now=float(now.labour_cost_per_month),
        labour_after=float(after.labour_cost_per_month),
        errors_now=float(errors_now),
        errors_after=float(errors_after),
        delay_now=float(delay_now),
        delay_after=float(delay_after),
        monthly_cost_now=float(cost_now),
        monthly_cost_after=float(manual_after + running_cost_per_month),
        gross_monthly_benefit=float(gross_benefit),
        net_monthly_saving=float(gross_benefit - running_cost_per_month),
    )
