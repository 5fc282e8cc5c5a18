"""What a reader hands over: the cells of one table of one file, all as text, with everything that was put aside."""

from dataclasses import dataclass, field

import pyarrow as pa


@dataclass(frozen=True, slots=True)
class RawTable:
    """One table as it stands in a file: a CSV file, a sheet of a workbook, a member of an archive, a list in JSON.

    Where several tables stand on one sheet or in one text, ``part`` ends with the place of each (``Sheet1!A1:D20``).
    Headings of groups become a last column ``Group`` where the table has none for them. ``headers`` are verbatim but for
    a byte-order mark and surrounding blanks (duplicates and empty names included). ``rows`` has the int64 column ``line``
    (line of a text file, row of a sheet, from 1) and one nullable text column per header named ``c0``, ``c1`` … : null is
    a cell that is absent or empty. A text column ``raw`` may hold each record as it was sent, where a row is only what is
    read of it (answers of an interface). ``quarantine`` follows ``tables.QUARANTINE``; ``len(rows) + len(quarantine) ==
    rows_read``. ``totals`` are the cells of the total lines among the quarantined rows, by column index, as text.
    ``header_line`` is 0 where no line is the header: the headers then come from the format (JSON, Parquet, bank files),
    or all are empty (a bank's file without a header, left to recognition). ``notes`` are sentences that a person should
    read: a name that says another format than the content, a code page that was guessed, a hidden sheet that was left
    out, a sheet that reads like a form. ``hidden_sheets`` are the names of the file's sheets left out so.
    """

    file: str
    part: str
    headers: tuple[str, ...]
    rows: pa.Table
    quarantine: pa.Table
    rows_read: int
    header_line: int
    encoding: str = ""
    delimiter: str = ""
    preamble: tuple[tuple[str, ...], ...] = ()
    totals: tuple[dict[int, str], ...] = field(default=())
    sha256: str = ""
    notes: tuple[str, ...] = ()
    hidden_sheets: tuple[str, ...] = ()
