"""The bounds of the readers' rules: what stands just under, at and just over each of them."""

from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pytest

from tests.unit.files.configured import configured_stream
from toolkit.connector import Connector, ExportFormat, Field, Stream
from toolkit.files.canonical import canonical_stream
from toolkit.files.dialect import sniffed_delimiter, usual_width
from toolkit.files.encoding import sniffed_encoding
from toolkit.files.header import (
    buried_header,
    has_known_header,
    header_position,
    is_amount,
    is_name,
    rows_above_are_records,
)
from toolkit.files.layout import MAX_CELL_BYTES, cells_refused
from toolkit.files.raw import RawTable
from toolkit.files.recognise import recognised
from toolkit.files.sample import sampled_tables
from toolkit.files.summary_lines import Body, summaries
from toolkit.files.summary_rows import summary_rows
from toolkit.tables import QUARANTINE

ReadOne = Callable[..., RawTable]
KNOWN = frozenset({"name", "phone", "city", "town"})
NAMES = ["Name", "Phone"]
PERSON = ["Acme", "555-0100"]


@pytest.mark.parametrize(("facts", "is_found"), [(13, True), (14, True), (15, False)])
def test_a_header_is_looked_for_in_fifteen_rows(facts: int, *, is_found: bool) -> None:
    """Known names in the fifteenth row are a header, in the sixteenth they are cells."""
    rows = [*[["Account", "12345"]] * facts, NAMES, PERSON]
    assert has_known_header(rows, KNOWN) == is_found
    assert (header_position(rows, KNOWN) == facts) == is_found


@pytest.mark.parametrize(("lines", "is_found"), [(98, True), (99, True), (100, False)])
def test_a_preamble_of_single_cells_may_be_a_hundred_rows_long(lines: int, *, is_found: bool) -> None:
    """Rows of one cell do not count among the fifteen, up to the hundredth row."""
    rows = [*[["A line of the letter above the table"]] * lines, NAMES, PERSON, PERSON]
    assert (header_position(rows, KNOWN) == lines) == is_found


@pytest.mark.parametrize(("known", "is_found"), [(1, False), (2, False), (3, True)])
def test_more_than_half_of_a_header_of_four_is_known(known: int, *, is_found: bool) -> None:
    """Half of the names are not enough."""
    row = ["Name", "Phone", "City"][:known] + ["Alpha", "Beta", "Gamma"][: 4 - known]
    assert has_known_header([row, ["1", "2", "3", "4"]], KNOWN) == is_found


@pytest.mark.parametrize(
    ("cell", "expected"), [("ab1", True), ("ab12", False), ("a12", False), ("a" * 120, True), ("a" * 121, False)]
)
def test_a_name_has_more_letters_than_digits_and_at_most_120_characters(cell: str, *, expected: bool) -> None:
    """As many digits as letters are a code."""
    assert is_name(cell) == expected


@pytest.mark.parametrize(("length", "expected"), [(39, True), (40, True), (41, False)])
def test_an_amount_has_at_most_forty_characters(length: int, *, expected: bool) -> None:
    """Longer digits are an id."""
    assert is_amount("1" * length) == expected


@pytest.mark.parametrize(("names", "position"), [(2, None), (3, 0), (4, 0)])
def test_three_of_five_cells_of_a_header_are_names(names: int, position: int | None) -> None:
    """The others may look like codes."""
    row = ["Alpha", "Beta", "Gamma", "Delta"][:names] + ["K11", "K12", "K13"][: 5 - names]
    assert header_position([row, *[["1.00", "2.00", "3.00", "4.00", "5.00"]] * 4]) == position


@pytest.mark.parametrize(("filled", "expected"), [(6, False), (7, False), (8, True)])
def test_more_than_seven_of_ten_cells_make_a_column_of_digits(filled: int, *, expected: bool) -> None:
    """Under a header between records, columns are told by the digits in them."""
    below = [["Acme", "Leeds", "5" if row < filled else "five"] for row in range(10)]
    assert rows_above_are_records([["Bolt", "York", "6"]], ["Name", "Town", "Net"], below) == expected


@pytest.mark.parametrize(("columns", "expected"), [(2, False), (3, True), (4, True)])
def test_a_header_between_records_has_three_names(columns: int, *, expected: bool) -> None:
    """Two names over two columns prove nothing."""
    header, record = ["Net", "Name", "Town", "Note"][:columns], ["5", "Acme", "Leeds", "paid"][:columns]
    assert rows_above_are_records([record], header, [record, record]) == expected


@pytest.mark.parametrize(("digits", "position"), [(1, None), (2, None), (3, 1)])
def test_most_columns_below_a_buried_header_hold_digits(digits: int, position: int | None) -> None:
    """Two of four are not most."""
    record = ["5.00", "1.8.", "77"][:digits] + ["Acme", "Leeds", "paid"][: 4 - digits]
    assert buried_header([record, ["Net", "On", "Place", "Note"], record, record]) == position


@pytest.mark.parametrize(("length", "is_kept"), [(MAX_CELL_BYTES - 1, True), (1_000_000, True), (1_000_001, False)])
def test_a_cell_may_have_a_million_bytes(length: int, *, is_kept: bool) -> None:
    """One byte more, and the row is put aside."""
    assert (cells_refused(1, ["a" * length]) is None) == is_kept


def test_a_row_put_aside_is_shown_up_to_ten_thousand_characters(read_one: ReadOne) -> None:
    """Quarantine holds no megabytes."""
    table = read_one("r.csv", b"Name,City\n" + b"Acme,York\n" * 5 + b"x" * 20_000 + b",y,z\n")
    assert [len(text) for text in table.quarantine["row"].to_pylist()] == [10_000]


@pytest.mark.parametrize(("whole", "short", "aside"), [
    (95, 5, 5), (94, 6, 0), (96, 4, 4), (3, 1, 1), (2, 1, 0), (20, 1, 1),
])  # fmt: skip
def test_one_row_in_twenty_may_lack_cells(read_one: ReadOne, whole: int, short: int, aside: int) -> None:
    """More of them, or too few whole rows, are a file that leaves empty cells at the end out."""
    table = read_one("r.csv", b"Name,City,Net\n" + b"Acme,York,5\n" * whole + b"Bolt,Hull\n" * short)
    assert [row["reason"] for row in table.quarantine.to_pylist()] == ["too_few_cells"] * aside
    assert table.rows.num_rows == whole + short - aside


@pytest.mark.parametrize(("short", "aside"), [(19, 19), (20, 20), (21, 0)])
def test_one_row_in_five_may_be_damaged_where_empty_cells_are_written(read_one: ReadOne, short: int, aside: int) -> None:
    """A file that ends rows with a separator leaves nothing out."""
    rows = b"Acme,York,\n" + b"Acme,York,5\n" * (99 - short) + b"Bolt,Hull\n" * short
    assert read_one("r.csv", b"Name,City,Net\n" + rows).quarantine.num_rows == aside


def test_a_row_with_a_separator_too_many_lacks_nothing(read_one: ReadOne) -> None:
    """An empty cell beyond the last column is no cell."""
    table = read_one("r.csv", b"Name,City,Net\n" + b"Acme,York,5\n" * 30 + b"Bolt,Hull,6,\n")
    assert (table.rows.num_rows, table.quarantine.num_rows) == (31, 0)


@pytest.mark.parametrize(("lines", "delimiter"), [
    (["a;b\n", "x\n"], ";"), (["a;b\n", "x\n", "y\n"], ""), (["a,b;c\n"] * 3, ","),
    (["a,b\n"] * 2 + ["c,d,e\n"] * 2 + ["f,g,h,i\n"] * 2, ""), (["a,b\n"] * 3 + ["c,d,e\n"] * 3 + ["f,g,h,i\n"] * 3, ","),
])  # fmt: skip
def test_a_delimiter_splits_half_of_the_rows(lines: list[str], delimiter: str) -> None:
    """Alike, or in runs of three alike; of two that fit equally the comma goes first."""
    assert sniffed_delimiter(lines) == delimiter


@pytest.mark.parametrize(("widths", "width"), [([3, 3, 4], 3), ([3, 3, 4, 4], 4), ([4, 4, 3, 3], 4), ([], 0)])
def test_of_two_usual_widths_the_larger_counts(widths: list[int], width: int) -> None:
    """Rows may lack cells, and hold none too many."""
    assert usual_width(widths) == width


@pytest.mark.parametrize(("text", "codec"), [
    ("Я" * 6 + "a" * 4, "utf-8"), ("Я" * 5 + "a" * 5, "utf-16-le"), ("ab", "utf-16-le"), ("a", "utf-8"),
])  # fmt: skip
def test_utf_16_without_a_mark_is_told_by_two_bytes_of_five(text: str, codec: str) -> None:
    """More than four in ten second bytes are zero, of two letters at least."""
    assert sniffed_encoding(text.encode("utf-16-le")) == (codec, 0)


@pytest.mark.parametrize(("usual", "reason"), [(1, None), (2, "total_line"), (3, "total_line")])
def test_a_last_line_of_amounts_only_is_a_total_where_half_is_empty(usual: int, reason: str | None) -> None:
    """One amount in a table of one column is a record."""
    body = Body(usual, frozenset({1}), is_grouped=False)
    found = summaries({9: [None, "12.00", None]}, body, row_count=10)
    assert (found[9].reason if found else None) == reason


@pytest.mark.parametrize(("usual", "is_record"), [(1, True), (2, False)])
def test_a_line_of_one_cell_is_a_remark_where_records_have_two(usual: int, *, is_record: bool) -> None:
    """In a list of one column every line has one cell."""
    found = summaries({3: ["Checked by hand"]}, Body(usual, frozenset(), is_grouped=False), row_count=9)
    assert (not found) == is_record


@pytest.mark.parametrize(("filled", "is_total"), [(2, True), (3, False)])
def test_a_line_that_calls_itself_a_total_has_fewer_cells_than_records(filled: int, *, is_total: bool) -> None:
    """A customer called Total has as many cells as the others."""
    cells = ["Total", "12.00", "3.00"][:filled] + [None] * (3 - filled)
    found = summaries({2: cells}, Body(3, frozenset({1, 2}), is_grouped=False), row_count=9)
    assert bool(found) == is_total


@pytest.mark.parametrize(("index", "is_balance"), [(0, True), (1, True), (2, False), (7, False), (8, True), (9, True)])
def test_a_doubtful_word_is_a_balance_in_the_first_and_last_two_lines(index: int, *, is_balance: bool) -> None:
    """In between, "Transport" is what a line is for."""
    found = summaries({index: ["Transport", "12.00"]}, Body(2, frozenset({1}), is_grouped=False), row_count=10)
    assert ([one.reason for one in found.values()] == ["balance_line"]) == is_balance


@pytest.mark.parametrize(("amounts", "is_total"), [(7, False), (8, True), (9, True)])
def test_eight_of_ten_amounts_make_a_column_of_amounts(amounts: int, *, is_total: bool) -> None:
    """A lone number under such a column is its total."""
    texts = ["12.00"] * (amounts - 1) + ["see note"] * (10 - amounts) + ["24.00"]
    names = [f"Customer {place}" for place in range(9)] + [None]
    cells = pa.table({"c0": pa.array(names, pa.string()), "c1": texts, "c2": ["York"] * 9 + [None]})
    filled = pa.compute.add(pa.array([3] * 9 + [1]), 0).to_numpy()
    found = summary_rows(cells, filled.astype("int32"), frozenset(), is_grouped=False)
    assert ([one.reason for one in found.values()] == ["total_line"]) == is_total


@pytest.mark.parametrize(("known", "is_tie"), [(7, True), (9, False)])
def test_a_format_leads_by_eight_columns_of_a_hundred(known: int, *, is_tie: bool) -> None:
    """Of two that fit, one that knows hardly more of the file's columns is not sure to be it."""
    headers = ["Who", *(f"Column {place}" for place in range(99))]
    more = {"city": Field(tuple(headers[1 : known + 1]))}
    twins = [
        Connector(
            name, name, "crm",
            (Stream("people", "party", {"name": Field(("Who",)), **fields}, key=("Who",),
                    formats=(ExportFormat("list", ("Who",)),)),),
        )
        for name, fields in (("left", more), ("right", {}))
    ]  # fmt: skip
    columns = {f"c{place}": pa.array([], pa.string()) for place in range(len(headers))}
    rows = pa.table({"line": pa.array([], pa.int64()), **columns})
    raw = RawTable("a.csv", "", tuple(headers), rows, QUARANTINE.empty(), 0, 1)
    assert recognised(raw, twins).is_tie == is_tie


@pytest.mark.parametrize(("rows", "is_whole"), [(9, True), (10, True), (11, False)])
def test_a_small_file_is_cut_where_it_has_more_rows_than_asked_for(tmp_path: Path, rows: int, *, is_whole: bool) -> None:
    """As many rows as asked for are all of them."""
    (tmp_path / "small.csv").write_text("Id,Name\n" + "1,Acme\n" * rows, encoding="utf-8")
    [sampled] = sampled_tables(tmp_path / "small.csv", root=tmp_path, rows=10)
    assert (sampled.is_whole, sampled.rows_total_estimate) == (is_whole, rows)


@pytest.mark.parametrize(("theirs", "records"), [
    ("B-1,Acme,2026-01-01", 1), ("B-1,Acme,2026-02-02", 1), ("B-1,Bolt,2026-02-02", 2), ("B-1,Bolt,", 1),
])  # fmt: skip
def test_rows_of_one_typed_number_are_two_records_where_two_things_differ_and_nothing_agrees(
    read_one: ReadOne, theirs: str, records: int
) -> None:
    """One thing that changed, or one that is equal, makes a version of the same project."""
    stream = configured_stream(
        "projects", "project", {"number": "No", "party_name": "Customer", "created_at": "Date"}, key="No"
    )
    files = [f"No,Customer,Date\n{row}\n" for row in ("B-1,Acme,2026-01-01", theirs)]
    raws = [read_one(f"file{place}.csv", text.encode()) for place, text in enumerate(files)]
    assert canonical_stream(raws, stream, system="books").table().num_rows == records
