"""Figures of how and when to connect that a client may read: what a way costs in all, and the sums of the roadmap.

Source: cost model, sections 11 and 13.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

import pyarrow as pa

from toolkit.query import quoted_text
from toolkit.roi.figure_inputs import inputs_of
from toolkit.roi.portfolio import TOTAL
from toolkit.roi.wording import number_text
from toolkit.tables import APPROACH_WAY, FIGURE, ROADMAP, ROADMAP_TOTAL, checked

Row = Mapping[str, Any]

BY_HAND = "LEAVE_MANUAL"
CONNECTED = "connected_total"
MANUAL = "manual_total"
_WAY = (
    "Every input at its likely value, days and fee as this way has them: what it costs once, then fee, upkeep and the work "
    "that is left, added up over {months} months."
)
_AS_TODAY = "Every input at its likely value: what the work by hand costs today, added up over {months} months."
_SUMS = {
    "cost": ("cost", "one_time_cost", "What the roadmap costs once", "currency"),
    "npv": ("npv", "npv", "What the roadmap is worth beyond its cost", "currency"),
    "saving_per_month": (
        "saving_per_month",
        "net_saving_per_month",
        "What the roadmap saves when all of it runs",
        "currency per month",
    ),
}
"""By the sum's name in ROADMAP_TOTAL: the column that it adds up, the figure of a handoff, and what it is called."""
_SHARED = "shared."
_ADDED = "Medians of the handoffs that are connected, added up, and each cost that several share once."
_DAYS = "Days of building at their likely values, added up."
_WEEKS = "One project after the other: the weeks of building each, then those in which both ways run."


def scoping_figures(
    ways: pa.Table,
    roadmap: pa.Table,
    totals: pa.Table,
    *,
    currency: str,
    labels: Mapping[str, str],
    known: Collection[str],
    evidence: Mapping[str, str],
) -> pa.Table:
    """Return what each handoff costs over the horizon as advised and by hand, and the sums of the roadmap, schema FIGURE.

    Parameters
    ----------
    ways, roadmap, totals
        Schemas APPROACH_WAY, ROADMAP and ROADMAP_TOTAL.
    currency
        Of the report.
    labels
        What a client calls each handoff, by its id.
    known
        Ids of the figures that these may be computed from.
    evidence
        What the case of each handoff rests on, by its id.
    """
    rows = [row for row in checked(ways, APPROACH_WAY).to_pylist() if row["total"] is not None]
    planned = sorted((row for row in checked(roadmap, ROADMAP).to_pylist() if row["place"]), key=lambda row: row["place"])
    sums = {row["name"]: row["value"] for row in checked(totals, ROADMAP_TOTAL).to_pylist()}
    figures = [
        *(_way_figure(row, labels, known, evidence) for row in rows if row["approach"] == BY_HAND or row["is_chosen"]),
        *(_roadmap_figures(planned, sums, known, evidence) if planned else ()),
    ]
    return FIGURE.from_rows(
        {**one, "currency": currency if one["unit"].startswith("currency") else None, "snapshots": []} for one in figures
    )


def _way_figure(row: Row, labels: Mapping[str, str], known: Collection[str], evidence: Mapping[str, str]) -> dict[str, Any]:
    name, months = row["handoff_id"], row["horizon_months"]
    is_by_hand = row["approach"] == BY_HAND
    once, fee, work = (number_text(row[one]) for one in ("one_time", "running_per_month", "work_per_month"))
    parts = ("cost_now_per_month",) if is_by_hand else ("one_time_cost", "cost_after_per_month")
    inputs = [one for part in parts for one in inputs_of(f"roi.{part}.{name}", known, {})]
    label = "By hand as today" if is_by_hand else f"Connected ({row['words']})"
    return {
        "figure_id": f"approach.{MANUAL if is_by_hand else CONNECTED}.{name}",
        "label": f"{label}, over {months} months: {labels.get(name, name)}",
        "value": row["total"],
        "unit": "currency",
        "evidence": evidence.get(name, "default"),
        "method": (_AS_TODAY if is_by_hand else _WAY).format(months=months),
        "source_table": "approach_way",
        "source_filter": f"handoff_id = {quoted_text(name)} AND approach = {quoted_text(row['approach'])}",
        "formula": f"{work} x {months}" if is_by_hand else f"{once} + ({fee} + {work}) x {months}",
        "inputs": [f"roi.cost_now_per_month.{name}"] if is_by_hand else _ground(inputs, known),
    }


def _ground(inputs: Sequence[str], known: Collection[str]) -> list[str]:
    """Return the answers among the inputs: sums of another way are no part of this one."""
    return [one for one in dict.fromkeys(inputs) if one.startswith("roi.input.") and one in known]


def _roadmap_figures(
    planned: Sequence[Row], sums: Mapping[str, float | None], known: Collection[str], evidence: Mapping[str, str]
) -> Iterator[dict[str, Any]]:
    ids = [row["handoff_id"] for row in planned]
    weakest = _weakest([evidence.get(name, "default") for name in ids])
    shared = {name.removeprefix(_SHARED): value for name, value in sums.items() if name.startswith(_SHARED)}
    common = {"source_table": "roadmap", "source_filter": "place IS NOT NULL", "evidence": weakest}
    together = "1 handoff" if len(ids) == 1 else f"{len(ids)} handoffs"
    for name, (column, figure, label, unit) in _SUMS.items():
        if sums.get(name) is None:
            continue
        once = [value for value in shared.values() if value] if name != "saving_per_month" else []
        sign = " - " if name == "npv" else " + "
        added = " + ".join(number_text(row[column]) for row in planned)
        inputs = [f"roi.{figure}.{one}" for one in ids]
        inputs += [one for one in inputs_of("roi.one_time_cost.total", known, {TOTAL: ids}) if once and "input" in one]
        yield {
            **common,
            "figure_id": f"roadmap.{name}.{TOTAL}",
            "label": f"{label}: {together}",
            "value": sums[name],
            "unit": unit,
            "method": _ADDED,
            "formula": f"{added}{''.join(f'{sign}{number_text(value)}' for value in once)}",
            "inputs": [one for one in dict.fromkeys(inputs) if one in known],
        }
    yield {
        **common,
        "figure_id": f"roadmap.person_days.{TOTAL}",
        "label": f"Days of building in the roadmap: {together}",
        "value": sums["person_days"],
        "unit": "days",
        "method": _DAYS,
        "formula": " + ".join(number_text(row["build_days"]) for row in planned),
        "inputs": [one for name in ids if (one := f"roi.input.build_days.{name}") in known],
    }
    yield {
        **common,
        "figure_id": f"roadmap.weeks.{TOTAL}",
        "label": f"Weeks until the last one is live: {together}",
        "value": sums["weeks"],
        "unit": "weeks",
        "method": _WEEKS,
        "formula": " + ".join(number_text(one) for one in _each(planned)),
        "inputs": [
            one
            for name in ids
            for part in ("build_days", "parallel_run_weeks")
            if (one := f"roi.input.{part}.{name}") in known
        ],
    }


def _each(planned: Sequence[Row]) -> list[float]:
    """Return how many weeks each project adds until it is live."""
    found, before = [], 0.0
    for row in planned:
        found.append(row["weeks_to_live"] - before)
        before = row["weeks_to_live"]
    return found


def _weakest(evidence: Sequence[str]) -> str:
    order = ("default", "interview", "document", "measured")
    return min(evidence, key=order.index, default="default")
