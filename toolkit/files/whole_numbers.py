"""Whole numbers that a number type wrote with zeros behind the point, such as an id ``1000.000000000``.

A column is one of them where every value has one zero there (a column of floats with gaps) or four and more (decimals of a
database). Two zeros are money, and three may be thousands.
"""

import re
from collections.abc import Sequence

import pyarrow as pa
import pyarrow.compute as pc

_WHOLE = r"^-?\d{1,30}\.(?:0|0{4,})$"
_SHOWN = 5
_WHOLE_TEXT = re.compile(_WHOLE)


def without_empty_fractions(cells: pa.Table, headers: Sequence[str]) -> tuple[pa.Table, tuple[str, ...]]:
    """Return the text columns with whole numbers as such, and a note that names the columns that were changed.

    Examples
    --------
    >>> import pyarrow as pa
    >>> cells = pa.table({"c0": ["1000.000000000", None], "c1": ["5.00", "6.00"]})
    >>> table, notes = without_empty_fractions(cells, ["Id", "Net"])
    >>> table["c0"].to_pylist(), table["c1"].to_pylist(), notes
    (['1000', None], ['5.00', '6.00'], ("Zeros behind the point of whole numbers were left out in 'Id'.",))
    """
    changed, columns = [], cells.columns
    for place, column in enumerate(columns):
        if _is_whole(column):
            columns[place] = pc.replace_substring_regex(column, r"\.0+$", "")
            changed.append(headers[place] or f"column {place + 1}")
    if not changed:
        return cells, ()
    cells = pa.table(columns, names=cells.column_names)
    names = ", ".join(map(repr, changed[:_SHOWN])) + (" …" if len(changed) > _SHOWN else "")
    return cells, (f"Zeros behind the point of whole numbers were left out in {names}.",)


def _is_whole(column: pa.ChunkedArray) -> bool:
    first = next((value.as_py() for chunk in column.chunks for value in chunk.slice(0, 100) if value.is_valid), None)
    if first is None or not _WHOLE_TEXT.match(first):
        return False
    return bool(pc.all(pc.match_substring_regex(column, _WHOLE)).as_py())
