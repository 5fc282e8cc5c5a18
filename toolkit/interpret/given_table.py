"""A table to be understood: its headers, its columns of text, and what stands around it."""

from dataclasses import dataclass

import pyarrow as pa


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
