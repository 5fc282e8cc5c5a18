"""Why two records are held to be one: each field's evidence, added up."""

from typing import Any

import pyarrow as pa

from toolkit.charts.style import BLUE, GREY, VERMILION, chart_text, drawing, without_data

_STRONG_BITS = 3.0
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


def chart(pair_level: pa.Table, *, title: str = "") -> Any:
    """Return a waterfall of the fields of one pair, strongest first.

    Parameters
    ----------
    pair_level
        Schema PAIR_LEVEL; of several pairs the first one is shown.
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
            f"{word}: {chart_text(row['level'].replace('_', ' '), limit=36)}"
            for word, row in zip(words, fields, strict=True)
        ],
        textposition="outside",
        cliponaxis=False,
        increasing={"marker": {"color": BLUE}},
        decreasing={"marker": {"color": VERMILION}},
        connector={"line": {"color": GREY, "width": 1, "dash": "dot"}},
        hoverinfo="text",
    )
    reached = sum(max(row["bits"], 0.0) for row in fields) or 1.0
    figure.update_xaxes(
        showticklabels=False, showgrid=False, range=[min(0.0, sum(row["bits"] for row in fields)) * 1.1, reached * 1.6]
    )
    figure.update_yaxes(
        autorange="reversed", showgrid=False, tickvals=list(range(len(fields))), ticktext=names, zeroline=False
    )
    return figure
