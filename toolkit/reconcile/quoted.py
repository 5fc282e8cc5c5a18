"""Numbers that one document quotes of another: found in ids, numbers, references and free text.

Numbers are folded before they are compared: case, prefix letters, separators and leading zeros go; O beside a digit is 0.
Two systems often count with the same digits and mean different things, so a pair of columns is believed only where the
documents it joins also agree in party or amount.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

OWN_COLUMNS = ("record_id", "number", "alt_ids")
QUOTING_COLUMNS = ("deal_ref", "invoice_ref", "reference", "number", "name", "description")
_STRUCTURED = frozenset({"deal_ref", "invoice_ref", "reference"})

Integers = npt.NDArray[np.int64]
Numbers = npt.NDArray[np.float64]

_TOKEN = re.compile(r"[A-Za-z]{0,8}[-_/#. ]?\d[A-Za-z0-9]*(?:[-_/]\d[A-Za-z0-9]*)*")
_DATE = re.compile(r"^(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4})$")
_O_BESIDE_DIGIT = re.compile(r"(?<=[0-9])O+|O+(?=[0-9])")
_MAX_TEXT = 500
_MAX_SHARERS = 25
# Between two that fold to one number, the one written alike.
_VERBATIM_BITS = 1.0


@dataclass(frozen=True, slots=True)
class Quotes:
    """Pairs that share a number: rows of the left and right, the bits it is worth, and what it stands in.

    ``claimed_l`` and ``claimed_r`` name rows that share a trusted number with anything: for another partner that
    counts against.
    """

    left: Integers
    right: Integers
    bits: Numbers
    basis: list[str]
    claimed_l: frozenset[int]
    claimed_r: frozenset[int]


@dataclass(frozen=True, slots=True)
class _Mention:
    row: int
    column: str
    is_whole: bool
    written: str


def folded_number(text: str) -> str:
    """Return a quoted number without prefix letters, separators and leading zeros; empty where it has no digit.

    Examples
    --------
    >>> [folded_number(one) for one in ("INV-00123", "#1042", "so 1O42", "2026/17", "none")]
    ['123', '1042', '1042', '202617', '']
    """
    bare = re.sub(r"[^A-Z0-9]", "", text.upper())
    bare = _O_BESIDE_DIGIT.sub(lambda found: "0" * len(found.group()), bare)
    match = re.match(r"[A-Z]*0*(\d[A-Z0-9]*|0)$", bare)
    if match:
        return match.group(1)
    return bare if any(sign.isdigit() for sign in bare) else ""


def quotes(left: pa.Table, right: pa.Table, corroborates: Callable[[Integers, Integers], Numbers]) -> Quotes:
    """Return the pairs of rows that share a number in columns that can be believed.

    Parameters
    ----------
    left, right
        Document tables.
    corroborates
        Given rows of both sides: 1 where party or amount agree, 0 where both are known and disagree, NaN where
        nothing can be said.
    """
    mentions_l, mentions_r = _mentions(left), _mentions(right)
    shared: dict[tuple[str, str], dict[tuple[int, int], float]] = defaultdict(dict)
    for token, on_left in mentions_l.items():
        on_right = mentions_r.get(token, ())
        for (column_l, column_r), pairs in _joined(on_left, on_right).items():
            sharers = len({one.row for _, one in pairs})
            if len({one.row for one, _ in pairs}) > _MAX_SHARERS or sharers > _MAX_SHARERS:
                continue
            for one, other in pairs:
                bits = min(_most_bits(token, one, other), np.log2(max(right.num_rows, 2) / sharers) + 4)
                if one.written == other.written:
                    bits += _VERBATIM_BITS
                pair = (one.row, other.row)
                shared[column_l, column_r][pair] = max(bits, shared[column_l, column_r].get(pair, 0.0))
    return _believed(shared, corroborates)


def _believed(
    shared: dict[tuple[str, str], dict[tuple[int, int], float]],
    corroborates: Callable[[Integers, Integers], Numbers],
) -> Quotes:
    best: dict[tuple[int, int], tuple[float, str]] = {}
    for (column_l, column_r), pairs in sorted(shared.items()):
        rows = np.array(list(pairs), dtype=np.int64).reshape(-1, 2)
        known = corroborates(rows[:, 0], rows[:, 1])
        known = known[~np.isnan(known)]
        is_structured = column_r in _STRUCTURED or column_l in _STRUCTURED
        if len(known) == 0 and not is_structured:
            continue
        if len(known) and (known.sum() + 0.5) / (len(known) + 1) < 0.5:
            continue
        for pair, bits in pairs.items():
            if bits > best.get(pair, (0.0, ""))[0]:
                best[pair] = (bits, f"{_words(column_l)} in {_words(column_r)}")
    ordered = sorted(best)
    return Quotes(
        left=np.array([pair[0] for pair in ordered], dtype=np.int64),
        right=np.array([pair[1] for pair in ordered], dtype=np.int64),
        bits=np.array([best[pair][0] for pair in ordered], dtype=np.float64),
        basis=[best[pair][1] for pair in ordered],
        claimed_l=frozenset(pair[0] for pair in ordered if best[pair][0] >= 4),
        claimed_r=frozenset(pair[1] for pair in ordered if best[pair][0] >= 4),
    )


def _words(column: str) -> str:
    return {"record_id": "id", "alt_ids": "id"}.get(column, column.replace("_", " "))


def _most_bits(token: str, one: _Mention, other: _Mention) -> float:
    """Short numbers turn up by chance, unless they are all that a cell says on both sides."""
    length = len(token)
    if one.is_whole and other.is_whole:
        return 8.0 if length <= 2 else 16.0
    return {1: 0.0, 2: 2.0, 3: 6.0}.get(length, 16.0)


def _joined(
    on_left: Iterable[_Mention], on_right: Iterable[_Mention]
) -> dict[tuple[str, str], list[tuple[_Mention, _Mention]]]:
    result: dict[tuple[str, str], list[tuple[_Mention, _Mention]]] = defaultdict(list)
    by_column_l, by_column_r = defaultdict(list), defaultdict(list)
    for one in on_left:
        by_column_l[one.column].append(one)
    for one in on_right:
        by_column_r[one.column].append(one)
    for column_l, lefts in by_column_l.items():
        for column_r, rights in by_column_r.items():
            if len(lefts) <= 4 * _MAX_SHARERS and len(rights) <= 4 * _MAX_SHARERS:
                result[column_l, column_r] = [(one, other) for one in lefts for other in rights]
    return result


def _mentions(table: pa.Table) -> dict[str, list[_Mention]]:
    """Return every number of a table's documents with where it stands."""
    found: dict[str, list[_Mention]] = defaultdict(list)
    for column in dict.fromkeys((*OWN_COLUMNS, *QUOTING_COLUMNS)):
        if column not in table.column_names:
            continue
        for row, cell in enumerate(table[column].to_pylist()):
            tokens: set[tuple[str, bool, str]] = set()
            for text in cell if isinstance(cell, list) else [cell]:
                if text:
                    tokens.update(_tokens(text[:_MAX_TEXT]))
            for token, is_whole, written in tokens:
                found[token].append(_Mention(row, column, is_whole, written))
    return found


def _tokens(text: str) -> set[tuple[str, bool, str]]:
    """Return the numbers of a cell, each with whether it is all that the cell says, and its digits as written."""
    result = set()
    pieces = text.split()
    if len(pieces) <= 2 and sum(any(sign.isdigit() for sign in piece) for piece in pieces) == 1:
        whole = folded_number(text)
        if whole and not any(_DATE.match(piece) for piece in pieces):
            result.add((whole, True, _digits(text)))
    for match in _TOKEN.finditer(text):
        token = match.group().strip()
        number = folded_number(token)
        if number and not _DATE.match(token) and not any(one[0] == number for one in result):
            result.add((number, False, _digits(token)))
    return result


def _digits(text: str) -> str:
    """Return what stands from the first digit on, without separators, as written."""
    return re.sub(r"^[^0-9]*|[^A-Za-z0-9]", "", text).upper()
