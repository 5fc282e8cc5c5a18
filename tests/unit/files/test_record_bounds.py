"""Which of several values counts: totals, versions, columns, kinds of formula errors, rows that are given twice."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pyarrow as pa
import pytest

from tests.unit.files.configured import configured_stream
from tests.unit.files.test_named_parties import invoices as understood
from toolkit.connector import Connector, ExportFormat, Field, Lines, RowFilter, Stream
from toolkit.files.canonical import CanonicalStream, canonical_stream
from toolkit.files.decisions import reviewed_decisions
from toolkit.files.interpreted import stream_map
from toolkit.files.raw import RawTable
from toolkit.files.recognise import recognised, routed
from toolkit.files.records import text_lists
from toolkit.files.summary_lines import Summary
from toolkit.files.summary_rows import with_group_column, with_labels
from toolkit.interpret.interpretation import Guess
from toolkit.tables import QUARANTINE

ReadOne = Callable[..., RawTable]
INVOICES = configured_stream(
    "invoices", "invoice", {"number": "No", "amount_minor": "Total", "currency": "Currency"}, key="No"
)


def table(headers: tuple[str, ...], *rows: tuple[str | None, ...], **more: Any) -> RawTable:
    """Return a table as read."""
    columns = {f"c{at}": pa.array([row[at] for row in rows], pa.string()) for at in range(len(headers))}
    lines = pa.table({"line": pa.array(range(2, 2 + len(rows)), pa.int64()), **columns})
    return RawTable("a.csv", "", headers, lines, QUARANTINE.empty(), len(rows), 1, **more)


def canonical(raw: RawTable, stream: Stream = INVOICES, **more: Any) -> CanonicalStream:
    """Return a table as records."""
    return canonical_stream([raw], stream, system="books", country="GB", **{"currency": "GBP", **more})


@pytest.mark.parametrize(
    ("totals", "control"),
    [
        (({1: "5.00"},), 500),
        (({1: "5.00"}, {1: "12.00"}), 1_200),  # the last one
        (({1: "5.00"}, {1: "12.00"}, {0: "Total"}), 1_200),  # that has an amount
        (({0: "Total"},), None),
        ((), None),
    ],
)
def test_the_last_total_line_of_a_file_is_its_control_sum(totals: tuple[dict[int, str], ...], control: int | None) -> None:
    """Those before it are totals of groups."""
    raw = table(("No", "Total", "Currency"), ("1", "5.00", None), ("2", "7.00", None), totals=totals)

    [count] = canonical(raw).counts

    assert (count.sum_minor, count.control_sum_minor) == (1_200, control)
    assert count.is_in_balance is (None if control is None else control == 1_200)


@pytest.mark.parametrize(
    ("currencies", "total", "currency"),
    [
        (("EUR", "EUR"), 1_200, "EUR"),
        (("EUR", "USD"), None, None),
        ((None, None), 1_200, "GBP"),
        (("EUR", None), None, None),
    ],
)
def test_amounts_of_one_currency_are_added(
    currencies: tuple[str | None, ...], total: int | None, currency: str | None
) -> None:
    """Of two there is no sum; what names none has that of the system."""
    rows = [(str(at), amount, code) for at, (amount, code) in enumerate(zip(("5.00", "7.00"), currencies, strict=True))]

    [count] = canonical(table(("No", "Total", "Currency"), *rows)).counts

    assert (count.sum_minor, count.currency) == (total, currency)


@pytest.mark.parametrize(("errors", "shown"), [(1, "#N/A"), (3, "#DIV/0!, #N/A, #REF!"), (4, "#DIV/0!, #N/A, #NAME?")])
def test_three_kinds_of_formula_errors_are_named(errors: int, shown: str) -> None:
    """In the order of the alphabet, each once."""
    kinds = ["#N/A", "#REF!", "#DIV/0!", "#NAME?"][:errors]
    rows = [(str(at), text, None) for at, text in enumerate([*kinds, kinds[0], "5.00"])]

    [note] = [one for one in canonical(table(("No", "Total", "Currency"), *rows)).notes if one.code == "error_cell"]

    assert (note.count, f"({shown})" in note.text) == (errors + 1, True)


@pytest.mark.parametrize(("first", "second", "header"), [(0.9, 0.8, "Nr"), (0.8, 0.9, "Ref"), (0.9, 0.9, "Nr")])
def test_of_two_columns_that_mean_the_same_the_surer_is_read(first: float, second: float, header: str) -> None:
    """Of two as sure the first."""
    found = understood(("Acme",), 3)
    number, other = found.columns[0], found.columns[1]
    columns = (
        replace(number, guesses=(Guess("number", first, "so"),)),
        replace(other, header="Ref", guesses=(Guess("number", second, "so"),)),
        *found.columns[2:],
    )

    assert stream_map(replace(found, columns=columns)).fields["number"].headers == (header,)


def test_a_list_of_several_types_is_given_out_by_its_rows() -> None:
    """Rows of no known type stay with the first stream, and so does what is left of the file's total."""

    def typed(name: str, kind: str) -> Stream:
        return Stream(
            name, "invoice", {"number": Field(("No",)), "amount_minor": Field(("Total",))}, key=("No",),
            formats=(ExportFormat("list", ("No", "Type")),), filters=(RowFilter("Type", values=(kind,)),),
        )  # fmt: skip

    books = Connector("books", "Books", "accounting", (typed("sales", "sale"), typed("credits", "credit")))
    rows = [("1", "sale", "5.00"), ("2", "credit", "-2.00"), ("3", "Sale ", "7.00"), ("4", "loan", "1.00")]
    raw = table(("No", "Type", "Total"), *rows, totals=({2: "4.00"}, {0: "Total", 2: "11.00"}))

    parts = routed(raw, recognised(raw, [books]))

    assert [(stream.name, part.part, part.rows["c0"].to_pylist(), part.rows_read) for stream, part in parts] == [
        ("sales", "", ["1", "3", "4"], 3),
        ("credits", "#credits", ["2"], 1),
    ]
    assert [[Decimal(one[2]) for one in part.totals] for _, part in parts] == [[Decimal(13)], []]
    # Most rows decide which of the two the list is called.
    other = table(("No", "Type", "Total"), ("2", "credit", "2.00"), ("3", "credit", "3.00"), ("1", "sale", "5.00"))
    assert [stream.name for stream, _ in routed(other, recognised(other, [books]))] == ["credits", "sales"]


def test_lists_of_a_record_leave_nothing_out_and_nothing_in_between() -> None:
    """Each row has the filled values of all columns, in their order."""
    columns = [pa.array(["a", None, None]), pa.array([None, None, "b"]), pa.array(["c", None, "d"])]

    assert text_lists(columns, 3).to_pylist() == [["a", "c"], None, ["b", "d"]]
    assert text_lists([], 2).to_pylist() == [None, None]


def headings(*labels: str | None) -> dict[int, Summary]:
    """Return headings by row; none for a row that is a record."""
    return {at: Summary("group_line", "so", label) for at, label in enumerate(labels) if label}


def test_a_heading_below_the_last_record_is_a_remark() -> None:
    """The others give their label to the rows below them."""
    rows = pa.table({"c0": ["Acme", None, None, "Bolt"], "c1": [None, "1", "2", None], "c2": [None, "5", "6", None]})
    filled = np.array([1, 2, 2, 1], np.int32)

    cells, found = with_labels(rows, headings("Acme", None, None, "Bolt"), filled)
    more, _ = with_group_column(rows, headings("Acme", None, None, "Bolt"), filled)

    assert [one.reason for one in found.values()] == ["group_line", "foot_line"]
    assert cells["c0"].to_pylist() == ["Acme", "Acme", "Acme", "Bolt"]
    assert (more.column_names, more["c3"].to_pylist()) == (["c0", "c1", "c2", "c3"], [None, "Acme", "Acme", None])


def test_headings_above_rows_of_one_cell_are_remarks() -> None:
    """Nothing below them is a record of a group; where a column says the group already, no other is added."""
    rows = pa.table({"c0": ["Acme", "x", "y"], "c1": pa.array([None, None, None], pa.string())})
    named = pa.table({"c0": ["Acme", None, None], "c1": [None, "1", "2"], "c2": [None, "Acme", "Acme"]})

    alone, found = with_group_column(rows, headings("Acme", None, None), np.array([1, 1, 1], np.int32))
    said, _ = with_group_column(named, headings("Acme", None, None), np.array([1, 2, 2], np.int32))

    assert (alone.num_columns, [one.reason for one in found.values()]) == (2, ["foot_line"])
    assert said.num_columns == 3


def test_a_sheet_whose_decision_column_is_gone_is_named_by_its_first_line(tmp_path: Path) -> None:
    """A row without keys, too, has nothing that could be decided."""
    path = tmp_path / "review.csv"
    path.write_text("key_l,key_r,decision\na/b/1,a/b/2,same\n,,\na/b/3,a/b/4,\n", encoding="utf-8")
    assert reviewed_decisions(path).undecided == 1

    book = openpyxl.Workbook()
    good, gone = book.active, book.create_sheet("Missing")
    for row in (["key_l", "key_r", "decision"], ["a/b/1", "a/b/2", "same"]):
        good.append(row)
    for row in (["A title"], ["key_l", "target"], ["a/b/1", "books"]):
        gone.append(row)
    book.save(tmp_path / "review.xlsx")

    review = reviewed_decisions(tmp_path / "review.xlsx")

    assert [(one.sheet, one.line, one.column) for one in review.problems] == [("Missing", 2, "decision")]
    assert review.decisions.num_rows == 1


LINES = configured_stream(
    "orders", "order", {"number": "No", "party_name": "Customer", "amount_minor": "Net"}, key="No",
    lines=Lines({"description": Field(("Item",))}, total="adds_up"),
)  # fmt: skip


def test_the_lines_of_each_document_are_numbered_from_one(stream_of: Callable[..., CanonicalStream]) -> None:
    """In the order of their rows, wherever these stand, also in a second file."""
    first = (
        b"No,Customer,Item,Net\n7,Acme,Desk,1.00\n8,Bolt,Lamp,2.00\n7,Acme,Chair,3.00\n8,Bolt,Shelf,4.00\n7,Acme,Rug,5.00\n"
    )
    second = b"No,Customer,Item,Net\n9,Cove,Bed,6.00\n9,Cove,Mat,7.00\n"

    found = stream_of(LINES, first, second)

    rows = sorted((row["record_key"], row["line_no"], row["description"]) for row in found.lines.to_pylist())
    assert rows == [
        ("sys/orders/7", 1, "Desk"), ("sys/orders/7", 2, "Chair"), ("sys/orders/7", 3, "Rug"),
        ("sys/orders/8", 1, "Lamp"), ("sys/orders/8", 2, "Shelf"),
        ("sys/orders/9", 1, "Bed"), ("sys/orders/9", 2, "Mat"),
    ]  # fmt: skip


def test_lines_go_with_the_document_that_got_an_id_of_its_own(stream_of: Callable[..., CanonicalStream]) -> None:
    """Number 7 was given again in the next file, to another customer: its lines are not those of the first."""
    files = [
        f"No,Customer,Item,Net\n7,{who},{item} 1,{net}.00\n7,{who},{item} 2,{net}.00\n".encode()
        for who, item, net in (("Acme", "Desk", 10), ("Bolt", "Lamp", 25))
    ]

    found = stream_of(LINES, *files)

    assert {row["record_id"]: row["amount_minor"] for row in found.table().to_pylist()} == {"7": 2_000, "7#2": 5_000}
    assert sorted((row["record_key"], row["line_no"], row["description"]) for row in found.lines.to_pylist()) == [
        ("sys/orders/7", 1, "Desk 1"), ("sys/orders/7", 2, "Desk 2"),
        ("sys/orders/7#2", 1, "Lamp 1"), ("sys/orders/7#2", 2, "Lamp 2"),
    ]  # fmt: skip


def test_equal_rows_without_a_number_are_counted_behind_their_id(stream_of: Callable[..., CanonicalStream]) -> None:
    """Two coffees of the first file are two of the three of the second; the third gets the next number."""
    stream = configured_stream("expenses", "expense", {"amount_minor": "Total", "description": "Memo"})
    header, coffee, tea = b"When,Memo,Total\n", b"2026-01-30,coffee,4.00\n", b"2026-02-01,tea,3.00\n"

    found = stream_of(stream, header + 2 * coffee, header + tea + 3 * coffee)

    ids = [row["record_id"] for row in found.table().to_pylist() if row["description"] == "coffee"]
    assert sorted(one.removeprefix(min(ids)) for one in ids) == ["", "-2", "-3"]
    assert [count.rows_repeated for count in found.counts] == [0, 2]


def test_most_rows_decide_though_another_type_knows_more_columns() -> None:
    """Types of one connector that share a format are told by the rows."""

    def typed(name: str, kind: str, **fields: Field) -> Stream:
        return Stream(
            name, "invoice", {"number": Field(("No",)), **fields}, key=("No",),
            formats=(ExportFormat("list", ("No", "Type")),), filters=(RowFilter("Type", values=(kind,)),),
        )  # fmt: skip

    streams = (
        typed("sales", "sale", amount_minor=Field(("Total",)), description=Field(("Memo",))),
        typed("credits", "credit"),
    )
    raw = table(
        ("No", "Type", "Total", "Memo"), *[(str(at), "credit", "2.00", "x") for at in range(3)], ("9", "sale", "5", "")
    )

    found = recognised(raw, [Connector("books", "Books", "accounting", streams)])

    assert found.stream is not None
    assert (found.stream.name, found.is_recognised) == ("credits", True)


@pytest.mark.parametrize(
    ("total", "paid", "status"),
    [("1.00", "1.00", "Paid"), ("1.00", "0.99", "Partly paid"), ("1.00", "0.01", "Partly paid"), ("1.00", "0.00", "Open"),
     ("0.01", "0.00", "Open"), ("1.00", None, None), ("0.00", "0.00", "Paid")],
)  # fmt: skip
def test_what_is_paid_of_a_document_says_its_status(total: str, paid: str | None, status: str | None) -> None:
    """To the smallest coin; without a word on what was paid nothing is said."""
    fields = {"amount_minor": Field(("Total",)), "paid_minor": Field(("Paid",))}
    stream = replace(INVOICES, fields={**INVOICES.fields, **fields}, derives_status=True)

    [record] = canonical(table(("No", "Total", "Paid"), ("1", total, paid)), stream).table().to_pylist()

    assert record["status"] == status


@pytest.mark.parametrize("pieces", [1, 2])
def test_a_record_that_was_sent_as_a_whole_keeps_its_own_text(pieces: int) -> None:
    """Whatever its columns are; however the rows come in pieces."""
    raw = table(("No", "Total", "Currency"), ("1", "5.00", None), ("2", "7.00", None))
    sent = ['{"No": 1, "more": [1]}', '{"No": 2}']
    texts = pa.chunked_array([sent] if pieces == 1 else [[one] for one in sent])

    found = canonical(replace(raw, rows=raw.rows.append_column("raw", texts))).table()

    assert found["raw"].to_pylist() == sent
