"""When items are carried: each handoff by the day of the week on which they arrive."""

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

import pyarrow as pa

from toolkit.charts.style import INK, Drawn, chart_text, drawn_without_data, frame, wrapped

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
SCALE = ((0.0, "#FFFFFF"), (1.0, "#8CC7EC"))
"""From nothing to most; dark letters are read on all of it."""
_MIN_ITEMS = 5
_MAX_ROWS = 10


def chart(counterpart: pa.Table, handoff: pa.Table, *, title: str = "", time_zone: str = "UTC") -> Any:
    """Return a row for each handoff, a column for each day, and in a cell how many items arrived on it.

    Parameters
    ----------
    counterpart
        Schema COUNTERPART; items that arrived count. Fewer than five of a handoff are not drawn.
    handoff
        Schema HANDOFF, for the labels.
    title
        The message.
    time_zone
        The client's, in which a day begins.
    """
    return drawn(counterpart, handoff, title=title, time_zone=time_zone).figure()


def drawn(counterpart: pa.Table, handoff: pa.Table, *, title: str = "", time_zone: str = "UTC") -> Drawn:
    """Return the chart as plain data.

    Parameters
    ----------
    counterpart, handoff, title, time_zone
        As for ``chart``.
    """
    x_title = "day of the week on which it arrives; the number is how many items did"
    labels = dict(zip(handoff["handoff_id"].to_pylist(), handoff["label"].to_pylist(), strict=True))
    counts: dict[str, list[int]] = {}
    zone = ZoneInfo(time_zone)
    for row in counterpart.select(["handoff_id", "status", "event_r_at", "event_on"]).to_pylist():
        day = row["event_r_at"].astimezone(zone) if row["event_r_at"] else row["event_on"]
        if row["status"] == "found" and day is not None and row["handoff_id"] in labels:
            counts.setdefault(row["handoff_id"], [0] * 7)[day.weekday()] += 1
    enough = {name: days for name, days in counts.items() if sum(days) >= _MIN_ITEMS}
    if not enough:
        return drawn_without_data(
            title or "On which days items are carried is not known yet",
            "No handoff has enough items with a day.",
            x_title=x_title,
        )
    shown = sorted(enough, key=lambda name: (-max(_shares(enough[name])), name))[:_MAX_ROWS]
    width = 7 if any(enough[name][day] for name in shown for day in (5, 6)) else 5
    left = f" (drawn: {len(shown)} of {len(enough)} handoffs)" if len(shown) < len(enough) else ""
    layout = frame(title or f"{_message(shown[0], enough, labels)}{left}", height=92 + 29 * len(shown), x_title=x_title)
    grid = {
        "type": "heatmap",
        "x": list(DAYS[:width]),
        "y": list(range(len(shown))),
        "z": [[round(share, 4) for share in _shares(enough[name])[:width]] for name in shown],
        "text": [[f"{count:,}" if count else "" for count in enough[name][:width]] for name in shown],
        "texttemplate": "%{text}",
        "textfont": {"size": 11, "color": INK},
        "colorscale": [list(step) for step in SCALE],
        "zmin": 0,
        "showscale": False,
        "xgap": 2,
        "ygap": 2,
        "hoverinfo": "skip",
    }
    layout["xaxis"] |= {"type": "category", "showgrid": False, "zeroline": False}
    layout["yaxis"] |= {"autorange": "reversed", "showgrid": False, "zeroline": False, "tickfont": {"size": 10}}
    layout["yaxis"] |= {
        "tickvals": list(range(len(shown))),
        "ticktext": [wrapped(chart_text(labels[name], limit=90), width=36) for name in shown],
    }
    return Drawn([grid], layout)


def _shares(days: list[int]) -> list[float]:
    return [count / sum(days) for count in days]


def _message(name: str, counts: Mapping[str, list[int]], labels: Mapping[str, str]) -> str:
    shares = _shares(counts[name])
    best = max(range(7), key=lambda day: shares[day])
    return f"{shares[best] * 100:.0f} % of “{chart_text(labels[name], limit=60)}” arrive on a {_LONG[best]}"


_LONG = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
