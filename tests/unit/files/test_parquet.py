"""Parquet files."""

import datetime as dt
import io
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from toolkit.errors import InputError


def parquet(table: pa.Table) -> bytes:
    """Return the table as a file."""
    out = io.BytesIO()
    pq.write_table(table, out)
    return out.getvalue()


def test_every_type_has_one_exact_text(read_one: Any, cells: Any) -> None:
    """As in a workbook; nested columns are flattened, lists are JSON."""
    table = pa.table(
        {
            "id": ["007", None],
            "n": pa.array([12345678901234567, 2]),
            "f": [1.0, 0.1],
            "m": pa.array([Decimal("1.50"), None]),
            "on": [dt.date(2026, 1, 2), None],
            "to": [{"city": "Leeds", "no": 1}, {"city": "", "no": 2}],
            "tags": [["a"], []],
            "ok": [True, False],
            "kind": pa.array(["x", "y"]).dictionary_encode(),
        }
    )

    read = read_one("t.parquet", parquet(table))

    assert read.headers == ("id", "n", "f", "m", "on", "to.city", "to.no", "tags", "ok", "kind")
    assert cells(read) == [
        ("007", "12345678901234567", "1", "1.50", "2026-01-02", "Leeds", "1", '["a"]', "TRUE", "x"),
        (None, "2", "0.1", None, None, None, "2", "[]", "FALSE", "y"),
    ]
    assert read.rows["line"].to_pylist() == [1, 2]


def test_a_damaged_file_is_refused(read: Any) -> None:
    """With what to do."""
    with pytest.raises(InputError, match=r"damaged Parquet file .* Export it again"):
        read("t.parquet", parquet(pa.table({"a": [1]}))[:60])


def test_rows_without_end_are_refused(read: Any) -> None:
    """A hundred million empty values take no room in a file."""
    with pytest.raises(InputError, match="cells can be read"):
        read("t.parquet", parquet(pa.table({"a": pa.nulls(101_000_000)})))
