"""A figure as a client reads it: rounded by its interval, with its unit and the mark of its evidence."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from toolkit.report.escaped import attribute_html, text_html
from toolkit.report.figure_list import figure_anchor
from toolkit.roi.rounding import rounded, shown_amount
from toolkit.values.counted import worded
from toolkit.values.written import amount_text, number_text, sentence_text

_SHORT_UNIT = 3
_WHOLE = 1_000
"""From this amount on, one that was counted is shown without its cents."""
_WHOLE_A_MONTH = 10
"""From so many items a month on, half an item is not told."""
NOT_KNOWN = "not known yet"
NEVER = "not in the period"
MARKS: Mapping[str, tuple[str, str]] = {
    "measured": ("●", "measured in your systems’ own records"),
    "document": ("◆", "taken from a document or price list"),
    "interview": ("◐", "told by somebody who does the work"),
    "default": ("○", "an assumption of ours, until you replace it"),
}
"""Evidence, with its mark and what it means to a client."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure made ready: ``text``, the range around it, its evidence and how many cases it rests on.

    ``figure_id`` leads back to the rows behind it. ``unconfirmed`` are the names of what it rests on that nobody has
    confirmed yet. ``cases`` is ``n`` as the reader's country writes it, ``since`` what the figure was in the audit before.
    ``formula`` is its arithmetic, and ``anchor`` where that stands in the document.
    """

    figure_id: str
    label: str
    text: str
    range_text: str = ""
    evidence: str = ""
    n: int | None = None
    method: str = ""
    unconfirmed: tuple[str, ...] = ()
    cases: str = ""
    since: str = ""
    formula: str = ""
    anchor: str = ""

    @property
    def caveat(self) -> str:
        """What a reader must know beside the number: that it rests on nothing yet, or on a guess; empty otherwise."""
        if self.n == 0:
            return "nothing to count"
        return "not confirmed yet" if self.unconfirmed else ""

    @property
    def is_known(self) -> bool:
        """Whether the figure could be measured."""
        return self.text != NOT_KNOWN

    def html(self, *, with_range: bool = False, is_large: bool = False) -> str:
        """Return the figure as HTML; hovering shows its method and arithmetic, a click leads to them.

        Of a large one the words behind the number stay small.
        """
        if not self.is_known:
            return f'<span class="unknown">{text_html(NOT_KNOWN)}</span>'
        number, _, unit = self.text.partition(" ")
        words = text_html(self.text)
        if is_large and len(unit) > _SHORT_UNIT:
            words = f'{text_html(number)} <span class="unit">{text_html(unit)}</span>'
        if self.anchor:
            words = f'<a class="opens" href="#{attribute_html(self.anchor)}">{words}</a>'
        # The value above has the unit already, and a column is narrow.
        numbers = self.range_text if unit == "%" else self.range_text.removesuffix(f" {unit}")
        span = f' <span class="range">{text_html(numbers)}</span>' if with_range and numbers else ""
        return (
            f'<span class="shown evidence-{attribute_html(self.evidence)}" data-figure="{attribute_html(self.figure_id)}" '
            f'title="{attribute_html(self._title())}">{words}{mark_html(self.evidence)}{self._caveat_html()}</span>{span}'
        )

    def _title(self) -> str:
        # Names of ours have no place beside a number; the appendix has the whole of it.
        arithmetic = f" Arithmetic: {self.formula}." if self.formula and "_" not in self.formula else ""
        guesses = f" Not confirmed: {', '.join(self.unconfirmed)}." if self.unconfirmed else ""
        return f"{self.method}{arithmetic}{guesses}"

    def _caveat_html(self) -> str:
        return (
            f'<span aria-label="{attribute_html(self.caveat)}" class="mark mark-unconfirmed" role="img">?</span>'
            if self.caveat
            else ""
        )


@dataclass(frozen=True, slots=True)
class Opened:
    """What a figure is called where its arithmetic stands: ``anchor`` is the name that leads here."""

    label: str
    anchor: str
    formula: str

    def html(self) -> str:
        """Return the label with its arithmetic below."""
        sum_html = f'<span class="arithmetic">= {text_html(self.formula)}</span>' if self.formula else ""
        place = f' id="{attribute_html(self.anchor)}"' if self.anchor else ""
        return f"<span{place}>{text_html(self.label)}</span>{sum_html}"


def mark_html(evidence: str) -> str:
    """Return the mark of a kind of evidence as HTML."""
    if evidence not in MARKS:
        return ""
    mark, meaning = MARKS[evidence]
    return f'<span aria-label="{attribute_html(meaning)}" class="mark mark-{evidence}" role="img">{mark}</span>'


def unconfirmed_html(words: str) -> str:
    """Return the mark of a figure that rests on a guess, or on nothing, as HTML."""
    return f'<span aria-label="{attribute_html(words)}" class="mark mark-unconfirmed" role="img">?</span>'


def shown_figure(figures: Mapping[str, Mapping[str, Any]], figure_id: str) -> Shown:
    """Return a row of the figure table made ready to be read; "not known yet" where there is none.

    Parameters
    ----------
    figures
        Rows of schema FIGURE by id.
    """
    row = figures.get(figure_id)
    if row is None or row["value"] is None:
        return Shown(figure_id, (row or {}).get("label") or figure_id, NOT_KNOWN)
    written = _writer(row["unit"], row["currency"] or "", row["value"], row["low"], row["high"])
    low, high = row["low"], row["high"]
    is_range = low is not None and high is not None and low != high
    return Shown(
        figure_id=figure_id,
        label=row["label"],
        text=written(row["value"]),
        range_text=_range_text(written(low), written(high)) if is_range else open_range(figure_id, low, high, written),
        evidence=row["evidence"],
        n=row["n"],
        method=sentence_text(row["method"]),
        unconfirmed=tuple(row.get("unconfirmed") or ()),
        formula=sentence_text(row.get("formula") or ""),
        anchor=figure_anchor(row),
        cases="" if row["n"] is None else decimal_text(row["n"], 0),
    )


def open_range(figure_id: str, low: float | None, high: float | None, written: Callable[[float], str]) -> str:
    """Return the range of what may never come, such as money that is not back in the low case; else nothing.

    Parameters
    ----------
    figure_id
        Its id.
    low, high
        Its ends; null for never.
    written
        What writes a value.

    Examples
    --------
    >>> open_range("roi.payback_months.total", 18.6, None, "{} months".format)
    '18.6 months to not in the period'
    """
    return f"{written(low)} to {NEVER}" if low is not None and high is None and "payback" in figure_id else ""


def _range_text(low: str, high: str) -> str:
    """Return "4,100 to 6,900 USD a month": a unit that both ends share is written once, also of one and several."""
    number, _, unit = high.partition(" ")
    if low.startswith("1 "):
        noun, blank, rest = unit.partition(" ")
        one = f"{noun.removesuffix('s')}{blank}{rest}"
        low = f"1 {unit}" if low == f"1 {one}" else low
    return f"{low.removesuffix(f' {unit}') if unit else low} to {number}{f' {unit}' if unit else ''}"


def _writer(unit: str, currency: str, value: float, low: float | None, high: float | None) -> Callable[[float], str]:
    """Return what writes a value, and both ends of its range, in one unit and to one precision."""
    if unit == "currency":
        return lambda amount: _amount(amount, low, high, currency)
    if unit == "currency per month":
        return lambda amount: f"{_amount(amount, low, high, currency)} a month"
    if unit == "share":
        return lambda share: share_text(share, 0 if low is not None and high is not None and high - low > 0.1 else 1)
    factor, digits, words = _scale(unit, abs(value))
    return lambda number: worded(decimal_text(number * factor, digits), words)


def _amount(amount: float, low: float | None, high: float | None, currency: str) -> str:
    if low is None and abs(amount) >= _WHOLE:
        return amount_text(f"{rounded(amount, 0):,}".replace("-", "−"), currency)
    return amount_text(shown_amount(amount, low, high, currency).removesuffix(f" {currency}").replace("-", "−"), currency)


def _scale(unit: str, size: float) -> tuple[float, int, str]:
    """Return by what a number of ``size`` is multiplied, how many decimals it gets, and the words that follow it."""
    if unit == "minutes":
        return next(step for limit, step in _MINUTES if size >= limit)
    monthly, hours = (0 if size >= limit else 1 for limit in (_WHOLE_A_MONTH, 20))
    scales = {
        "percent": (1.0, 0, "%"),
        "ratio": (1.0, 1, "×"),
        "count": (1.0, 0 if float(size).is_integer() else 1, ""),
        "count per month": (1.0, monthly, "a month"),
        "items per month": (1.0, monthly, "a month"),
        "hours per month": (1.0, hours, "hours a month"),
    }
    return scales.get(unit, (1.0, 1, unit))


_MINUTES = ((2 * 24 * 60, (1 / 1440, 1, "days")), (2 * 60, (1 / 60, 1, "hours")), (0, (1.0, 0, "min")))
"""From how many minutes on a span is told in days, in hours, in minutes."""


def share_text(share: float, digits: int = 1) -> str:
    """Return a share in per cent; what is not quite all, or not quite nothing, does not read as all or nothing.

    Examples
    --------
    >>> share_text(0.0414), share_text(0.9999), share_text(1.0), share_text(0.0001)
    ('4.1 %', '99.9 %', '100 %', '0.1 %')
    """
    step = 10**-digits
    percent = min(max(share * 100, step), 100 - step) if 0 < share < 1 else share * 100
    return f"{decimal_text(percent, digits)} %"


def decimal_text(value: float, digits: int) -> str:
    """Return a number with thousands separators, rounded half up, without a trailing ``.0``.

    Examples
    --------
    >>> decimal_text(1234.5, 0), decimal_text(3.25, 1), decimal_text(-4.0, 1)
    ('1,235', '3.3', '−4')
    """
    rounded = Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    text = f"{abs(rounded):,.{digits}f}"
    if digits:
        text = text.removesuffix("." + "0" * digits)
    return number_text(f"−{text}" if rounded < 0 else text)
