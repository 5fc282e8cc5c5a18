"""The figures of a case, each with its single value, its simulated ones, what it rests on and how it comes about.

Source: cost model, section 8.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from toolkit.estimates import Evidence, weakest_evidence
from toolkit.roi.case import HandoffCase
from toolkit.roi.cash_flow import cost_of_delay, return_on_investment, tei_value
from toolkit.roi.finance import metrics, npv
from toolkit.roi.outcome_words import LINE_METRICS, LOSS
from toolkit.roi.periods import WEEKS_PER_MONTH, annual_rate, monthly_rate
from toolkit.roi.quantity import FloatArray
from toolkit.roi.simulation import standard_error
from toolkit.roi.wording import number_text

_PAYBACK_LIMIT_MONTHS = 12
_PER_MONTH = "currency per month"


@dataclass(frozen=True, slots=True)
class Metric:
    """One row of the case: its single value, its simulated ones (null where there are none), and how it comes about."""

    name: str
    unit: str
    single: FloatArray | float | None
    simulated: FloatArray | None
    evidence: Evidence
    formula: str


def case_metrics(case: HandoffCase) -> Iterator[Metric]:
    """Return every figure of a case."""
    both = weakest_evidence(case.after_evidence, case.one_time_evidence)
    yield from _monthly_rows(case)
    yield from _line_rows(case)
    yield from _return_rows(case, both)
    yield from _discounted_rows(case, both)
    yield from _chance_rows(case, both)
    yield from _input_rows(case)


def single_value(values: FloatArray | float | None) -> float | None:
    """Return the single value; what is infinite or not a number does not exist."""
    if values is None:
        return None
    value = float(np.atleast_1d(np.asarray(values, dtype=np.float64))[0])
    return value if math.isfinite(value) else None


def sum_text(case: HandoffCase, *, is_now: bool) -> str:
    """Return how the cost now, or after, adds up from its lines, at the likely values."""
    lines, total = (case.single.now, case.single.cost_now) if is_now else (case.single.after, case.single.cost_after)
    parts = [f"{line} {_text(lines[line])}" for line in case.single.added if np.any(lines[line] != 0)]
    return f"{' + '.join(parts) or 'nothing'} = {_text(total)}"


def _monthly_rows(case: HandoffCase) -> Iterator[Metric]:
    single, drawn = case.single, case.simulated
    now, after = case.now_evidence, case.after_evidence
    capital = case.line_evidence["delay"]
    yield Metric("cost_now_per_month", _PER_MONTH, single.cost_now, drawn.cost_now, now, sum_text(case, is_now=True))
    yield Metric(
        "cost_after_per_month", _PER_MONTH, single.cost_after, drawn.cost_after, after, sum_text(case, is_now=False)
    )
    yield Metric(
        "gross_benefit_per_month",
        _PER_MONTH,
        single.gross_benefit,
        drawn.gross_benefit,
        after,
        f"{_text(single.net_saving)} net saving + {_text(single.running)} running cost",
    )
    yield Metric(
        "running_cost_per_month",
        _PER_MONTH,
        single.running,
        drawn.running,
        case.line_evidence["running"],
        case.formulas["running"],
    )
    yield Metric(
        "net_saving_per_month",
        _PER_MONTH,
        single.net_saving,
        drawn.net_saving,
        after,
        f"{_text(single.cost_now)} now - {_text(single.cost_after)} after",
    )
    labour = case.line_evidence["labour"]
    yield Metric("hours_now", "hours per month", single.hours_now, drawn.hours_now, labour, case.formulas["hours_now"])
    yield Metric(
        "hours_after", "hours per month", single.hours_after, drawn.hours_after, after, case.formulas["hours_after"]
    )
    capacity, drawn_capacity = (one.now["labour"] - one.after["labour"] for one in (single, drawn))
    yield Metric(
        "capacity_value_per_month",
        _PER_MONTH,
        capacity,
        drawn_capacity,
        after,
        f"labour {_text(single.now['labour'])} now - {_text(single.after['labour'])} after",
    )
    yield Metric(
        "cash_value_per_month",
        _PER_MONTH,
        case.cash_share * capacity,
        case.cash_share * drawn_capacity,
        after,
        f"{number_text(case.cash_share)} x {_text(capacity)} of capacity",
    )
    yield Metric(
        "working_capital_released",
        "currency",
        single.working_capital_now - single.working_capital_after,
        drawn.working_capital_now - drawn.working_capital_after,
        weakest_evidence(capital, after) if np.any(single.working_capital_now) else capital,
        f"{_text(single.working_capital_now)} tied up now - {_text(single.working_capital_after)} after; "
        "released once, not part of the saving",
    )
    yield Metric(
        "duplicate_exposure_per_month",
        _PER_MONTH,
        single.gross_duplicates_per_month,
        drawn.gross_duplicates_per_month,
        case.line_evidence["duplicates"],
        "payments made twice at full value, before anything comes back",
    )
    yield Metric(
        "error_to_labour_ratio",
        "ratio",
        _ratio(single.now["errors"], single.now["labour"]),
        _ratio(drawn.now["errors"], drawn.now["labour"]),
        now,
        f"errors {_text(single.now['errors'])} / labour {_text(single.now['labour'])}",
    )


def _line_rows(case: HandoffCase) -> Iterator[Metric]:
    """Return work, errors, delay and losses apart, and the cash that late invoices tie up."""
    single, drawn = case.single, case.simulated
    for line, name in LINE_METRICS.items():
        yield Metric(name, _PER_MONTH, single.now[line], drawn.now[line], case.line_evidence[line], case.formulas[line])
    yield Metric(
        "cash_tied_up",
        "currency",
        single.working_capital_now,
        drawn.working_capital_now,
        case.line_evidence["delay"],
        case.formulas["cash_tied_up"],
    )
    yield Metric(
        "lost_revenue_after_per_month",
        _PER_MONTH,
        single.after[LOSS],
        drawn.after[LOSS],
        weakest_evidence(case.line_evidence[LOSS], case.after_evidence),
        case.formulas[LOSS],
    )


def _return_rows(case: HandoffCase, both: Evidence) -> Iterator[Metric]:
    single, drawn = case.single, case.simulated
    judged, many = case.judged_single, case.judged_simulated
    parts = " + ".join(f"{part.replace('_', ' ')} {_text(amount)}" for part, amount in single.one_time_parts.items())
    horizon = f"{case.terms.horizon_months} months"
    yield Metric("one_time_cost", "currency", single.one_time, drawn.one_time, case.one_time_evidence, parts)
    yield Metric(
        "payback_months",
        "months",
        judged.payback_months,
        many.payback_months,
        both,
        f"first month in which the flows so far reach zero, within {horizon}, benefits rising after going live",
    )
    yield Metric(
        "plain_payback_months",
        "months",
        _plain_payback(single.one_time, single.net_saving),
        _plain_payback(drawn.one_time, drawn.net_saving),
        both,
        f"{_text(single.one_time)} once / {_text(single.net_saving)} a month, as if all of it came from the first day",
    )
    yield Metric(
        "payback_weeks",
        "weeks",
        judged.payback_months * WEEKS_PER_MONTH,
        many.payback_months * WEEKS_PER_MONTH,
        both,
        "payback in months x 52 / 12",
    )
    yield Metric(
        "npv",
        "currency",
        judged.npv,
        many.npv,
        both,
        f"flows of {horizon} discounted monthly at {100 * case.terms.annual_discount_rate:g} % a year, "
        f"less {_text(single.one_time)} today",
    )
    yield Metric(
        "roi_pct",
        "percent",
        judged.roi_pct,
        many.roi_pct,
        both,
        f"net present value {_text(judged.npv)} / present value of all costs {_text(_present_costs(case))} x 100",
    )
    if single.break_even_volume is not None and drawn.break_even_volume is not None:
        yield Metric(
            "break_even_volume",
            "items per month",
            single.break_even_volume,
            drawn.break_even_volume,
            both,
            f"items a month at which {horizon} bring back all costs",
        )


def _discounted_rows(case: HandoffCase, both: Evidence) -> Iterator[Metric]:
    """Return the figures that exist for the single flows only, not for a simulation."""
    single = case.single
    flows = single.flows[0]
    if not np.isfinite(flows).all():
        judged, tei, delay, undiscounted = None, math.nan, None, None
    else:
        rate = monthly_rate(case.terms.annual_discount_rate)
        judged = metrics(flows.tolist(), rate)
        tei = tei_value(case.terms.annual_discount_rate, flows)
        delay = cost_of_delay(
            single.net_saving.item(),
            single.one_time.item(),
            case.terms.horizon_months,
            case.terms.annual_discount_rate,
        )
        undiscounted = return_on_investment(float(single.benefit_flows[0].sum()), float(single.cost_flows[0].sum()))
    roots = judged.irr_roots if judged else ()
    why = f"{len(roots)} rates fit these flows: {', '.join(f'{annual_rate(root):.1%}' for root in roots)}"
    yield Metric(
        "irr_annual",
        "percent",
        100 * annual_rate(judged.irr) if judged and judged.irr is not None else None,
        None,
        both,
        "rate at which the flows are worth nothing, a month's compounded to a year" if len(roots) == 1 else why,
    )
    yield Metric(
        "mirr_annual",
        "percent",
        100 * annual_rate(judged.mirr) if judged and judged.mirr is not None else None,
        None,
        both,
        "as above with returns put aside at the discount rate",
    )
    yield Metric(
        "discounted_payback_months",
        "months",
        judged.discounted_payback_periods if judged else None,
        None,
        both,
        "payback of the discounted flows",
    )
    yield Metric("npv_tei", "currency", tei, None, both, "each year's flows discounted at its end, today's not at all")
    yield Metric("roi_pct_undiscounted", "percent", undiscounted, None, both, "without discounting")
    yield Metric(
        "cost_of_delay_per_month",
        _PER_MONTH,
        single.net_saving,
        case.simulated.net_saving,
        both,
        "the net saving of a month at full benefit is forgone",
    )
    yield Metric(
        "npv_cost_of_delay",
        "currency",
        delay.npv_cost_of_delay if delay else None,
        None,
        both,
        "net present value when starting now less that when starting a month later, both to the same end",
    )


def _chance_rows(case: HandoffCase, both: Evidence) -> Iterator[Metric]:
    many, terms = case.judged_simulated, case.terms
    is_known = bool(np.isfinite(many.npv).all())
    chances = {
        "prob_payback_within_12_months": (many.payback_months <= _PAYBACK_LIMIT_MONTHS, "pay back within 12 months"),
        "prob_npv_positive": (many.npv > 0, "are worth more than they cost"),
    }
    for metric, (hits, words) in chances.items():
        share = float(np.mean(hits)) if is_known else None
        error = "" if share is None else f"; standard error {standard_error(share, len(hits)):.4f}"
        formula = f"share of {terms.trials:,} simulated cases (seed {terms.seed}) that {words}{error}"
        yield Metric(metric, "share", share, None, both, formula)


def _input_rows(case: HandoffCase) -> Iterator[Metric]:
    """Return how many inputs rest on a default and how many are missing, with their names; neither without a case."""
    is_there = bool(case.missing or case.defaults or case.has_cost_now)
    for metric, names in {"assumed_inputs": case.defaults, "missing_inputs": case.missing}.items():
        yield Metric(metric, "count", float(len(names)) if is_there else None, None, "default", ", ".join(names) or "none")


def _text(values: FloatArray | float) -> str:
    return number_text(math.nan if (value := single_value(values)) is None else value)


def _plain_payback(one_time: FloatArray, net_saving: FloatArray) -> FloatArray:
    months = np.where(net_saving > 0, one_time / np.where(net_saving > 0, net_saving, 1.0), np.inf)
    return np.asarray(np.where(np.isnan(one_time + net_saving), np.nan, months), dtype=np.float64)


def _ratio(errors: FloatArray, labour: FloatArray) -> FloatArray:
    return np.asarray(np.where(labour > 0, errors / np.where(labour > 0, labour, 1.0), np.nan), dtype=np.float64)


def _present_costs(case: HandoffCase) -> float:
    return npv(monthly_rate(case.terms.annual_discount_rate), case.single.cost_flows[0])
