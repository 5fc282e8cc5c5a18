"""Numbers that one document quotes of another: found in ids, numbers, references and free text.

Numbers are folded before they are compared: case, prefix letters, separators and leading zeros go; O beside a digit is 0.
Two systems often count with the same digits and mean different things, so a pair of columns is believed only where the
documents it joins also agree in party or amount.
"""

import re
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from toolkit.match.comparison import Floats, Ints, Levels
from toolkit.match.documents.side import Flags
from toolkit.match.texts.words import rows_of

LEVELS = ("another document's number", "a short number in common", "one number, written otherwise", "the same number")
CLAIMED, SHORT, OTHERWISE, VERBATIM = 1, 2, 3, 4

_OWN_COLUMNS = ("record_id", "number", "alt_ids")
_QUOTING_COLUMNS = ("deal_ref", "invoice_ref", "reference", "number", "name", "description")
_COLUMNS = tuple(dict.fromkeys((*_OWN_COLUMNS, *_QUOTING_COLUMNS)))
_STRUCTURED = np.isin(_COLUMNS, ("deal_ref", "invoice_ref", "reference"))

_TOKEN = re.compile(r"[A-Za-z]{0,8}[-_/#. ]?\d[A-Za-z0-9]*(?:[-_/]\d[A-Za-z0-9]*)*")
_DATE = re.compile(r"^(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4})$")
_NOT_LETTER_OR_DIGIT = re.compile(r"[^A-Z0-9]")
_FOLDED = re.compile(r"[A-Z]*0*(\d[A-Z0-9]*|0)$")
_BEFORE_DIGITS = re.compile(r"^[^0-9]*|[^A-Za-z0-9]")
_O_BESIDE_DIGIT = re.compile(r"(?<=[0-9])O+|O+(?=[0-9])")
_MAX_TEXT = 500
_MAX_TOKENS = 12
_MAX_SHARERS = 25
_MOST_BITS, _MOST_BITS_OF_TWO_DIGITS = 16.0, 8.0
_BITS_BY_LENGTH = np.array([0.0, 0.0, 2.0, 6.0, _MOST_BITS])
# Between two that fold to one number, the one written alike.
_VERBATIM_BITS = 1.0
_CLAIMING_BITS = 4.0


class Quotes(NamedTuple):
    """Pairs that share a number, in order of their rows: the bits it is worth, whether it is written alike.

    ``is_claimed_l`` and ``is_claimed_r`` mark rows that share a trusted number with anything: for another partner that
    counts against.
    """

    left: Ints
    right: Ints
    bits: Floats
    is_verbatim: Flags
    is_claimed_l: Flags
    is_claimed_r: Flags

    def of(self, rows_l: Ints, rows_r: Ints) -> tuple[Levels, Floats]:
        """Return the level of pairs, and what it is worth that they share a number."""
        level = np.where(self.is_claimed_l[rows_l] | self.is_claimed_r[rows_r], CLAIMED, 0).astype(np.uint8)
        bits = np.zeros(len(rows_l))
        if len(self.left):
            base = np.int64(len(self.is_claimed_r) + 1)
            known, wanted = self.left * base + self.right, rows_l * base + rows_r
            at = np.minimum(np.searchsorted(known, wanted), len(known) - 1)
            is_own = known[at] == wanted
            worth = np.where(self.is_verbatim, VERBATIM, OTHERWISE)
            worth[self.bits < _CLAIMING_BITS] = SHORT
            level[is_own], bits[is_own] = worth[at[is_own]], self.bits[at[is_own]]
        return level, bits


class _Mentions(NamedTuple):
    """Every number in a table's cells: codes of number and spelling, where it stands, whether it is all the cell says."""

    number: Ints
    written: Ints
    row: Ints
    column: Ints
    is_whole: Flags

    def take(self, rows: Ints) -> "_Mentions":
        """Return some of the mentions."""
        return _Mentions(self.number[rows], self.written[rows], self.row[rows], self.column[rows], self.is_whole[rows])


def folded_number(text: str) -> str:
    """Return a quoted number without prefix letters, separators and leading zeros; empty where it has no digit.

    Examples
    --------
    >>> [folded_number(one) for one in ("INV-00123", "#1042", "so 1O42", "2026/17", "none")]
    ['123', '1042', '1042', '202617', '']
    """
    bare = _NOT_LETTER_OR_DIGIT.sub("", text.upper())
    if "O" in bare:
        bare = _O_BESIDE_DIGIT.sub(lambda found: "0" * len(found.group()), bare)
    match = _FOLDED.match(bare)
    if match:
        return match.group(1)
    return bare if any(sign.isdigit() for sign in bare) else ""


def quotes(left: pa.Table, right: pa.Table, corroborated: Callable[[Ints, Ints], Floats]) -> Quotes:
    """Return the pairs of rows that share a number in columns that can be believed.

    Parameters
    ----------
    left, right
        Document tables.
    corroborated
        Given rows of both sides: 1 where party or amount agree, 0 where both are known and disagree, NaN where
        nothing can be said.
    """
    codes: dict[str, int] = {}
    on_left, _ = _of_few(_mentions(left, codes))
    on_right, sharers_r = _of_few(_mentions(right, codes))
    lengths = np.array([len(text) for text in codes], dtype=np.int64)
    start = np.searchsorted(on_right.number, on_left.number, "left")
    owner, at = rows_of(start, np.searchsorted(on_right.number, on_left.number, "right") - start)
    length = lengths[on_left.number[owner]]
    is_both_whole = on_left.is_whole[owner] & on_right.is_whole[at]
    whole = np.where(length <= 2, _MOST_BITS_OF_TWO_DIGITS, _MOST_BITS)
    most = np.where(is_both_whole, whole, _BITS_BY_LENGTH[np.minimum(length, 4)])
    bits = np.minimum(most, np.log2(max(right.num_rows, 2) / sharers_r[at]) + 4)
    is_verbatim = on_left.written[owner] == on_right.written[at]
    shared = (on_left.row[owner], on_right.row[at], bits + np.where(is_verbatim, _VERBATIM_BITS, 0.0), is_verbatim)
    is_believed = _believed(shared[0], shared[1], on_left.column[owner], on_right.column[at], corroborated)
    best = _best(*(one[is_believed & (bits > 0)] for one in shared))
    claims = best[2] >= _CLAIMING_BITS
    is_claimed_l, is_claimed_r = np.zeros(left.num_rows, dtype=bool), np.zeros(right.num_rows, dtype=bool)
    is_claimed_l[best[0][claims]] = True
    is_claimed_r[best[1][claims]] = True
    return Quotes(*best, is_claimed_l, is_claimed_r)


def _believed(
    rows_l: Ints, rows_r: Ints, column_l: Ints, column_r: Ints, corroborated: Callable[[Ints, Ints], Floats]
) -> Flags:
    """Return which mentions stand in two columns whose numbers mean the same documents."""
    result = np.zeros(len(rows_l), dtype=bool)
    columns = column_l * len(_COLUMNS) + column_r
    for pair in np.flatnonzero(np.bincount(columns, minlength=1)).tolist():
        own = np.flatnonzero(columns == pair)
        known = corroborated(rows_l[own], rows_r[own])
        known = known[~np.isnan(known)]
        if len(known):
            result[own] = (known.sum() + 0.5) / (len(known) + 1) >= 0.5
        else:
            result[own] = _STRUCTURED[pair // len(_COLUMNS)] | _STRUCTURED[pair % len(_COLUMNS)]
    return result


def _best(rows_l: Ints, rows_r: Ints, bits: Floats, is_verbatim: Flags) -> tuple[Ints, Ints, Floats, Flags]:
    """Return each pair of rows once, with the number that is worth most."""
    order = np.lexsort((~is_verbatim, -bits, rows_r, rows_l))
    is_first = np.ones(len(order), dtype=bool)
    is_first[1:] = (np.diff(rows_l[order]) != 0) | (np.diff(rows_r[order]) != 0)
    own = order[is_first]
    return rows_l[own], rows_r[own], bits[own], is_verbatim[own]


def _of_few(mentions: _Mentions) -> tuple[_Mentions, Ints]:
    """Return the mentions, in order of their number, that few rows share within a column, and how many rows do."""
    order = np.lexsort((mentions.row, mentions.column, mentions.number))
    ordered = mentions.take(order)
    is_new = np.ones(len(order), dtype=bool)
    is_new[1:] = (np.diff(ordered.number) != 0) | (np.diff(ordered.column) != 0)
    group = np.cumsum(is_new) - 1
    is_new_row = is_new.copy()
    is_new_row[1:] |= np.diff(ordered.row) != 0
    sharers = np.bincount(group, weights=is_new_row, minlength=1)[group] if len(order) else np.zeros(0)
    few = sharers <= _MAX_SHARERS
    return ordered.take(np.flatnonzero(few)), np.asarray(sharers[few], dtype=np.int64)


def _mentions(table: pa.Table, codes: dict[str, int]) -> _Mentions:
    """Return every number of a table's documents with where it stands; ``codes`` grows by the texts met."""
    found: list[tuple[int, int, int, int, bool]] = []
    for column, name in enumerate(_COLUMNS):
        if name not in table.column_names:
            continue
        known: dict[str, list[tuple[int, int, bool]]] = {}
        for row, cell in enumerate(table[name].to_pylist()):
            for text in cell if isinstance(cell, list) else [cell]:
                if not text:
                    continue
                if text not in known:
                    known[text] = [
                        (codes.setdefault(number, len(codes)), codes.setdefault(written, len(codes)), is_whole)
                        for number, written, is_whole in _numbers(text[:_MAX_TEXT])
                    ]
                found += [(number, written, row, column, is_whole) for number, written, is_whole in known[text]]
    columns = np.array(found, dtype=np.int64).reshape(-1, 5).T
    return _Mentions(columns[0], columns[1], columns[2], columns[3], columns[4].astype(bool))


def _numbers(text: str) -> list[tuple[str, str, bool]]:
    """Return the numbers of a cell, each with its digits as written, and whether it is all that the cell says."""
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


def _digits(text: str) -> str:
    """Return what stands from the first digit on, without separators, as written."""
    return _BEFORE_DIGITS.sub("", text).upper()
