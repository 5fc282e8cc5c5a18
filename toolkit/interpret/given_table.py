"""A table to be understood: its headers, its columns of text, and what stands around it."""

from dataclasses import dataclass

import pyarrow as pa

LOOKED_AT = 3_000
"""Rows that a table is understood from."""


@dataclass(frozen=True, slots=True)
class GivenTable:
    """What is looked at.

    ``columns`` are nullable text, one for each header (null: empty or absent); they may be a sample of ``rows_total`` rows.
    ``file``, ``folder`` and ``sheet`` are names that may speak ("Rechnungen 2026.csv", "ledger"); ``titles`` are cells above
    the header; ``delimiter`` is that of a text file; ``vendor_entity`` is what the known format of a vendor with these
    headers lists.
    """

    headers: tuple[str, ...]
    columns: tuple[pa.ChunkedArray, ...]
    rows_total: int
    file: str = ""
    folder: str = ""
    sheet: str = ""
    titles: tuple[str, ...] = ()
    delimiter: str = ""
    vendor_entity: str = ""


def looked_at(rows: pa.Table, most: int = LOOKED_AT) -> pa.Table:
    """Return rows as they are looked at: all of few, of many a third each from the start, the middle and the end.

    Examples
    --------
    >>> looked_at(pa.table({"no": range(9)}), most=3)["no"].to_pylist()
    [0, 4, 8]
    """
    count = rows.num_rows
    if count <= most:
        return rows
    third = max(1, most // 3)
    return pa.concat_tables([rows.slice(start, third) for start in (0, (count - third) // 2, count - third)])
