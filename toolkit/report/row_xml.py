"""Rows of a sheet as the XML in which a workbook keeps them, made by columns.

Text from the client becomes an inline string and nothing else: no formula, no link, no markup of its own.

Source: ECMA-376, part 1, 18.3.1.73 (row), 18.3.1.4 (c), 18.3.1.53 (is) and 22.9.2.19 (escapes of an ST_Xstring).
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.values.cell_bytes import may_have_outer_blanks, may_hold_any

MAX_CELL = 32_767
"""Units of UTF-16 that one cell may hold."""

_BATCH = 4_096
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_ESCAPE = re.compile("_x[0-9a-fA-F]{4}_")
# What cannot stand in XML as it is, what would be read as something else, and spaces that only count when that is said.
_ODD = r"[&<>\x00-\x08\x0b-\x1f\x{FFFE}\x{FFFF}]|_x[0-9a-fA-F]{4}_|^[\s\x{85}\pZ]|[\s\x{85}\pZ]$"
# No text has more units of UTF-16 than bytes, so one with fewer bytes needs no second look.
_MAX_PLAIN = MAX_CELL
_TEXT = pa.large_string()
_EMPTY = pa.scalar("", _TEXT)


def legal_text(value: str) -> str:
    r"""Return text that a cell can hold: no characters that XML forbids, and no longer than a cell may be.

    Examples
    --------
    >>> legal_text("a\x00b"), len(legal_text("y" * 40_000))
    ('a\ufffdb', 32767)
    """
    cleaned = _ILLEGAL.sub("\ufffd", value)
    if len(cleaned.encode("utf-16-le")) <= 2 * MAX_CELL:
        return cleaned
    # Half a surrogate pair at the cut is left out, not written.
    return cleaned.encode("utf-16-le")[: 2 * (MAX_CELL - 1)].decode("utf-16-le", "ignore") + "…"


def row_xml(table: pa.Table, styles: Sequence[str], *, first_line: int) -> Iterator[pa.Buffer]:
    """Yield the rows of a table as XML, some thousand at a time; an empty cell and an empty row are left out.

    Parameters
    ----------
    table
        Columns of text, numbers, dates, or yes and no, in the order of the sheet.
    styles
        Number of the cell format of each column, as text; empty for none.
    first_line
        Line of the sheet on which the first row stands; the first line is 1.
    """
    for start in range(0, table.num_rows, _BATCH):
        batch = table.slice(start, _BATCH).combine_chunks()
        lines = pa.array(np.arange(first_line + start, first_line + start + batch.num_rows)).cast(_TEXT)
        cells = [
            _cells(column, column_letters(place), style, lines)
            for place, (column, style) in enumerate(zip(batch.columns, styles, strict=True))
        ]
        together = pc.binary_join_element_wise(*cells, _EMPTY)
        rows = pc.if_else(pc.equal(together, _EMPTY), _EMPTY, _joined('<row r="', lines, '">', together, "</row>"))
        yield _bytes(rows)


def column_letters(place: int) -> str:
    """Return the letters of a column, counted from 0.

    Examples
    --------
    >>> column_letters(0), column_letters(25), column_letters(26), column_letters(701), column_letters(702)
    ('A', 'Z', 'AA', 'ZZ', 'AAA')
    """
    before, own = divmod(place, 26)
    return f"{column_letters(before - 1) if before else ''}{chr(65 + own)}"


def _cells(column: pa.ChunkedArray, letters: str, style: str, lines: pa.Array) -> pa.Array:
    values = pa.concat_arrays(column.chunks) if column.num_chunks != 1 else column.chunk(0)
    kind = values.type
    start, named = f'<c r="{letters}', f' s="{style}"' if style else ""
    if pa.types.is_null(kind):
        return pa.repeat(_EMPTY, len(values))
    if pa.types.is_boolean(kind):
        values = pc.if_else(values, "True", "False")
    elif pa.types.is_date32(kind):
        days = pc.add(values.cast(pa.int32()), 25_568)
        # A day that never was, February 29 of 1900, has a number in a sheet.
        numbers = pc.if_else(pc.greater(days, 59), pc.add(days, 1), days).cast(_TEXT)
        return _filled(_joined(start, lines, f'"{named}><v>', numbers, "</v></c>"))
    elif pa.types.is_integer(kind) or pa.types.is_floating(kind):
        return _filled(_joined(start, lines, f'"{named}', _numbers(values), "</v></c>"))
    elif pa.types.is_dictionary(kind):
        values = values.dictionary_decode()
    elif not (pa.types.is_string(kind) or pa.types.is_large_string(kind)):
        raise TypeError(f"A sheet shows text, numbers, dates, or yes and no, but {letters} is of {kind}.")
    spaces, texts = _texts(values.cast(_TEXT))
    return _filled(_joined(start, lines, f'"{named} t="inlineStr"><is><t', spaces, ">", texts, "</t></is></c>"))


def _texts(values: pa.Array) -> tuple[pa.Array | str, pa.Array]:
    """Return how each text says that its outer spaces count, and the texts as XML; empty ones are null."""
    texts = pc.if_else(pc.equal(values, _EMPTY), pa.scalar(None, _TEXT), values)
    is_plain = not may_hold_any(texts, "&<>_") and not may_have_outer_blanks(texts)
    if is_plain and (pc.max(pc.binary_length(texts)).as_py() or 0) <= _MAX_PLAIN:
        return "", texts
    is_odd = pc.or_(pc.match_substring_regex(texts, _ODD), pc.greater(pc.binary_length(texts), _MAX_PLAIN)).fill_null(False)
    odd = texts.filter(is_odd).to_pylist()
    if not odd:
        return "", texts
    escaped = [_escaped(legal_text(text)) for text in odd]
    spaced = [' xml:space="preserve"' if text[0].isspace() or text[-1].isspace() else "" for text in escaped]
    plain = pa.repeat(_EMPTY, len(texts))
    return (
        pc.replace_with_mask(plain, is_odd, pa.array(spaced, _TEXT)),
        pc.replace_with_mask(texts, is_odd, pa.array(escaped, _TEXT)),
    )


def _escaped(text: str) -> str:
    # Text that reads as an escape is escaped itself, else "_x0041_" would come back as "A".
    plain = _ESCAPE.sub(lambda found: f"_x005F{found.group()}", text)
    return plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "_x000D_")


def _numbers(values: pa.Array) -> pa.Array:
    """Return numbers as XML in the 16 digits of a sheet; what is no number is the error that a sheet shows for it."""
    return pa.array([None if value is None else _number(value) for value in values.to_pylist()], _TEXT)


def _number(value: float) -> str:
    if value - value == 0:
        return f"><v>{value:.16G}"
    return f' t="e"><v>{"#NUM!" if value != value else "#DIV/0!"}'  # noqa: PLR0124 - true of NaN alone


def _joined(*parts: pa.Array | str) -> pa.Array:
    return pc.binary_join_element_wise(*(pa.scalar(one, _TEXT) if isinstance(one, str) else one for one in parts), _EMPTY)


def _filled(cells: pa.Array) -> pa.Array:
    return pc.fill_null(cells, _EMPTY)


def _bytes(rows: Any) -> pa.Buffer:
    """Return the texts of an array one after another, as they lie in memory."""
    _, offsets, data = rows.buffers()
    ends = np.frombuffer(offsets, np.int64)[rows.offset : rows.offset + len(rows) + 1]
    return data.slice(ends[0], ends[-1] - ends[0])
