"""When people enter what they carry: by day of the week and hour, of the handoffs whose items arrive with a time of day."""

from typing import Any
from zoneinfo import ZoneInfo

import pyarrow as pa

from toolkit.charts.handoff_heat_map import DAYS, SCALE
from toolkit.charts.style import INK, Drawn, drawn_without_data, frame

_STEP = 2
_MIN_ITEMS = 20
_AT_WORK = 0.85


def chart(counterpart: pa.Table, *, title: str = "", time_zone: str = "UTC") -> Any:
    """Return a row for each day of the week and a column for every two hours, with how many items arrived.

    Parameters
    ----------
    counterpart
        Schema COUNTERPART; items that arrived count where both sides have a time of day.
    title
        The message.
    time_zone
        The client's.
    """
    return drawn(counterpart, title=title, time_zone=time_zone).figure()


def drawn(counterpart: pa.Table, *, title: str = "", time_zone: str = "UTC") -> Drawn:
    """Return the chart as plain data.

    Parameters
    ----------
    counterpart, title, time_zone
        As for ``chart``.
    """
    x_title, zone = "hour of the day; the number is how many items arrived", ZoneInfo(time_zone)
    counts = [[0] * (24 // _STEP) for _ in DAYS]
    for row in counterpart.select(["status", "event_r_at", "lag_minutes"]).to_pylist():
        # Where a system keeps days only, every item would seem to arrive at midnight.
        if row["status"] == "found" and row["event_r_at"] and row["lag_minutes"] is not None:
            at = row["event_r_at"].astimezone(zone)
            counts[at.weekday()][at.hour // _STEP] += 1
    items = sum(map(sum, counts))
    if items < _MIN_ITEMS:
        return drawn_without_data(
            title or "At which hours items are carried is not known",
            "Too few items arrive with a time of day: the systems keep days only.",
            x_title=x_title,
        )
    layout = frame(title or _message(counts, items), height=300, x_title=x_title)
    hours = [f"{start}–{start + _STEP}" for start in range(0, 24, _STEP)]
    grid = {
        "type": "heatmap",
        "x": hours,
        "y": list(DAYS),
        "z": counts,
        "text": [[f"{count:,}" if count else "" for count in day] for day in counts],
        "texttemplate": "%{text}",
        "textfont": {"size": 10, "color": INK},
        "colorscale": [list(step) for step in SCALE],
        "zmin": 0,
        "showscale": False,
        "xgap": 2,
        "ygap": 2,
        "hoverinfo": "skip",
    }
    layout["xaxis"] |= {"type": "category", "showgrid": False, "zeroline": False, "tickfont": {"size": 10}}
    layout["yaxis"] |= {"type": "category", "autorange": "reversed", "showgrid": False, "zeroline": False}
    return Drawn([grid], layout)


def _message(counts: list[list[int]], items: int) -> str:
    at_work = sum(sum(day[4:9]) for day in counts[:5])
    as_people = ", as people work" if at_work >= _AT_WORK * items else ""
    return f"{at_work / items * 100:.0f} % arrive on working days from 8 to 18 hours{as_people}"
