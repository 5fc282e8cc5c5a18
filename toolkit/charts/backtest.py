"""The last months as if the integration had been live: what each would have saved, and what running it would have cost."""

from typing import Any

import pyarrow as pa

from toolkit.charts.style import Drawn, drawn_without_data, filled, frame, short_amount

_PARTS = {
    "labour_saved": "hours of work",
    "errors_saved": "errors and rework",
    "delay_saved": "delay",
    "running_cost": "fees and upkeep",
}


def chart(backtest: pa.Table, *, title: str = "", currency: str = "", handoff_id: str = "total") -> Any:
    """Return a bar for each month, split by what is saved; what running it costs goes down from zero.

    Parameters
    ----------
    backtest
        Schema BACKTEST.
    title
        The message; by default it says what the months come to.
    handoff_id
        The handoff to show; ``"total"`` for all.
    """
    return drawn(backtest, title=title, currency=currency, handoff_id=handoff_id).figure()


def drawn(backtest: pa.Table, *, title: str = "", currency: str = "", handoff_id: str = "total") -> Drawn:
    """Return the chart as plain data.

    Parameters
    ----------
    backtest, title, currency, handoff_id
        As for ``chart``.
    """
    x_title, y_title = "month", f"{currency or 'currency'} a month"
    rows = [row for row in backtest.to_pylist() if row["handoff_id"] == handoff_id and row["net"] is not None]
    rows.sort(key=lambda row: row["month"])
    if not rows:
        return drawn_without_data(
            title or "What the last months would have saved is not known yet",
            "No handoff with a whole month of measured items has all the inputs that its cost needs.",
            x_title=x_title,
            y_title=y_title,
        )
    net = sum(row["net"] for row in rows)
    layout = frame(title or _message(net, len(rows), currency), height=300, x_title=x_title, y_title=y_title)
    months = [row["month"].isoformat() for row in rows]
    bars: list[dict[str, Any]] = []
    for place, (name, words) in enumerate(_PARTS.items()):
        sign = -1 if name == "running_cost" else 1
        values = [round(sign * (row[name] or 0.0)) for row in rows]
        if any(values):
            bars.append({"type": "bar", "x": months, "y": values, "name": words, "marker": filled(place)})
    layout["barmode"] = "relative"
    layout["showlegend"] = True
    layout["margin"]["t"] += 24
    layout["xaxis"] |= {"type": "date", "tickformat": "%b %Y"}
    layout["yaxis"]["tickformat"] = ","
    return Drawn(bars, layout)


def _message(net: float, months: int, currency: str) -> str:
    span = "The last month" if months == 1 else f"The last {months} months"
    if net <= 0:
        return f"{span} would not have paid for the integration's running cost"
    return f"{span} would have saved {short_amount(net, currency)} with the integration live"
