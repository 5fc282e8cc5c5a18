"""Reads tables that we wrote: each is one Parquet file."""

from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

_FEW_ROWS = 20_000


def parquet_columns(path: Path, columns: Sequence[str] | None = None) -> pa.Table:
    """Return the wanted columns of a file in their order; without ``columns`` all.

    One file is read as one file: the reader for folders of them takes a tenth of a second to load.
    """
    with pq.ParquetFile(path) as file:
        return read_columns(file, columns)


def read_columns(file: pq.ParquetFile, columns: Sequence[str] | None = None) -> pa.Table:
    """Return the wanted columns of an open file in their order; without ``columns`` all."""
    # To hand a small table's columns round takes longer than to read them.
    is_large = file.metadata.num_rows > _FEW_ROWS
    if columns is None:
        return file.read(use_threads=is_large)
    return file.read(list(columns), use_threads=is_large).select(list(columns))


def parquet_table(path: Path, schema: pa.Schema) -> pa.Table:
    """Return a file as a table of ``schema``; a column that an earlier version did not write is empty."""
    table = parquet_columns(path)
    return table.cast(schema) if table.column_names == schema.names else pq.read_table(path, schema=schema)
