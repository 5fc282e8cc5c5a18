"""From the cost of all handoffs now to the cost after connecting them, line by line."""

from typing import Any

import pyarrow as pa

from toolkit.charts.handoff_ranking import LINES
from toolkit.charts.style import BLUE, GREEN, GREY, VERMILION, drawing, short_amount, without_data, wrapped


def chart(cost_line: pa.Table, *, title: str = "", currency: str = "", handoff_id: str = "total") -> Any:
    """Return a waterfall: today, what each line saves (or adds), afterwards.

    Parameters
    ----------
    cost_line
        Schema COST_LINE.
    handoff_id
        The handoff to show; ``"total"`` for all.
    """
    unit = f"{currency or 'currency'} per month"
    rows = {row["line"]: row for row in cost_line.to_pylist() if row["handoff_id"] == handoff_id}
    lines = [
        (words, rows[line]["now_per_month"] or 0.0, rows[line]["after_per_month"] or 0.0)
        for line, words in LINES.items()
        if line in rows and (rows[line]["now_per_month"] or rows[line]["after_per_month"])
    ]
    if not lines:
        return without_data(
            title or "What connecting would save is not known yet",
            "No cost now and after could be computed.",
            y_title=unit,
        )
    now, after = sum(line[1] for line in lines), sum(line[2] for line in lines)
    changes = [(words, later - before) for words, before, later in lines if later != before]
    labels = ["today", *(words for words, _ in changes), "connected"]
    if not title:
        verb = "saves" if after < now else "adds"
        title = f"Connecting {verb} {short_amount(abs(now - after), currency)} a month of {short_amount(now, currency)}"
    figure = drawing(title, height=265, y_title=unit)
    figure.add_waterfall(
        x=[wrapped(label, width=11) for label in labels],
        y=[round(value, 2) for value in (now, *(change for _, change in changes), after)],
        measure=["absolute", *("relative" for _ in changes), "total"],
        text=[
            short_amount(now),
            *(("+" if change > 0 else "") + short_amount(change) for _, change in changes),
            short_amount(after),
        ],
        textposition="outside",
        connector={"line": {"color": GREY, "width": 1, "dash": "dot"}},
        increasing={"marker": {"color": VERMILION}},
        decreasing={"marker": {"color": GREEN}},
        totals={"marker": {"color": BLUE}},
        hoverinfo="x+text",
        cliponaxis=False,
    )
    highest = max(now, after, now + sum(max(change, 0.0) for _, change in changes))
    figure.update_yaxes(range=[min(0.0, after) * 1.15, highest * 1.16], tickformat=",")
    figure.update_xaxes(showgrid=False, tickangle=0)
    return figure
