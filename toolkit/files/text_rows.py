"""Rows of delimited text, one at a time: slower than the columns of ``text_columns``, and at ease with everything.

A quoted cell may hold line breaks and doubled quotes. A quote that is never closed spoils its own line only: the line is put
aside and reading goes on below it.
"""

import csv
import re
from collections import deque
from collections.abc import Iterable, Iterator
from itertools import takewhile
from typing import NamedTuple

MAX_ROW_CHARS = 32_000_000
_CLOSING = re.compile(r'[^"]*(?:""[^"]*)*"(?!")')
_LINE_END = "\r\n"


class TextRow(NamedTuple):
    """One row: the line it begins on, its cells, and why it cannot be read (empty: it can)."""

    line: int
    cells: list[str]
    reason: str = ""


def text_rows(lines: Iterable[str], delimiter: str) -> Iterator[TextRow]:
    r"""Yield the rows of ``lines`` (with their line ends); lines without any character are passed over.

    Examples
    --------
    >>> [row.cells for row in text_rows(['a,"b\n', '1, 2"\n', '\n', 'c,5" pipe\n'], ",")]
    [['a', 'b\n1, 2'], ['c', '5" pipe']]
    """
    # One file may need more than the module's 128 kB a cell; the limit is the process's, and only ever rises.
    if csv.field_size_limit() < 2 * MAX_ROW_CHARS:
        csv.field_size_limit(2 * MAX_ROW_CHARS)
    waiting: deque[str] = deque()
    incoming = iter(lines)
    number = 0
    while True:
        line = waiting.popleft() if waiting else next(incoming, None)
        if line is None:
            return
        number += 1
        if '"' not in line:
            text = line.rstrip(_LINE_END)
            if text:
                yield TextRow(number, text.split(delimiter) if delimiter else [text])
            continue
        taken = _quoted_lines(line, waiting, incoming, delimiter)
        if taken is None:
            yield TextRow(number, [line.rstrip(_LINE_END)], "unclosed_quote")
            continue
        cells = _cells(taken, delimiter)
        if cells is None:
            yield TextRow(number, ["".join(taken)], "unreadable_row")
        elif len(taken) > 1 or line.rstrip(_LINE_END):
            yield TextRow(number, cells)
        number += len(taken) - 1


def sample_rows(lines: Iterable[str], delimiter: str) -> list[TextRow]:
    """Return the rows of the first lines of a file, up to the cell that the end of the sample cuts in two."""
    rows = list(text_rows(lines, delimiter))
    whole = list(takewhile(lambda row: not row.reason, rows))
    return whole or [row for row in rows if not row.reason]


def _quoted_lines(first: str, waiting: deque[str], incoming: Iterator[str], delimiter: str) -> list[str] | None:
    """Return the lines of the row that ``first`` begins; none (all others waiting again) where its quote never closes."""
    taken = [first]
    size = len(first)
    is_open = _is_open_after(first, delimiter, is_open=False)
    while is_open:
        line = waiting.popleft() if waiting else next(incoming, None)
        if line is None or size > MAX_ROW_CHARS:
            if line is not None:
                taken.append(line)
            waiting.extendleft(reversed(taken[1:]))
            return None
        taken.append(line)
        size += len(line)
        if '"' in line:
            is_open = _is_open_after(line, delimiter, is_open=True)
    return taken


def _is_open_after(line: str, delimiter: str, *, is_open: bool) -> bool:
    """Say whether a quoted cell goes on after the line."""
    position = 0
    while True:
        if is_open:
            closing = _CLOSING.match(line, position)
            if closing is None:
                return True
            position = closing.end()
        elif line.startswith('"', position):
            is_open, position = True, position + 1
            continue
        is_open = False
        position = line.find(delimiter, position) if delimiter else -1
        if position < 0:
            return False
        position += 1


def _cells(taken: list[str], delimiter: str) -> list[str] | None:
    text = "".join(taken).rstrip(_LINE_END)
    try:
        # A file of one column has no delimiter; one that no text holds leaves its commas alone.
        return next(csv.reader([text], delimiter=delimiter or "\x1f"), [])
    except csv.Error:
        return None
