"""The business case as tables: cost lines, figures of the case, cash flows.

What is shown of each is the median of the simulated cases; beside it stands what follows with every input at its likely
value. Medians of parts do not add up to the median of their sum: the parts of a cost are brought to it (``parts_of``).

Source: cost model, section 8.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from toolkit.roi.case import HandoffCase
from toolkit.roi.case_metrics import Metric, case_metrics, single_value, sum_text
from toolkit.roi.model import LINES
from toolkit.roi.outcome_words import LINE_METRICS, NOT_COMPARED
from toolkit.roi.parts import parts_of
from toolkit.roi.quantity import FloatArray
from toolkit.roi.simulation import Band, band
from toolkit.tables import CASE, CASH_FLOW, COST_LINE


@dataclass(frozen=True, slots=True)
class CaseTables:
    """Schemas COST_LINE, CASE and CASH_FLOW."""

    cost_line: pa.Table
    case: pa.Table
    cash_flow: pa.Table


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
    single, drawn = case.single, case.simulated
    now, after = _added_parts(case, drawn.now, drawn.cost_now), _added_parts(case, drawn.after, drawn.cost_after)
    for line in LINES:
        own = _now_and_after(single.now[line], single.after[line], drawn.now[line], drawn.after[line])
        shown = {
            **own,
            "now_per_month": now.get(line, own["now_per_month"]),
            "after_per_month": after.get(line, own["after_per_month"]),
        }
        yield {
            "handoff_id": case.handoff_id,
            "line": line,
            **(dict.fromkeys(shown) if case.formulas[line] == NOT_COMPARED else shown),
            "is_added": line in single.added,
            "evidence": case.line_evidence[line],
            "formula": case.formulas[line],
        }
    yield {
        "handoff_id": case.handoff_id,
        "line": "total",
        **_now_and_after(single.cost_now, single.cost_after, drawn.cost_now, drawn.cost_after),
        "is_added": True,
        "evidence": case.now_evidence,
        "formula": f"now: {sum_text(case, is_now=True)}; after: {sum_text(case, is_now=False)}",
    }


def _added_parts(case: HandoffCase, lines: Mapping[str, FloatArray], total: FloatArray) -> dict[str, float]:
    """Return the lines that the cost holds, brought to its median."""
    return parts_of(band(total).p50, {line: band(lines[line]) for line in LINES if line in case.single.added})


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


def _now_and_after(now: FloatArray, after: FloatArray, drawn_now: FloatArray, drawn_after: FloatArray) -> dict[str, Any]:
    """Return the medians of a line and its likely values."""
    return {
        "now_per_month": band(drawn_now).p50,
        "after_per_month": band(drawn_after).p50,
        "now_likely": single_value(now),
        "after_likely": single_value(after),
    }


def _case_rows(case: HandoffCase) -> Iterator[dict[str, Any]]:
    now = _added_parts(case, case.simulated.now, case.simulated.cost_now)
    parts = {name: now[line] for line, name in LINE_METRICS.items() if line in now}
    for metric in case_metrics(case):
        row = _row(case, metric)
        if metric.formula == NOT_COMPARED:
            yield {**row, **dict.fromkeys(("value", "likely", "p10", "p50", "p90"))}
        else:
            yield {**row, "value": parts.get(metric.name, row["value"])}


def _row(case: HandoffCase, metric: Metric) -> dict[str, Any]:
    likely = single_value(metric.single)
    simulated = None if metric.simulated is None else band(metric.simulated)
    quantiles = simulated or Band(None, None, None)
    value = likely if simulated is None else simulated.p50
    is_explained = likely is not None or not case.missing or "missing:" in metric.formula
    missing = "" if is_explained else f" (missing: {', '.join(case.missing)})"
    return {
        "handoff_id": case.handoff_id,
        "metric": metric.name,
        "value": value,
        "likely": likely,
        "p10": quantiles.p10,
        "p50": quantiles.p50,
        "p90": quantiles.p90,
        "unit": metric.unit,
        "evidence": metric.evidence,
        "formula": metric.formula + missing,
    }
