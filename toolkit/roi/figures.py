"""The figures of the business case that a client may read: the headline set, in total and per handoff.

Source: cost model, section 8.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from toolkit.query import quoted_text
from toolkit.roi.case import HandoffCase
from toolkit.roi.case_tables import case_table
from toolkit.tables import FIGURE


@dataclass(frozen=True, slots=True)
class _Headline:
    """A metric of the case as a figure: its name there, its name here, and its label."""

    metric: str
    figure: str
    label: str


_HEADLINES = (
    _Headline("cost_now_per_month", "cost_now_per_month", "Cost now"),
    _Headline("cost_after_per_month", "cost_after_per_month", "Cost after connecting, running cost included"),
    _Headline("net_saving_per_month", "net_saving_per_month", "Net saving"),
    _Headline("running_cost_per_month", "running_cost_per_month", "Running cost"),
    _Headline("one_time_cost", "one_time_cost", "One-time cost"),
    _Headline("payback_months", "payback_months", "Money back after"),
    _Headline("npv", "npv", "Net present value"),
    _Headline("roi_pct", "roi_pct", "Return on investment"),
    _Headline("irr_annual", "irr_annual", "Internal rate of return"),
    _Headline("prob_payback_within_12_months", "prob_payback_12_months", "Chance to have the money back within 12 months"),
    _Headline("break_even_volume", "break_even_volume", "Items a month from which it pays"),
    _Headline("cost_of_delay_per_month", "cost_of_delay_per_month", "Cost of waiting"),
    _Headline("hours_now", "hours_now", "Hours of work now"),
    _Headline("hours_after", "hours_after", "Hours of work after connecting"),
    _Headline("working_capital_released", "working_capital_released", "Cash released once by invoicing sooner"),
    _Headline("cash_value_per_month", "cash_value_per_month", "Labour saved that leaves the accounts"),
    _Headline("assumed_inputs", "assumed_inputs", "Inputs that rest on our assumptions"),
    _Headline("missing_inputs", "missing_inputs", "Inputs that nobody has given yet"),
    _Headline("error_to_labour_ratio", "error_to_labour_ratio", "Cost of errors as a multiple of labour"),
)

# What a figure of the total or of a handoff is computed from, so that a reader can go on asking.
_INPUTS = {
    "net_saving_per_month": ("cost_now_per_month", "cost_after_per_month"),
    "payback_months": ("one_time_cost", "net_saving_per_month"),
    "npv": ("one_time_cost", "net_saving_per_month"),
    "roi_pct": ("npv", "one_time_cost", "running_cost_per_month"),
    "irr_annual": ("one_time_cost", "net_saving_per_month"),
    "prob_payback_12_months": ("payback_months",),
    "cost_of_delay_per_month": ("net_saving_per_month",),
}
_COUNTED = frozenset({"assumed_inputs", "missing_inputs"})
_COUNTING = "Counted by name; a default that does not matter for the handoff is not counted."
_FROM_LINES = frozenset({"cost_now_per_month", "cost_after_per_month"})


def roi_figures(
    cases: Sequence[HandoffCase],
    total: HandoffCase,
    *,
    labels: Mapping[str, str] | None = None,
    snapshots: Sequence[str] = (),
) -> pa.Table:
    """Return the headline figures, schema FIGURE: ``roi.<figure>.total`` and ``roi.<figure>.<handoff_id>``.

    Parameters
    ----------
    cases
        The handoffs' cases.
    total
        ``portfolio_case(...).total``.
    labels
        What a client calls each handoff, by id; the id where there is none.
    snapshots
        What the measured inputs rest on.

    Returns
    -------
    pyarrow.Table
        ``low`` and ``high`` are P10 and P90 of the simulation, moved out to the value where they would exclude it. A figure
        that misses an input is null, and its method says what is missing.
    """
    named = {case.handoff_id: case for case in (*cases, total)}
    rows = {(row["handoff_id"], row["metric"]): row for row in case_table([*cases, total]).to_pylist()}
    return FIGURE.from_rows(
        _figure(headline, rows[case_id, headline.metric], case, labels or {}, snapshots)
        for case_id, case in named.items()
        for headline in _HEADLINES
        if (case_id, headline.metric) in rows and not _says_nothing(rows[case_id, headline.metric])
    )


def _says_nothing(row: Mapping[str, Any]) -> bool:
    """Whether a row is no figure: what pays without a single item needs no number of items."""
    return bool(row["metric"] == "break_even_volume" and row["value"] == 0)


def _figure(
    headline: _Headline,
    row: Mapping[str, Any],
    case: HandoffCase,
    labels: Mapping[str, str],
    snapshots: Sequence[str],
) -> dict[str, Any]:
    is_money = row["unit"].startswith("currency")
    is_total = row["handoff_id"] == "total"
    value, low, high = row["value"], row["p10"], row["p90"]
    table, column = ("cost_line", "line") if headline.figure in _FROM_LINES else ("case", "metric")
    is_count = headline.figure in _COUNTED and value is not None
    wanted = "total" if table == "cost_line" else headline.metric
    of_whom = "all handoffs" if is_total else labels.get(row["handoff_id"], row["handoff_id"])
    return {
        "figure_id": f"roi.{headline.figure}.{row['handoff_id']}",
        "label": f"{headline.label}: {of_whom}",
        "value": value,
        "unit": row["unit"],
        "currency": case.currency if is_money else None,
        "low": _outer(min, value, low),
        "high": _outer(max, value, high),
        "n": None,
        "evidence": row["evidence"],
        "method": _COUNTING if is_count else _method(row, case, headline),
        "source_table": table,
        "source_filter": f"handoff_id = {quoted_text(row['handoff_id'])} AND {column} = '{wanted}'",
        "snapshots": list(snapshots),
        "formula": row["formula"],
        "inputs": [f"roi.{name}.{row['handoff_id']}" for name in _INPUTS.get(headline.figure, ())],
    }


def _outer(pick: Any, value: float | None, limit: float | None) -> float | None:
    """Return a limit of the range, moved out to the value where it would exclude it."""
    return limit if value is None or limit is None else float(pick(value, limit))


def _method(row: Mapping[str, Any], case: HandoffCase, headline: _Headline) -> str:
    terms = case.terms
    if case.missing and row["value"] is None:
        return f"Not known yet: {', '.join(case.missing)} missing."
    if headline.figure == "prob_payback_12_months":
        return f"Share of {terms.trials:,} simulated cases (seed {terms.seed})."
    if row["value"] is None and not math.isfinite(float(case.single.cost_now[0])):
        return "Not known yet: no handoff has the inputs that it needs."
    if row["value"] is None:
        return f"Does not exist within {terms.horizon_months} months: {row['formula']}."
    single = "Every input at its likely value"
    if row["p10"] is None and row["p90"] is None:
        return f"{single}."
    words = f"{single}; the range holds eight of ten simulated cases ({terms.trials:,}, seed {terms.seed})"
    if row["p90"] is None:
        words += "; in more than one case of ten it is not reached within the horizon"
    elif row["value"] < row["p10"] or row["value"] > row["p90"]:
        words += " and the likely value, which lies at its edge because the inputs' ranges reach further to the other side"
    return f"{words}."
