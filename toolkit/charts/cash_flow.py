"""The money's way month by month: out at first, back later, with the range that eight of ten simulated cases stay in.

The line is the median of the simulated cases, as the figures of the text are.
"""

from typing import Any

import pyarrow as pa

from toolkit.charts.style import BLUE, GREY, SKY, drawing, without_data


def chart(cash_flow: pa.Table, *, title: str = "", currency: str = "", handoff_id: str = "total") -> Any:
    """Return cumulative cash flow with its P10 to P90 band and the point at which the money is back.

    Parameters
    ----------
    cash_flow
        Schema CASH_FLOW.
    handoff_id
        The handoff to show; ``"total"`` for all.
    """
    x_title, y_title = "months after the decision", f"sum so far, {currency or 'currency'}"
    rows = sorted((row for row in cash_flow.to_pylist() if row["handoff_id"] == handoff_id), key=lambda row: row["month"])
    if not rows:
        return without_data(
            title or "When the money comes back is not known yet",
            "No cash flow could be computed.",
            x_title=x_title,
            y_title=y_title,
        )
    months = [row["month"] for row in rows]
    has_band = all(row[f"cumulative_{point}"] is not None for row in rows for point in ("p10", "p50", "p90"))
    middle = [row["cumulative_p50"] if has_band else row["cumulative"] for row in rows]
    back = _months_to_zero(months, middle)
    figure = drawing(title or _message(back, months[-1]), height=270, x_title=x_title, y_title=y_title)
    if has_band:
        edge = {"mode": "lines", "line": {"color": SKY, "width": 1, "dash": "dash"}}
        figure.add_scatter(x=months, y=[round(row["cumulative_p90"]) for row in rows], name="favourable (1 in 10)", **edge)
        figure.add_scatter(
            x=months,
            y=[round(row["cumulative_p10"]) for row in rows],
            name="unfavourable (1 in 10)",
            fill="tonexty",
            fillcolor="rgba(86, 180, 233, 0.25)",
            **edge,
        )
    figure.add_scatter(
        x=months,
        y=[round(value) for value in middle],
        name="middle case (median)",
        mode="lines",
        line={"color": BLUE, "width": 3},
    )
    figure.add_hline(y=0, line={"color": GREY, "width": 1.5})
    if back is not None and back > 0:
        figure.add_vline(x=back, line={"color": GREY, "width": 1, "dash": "dot"})
        figure.add_annotation(
            x=back,
            y=1,
            yref="paper",
            text="money back",
            showarrow=False,
            xanchor="left" if back <= months[-1] * 0.7 else "right",
            xshift=4 if back <= months[-1] * 0.7 else -4,
            yanchor="top",
            font={"size": 11},
        )
    figure.update_layout(showlegend=True, margin_t=figure.layout.margin.t + 24)
    figure.update_xaxes(dtick=6, range=[0, max(months[-1], 1)])
    figure.update_yaxes(tickformat=",")
    return figure


def _months_to_zero(months: list[int], sums: list[float]) -> float | None:
    """Return after how many months the sum reaches zero for good, told between two months by their sums."""
    below = [place for place, value in enumerate(sums) if value < 0]
    if not below:
        return float(months[0])
    last = below[-1]
    if last + 1 == len(sums):
        return None
    share = -sums[last] / (sums[last + 1] - sums[last])
    return months[last] + share * (months[last + 1] - months[last])


def _message(back: float | None, horizon: int) -> str:
    if back is None:
        return f"In the middle case the money is not back within {horizon} months"
    return (
        "In the middle case the work pays from the first month" if back == 0 else "In the middle case the money comes back"
    )
