"""The roadmap in time: what is built when, how long both ways run beside each other, and when each is live."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

import pyarrow as pa

from toolkit.charts.style import INK, Drawn, chart_text, drawn_without_data, filled, frame, wrapped

_DAY_MS = 86_400_000
_WEEK = 7
_REVIEWS = ("review_30_on", "review_60_on", "review_90_on")


def chart(roadmap: pa.Table, *, title: str = "", max_bars: int = 15) -> Any:
    """Return a bar for each handoff that is connected, in the order of doing: building, then both ways side by side.

    Parameters
    ----------
    roadmap
        Schema ROADMAP. Without a first day the axis counts weeks.
    title
        The message.
    max_bars
        Handoffs beyond this many are left out, and the title says so.
    """
    return drawn(roadmap, title=title, max_bars=max_bars).figure()


def drawn(roadmap: pa.Table, *, title: str = "", max_bars: int = 15) -> Drawn:
    """Return the chart as plain data.

    Parameters
    ----------
    roadmap, title, max_bars
        As for ``chart``.
    """
    rows = sorted((row for row in roadmap.to_pylist() if row["place"]), key=lambda row: row["place"])
    has_days = bool(rows) and all(row["starts_on"] and row["live_on"] for row in rows)
    x_title = "month in which it happens" if has_days else "weeks after the first day"
    if not rows:
        return drawn_without_data(
            title or "When what is connected is not known yet",
            "No handoff is planned to be connected.",
            x_title="weeks after the first day",
        )
    shown = rows[:max_bars]
    layout = frame(title or _message(rows, len(shown)), height=124 + 34 * len(shown), x_title=x_title)
    spans = _days(shown) if has_days else _weeks(shown)
    names = [wrapped(chart_text(f"{row['place']}. {row['label']}", limit=80), width=36) for row in shown]
    bars = [
        _bars([one[0] for one in spans], [one[1] for one in spans], 0, "being built", has_days=has_days),
        _bars([one[1] for one in spans], [one[2] for one in spans], 5, "both ways run", has_days=has_days),
        _marks([(one[2], place) for place, one in enumerate(spans)], "live", "diamond", 11),
    ]
    reviews = [(row[name], place) for place, row in enumerate(shown) for name in _REVIEWS if has_days and row[name]]
    bars += [_marks(reviews, "looked at again", "line-ns-open", 10)] if reviews else []
    layout |= {"barmode": "overlay", "showlegend": True, "bargap": 0.45}
    layout["margin"]["t"] += 24
    layout["xaxis"] |= {"type": "date" if has_days else "linear", "showgrid": True}
    layout["xaxis"] |= {"tickformat": "%b\n%Y", "dtick": "M1", "tickangle": 0} if has_days else {"rangemode": "tozero"}
    layout["yaxis"] |= {"autorange": "reversed", "showgrid": False, "zeroline": False, "tickfont": {"size": 10}}
    layout["yaxis"] |= {"tickvals": list(range(len(shown))), "ticktext": names}
    return Drawn(bars, layout)


_Span = tuple[date | float, date | float, date | float]


def _days(rows: Sequence[Mapping[str, Any]]) -> list[_Span]:
    """Return first day, the day after building, and the day it is live."""
    return [(row["starts_on"], (row["built_on"] or row["starts_on"]) + timedelta(days=1), row["live_on"]) for row in rows]


def _weeks(rows: Sequence[Mapping[str, Any]]) -> list[_Span]:
    """Return the same in weeks: each begins when the one before it is live."""
    found: list[_Span] = []
    before = 0.0
    for row in rows:
        live = float(row["weeks_to_live"])
        found.append((before, max(before, live - float(row["parallel_weeks"] or 0.0)), live))
        before = live
    return found


def _bars(
    starts: Sequence[date | float], ends: Sequence[date | float], look: int, words: str, *, has_days: bool
) -> dict[str, Any]:
    lengths = [_length(start, end) for start, end in zip(starts, ends, strict=True)]
    unit = _DAY_MS * _WEEK if has_days else 1
    return {
        "type": "bar",
        "y": list(range(len(starts))),
        "x": [round(length * unit, 3) for length in lengths],
        "base": [_written(one) for one in starts],
        "orientation": "h",
        "name": words,
        "marker": filled(look),
        "hovertext": [f"{words}: {length:.1f} weeks" for length in lengths],
        "hoverinfo": "text",
    }


def _length(start: date | float, end: date | float) -> float:
    """Return how many weeks lie between."""
    if isinstance(start, date) and isinstance(end, date):
        return max(0.0, (end - start).days / _WEEK)
    return float(end) - float(start) if not isinstance(start, date) and not isinstance(end, date) else 0.0


def _marks(points: Sequence[tuple[date | float, int]], words: str, symbol: str, size: int) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [_written(at) for at, _ in points],
        "y": [place for _, place in points],
        "name": words,
        "marker": {"symbol": symbol, "size": size, "color": INK, "line": {"width": 2, "color": INK}},
        "hovertext": [f"{words}: {_written(at)}" for at, _ in points],
        "hoverinfo": "text",
    }


def _written(at: date | float) -> str | float:
    return at.isoformat() if isinstance(at, date | datetime) else round(at, 2)


def _message(rows: Sequence[Mapping[str, Any]], shown: int) -> str:
    weeks = max(row["weeks_to_live"] for row in rows)
    left = f" (the first {shown} of them)" if shown < len(rows) else ""
    which = "The handoff that is connected is" if len(rows) == 1 else f"All {len(rows)} that are connected are"
    return f"{which} live after {weeks:.0f} weeks{left}"
