r"""Rows as JSON texts: nothing of what a file says is lost, and every cell stays the text that it was.

Quotes, backslashes and control characters are escaped as RFC 8259, section 7, has it (``\n``, ``\u000B``), all else stands
as it is. Most columns hold none of them and are put between quotes as they are.
"""

from collections.abc import Sequence
from typing import TypeAlias

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.values.cell_bytes import may_need_escapes

_ESCAPES = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r"}
_ESCAPED = {code: _ESCAPES.get(chr(code), f"\\u{code:04X}") for code in (*range(32), ord('"'), ord("\\"))}
_NEEDS_ESCAPE = r'["\\\x00-\x1f]'
# The backslash first: those that the others bring must stay.
_USUAL = ("\\", '"', "\n", "\r", "\t")

Piece: TypeAlias = str | pa.Array


def raw_json(headers: Sequence[str], rows: pa.Table) -> pa.Array:
    """Return each row, its cells in the columns ``c0``, ``c1`` …, as a JSON object; a header that stands twice has a list.

    Examples
    --------
    >>> raw_json(["No", "Name"], pa.table({"c0": ["01"], "c1": pa.array([None], pa.string())})).to_pylist()
    ['{"No":"01","Name":null}']
    """
    by_header: dict[str, list[int]] = {}
    for index, header in enumerate(headers):
        by_header.setdefault(header, []).append(index)
    if not by_header:
        return pa.array(["{}"] * rows.num_rows, pa.string())
    pieces: list[Piece] = []
    for header, columns in by_header.items():
        pieces.append(f'{"," if pieces else "{"}"{header.translate(_ESCAPED)}":')
        values = [_value(rows[f"c{index}"]) for index in columns]
        if len(values) == 1:
            pieces += values[0]
            continue
        for place, value in enumerate(values):
            pieces += ["," if place else "[", *value]
        pieces.append("]")
    return pc.binary_join_element_wise(*_joined_texts([*pieces, "}"]), "")


def _value(column: pa.ChunkedArray) -> list[Piece]:
    """Return the pieces of a JSON value for each cell."""
    cells = _escaped(column.combine_chunks() if column.num_chunks != 1 else column.chunk(0))
    if not cells.null_count:
        return ['"', cells, '"']
    return [pc.fill_null(pc.binary_join_element_wise('"', cells, '"', ""), "null")]


def _escaped(cells: pa.Array) -> pa.Array:
    if not may_need_escapes(cells):
        return cells
    is_found = pc.fill_null(pc.match_substring_regex(cells, _NEEDS_ESCAPE), False)
    found = cells.filter(is_found)
    for sign in _USUAL:
        found = pc.replace_substring(found, sign, _ESCAPES[sign])
    is_rare = pc.match_substring_regex(found, r"[\x00-\x1f]")
    if pc.any(is_rare).as_py():
        rare = [text.translate(_CONTROLS) for text in found.filter(is_rare).to_pylist()]
        found = pc.replace_with_mask(found, is_rare, pa.array(rare, pa.string()))
    return pc.replace_with_mask(cells, is_found, found)


_CONTROLS = {code: text for code, text in _ESCAPED.items() if code < ord(" ")}


def _joined_texts(pieces: Sequence[Piece]) -> list[Piece]:
    """Return the pieces with texts that follow each other made one."""
    merged: list[Piece] = []
    for piece in pieces:
        last = merged[-1] if merged else None
        if isinstance(piece, str) and isinstance(last, str):
            merged[-1] = last + piece
        else:
            merged.append(piece)
    return merged
