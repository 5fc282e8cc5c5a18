"""CSV files that are handed out: whole or not there, private, and inert in a spreadsheet.

A cell that a spreadsheet would take for a formula gets an apostrophe in front, as spreadsheets themselves mark text; so does
what follows a semicolon, a tab or a bar within it, since a spreadsheet of another country begins a new cell there. Numbers
stay numbers, columns that the caller names are written verbatim, and ``as_written`` takes the apostrophes off again.
"""

import csv
import re
from collections.abc import Collection
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.disk import atomic_file
from toolkit.files.cells import text_of

_BLOCK_ROWS = 50_000
# What a program skips, or does not show, before it looks at the first sign: quotes, blanks, controls, marks without width.
# Written so that pyarrow's engine and Python's read it alike.
_UNSEEN = (
    r"[\"'\s\x00-\x1f\x7f-\xa0\xad"
    "\u061c\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff]*"
)
_SIGN = "[=+\\-@\uff1d\uff0b\uff0d\uff20\u2212]"
_RISKY = rf"^{_UNSEEN}{_SIGN}|^'*[\t\r\n]"
_RISKY_WITHIN = rf"([;\t|])({_UNSEEN}{_SIGN}[^\s])"
_GUARD = re.compile(rf"^'(?={_UNSEEN}{_SIGN}|'*[\t\r\n])")
_GUARD_WITHIN = re.compile(rf"([;\t|])'(?={_UNSEEN}{_SIGN}[^\s])")
_NUMBER = r"^[+-]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?$"


def write_csv(path: Path, table: pa.Table, *, verbatim: Collection[str] = ()) -> None:
    """Write a table as a CSV file: UTF-8, commas, one header line; null is an empty cell.

    Parameters
    ----------
    path
        Where the file appears at once and whole, readable by its owner only.
    verbatim
        Text columns that are written exactly as they are, such as ids for a program that cannot take an apostrophe off.

    Raises
    ------
    InputError
        The disk is full, or the folder cannot be written.
    """
    columns = [
        _text(column) if name in verbatim or not _is_text(column.type) else inert(_text(column))
        for name, column in zip(table.column_names, table.columns, strict=True)
    ]
    names = pa.chunked_array([table.column_names], pa.string())
    with atomic_file(path, "w", encoding="utf-8", newline="") as stream:
        # A cell with either character of the line end is quoted, so that a lone carriage return cannot break the row.
        writer = csv.writer(stream, lineterminator="\r\n")
        writer.writerow(inert(names).to_pylist())
        for start in range(0, table.num_rows, _BLOCK_ROWS):
            block = (column.slice(start, _BLOCK_ROWS).to_pylist() for column in columns)
            writer.writerows(zip(*block, strict=True))


def inert(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return texts that no spreadsheet takes for a formula: risky ones begin with an apostrophe, numbers stay.

    Examples
    --------
    >>> inert(pa.chunked_array([["=1+1", "-12.50", " @SUM(1)", "Acme", "a;=1+1"]])).to_pylist()
    ["'=1+1", '-12.50', "' @SUM(1)", 'Acme', "a;'=1+1"]
    """
    is_risky = pc.and_(pc.match_substring_regex(column, _RISKY), pc.invert(pc.match_substring_regex(column, _NUMBER)))
    within = pc.replace_substring_regex(column, _RISKY_WITHIN, r"\1'\2")
    return pc.if_else(is_risky, pc.binary_join_element_wise("'", within, ""), within)


def as_written(text: str) -> str:
    """Return a cell of such a file without the apostrophes that were put before what looks like a formula.

    Examples
    --------
    >>> as_written("'=1+1"), as_written("a;'=1+1"), as_written("'quoted'"), as_written("Acme")
    ('=1+1', 'a;=1+1', "'quoted'", 'Acme')
    """
    return _GUARD_WITHIN.sub(r"\1", _GUARD.sub("", text))


def _is_text(kind: pa.DataType) -> bool:
    tests = (pa.types.is_string, pa.types.is_large_string, pa.types.is_nested, pa.types.is_dictionary)
    return any(test(kind) for test in tests)


def _text(column: pa.ChunkedArray) -> pa.ChunkedArray:
    if pa.types.is_string(column.type):
        return column
    if pa.types.is_integer(column.type) or pa.types.is_large_string(column.type):
        return column.cast(pa.string())
    values = [None if value is None else text_of(value) for value in column.to_pylist()]
    return pa.chunked_array([pa.array(values, pa.string())])
