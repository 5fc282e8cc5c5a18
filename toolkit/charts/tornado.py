"""What moves the result most: each input low and high in turn, all others in their middle."""

from collections.abc import Mapping
from typing import Any

import pyarrow as pa

from toolkit.charts.style import BLUE, GREY, ORANGE, Drawn, chart_text, drawn_without_data, frame, short_amount, wrapped

_RESULTS = {"npv": "value over the whole period", "cost_now_per_month": "cost now, per month"}


def chart(
    cost_input: pa.Table,
    *,
    title: str = "",
    currency: str = "",
    labels: Mapping[str, str] | None = None,
    max_bars: int = 8,
) -> Any:
    """Return horizontal bars, the input that moves most on top; assumptions are striped.

    Parameters
    ----------
    cost_input
        Schema COST_INPUT.
    labels
        What an input is called in words, by ``handoff_id`` and ``name`` with a slash between; its name where there is none.
    max_bars
        Inputs beyond this many are left out.
    """
    return drawn(cost_input, title=title, currency=currency, labels=labels, max_bars=max_bars).figure()


def drawn(
    cost_input: pa.Table,
    *,
    title: str = "",
    currency: str = "",
    labels: Mapping[str, str] | None = None,
    max_bars: int = 8,
) -> Drawn:
    """Return the chart as plain data.

    Parameters
    ----------
    cost_input, title, currency, labels, max_bars
        As for ``chart``.
    """
    rows = [row for row in cost_input.to_pylist() if row["share"]]
    result = _RESULTS.get(rows[0]["result"], "result") if rows else "result"
    x_title = f"{result}, {currency or 'currency'}"
    if not rows:
        return drawn_without_data(
            title or "What moves the result most is not known yet",
            "No handoff has all the inputs that its cost needs.",
            x_title=x_title,
        )
    shown = sorted(rows, key=lambda row: (-row["share"], row["name"], row["handoff_id"]))[:max_bars]
    names = [_name(row, labels or {}) for row in shown]
    first = names[0].replace("<br>", " ")
    layout = frame(title or f"{first[:1].upper()}{first[1:]} moves the result most", height=105 + 34 * len(shown))
    bars = []
    for end, colour, words in (("low", ORANGE, "input low"), ("high", BLUE, "input high")):
        pattern = {"fillmode": "overlay", "fgcolor": "white", "size": 6, "solidity": 0.25}
        shapes = ["/" if row["evidence"] == "default" else "" for row in shown]
        bars.append(
            {
                "type": "bar",
                "y": list(range(len(shown))),
                "x": [row[f"result_at_{end}"] - row["result_middle"] for row in shown],
                "base": [row["result_middle"] for row in shown],
                "orientation": "h",
                "name": words,
                "marker": {"color": colour, "pattern": {"shape": shapes, **pattern}},
                "hovertext": [f"{words}: {short_amount(row[f'result_at_{end}'], currency)}" for row in shown],
                "hoverinfo": "text",
            }
        )
    layout |= {"barmode": "overlay", "showlegend": True, "bargap": 0.4}
    layout["margin"]["t"] += 26
    layout["yaxis"] |= {"autorange": "reversed", "showgrid": False, "zeroline": False}
    layout["yaxis"] |= {"tickvals": list(range(len(shown))), "ticktext": names, "tickfont": {"size": 10}}
    ends = [row[f"result_at_{end}"] for row in shown for end in ("low", "high")]
    from_zero = "" if min(ends) <= 0 <= max(ends) else "; the axis does not begin at 0"
    said = wrapped(f"{x_title}; striped: an assumption{from_zero}", width=62)
    layout["xaxis"]["title"]["text"] = said
    layout["xaxis"] |= {"tickformat": ",", "zerolinecolor": GREY}
    return Drawn(bars, layout)


def _name(row: Mapping[str, Any], labels: Mapping[str, str]) -> str:
    words = labels.get(f"{row['handoff_id']}/{row['name']}", row["name"].replace("_", " "))
    return wrapped(chart_text(words, limit=90), width=44)
