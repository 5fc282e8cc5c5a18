"""How sure the comparison of records is: pairs by the probability that both are one."""

from typing import Any

import pyarrow as pa

from toolkit.charts.style import Drawn, drawn_without_data, filled, frame

DECISIONS = {"same": "the same", "review": "to be looked at", "related": "related", "different": "different"}
_BINS = 20
_MAX_LINEAR = 50


def chart(pair: pa.Table, *, title: str = "") -> Any:
    """Return the number of pairs in twenty classes of probability, by decision, logarithmic where counts differ much.

    Parameters
    ----------
    pair
        Schema PAIR.
    """
    return drawn(pair, title=title).figure()


def drawn(pair: pa.Table, *, title: str = "") -> Drawn:
    """Return the chart as plain data.

    Parameters
    ----------
    pair
        Schema PAIR.
    """
    import numpy as np

    x_title, y_title = "probability that both records are one, %", "pairs of records"
    if not pair.num_rows:
        return drawn_without_data(
            title or "No two records are alike",
            "No pair of records was close enough to be compared.",
            x_title=x_title,
            y_title=y_title,
        )
    probability = pair["match_probability"].to_numpy()
    decisions = np.asarray(pair["decision"].to_pylist(), dtype=object)
    edges = np.linspace(0, 1, _BINS + 1)
    review = int((decisions == "review").sum())
    message = (
        f"{review:,} of {pair.num_rows:,} pairs of records need a person’s eye"
        if review
        else f"All {pair.num_rows:,} pairs of records could be decided"
    )
    layout = frame(title or message, height=300, x_title=x_title, y_title=y_title)
    bars: list[dict[str, Any]] = []
    highest = 0
    for position, (decision, words) in enumerate(DECISIONS.items()):
        counts, _ = np.histogram(probability[decisions == decision], edges)
        highest = max(highest, int(counts.max()))
        if counts.any():
            bars.append(
                {
                    "type": "bar",
                    "x": ((edges[:-1] + edges[1:]) * 50).round(2).tolist(),
                    "y": [int(count) or None for count in counts],
                    "name": words,
                    "marker": filled(position),
                    "hoverinfo": "x+y+name",
                }
            )
    # Grouped, because the parts of a stack cannot be read logarithmic where counts differ much.
    layout |= {"barmode": "group", "showlegend": True, "bargap": 0.15}
    layout["margin"]["t"] += 24
    if highest > _MAX_LINEAR:
        layout["yaxis"] |= {"type": "log", "dtick": 1}
        layout["yaxis"]["title"]["text"] = f"{y_title} (logarithmic)"
    else:
        layout["yaxis"] |= {"rangemode": "tozero", "tickformat": ",d"}
    layout["xaxis"] |= {"ticksuffix": " %", "range": [0, 100]}
    return Drawn(bars, layout)
