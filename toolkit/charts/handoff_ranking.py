"""Handoffs ranked by what they cost a month, each bar split by kind of cost; what may not be added up is left out."""

from collections.abc import Mapping
from typing import Any

import pyarrow as pa

from toolkit.charts.style import chart_text, drawing, filled, short_amount, without_data, wrapped

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
    unit = f"cost now, {currency or 'currency'} per month"
    labels = dict(zip(handoff["handoff_id"].to_pylist(), handoff["label"].to_pylist(), strict=True))
    costs: dict[str, dict[str, float]] = {}
    for row in cost_line.to_pylist():
        if row["handoff_id"] in labels and row["line"] in LINES and row["is_added"] and row["now_per_month"]:
            costs.setdefault(row["handoff_id"], {})[row["line"]] = row["now_per_month"]
    if not costs:
        return without_data(
            title or "What the handoffs cost is not known yet",
            "No handoff has all the inputs that its cost needs.",
            x_title=unit,
        )
    ranked = sorted(costs, key=lambda name: (-sum(costs[name].values()), name))
    shown = ranked[:max_bars]
    figure = drawing(title or _message(ranked, labels, len(shown)), height=125 + 27 * len(shown), x_title=unit)
    names = [wrapped(chart_text(labels.get(name, name), limit=90), width=34) for name in shown]
    for position, (line, words) in enumerate(LINES.items()):
        values = [costs[name].get(line, 0.0) for name in shown]
        if any(values):
            figure.add_bar(
                y=list(range(len(shown))),
                x=[round(value, 2) for value in values],
                orientation="h",
                name=words,
                marker=filled(position),
                hovertext=[f"{words}: {short_amount(value, currency)} a month" for value in values],
                hoverinfo="text",
            )
    totals = [sum(costs[name].values()) for name in shown]
    for position, total in enumerate(totals):
        figure.add_annotation(
            x=total,
            y=position,
            text=(written or {}).get(shown[position]) or short_amount(total),
            xanchor="left",
            showarrow=False,
            xshift=4,
            font={"size": 11},
        )
    figure.update_layout(
        barmode="stack", showlegend=True, bargap=0.35, margin_t=figure.layout.margin.t + (24 if len(figure.data) < 4 else 42)
    )
    figure.update_yaxes(
        autorange="reversed",
        showgrid=False,
        zeroline=False,
        tickvals=list(range(len(shown))),
        ticktext=names,
        tickfont_size=10,
    )
    figure.update_xaxes(range=[0, max(totals) * 1.14], tickformat=",")
    return figure


def _message(ranked: list[str], labels: dict[str, str], shown: int) -> str:
    message = f"“{chart_text(labels.get(ranked[0], ranked[0]), limit=90)}” costs the most"
    if shown < len(ranked):
        message += f" (the {shown} dearest of {len(ranked)})"
    return message
