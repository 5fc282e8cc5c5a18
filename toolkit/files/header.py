"""Which row of a table names its columns.

Exports put a company, a title and a period above the table, and some banks write no header at all. The header is the first
of the first 15 rows in which most cells are known names; where no row is known, the first row that is as wide as the rows
below it and reads like names.
"""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import islice, pairwise

from toolkit.interpret.header_words import header_words

MAX_HEADER_ROW = 15
MAX_PREAMBLE_ROWS = 100
_MOST = 0.7

_DATE = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?:[ T]\d.*)?|\d{1,2}[- ][A-Za-z]{3,9}[- ]\d{2,4}|\d{8,14}(?:\.\d+)?")
_AMOUNT = re.compile(r"[-+(]{0,2}(?:[A-Z]{3} ?|[$£€¥])?[-+]?[ ]?\d[\d.,'\u00a0\u202f ]*(?:[A-Z]{3}|[$£€¥%])?\)?-?")
_DOTTED_DATE = re.compile(r"\d{1,2}\.\d{1,2}\.(?:\d{2}|\d{4})")
_ADDRESS = re.compile(r"\S+@\S+\.\S+|(?:https?://|www\.)\S*", re.IGNORECASE)
# Column titles such as the age bands "1 - 30" and the years of a pivot.
_NUMERIC_TITLE = re.compile(r"\d{1,3} ?- ?\d{1,3}|(?:19|20)\d\d")
_NUMBERED = re.compile(r"([^\W\d_][\w .-]{0,40}?)(\d{1,9})")
_MIN_NAMES = 3
_MIN_KNOWN = 2
_VALUE_WORDS = frozenset({"true", "false", "yes", "no", "n/a", "null", "none", "-", "*"})
_BLANKS = " \t\r\n\v\f\u00a0\u2007\u202f\u3000\ufeff"


def stripped(cell: str | None) -> str:
    """Return ``cell`` without surrounding blanks, no-break spaces and a byte-order mark.

    Examples
    --------
    >>> stripped("\ufeff Name\u00a0")
    'Name'
    """
    return (cell or "").strip(_BLANKS)


def normal_name(name: str) -> str:
    """Return a column name as names are compared: without blanks and required marks, in one case.

    Examples
    --------
    >>> normal_name(" *ContactName ")
    'contactname'
    """
    return stripped(name).strip("*").strip(_BLANKS).casefold()


def is_amount(cell: str) -> bool:
    """Say whether a cell reads like a number or an amount of money, and not like a date.

    Examples
    --------
    >>> [is_amount(cell) for cell in ("1,234.50", "(12.00)", "-$5", "USD 1.315,00", "20.11.2026", "12 Main St")]
    [True, True, True, True, False, False]
    """
    cell = stripped(cell)
    return 0 < len(cell) <= 40 and bool(_AMOUNT.fullmatch(cell)) and not _DOTTED_DATE.fullmatch(cell)


def is_address(cell: str) -> bool:
    """Say whether a cell is an e-mail or web address.

    Examples
    --------
    >>> [is_address(cell) for cell in ("anna@example.com", "www.example.com", "12 Main St")]
    [True, True, False]
    """
    return bool(_ADDRESS.fullmatch(stripped(cell)[:400]))


def is_date(cell: str) -> bool:
    """Say whether a cell reads like a date, perhaps with a time.

    Examples
    --------
    >>> [is_date(cell) for cell in ("2026-08-01T00:00:00", "1.8.2026", "02 Sep 2026", "12.50")]
    [True, True, True, False]
    """
    return bool(_DATE.fullmatch(stripped(cell)[:40]))


def header_position(rows: Sequence[Sequence[str]], known_headers: frozenset[str] = frozenset()) -> int | None:
    """Return the index of the header among the first rows of a table; none where the table has no header.

    Parameters
    ----------
    rows
        The first rows that are not empty, some 200, each with its own number of cells.
    known_headers
        Names of columns that exports are known to have, in any case.

    Examples
    --------
    >>> header_position([["Harbor & Pine"], ["Customer list"], ["Name", "Phone"], ["Acme", "555-0100"]])
    2
    >>> header_position([["01/02/2026", "-45.00", "*", "", "CHECK 12"]]) is None
    True
    """
    known = frozenset(map(normal_name, known_headers))
    width = max((_extent(row) for row in rows), default=0)
    top = [[stripped(cell) for cell in row] for row in rows[: _searched(rows) if width > 1 else MAX_HEADER_ROW]]
    index = _known_position(top, width, known)
    if index is not None:
        return index
    extent = _body_extent(rows)
    found = [
        index
        for index, row in enumerate(top)
        # A last column without a name is legal: the row still has its cell.
        if (_extent(row) >= extent or (len(row) >= extent == _extent(row) + 1 and sum(map(bool, row)) > 2))
        and (_is_names(row) or _is_known_over_values(row, rows[index + 1 :]))
    ]
    # A balance above the table has words and an amount; the names of columns stand without amounts.
    return next((index for index in found if not any(map(_is_plain_value, top[index]))), next(iter(found), None))


def _is_plain_value(cell: str) -> bool:
    return bool(cell) and not _NUMERIC_TITLE.fullmatch(cell) and (is_amount(cell) or is_date(cell))


def has_known_header(rows: Sequence[Sequence[str]], known_headers: frozenset[str]) -> bool:
    """Say whether one of the first rows is mostly names of columns that exports are known to have."""
    top = [[stripped(cell) for cell in row] for row in rows[:MAX_HEADER_ROW]]
    width = max((_extent(row) for row in rows), default=0)
    return _known_position(top, width, frozenset(map(normal_name, known_headers))) is not None


def _known_position(top: Sequence[Sequence[str]], width: int, known: frozenset[str]) -> int | None:
    for index, row in enumerate(top):
        filled = [cell for cell in row if cell]
        if known and len(filled) >= min(2, width) and 2 * sum(normal_name(cell) in known for cell in filled) > len(filled):
            return index
    return None


def header_place(rows: Sequence[Sequence[str]], known_headers: frozenset[str] = frozenset()) -> tuple[int | None, bool]:
    """Return the index of the header as ``header_position`` does, and whether the rows above it are records too.

    Parameters
    ----------
    rows, known_headers
        As for ``header_position``.
    """
    position = header_position(rows, known_headers)
    if position is None:
        position = buried_header(rows)
        return position, position is not None
    return position, position > 0 and rows_above_are_records(rows[:position], rows[position], rows[position + 1 :])


def _searched(rows: Sequence[Sequence[str]]) -> int:
    """Return among how many rows a header is looked for: a long preamble has lines of one cell."""
    with_several = (index for index, row in enumerate(rows) if len([*islice(filter(stripped, row), 2)]) > 1)
    several = [*islice(with_several, MAX_HEADER_ROW)]
    last = several[MAX_HEADER_ROW - 1] + 1 if len(several) >= MAX_HEADER_ROW else len(rows)
    return min(max(last, MAX_HEADER_ROW), MAX_PREAMBLE_ROWS)


def rows_above_are_records(above: Sequence[Sequence[str]], header: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Say whether the rows above a header are records like those below it, as in a list that was sorted with its header.

    Parameters
    ----------
    above, below
        The rows on each side of the header, each with its own number of cells.
    header
        The names of the columns.

    Examples
    --------
    >>> rows_above_are_records([["A", "1 May", "5"]], ["Name", "On", "Net"], [["B", "2 May", "6"], ["C", "3 May", "7"]])
    True
    >>> rows_above_are_records([["Account", "12345"]], ["Date", "Text", "Net"], [["1 May", "Bolt", "6.00"]])
    False
    """
    places = [place for place, name in enumerate(header) if stripped(name)]
    digits = [place for place in places if _share_with_digits(below, place) > _MOST]
    texts = [place for place in places if _share_with_digits(below, place) < 1 - _MOST]
    return (
        bool(above and below and digits)
        and len(places) >= _MIN_NAMES
        and all(sum(map(bool, map(stripped, row))) >= _MOST * len(places) for row in above)
        and all(_share_with_digits(above, place) > _MOST for place in digits)
        and all(_share_with_digits(above, place) < 1 - _MOST for place in texts)
    )


def buried_note(line: int) -> str:
    """Return what a table says whose header stands between its rows."""
    return f"The names of the columns stand in line {line:,}, between the rows; the rows above it were read too."


def buried_header(rows: Sequence[Sequence[str]]) -> int | None:
    """Return the index of a header between records; none where no row is surely one.

    Examples
    --------
    >>> buried_header([["Acme", "5.00", "1.8."], ["Customer", "Net", "On"], ["Bolt", "6.00", "2.8."], ["Cove", "7", "3.8."]])
    1
    """
    for index, row in enumerate(rows):
        cells = [stripped(cell) for cell in row]
        filled = [cell for cell in cells if cell]
        if len(filled) < _MIN_NAMES or len(set(filled)) < len(filled) or not all(map(is_name, filled)):
            continue
        values = [
            place
            for place, cell in enumerate(cells)
            if cell and not re.search(r"\d", cell) and _share_with_digits(rows, place) > _MOST
        ]
        if 2 * len(values) > len(filled) and rows_above_are_records(rows[:index], row, rows[index + 1 :]):
            return index
    return None


def _share_with_digits(rows: Sequence[Sequence[str]], place: int) -> float:
    texts = [row[place] for row in rows if place < len(row) and stripped(row[place])]
    return sum(bool(re.search(r"\d", text)) for text in texts) / len(texts) if texts else 0.0


def _extent(row: Sequence[str]) -> int:
    """Return the number of cells up to the last filled one."""
    return next((index for index in range(len(row), 0, -1) if stripped(row[index - 1])), 0)


def _body_extent(rows: Sequence[Sequence[str]]) -> int:
    extents = [_extent(row) for row in rows]
    several = Counter(extent for row, extent in zip(rows, extents, strict=True) if sum(map(bool, row)) > 1)
    counts = several or Counter(extents)
    # Facts above a short table are many narrow rows; one row with a stray cell far off is no table either.
    return max(counts, key=lambda extent: (min(counts[extent], 2), counts[extent] * (extent - 1), extent), default=0)


def _is_names(row: Sequence[str]) -> bool:
    filled = [cell for cell in row if cell]
    if not filled or any(map(is_address, filled)):
        return False
    # Most columns of a real header are named; a title with a far-off remark is not a header.
    if 2 * len(filled) < _extent(row):
        return False
    return sum(map(is_name, filled)) >= 0.6 * len(filled) or _is_numbered(filled)


def _is_known_over_values(row: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Say whether a row with no value in it has words of headers ("Customer", "Date"), one of them over dates or amounts.

    The other cells may look like codes: ``F0``, ``F1``, ``F2``.
    """
    filled = [cell for cell in row if cell]
    if 2 * len(filled) < _extent(row) or any(map(_is_no_name, filled)):
        return False
    words = dict(zip(filled, header_words(filled), strict=True))
    known = [
        place
        for place, cell in enumerate(row)
        if cell and is_name(cell) and (reading := words[cell].readings[0]) and all(word.concepts for word in reading)
    ]
    count = len({row[place] for place in known})
    return count >= _MIN_KNOWN and any(_share_of_values(below, place) > _MOST for place in known)


def _is_no_name(cell: str) -> bool:
    return _is_plain_value(cell) or is_address(cell) or cell.casefold() in _VALUE_WORDS


def _share_of_values(rows: Sequence[Sequence[str]], place: int) -> float:
    texts = [stripped(row[place]) for row in rows if place < len(row) and stripped(row[place])]
    return sum(map(_is_plain_value, texts)) / len(texts) if texts else 0.0


def _is_numbered(cells: Sequence[str]) -> bool:
    """Say whether the cells are one word with rising numbers: ``Col 998``, ``Col 999``, ``Col 1000``."""
    pieces = [_NUMBERED.fullmatch(cell) for cell in cells]
    if len(cells) < _MIN_NAMES or None in pieces:
        return False
    words, numbers = zip(*(piece.groups() for piece in pieces if piece), strict=True)
    return len(set(words)) == 1 and all(int(one) + 1 == int(other) for one, other in pairwise(numbers))


def is_name(cell: str) -> bool:
    """Say whether a cell may name a column: more letters than digits, and no date, amount or usual value.

    Examples
    --------
    >>> [is_name(cell) for cell in ("Invoice no", "2026", "1,200.00", "yes")]
    [True, True, False, False]
    """
    if len(cell) > 120 or cell.casefold() in _VALUE_WORDS:
        return False
    if _NUMERIC_TITLE.fullmatch(cell):
        return True
    if _DATE.fullmatch(cell) or is_amount(cell):
        return False
    letters, digits = sum(map(str.isalpha, cell)), sum(map(str.isdigit, cell))
    return letters > digits
