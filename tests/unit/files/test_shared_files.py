"""A file that several streams, or several files of an archive, share: what belongs to each of them is told once."""

import io
import zipfile
from collections.abc import Callable

import pyarrow as pa
import pytest

from toolkit.connector import Connector, ExportFormat, Field, RowFilter, Stream
from toolkit.files.raw import RawTable
from toolkit.files.recognise import recognised, routed
from toolkit.tables import QUARANTINE

Read = Callable[..., list[RawTable]]


def stream(name: str, kind: str) -> Stream:
    return Stream(
        name, name.rstrip("s"), {"number": Field(("No",))}, key=("No",), filters=(RowFilter("Type", (kind,)),),
        formats=(ExportFormat("list", ("Type", "No")),),
    )  # fmt: skip


@pytest.mark.parametrize("aside", [0, 1, 2])
def test_what_was_put_aside_before_stays_with_the_first_stream(aside: int) -> None:
    """Invoices and bills in one list: a damaged row of it is counted with one of them."""
    books = Connector("books", "Books", "ledger", (stream("invoices", "invoice"), stream("bills", "bill")))
    rows = pa.table({"line": [2, 3, 4], "c0": ["invoice", "bill", "invoice"], "c1": ["1", "2", "3"]})
    damaged = QUARANTINE.from_rows(
        {"file": "list.csv", "part": "", "line": 5 + place, "reason": "too_few_cells", "detail": "so", "row": "x"}
        for place in range(aside)
    )
    raw = RawTable("list.csv", "", ("Type", "No"), rows, damaged, 3 + aside, 1)

    first, second = routed(raw, recognised(raw, [books]))

    assert [(one.name, table.rows["c1"].to_pylist()) for one, table in (first, second)] == [
        ("invoices", ["1", "3"]),
        ("bills", ["2"]),
    ]
    assert [table.quarantine.num_rows for _, table in (first, second)] == [aside, 0]
    assert [table.rows_read for _, table in (first, second)] == [2 + aside, 1]


@pytest.mark.parametrize("names", [["a.csv"], ["a.csv", "b.csv"], ["x/a.csv", "y/a.csv"]])
def test_an_archive_of_different_names_says_nothing_of_equal_ones(read: Read, names: list[str]) -> None:
    """The same name in two folders is another file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for place, name in enumerate(names):
            archive.writestr(name, f"Id,Name\n{place},Acme\n")

    assert [table.notes for table in read("a.zip", out.getvalue())] == [()] * len(names)


@pytest.mark.parametrize(("megabytes", "tables"), [(7.9, 2), (8.1, 1)])
def test_further_tables_are_looked_for_in_texts_of_up_to_eight_megabytes(read: Read, megabytes: float, tables: int) -> None:
    """A longer one is an export, and is read as the table that it begins with."""
    row = "INV-{0},Customer {0},2026-08-01,{0}.50," + "x" * 8_000 + "\n"
    invoices = "".join(row.format(number) for number in range(100, 100 + int(megabytes * 1_000_000 / len(row))))
    bills = "".join(f"B-{number},Supplier {number},2026-07-0{number},90{number}.25,y\n" for number in range(1, 9))
    text = (
        f"Invoice No,Customer,Invoice Date,Total,Note\n{invoices}\nBills\nBill No,Supplier,Bill Date,Amount,Remark\n{bills}"
    )

    assert len(read("both.csv", text.encode())) == tables
