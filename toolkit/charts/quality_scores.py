"""How much of what was checked passes, system by system, each with its 95 % interval."""

from collections.abc import Mapping
from typing import Any

import pyarrow as pa

from toolkit.charts.style import BLUE, Drawn, chart_text, drawn_without_data, frame
from toolkit.values.written import number_text

PREFIX = "quality.score."


def chart(figure: pa.Table, *, title: str = "", labels: Mapping[str, str] | None = None) -> Any:
    """Return a dot with its interval for every figure ``quality.score.<system>``.

    Parameters
    ----------
    figure
        Schema FIGURE.
    labels
        The client's words for a system; by default its name.
    """
    return drawn(figure, title=title, labels=labels).figure()


def drawn(figure: pa.Table, *, title: str = "", labels: Mapping[str, str] | None = None) -> Drawn:
    """Return the chart as plain data.

    Parameters
    ----------
    figure, title, labels
        As for ``chart``.
    """
    unit = "share of checked values that pass, %"
    rows = sorted(
        (
            row
            for row in figure.to_pylist()
            if row["figure_id"].startswith(PREFIX) and row["value"] is not None and row["unit"] == "share"
        ),
        key=lambda row: (row["value"], row["figure_id"]),
    )
    if not rows:
        return drawn_without_data(
            title or "The data has not been checked yet", "No value was checked in any system.", x_title=unit
        )
    systems = [row["figure_id"].removeprefix(PREFIX) for row in rows]
    names = [chart_text((labels or {}).get(system, system), limit=40) for system in systems]
    values = [row["value"] * 100 for row in rows]
    # What is not quite all must not read as all.
    shown = [f"{number_text(f'{min(value, 99.9):.1f}')} %" if value < 100 else "100 %" for value in values]
    lows = [100 * (row["value"] if row["low"] is None else min(row["low"], row["value"])) for row in rows]
    highs = [100 * (row["value"] if row["high"] is None else max(row["high"], row["value"])) for row in rows]
    layout = frame(
        title or _message(names[0], shown[0], rows[0]),
        height=min(400, 95 + 21 * len(rows)),
        x_title=unit,
    )
    dots = {
        "type": "scatter",
        "x": [round(value, 2) for value in values],
        "y": list(range(len(rows))),
        "mode": "markers",
        "marker": {"size": 11, "color": BLUE},
        "error_x": {
            "type": "data",
            "symmetric": False,
            "array": [round(high - value, 3) for high, value in zip(highs, values, strict=True)],
            "arrayminus": [round(value - low, 3) for low, value in zip(lows, values, strict=True)],
            "color": BLUE,
            "thickness": 1.5,
        },
        "hovertext": [
            f"{name}: {value:.1f} % of {row['n'] or 0:,} values"
            for name, value, row in zip(names, values, rows, strict=True)
        ],
        "hoverinfo": "text",
    }
    floor = max(0.0, min(lows) - (100 - min(lows)) * 0.15)
    if floor > 0:
        layout["xaxis"]["title"]["text"] = f"{unit}; the axis begins at {number_text(f'{floor:.1f}')} %, not at 0"
    layout["xaxis"] |= {"range": [floor, 100 + (100 - floor) * 0.03], "ticksuffix": " %"}
    layout["yaxis"] |= {
        "showgrid": False,
        "tickvals": list(range(len(rows))),
        "ticktext": [f"{name}  <b>{value}</b>" for name, value in zip(names, shown, strict=True)],
        "range": [len(rows) - 0.5, -0.5],
        "zeroline": False,
    }
    return Drawn([dots], layout)


def _message(name: str, share: str, row: Mapping[str, Any]) -> str:
    """Return what the chart says: who has the largest share to mend, and whether that rests on something not confirmed."""
    said = f"{name} has the largest share to mend: {share} of what was checked is right"
    if row["value"] >= 1:
        said = "All that was checked is right"
    return f"{said} (not confirmed yet)" if row.get("unconfirmed") else said
