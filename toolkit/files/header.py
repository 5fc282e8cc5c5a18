"""Which row of a table names its columns.

Exports put a company, a title and a period above the table, and some banks write no header at all. The header is the first
of the first 15 rows in which most cells are known names; where no row is known, the first row that is as wide as the rows
below it and reads like names.
"""

import re
from collections import Counter
from collections.abc import Sequence

MAX_HEADER_ROW = 15

_DATE = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?:[ T]\d.*)?|\d{1,2}[- ][A-Za-z]{3,9}[- ]\d{2,4}|\d{8,14}(?:\.\d+)?")
_AMOUNT = re.compile(r"[-+(]{0,2}(?:[A-Z]{3} ?|[$£€¥])?[-+]?[ ]?\d[\d.,'\u00a0\u202f ]*(?:[A-Z]{3}|[$£€¥%])?\)?-?")
_DOTTED_DATE = re.compile(r"\d{1,2}\.\d{1,2}\.(?:\d{2}|\d{4})")
_ADDRESS = re.compile(r"\S+@\S+\.\S+|(?:https?://|www\.)\S*", re.IGNORECASE)
# Column titles such as the age bands "1 - 30" and the years of a pivot.
_NUMERIC_TITLE = re.compile(r"\d{1,3} ?- ?\d{1,3}|(?:19|20)\d\d")
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
    top = [[stripped(cell) for cell in row] for row in rows[:MAX_HEADER_ROW]]
    width = max((_extent(row) for row in rows), default=0)
    for index, row in enumerate(top):
        filled = [cell for cell in row if cell]
        if known and len(filled) >= min(2, width) and 2 * sum(normal_name(cell) in known for cell in filled) > len(filled):
            return index
    extent = _body_extent(rows)
    for index, row in enumerate(top):
        # A last column without a name is legal: the row still has its cell.
        is_wide = _extent(row) >= extent or (len(row) >= extent == _extent(row) + 1 and sum(map(bool, row)) > 2)
        if is_wide and _is_names(row):
            return index
    return None


def _extent(row: Sequence[str]) -> int:
    """Return the number of cells up to the last filled one."""
    return max((index + 1 for index, cell in enumerate(row) if stripped(cell)), default=0)


def _body_extent(rows: Sequence[Sequence[str]]) -> int:
    extents = [_extent(row) for row in rows]
    several = Counter(extent for row, extent in zip(rows, extents, strict=True) if sum(map(bool, row)) > 1)
    counts = several or Counter(extents)
    return max(counts, key=lambda extent: (counts[extent], extent), default=0)


def _is_names(row: Sequence[str]) -> bool:
    filled = [cell for cell in row if cell]
    if not filled or any(_ADDRESS.fullmatch(cell[:400]) for cell in filled):
        return False
    # Most columns of a real header are named; a title with a far-off remark is not a header.
    if 2 * len(filled) < _extent(row):
        return False
    return sum(map(is_name, filled)) >= 0.6 * len(filled)


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
