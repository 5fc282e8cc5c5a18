"""Columns of plain delimited text, at the speed of Arrow's reader.

Arrow counts rows, not lines, so the lines are found beside it from the positions of line ends and quotes. Both must count
the same rows: where a stray quote makes them differ, or the file holds anything else that Arrow refuses, the caller
reads row by row.
"""

import io
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from pyarrow import csv as arrow_csv

from toolkit.files.encoding import Utf8Stream
from toolkit.files.text_rows import text_rows

_BLOCK_BYTES = 1 << 20
_MAX_ODD_ROWS = 100_000
_LINE_FEED, _RETURN, _QUOTE = 10, 13, 34


class UnfitError(Exception):
    """The file needs the row-by-row reader."""


class _CountedLines(io.RawIOBase):
    """Hands a stream on and notes the line on which each row begins."""

    def __init__(self, stream: Utf8Stream) -> None:
        super().__init__()
        self._stream = stream
        self._starts: list[npt.NDArray[np.int64]] = []
        self._line = self._open_line = 1
        self._quotes = self._pending = 0
        self._last_byte = -1
        self._returns = self._pairs = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        count = self._stream.readinto(buffer)
        if count:
            self._count(bytes(memoryview(buffer)[:count]))
        return count

    def starts(self) -> npt.NDArray[np.int64]:
        """Return the first line of every row that is not empty."""
        # A lone carriage return ends a line for the row-by-row reader; an odd quote is never closed.
        if self._returns != self._pairs or self._quotes % 2:
            raise UnfitError
        last = [self._open_line] if self._pending and not (self._pending == 1 and self._last_byte == _RETURN) else []
        return np.concatenate([*self._starts, np.array(last, np.int64)])

    def _count(self, block: bytes) -> None:
        data = np.frombuffer(block, np.uint8)
        # Line feeds and quotes in one list, in order: a line feed behind an odd number of quotes stands inside a cell.
        marks = np.flatnonzero((data == _LINE_FEED) | (data == _QUOTE))
        is_end = data[marks] == _LINE_FEED
        ends = marks[is_end]
        quotes_before = np.cumsum(~is_end)[is_end] + self._quotes
        returns = block.count(b"\r")
        self._returns += returns
        self._pairs += (block.count(b"\r\n") if returns else 0) + (self._last_byte == _RETURN and block[0] == _LINE_FEED)
        outside = np.flatnonzero(quotes_before % 2 == 0)
        if outside.size:
            row_ends, end_lines = ends[outside], self._line + outside
            begins = np.concatenate([[-self._pending], row_ends[:-1] + 1])
            begin_lines = np.concatenate([[self._open_line], end_lines[:-1] + 1])
            before = np.where(row_ends > 0, data[row_ends - 1], self._last_byte)
            lengths = row_ends - begins - (before == _RETURN)
            self._starts.append(begin_lines[lengths > 0].astype(np.int64))
            self._open_line = int(end_lines[-1]) + 1
            self._pending = len(block) - int(row_ends[-1]) - 1
        else:
            self._pending += len(block)
        self._line += len(ends)
        self._quotes += len(marks) - len(ends)
        self._last_byte = block[-1]


def text_columns(
    stream: Utf8Stream, delimiter: str, width: int
) -> tuple[npt.NDArray[np.int64], pa.Table, list[tuple[int, list[str]]]]:
    """Return the lines of the rows of ``width`` cells, these rows as columns ``c0`` …, and the other rows with their lines.

    Parameters
    ----------
    stream
        The text, from its first line.
    delimiter
        One character.
    width
        Columns of the table.

    Raises
    ------
    UnfitError
        The file needs the row-by-row reader.
    """
    names = [f"c{index}" for index in range(width)]
    odd: list[tuple[int, str]] = []

    def set_aside(row: arrow_csv.InvalidRow) -> str:
        odd.append((row.number, row.text))
        return "skip" if len(odd) <= _MAX_ODD_ROWS else "error"

    counted = _CountedLines(stream)
    try:
        # Closed before anything else happens: a read ahead that is under way when Python ends aborts the process.
        with (
            pa.PythonFile(io.BufferedReader(counted, _BLOCK_BYTES), mode="r") as source,
            arrow_csv.open_csv(
                source,
                read_options=arrow_csv.ReadOptions(use_threads=False, column_names=names, block_size=_BLOCK_BYTES),
                parse_options=arrow_csv.ParseOptions(
                    delimiter=delimiter, newlines_in_values=True, invalid_row_handler=set_aside
                ),
                convert_options=arrow_csv.ConvertOptions(
                    # The stream hands on valid UTF-8 only.
                    check_utf8=False,
                    column_types=dict.fromkeys(names, pa.string()),
                    null_values=[""],
                    strings_can_be_null=True,
                    quoted_strings_can_be_null=True,
                ),
            ) as reader,
        ):
            table = reader.read_all()
    except pa.ArrowInvalid as error:
        raise UnfitError from error
    starts = counted.starts()
    if table.num_rows + len(odd) != len(starts):
        raise UnfitError
    odd_indexes = np.array([number - 1 for number, _ in odd], np.int64)
    odd_rows = []
    for number, text in odd:
        [row, *others] = text_rows([text], delimiter)
        if others or row.reason:
            raise UnfitError
        odd_rows.append((int(starts[number - 1]), row.cells))
    return np.delete(starts, odd_indexes), table, odd_rows
