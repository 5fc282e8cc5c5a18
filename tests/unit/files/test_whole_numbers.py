"""Whole numbers with zeros behind the point."""

import io
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest


@pytest.mark.parametrize(
    "text", [b"Id,Net\n1000.000000000,5.00\n1001.000000000,6.00\n", b"Id;Net\n1000.0;5.00\n;1.00\n1001.0;6.00\n"]
)
def test_an_id_is_no_number(read_one: Any, text: bytes) -> None:
    """The same id in another file has no zeros; two zeros are money, and stay."""
    table = read_one("t.csv", text)

    assert [value for value in table.rows["c0"].to_pylist() if value] == ["1000", "1001"]
    assert table.rows["c1"].to_pylist()[0] == "5.00"
    assert table.notes == ("Zeros behind the point of whole numbers were left out in 'Id'.",)


@pytest.mark.parametrize("values", [("1.000", "2.000"), ("1.0", "1.5"), ("1.0", "x"), ("1.00", "2.00")])
def test_other_numbers_stay_as_written(read_one: Any, values: tuple[str, str]) -> None:
    """Three zeros may be thousands, and one fraction in a column shows that fractions count."""
    table = read_one("t.csv", f"Id,Name\n{values[0]},A\n{values[1]},B\n".encode())

    assert (tuple(table.rows["c0"].to_pylist()), table.notes) == (values, ())


def test_decimals_of_a_database_are_ids_again(read_one: Any) -> None:
    """A warehouse exports its numbers with nine decimals."""
    ids = pa.array([Decimal(1000), Decimal(1001)], pa.decimal128(38, 9))
    out = io.BytesIO()
    pq.write_table(pa.table({"id": ids, "name": ["A", "B"]}), out)

    assert read_one("t.parquet", out.getvalue()).rows["c0"].to_pylist() == ["1000", "1001"]
