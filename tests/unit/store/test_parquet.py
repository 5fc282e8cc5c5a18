"""Tables of earlier versions are read as those of today."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from toolkit.store.parquet import parquet_columns, parquet_table


def test_a_column_that_an_earlier_version_did_not_write_is_empty(tmp_path: Path) -> None:
    """What it wrote besides is left out, and the order is today's."""
    pq.write_table(pa.table({"gone": [1, 2], "b": [3, 4]}), tmp_path / "t.parquet")

    table = parquet_table(tmp_path / "t.parquet", pa.schema({"a": pa.string(), "b": pa.int64()}))

    assert table.to_pydict() == {"a": [None, None], "b": [3, 4]}


def test_columns_come_in_the_order_that_is_asked_for(tmp_path: Path) -> None:
    """Whatever their order in the file."""
    pq.write_table(pa.table({"a": [1], "b": [2], "c": [3]}), tmp_path / "t.parquet")

    assert parquet_columns(tmp_path / "t.parquet", ["c", "a"]).column_names == ["c", "a"]
