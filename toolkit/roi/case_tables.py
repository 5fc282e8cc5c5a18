"""The business case as tables: cost lines, figures of the case, cash flows.

Source: cost model, section 8.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from toolkit.estimates import Evidence, weakest_evidence
from toolkit.roi.case import HandoffCase
from toolkit.roi.cash_flow import cost_of_delay, return_on_investment, tei_value
from toolkit.roi.finance import metrics, npv
from toolkit.roi.model import LINES
from toolkit.roi.periods import WEEKS_PER_MONTH, annual_rate, monthly_rate
from toolkit.roi.quantity import FloatArray
from toolkit.roi.simulation import Band, band, standard_error
from toolkit.roi.wording import number_text
from toolkit.tables import CASE, CASH_FLOW, COST_LINE

_PAYBACK_LIMIT_MONTHS = 12
_PER_MONTH = "currency per month"


@dataclass(frozen=True, slots=True)
class CaseTables:
    """Schemas COST_LINE, CASE and CASH_FLOW."""

    cost_line: pa.Table
    case: pa.Table
    cash_flow: pa.Table


@dataclass(frozen=True, slots=True)
class _Metric:
    """One row of the case: its single value, its simulated ones (null where there are none), and how it comes about."""

    name: str
    unit: str
    single: FloatArray | float | None
    simulated: FloatArray | None
    evidence: Evidence
    formula: str


def case_tables(cases: Sequence[HandoffCase]) -> CaseTables:
    """Return the tables of cases, the total among them when it is given.

    Parameters
    ----------
    cases
        Handoffs' cases and, usually last, ``portfolio_case(...).total``.

    Returns
    -------
    CaseTables
        A line ``total`` closes each handoff's cost lines; the line ``running`` is fee, upkeep and hosting, which cost
        nothing today. The evidence of a cost line is that of today's cost. What misses an input is null, never zero.
    """
    return CaseTables(
        COST_LINE.from_rows(row for case in cases for row in _cost_lines(case)),
        case_table(cases),
        CASH_FLOW.from_rows(row for case in cases for row in _cash_flow_rows(case)),
    )


def case_table(cases: Sequence[HandoffCase]) -> pa.Table:
    """Return the figures of cases alone, schema CASE."""
    return CASE.from_rows(row for case in cases for row in _case_rows(case))


def _cost_lines(case: HandoffCase) -> Iterator[dict[str, Any]]:
    single = case.single
    for line in LINES:
        yield {
            "handoff_id": case.handoff_id,
            "line": line,
            "now_per_month": _value(single.now[line]),
            "after_per_month": _value(single.after[line]),
            "evidence": case.line_evidence[line],
            "formula": case.formulas[line],
        }
    yield {
        "handoff_id": case.handoff_id,
        "line": "total",
        "now_per_month": _value(single.cost_now),
        "after_per_month": _value(single.cost_after),
        "evidence": case.now_evidence,
        "formula": f"now: {_sum_text(case, is_now=True)}; after: {_sum_text(case, is_now=False)}",
    }


def _cash_flow_rows(case: HandoffCase) -> Iterator[dict[str, Any]]:
    """Return the flows month by month; a case that misses an input has none."""
    flows = case.single.flows[0]
    if not np.isfinite(flows).all():
        return
    so_far = np.cumsum(flows)
    low, middle, high = case.judged_simulated.cumulative_bands
    for month in range(len(flows)):
        yield {
            "handoff_id": case.handoff_id,
            "month": month,
            "flow": float(flows[month]),
            "cumulative": float(so_far[month]),
            "cumulative_p10": float(low[month]),
            "cumulative_p50": float(middle[month]),
            "cumulative_p90": float(high[month]),
        }


def _case_rows(case: HandoffCase) -> Iterator[dict[str, Any]]:
    both = weakest_evidence(case.after_evidence, case.one_time_evidence)
    for group in (
        _monthly_rows(case),
        _return_rows(case, both),
        _discounted_rows(case, both),
        _chance_rows(case, both),
        _input_rows(case),
    ):
        yield from (_row(case, metric) for metric in group)


def _monthly_rows(case: HandoffCase) -> Iterator[_Metric]:
    single, drawn = case.single, case.simulated
    now, after = case.now_evidence, case.after_evidence
    capital = case.line_evidence["delay"]
    yield _Metric("cost_now_per_month", _PER_MONTH, single.cost_now, drawn.cost_now, now, _sum_text(case, is_now=True))
    yield _Metric(
        "cost_after_per_month", _PER_MONTH, single.cost_after, drawn.cost_after, after, _sum_text(case, is_now=False)
    )
    yield _Metric(
        "gross_benefit_per_month",
        _PER_MONTH,
        single.gross_benefit,
        drawn.gross_benefit,
        after,
        f"{_text(single.net_saving)} net saving + {_text(single.running)} running cost",
    )
    yield _Metric(
        "running_cost_per_month",
        _PER_MONTH,
        single.running,
        drawn.running,
        case.line_evidence["running"],
        case.formulas["running"],
    )
    yield _Metric(
        "net_saving_per_month",
        _PER_MONTH,
        single.net_saving,
        drawn.net_saving,
        after,
        f"{_text(single.cost_now)} now - {_text(single.cost_after)} after",
    )
    labour = case.line_evidence["labour"]
    yield _Metric("hours_now", "hours per month", single.hours_now, drawn.hours_now, labour, case.formulas["hours_now"])
    yield _Metric(
        "hours_after", "hours per month", single.hours_after, drawn.hours_after, after, case.formulas["hours_after"]
    )
    capacity, drawn_capacity = (one.now["labour"] - one.after["labour"] for one in (single, drawn))
    yield _Metric(
        "capacity_value_per_month",
        _PER_MONTH,
        capacity,
        drawn_capacity,
        after,
        f"labour {_text(single.now['labour'])} now - {_text(single.after['labour'])} after",
    )
    yield _Metric(
        "cash_value_per_month",
        _PER_MONTH,
        case.cash_share * capacity,
        case.cash_share * drawn_capacity,
        after,
        f"{number_text(case.cash_share)} x {_text(capacity)} of capacity",
    )
    yield _Metric(
        "working_capital_released",
        "currency",
        single.working_capital_now - single.working_capital_after,
        drawn.working_capital_now - drawn.working_capital_after,
        weakest_evidence(capital, after) if np.any(single.working_capital_now) else capital,
        f"{_text(single.working_capital_now)} tied up now - {_text(single.working_capital_after)} after; "
        "released once, not part of the saving",
    )
    yield _Metric(
        "duplicate_exposure_per_month",
        _PER_MONTH,
        single.gross_duplicates_per_month,
        drawn.gross_duplicates_per_month,
        case.line_evidence["duplicates"],
        "payments made twice at full value, before anything comes back",
    )
    yield _Metric(
        "error_to_labour_ratio",
        "ratio",
        _ratio(single.now["errors"], single.now["labour"]),
        _ratio(drawn.now["errors"], drawn.now["labour"]),
        now,
        f"errors {_text(single.now['errors'])} / labour {_text(single.now['labour'])}",
    )


def _return_rows(case: HandoffCase, both: Evidence) -> Iterator[_Metric]:
    single, drawn = case.single, case.simulated
    judged, many = case.judged_single, case.judged_simulated
    parts = " + ".join(f"{part.replace('_', ' ')} {_text(amount)}" for part, amount in single.one_time_parts.items())
    horizon = f"{case.terms.horizon_months} months"
    yield _Metric("one_time_cost", "currency", single.one_time, drawn.one_time, case.one_time_evidence, parts)
    yield _Metric(
        "payback_months",
        "months",
        judged.payback_months,
        many.payback_months,
        both,
        f"first month in which the flows so far reach zero, within {horizon}, benefits rising after going live",
    )
    yield _Metric(
        "payback_weeks",
        "weeks",
        judged.payback_months * WEEKS_PER_MONTH,
        many.payback_months * WEEKS_PER_MONTH,
        both,
        "payback in months x 52 / 12",
    )
    yield _Metric(
        "npv",
        "currency",
        judged.npv,
        many.npv,
        both,
        f"flows of {horizon} discounted monthly at {100 * case.terms.annual_discount_rate:g} % a year, "
        f"less {_text(single.one_time)} today",
    )
    yield _Metric(
        "roi_pct",
        "percent",
        judged.roi_pct,
        many.roi_pct,
        both,
        f"net present value {_text(judged.npv)} / present value of all costs {_text(_present_costs(case))} x 100",
    )
    if single.break_even_volume is not None and drawn.break_even_volume is not None:
        yield _Metric(
            "break_even_volume",
            "items per month",
            single.break_even_volume,
            drawn.break_even_volume,
            both,
            f"items a month at which {horizon} bring back all costs",
        )


def _discounted_rows(case: HandoffCase, both: Evidence) -> Iterator[_Metric]:
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
            float(single.net_saving[0]),
            float(single.one_time[0]),
            case.terms.horizon_months,
            case.terms.annual_discount_rate,
        )
        undiscounted = return_on_investment(float(single.benefit_flows[0].sum()), float(single.cost_flows[0].sum()))
    roots = judged.irr_roots if judged else ()
    why = f"{len(roots)} rates fit these flows: {', '.join(f'{annual_rate(root):.1%}' for root in roots)}"
    yield _Metric(
        "irr_annual",
        "percent",
        100 * annual_rate(judged.irr) if judged and judged.irr is not None else None,
        None,
        both,
        "rate at which the flows are worth nothing, a month's compounded to a year" if len(roots) == 1 else why,
    )
    yield _Metric(
        "mirr_annual",
        "percent",
        100 * annual_rate(judged.mirr) if judged and judged.mirr is not None else None,
        None,
        both,
        "as above with returns put aside at the discount rate",
    )
    yield _Metric(
        "discounted_payback_months",
        "months",
        judged.discounted_payback_periods if judged else None,
        None,
        both,
        "payback of the discounted flows",
    )
    yield _Metric("npv_tei", "currency", tei, None, both, "each year's flows discounted at its end, today's not at all")
    yield _Metric("roi_pct_undiscounted", "percent", undiscounted, None, both, "without discounting")
    yield _Metric(
        "cost_of_delay_per_month",
        _PER_MONTH,
        single.net_saving,
        case.simulated.net_saving,
        both,
        "the net saving of a month at full benefit is forgone",
    )
    yield _Metric(
        "npv_cost_of_delay",
        "currency",
        delay.npv_cost_of_delay if delay else None,
        None,
        both,
        "net present value when starting now less that when starting a month later, both to the same end",
    )


def _chance_rows(case: HandoffCase, both: Evidence) -> Iterator[_Metric]:
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
        yield _Metric(metric, "share", share, None, both, formula)


def _input_rows(case: HandoffCase) -> Iterator[_Metric]:
    """Return how many inputs rest on a default and how many are missing, with their names; neither without a case."""
    is_there = bool(case.missing or case.defaults or case.has_cost_now)
    for metric, names in {"assumed_inputs": case.defaults, "missing_inputs": case.missing}.items():
        yield _Metric(metric, "count", float(len(names)) if is_there else None, None, "default", ", ".join(names) or "none")


def _row(case: HandoffCase, metric: _Metric) -> dict[str, Any]:
    quantiles = Band(None, None, None) if metric.simulated is None else band(metric.simulated)
    value = _value(metric.single)
    is_explained = value is not None or not case.missing or "missing:" in metric.formula
    missing = "" if is_explained else f" (missing: {', '.join(case.missing)})"
    return {
        "handoff_id": case.handoff_id,
        "metric": metric.name,
        "value": value,
        "p10": quantiles.p10,
        "p50": quantiles.p50,
        "p90": quantiles.p90,
        "unit": metric.unit,
        "evidence": metric.evidence,
        "formula": metric.formula + missing,
    }


def _value(values: FloatArray | float | None) -> float | None:
    """Return the single value; what is infinite or not a number does not exist."""
    if values is None:
        return None
    value = float(np.atleast_1d(np.asarray(values, dtype=np.float64))[0])
    return value if math.isfinite(value) else None


def _text(values: FloatArray | float) -> str:
    return number_text(math.nan if (value := _value(values)) is None else value)


def _sum_text(case: HandoffCase, *, is_now: bool) -> str:
    lines, total = (case.single.now, case.single.cost_now) if is_now else (case.single.after, case.single.cost_after)
    parts = [f"{line} {_text(lines[line])}" for line in LINES if np.any(lines[line] != 0)]
    return f"{' + '.join(parts) or 'nothing'} = {_text(total)}"


def _ratio(errors: FloatArray, labour: FloatArray) -> FloatArray:
    return np.asarray(np.where(labour > 0, errors / np.where(labour > 0, labour, 1.0), np.nan), dtype=np.float64)


def _present_costs(case: HandoffCase) -> float:
    return npv(monthly_rate(case.terms.annual_discount_rate), case.single.cost_flows[0])
