"""Edges of reading files: the last place that is looked at, the last value that is named, the cell that begins a row."""

import io
import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import openpyxl
import pyarrow as pa
import pytest

from tests.unit.files.configured import configured_stream
from toolkit.connector import Connector, ExportFormat, Field, RowFilter, Stream
from toolkit.files.canonical import canonical_stream
from toolkit.files.code_pages import guessed_code_page
from toolkit.files.encoding import sniffed_encoding
from toolkit.files.header import is_date
from toolkit.files.identity import KEPT, Identity, with_scopes
from toolkit.files.non_records import without_no_records
from toolkit.files.ofx import looks_like_ofx
from toolkit.files.raw import RawTable
from toolkit.files.recognise import recognised
from toolkit.files.sample import sampled_tables
from toolkit.files.summary_rows import summary_rows
from toolkit.files.text_rows import text_rows
from toolkit.tables import QUARANTINE

Read = Callable[..., list[RawTable]]
ReadOne = Callable[..., RawTable]
Cells = Callable[[RawTable], list[tuple[str | None, ...]]]


@pytest.mark.parametrize(("zeros", "codec"), [(4, "utf-8"), (5, "utf-16-be")])
def test_text_of_two_bytes_a_letter_may_begin_with_the_zero(zeros: int, codec: str) -> None:
    """More than four first bytes of ten are zero; exactly four are not enough."""
    text = "a" * zeros + "Я" * (10 - zeros)

    assert sniffed_encoding(text.encode("utf-16-be")) == (codec, 0)


@pytest.mark.parametrize(("blanks", "is_found"), [(3_995, True), (3_996, False)])
def test_a_bank_file_says_so_in_its_first_four_thousand_characters(blanks: int, *, is_found: bool) -> None:
    """A sign that ends with them counts, one that goes beyond does not."""
    assert looks_like_ofx(" " * blanks + "<OFX>") is is_found


@pytest.mark.parametrize(("place", "is_whole"), [(39, False), (40, True), (41, True)])
def test_what_follows_forty_characters_of_a_date_is_not_looked_at(place: int, *, is_whole: bool) -> None:
    """A line break within them is in no date."""
    cell = "2026-08-01 12:00".ljust(place, "0") + "\nx"

    assert is_date(cell) is is_whole


@pytest.mark.parametrize("first", ["", "A-1"])
def test_a_row_may_begin_with_nothing_before_a_text_of_several_lines(read_one: ReadOne, cells: Cells, first: str) -> None:
    """The quotation mark after the first comma opens a cell that goes on in the next line, whatever stands before it."""
    text = f'Id,Note,Amount\r\nB-1,plain,5.00\r\n{first},"two\r\nlines",6.00\r\nB-3,plain,7.00\r\n'

    table = read_one("notes.csv", text.encode())

    assert cells(table)[1] == (first or None, "two\r\nlines", "6.00")
    assert table.rows_read == 3


@pytest.mark.parametrize("count", [1, 4, 5, 6])
def test_up_to_five_columns_of_mended_numbers_are_named(read_one: ReadOne, count: int) -> None:
    """The rest is hinted at."""
    names = [f"Ref {letter}" for letter in "ABCDEF"[:count]]
    rows = ["Name," + ",".join(names), *(f"Firm {row}," + ",".join([f"{row}000.000000"] * count) for row in range(1, 4))]

    [note] = read_one("refs.csv", "\n".join(rows).encode()).notes

    assert ("…" in note) is (count > 5)
    assert [name for name in names if repr(name) in note] == names[:5]


@pytest.mark.parametrize("beginning", ["", "A", ",", "A,", '"A",'])
def test_a_text_of_several_lines_may_follow_any_beginning(beginning: str) -> None:
    """Also an empty cell: the separator then is the first sign of the line."""
    rows = list(text_rows([f'{beginning},"two\n', 'lines",5\n', "B,b,6\n"], ","))

    assert [row.line for row in rows] == [1, 3]
    assert rows[0].cells[-2:] == ["two\nlines", "5"]


@pytest.mark.parametrize(("damaged", "intact", "is_told"), [(1, 2, False), (2, 2, True), (1, 1, True), (2, 3, False)])
def test_ids_are_damaged_where_half_of_the_different_ones_are(damaged: int, intact: int, *, is_told: bool) -> None:
    """A few such numbers among others may be just that."""
    ids = [*(f"4.0{place}638E+12" for place in range(damaged)), *(f"{place}00417" for place in range(1, intact + 1))]
    rows = [(text, str(place), "5.00") for place, text in enumerate(ids)]
    cells = {f"c{index}": pa.array([row[index] for row in rows]) for index in range(3)}
    lines = pa.table({"line": pa.array(range(2, len(rows) + 2), pa.int64()), **cells})
    raw = RawTable("a.csv", "", ("Order ID", "No", "Total"), lines, QUARANTINE.empty(), len(rows), 1, delimiter=",")
    invoices = configured_stream("invoices", "invoice", {"number": "No", "amount_minor": "Total"}, key="No")

    found = canonical_stream([raw], invoices, system="sys", currency="USD")

    assert [note.code for note in found.notes] == (["damaged_id"] if is_told else [])


@pytest.mark.parametrize(
    ("wide", "records", "is_table"), [(2, 3, True), (2, 4, True), (2, 5, False), (3, 5, True), (3, 6, True)]
)
def test_three_names_above_rows_half_of_which_are_as_wide_are_a_table(
    read: Read, wide: int, records: int, *, is_table: bool
) -> None:
    """Where more of them have one or two cells, they are a letter's head above the table that follows."""
    head = ["Region,Manager,Phone,,", *(f"North {row},Ann Lee,0113 2{row},," for row in range(wide))]
    head += [f"Remark {row},see below,,," for row in range(records - wide)]
    rows = [f"INV-{row},Customer {'ABCDEFGH'[row]},2026-08-0{row + 1},{row}00.50,EUR" for row in range(8)]
    text = "\n".join([*head, "", "Invoice No,Customer,Invoice Date,Total,Currency", *rows])

    tables = read("report.csv", text.encode())

    assert len(tables) == (2 if is_table else 1)
    assert tables[-1].headers == ("Invoice No", "Customer", "Invoice Date", "Total", "Currency")


def test_as_many_columns_as_a_workbook_holds_are_read(read_one: ReadOne) -> None:
    """16,384 of them; one more is refused."""
    names = ",".join(f"Column {place}" for place in range(16_384))
    table = read_one("wide.csv", f"{names}\n{',' * 16_383}\n{','.join(['x'] * 16_384)}\n".encode())

    assert len(table.headers) == 16_384


def test_the_names_of_a_list_of_lists_are_no_record(read_one: ReadOne, cells: Cells) -> None:
    """They are not put aside as a record either."""
    table = read_one("list.json", json.dumps([["Id", "Name"], ["1", "Acme"], ["2", "Birch"]]).encode())

    assert table.headers == ("Id", "Name")
    assert cells(table) == [("1", "Acme"), ("2", "Birch")]
    assert (table.rows_read, table.quarantine.num_rows) == (2, 0)


@pytest.mark.parametrize(("rows", "is_whole"), [(2_100, False), (2_400, True)])
def test_a_file_of_which_more_than_a_quarter_would_be_read_in_one_place_is_read_whole(
    tmp_path: Path, rows: int, *, is_whole: bool
) -> None:
    """Twice what a third of the wanted rows takes: 1.4 of 6 MB is less than a quarter, 1.6 MB is more."""
    path = tmp_path / "long.csv"
    path.write_text("Id,Note\n" + "".join(f"{row:06},{'x' * 992}\n" for row in range(6_000)), newline="")

    [sampled] = sampled_tables(path, root=tmp_path, rows=rows)

    # Who read all of it knows every line's number.
    assert (None not in sampled.raw.rows["line"].to_pylist()) is is_whole


@pytest.mark.parametrize(("rows", "each"), [(3, 1), (5, 1), (6, 2), (9, 3)])
def test_a_third_of_the_rows_comes_from_each_place(tmp_path: Path, rows: int, each: int) -> None:
    """From the start, whose first row names the columns, the middle and the end of a file of 6 MB."""
    path = tmp_path / "big.csv"
    path.write_text("Id,Note\n" + "".join(f"{row:06},{'x' * 92}\n" for row in range(60_000)), newline="")

    [sampled] = sampled_tables(path, root=tmp_path, rows=rows)

    ids = [int(one) for one in sampled.raw.rows["c0"].to_pylist()]
    assert [one for one in ids if one < 20_000] == list(range(each - 1))
    assert sum(20_000 <= one < 40_000 for one in ids) == each


def test_a_bills_number_of_two_suppliers_is_two_records() -> None:
    """All but the first get the supplier's name behind it; a number of one supplier stays as it is."""
    ids, suppliers = ["1", "1", "2", "1"], ["Acme", "Birch", "Birch", "Acme"]
    one = Identity(pa.array(ids), np.full(4, KEPT), np.zeros(4, np.int64))

    [found] = with_scopes([one], [pa.array(suppliers)])

    assert found.ids.to_pylist() == ["1", "1@Birch", "2", "1"]


@pytest.mark.parametrize("narrow", ["\uff61", "\uff71", "\uff9f"])
@pytest.mark.parametrize(("wide", "codec"), [(9, "cp1252"), (10, "cp932")])
def test_fewer_than_one_narrow_sign_in_ten_letters_is_japanese(narrow: str, wide: int, codec: str) -> None:
    """Bytes that stand for narrow signs are letters of other pages; one of ten is too many, one of eleven is not."""
    text = ("\u30bd\u30cb\u30fc\u6771\u4eac" * 2)[:wide] + narrow

    found = guessed_code_page(io.BytesIO(text.encode("cp932")))

    assert found is not None
    assert (found.codec == "cp932") is (codec == "cp932")


@pytest.mark.parametrize(
    "words",
    [
        ["Op\u0142ata", "Gda\u0144sk", "Us\u0142uga"],
        ["Gda\u0144sk", "\u017b\u00f3\u0142ty", "Przedsi\u0119biorstwo"],
        ["Zaleg\u0142o\u015b\u0107", "Krak\u00f3w", "S\u0142o\u0144"],
        ["\u017b\u00f3\u0142ty", "rusztowa\u0144", "ksi\u0119gowe"],
        ["Zak\u0142ad", "Rzesz\u00f3w", "Op\u0142ata"],
        ["D\u0104BROWA", "GDA\u0143SK", "\u0141\u00d3D\u0179"],
    ],
)
def test_three_polish_words_are_told_from_western_ones(words: list[str]) -> None:
    """Also where each has one such letter only, and in which of the two Polish pages they are written."""
    found = guessed_code_page(io.BytesIO("\n".join(words).encode("cp1250")))

    assert found is not None
    assert (found.codec, found.words) == ("cp1250", 3)


@pytest.mark.parametrize(("last", "count"), [("B", 1), ("C", 2), ("D", 3)])
def test_hidden_columns_are_counted(read_one: ReadOne, last: str, count: int) -> None:
    """They were read, and somebody may not know of them."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ["Id", "Name", "City", "Net", "On"],
        ["1", "Acme", "York", "5.00", "x"],
        ["2", "Birch", "Bath", "6.00", "y"],
    ):
        sheet.append(row)
    sheet.column_dimensions.group("B", last, hidden=True)
    data = io.BytesIO()
    book.save(data)

    [note] = [one for one in read_one("w.xlsx", data.getvalue()).notes if "hidden" in one]

    assert f"{count} column" in note


@pytest.mark.parametrize(("odd", "is_found"), [(None, True), (0, False), (1, False), (199, False), (200, True)])
def test_a_list_without_names_is_told_by_its_first_two_hundred_rows(odd: int | None, *, is_found: bool) -> None:
    """Every cell of them fits, from the first row on; what comes later may be anything."""
    bank = Connector(
        "bank", "Bank", "bank",
        (Stream("lines", "bank_line", {"posted_on": Field(("Date",)), "amount_minor": Field(("Amount",))}, key=("Date",),
                formats=(ExportFormat("plain", cells=(("Date", r"\d{4}-\d\d-\d\d"), ("Amount", r"-?\d+\.\d\d"))),)),),
    )  # fmt: skip
    amounts = ["5.00"] * 201
    if odd is not None:
        amounts[odd] = "five"
    rows = pa.table({"line": pa.array(range(1, 202)), "c0": ["2026-03-02"] * 201, "c1": amounts})
    raw = RawTable("list.csv", "", ("", ""), rows, QUARANTINE.empty(), 201, 0)

    assert (recognised(raw, [bank]).stream is not None) is is_found


@pytest.mark.parametrize(
    ("kinds", "named"),
    [(2, "void, failed"), (3, "void, failed, pending"), (4, "void, failed, pending \u2026")],
)
def test_up_to_three_kinds_of_rows_put_aside_are_named(kinds: int, named: str) -> None:
    """A fourth is hinted at."""
    words = ["void", "failed", "pending", "denied"][:kinds]
    payments = Stream(
        "payments", "payment", {"status": Field(("State",))}, key=("Id",),
        filters=(RowFilter("State", excluded=tuple(words)),),
    )  # fmt: skip
    count = kinds + 1
    rows = pa.table({
        "line": pa.array(range(2, count + 2)), "c0": [str(place) for place in range(count)], "c1": [*words, "paid"]
    })  # fmt: skip
    raw = RawTable("paid.csv", "", ("Id", "State"), rows, QUARANTINE.empty(), count, 1)

    left, [note] = without_no_records(raw, payments)

    assert left.rows["c1"].to_pylist() == ["paid"]
    assert f"(column 'State': {named})" in note.text


@pytest.mark.parametrize("empty", [0, 1, 4, 9])
def test_of_totals_alone_the_one_with_fewer_cells_is_a_total(empty: int) -> None:
    """However many empty lines follow."""
    rows: list[list[str | None]] = [["Total", "5.00", None], ["Grand total", "6.00", "x"], ["Subtotal", "6.00", "y"]]
    rows += [[None] * 3 for _ in range(empty)]
    cells = pa.table({f"c{place}": pa.array([row[place] for row in rows], pa.string()) for place in range(3)})
    filled = np.array([sum(cell is not None for cell in row) for row in rows], np.int32)

    found = summary_rows(cells, filled, frozenset(), is_grouped=False)

    assert [place for place, one in found.items() if one.reason == "total_line"] == [0]


@pytest.mark.parametrize(("amounts", "is_total"), [(0, False), (1, True), (2, True)])
def test_a_lone_amount_is_a_total_of_others(amounts: int, *, is_total: bool) -> None:
    """In a column that holds nothing else it sums nothing up."""
    nets = [*["5.00"] * amounts, *[None] * (6 - amounts)]
    rows: list[list[str | None]] = [[f"Firm {row}", "York", "open", net] for row, net in enumerate(nets)]
    rows.append([None, None, None, "10.00"])
    cells = pa.table({f"c{place}": pa.array([row[place] for row in rows], pa.string()) for place in range(4)})
    filled = np.array([sum(cell is not None for cell in row) for row in rows], np.int32)

    found = summary_rows(cells, filled, frozenset(), is_grouped=False)

    assert ([place for place, one in found.items() if one.reason == "total_line"] == [6]) is is_total
