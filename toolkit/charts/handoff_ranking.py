"""Handoffs ranked by what they cost a month, each bar split by kind of cost; what may not be added up is left out."""

from collections.abc import Mapping
from typing import Any

import pyarrow as pa

from toolkit.charts.style import Drawn, chart_text, drawn_without_data, filled, frame, short_amount, wrapped

LINES = {
    "labour": "hours of work",
    "errors": "errors and rework",
    "delay": "delay",
    "duplicates": "paid twice",
    "missed": "never invoiced",
    "subscriptions": "subscriptions",
}
RUNNING = {"running": "fees and upkeep"}
"""What there is only once connected."""


def chart(
    cost_line: pa.Table,
    handoff: pa.Table,
    *,
    title: str = "",
    currency: str = "",
    max_bars: int = 10,
    written: Mapping[str, str] | None = None,
) -> Any:
    """Return horizontal bars, dearest handoff on top.

    Parameters
    ----------
    cost_line
        Schema COST_LINE; rows of sums, which are no handoff, are left out.
    handoff
        Schema HANDOFF, for the labels.
    title
        The message; by default it names the dearest handoff.
    max_bars
        Handoffs beyond this many are left out, and the title says so.
    written
        The cost of each handoff as the page writes it, so that a bar and its table say the same.
    """
    return drawn(cost_line, handoff, title=title, currency=currency, max_bars=max_bars, written=written).figure()


def drawn(
    cost_line: pa.Table,
    handoff: pa.Table,
    *,
    title: str = "",
    currency: str = "",
    max_bars: int = 10,
    written: Mapping[str, str] | None = None,
) -> Drawn:
    """Return the chart as plain data.

    Parameters
    ----------
    cost_line, handoff, title, currency, max_bars, written
        As for ``chart``.
    """
    unit = f"cost now, {currency or 'currency'} per month"
    labels = dict(zip(handoff["handoff_id"].to_pylist(), handoff["label"].to_pylist(), strict=True))
    costs: dict[str, dict[str, float]] = {}
    for row in cost_line.to_pylist():
        if row["handoff_id"] in labels and row["line"] in LINES and row["is_added"] and row["now_per_month"]:
            costs.setdefault(row["handoff_id"], {})[row["line"]] = row["now_per_month"]
    if not costs:
        return drawn_without_data(
            title or "What the handoffs cost is not known yet",
            "No handoff has all the inputs that its cost needs.",
            x_title=unit,
        )
    ranked = sorted(costs, key=lambda name: (-sum(costs[name].values()), name))
    shown = ranked[:max_bars]
    layout = frame(title or _message(ranked, labels, len(shown)), height=125 + 27 * len(shown), x_title=unit)
    names = [wrapped(chart_text(labels.get(name, name), limit=90), width=34) for name in shown]
    bars = []
    for position, (line, words) in enumerate(LINES.items()):
        values = [costs[name].get(line, 0.0) for name in shown]
        if any(values):
            bars.append(
                {
                    "type": "bar",
                    "y": list(range(len(shown))),
                    "x": [round(value, 2) for value in values],
                    "orientation": "h",
                    "name": words,
                    "marker": filled(position),
                    "hovertext": [f"{words}: {short_amount(value, currency)} a month" for value in values],
                    "hoverinfo": "text",
                }
            )
    totals = [sum(costs[name].values()) for name in shown]
    beside = {"xanchor": "left", "showarrow": False, "xshift": 4, "font": {"size": 11}}
    layout["annotations"] = [
        {"x": total, "y": position, "text": (written or {}).get(name) or short_amount(total), **beside}
        for position, (name, total) in enumerate(zip(shown, totals, strict=True))
    ]
    layout |= {"barmode": "stack", "showlegend": True, "bargap": 0.35}
    layout["margin"]["t"] += 24 if len(bars) < 4 else 42
    layout["yaxis"] |= {"autorange": "reversed", "showgrid": False, "zeroline": False}
    layout["yaxis"] |= {"tickvals": list(range(len(shown))), "ticktext": names, "tickfont": {"size": 10}}
    layout["xaxis"] |= {"range": [0, max(totals) * 1.14], "tickformat": ","}
    return Drawn(bars, layout)


def _message(ranked: list[str], labels: dict[str, str], shown: int) -> str:
    message = f"“{chart_text(labels.get(ranked[0], ranked[0]), limit=90)}” costs the most"
    if shown < len(ranked):
        message += f" (the {shown} dearest of {len(ranked)})"
    return message
