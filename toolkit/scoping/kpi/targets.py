"""What a KPI must reach, and whether it did: the five of the first 90 days, and a client's own.

A target is met only when the whole interval of what was measured is on its side: a sample of twenty without an error does
not show that fewer than 2 % are wrong. Without what a target is held against there is no verdict at all.

Source: cost model, sections 3 and 14.
"""

from dataclasses import dataclass
from typing import Literal

from toolkit.errors import InputError
from toolkit.scoping.amounts import checked
from toolkit.scoping.kpi.readings import Change, Reading, change

Rule = Literal["reduction_at_least", "below", "at_most"]
Verdict = Literal["met", "missed", "undecided", "not_applicable", "cannot_be_judged"]

_SAME = 1e-12


@dataclass(frozen=True, slots=True)
class Kpi:
    """A measure with its target.

    ``rule`` says how ``target`` is meant: a share by which it falls at least, or what it is below, or at most. One that
    was below ``only_from`` before is not looked at: it had nothing to gain.
    """

    kpi_id: str
    label: str
    unit: str
    rule: Rule
    target: float
    only_from: float = 0.0

    def __post_init__(self) -> None:
        checked(self.target, f"the target of KPI {self.kpi_id!r}")
        if self.rule == "reduction_at_least" and self.target > 1:
            raise InputError(f"KPI {self.kpi_id!r} is to fall by {self.target:g}. It is a share, from 0 to 1. Correct it.")

    @property
    def needs_baseline(self) -> bool:
        """Whether nothing can be said without knowing how it was before."""
        return self.rule == "reduction_at_least" or self.only_from > 0


MANUAL_HOURS = Kpi("manual_hours", "Manual entry", "hours per week", "reduction_at_least", 0.70)
INVOICE_ERRORS = Kpi("invoice_errors", "Invoices that needed a correction", "share", "below", 0.02)
CLOSE_DAYS = Kpi("close_days", "Month-end close", "days", "reduction_at_least", 0.50)
AUDIT_HOURS = Kpi("audit_hours", "Gathering documents for an audit", "hours", "below", 8, only_from=8)
DUPLICATE_PAYMENTS = Kpi("duplicate_payments", "Payments made twice", "incidents per quarter", "at_most", 0)

FIRST_90_DAYS = (MANUAL_HOURS, INVOICE_ERRORS, CLOSE_DAYS, AUDIT_HOURS, DUPLICATE_PAYMENTS)


@dataclass(frozen=True, slots=True)
class Judged:
    """A KPI before and after, how much it changed, and what came of its target, with the reason in a sentence."""

    kpi_id: str
    before: Reading | None
    after: Reading | None
    change: Change | None
    verdict: Verdict
    reason: str

    @property
    def passes(self) -> bool | None:
        """Whether the target is met; null where that cannot be said."""
        return {"met": True, "missed": False}.get(self.verdict)


def judged(kpi: Kpi, before: Reading | None, after: Reading | None) -> Judged:
    """Return whether a KPI reached its target.

    A target that stands by itself ("below 2 %") is judged without a baseline too; how much it changed is then unknown.

    Parameters
    ----------
    kpi
        The measure and its target.
    before, after
        What was measured before and after; null where it was not.

    Examples
    --------
    >>> from toolkit.scoping.kpi.readings import amount_reading
    >>> judged(CLOSE_DAYS, amount_reading(8), amount_reading(4)).verdict
    'met'
    >>> judged(CLOSE_DAYS, None, amount_reading(4)).reason
    'Cannot be judged: there is no baseline.'
    """
    verdict, reason = _verdict(kpi, before, after)
    moved = change(before, after) if before is not None and after is not None else None
    return Judged(kpi.kpi_id, before, after, moved, verdict, reason)


def _verdict(kpi: Kpi, before: Reading | None, after: Reading | None) -> tuple[Verdict, str]:
    if kpi.needs_baseline and before is None:
        return "cannot_be_judged", "Cannot be judged: there is no baseline."
    if before is not None and kpi.needs_baseline:
        if before.value < kpi.only_from:
            return "not_applicable", f"It was {before.value:g} before, below {kpi.only_from:g} already."
        if before.value == 0:
            return "not_applicable", "It was 0 before, so there is nothing to reduce."
    if after is None:
        return "cannot_be_judged", "Cannot be judged: it was not measured after going live."
    low, value, high = _held_against(kpi, before, after)
    verdict = _side(kpi, low, high)
    words = {"met": "Met", "missed": "Missed", "undecided": "Not decided yet: too few cases to tell"}
    return verdict, f"{words[verdict]}. {_figures(kpi, low, value, high)}"


def _held_against(kpi: Kpi, before: Reading | None, after: Reading) -> tuple[float | None, float, float]:
    """Return what is compared with the target, as low, value and high."""
    reduction = change(before, after).reduction if before is not None else None
    if kpi.rule == "reduction_at_least" and reduction is not None:
        return reduction
    return after.low, after.value, after.high


def _side(kpi: Kpi, low: float | None, high: float) -> Literal["met", "missed", "undecided"]:
    match kpi.rule:
        case "reduction_at_least":
            is_met, is_missed = low is not None and low >= kpi.target - _SAME, high < kpi.target - _SAME
        case "below":
            is_met, is_missed = high < kpi.target, low is not None and low >= kpi.target
        case "at_most":
            is_met, is_missed = high <= kpi.target, low is not None and low > kpi.target
    return "met" if is_met else "missed" if is_missed else "undecided"


def _figures(kpi: Kpi, low: float | None, value: float, high: float) -> str:
    is_share = kpi.rule == "reduction_at_least" or kpi.unit == "share"

    def shown(number: float | None) -> str:
        return "unknown" if number is None else f"{100 * number:.3g} %" if is_share else f"{number:g}"

    between = "" if low == high else f" (between {shown(low)} and {shown(high)})"
    what, words = ("It fell by", "at least") if kpi.rule == "reduction_at_least" else ("It is", kpi.rule.replace("_", " "))
    return f"{what} {shown(value)}{between}; the target is {words} {shown(kpi.target)}."
