"""How much agrees on each day of a parallel run, how sure that is, and where the agreed limit lies."""

from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.charts.style import BLUE, GREY, MUTED, VERMILION, Drawn, drawn_without_data, frame

_SHOWN_DAYS = 60
_TURNED = 10
"""Labels of more days than that are turned, so that none stands on the next."""


def chart(parallel_day: pa.Table, *, limit: float = 0.02, title: str = "") -> Any:
    """Return the share that agrees by day as points, from each a line down to its lower limit, and the agreed limit.

    Parameters
    ----------
    parallel_day
        Schema PARALLEL_DAY; days without an item are not drawn.
    limit
        The share of discrepancies under which a day must stay.
    """
    return drawn(parallel_day, limit=limit, title=title).figure()


def drawn(parallel_day: pa.Table, *, limit: float = 0.02, title: str = "") -> Drawn:
    """Return the chart as plain data.

    Parameters
    ----------
    parallel_day, limit, title
        As for ``chart``.
    """
    y_title = "items that agree, %"
    days = parallel_day.filter(pc.greater(parallel_day["items"], 0)).sort_by("day").to_pylist()
    if not days:
        missing = "No item of the parallel run could be compared yet."
        return drawn_without_data(title or "No day to compare yet", missing, y_title=y_title)
    over = sum(one["state"] == "over" for one in days)
    said = f"{over} of {len(days)} days are over the agreed limit" if over else "No day is over the agreed limit"
    message = f"{said} (lines: down to the share that is sure)"
    shown = days[-_SHOWN_DAYS:]
    layout = frame(title or message, height=320, y_title=y_title)
    series = (
        ("under the limit", {"under"}, BLUE, "circle"),
        ("over the limit", {"over"}, VERMILION, "x"),
        ("some may still come", {"waiting", "incomplete"}, GREY, "circle-open"),
    )
    points = []
    for name, states, colour, symbol in series:
        own = [one for one in shown if one["state"] in states]
        if own:
            points.append(
                {
                    "type": "scatter",
                    "mode": "markers",
                    "name": name,
                    "x": [one["day"].isoformat() for one in own],
                    "y": [round(100 * one["match_rate"], 2) for one in own],
                    "marker": {"symbol": symbol, "size": 9, "color": colour},
                    "error_y": {
                        "type": "data",
                        "symmetric": False,
                        "array": [0.0] * len(own),
                        "arrayminus": [round(100 * (one["match_rate"] - one["low"]), 2) for one in own],
                        "color": colour,
                        "thickness": 1.5,
                        "width": 4,
                    },
                    "hoverinfo": "x+y+name",
                }
            )
    agreed = 100 * (1 - limit)
    across = {"xref": "paper", "x0": 0, "x1": 1, "yref": "y", "y0": agreed, "y1": agreed}
    layout["shapes"] = [{"type": "line", **across, "line": {"color": GREY, "dash": "dash", "width": 1.5}}]
    layout["annotations"] = [
        {
            "x": 1,
            "xref": "paper",
            "xanchor": "right",
            "y": agreed,
            "yanchor": "bottom",
            "text": f"agreed limit: {agreed:g} %",
            "showarrow": False,
            "font": {"size": 11, "color": MUTED},
        }
    ]
    lowest = min([agreed, *(100 * one["low"] for one in shown)])
    floor = max(0, int(lowest // 10) * 10 - (10 if lowest % 10 == 0 else 0))
    if floor:
        layout["yaxis"]["title"]["text"] += f"; begins at {floor} %, not at 0"
    layout["yaxis"] |= {"ticksuffix": " %", "range": [floor, 100 + (100 - floor) * 0.06]}
    # By name, so that days without work leave no gap that looks like missing data.
    layout["xaxis"] |= {
        "type": "category",
        "categoryorder": "array",
        "categoryarray": [one["day"].isoformat() for one in shown],
        "tickvals": [one["day"].isoformat() for one in shown],
        "ticktext": [f"{one['day'].day} {one['day']:%b}" for one in shown],
        "tickangle": -45 if len(shown) > _TURNED else 0,
    }
    layout["showlegend"] = True
    layout["margin"]["t"] += 24
    return Drawn(points, layout)
