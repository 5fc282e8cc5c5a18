"""CSV files that are handed out: whole or not there, private, and inert in a spreadsheet.

A cell that a spreadsheet would take for a formula gets an apostrophe in front, as spreadsheets themselves mark text; so does
what follows a semicolon, a tab or a bar within it, since a spreadsheet of another country begins a new cell there. Numbers
stay numbers, columns that the caller names are written verbatim, and ``as_written`` takes the apostrophes off again.
"""

import re
from collections.abc import Collection, Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.cores import results
from toolkit.disk import atomic_file
from toolkit.files.cells import text_of
from toolkit.values.cell_bytes import may_hold_any

_BLOCK_ROWS = 50_000
# What a program skips, or does not show, before it looks at the first sign: quotes, blanks, controls, marks without width.
# Written so that pyarrow's engine and Python's read it alike.
_UNSEEN = (
    r"[\"'\s\x00-\x1f\x7f-\xa0\xad"
    "\u061c\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff]*"
)
_SIGN = "[=+\\-@\uff1d\uff0b\uff0d\uff20\u2212]"
_RISKY = rf"^{_UNSEEN}{_SIGN}|^'*[\t\r\n]"
_RISKY_WITHIN = rf"[;\t|]{_UNSEEN}{_SIGN}[^\s]"
_WITHIN = re.compile(rf"([;\t|])(?={_UNSEEN}{_SIGN}[^\s])")
_GUARD = re.compile(rf"^'(?={_UNSEEN}{_SIGN}|'*[\t\r\n])")
_GUARD_WITHIN = re.compile(rf"([;\t|])'(?={_UNSEEN}{_SIGN}[^\s])")
_QUOTED = '[",\r\n]'
_PLAIN_FLOAT = r"^-?[0-9]+(?:\.[0-9]+)?$"
_TEXT = pa.large_string()
"""Cells of a block may be more than the two gigabytes that texts of the short sort hold."""
_JUDGED_ROWS, _MANY_DIFFERENT = 1_000, 0.5
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
    is_inert = [field.name not in verbatim and _is_text(field.type) for field in table.schema]
    heads = [quoted(inert(pa.array([name], _TEXT))) for name in table.column_names]
    with atomic_file(path) as stream:
        stream.write(_lines(heads))
        for start in range(0, table.num_rows, _BLOCK_ROWS):
            block = [column.slice(start, _BLOCK_ROWS) for column in table.columns]
            stream.write(_lines(results(lambda one: _cells(one[0], is_inert=one[1]), zip(block, is_inert, strict=True))))


def inert(column: pa.ChunkedArray | pa.Array) -> pa.ChunkedArray | pa.Array:
    """Return texts that no spreadsheet takes for a formula: risky ones begin with an apostrophe, numbers stay.

    Examples
    --------
    >>> inert(pa.chunked_array([["=1+1", "-12.50", " @SUM(1)", "Acme", "a;=1+1"]])).to_pylist()
    ["'=1+1", '-12.50', "' @SUM(1)", 'Acme', "a;'=1+1"]
    """
    if not may_hold_any(column, "=+-@"):
        return column
    is_risky = pc.and_(pc.match_substring_regex(column, _RISKY), pc.invert(pc.match_substring_regex(column, _NUMBER)))
    is_split = pc.fill_null(pc.match_substring_regex(column, _RISKY_WITHIN), False)
    if pc.any(is_split).as_py():
        # One behind the other may share a sign, which only an expression that looks ahead sees twice.
        guarded = pa.array([_WITHIN.sub(r"\1'", text) for text in column.filter(is_split).to_pylist()], column.type)
        mask = is_split.combine_chunks() if isinstance(is_split, pa.ChunkedArray) else is_split
        column = pc.replace_with_mask(column, mask, guarded)
    return pc.if_else(is_risky, _joined("'", column), column)


def as_written(text: str) -> str:
    """Return a cell of such a file without the apostrophes that were put before what looks like a formula.

    Examples
    --------
    >>> as_written("'=1+1"), as_written("a;'=1+1"), as_written("'quoted'"), as_written("Acme")
    ('=1+1', 'a;=1+1', "'quoted'", 'Acme')
    """
    return _GUARD_WITHIN.sub(r"\1", _GUARD.sub("", text))


def quoted(texts: pa.Array) -> pa.Array:
    r"""Return texts as cells of a line: in quotes where one holds a comma, a quote or a sign that ends a line.

    Examples
    --------
    >>> print(*quoted(pa.array(["Acme", "the 'a'", "a,b"])))
    Acme the 'a' "a,b"
    """
    if not may_hold_any(texts, '",'):
        return texts
    is_quoted = pc.match_substring_regex(texts, _QUOTED)
    odd = pc.replace_substring(texts.filter(is_quoted), '"', '""')
    if not len(odd):
        return texts
    return pc.replace_with_mask(texts, is_quoted, _joined('"', odd, '"'))


def _cells(column: pa.ChunkedArray, *, is_inert: bool) -> pa.Array:
    """Return a column of a block as cells of lines; what is written often is worked on once."""
    texts = pc.fill_null(_text(column).cast(_TEXT), "")
    texts = pa.concat_arrays(texts.chunks)
    head = texts.slice(0, _JUDGED_ROWS)
    if pc.count_distinct(head).as_py() > _MANY_DIFFERENT * len(head):
        return quoted(inert(texts) if is_inert else texts)
    found = texts.dictionary_encode()
    return quoted(inert(found.dictionary) if is_inert else found.dictionary).take(found.indices)


def _lines(columns: Sequence[pa.Array]) -> pa.Buffer:
    """Return lines of cells as they lie in the file."""
    # A line of one cell that is empty would be no line at all.
    cells = columns if len(columns) > 1 else [pc.if_else(pc.equal(columns[0], ""), '""', columns[0])]
    lines = _joined(pc.binary_join_element_wise(*cells, pa.scalar(",", _TEXT)), "\r\n")
    _, offsets, data = lines.buffers()
    ends = np.frombuffer(offsets, np.int64)[lines.offset : lines.offset + len(lines) + 1]
    return data.slice(ends[0], ends[-1] - ends[0])


def _joined(*parts: pa.Array | pa.ChunkedArray | str) -> pa.Array | pa.ChunkedArray:
    kind = next(one.type for one in parts if not isinstance(one, str))
    texts = (pa.scalar(one, kind) if isinstance(one, str) else one for one in parts)
    return pc.binary_join_element_wise(*texts, pa.scalar("", kind))


def _is_text(kind: pa.DataType) -> bool:
    tests = (pa.types.is_string, pa.types.is_large_string, pa.types.is_nested, pa.types.is_dictionary)
    return any(test(kind) for test in tests)


def _text(column: pa.ChunkedArray) -> pa.ChunkedArray:
    if pa.types.is_string(column.type):
        return column
    if pa.types.is_integer(column.type) or pa.types.is_large_string(column.type):
        return column.cast(pa.string())
    if pa.types.is_float64(column.type):
        return _float_texts(column)
    values = [None if value is None else text_of(value) for value in column.to_pylist()]
    return pa.chunked_array([pa.array(values, pa.string())])


def _float_texts(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return numbers as ``text_of`` writes them; those with an exponent one by one."""
    numbers = pa.concat_arrays(column.chunks)
    texts = numbers.cast(pa.string())
    is_odd = pc.invert(pc.fill_null(pc.match_substring_regex(texts, _PLAIN_FLOAT), True))
    odd = pa.array([text_of(value) for value in numbers.filter(is_odd).to_pylist()], pa.string())
    return pa.chunked_array([pc.replace_with_mask(texts, is_odd, odd)])
