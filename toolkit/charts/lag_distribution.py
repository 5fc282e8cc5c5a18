"""How long an item waits until somebody has carried it over, handoff by handoff."""

from collections.abc import Collection
from typing import Any

import pyarrow as pa

from toolkit.charts.style import BLUE, chart_text, drawing, without_data, wrapped

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
        return without_data(
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
    figure = drawing(
        title or message,
        height=90 + 28 * len(slowest),
        x_title=f"{unit} between the two entries; box: the middle half of the items",
    )
    scaled = [[round(float(value) * factor, 2) for value in points[name]] for name in slowest]
    figure.add_box(
        y=list(range(len(slowest))),
        lowerfence=[row[0] for row in scaled],
        q1=[row[1] for row in scaled],
        median=[row[2] for row in scaled],
        q3=[row[3] for row in scaled],
        upperfence=[row[4] for row in scaled],
        orientation="h",
        line={"color": BLUE},
        fillcolor="rgba(86, 180, 233, 0.35)",
        hoverinfo="x",
    )
    figure.update_yaxes(
        autorange="reversed",
        showgrid=False,
        zeroline=False,
        tickvals=list(range(len(slowest))),
        tickfont_size=10,
        ticktext=[
            wrapped(f"{name} ({'paid on terms, ' if key in on_terms else ''}{len(enough[key]):,})", width=36)
            for name, key in zip(names, slowest, strict=True)
        ],
    )
    return figure
