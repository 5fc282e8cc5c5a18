"""What a section is made of. Each block can show itself in a notebook; client text is escaped here and nowhere else."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from toolkit.report.escaped import attribute_html, text_html
from toolkit.report.shown import MARKS, Opened, Shown, mark_html, unconfirmed_html
from toolkit.values.written import number_text


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead to another place of the page."""

    text: str
    anchor: str

    def html(self) -> str:
        """Return the link as HTML."""
        return f'<a href="#{attribute_html(self.anchor)}">{text_html(self.text)}</a>'


Inline = str | Shown | Opened | Link
"""A piece of a sentence or a cell: text as it stands, a figure, a figure's arithmetic, or a link."""

_SHORT_ROWS = 6
"""A table up to this many rows stays on one page."""
PLOTLY = "application/vnd.plotly.v1+json"
_SIGNED = r"[−+]?[$£€¥₹]?\xa0?\d[\d,.’\u202f]*(\xa0€)?"
_NUMBER = re.compile(rf"{_SIGNED}( to {_SIGNED})?( %| [A-Z]{{3}}| [a-z ]{{1,20}})?")


def _inline_html(piece: Inline, *, with_range: bool = False) -> str:
    if isinstance(piece, Link | Opened):
        return piece.html()
    return piece.html(with_range=with_range) if isinstance(piece, Shown) else text_html(piece)


@dataclass(frozen=True, slots=True)
class Heading:
    """The title of a section (level 2) or of a part of it (level 3)."""

    text: str
    level: int = 3
    anchor: str = ""

    def _repr_html_(self) -> str:
        name = f' id="{attribute_html(self.anchor)}"' if self.anchor else ""
        return f"<h{self.level}{name}>{text_html(self.text)}</h{self.level}>"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A sentence or several; ``is_lead`` sets the one that carries the message."""

    pieces: tuple[Inline, ...]
    is_lead: bool = False

    def _repr_html_(self) -> str:
        style = ' class="lead"' if self.is_lead else ""
        return f"<p{style}>{''.join(_inline_html(piece) for piece in self.pieces)}</p>"


@dataclass(frozen=True, slots=True)
class ScoreCards:
    """Figures side by side, each with its range, evidence and number of cases; on the front three are large."""

    figures: tuple[Shown, ...]
    is_front: bool = False

    def _repr_html_(self) -> str:
        style = "cards front" if self.is_front else "cards"
        return f'<div class="{style}">{"".join(_card_html(figure) for figure in self.figures)}</div>'


@dataclass(frozen=True, slots=True)
class Decision:
    """What the reader is asked to decide, in a box of its own."""

    title: str
    paragraphs: tuple[tuple[Inline, ...], ...]

    def _repr_html_(self) -> str:
        lines = "".join(f"<p>{''.join(_inline_html(piece) for piece in one)}</p>" for one in self.paragraphs)
        return f'<aside class="decision"><h3>{text_html(self.title)}</h3>{lines}</aside>'


@dataclass(frozen=True, slots=True)
class Bars:
    """Values and how often each occurs, as bars of the page itself; ``title`` heads them."""

    title: str
    counts: tuple[tuple[str, int, str], ...]

    def _repr_html_(self) -> str:
        longest = max((count for _, count, _ in self.counts), default=0) or 1
        rows = "".join(
            f'<span class="value">{text_html(value)}</span>'
            f'<span class="bar" style="width:{100 * count / longest:.1f}%"></span>'
            f'<span class="count">{text_html(written)}</span>'
            for value, count, written in self.counts
        )
        return f'<p class="bars-title">{text_html(self.title)}</p><div class="bars">{rows}</div>'


@dataclass(frozen=True, slots=True)
class Details:
    """Blocks behind one line that opens them."""

    name: str
    facts: str
    blocks: tuple["Paragraph | Table | Bars | Note", ...]
    failing: str = ""
    anchor: str = ""

    def _repr_html_(self) -> str:
        name = f' id="{attribute_html(self.anchor)}"' if self.anchor else ""
        failing = f' <span class="failing">{text_html(self.failing)}</span>' if self.failing else ""
        inside = "".join(block._repr_html_() for block in self.blocks)
        # A link to something inside opens it, and needs no script for that.
        inside = f"<div{name}>{inside}</div>"
        return (
            f'<details><summary><span class="name">{text_html(self.name)}</span>'
            f'<span class="facts">{text_html(self.facts)}</span>{failing}</summary>{inside}</details>'
        )


def _card_html(figure: Shown) -> str:
    small = []
    if figure.range_text:
        small.append(text_html(figure.range_text))
    if figure.n is not None:
        small.append(f"n = {figure.cases or figure.n}")
    if figure.since:
        small.append(text_html(figure.since))
    if figure.caveat:
        small.append(text_html(figure.caveat))
    return (
        f'<div class="card card-{attribute_html(figure.evidence or "unknown")}">'
        f'<div class="card-label">{text_html(figure.label)}</div>'
        f'<div class="card-value">{figure.html(is_large=True)}</div><div class="card-small">{" · ".join(small)}</div></div>'
    )


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of text and figures; figures stand to the right, with their range when ``with_range``.

    ``row_count`` is how many rows there are in all; where fewer are shown, the caption says so. A row of a single cell
    heads the rows below it. A compact table is set small, for reference.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Inline, ...], ...]
    caption: str = ""
    row_count: int | None = None
    with_range: bool = False
    is_compact: bool = False
    left_out: str = field(init=False, default="")

    def __post_init__(self) -> None:
        if self.row_count is not None and self.row_count > len(self.rows):
            whole = number_text(f"{self.row_count:,}")
            rest = f"{len(self.rows)} of {whole}; the others are in the work-through workbook"
            object.__setattr__(self, "left_out", f" ({rest})")

    def _repr_html_(self) -> str:
        if not self.rows:
            return f'<p class="note">{text_html(self.caption or "Table")}: nothing to show.</p>'
        caption = self.caption + self.left_out
        full = [row for row in self.rows if len(row) == len(self.columns)]
        is_number = [_is_number([row[column] for row in full]) for column in range(len(self.columns))]
        head = "".join(
            f'<th{_right(number)} scope="col">{text_html(name)}</th>'
            for name, number in zip(self.columns, is_number, strict=True)
        )
        body = "".join(self._row_html(row, is_number) for row in self.rows)
        title = f"<caption>{text_html(caption.strip())}</caption>" if caption.strip() else ""
        style = "scroll short" if len(self.rows) <= _SHORT_ROWS else "scroll"
        style += " compact" if self.is_compact else ""
        return f'<div class="{style}"><table>{title}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'

    def _row_html(self, row: tuple[Inline, ...], is_number: list[bool]) -> str:
        if len(row) == 1 < len(self.columns):
            return f'<tr class="group"><th colspan="{len(self.columns)}" scope="rowgroup">{_inline_html(row[0])}</th></tr>'
        cells = (
            f"<td{_right(number)}>{_inline_html(cell, with_range=self.with_range)}</td>"
            for cell, number in zip(row, is_number, strict=True)
        )
        return f"<tr>{''.join(cells)}</tr>"


def _is_number(cells: list[Inline]) -> bool:
    """Whether a column holds figures, or nothing but numbers, ranges of numbers and "never"."""
    if any(isinstance(cell, Shown) for cell in cells):
        return True
    written = [cell for cell in cells if isinstance(cell, str) and cell]
    return bool(written) and all(cell == "never" or _NUMBER.fullmatch(cell) for cell in written)


def _right(is_number: bool) -> str:  # noqa: FBT001 - one column's alignment
    return ' class="number"' if is_number else ""


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart, with a sentence for readers who cannot see it and a caption that may say more."""

    figure: Any
    description: str

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:  # noqa: ARG002
        drawing = json.loads(self.figure.to_json())
        drawing["config"] = {"displayModeBar": False, "responsive": False}
        drawing["description"] = self.description
        return {PLOTLY: drawing, "text/plain": self.description}


@dataclass(frozen=True, slots=True)
class Note:
    """An aside: what is missing, or what to be careful with."""

    pieces: tuple[Inline, ...]
    kind: str = "note"

    def _repr_html_(self) -> str:
        style = "note caution" if self.kind == "caution" else "note"
        return f'<p class="{style}">{"".join(_inline_html(piece) for piece in self.pieces)}</p>'


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list of short statements."""

    items: tuple[tuple[Inline, ...], ...]

    def _repr_html_(self) -> str:
        lines = "".join(f"<li>{''.join(_inline_html(piece) for piece in item)}</li>" for item in self.items)
        return f"<ul>{lines}</ul>"


@dataclass(frozen=True, slots=True)
class Legend:
    """What the marks of evidence mean."""

    def _repr_html_(self) -> str:
        parts = [
            f'<span class="legend-entry">{mark_html(evidence)} {text_html(meaning)}</span>'
            for evidence, (_, meaning) in MARKS.items()
        ]
        guess = "rests on something that nobody has confirmed yet"
        parts.append(f'<span class="legend-entry">{unconfirmed_html(guess)} {text_html(guess)}</span>')
        return f'<p class="legend">{" ".join(parts)}</p>'


@dataclass(frozen=True, slots=True)
class Cover:
    """The first lines of the document: for whom, of which day, by which run."""

    title: str
    client: str
    facts: tuple[str, ...]
    contents: Sequence[tuple[str, str]] = ()

    def _repr_html_(self) -> str:
        further = "Appendix: "
        own = [_link_html(anchor, title) for anchor, title in self.contents if not title.startswith(further)]
        rest = [
            _link_html(anchor, title.removeprefix(further).capitalize())
            for anchor, title in self.contents
            if title.startswith(further)
        ]
        appendix = f'<p class="further">Appendix</p><ol>{"".join(rest)}</ol>' if rest else ""
        return (
            f'<header class="cover"><p class="kicker">{text_html(self.title)}</p><h1>{text_html(self.client)}</h1>'
            f'<p class="facts">{" · ".join(text_html(fact) for fact in self.facts)}</p>'
            f'<nav aria-label="Contents"><ol>{"".join(own)}</ol>{appendix}</nav></header>'
        )


def _link_html(anchor: str, title: str) -> str:
    return f'<li><a href="#{attribute_html(anchor)}">{text_html(title)}</a></li>'


Block = Heading | Paragraph | ScoreCards | Decision | Table | Bars | Details | Chart | Note | Bullets | Legend | Cover
