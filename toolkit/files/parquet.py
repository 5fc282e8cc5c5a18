"""Parquet: one table; the schema names the columns.

Nested columns are flattened with dots, lists become JSON text, numbers and dates text as in a workbook. ``line`` is the
row, from 1.
"""

import io

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from toolkit.errors import InputError
from toolkit.files.cells import text_of
from toolkit.files.layout import typed_table
from toolkit.files.raw import RawTable
from toolkit.files.source import Source

_MAX_CELLS = 100_000_000


def parquet_table(source: Source) -> RawTable:
    """Return the table of a Parquet file.

    Raises
    ------
    InputError
        The file is damaged, or unpacks to more cells than can be read.
    """
    data = source.whole()
    try:
        file = pq.ParquetFile(io.BytesIO(data))
        rows, columns = file.metadata.num_rows, file.metadata.num_columns
        # A column of one repeated value takes no room in the file, whatever number of rows it declares.
        if rows * max(columns, 1) > _MAX_CELLS:
            raise InputError(
                f"{source.label} has {rows:,} rows of {columns} columns; {_MAX_CELLS:,} cells can be read. Export "
                "it in parts."
            )
        table = file.read(use_threads=False)
        while any(pa.types.is_struct(field.type) for field in table.schema):
            table = table.flatten()
        texts = [_texts(column) for column in table.columns]
    except (pa.ArrowException, OSError, ValueError) as error:
        raise InputError(f"{source.label} is a damaged Parquet file ({str(error)[:200]}). Export it again.") from error
    cells = pa.table(texts, names=[f"c{index}" for index in range(len(texts))])
    return typed_table(source, table.column_names, np.arange(1, cells.num_rows + 1), cells)


def _texts(column: pa.ChunkedArray) -> pa.ChunkedArray:
    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    kind = column.type
    if pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_integer(kind) or pa.types.is_decimal(kind):
        text = column.cast(pa.string())
    else:
        # Few distinct values stand for many; the rest of the types has no exact text of its own in Arrow.
        is_plain = not pa.types.is_nested(kind) and not pa.types.is_null(kind)
        packed = column.dictionary_encode().combine_chunks() if is_plain else None
        if isinstance(packed, pa.DictionaryArray):
            values = pa.array([text_of(value) for value in packed.dictionary.to_pylist()], pa.string())
            text = pa.chunked_array([values.take(packed.indices)])
        else:
            text = pa.chunked_array([pa.array([text_of(value) for value in column.to_pylist()], pa.string())])
    return pc.if_else(pc.equal(text, ""), pa.scalar(None, pa.string()), text)
