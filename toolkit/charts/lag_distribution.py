"""How long an item waits until somebody has carried it over, handoff by handoff."""

from collections.abc import Collection
from typing import Any

import pyarrow as pa

from toolkit.charts.style import BLUE, Drawn, chart_text, drawn_without_data, frame, wrapped

_MIN_ITEMS = 5


def chart(counterpart: pa.Table, handoff: pa.Table, *, title: str = "", on_terms: Collection[str] = ()) -> Any:
    """Return for each handoff the middle half as a box, the middle as a line, and whiskers from P10 to P90.

    Parameters
    ----------
    counterpart
        Schema COUNTERPART; rows with status ``found`` count. Fewer than five of a handoff are not drawn.
    handoff
        Schema HANDOFF, for the labels.
    on_terms
        Handoffs that are the payment of documents with days to pay: these are named so, and of them nothing is said to wait.
    """
    return drawn(counterpart, handoff, title=title, on_terms=on_terms).figure()


def drawn(counterpart: pa.Table, handoff: pa.Table, *, title: str = "", on_terms: Collection[str] = ()) -> Drawn:
    """Return the chart as plain data.

    Parameters
    ----------
    counterpart, handoff, title, on_terms
        As for ``chart``.
    """
    import numpy as np

    labels = dict(zip(handoff["handoff_id"].to_pylist(), handoff["label"].to_pylist(), strict=True))
    lags: dict[str, list[float]] = {}
    columns = counterpart.select(["handoff_id", "status", "lag_minutes", "lag_days"]).to_pydict()
    for name, status, minutes, days in zip(*columns.values(), strict=True):
        lag = days if minutes is None else minutes / 1440
        if status == "found" and lag is not None:
            lags.setdefault(name, []).append(lag)
    enough = {name: values for name, values in lags.items() if len(values) >= _MIN_ITEMS}
    if not enough:
        return drawn_without_data(
            title or "How long items wait is not known yet",
            "No handoff has enough pairs of records with dates on both sides.",
            x_title="days",
        )
    points = {name: np.percentile(values, [10, 25, 50, 75, 90]) for name, values in enough.items()}
    slowest = sorted(points, key=lambda name: (-points[name][2], name))[:10]
    unit, factor = ("hours", 24.0) if points[slowest[0]][4] < 2 else ("days", 1.0)
    names = [chart_text(labels.get(name, name), limit=90) for name in slowest]
    waiting = [name for key, name in zip(slowest, names, strict=True) if key not in on_terms]
    aside = ", payments on terms aside" if len(waiting) < len(names) else ""
    message = f"“{waiting[0]}” takes longest{aside}" if waiting else "How many days after its date a document is paid"
    layout = frame(
        title or message,
        height=90 + 28 * len(slowest),
        x_title=f"{unit} between the two entries; box: the middle half of the items",
    )
    scaled = [[round(float(value) * factor, 2) for value in points[name]] for name in slowest]
    sizes = {
        size: [row[place] for row in scaled] for place, size in enumerate(("lowerfence", "q1", "median", "q3", "upperfence"))
    }
    look = {"orientation": "h", "line": {"color": BLUE}, "fillcolor": "rgba(86, 180, 233, 0.35)", "hoverinfo": "x"}
    layout["yaxis"] |= {
        "autorange": "reversed",
        "showgrid": False,
        "zeroline": False,
        "tickvals": list(range(len(slowest))),
        "tickfont": {"size": 10},
        "ticktext": [
            wrapped(f"{name} ({'paid on terms, ' if key in on_terms else ''}{len(enough[key]):,})", width=36)
            for name, key in zip(names, slowest, strict=True)
        ],
    }
    return Drawn([{"type": "box", "y": list(range(len(slowest))), **sizes, **look}], layout)
