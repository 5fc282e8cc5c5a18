"""Why two records are held to be one: each field's evidence, added up."""

from itertools import accumulate
from typing import Any

import pyarrow as pa

from toolkit.charts.style import BLUE, GREY, VERMILION, chart_text, drawing, without_data

_STRONG_BITS = 3.0
_LABEL_PIXELS = 6.5
_PLOT_PIXELS = 500
_SAYS_NOTHING_BITS = 0.5


def strength(bits: float) -> str:
    """Return what a field's evidence amounts to, in words.

    Examples
    --------
    >>> [strength(bits) for bits in (7.2, 1.1, 0.0, -3.0)]
    ['strong for', 'weak for', 'says nothing', 'against']
    """
    if bits >= _STRONG_BITS:
        return "strong for"
    if bits >= _SAYS_NOTHING_BITS:
        return "weak for"
    return "says nothing" if bits > -_SAYS_NOTHING_BITS else "against"


def _bits_text(bits: float) -> str:
    return f", {bits:+.1f} bits".replace("-", "−")


def _extent(bits: list[float], labels: list[str]) -> list[float]:
    """Return the ends of the axis, wide enough for the labels: beside the tip of each bar, where that bar points."""
    tips = list(accumulate(bits))
    low, high = min(0.0, *tips), max(0.0, *tips) or 1.0
    span = high - low
    # A third of the room is the bars'; what a label takes of the axis follows from that.
    for _ in range(3):
        widths = [span * len(label) * _LABEL_PIXELS / _PLOT_PIXELS for label in labels]
        ends = [tip + (width if own >= 0 else -width) for tip, own, width in zip(tips, bits, widths, strict=True)]
        span = max(high, *ends) - min(low, *ends)
    return [min(low, *ends), max(high, *ends)]


def chart(pair_level: pa.Table, *, title: str = "", with_bits: bool = False) -> Any:
    """Return a waterfall of the fields of one pair, strongest first.

    Parameters
    ----------
    pair_level
        Schema PAIR_LEVEL; of several pairs the first one is shown.
    with_bits
        Whether to write each field's weight beside its grade.
    """
    unit = "evidence that both records are one"
    rows = pair_level.to_pylist()
    first = (rows[0]["key_l"], rows[0]["key_r"]) if rows else None
    fields = sorted(
        (row for row in rows if (row["key_l"], row["key_r"]) == first),
        key=lambda row: (-row["bits"], row["comparison"]),
    )
    if not fields:
        return without_data(title or "No pair to explain", "No two records were close enough to be compared.", x_title=unit)
    words = [strength(row["bits"]) for row in fields]
    names = [chart_text(row["comparison"].replace("_", " "), limit=24) for row in fields]
    spoken = [name for name, word in zip(names, words, strict=True) if word == "strong for"]
    against = [name for name, word in zip(names, words, strict=True) if word == "against"]
    message = f"What speaks for one and the same: {', '.join(spoken or names[:1])}"
    if against:
        message += f"; against: {', '.join(against)}"
    figure = drawing(title or message, height=110 + 30 * len(fields), x_title=f"{unit} (longer is stronger)")
    figure.add_waterfall(
        orientation="h",
        y=list(range(len(fields))),
        x=[round(row["bits"], 3) for row in fields],
        measure=["relative"] * len(fields),
        text=[
            f"{word}{_bits_text(row['bits']) if with_bits else ''}: {chart_text(row['level'].replace('_', ' '), limit=44)}"
            for word, row in zip(words, fields, strict=True)
        ],
        textposition="outside",
        cliponaxis=False,
        increasing={"marker": {"color": BLUE}},
        decreasing={"marker": {"color": VERMILION}},
        connector={"line": {"color": GREY, "width": 1, "dash": "dot"}},
        hoverinfo="text",
    )
    labels = [str(text) for text in figure.data[0].text]
    figure.update_xaxes(showticklabels=False, showgrid=False, range=_extent([row["bits"] for row in fields], labels))
    figure.update_yaxes(
        autorange="reversed", showgrid=False, tickvals=list(range(len(fields))), ticktext=names, zeroline=False
    )
    return figure
