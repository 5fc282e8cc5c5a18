"""The money's way month by month: out at first, back later, with the range that eight of ten simulated cases stay in.

The line is the median of the simulated cases, as the figures of the text are.
"""

from typing import Any

import pyarrow as pa

from toolkit.charts.style import BLUE, GREY, SKY, Drawn, drawn_without_data, frame


def chart(cash_flow: pa.Table, *, title: str = "", currency: str = "", handoff_id: str = "total") -> Any:
    """Return cumulative cash flow with its P10 to P90 band and the point at which the money is back.

    Parameters
    ----------
    cash_flow
        Schema CASH_FLOW.
    handoff_id
        The handoff to show; ``"total"`` for all.
    """
    return drawn(cash_flow, title=title, currency=currency, handoff_id=handoff_id).figure()


def drawn(cash_flow: pa.Table, *, title: str = "", currency: str = "", handoff_id: str = "total") -> Drawn:
    """Return the chart as plain data.

    Parameters
    ----------
    cash_flow, title, currency, handoff_id
        As for ``chart``.
    """
    x_title, y_title = "months after the decision", f"sum so far, {currency or 'currency'}"
    rows = sorted((row for row in cash_flow.to_pylist() if row["handoff_id"] == handoff_id), key=lambda row: row["month"])
    if not rows:
        return drawn_without_data(
            title or "When the money comes back is not known yet",
            "No cash flow could be computed.",
            x_title=x_title,
            y_title=y_title,
        )
    months = [row["month"] for row in rows]
    has_band = all(row[f"cumulative_{point}"] is not None for row in rows for point in ("p10", "p50", "p90"))
    middle = [row["cumulative_p50"] if has_band else row["cumulative"] for row in rows]
    back = _months_to_zero(months, middle)
    layout = frame(title or _message(back, months[-1]), height=270, x_title=x_title, y_title=y_title)
    line: dict[str, Any] = {"type": "scatter", "x": months, "mode": "lines"}
    lines = []
    if has_band:
        edge = line | {"line": {"color": SKY, "width": 1, "dash": "dash"}}
        best, worst = ([round(row[f"cumulative_{point}"]) for row in rows] for point in ("p90", "p10"))
        band = {"fill": "tonexty", "fillcolor": "rgba(86, 180, 233, 0.25)"}
        lines += [
            {**edge, "y": best, "name": "favourable (1 in 10)"},
            {**edge, "y": worst, "name": "unfavourable (1 in 10)", **band},
        ]
    middle_line = {"y": [round(value) for value in middle], "name": "middle case (median)"}
    lines.append({**line, **middle_line, "line": {"color": BLUE, "width": 3}})
    across = {"type": "line", "x0": 0, "x1": 1, "xref": "x domain", "y0": 0, "y1": 0, "yref": "y"}
    layout["shapes"] = [{**across, "line": {"color": GREY, "width": 1.5}}]
    if back is not None and back > 0:
        up = {"type": "line", "x0": back, "x1": back, "xref": "x", "y0": 0, "y1": 1, "yref": "y domain"}
        layout["shapes"].append({**up, "line": {"color": GREY, "width": 1, "dash": "dot"}})
        is_early = back <= months[-1] * 0.7
        beside = {"xanchor": "left" if is_early else "right", "xshift": 4 if is_early else -4}
        top = {"x": back, "y": 1, "yref": "paper", "yanchor": "top", **beside}
        layout["annotations"] = [{**top, "text": "money back", "showarrow": False, "font": {"size": 11}}]
    layout["showlegend"] = True
    layout["margin"]["t"] += 24
    layout["xaxis"] |= {"dtick": 6, "range": [0, max(months[-1], 1)]}
    layout["yaxis"]["tickformat"] = ","
    return Drawn(lines, layout)


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
