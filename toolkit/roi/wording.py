"""The arithmetic of the business case in words and numbers, as the report's appendix and ``explain`` show it.

Source: cost model, section 4.
"""

import math
from collections.abc import Collection, Mapping, Sequence

from toolkit.roi.model import Outcome
from toolkit.roi.outcome_words import NOT_COMPARED
from toolkit.roi.rounding import rounded

NO_WAITING_NAMED = "no invoice waits and no cost of waiting was named, so none is counted"
"""What the line of waiting says where nothing can be said of it."""


def number_text(value: float) -> str:
    """Return a number for a formula: two decimals, four below one, no trailing zeros; null-like ones as "unknown".

    Examples
    --------
    >>> number_text(1250.0), number_text(0.0365), number_text(float("nan"))
    ('1,250', '0.0365', 'unknown')
    """
    if not math.isfinite(value):
        return "unknown"
    text = f"{rounded(value, 2 if abs(value) >= 1 else 4):,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def line_formulas(
    values: Mapping[str, float], single: Outcome, *, missing: Sequence[str] = (), uncounted: Collection[str] = ()
) -> dict[str, str]:
    """Return how each line of the cost comes about, now and after, and the hours (``hours_now``, ``hours_after``).

    Parameters
    ----------
    values
        The value of every input by name, not a number where missing.
    single
        The outcome that follows from them.
    missing
        Names of the missing inputs, named in the lines that they leave unknown.
    uncounted
        Lines that rest on what could not be compared.
    """
    v = {name: number_text(value) for name, value in values.items()}
    formulas = {
        "labour": _labour(v, single),
        "hours_now": f"{_hours_now(v)} = {number_text(single.hours_now.item())} h",
        "hours_after": f"{_hours_after(v)} = {number_text(single.hours_after.item())} h",
        "errors": _errors(v, single),
        "delay": _delay(v, values, single),
        "duplicates": _duplicates(v, values, single),
        "missed": _missed(v, values, single),
        "cash_tied_up": _tied_up(v, values, single),
        "subscriptions": f"now {_now(single, 'subscriptions')}, none after",
        "running": (
            f"after: fee {v['platform_fee_per_month']} + build {number_text(single.one_time_parts['build'].item())}"
            f" x {v['maintenance_share_per_year']} a year / 12 + hosting {v['hosting_per_month']}"
            f" = {_after(single, 'running')}"
        ),
    }
    unknown = f" (missing: {', '.join(missing)})" if missing else ""
    formulas |= dict.fromkeys(uncounted, NOT_COMPARED)
    return {line: formula + (unknown if "unknown" in formula else "") for line, formula in formulas.items()}


def _hours_now(v: Mapping[str, str]) -> str:
    batch = "" if v["fixed_minutes_per_month"] == "0" else f" + {v['fixed_minutes_per_month']} min"
    return f"({v['volume_per_month']} items x {v['minutes_per_item']} min{batch}) / 60"


def _hours_after(v: Mapping[str, str]) -> str:
    return (
        f"{v['volume_per_month']} items x (1 - {v['automation_rate']}) x {v['exception_minutes']} min / 60 "
        f"+ {v['monitoring_hours_per_month']} h"
    )


def _labour(v: Mapping[str, str], single: Outcome) -> str:
    rate = v["loaded_rate_per_hour"]
    return (
        f"now: {_hours_now(v)} x {rate} = {_now(single, 'labour')}; "
        f"after: ({_hours_after(v)}) x {rate} = {_after(single, 'labour')}"
    )


def _errors(v: Mapping[str, str], single: Outcome) -> str:
    other = "" if v["other_cost_per_error"] == "0" else f" + {v['other_cost_per_error']}"
    cost_each = f"({v['rework_minutes']} min / 60 x {v['rework_rate_per_hour']}{other})"
    return (
        f"now: {v['volume_per_month']} items x {v['error_rate']} x {cost_each} = {_now(single, 'errors')}; "
        f"after: {v['volume_per_month']} x {v['error_rate_after']} x {cost_each} = {_after(single, 'errors')}"
    )


def _delay(v: Mapping[str, str], values: Mapping[str, float], single: Outcome) -> str:
    def half(suffix: str) -> str:
        invoices = (
            f"{v['invoices_per_month']} invoices x (1 - {v['missed_rate' + suffix]}) x {v['avg_invoice_value']} x "
            f"{v['delay_days' + suffix]} days x 12 / 365 x {v['annual_cost_of_capital']} / 12"
        )
        items = f"{v['volume_per_month']} items x {v['delay_days' + suffix]} days x {v['cost_per_item_day']}"
        kinds = [text for text, driver in ((invoices, "invoices_per_month"), (items, "cost_per_item_day")) if values[driver]]
        return " + ".join(kinds)

    if not half(""):
        if math.isnan(values["delay_days"]):
            return "how long items wait is unknown"
        return NO_WAITING_NAMED
    return f"now: {half('')} = {_now(single, 'delay')}; after: {half('_after')} = {_after(single, 'delay')}"


def _tied_up(v: Mapping[str, str], values: Mapping[str, float], single: Outcome) -> str:
    if not values["invoices_per_month"]:
        return "no invoice waits, so no cash is tied up"
    return (
        f"{v['invoices_per_month']} invoices x (1 - {v['missed_rate']}) x {v['avg_invoice_value']} x 12 / 365 x "
        f"{v['delay_days']} days = {number_text(single.working_capital_now.item())}; no cost by itself"
    )


def _duplicates(v: Mapping[str, str], values: Mapping[str, float], single: Outcome) -> str:
    if not values["payments_per_month"]:
        return "no payment was named, so none is counted"
    each = f"({v['avg_payment']} x (1 - {v['recovery_rate']}) + {v['recovery_cost_per_duplicate']})"
    return (
        f"now: {v['payments_per_month']} payments x {v['duplicate_rate']} x {each} = {_now(single, 'duplicates')}; "
        f"after: {v['payments_per_month']} x {v['duplicate_rate_after']} x {each} = {_after(single, 'duplicates')}"
    )


def _missed(v: Mapping[str, str], values: Mapping[str, float], single: Outcome) -> str:
    if not values["invoices_per_month"]:
        return "no invoice was named, so none is counted"
    if math.isnan(values["recovered_rate"]):
        return "nobody has said yet how many forgotten invoices are noticed later, so no money is counted as lost"
    lost = f"{v['missed_invoice_value']} x (1 - {v['recovered_rate']})"
    return (
        f"now: {v['invoices_per_month']} invoices x {v['missed_rate']} x {lost} = {_now(single, 'missed')}; "
        f"after: {v['invoices_per_month']} x {v['missed_rate_after']} x {lost} = {_after(single, 'missed')}"
    )


def _now(single: Outcome, line: str) -> str:
    return number_text(single.now[line].item())


def _after(single: Outcome, line: str) -> str:
    return number_text(single.after[line].item())
