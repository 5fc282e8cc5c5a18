"""Why two records are held to be one: each field's evidence, added up."""

from itertools import accumulate
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.charts.style import BLUE, GREY, VERMILION, Drawn, chart_text, drawn_without_data, frame
from toolkit.values.written import number_text

_STRONG_BITS = 3.0
_LABEL_PIXELS = 6.5
_PLOT_PIXELS = 500
_SAYS_NOTHING_BITS = 0.5
_ROUNDS = 20
"""Each widens the axis by what the labels lack; two long ones on both sides take many."""


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
    number = number_text(f"{bits:+.1f}".replace("-", "−"))
    return f", {number} bits"


def _extent(bits: list[float], labels: list[str], *, is_summed: bool) -> list[float]:
    """Return the ends of the axis, wide enough for the labels: beside the tip of each bar, where that bar points."""
    tips = [*accumulate(bits[:-1]), bits[-1]] if is_summed else list(accumulate(bits))
    low, high = min(0.0, *tips), max(0.0, *tips) or 1.0
    span = high - low
    # A third of the room is the bars'; what a label takes of the axis follows from that.
    for _ in range(_ROUNDS):
        widths = [span * len(label) * _LABEL_PIXELS / _PLOT_PIXELS for label in labels]
        ends = [tip + (width if own >= 0 else -width) for tip, own, width in zip(tips, bits, widths, strict=True)]
        span = max(high, *ends) - min(low, *ends)
    return [min(low, *ends), max(high, *ends)]


_START, _RIVALS, _GROUP, _SUM = "any two records", "look-alikes", "the group", "together"
_LEVELS = {
    _START: "seldom one",
    _RIVALS: "others would agree so too",
}
_GROUP_LEVELS = ("other records tell the two apart", "other records join the two")


def terms(pair_level: pa.Table, pair: pa.Table | None = None) -> list[tuple[str, str, float]]:
    """Return what the weight of a pair is made of: what was looked at, the grade in words, and bits.

    The facts stand by weight, the strongest first; before them how likely any two records are one, after them what
    look-alikes and the group change. With ``pair`` the bits add up to its ``match_weight``.

    Parameters
    ----------
    pair_level
        Schema PAIR_LEVEL; of several pairs the first one is taken.
    pair
        Schema PAIR, with a row of that pair; without it the facts alone are told.
    """
    rows = pair_level.to_pylist()
    keys = (rows[0]["key_l"], rows[0]["key_r"]) if rows else None
    facts = [
        (row["comparison"].replace("_", " "), row["level"].replace("_", " "), row["bits"])
        for row in sorted(rows, key=lambda row: (-row["bits"], row["comparison"]))
        if (row["key_l"], row["key_r"]) == keys
    ]
    told = _told(pair, keys)
    if not told:
        return facts
    others = {name: told[column] for name, column in _COLUMNS.items() if told[column]}
    words = {**_LEVELS, _GROUP: _GROUP_LEVELS[others.get(_GROUP, 0.0) > 0]}
    around = {name: (name, words[name], bits) for name, bits in others.items()}
    first, last = ([around[name] for name in names if name in around] for names in ((_START,), (_RIVALS, _GROUP)))
    return [*first, *facts, *last]


_COLUMNS = {_START: "start_bits", _RIVALS: "rival_bits", _GROUP: "group_bits"}


def _told(pair: pa.Table | None, keys: tuple[str, str] | None) -> dict[str, Any] | None:
    """Return the row of a pair; None where there is none, or where it does not tell its terms."""
    if pair is None or keys is None or not set(_COLUMNS.values()) <= set(pair.column_names):
        return None
    own = pair.filter(pc.and_(pc.equal(pair["key_l"], keys[0]), pc.equal(pair["key_r"], keys[1]))).to_pylist()
    return own[0] if own and own[0]["start_bits"] is not None else None


def chart(pair_level: pa.Table, *, pair: pa.Table | None = None, title: str = "", with_bits: bool = False) -> Any:
    """Return a waterfall of one pair: its fields, strongest first, and with ``pair`` all that its probability is made of.

    Parameters
    ----------
    pair_level
        Schema PAIR_LEVEL; of several pairs the first one is shown.
    pair
        Schema PAIR, with a row of that pair: its other terms are drawn too, and the end is its probability.
    with_bits
        Whether to write each field's weight beside its grade.
    """
    return drawn(pair_level, pair=pair, title=title, with_bits=with_bits).figure()


def drawn(pair_level: pa.Table, *, pair: pa.Table | None = None, title: str = "", with_bits: bool = False) -> Drawn:
    """Return the chart as plain data.

    Parameters
    ----------
    pair_level, pair, title, with_bits
        As for ``chart``.
    """
    unit = "evidence that both records are one"
    fields = terms(pair_level)
    if not fields:
        return drawn_without_data(
            title or "No pair to explain", "No two records were close enough to be compared.", x_title=unit
        )
    spoken = [chart_text(name, limit=24) for name, _, bits in fields if strength(bits) == "strong for"]
    against = [chart_text(name, limit=24) for name, _, bits in fields if strength(bits) == "against"]
    message = f"What speaks for one and the same: {', '.join(spoken or [chart_text(fields[0][0], limit=24)])}"
    if against:
        message += f"; against: {', '.join(against)}"
    told = terms(pair_level, pair)
    names = [chart_text(name, limit=24) for name, _, _ in told]
    bars = [bits for _, _, bits in told]
    texts = [
        f"{strength(bits)}{_bits_text(bits) if with_bits else ''}: {chart_text(level, limit=44)}" for _, level, bits in told
    ]
    measures = ["relative"] * len(told)
    if len(told) > len(fields):
        total = sum(bars)
        names, bars, measures = [*names, _SUM], [*bars, total], [*measures, "total"]
        # What is not quite all, or not quite nothing, does not read as all or nothing.
        sure = min(max(100 / (1 + 2**-total), 0.1), 99.9)
        texts.append(f"{number_text(f'{sure:.1f}')} % sure{_bits_text(total) if with_bits else ''}")
    layout = frame(title or message, height=110 + 30 * len(names), x_title=f"{unit} (longer is stronger)")
    waterfall = {
        "type": "waterfall",
        "orientation": "h",
        "y": list(range(len(names))),
        "x": [round(bits, 3) for bits in bars],
        "measure": measures,
        "text": texts,
        "textposition": "outside",
        "cliponaxis": False,
        "increasing": {"marker": {"color": BLUE}},
        "decreasing": {"marker": {"color": VERMILION}},
        "totals": {"marker": {"color": GREY}},
        "connector": {"line": {"color": GREY, "width": 1, "dash": "dot"}},
        "hoverinfo": "text",
    }
    # Where the first bar begins is zero; a line there would run through the labels of bars that point to it.
    extent = _extent(bars, texts, is_summed=len(bars) > len(told))
    layout["xaxis"] |= {"showticklabels": False, "showgrid": False, "zeroline": False, "range": extent}
    layout["yaxis"] |= {
        "autorange": "reversed",
        "showgrid": False,
        "tickvals": list(range(len(names))),
        "ticktext": names,
        "zeroline": False,
    }
    return Drawn([waterfall], layout)
