"""Numbers in the cells of documents: found in ids, numbers, references and free text, read once for a whole stream.

Numbers are folded before they are compared: case, prefix letters, separators and leading zeros go; O beside a digit is 0.
Cells of one usual shape ("INV-00123", "Order #1042") are read all at once, the others one by one; both give the same.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.match.comparison import Ints
from toolkit.match.documents.side import Flags
from toolkit.match.texts.words import rows_of

_OWN_COLUMNS = ("record_id", "number", "alt_ids")
_QUOTING_COLUMNS = ("deal_ref", "invoice_ref", "reference", "number", "name", "description")
NUMBER_COLUMNS = tuple(dict.fromkeys((*_OWN_COLUMNS, *_QUOTING_COLUMNS)))
"""Columns that may hold a number; ``Mentions.column`` is a position here."""

_TOKEN = re.compile(r"[A-Za-z]{0,8}[-_/#. ]?\d[A-Za-z0-9]*(?:[-_/]\d[A-Za-z0-9]*)*")
_DATE = re.compile(r"^(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4})$")
_NOT_LETTER_OR_DIGIT = re.compile(r"[^A-Z0-9]")
_FOLDED = re.compile(r"[A-Z]*0*(\d[A-Z0-9]*|0)$")
_BEFORE_DIGITS = re.compile(r"^[^0-9]*|[^A-Za-z0-9]")
_O_BESIDE_DIGIT = re.compile(r"(?<=[0-9])O+|O+(?=[0-9])")
_MAX_TEXT = 500
_MAX_TOKENS = 12

# One number that ends the cell, with at most one word without digits before it: then the cell says nothing but this number.
_USUAL = r"^(?:[!-/:-~]+ )?[A-Za-z]{0,8}[-_/#.]?[0-9][A-Za-z0-9]*(?:[-_/][0-9][A-Za-z0-9]*)*$"
# Of these most end in digits alone, with letters and signs before them: the digits are all that counts.
_PLAIN = r"^(?:[!-/:-~]+ )?[A-Za-z]{0,8}[-_/#.]?[0-9]+$"
_ALL_BUT_DIGITS = "".join(chr(sign) for sign in range(32, 127) if not chr(sign).isdigit())
_ENDS_IN_DATE = r"(?:^| )(?:[0-9]{4}[-/.][0-9]{1,2}[-/.][0-9]{1,2}|[0-9]{1,2}[-/.][0-9]{1,2}[-/.][0-9]{2,4})$"


class Mentions(NamedTuple):
    """Every number in a table's cells.

    Attributes
    ----------
    texts
        The distinct numbers, folded, and their digits as written.
    number, written
        Positions in ``texts``; 32-bit until some are taken.
    row, column
        Where it stands; ``column`` is a position in ``NUMBER_COLUMNS``.
    is_whole
        Whether it is all that the cell says.
    """

    texts: pa.StringArray
    number: Ints
    written: Ints
    row: Ints
    column: Ints
    is_whole: Flags

    def take(self, at: Ints) -> "Mentions":
        """Return some of the mentions."""
        number, written, row, column = (
            one[at].astype(np.int64) for one in (self.number, self.written, self.row, self.column)
        )
        return Mentions(self.texts, number, written, row, column, self.is_whole[at])

    def whole(self) -> "Mentions":
        """Return all of the mentions, in numbers that can be reckoned with."""
        return self.take(np.arange(len(self.row)))

    def of_rows(self, rows: Ints, row_count: int) -> "Mentions":
        """Return the mentions of some rows of a table of ``row_count`` rows, numbered by their place among those."""
        place = np.full(row_count, -1, dtype=np.int64)
        place[rows] = np.arange(len(rows))
        kept = self.take(np.flatnonzero(place[self.row] >= 0))
        return kept._replace(row=place[kept.row])


def mentions(table: pa.Table) -> Mentions:
    """Return every number of a table's documents with where it stands.

    Examples
    --------
    >>> found = mentions(pa.table({"number": ["INV-007", None], "description": ["paid", "Order 12 and 13"]}))
    >>> found.texts.take(pa.array(found.number)).to_pylist(), found.row.tolist(), found.is_whole.tolist()
    (['7', '12', '13'], [0, 1, 1], [True, False, False])
    """
    held = [
        (column, table[name].combine_chunks()) for column, name in enumerate(NUMBER_COLUMNS) if name in table.column_names
    ]
    # Many a list says the same in two columns (its id is its number): that is read once.
    place_of = [next(at for at, (_, other) in enumerate(held) if other.equals(cells)) for _, cells in held]
    read = {at: _of_column(held[at][1]) for at in dict.fromkeys(place_of)}
    texts = [one for part in read.values() for one in (part.number, part.written)]
    encoded = pa.concat_arrays([pa.array([], pa.string()), *texts]).dictionary_encode()
    codes = np.split(np.asarray(encoded.indices), np.cumsum([len(one) for one in texts]))[: len(texts)]
    numbers, spellings = (dict(zip(read, codes[first::2], strict=True)) for first in (0, 1))
    # The numbers of a stream wait for every handoff that reads it: kept small until some are taken.
    columns = [np.full(len(read[at].row), column) for (column, _), at in zip(held, place_of, strict=True)]
    own = [[its[at] for at in place_of] for its in (numbers, spellings, {at: part.row for at, part in read.items()})]
    number, written, row, column = (_small(its) for its in (*own, columns))
    is_whole = np.concatenate([np.zeros(0, dtype=bool), *(read[at].is_whole for at in place_of)])
    return Mentions(encoded.dictionary, number, written, row, column, is_whole)


def _small(parts: Sequence[Ints]) -> Ints:
    small: Ints = np.concatenate([np.zeros(0, dtype=np.int32), *(one.astype(np.int32) for one in parts)])
    return small


class _Column(NamedTuple):
    """The numbers of one column, as texts."""

    number: pa.StringArray
    written: pa.StringArray
    row: Ints
    is_whole: Flags


class _Found(NamedTuple):
    """Numbers found in distinct cells: position of the cell, number, digits as written, whether it is the whole cell."""

    cell: Ints
    number: pa.StringArray
    written: pa.StringArray
    is_whole: Flags


def _of_column(values: pa.Array) -> _Column:
    row = np.arange(len(values))
    if pa.types.is_list(values.type):
        row, values = np.asarray(pc.list_parent_indices(values), dtype=np.int64), pc.list_flatten(values)
    encoded = values.cast(pa.string()).dictionary_encode()
    found = _found(encoded.dictionary)
    order = np.argsort(found.cell, kind="stable")
    sizes = np.bincount(found.cell, minlength=len(encoded.dictionary)).astype(np.int64)
    code = np.asarray(pc.fill_null(encoded.indices, -1), dtype=np.int64)
    filled = np.flatnonzero(code >= 0)
    owner, at = rows_of((np.cumsum(sizes) - sizes)[code[filled]], sizes[code[filled]])
    at = order[at]
    return _Column(found.number.take(pa.array(at)), found.written.take(pa.array(at)), row[filled][owner], found.is_whole[at])


def _found(cells: pa.StringArray) -> _Found:
    is_short = pc.less_equal(pc.binary_length(cells), _MAX_TEXT)
    is_plain = pc.and_(pc.match_substring_regex(cells, _PLAIN), is_short)
    plain, other = np.flatnonzero(np.asarray(is_plain)), np.flatnonzero(~np.asarray(is_plain))
    written = pc.ascii_ltrim(cells.take(pa.array(plain)), _ALL_BUT_DIGITS)
    number = pc.ascii_ltrim(written, "0")
    number = pc.if_else(pc.equal(number, ""), "0", number)
    found = _unlike(cells.take(pa.array(other)))
    return _Found(
        np.concatenate([plain, other[found.cell]]),
        pa.concat_arrays([number, found.number]), pa.concat_arrays([written, found.written]),
        np.concatenate([np.ones(len(plain), dtype=bool), found.is_whole]),
    )  # fmt: skip


def _unlike(cells: pa.StringArray) -> _Found:
    """Return the numbers of cells that are more than a word or two, a sign and digits."""
    is_ascii = pc.string_is_ascii(cells)
    is_usual = pc.and_(pc.match_substring_regex(cells, _USUAL), pc.less_equal(pc.binary_length(cells), _MAX_TEXT))
    is_usual = pc.and_not(is_usual, pc.match_substring_regex(cells, _ENDS_IN_DATE))
    usual = np.flatnonzero(np.asarray(is_usual))
    number, written = _usual_numbers(cells.take(pa.array(usual)))
    # A digit of another script counts as well.
    may_have = pc.or_(pc.match_substring_regex(cells, "[0-9]"), pc.invert(is_ascii))
    other = np.flatnonzero(np.asarray(pc.and_not(may_have, is_usual)))
    read = [
        (cell, *one)
        for cell, text in zip(other.tolist(), cells.take(pa.array(other)).to_pylist(), strict=True)
        for one in cell_numbers(text)
    ]
    return _Found(
        np.concatenate([usual, np.array([one[0] for one in read], dtype=np.int64)]),
        pa.concat_arrays([number, pa.array([one[1] for one in read], pa.string())]),
        pa.concat_arrays([written, pa.array([one[2] for one in read], pa.string())]),
        np.concatenate([np.ones(len(usual), dtype=bool), np.array([one[3] for one in read], dtype=bool)]),
    )


def _usual_numbers(cells: pa.StringArray) -> tuple[pa.StringArray, pa.StringArray]:
    """Return the one number of cells of the usual shape, folded, and its digits as written."""
    upper = pc.ascii_upper(cells)
    bare = pc.replace_substring_regex(upper, "[^A-Z0-9]", "")
    beside = np.flatnonzero(np.asarray(pc.match_substring_regex(bare, "[0-9]O|O[0-9]")))
    if len(beside):
        read = [_with_zeros(text) for text in bare.take(pa.array(beside)).to_pylist()]
        mask = np.zeros(len(bare), dtype=bool)
        mask[beside] = True
        bare = pc.replace_with_mask(bare, pa.array(mask), pa.array(read, pa.string()))
    number = pc.replace_substring_regex(bare, "^[A-Z]*0*([0-9][A-Z0-9]*)$", r"\1")
    written = pc.replace_substring_regex(pc.replace_substring_regex(upper, "^[^0-9]*", ""), "[^A-Z0-9]", "")
    return number, written


def folded_number(text: str) -> str:
    """Return a quoted number without prefix letters, separators and leading zeros; empty where it has no digit.

    Examples
    --------
    >>> [folded_number(one) for one in ("INV-00123", "#1042", "so 1O42", "2026/17", "none")]
    ['123', '1042', '1042', '202617', '']
    """
    bare = _NOT_LETTER_OR_DIGIT.sub("", text.upper())
    if "O" in bare:
        bare = _with_zeros(bare)
    match = _FOLDED.match(bare)
    if match:
        return match.group(1)
    return bare if any(sign.isdigit() for sign in bare) else ""


def cell_numbers(cell: str) -> list[tuple[str, str, bool]]:
    """Return the numbers of a cell, each with its digits as written, and whether it is all that the cell says.

    Examples
    --------
    >>> cell_numbers("Order #1042"), cell_numbers("12 boxes, 2026-10-05")
    ([('1042', '1042', True)], [('12', '12', False)])
    """
    text = cell[:_MAX_TEXT]
    result: dict[str, tuple[str, bool]] = {}
    pieces = text.split()
    if len(pieces) <= 2 and sum(any(sign.isdigit() for sign in piece) for piece in pieces) == 1:
        whole = folded_number(text)
        if whole and not any(_DATE.match(piece) for piece in pieces):
            result[whole] = (_digits(text), True)
    for match in _TOKEN.finditer(text):
        token = match.group().strip()
        number = folded_number(token)
        if number and number not in result and not _DATE.match(token):
            result[number] = (_digits(token), False)
            if len(result) >= _MAX_TOKENS:
                break
    return [(number, written, is_whole) for number, (written, is_whole) in result.items()]


def _with_zeros(bare: str) -> str:
    return _O_BESIDE_DIGIT.sub(lambda found: "0" * len(found.group()), bare)


def _digits(text: str) -> str:
    """Return what stands from the first digit on, without separators, as written."""
    return _BEFORE_DIGITS.sub("", text).upper()
