"""What a threshold costs: how many of the pairs held to be the same are right, and how many matches are found."""

from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.charts.style import BLUE, GREY, VERMILION, Drawn, drawn_without_data, frame


def chart(expected: pa.Table, *, min_match_probability: float = 0.5, title: str = "") -> Any:
    """Return expected precision and recall by threshold, with the threshold in use marked.

    Parameters
    ----------
    expected
        ``min_match_probability``, ``expected_precision`` and ``expected_recall`` (shares; null where there are no pairs).
    min_match_probability
        The threshold in use.
    """
    return drawn(expected, min_match_probability=min_match_probability, title=title).figure()


def drawn(expected: pa.Table, *, min_match_probability: float = 0.5, title: str = "") -> Drawn:
    """Return the chart as plain data.

    Parameters
    ----------
    expected, min_match_probability, title
        As for ``chart``.
    """
    x_title, y_title = "threshold: least probability held to be the same, %", "pairs, %"
    known = expected.filter(pc.is_valid(expected["expected_recall"])) if expected.num_rows else expected
    if not known.num_rows:
        return drawn_without_data(
            title or "No threshold to weigh",
            "No pair of records was close enough to be compared.",
            x_title=x_title,
            y_title=y_title,
        )
    thresholds = [round(100 * one) for one in known["min_match_probability"].to_pylist()]
    series = (
        ("right among those held to be the same", "expected_precision", BLUE, "solid", "circle"),
        ("found of all that are the same", "expected_recall", VERMILION, "dash", "square"),
    )
    message = "A higher threshold is right more often, a lower one misses less"
    layout = frame(title or message, height=300, x_title=x_title, y_title=y_title)
    lines = [
        {
            "type": "scatter",
            "x": thresholds,
            "y": [None if share is None else round(100 * share, 2) for share in known[column].to_pylist()],
            "name": name,
            "mode": "lines+markers",
            "line": {"color": colour, "dash": dash, "width": 2},
            "marker": {"symbol": symbol, "size": 6},
            "hoverinfo": "x+y+name",
        }
        for name, column, colour, dash, symbol in series
    ]
    own = 100 * min_match_probability
    up = {"xref": "x", "y0": 0, "y1": 1, "yref": "y domain"}
    layout["shapes"] = [{"type": "line", "x0": own, "x1": own, **up, "line": {"color": GREY, "dash": "dot", "width": 1.5}}]
    place = {"x": own, "y": 0, "yref": "paper", "yanchor": "bottom", "xanchor": "left", "xshift": 4}
    layout["annotations"] = [{**place, "text": f"in use: {own:g} %", "showarrow": False}]
    layout["showlegend"] = True
    layout["margin"]["t"] += 24
    layout["xaxis"] |= {"ticksuffix": " %", "range": [0, 100]}
    shares = [share for column in ("expected_precision", "expected_recall") for share in known[column].to_pylist() if share]
    # The interesting part lies near the top; a scale from 0 would flatten it where all is above one half.
    floor = 50 if min(shares, default=0) > 0.55 else 0
    if floor:
        layout["yaxis"]["title"]["text"] = f"{y_title}; begins at {floor} %, not at 0"
    layout["yaxis"] |= {"ticksuffix": " %", "range": [floor, 101]}
    return Drawn(lines, layout)
