"""What a verb answers in a notebook: one sentence, one small table, and the raw table behind both.

Below the sentence stands whether the answer is complete, and what to do next. Cells are text that is ready to be read.
Client text is inert: escaped in HTML, without control characters in a terminal.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    import pandas as pd

MAX_ROWS = 20
UNKNOWN = "–"
_MAX_CELL = 80
_MAX_CELL_ON_A_PAGE = 240
"""A page breaks a long cell into lines, which a terminal does not."""
_SHOWN_GAPS = 2

EVIDENCE = {"measured": "●", "document": "◆", "interview": "◐", "default": "○"}
"""The mark of each kind of evidence, as the report has it."""
_LOOKS = {
    "◆": "; font-weight: 600",
    "◐": "; text-decoration: underline dashed",
    "○": "; font-style: italic; text-decoration: underline dotted",
}
"""How a cell looks that begins with a mark; what was measured looks like any other."""


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class VerbResult:
    """An answer to be read: ``sentence``, and ``rows`` of text below ``head``.

    ``frame`` is the whole table with its own column names, as pandas keeps it. ``gaps`` are sentences about what is missing:
    none, and the answer is complete; null, and the question does not arise. ``next_step`` is what is worth doing now, and
    ``files`` are those that were written.
    """

    sentence: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    frame: "pd.DataFrame"
    notes: tuple[str, ...] = ()
    gaps: tuple[str, ...] | None = None
    next_step: str = ""
    files: tuple[Path, ...] = ()

    @property
    def is_complete(self) -> bool:
        """Whether nothing is known to be missing."""
        return not self.gaps

    def __repr__(self) -> str:
        files = [f"File: {_seen_from_here(one)}" for one in self.files]
        return "\n".join(text_lines(self.sentence, self.head, self.rows, (*self.notes, *files), said=self._standing()))

    def _repr_html_(self) -> str:
        return html_answer(self.sentence, self.head, self.rows, self.notes, said=self._standing(), files=self.files)

    def _standing(self) -> tuple[str, ...]:
        return (*complete_line(self.gaps), *((f"Next: {self.next_step}",) if self.next_step else ()))


def complete_line(gaps: Sequence[str] | None) -> tuple[str, ...]:
    """Return a line that says whether something is missing; nothing where that is not asked.

    Parameters
    ----------
    gaps
        Sentences about what is missing.

    Examples
    --------
    >>> complete_line(()), complete_line(("One file was not read.",))
    (('Complete.',), ('Not complete: One file was not read.',))
    """
    if gaps is None:
        return ()
    if not gaps:
        return ("Complete.",)
    more = f" And {len(gaps) - _SHOWN_GAPS:,} more: .gaps has all." if len(gaps) > _SHOWN_GAPS else ""
    return (f"Not complete: {' '.join(gaps[:_SHOWN_GAPS])}{more}",)


def evidence_text(evidence: str | None) -> str:
    """Return a kind of evidence with its mark, for a cell.

    Examples
    --------
    >>> evidence_text("interview"), evidence_text(None)
    ('◐ interview', '–')
    """
    return f"{EVIDENCE.get(evidence, '')} {evidence}".strip() if evidence else UNKNOWN


def html_answer(
    sentence: str,
    head: Sequence[str],
    rows: Sequence[Sequence[str]],
    notes: Sequence[str] = (),
    *,
    said: Sequence[str] = (),
    files: Sequence[Path] = (),
    meanings: Sequence[str] = (),
) -> str:
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
    said
        Sentences between the first one and the table.
    files
        What was written: a click opens it.
    meanings
        What each column means, shown when a pointer rests on its name.
    """
    numbers = _number_columns(head, rows)
    titles = [f" title='{escape(one)}'" if one else "" for one in meanings] or [""] * len(head)
    names = "".join(
        f"<th{title} style='{_side(is_number=place in numbers)}'>{escape(_short(cell))}</th>"
        for place, (cell, title) in enumerate(zip(head, titles, strict=True))
    )
    cells = "".join(_html_row(row, numbers) for row in rows[:MAX_ROWS])
    table = f"<table class='dataframe'><thead><tr>{names}</tr></thead><tbody>{cells}</tbody></table>" if rows else ""
    above = "".join(f"<div>{escape(one)}</div>" for one in said)
    below = "".join(f"<p>{escape(one)}</p>" for one in _below(rows, notes))
    below += "".join(f"<p>{_link(one)}</p>" for one in files)
    # JupyterLab would typeset what stands between two dollar signs.
    return (
        f"<div class='tex2jax_ignore mathjax_ignore'><div><b>{escape(sentence)}</b></div>{above}"
        f"<div style='overflow-x: auto; margin-top: .5em'>{table}</div>{below}</div>"
    )


def _link(path: Path) -> str:
    """Return a link as a page in the folder of the notebook follows it; a name where none leads there."""
    seen = _seen_from_here(path)
    return f"<a href='{quote(seen)}' target='_blank'>{escape(path.name)}</a>" if "/" in seen else escape(seen)


def _seen_from_here(path: Path) -> str:
    """Return a path as seen from the folder that the notebook runs in: it names nobody's home."""
    try:
        return Path(os.path.relpath(path)).as_posix()
    except ValueError:
        # On Windows nothing leads from one drive to another.
        return path.name


def text_lines(
    sentence: str,
    head: Sequence[str],
    rows: Sequence[Sequence[str]],
    notes: Sequence[str] = (),
    *,
    said: Sequence[str] = (),
    is_whole: bool = False,
) -> list[str]:
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
    said
        Sentences between the first one and the table.
    is_whole
        Whether all rows are shown, as where nobody can look at ``frame``.

    Examples
    --------
    >>> text_lines("2 systems.", ("system", "records"), (("CRM", "1,204"), ("Shop", "96")))
    ['2 systems.', 'system  records', 'CRM       1,204', 'Shop         96']
    """
    listed = rows if is_whole else rows[:MAX_ROWS]
    shown = [[_plain(_short(cell)) for cell in row] for row in (head, *listed)] if rows else []
    numbers = _number_columns(head, rows)
    widths = [max(len(row[place]) for row in shown) for place in range(len(head))] if shown else []
    lines = [
        "  ".join(
            cell.rjust(width) if place in numbers else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in shown
    ]
    return [_plain(sentence), *map(_plain, said), *lines, *(_plain(one) for one in _below(rows, notes, is_whole=is_whole))]


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


def _side(*, is_number: bool) -> str:
    return "text-align: right" if is_number else "text-align: left"


def _html_row(row: Sequence[str], numbers: set[int]) -> str:
    shown = (escape(_short(cell, _MAX_CELL_ON_A_PAGE)) for cell in row)
    looks = (_side(is_number=place in numbers) + _LOOKS.get(cell[:1], "") for place, cell in enumerate(row))
    cells = (f"<td style='{look}'>{cell}</td>" for look, cell in zip(looks, shown, strict=True))
    return f"<tr>{''.join(cells)}</tr>"


def _below(rows: Sequence[Sequence[str]], notes: Sequence[str], *, is_whole: bool = False) -> list[str]:
    left = 0 if is_whole else len(rows) - MAX_ROWS
    return [*([f"… and {left:,} more; .frame has all of them."] if left > 0 else []), *notes]


def _short(cell: str, limit: int = _MAX_CELL) -> str:
    return cell if len(cell) <= limit else f"{cell[: limit - 1]}…"


def _plain(text: str) -> str:
    """Return text on one line that steers no terminal."""
    return "".join(one if one.isprintable() else " " for one in text)
