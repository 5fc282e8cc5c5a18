"""Edges of reading files: the last place that is looked at, the last value that is named, the cell that begins a row."""

from collections.abc import Callable

import pyarrow as pa
import pytest

from tests.unit.files.configured import configured_stream
from toolkit.files.canonical import canonical_stream
from toolkit.files.encoding import sniffed_encoding
from toolkit.files.header import is_date
from toolkit.files.ofx import looks_like_ofx
from toolkit.files.raw import RawTable
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
