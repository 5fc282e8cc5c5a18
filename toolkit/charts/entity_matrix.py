"""Which system keeps what, and how it comes there: at every second place where people type it, two may differ."""

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa

from toolkit.charts.style import (
    BLUE,
    FAINT,
    GREEN,
    GREY,
    INK,
    MAX_HEIGHT,
    ORANGE,
    VERMILION,
    WIDTH,
    Drawn,
    chart_text,
    drawn_without_data,
    frame,
    wrapped,
)

_ARRIVALS = {
    "begins": ("begins here", "#E3EEF6", BLUE),
    "entered": ("typed in", "#FBE7DC", VERMILION),
    "file": ("as a file", "#FFF4DE", ORANGE),
    "automatic": ("connected", "#DDF1EA", GREEN),
    "proposed": ("typed in?", "#F4F4F4", GREY),
    "unknown": ("not told", "#F4F4F4", GREY),
}
_MAX_ROWS, _MAX_COLUMNS = 12, 10
_LEFT = 136


def chart(entity_place: pa.Table, *, title: str = "") -> Any:
    """Return a grid: a row for each kind of record, a column for each system, and in a cell how records come there.

    Parameters
    ----------
    entity_place
        ``entity`` and ``system`` in a client's words, ``records`` that it keeps, ``arrival``: begins, entered, file,
        automatic, proposed or unknown.
    title
        The message.
    """
    return drawn(entity_place, title=title).figure()


def drawn(entity_place: pa.Table, *, title: str = "") -> Drawn:
    """Return the chart as plain data.

    Parameters
    ----------
    entity_place, title
        As for ``chart``.
    """
    rows = entity_place.to_pylist()
    if not rows:
        return drawn_without_data(title or "Which system keeps what is not known yet", "No list of records was read.")
    entities = _most_first([row["entity"] for row in rows], _MAX_ROWS)
    systems = _most_first([row["system"] for row in rows], _MAX_COLUMNS)
    shown = [row for row in rows if row["entity"] in entities and row["system"] in systems]
    layout = frame(title or _message(rows, entities, systems), height=int(92 + 33 * len(entities)))
    annotations = [
        _cell(row, systems.index(row["system"]), entities.index(row["entity"]), len(systems), font=part)
        for row in shown
        for part in (10, 9)
    ]
    width = (WIDTH - _LEFT - 10) / len(systems)
    heads = [wrapped(chart_text(name, limit=24), width=max(8, int(width / 5.8))) for name in systems]
    layout |= {"shapes": [_box(row, systems, entities) for row in shown], "annotations": annotations}
    lines = max(head.count("<br>") for head in heads)
    layout["margin"] |= {"l": _LEFT, "r": 10, "b": 8, "t": layout["margin"]["t"] + 18 + 12 * lines}
    layout["height"] = min(MAX_HEIGHT, layout["height"] + 12 * lines)
    layout["xaxis"] |= {"side": "top", "range": [-0.5, len(systems) - 0.5], "showgrid": False, "zeroline": False}
    layout["xaxis"] |= {"tickvals": list(range(len(systems))), "ticktext": heads, "tickfont": {"size": 10}, "tickangle": 0}
    layout["xaxis"] |= {"title": {"text": ""}, "automargin": False}
    layout["yaxis"] |= {"range": [len(entities) - 0.5, -0.5], "showgrid": False, "zeroline": False, "tickfont": {"size": 11}}
    layout["yaxis"] |= {
        "tickvals": list(range(len(entities))),
        "ticktext": [wrapped(chart_text(name, limit=40), width=19) for name in entities],
        "title": {"text": "records", "font": {"size": 11}, "standoff": 6},
        "automargin": False,
    }
    # A drawing library leaves an empty place where there is no mark at all.
    points = {"x": [systems.index(row["system"]) for row in shown], "y": [entities.index(row["entity"]) for row in shown]}
    hover = [f"{chart_text(row['system'])}: {row['records']:,} {chart_text(row['entity'])}" for row in shown]
    marks = {"mode": "markers", "marker": {"opacity": 0, "size": 20}, "hovertext": hover, "hoverinfo": "text"}
    return Drawn([{"type": "scatter", **points, **marks}], layout)


def _most_first(names: Sequence[str], limit: int) -> list[str]:
    """Return names once, those that stand in most cells first."""
    counts = {name: names.count(name) for name in names}
    return sorted(counts, key=lambda name: (-counts[name], name))[:limit]


def _box(row: Mapping[str, Any], systems: Sequence[str], entities: Sequence[str]) -> dict[str, Any]:
    _, fill, line = _ARRIVALS[row["arrival"]]
    x, y = systems.index(row["system"]), entities.index(row["entity"])
    is_told = row["arrival"] not in {"unknown", "proposed"}
    return {
        "type": "rect",
        "x0": x - 0.46,
        "x1": x + 0.46,
        "y0": y - 0.44,
        "y1": y + 0.44,
        "fillcolor": fill,
        "line": {"color": line if is_told else FAINT, "width": 1.2, "dash": "solid" if is_told else "dot"},
        "layer": "below",
    }


def _cell(row: Mapping[str, Any], x: int, y: int, columns: int, *, font: int) -> dict[str, Any]:
    """Return the upper line of a cell, how records come there, or the lower, how many there are."""
    words = _ARRIVALS[row["arrival"]][0]
    is_upper = font == 10
    text = words if is_upper else f"{row['records']:,}"
    return {
        "x": x,
        "y": y - 0.2 if is_upper else y + 0.24,
        "text": text,
        "showarrow": False,
        "font": {"size": 9 if columns > 7 else 10, "color": INK},
    }


def _message(rows: Sequence[Mapping[str, Any]], entities: Sequence[str], systems: Sequence[str]) -> str:
    more = len({row["system"] for row in rows}) - len(systems), len({row["entity"] for row in rows}) - len(entities)
    words = [f"{count} more {what}" for count, what in zip(more, ("systems", "kinds of records"), strict=True) if count]
    left = f" (not drawn: {' and '.join(words)})" if words else ""
    return f"{_told(rows)}{left}"


def _told(rows: Sequence[Mapping[str, Any]]) -> str:
    typed: dict[str, int] = {}
    for row in rows:
        if row["arrival"] in {"begins", "entered"}:
            typed[row["entity"]] = typed.get(row["entity"], 0) + 1
    several = sum(count > 1 for count in typed.values())
    if several:
        kinds = "kind of record is" if several == 1 else "kinds of records are"
        return f"{several} {kinds} typed into more than one system"
    kept: dict[str, int] = {}
    for row in rows:
        kept[row["entity"]] = kept.get(row["entity"], 0) + 1
    shared = sum(count > 1 for count in kept.values())
    return f"{shared} {'kind of record is' if shared == 1 else 'kinds of records are'} kept in more than one system"
