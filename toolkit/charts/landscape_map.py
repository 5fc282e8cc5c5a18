"""The landscape: systems and people as boxes, handoffs as arrows between them, each kind with a dash of its own."""

from typing import Any

import pyarrow as pa

from toolkit.charts.style import (
    BLUE,
    GREEN,
    GREY,
    INK,
    ORANGE,
    VERMILION,
    WIDTH,
    Drawn,
    chart_text,
    drawn_without_data,
    frame,
    wrapped,
)

KINDS: dict[str, tuple[str, str, str]] = {
    "by hand": (VERMILION, "solid", "carried by hand"),
    "file": (ORANGE, "dash", "carried as a file"),
    "automatic": (GREEN, "dot", "runs by itself"),
    "unknown": (GREY, "longdash", "how it is carried is not known yet"),
}
"""Colour, dash and words of each kind of handoff."""

_CARRIERS = {
    "copy": "by hand",
    "reentry": "by hand",
    "email": "by hand",
    "report_update": "by hand",
    "sheet": "file",
    "file": "file",
    "automatic": "automatic",
}
_MANY = 24
"""Systems and people; of more the map takes a page."""
_PAGE = 880
_SHARES = (0.55, 0.45, 0.65, 0.35, 0.75)
"""How far along the first piece of a line its note may stand, the best place first."""
_BENT = {"width": 1.8, "shape": "spline", "smoothing": 0.5}
_STRAIGHT = {"width": 1.2}
_FILLS = {"system": ("#E3EEF6", BLUE), "informal": ("#FFF4DE", ORANGE), "person": ("#F1F1F1", GREY)}


def chart(landscape_node: pa.Table, landscape_edge: pa.Table, *, title: str = "") -> Any:
    """Return the map, drawn at the positions given.

    Parameters
    ----------
    landscape_node
        ``node_id, label, kind`` (system, informal or person), ``x, y`` (centre; y grows downwards), ``width, height``,
        all in one unit.
    landscape_edge
        ``handoff_id, source, target, label, carrier`` (as in HANDOFF, or ``automatic``), ``note`` (a few characters beside
        its line, or null), ``xs, ys``: the points its line passes, in the same unit.
    """
    return drawn(landscape_node, landscape_edge, title=title).figure()


def drawn(landscape_node: pa.Table, landscape_edge: pa.Table, *, title: str = "") -> Drawn:
    """Return the chart as plain data.

    Parameters
    ----------
    landscape_node, landscape_edge, title
        As for ``chart``.
    """
    nodes, edges = landscape_node.to_pylist(), landscape_edge.to_pylist()
    if not nodes:
        return drawn_without_data(title or "No systems are known yet", "No file could be assigned to a system.")
    left, right = _span([(node["x"], node["width"]) for node in nodes], [x for edge in edges for x in edge["xs"]])
    top, bottom = _span([(node["y"], node["height"]) for node in nodes], [y for edge in edges for y in edge["ys"]])
    pixels = (WIDTH - 16) / (right - left)
    layout = frame(title or _message(nodes, edges), height=int(80 + min(320.0, (bottom - top) * 62)))
    is_large = len(nodes) > _MANY
    if is_large:
        # A page's length: smaller, its names would lie on each other.
        layout["height"] = int(min(_PAGE, 80 + (bottom - top) * 62))
    traces, shapes, annotations = [], [], []
    seen: set[str] = set()
    for edge in edges:
        kind = _CARRIERS.get(edge["carrier"] or "", "unknown")
        colour, dash, words = KINDS[kind]
        traces.append(
            {
                "type": "scatter",
                "x": edge["xs"],
                "y": edge["ys"],
                "mode": "lines",
                "line": {"color": colour, "dash": dash, **(_STRAIGHT if is_large else _BENT)},
                "name": words,
                "legendgroup": kind,
                "showlegend": kind not in seen,
                "hovertext": chart_text(edge["label"], limit=80),
                "hoverinfo": "text",
            }
        )
        seen.add(kind)
        annotations += _arrow(edge, colour)
    for node in nodes:
        shapes.append(_box(node))
        annotations.append(_name(node, pixels))
    layout["margin"] = {"l": 8, "r": 8, "b": 8, "t": layout["margin"]["t"] + 24}
    down = (layout["height"] - layout["margin"]["t"] - 8) / (bottom - top)
    annotations += _notes(edges, nodes, pixels, down)
    layout |= {"shapes": shapes, "annotations": annotations, "showlegend": bool(edges)}
    layout["xaxis"] |= {"visible": False, "range": [left, right]}
    layout["yaxis"] |= {"visible": False, "range": [bottom, top]}
    return Drawn(traces, layout)


def _box(node: dict[str, Any]) -> dict[str, Any]:
    fill, line = _FILLS.get(node["kind"], _FILLS["system"])
    half_width, half_height = node["width"] / 2, node["height"] / 2
    return {
        "type": "rect",
        "x0": node["x"] - half_width,
        "x1": node["x"] + half_width,
        "y0": node["y"] - half_height,
        "y1": node["y"] + half_height,
        "fillcolor": fill,
        "line": {"color": line, "width": 1.2, "dash": "solid" if node["kind"] == "system" else "dot"},
        "layer": "above",
    }


def _name(node: dict[str, Any], pixels: float) -> dict[str, Any]:
    """Return the text of a box; ``pixels`` is the length of one unit, by which it is sized."""
    size = 11 if node["width"] * pixels >= 80 else 9
    return {
        "x": node["x"],
        "y": node["y"],
        "text": wrapped(chart_text(node["label"], limit=26), width=max(6, int(node["width"] * pixels / (0.56 * size)))),
        "showarrow": False,
        "font": {"size": size, "color": INK},
    }


def _arrow(edge: dict[str, Any], colour: str) -> list[dict[str, Any]]:
    """Return the arrow's head at the end of its line, if there is one; a line that bends is headed along its last piece."""
    xs, ys = edge["xs"], edge["ys"]
    if len(xs) < 2:
        return []
    share = 0.75
    return [
        {
            "x": xs[-1],
            "y": ys[-1],
            "ax": xs[-2] + (xs[-1] - xs[-2]) * share,
            "ay": ys[-2] + (ys[-1] - ys[-2]) * share,
            "xref": "x",
            "yref": "y",
            "axref": "x",
            "ayref": "y",
            "text": "",
            "showarrow": True,
            "arrowhead": 2,
            "arrowsize": 1.3,
            "arrowwidth": 1.6,
            "arrowcolor": colour,
        }
    ]


def _notes(edges: list[dict[str, Any]], nodes: list[dict[str, Any]], across: float, down: float) -> list[dict[str, Any]]:
    """Return the notes of the edges, each on the first piece of its line, where lines that leave one box have parted.

    One that would lie on a box or on another note is left out; ``across`` and ``down`` are the pixels of one unit.
    """
    taken = [(one["x"] * across, one["y"] * down, one["width"] * across / 2, one["height"] * down / 2 + 2) for one in nodes]
    noted: set[tuple[str, str]] = set()
    found = []
    for edge in edges:
        way = (edge["source"], edge["target"])
        # Lines that coincide carry the notes of all of them, once.
        if not edge["note"] or way in noted:
            continue
        noted.add(way)
        text = chart_text(edge["note"], limit=20)
        half = (len(text) * 3.2 + 2, 7.5)
        for share in _SHARES:
            x, y = (points[0] + (points[1] - points[0]) * share for points in (edge["xs"], edge["ys"]))
            box = (x * across, y * down, *half)
            if not any(_overlap(box, other) for other in taken):
                taken.append(box)
                found.append(_note(text, x, y))
                break
    return found


def _overlap(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    """Whether two boxes, each a centre and half its size, share anything."""
    return abs(one[0] - other[0]) < one[2] + other[2] and abs(one[1] - other[1]) < one[3] + other[3]


def _note(text: str, x: float, y: float) -> dict[str, Any]:
    return {
        "x": x,
        "y": y,
        "text": text,
        "showarrow": False,
        "bgcolor": "white",
        "borderpad": 1,
        "font": {"size": 10, "color": INK},
    }


def _span(boxes: list[tuple[float, float]], points: list[float]) -> tuple[float, float]:
    low = min([centre - size / 2 for centre, size in boxes] + points)
    high = max([centre + size / 2 for centre, size in boxes] + points)
    edge = (high - low or 1.0) * 0.03
    return low - edge, high + edge


def _message(nodes: list[dict[str, Any]], edges: list[dict[str, Any]]) -> str:
    systems = sum(node["kind"] != "person" for node in nodes)
    kinds = {edge["handoff_id"]: _CARRIERS.get(edge["carrier"] or "", "unknown") for edge in edges}
    by_hand = sum(kind == "by hand" for kind in kinds.values())
    if not kinds:
        return f"{systems} system{'s' if systems != 1 else ''}, and no handoff between them is known yet"
    unknown = sum(kind == "unknown" for kind in kinds.values())
    if unknown == len(kinds):
        return f"How data travels between {systems} systems is not known yet"
    more = f", of {unknown} it is not known" if unknown else ""
    return f"{by_hand} of {len(kinds)} handoffs between {systems} systems are carried by hand{more}"
