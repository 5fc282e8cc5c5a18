"""What a verb answers in a notebook: one sentence, one small table, and the raw table behind both.

Cells are text that is ready to be read. Client text is inert: escaped in HTML, without control characters in a terminal.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

MAX_ROWS = 20
UNKNOWN = "–"
_MAX_CELL = 80


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class VerbResult:
    """An answer to be read: ``sentence``, and ``rows`` of text below ``head``.

    ``frame`` is the whole table with its own column names, as pandas keeps it.
    """

    sentence: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    frame: "pd.DataFrame"
    notes: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return "\n".join(text_lines(self.sentence, self.head, self.rows, self.notes))

    def _repr_html_(self) -> str:
        return html_answer(self.sentence, self.head, self.rows, self.notes)


def html_answer(sentence: str, head: Sequence[str], rows: Sequence[Sequence[str]], notes: Sequence[str] = ()) -> str:
    """Return a sentence, a table and notes as HTML; every text is escaped, and no sign of it is taken for a formula.

    Parameters
    ----------
    sentence
        What was found.
    head
        The columns' names; those of numbers stand right.
    rows
        Cells as text, at most ``MAX_ROWS`` of which are shown.
    notes
        Sentences below the table.
    """
    numbers = _number_columns(head, rows)
    cells = [_html_row("td", row, numbers) for row in rows[:MAX_ROWS]]
    table = (
        f"<table class='dataframe'><thead>{_html_row('th', head, numbers)}</thead><tbody>{''.join(cells)}</tbody></table>"
    )
    said = "".join(f"<p>{escape(one)}</p>" for one in _below(rows, notes))
    # JupyterLab would typeset what stands between two dollar signs.
    return f"<div class='tex2jax_ignore mathjax_ignore'><p><b>{escape(sentence)}</b></p>{table if rows else ''}{said}</div>"


def text_lines(sentence: str, head: Sequence[str], rows: Sequence[Sequence[str]], notes: Sequence[str] = ()) -> list[str]:
    """Return a sentence, a table and notes as lines of text; what would steer a terminal is taken out.

    Parameters
    ----------
    sentence
        What was found.
    head
        The columns' names; those of numbers stand right.
    rows
        Cells as text, at most ``MAX_ROWS`` of which are shown.
    notes
        Sentences below the table.

    Examples
    --------
    >>> text_lines("2 systems.", ("system", "records"), (("CRM", "1,204"), ("Shop", "96")))
    ['2 systems.', 'system  records', 'CRM       1,204', 'Shop         96']
    """
    shown = [[_plain(_short(cell)) for cell in row] for row in (head, *rows[:MAX_ROWS])] if rows else []
    numbers = _number_columns(head, rows)
    widths = [max(len(row[place]) for row in shown) for place in range(len(head))] if shown else []
    lines = [
        "  ".join(
            cell.rjust(width) if place in numbers else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in shown
    ]
    return [_plain(sentence), *lines, *(_plain(one) for one in _below(rows, notes))]


def number_text(value: float | None, *, digits: int = 0, unit: str = "") -> str:
    """Return a number for a cell; a dash where it is not known.

    Parameters
    ----------
    value
        The number, or nothing.
    digits
        Digits behind the point.
    unit
        What stands behind it.

    Examples
    --------
    >>> number_text(1234.5), number_text(4.598, digits=1, unit="months"), number_text(float("nan"))
    ('1,234', '4.6 months', '–')
    """
    if value is None or value != value:  # noqa: PLR0124 - what is not a number differs from itself
        return UNKNOWN
    number = f"{value:,.{digits}f}"
    # A small loss that rounds to nothing is nothing.
    number = number.removeprefix("-") if not number.strip("-0.,") else number
    return f"{number} {unit}".rstrip()


def share_text(value: float | None) -> str:
    """Return a share (0 to 1) as a percentage; what is not nothing is not shown as nothing.

    Examples
    --------
    >>> share_text(0.05699), share_text(0.0002), share_text(0), share_text(None)
    ('5.7 %', 'under 0.1 %', '0 %', '–')
    """
    if value is None or value != value:  # noqa: PLR0124 - what is not a number differs from itself
        return UNKNOWN
    if 0 < value < 0.0005:
        return "under 0.1 %"
    return "0 %" if value == 0 else f"{100 * value:.1f} %"


def _number_columns(head: Sequence[str], rows: Sequence[Sequence[str]]) -> set[int]:
    """Return the places of the columns that hold numbers only."""
    return {place for place in range(len(head)) if rows and all(_is_number(row[place]) for row in rows)}


def _is_number(cell: str) -> bool:
    return cell == UNKNOWN or cell.removeprefix("under ").lstrip("-")[:1].isdigit()


def _html_row(kind: str, row: Sequence[str], numbers: set[int]) -> str:
    sides = ("text-align: right" if place in numbers else "text-align: left" for place in range(len(row)))
    cells = [f"<{kind} style='{side}'>{escape(_short(cell))}</{kind}>" for cell, side in zip(row, sides, strict=True)]
    return f"<tr>{''.join(cells)}</tr>"


def _below(rows: Sequence[Sequence[str]], notes: Sequence[str]) -> list[str]:
    left = len(rows) - MAX_ROWS
    return [*([f"… and {left:,} more; .frame has all of them."] if left > 0 else []), *notes]


def _short(cell: str) -> str:
    return cell if len(cell) <= _MAX_CELL else f"{cell[: _MAX_CELL - 1]}…"


def _plain(text: str) -> str:
    """Return text on one line that steers no terminal."""
    return "".join(one if one.isprintable() else " " for one in text)
