"""What platforms ask a month as the items grow, against what a build of one's own is worth: where both meet."""

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa

from toolkit.charts.style import COLOURS, INK, Drawn, chart_text, drawn_without_data, frame

_APART = 4.0
_DASHES = ("solid", "dash", "dashdot", "longdash")


def chart(approach_fee: pa.Table, *, title: str = "", currency: str = "", handoff_id: str = "") -> Any:
    """Return the fee of each platform by items a month, and the fee at which a build of one's own costs the same.

    Parameters
    ----------
    approach_fee
        Schema APPROACH_FEE.
    title, currency
        The message, and that of the amounts.
    handoff_id
        The handoff to show; empty: the one of which most items are carried.
    """
    return drawn(approach_fee, title=title, currency=currency, handoff_id=handoff_id).figure()


def drawn(approach_fee: pa.Table, *, title: str = "", currency: str = "", handoff_id: str = "") -> Drawn:
    """Return the chart as plain data.

    Parameters
    ----------
    approach_fee, title, currency, handoff_id
        As for ``chart``.
    """
    x_title, y_title = "items a month (each step doubles them)", f"fee a month, {currency or 'currency'}"
    rows = approach_fee.to_pylist()
    name = handoff_id or max(rows, key=lambda row: row["items_per_month"], default={"handoff_id": ""})["handoff_id"]
    own = [row for row in rows if row["handoff_id"] == name and row["monthly_fee"] is not None]
    if not own:
        return drawn_without_data(
            title or "What a platform would cost is not known yet",
            "No platform has a price list for what is carried here.",
            x_title=x_title,
            y_title=y_title,
        )
    build = next((row["build_per_month"] for row in own), None)
    items = sorted({row["items_per_month"] for row in own})
    meeting = None if build is None else break_even(own, build)
    layout = frame(title or _message(meeting, items[-1]), height=300, x_title=x_title, y_title=y_title)
    lines = [_line(platform, place, own) for place, platform in enumerate(dict.fromkeys(row["platform"] for row in own))]
    if build is not None:
        lines.append(
            {
                "type": "scatter",
                "mode": "lines",
                "x": [items[0], items[-1]],
                "y": [round(build, 2)] * 2,
                "line": {"color": INK, "width": 1.5, "dash": "dot"},
                "hoverinfo": "skip",
                "showlegend": False,
            }
        )
        beside = {"xref": "paper", "xanchor": "left", "yanchor": "top", "showarrow": False, "font": {"size": 11}}
        layout["annotations"] = [
            {"x": 0.01, "y": round(build, 2), "text": "a build of your own is worth this fee", **beside}
        ]
        crossed = [_crossing(platform, own, build) for platform in dict.fromkeys(row["platform"] for row in own)]
        points = [(items, build) for items in crossed if items is not None]
        lines += [_met(sorted(points), items[0])] if points else []
    layout["showlegend"] = True
    layout["margin"]["t"] += 24
    layout["xaxis"] |= {"type": "log", "tickvals": _ticks(items), "ticktext": [f"{one:,.0f}" for one in _ticks(items)]}
    top = max([row["monthly_fee"] for row in own if build is None or row["monthly_fee"] <= 3 * build] + [build or 0.0])
    layout["yaxis"] |= {"tickformat": ",", "range": [0, top * 1.1 or 1.0]}
    return Drawn(lines, layout)


def break_even(rows: Sequence[Mapping[str, Any]], build_per_month: float) -> float | None:
    """Return from how many items a month on the cheapest platform asks more than a build is worth; null: never here.

    Parameters
    ----------
    rows
        Of schema APPROACH_FEE, of one handoff.
    build_per_month
        The fee at which a build costs the same.
    """
    fees: dict[float, float] = {}
    for row in rows:
        if row["monthly_fee"] is not None:
            fees[row["items_per_month"]] = min(fees.get(row["items_per_month"], row["monthly_fee"]), row["monthly_fee"])
    before: float | None = None
    for items in sorted(fees):
        if fees[items] > build_per_month:
            return items if before is None else _between(before, items, fees, build_per_month)
        before = items
    return None


def _between(before: float, after: float, fees: Mapping[float, float], wanted: float) -> float:
    """Return where between two numbers of items the fee is the wanted one, as if it rose evenly."""
    return before + (after - before) * (wanted - fees[before]) / (fees[after] - fees[before])


def _line(platform: str, place: int, rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    own = sorted((row for row in rows if row["platform"] == platform), key=lambda row: row["items_per_month"])
    look = {"color": COLOURS[place % len(COLOURS)], "width": 2.5, "dash": _DASHES[place % len(_DASHES)]}
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [row["items_per_month"] for row in own],
        "y": [round(row["monthly_fee"], 2) for row in own],
        "name": chart_text(own[0]["label"]),
        "line": look,
    }


def _ticks(items: Sequence[float]) -> list[float]:
    """Return some of the numbers of items, each about twice the one before."""
    ticks = [items[0]]
    for one in items:
        if one >= 1.9 * ticks[-1]:
            ticks.append(one)
    return ticks


def _crossing(platform: str, rows: Sequence[Mapping[str, Any]], build: float) -> float | None:
    return break_even([row for row in rows if row["platform"] == platform], build)


def _met(points: Sequence[tuple[float, float]], first: float) -> dict[str, Any]:
    """Return the marks where a platform begins to ask more than a build is worth."""
    told: list[float] = []
    for items, _ in points:
        # Words of points that lie close to each other would lie on each other.
        told += [items] if not told or items >= _APART * told[-1] else []
    return {
        "type": "scatter",
        "mode": "markers+text",
        "x": [round(items, 1) for items, _ in points],
        "y": [round(fee, 2) for _, fee in points],
        "text": [f"{items:,.0f} items" if items in told else "" for items, _ in points],
        "textposition": ["top right" if items < _APART * first else "top left" for items, _ in points],
        "textfont": {"size": 11, "color": INK},
        "hoverinfo": "skip",
        "showlegend": False,
        "marker": {"symbol": "circle-open", "size": 10, "color": INK, "line": {"width": 2}},
    }


def _message(meeting: float | None, most: float) -> str:
    if meeting is None:
        return f"Up to {most:,.0f} items a month the cheapest platform beats a build of your own"
    return f"From about {meeting:,.0f} items a month on, a build of your own costs less than a platform"
