"""A drawing as SVG text: rectangles, lines and words, in colours that are told apart without seeing colours.

Nothing is said by colour alone: a pattern, a dash or a word says the same.

Source: M. Okabe and K. Ito, Color Universal Design, 2008 (palette).
"""  # noqa: INP001 - a folder of pictures, not a package

from html import escape
from pathlib import Path

BLUE, ORANGE, GREEN, VERMILION, SKY = "#0072B2", "#E69F00", "#009E73", "#D55E00", "#56B4E9"
INK, GREY, FAINT, WHITE = "#22303C", "#6B7680", "#E8ECEF", "#FFFFFF"

_PATTERNS = (
    '<pattern id="stripes" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect width="2.4" height="7" fill="white" fill-opacity="0.75"/></pattern>'
    '<pattern id="dots" width="7" height="7" patternUnits="userSpaceOnUse">'
    '<circle cx="3.5" cy="3.5" r="1.5" fill="white" fill-opacity="0.85"/></pattern>'
    '<marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto">'
    f'<path d="M0,0.5 L8,4 L0,7.5 z" fill="{INK}"/></marker>'
)


class Canvas:
    """A picture of a size in pixels; ``title`` is what a screen reader says, which must tell all of it."""

    def __init__(self, width: int, height: int, title: str) -> None:
        self._width, self._height, self._title = width, height, title
        self._parts: list[str] = []

    def rect(self, x: float, y: float, width: float, height: float, *, fill: str = WHITE, line: str = "none",
             pattern: str = "", round_by: float = 0) -> None:  # fmt: skip
        """Draw a rectangle; ``pattern`` (stripes, dots) lies over its colour."""
        place = f'x="{x:.1f}" y="{y:.1f}" width="{max(width, 0):.1f}" height="{height:.1f}" rx="{round_by:g}"'
        self._parts.append(f'<rect {place} fill="{fill}" stroke="{line}"/>')
        if pattern:
            self._parts.append(f'<rect {place} fill="url(#{pattern})"/>')

    def line(self, x1: float, y1: float, x2: float, y2: float, *, colour: str = INK, width: float = 1.2,
             dash: str = "", has_tip: bool = False) -> None:  # fmt: skip
        """Draw a line, with an arrow's tip at its end where it has one."""
        tip = ' marker-end="url(#tip)"' if has_tip else ""
        self._parts.append(
            f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{colour}" stroke-width="{width:g}" '
            f'stroke-dasharray="{dash}"{tip}/>'
        )

    def text(self, x: float, y: float, words: str, *, size: float = 13, colour: str = INK, anchor: str = "start",
             is_bold: bool = False, halo: bool = False) -> None:  # fmt: skip
        """Write one line of text; a halo keeps it readable on top of lines."""
        around = f' stroke="{WHITE}" stroke-width="4" paint-order="stroke"' if halo else ""
        weight = "700" if is_bold else "400"
        self._parts.append(
            f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:g}" fill="{colour}" text-anchor="{anchor}" '
            f'font-weight="{weight}"{around}>{escape(words)}</text>'
        )

    def lines(self, x: float, y: float, words: list[str], *, step: float = 16, size: float = 12, colour: str = INK,
              anchor: str = "start") -> None:  # fmt: skip
        """Write several lines of text, one below the other."""
        for number, line in enumerate(words):
            self.text(x, y + step * number, line, size=size, colour=colour, anchor=anchor)

    def svg(self) -> str:
        """Return the picture as text."""
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{self._width}" height="{self._height}" '
            f'viewBox="0 0 {self._width} {self._height}" role="img" font-family="Helvetica, Arial, sans-serif">'
        )
        body = "\n".join(self._parts)
        return (
            f"{head}\n<title>{escape(self._title)}</title>\n<defs>{_PATTERNS}</defs>\n"
            f'<rect width="100%" height="100%" fill="{WHITE}"/>\n{body}\n</svg>\n'
        )

    def save(self, path: Path) -> None:
        """Write the picture."""
        path.write_text(self.svg(), encoding="utf-8")
