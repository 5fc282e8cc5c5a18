"""The landscape as HTML that stands on its own: the drawing as SVG, and the handoffs as a table."""

from collections.abc import Mapping
from html import escape
from typing import Any

from toolkit.values.counted import counted

_UNIT = 62
_MOST_ROWS = 50


def still_html(shown: Mapping[str, Any]) -> str:
    """Return the drawing and the handoffs, every text escaped.

    Parameters
    ----------
    shown
        The landscape as the desk tells it to the page.
    """
    handoffs, words = shown["handoffs"], shown["words"]
    labels = {one["name"]: one["label"] for one in shown["systems"]}
    rows = "".join(
        f"<tr><td>{escape(one['label'])}{' (proposed)' if one['is_proposed'] else ''}</td>"
        f"<td>{escape(labels.get(one['from'].split('.')[0], one['from']))}</td>"
        f"<td>{escape(labels.get(one['to'].split('.')[0], one['to']))}</td><td>{escape(one['by'])}</td>"
        f"<td>{escape(words['carriers'].get(one['carrier'], ''))}</td><td>{_minutes(one['minutes'])}</td>"
        f"<td>{escape(', '.join(one['to_ask']) or 'nothing')}</td></tr>"
        for one in handoffs[:_MOST_ROWS]
    )
    more = f"<p>And {len(handoffs) - _MOST_ROWS} more handoffs.</p>" if len(handoffs) > _MOST_ROWS else ""
    head = "".join(f"<th>{one}</th>" for one in ("handoff", "from", "to", "by", "how", "minutes per item", "still to ask"))
    asked = sum(bool(one["to_ask"]) for kind in ("systems", "people", "handoffs") for one in shown[kind])
    sizes = ", ".join(
        (
            counted(len(shown["systems"]), "system"),
            counted(len(shown["people"]), "person", "people"),
            counted(len(handoffs), "handoff"),
        )
    )
    return (
        f"<h4>Landscape of {escape(shown['client'])}: {sizes}; of {asked} something is still to ask</h4>{_drawing(shown)}"
        f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>{more}"
    )


def _minutes(given: Mapping[str, Any] | None) -> str:
    if given is None:
        return ""
    ends = f" ({given['low']:g} to {given['high']:g})" if given["low"] != given["high"] else ""
    return escape(f"{given['likely']:g}{ends}, {given['evidence']}")


def _drawing(shown: Mapping[str, Any]) -> str:
    drawn, places = shown["map"], shown["places"]
    at = {box["id"]: places.get(box["id"], [box["x"], box["y"]]) for box in drawn["boxes"]}
    left = min((x for x, _ in at.values()), default=0.0) - 1
    top = min((y for _, y in at.values()), default=0.0) - 0.6
    width = (max((x for x, _ in at.values()), default=0.0) + 1 - left) * _UNIT
    height = (max((y for _, y in at.values()), default=0.0) + 0.6 - top) * _UNIT

    def place(x: float, y: float) -> tuple[float, float]:
        return round((x - left) * _UNIT, 1), round((y - top) * _UNIT, 1)

    lines = []
    for source, target in dict.fromkeys((path["source"], path["target"]) for path in drawn["paths"]):
        (x1, y1), (x2, y2) = place(*at[source]), place(*at[target])
        lines.append(f"<line x1='{x1}' y1='{y1}' x2='{x2}' y2='{y2}' stroke='#777' stroke-width='1'/>")
    boxes = []
    for box in drawn["boxes"]:
        x, y = place(*at[box["id"]])
        w, h = box["w"] * _UNIT, box["h"] * _UNIT
        dash = "" if box["kind"] == "system" else " stroke-dasharray='4 2'"
        name = escape(box["label"] if len(box["label"]) < 17 else f"{box['label'][:15]}…")
        boxes.append(
            f"<rect x='{x - w / 2:.1f}' y='{y - h / 2:.1f}' width='{w:.1f}' height='{h:.1f}' "
            f"rx='{18 if box['kind'] == 'person' else 3}' "
            f"fill='#fff' stroke='#333'{dash}/><text x='{x}' y='{y + 4}' text-anchor='middle' font-size='11'>{name}</text>"
        )
    return (
        f"<svg role='img' aria-label='Systems and who carries data between them' width='{width:.0f}' height='{height:.0f}' "
        f"viewBox='0 0 {width:.0f} {height:.0f}' style='max-width:100%;font-family:sans-serif'>"
        f"{''.join(lines)}{''.join(boxes)}</svg>"
    )
