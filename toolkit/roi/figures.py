"""The figures of the business case that a client may read: work, errors, delay, loss and cash apart, and the investment.

What is shown is the median of the simulated cases, which lies inside its range by definition; the parts of a cost are
brought to the median of their sum and stay inside their ranges.

Source: cost model, section 8.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from toolkit.query import quoted_text
from toolkit.roi.case import CaseTerms
from toolkit.roi.figure_inputs import inputs_of
from toolkit.roi.outcome_words import AT_LIKELY, NOT_COMPARED
from toolkit.roi.portfolio import TOTAL
from toolkit.roi.recommendation import RECOMMENDED
from toolkit.roi.wording import NO_WAITING_NAMED, number_text
from toolkit.tables import CASE, COST_INPUT, FIGURE, checked

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Headline:
    """A metric of the case as a figure: its name there, its name here, and its label."""

    metric: str
    figure: str
    label: str


def _same(metric: str, label: str) -> _Headline:
    return _Headline(metric, metric, label)


_HEADLINES = (
    _same("cost_now_per_month", "Cost of the work by hand now"),
    _same("work_cost_per_month", "Hours of work, in money"),
    _same("error_cost_per_month", "Errors and mending them"),
    _same("delay_cost_per_month", "Waiting"),
    _same("duplicate_loss_per_month", "Paid twice and not recovered"),
    _same("subscription_cost_per_month", "Subscriptions that end once connected"),
    _same("lost_revenue_per_month", "Revenue likely never invoiced"),
    _same("lost_revenue_after_per_month", "Revenue likely never invoiced once connected"),
    _same("cash_tied_up", "Cash tied up by invoicing late"),
    _same("cost_after_per_month", "Cost after connecting, running cost included"),
    _same("net_saving_per_month", "Net saving"),
    _same("running_cost_per_month", "Running cost"),
    _same("one_time_cost", "One-time cost"),
    _same("payback_months", "Money back after"),
    _same("plain_payback_months", "One-time cost over the saving of a month"),
    _same("npv", "Net present value"),
    _same("roi_pct", "Return on investment"),
    _same("irr_annual", "Internal rate of return"),
    _Headline("prob_payback_within_12_months", "prob_payback_12_months", "Chance to have the money back within 12 months"),
    _same("break_even_volume", "Items a month from which it pays"),
    _same("cost_of_delay_per_month", "What each month that the decision is put off forgoes"),
    _same("hours_now", "Hours of work now"),
    _same("hours_after", "Hours of work after connecting"),
    _same("working_capital_released", "Cash released once by invoicing sooner"),
    _same("cash_value_per_month", "Labour saved that leaves the accounts"),
    _same("assumed_inputs", "Inputs that rest on assumptions"),
    _same("missing_inputs", "Inputs that nobody has given yet"),
    _same("error_to_labour_ratio", "Cost of errors as a multiple of labour"),
)

_COUNTED = frozenset({"assumed_inputs", "missing_inputs"})
_COUNTING = (
    "Counted by name; a default that does not matter for the handoff is not counted, nor are the terms of the calculation "
    "and of the clean-up (period, growth, discounting, weeks to the full benefit), which the list of assumptions holds too."
)
_FROM_LINES = frozenset({"cost_now_per_month", "cost_after_per_month"})
_TOO_FINE = frozenset({"irr_annual", "prob_payback_12_months"})
"""Figures of a precision that assumptions of ours cannot bear."""
_HIGHEST_RATE = 1_000.0


def roi_figures(
    case: pa.Table,
    *,
    currency: str,
    terms: CaseTerms | None = None,
    cost_input: pa.Table | None = None,
    labels: Mapping[str, str] | None = None,
    included: Sequence[str] | None = None,
    recommended: Sequence[str] = (),
    handoff_count: int | None = None,
    measured: Collection[str] = (),
    is_loss_added: bool = False,
    snapshots: Sequence[str] = (),
) -> pa.Table:
    """Return the figures of the business case, schema FIGURE: ``roi.<figure>.<handoff_id>``, also total and recommended.

    Parameters
    ----------
    case, cost_input
        Tables CASE and COST_INPUT; the second gives a figure ``roi.input.<name>.<handoff_id>`` for each input.
    currency, terms
        As for ``handoff_case``.
    labels
        What a client calls each handoff, by id; the id where there is none.
    included, recommended
        The handoffs that the total adds up (all unless named), and those that are recommended.
    handoff_count
        How many handoffs there are in all.
    measured
        Ids of the figures that inputs may be: an input that was measured leads to its own.
    is_loss_added
        Whether revenue likely lost is in the cost.
    snapshots
        What the measured inputs rest on.

    Returns
    -------
    pyarrow.Table
        ``value`` is the median, ``low`` and ``high`` are P10 and P90 of the simulation. A figure that misses an input is
        null, and its method says what is missing.
    """
    rows = {(row["handoff_id"], row["metric"]): row for row in checked(case, CASE).to_pylist()}
    ids = list(dict.fromkeys(case_id for case_id, _ in rows))
    alone = [case_id for case_id in ids if case_id not in {TOTAL, RECOMMENDED}]
    given = checked(cost_input, COST_INPUT).to_pylist() if cost_input is not None else []
    parts = {TOTAL: alone if included is None else list(included), RECOMMENDED: list(recommended)}
    count = len(alone) if handoff_count is None else handoff_count
    whom = {
        **{one: (labels or {}).get(one, one) for one in alone},
        **{one: of_whom(len(parts[one]), count) for one in parts},
    }

    def whom_of(case_id: str, metric: str) -> str:
        if case_id not in parts:
            return str(whom[case_id])
        held = [one for one in parts[case_id] if rows.get((one, metric), {}).get("formula") == NOT_COMPARED]
        return of_whom(len(parts[case_id]) - len(held), count)

    figures = [
        {
            **_figure(
                headline, rows[case_id, headline.metric], rows, terms or CaseTerms(), whom_of(case_id, headline.metric)
            ),
            "currency": currency if rows[case_id, headline.metric]["unit"].startswith("currency") else None,
            "snapshots": list(snapshots),
        }
        for case_id in ids
        for headline in _HEADLINES
        if (case_id, headline.metric) in rows
    ]
    figures += [_input_figure(row, currency, whom, snapshots) for row in given]
    known = {one["figure_id"] for one in figures}.union(measured)
    return FIGURE.from_rows(
        {**one, "inputs": _leading_to(one, known, parts, is_loss_added=is_loss_added)} for one in figures
    )


def _leading_to(row: Row, known: Collection[str], parts: Mapping[str, Sequence[str]], *, is_loss_added: bool) -> list[str]:
    if row["source_table"] == "cost_input" and row["evidence"] != "measured":
        return []
    is_counted = row["figure_id"].split(".")[1] in _COUNTED and row["formula"]
    counted = row["formula"].split(", ") if is_counted else ()
    return inputs_of(row["figure_id"], known, parts, is_loss_added=is_loss_added, counted=counted)


def of_whom(count: int, of_count: int) -> str:
    """Return how many handoffs a figure is about: "all" only where it is all of them.

    Examples
    --------
    >>> of_whom(8, 8), of_whom(1, 2), of_whom(1, 1)
    ('all 8 handoffs', '1 of 2 handoffs', 'the only handoff')
    """
    if count == of_count:
        return "the only handoff" if count == 1 else f"all {count} handoffs"
    return f"{count} of {of_count} handoffs"


def _figure(
    headline: _Headline,
    row: Row,
    rows: Mapping[tuple[str, str], Row],
    terms: CaseTerms,
    whom: str,
) -> dict[str, Any]:
    case_id = row["handoff_id"]
    value, refusal = _shown(headline, row)
    table, column = ("cost_line", "line") if headline.figure in _FROM_LINES else ("case", "metric")
    is_count = headline.figure in _COUNTED and value is not None
    is_median = row["p50"] is not None
    wanted = "total" if table == "cost_line" else headline.metric
    formula = row["formula"] or ""
    if is_median and value is not None:
        formula = f"{AT_LIKELY}{formula}"
    return {
        "figure_id": f"roi.{headline.figure}.{case_id}",
        "label": f"{headline.label}{' (median)' if is_median else ''}: {whom}",
        "value": value,
        "unit": row["unit"],
        "low": row["p10"] if value is not None else None,
        "high": row["p90"] if value is not None else None,
        "n": None,
        "evidence": row["evidence"],
        "method": _COUNTING if is_count else refusal or _method(row, rows, terms),
        "source_table": table,
        "source_filter": f"handoff_id = {quoted_text(case_id)} AND {column} = '{wanted}'",
        "formula": formula or None,
    }


def _shown(headline: _Headline, row: Row) -> tuple[float | None, str]:
    """Return the value, or none with the reason why it is not told although it could be computed."""
    value = row["value"]
    if value is None:
        return None, ""
    if headline.figure == "delay_cost_per_month" and not value and NO_WAITING_NAMED in (row["formula"] or ""):
        return None, "Not known: nobody has named what a day of waiting costs here, so none is counted."
    if headline.figure == "break_even_volume" and value <= 0:
        return None, "Pays whatever the number of items: what it saves besides the items covers its cost."
    if headline.figure in _TOO_FINE and row["evidence"] == "default":
        return None, "Not told: it would rest on assumptions of ours; the low case says as much without false precision."
    if headline.figure == "irr_annual" and value > _HIGHEST_RATE:
        return None, f"More than {_HIGHEST_RATE:,.0f} % a year: a rate that says nothing more."
    return value, ""


def _method(row: Row, rows: Mapping[tuple[str, str], Row], terms: CaseTerms) -> str:
    if row["value"] is None:
        return _why_unknown(row, rows, terms)
    if row["metric"] == "prob_payback_within_12_months":
        return f"Share of {terms.trials:,} simulated cases (seed {terms.seed})."
    if row["p50"] is None:
        return "Every input at its likely value."
    words = f"Median of {terms.trials:,} simulated cases (seed {terms.seed}); the range holds eight of ten of them"
    if row["p90"] is None:
        words += "; in more than one case of ten it is not reached within the horizon"
    if row["value"] != row["p50"]:
        words += (
            f". The median alone is {number_text(row['p50'])}: the parts of a cost are brought to the median of their sum"
        )
    return f"{words}."


def _why_unknown(row: Row, rows: Mapping[tuple[str, str], Row], terms: CaseTerms) -> str:
    if row["formula"] == NOT_COMPARED:
        return f"Not known: it {NOT_COMPARED}."
    missing = rows[row["handoff_id"], "missing_inputs"]
    if row["metric"].startswith("lost_revenue"):
        return "No money yet: only you can say how many forgotten invoices are noticed later."
    if missing["value"]:
        return f"Not known yet: {missing['formula']} missing."
    if rows[row["handoff_id"], "cost_now_per_month"]["value"] is None:
        return "Not known yet: no handoff has the inputs that it needs."
    return f"Does not exist within {terms.horizon_months} months: {row['formula']}."


def _input_figure(row: Row, currency: str, whom: Mapping[str, str], snapshots: Sequence[str]) -> dict[str, Any]:
    """Return an input as a figure: its value and range, what it rests on, who said so and when."""
    name, case_id = row["name"], row["handoff_id"]
    said = ", ".join(str(one) for one in (row["who"], row["given_on"]) if one)
    kinds = {"measured": "Measured", "document": "From a document", "interview": "Said", "default": "Assumed"}
    method = f"{kinds[row['evidence']]}{f' by {said}' if said and row['evidence'] != 'measured' else ''}"
    return {
        "figure_id": f"roi.input.{name}.{case_id}",
        "label": f"{name.replace('_', ' ').capitalize()}: {whom.get(case_id, case_id)}",
        "value": row["value"],
        "unit": row["unit"],
        "currency": currency if row["unit"].startswith("currency") else None,
        "low": row["low"],
        "high": row["high"],
        "n": row["n"],
        "evidence": row["evidence"],
        "method": f"{method}: {row['source'].removesuffix('.')}." if row["source"] else f"{method}.",
        "source_table": "cost_input",
        "source_filter": f"handoff_id = {quoted_text(case_id)} AND name = {quoted_text(name)}",
        "snapshots": list(snapshots) if row["evidence"] == "measured" else [],
        "formula": f"{row['x']} / {row['n']}" if row["n"] else None,
    }
