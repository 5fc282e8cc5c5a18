"""Reads tables that we wrote: each is one Parquet file."""

from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq


def parquet_columns(path: Path, columns: Sequence[str] | None = None) -> pa.Table:
    """Return the wanted columns of a file in their order; without ``columns`` all.

    One file is read as one file: the reader for folders of them takes a tenth of a second to load.
    """
    with pq.ParquetFile(path) as file:
        table = file.read(None if columns is None else list(columns))
    return table if columns is None else table.select(list(columns))


def parquet_table(path: Path, schema: pa.Schema) -> pa.Table:
    """Return a file as a table of ``schema``; a column that an earlier version did not write is empty."""
    table = parquet_columns(path)
    return table.cast(schema) if table.column_names == schema.names else pq.read_table(path, schema=schema)
