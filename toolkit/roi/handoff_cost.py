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

    Parameters
    ----------
    volume_per_month, error_rate
        Items carried in a month, and the share of them that is wrong.
    rework_minutes
        Work on one error: finding, fixing, telling the client. It must not be in ``minutes_per_item`` as well.
    rework_rate_per_hour
        Cost of an hour of that work.
    other_cost_per_error
        What an error costs besides work.

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

    Parameters
    ----------
    volume_per_month
        Items that wait.
    delay_days
        Days that each of them waits.
    cost_per_item_day
        What a day of waiting costs for one item.

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

    Parameters
    ----------
    invoices_per_month, avg_invoice_value
        Invoices that should be sent in a month. One that is missed loses its whole value; for a missed order give the
        contribution margin.
    missed_rate
        Share of them that is never sent.
    recovered_rate
        Share of the missed ones that is noticed and sent later.

    Examples
    --------
    >>> leak = missed_invoices(50, 1800.0, 0.006, 0.5)
    >>> round(leak.gross_leakage_per_month, 2), round(leak.net_leakage_per_month, 2)
    (540.0, 270.0)
    """
    missed = invoices_per_month * missed_rate
    gross = missed * avg_invoice_value
    return MissedInvoices(missed, gross, gross * (1 - recovered_rate))
