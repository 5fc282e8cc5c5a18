"""What is worth much and easy to connect: each handoff by its worth and by how feasible its connection is."""

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa

from toolkit.charts.style import BLUE, GREY, INK, ORANGE, VERMILION, WIDTH, Drawn, chart_text, drawn_without_data, frame

_LOOKS = {
    "do": ("to be connected", BLUE, "circle"),
    "wait": ("waits for money or days", ORANGE, "square"),
    "manual": ("stays by hand", VERMILION, "diamond"),
    "unknown": ("not known yet", GREY, "x"),
}
_SIGNS = {"circle": "○", "square": "□", "diamond": "◇", "x": "×"}
_KEY_WIDTH = 250
_HEIGHT = 340
_MARK = 20
"""Pixels that one mark takes: marks that would lie on each other are moved apart sideways."""
_MAX_POINTS = 12
_TRIES = 40


def chart(
    roadmap: pa.Table, approach: pa.Table, *, title: str = "", currency: str = "", max_points: int = _MAX_POINTS
) -> Any:
    """Return a mark with a number for each handoff, and beside them which number is which.

    Parameters
    ----------
    roadmap
        Schema ROADMAP, for worth and what becomes of it.
    approach
        Schema APPROACH, for the feasibility.
    title, currency
        The message, and that of the amounts.
    max_points
        Handoffs beyond this many, those of the least worth, are left out, and the axis says so.
    """
    return drawn(roadmap, approach, title=title, currency=currency, max_points=max_points).figure()


def drawn(
    roadmap: pa.Table, approach: pa.Table, *, title: str = "", currency: str = "", max_points: int = _MAX_POINTS
) -> Drawn:
    """Return the chart as plain data.

    Parameters
    ----------
    roadmap, approach, title, currency, max_points
        As for ``chart``.
    """
    x_title, y_title = "how feasible a connection is, 0 to 100", f"worth beyond its cost, {currency or 'currency'}"
    score = {row["handoff_id"]: row["feasibility"] for row in approach.to_pylist() if row["feasibility"] is not None}
    rows = [row for row in roadmap.to_pylist() if row["npv"] is not None]
    known = sorted((row for row in rows if row["handoff_id"] in score), key=lambda row: (-row["npv"], row["handoff_id"]))
    if not known:
        return drawn_without_data(
            title or "What is worth much and easy to connect is not known yet",
            "Of no handoff it is known what it is worth and how feasible its connection is.",
            x_title=x_title,
            y_title=y_title,
        )
    shown, left = known[:max_points], len(rows) - len(known[:max_points])
    layout = frame(title or _message(shown, score), height=_HEIGHT, x_title=x_title, y_title=y_title)
    if left:
        layout["xaxis"]["title"]["text"] = f"{x_title}; {left} more not drawn: not rated, or worth less"
    low, high = _span([row["npv"] for row in shown])
    places = _apart([(score[row["handoff_id"]], row["npv"]) for row in shown], high - low)
    traces = []
    for state, (words, colour, symbol) in _LOOKS.items():
        own = [place for place, row in enumerate(shown) if row["state"] == state]
        if own:
            traces.append(
                {
                    "type": "scatter",
                    "mode": "markers",
                    "x": [places[place][0] for place in own],
                    "y": [round(places[place][1]) for place in own],
                    "name": words,
                    "marker": {"color": "white", "symbol": symbol, "size": 18, "line": {"color": colour, "width": 2.5}},
                    "hovertext": [_said(shown[place], score) for place in own],
                    "hoverinfo": "text",
                }
            )
    numbers = [
        {"x": x, "y": round(y), "text": str(place), "showarrow": False, "font": {"size": 10, "color": INK}}
        for place, (x, y) in enumerate(places, start=1)
    ]
    layout |= {"annotations": [*numbers, *_key(shown)]}
    layout["margin"]["r"] = _KEY_WIDTH
    layout["xaxis"] |= {"range": [-5, 108], "zeroline": False, "dtick": 25}
    layout["yaxis"] |= {"range": [low, high], "tickformat": ",", "zeroline": False}
    across = {"type": "line", "x0": 0, "x1": 1, "xref": "x domain", "y0": 0, "y1": 0, "layer": "below"}
    layout["shapes"] = [{**across, "line": {"color": GREY, "width": 1.5}}]
    return Drawn(traces, layout)


def _key(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return which number is which handoff, one below the other at the right."""
    lines = [f"{place}  {chart_text(row['label'], limit=38)}" for place, row in enumerate(rows, start=1)]
    states = {row["state"] for row in rows}
    lines += [f"{_SIGNS[look[2]]}  {look[0]}" for state, look in _LOOKS.items() if state in states]
    step = min(1 / len(lines), 0.095)
    at = {"xref": "paper", "yref": "paper", "xanchor": "left", "yanchor": "top", "align": "left", "showarrow": False}
    return [
        {"x": 1.03, "y": round(1 - place * step, 3), "text": text, "font": {"size": 10, "color": INK}, **at}
        for place, text in enumerate(lines)
    ]


def _apart(points: Sequence[tuple[float, float]], height: float) -> list[tuple[float, float]]:
    """Return the points, each moved sideways as far as those before it ask for; the worth is never moved."""
    across = 113 / (WIDTH - _KEY_WIDTH - 70) * _MARK
    down = height / (_HEIGHT - 120) * _MARK
    placed: list[tuple[float, float]] = []
    for x, y in points:
        taken = [at for at, other in placed if abs(y - other) < down]
        wanted = [x + side * shift * across / 2 for shift in range(_TRIES) for side in (-1, 1)]
        free = (at for at in wanted if -4 <= at <= 107 and all(abs(at - one) >= across for one in taken))
        placed.append((round(next(free, x), 2), y))
    return placed


def _span(worth: Sequence[float]) -> tuple[float, float]:
    low, high = min(0.0, *worth), max(0.0, *worth)
    room = (high - low or 1.0) * 0.1
    return low - room, high + room


def _said(row: Mapping[str, Any], score: Mapping[str, int]) -> str:
    return f"{chart_text(row['label'], limit=80)}: feasibility {score[row['handoff_id']]} of 100"


def _message(rows: Sequence[Mapping[str, Any]], score: Mapping[str, int]) -> str:
    easy = [row for row in rows if score[row["handoff_id"]] >= 50 and row["npv"] > 0]
    if not easy:
        return "Nothing that is worth its cost is easy to connect"
    return f"Worth most of what is feasible: “{chart_text(easy[0]['label'], limit=60)}”"
