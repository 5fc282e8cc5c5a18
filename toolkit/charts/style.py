"""How every chart looks: size, colours, dashes, fonts; and how client text becomes chart text.

Colours are told apart by people with any of the common colour blindnesses, and never carry a meaning alone: a dash, a
pattern or a label
says the same.

Source: M. Okabe and K. Ito, Color Universal Design, 2008 (palette).
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from toolkit.values.written import amount_text, separators

WIDTH = 660
MAX_HEIGHT = 400
COLOURS = ("#0072B2", "#E69F00", "#009E73", "#D55E00", "#CC79A7", "#56B4E9", "#7F7F7F", "#000000")
BLUE, ORANGE, GREEN, VERMILION, PURPLE, SKY, GREY, BLACK = COLOURS
PATTERNS = ("", "/", ".", "x", "-", "\\", "+", "|")
INK = "#22303C"
FAINT = "#D9DFE4"
MUTED = "#5C6770"
"""Of words that stand back; the grey of lines is too light to be read."""
GROUND = "white"
"""Of every chart, whatever the page's theme: what is drawn on it is read on paper, too."""


def chart_text(text: str | None, *, limit: int = 40) -> str:
    """Return client text that a chart shows as written: no tags, no line breaks, at most ``limit`` characters.

    Examples
    --------
    >>> chart_text("Harbor & <b>Pine</b>")
    'Harbor &amp; &lt;b&gt;Pine&lt;/b&gt;'
    """
    plain = " ".join((text or "").split())
    if len(plain) > limit:
        plain = plain[: limit - 1].rstrip() + "…"
    return escape(plain, quote=False)


def wrapped(text: str, *, width: int) -> str:
    """Return already escaped text on several lines of about ``width`` characters."""
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > width:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return "<br>".join(lines)


def short_amount(amount: float, currency: str = "") -> str:
    """Return an amount in two or three significant digits, as a bar's label needs it.

    Examples
    --------
    >>> short_amount(12_345, "USD"), short_amount(-480, "EUR"), short_amount(0.4, "USD")
    ('12k USD', '−480 EUR', '0 USD')
    """
    size = abs(amount)
    # The steps lie where rounding would carry into the next unit: 999,600 is one million, not 1000 thousand.
    if size >= 999_500:
        digits = f"{size / 1e6:.1f}M"
    elif size >= 9_950:
        digits = f"{size / 1e3:.0f}k"
    elif size >= 999.5:
        digits = f"{size / 1e3:.1f}k"
    else:
        digits = f"{size:.0f}"
    sign = "−" if amount < 0 and digits != "0" else ""
    return amount_text(f"{sign}{digits}", currency)


def filled(position: int) -> dict[str, Any]:
    """Return the look of the bars of the series at ``position``: a colour and a pattern of its own."""
    pattern = {"shape": PATTERNS[position], "fillmode": "overlay", "fgcolor": "white", "size": 6, "solidity": 0.2}
    return {"color": COLOURS[position], "pattern": pattern}


@dataclass(frozen=True, slots=True)
class Drawn:
    """A chart as plain data: what a page needs of it, without loading the library that checks and shows figures."""

    data: Sequence[Mapping[str, Any]]
    layout: Mapping[str, Any]

    def to_json(self) -> str:
        """Return what a page draws, as a figure would write it."""
        drawn = {"data": self.data, "layout": {**self.layout, "template": _NO_TEMPLATE}}
        try:
            return json.dumps(drawn, allow_nan=False)
        except ValueError:
            # JSON has no word for what is not finite; such a point is not drawn.
            return json.dumps(json.loads(json.dumps(drawn), parse_constant=lambda _: None))

    def figure(self) -> Any:
        """Return the chart as a figure, which a notebook shows."""
        import plotly.graph_objects as go

        return go.Figure(data=self.data, layout=self.layout)


_NO_TEMPLATE = {"data": {"scatter": [{"type": "scatter"}]}}
"""What the drawing library makes of the template ``none``."""


def frame(title: str, *, height: int = 320, x_title: str = "", y_title: str = "") -> dict[str, Any]:
    """Return the layout of a chart in the house style.

    Parameters
    ----------
    title
        The message, already made safe by ``chart_text`` where it holds client text.
    height
        Pixels, at most 400.
    x_title, y_title
        What an axis shows, with its unit.
    """
    lines = wrapped(title, width=78)
    axis = {"gridcolor": FAINT, "zerolinecolor": GREY, "linecolor": GREY, "ticks": "", "automargin": True}
    return {
        "template": "none",
        "separators": separators(),
        "width": WIDTH,
        "height": min(height, MAX_HEIGHT),
        "title": {
            "text": f"<b>{lines}</b>",
            "x": 0.0,
            "xref": "container",
            "xanchor": "left",
            "y": 1.0,
            "yref": "container",
            "yanchor": "top",
            "pad": {"t": 10 + 4 * lines.count("<br>"), "l": 4},
            "font": {"size": 14, "color": INK},
        },
        "font": {"family": "Helvetica, Arial, sans-serif", "size": 12, "color": INK},
        "colorway": list(COLOURS),
        "margin": {"l": 60, "r": 20, "t": 18 + 20 * (lines.count("<br>") + 1) + 4 * lines.count("<br>"), "b": 40},
        "paper_bgcolor": GROUND,
        "plot_bgcolor": GROUND,
        "hoverlabel": {"bgcolor": GROUND, "font": {"color": INK}},
        "legend": {
            "orientation": "h",
            "y": 1.0,
            "yanchor": "bottom",
            "x": 0.0,
            "font": {"size": 11},
            "traceorder": "normal",
        },
        "showlegend": False,
        # Away from the axis, where the lowest label of the other one stands.
        "xaxis": {"title": {"text": x_title, "font": {"size": 11}, "standoff": 8}, "ticklabelstandoff": 7, **axis},
        "yaxis": {"title": {"text": y_title, "font": {"size": 11}, "standoff": 8}, **axis},
    }


def drawn_without_data(title: str, missing: str, *, x_title: str = "", y_title: str = "") -> Drawn:
    """Return a chart without data that says in a sentence what is missing.

    Parameters
    ----------
    title
        Says in words what is not there.
    missing
        Why, or what to do about it; cut off at 200 characters, and shown as written.
    x_title, y_title
        Axes as the chart with data has them.
    """
    layout = frame(title, height=160, x_title=x_title, y_title=y_title)
    layout["annotations"] = [
        {
            "text": wrapped(chart_text(missing, limit=200), width=80),
            "x": 0.5,
            "y": 0.5,
            "xref": "paper",
            "yref": "paper",
            "showarrow": False,
            "font": {"size": 13, "color": MUTED},
        }
    ]
    for axis in ("xaxis", "yaxis"):
        layout[axis] |= {"showticklabels": False, "showgrid": False, "zeroline": False}
    return Drawn((), layout)
