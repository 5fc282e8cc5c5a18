"""Work, errors and waiting by kind in one bar; revenue likely lost in a bar of its own, unless a client lets us add it."""

from collections.abc import Mapping
from typing import Any

import pyarrow as pa

from toolkit.charts.handoff_ranking import LINES, RUNNING
from toolkit.charts.style import Drawn, drawn_without_data, filled, frame, short_amount

_KINDS = {**LINES, **RUNNING}
_PLACES = {line: place for place, line in enumerate(_KINDS)}
_SMALL = 0.06
"""Share of the longest bar below which a part has no room for a label."""


def chart(
    cost_line: pa.Table,
    *,
    title: str = "",
    currency: str = "",
    handoff_id: str = "total",
    with_after: bool = False,
    written: Mapping[str, str] | None = None,
) -> Any:
    """Return stacked bars: the cost a month by kind, below it what is not added up, and the cost once connected.

    Parameters
    ----------
    cost_line
        Schema COST_LINE.
    handoff_id
        The handoff to show; ``"total"`` for all.
    with_after
        Whether to show the cost after connecting as well; then what is not added up is left out.
    written
        Each line of today's cost, and its ``total``, as the page writes it, so that a bar and its table say the same.
    """
    found = drawn(cost_line, title=title, currency=currency, handoff_id=handoff_id, with_after=with_after, written=written)
    return found.figure()


def drawn(
    cost_line: pa.Table,
    *,
    title: str = "",
    currency: str = "",
    handoff_id: str = "total",
    with_after: bool = False,
    written: Mapping[str, str] | None = None,
) -> Drawn:
    """Return the chart as plain data.

    Parameters
    ----------
    cost_line, title, currency, handoff_id, with_after, written
        As for ``chart``.
    """
    unit = f"{currency or 'currency'} per month, median"
    rows = {row["line"]: row for row in cost_line.to_pylist() if row["handoff_id"] == handoff_id}
    bars = _bars(rows, with_after=with_after)
    if not any(parts for _, parts, _ in bars):
        return drawn_without_data(
            title or "What the work by hand costs is not known yet",
            "No handoff has all the inputs that its cost needs.",
            x_title=unit,
        )
    layout = frame(title or _message(bars, currency), height=110 + 46 * len(bars), x_title=unit)
    used = [line for line in _KINDS if any(parts.get(line) for _, parts, _ in bars)]
    longest = max(sum(parts.values()) for _, parts, _ in bars)
    pieces = []
    for line in used:
        values = [parts.get(line, 0.0) for _, parts, _ in bars]
        pieces.append(
            {
                "type": "bar",
                "y": list(range(len(bars))),
                "x": [round(value, 2) for value in values],
                "orientation": "h",
                "name": _KINDS[line],
                "marker": filled(_PLACES[line]),
                "hovertext": [f"{_KINDS[line]}: {short_amount(value, currency)} a month" for value in values],
                "hoverinfo": "text",
            }
        )
    labels: list[dict[str, Any]] = []
    for place, (_, parts, total) in enumerate(bars):
        begin, told = 0.0, _told(written or {}, with_after=with_after, place=place)
        for line in used:
            value = parts.get(line, 0.0)
            if value >= _SMALL * longest and len(parts) > 1:
                # On a plate of its own, so that it is read on any pattern.
                plate = {"bgcolor": "rgba(255,255,255,0.9)", "borderpad": 1, "font": {"size": 11}, "showarrow": False}
                text = told.get(line) or short_amount(value, currency)
                labels.append({"x": begin + value / 2, "y": place, "text": text, **plate})
            begin += value
        text = f"<b>{told.get('total') or short_amount(total, currency)}</b>"
        beside = {"xanchor": "left", "xshift": 4, "font": {"size": 12}, "showarrow": False}
        labels.append({"x": sum(parts.values()), "y": place, "text": text, **beside})
    layout |= {"annotations": labels, "barmode": "stack", "showlegend": True, "bargap": 0.35}
    layout["margin"]["t"] += 26 if len(used) < 5 else 44
    layout["yaxis"] |= {"autorange": "reversed", "showgrid": False, "zeroline": False}
    layout["yaxis"] |= {"tickvals": list(range(len(bars))), "ticktext": [name for name, *_ in bars]}
    layout["xaxis"] |= {"range": [0, longest * 1.14 or 1], "tickformat": ","}
    return Drawn(pieces, layout)


def _told(written: Mapping[str, str], *, with_after: bool, place: int) -> Mapping[str, str]:
    """Return what the page writes at a bar: of today's cost, and of what is not added up, whose sum is its parts."""
    if place and with_after:
        return {}
    return written if not place else {"total": written["missed"]} if "missed" in written else {}


def _bars(rows: dict[str, dict[str, Any]], *, with_after: bool) -> list[tuple[str, dict[str, float], float]]:
    """Return the bars: what each is called, its parts by line, and the total that is written beside it."""
    added = {line: row for line, row in rows.items() if line in _KINDS and row["is_added"]}
    apart = {line: row for line, row in rows.items() if line in _KINDS and not row["is_added"] and row["now_per_month"]}
    bars = [("by hand, now", _parts(added, "now"), _total(rows, "now"))]
    if with_after:
        bars.append(("connected", _parts(added, "after"), _total(rows, "after")))
    elif apart:
        parts = _parts(apart, "now")
        bars.append(("likely lost,<br>not added", parts, sum(parts.values())))
    return bars


def _parts(rows: dict[str, dict[str, Any]], when: str) -> dict[str, float]:
    return {line: value for line, row in rows.items() if (value := row[f"{when}_per_month"])}


def _total(rows: dict[str, dict[str, Any]], when: str) -> float:
    return float(rows["total"][f"{when}_per_month"] or 0.0) if "total" in rows else 0.0


def _message(bars: list[tuple[str, dict[str, float], float]], currency: str) -> str:
    _, _, total = bars[0]
    if len(bars) > 1 and bars[1][0] == "connected":
        return f"{short_amount(total, currency)} a month by hand, {short_amount(bars[1][2], currency)} connected"
    return f"The work by hand costs {short_amount(total, currency)} a month"
