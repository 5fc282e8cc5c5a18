"""Long work in a notebook's cell: a bar while it runs, one line when it has ended, a calm word when it is stopped.

A bar is shown to a person only: where a notebook is run by a program, as papermill does, nothing could be seen move, and
what is shown would be stored.
"""

import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html import escape
from typing import Any, Protocol
from uuid import uuid4

from toolkit.audit.progress import Progress, silent

_SIDE_BY_SIDE = "Pulling "
"""How labels begin of what goes on at the same time."""
_MAX_LINES = 12
_PAUSE_S = 0.2
"""A page is told no more often how far the work is."""


class StoppedByHand(KeyboardInterrupt):
    """A person stopped the cell."""

    def __str__(self) -> str:
        return "Stopped. Nothing was left half-written; run this cell again, and it goes on from what is done."

    def _render_traceback_(self) -> list[str]:
        """Return what a notebook prints instead of a traceback: where work was stopped helps nobody."""
        return [str(self)]


@contextmanager
def cell_work(progress: Progress | None = None) -> Iterator[Progress]:
    """Yield what the work of a verb reports to, until it ends, fails, or is stopped.

    Parameters
    ----------
    progress
        What the caller wants told; without, a person in front of a notebook sees a bar, and nobody else anything.

    Raises
    ------
    StoppedByHand
        In a notebook, when its stop button was pressed.
    """
    kernel = _kernel()
    bar = CellBar(_shown_in(uuid4().hex)) if progress is None and kernel is not None and _has_person(kernel) else None
    try:
        yield progress or bar or silent
    except BaseException as error:
        if bar is not None:
            bar.end("Stopped after")
        if kernel is not None and isinstance(error, KeyboardInterrupt):
            raise StoppedByHand from None
        raise
    if bar is not None:
        bar.end("Done in")


class Show(Protocol):
    """Shows HTML, and the same as text, in one place of a page."""

    def __call__(self, html: str, text: str, *, is_there: bool) -> None:
        """Show it; ``is_there`` says whether the place holds something already."""


class CellBar:
    """A bar for what is done now, and one for each list that is pulled; the last word takes their place.

    Parameters
    ----------
    show
        Puts HTML in the place of what was shown before; several threads may report.
    clock
        Seconds, of which differences count.
    """

    def __init__(self, show: Show, clock: Callable[[], float] = time.monotonic) -> None:
        self._show, self._clock = show, clock
        self._lock = threading.Lock()
        self._started, self._told_at = clock(), 0.0
        self._lines: dict[str, tuple[str, int, int | None]] = {}
        self._is_there = False

    def __call__(self, label: str, done: int, total: int | None) -> None:
        """Show how far the work is."""
        place = label if label.startswith(_SIDE_BY_SIDE) else ""
        with self._lock:
            is_new = self._lines.get(place, ("",))[0] != label
            self._lines[place] = (label, done, total)
            if is_new or self._clock() - self._told_at >= _PAUSE_S:
                self._told_at = self._clock()
                shown = [*self._lines.values()][-_MAX_LINES:]
                took = _seconds(self._told_at - self._started)
                self._put("".join(_line_html(*one, took) for one in shown), _line_text(*shown[-1], took))

    def end(self, word: str) -> None:
        """Put one line in the place of the bars; where none was shown, nothing is."""
        with self._lock:
            if self._is_there:
                said = f"{word} {_seconds(self._clock() - self._started)}."
                self._put(f'<div role="status" style="{_FAINT}">{escape(said)}</div>', said)

    def _put(self, html: str, text: str) -> None:
        self._show(html, text, is_there=self._is_there)
        self._is_there = True


_FAINT = "color: var(--jp-ui-font-color2, #616161); font-size: var(--jp-ui-font-size1, 13px)"
_BAR = "width: 14em; vertical-align: middle; margin-right: .6em; accent-color: var(--jp-brand-color1, #0072B2)"


def _line_html(label: str, done: int, total: int | None, took: str) -> str:
    """Return a line with its bar, which moves by itself while nobody knows how much there is."""
    far = f' value="{min(done, total)}" max="{total}"' if total else ""
    words = escape(_line_text(label, done, total, took))
    bar = f'<progress style="{_BAR}" aria-label="{escape(label)}"{far}></progress>'
    return f'<div style="{_FAINT}">{bar}{words}</div>'


def _line_text(label: str, done: int, total: int | None, took: str) -> str:
    far = f"{done:,} of {total:,}, " if total else f"{done:,}, " if done else ""
    return f"{label}: {far}{took}"


def _seconds(seconds: float) -> str:
    """Return how long something took, as a person says it."""
    return f"{seconds:.1f} s" if seconds < 10 else f"{seconds:.0f} s" if seconds < 120 else f"{seconds / 60:.0f} min"


def _kernel() -> Any:
    """Return the kernel that this process is; null in a terminal, a program, or a test."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython is not None else None
    return getattr(shell, "kernel", None)


def _has_person(kernel: Any) -> bool:
    """Return whether somebody sits in front: a front end offers to ask them, and a program that runs notebooks does not."""
    try:
        return bool(kernel.get_parent("shell")["content"]["allow_stdin"])
    except (AttributeError, KeyError, TypeError):
        return False


def _shown_in(place: str) -> Show:
    """Return what shows HTML in one place of the cell."""

    def show(html: str, text: str, *, is_there: bool) -> None:
        ipython: Any = sys.modules["IPython"]
        ipython.display.display({"text/html": html, "text/plain": text}, raw=True, display_id=place, update=is_there)

    return show
