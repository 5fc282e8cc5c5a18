"""What a threshold costs: how many of the pairs held to be the same are right, and how many matches are found."""

from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.charts.style import BLUE, GREY, VERMILION, drawing, without_data


def chart(expected: pa.Table, *, min_match_probability: float = 0.5, title: str = "") -> Any:
    """Return expected precision and recall by threshold, with the threshold in use marked.

    Parameters
    ----------
    expected
        ``min_match_probability``, ``expected_precision`` and ``expected_recall`` (shares; null where there are no pairs).
    min_match_probability
        The threshold in use.
    """
    x_title, y_title = "threshold: least probability held to be the same, %", "pairs, %"
    known = expected.filter(pc.is_valid(expected["expected_recall"])) if expected.num_rows else expected
    if not known.num_rows:
        return without_data(
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
    figure = drawing(title or message, height=300, x_title=x_title, y_title=y_title)
    for name, column, colour, dash, symbol in series:
        figure.add_scatter(
            x=thresholds,
            y=[None if share is None else round(100 * share, 2) for share in known[column].to_pylist()],
            name=name,
            mode="lines+markers",
            line={"color": colour, "dash": dash, "width": 2},
            marker={"symbol": symbol, "size": 6},
            hoverinfo="x+y+name",
        )
    own = 100 * min_match_probability
    figure.add_vline(x=own, line={"color": GREY, "dash": "dot", "width": 1.5})
    figure.add_annotation(
        x=own, y=0, yref="paper", yanchor="bottom", xanchor="left", xshift=4, text=f"in use: {own:g} %", showarrow=False
    )
    figure.update_layout(showlegend=True, margin_t=figure.layout.margin.t + 24)
    figure.update_xaxes(ticksuffix=" %", range=[0, 100])
    shares = [share for column in ("expected_precision", "expected_recall") for share in known[column].to_pylist() if share]
    # The interesting part lies near the top; a scale from 0 would flatten it where all is above one half.
    floor = 50 if min(shares, default=0) > 0.55 else 0
    if floor:
        figure.update_yaxes(title_text=f"{y_title}; begins at {floor} %, not at 0")
    figure.update_yaxes(ticksuffix=" %", range=[floor, 101])
    return figure
