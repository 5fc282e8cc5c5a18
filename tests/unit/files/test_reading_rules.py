"""Small rules of the readers at their bounds: logs, balances, totals and headings, groups, escapes, ids, places."""

import io
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from toolkit.connector import Connector, ExportFormat, Field, Stream
from toolkit.files.blocks import column_letters
from toolkit.files.content_ids import _in_several_files
from toolkit.files.encoding import sniffed_encoding
from toolkit.files.escapes import DoubledQuotes, _blocks
from toolkit.files.group_labels import _cell, _closed, _only_cell, with_group_labels
from toolkit.files.header import _is_numbered, _searched, header_position
from toolkit.files.json_lines import _record
from toolkit.files.kept_numbers import _kept
from toolkit.files.percent_cells import _column
from toolkit.files.prose import prose_kind
from toolkit.files.raw import RawTable
from toolkit.files.recognise import recognised, totals_without
from toolkit.files.repeats import _ranked
from toolkit.files.running_balance import signed_by_balance
from toolkit.files.summary_lines import Body, group_labels, summaries
from toolkit.tables import QUARANTINE

STAMP = "2026-03-01 10:00:00 started"
NO_STAMP = "nothing happened"


def table(headers: tuple[str, ...], *rows: tuple[str | None, ...], header_line: int = 1, **more: Any) -> RawTable:
    """Return a table as read."""
    columns = {f"c{at}": pa.array([row[at] for row in rows], pa.string()) for at in range(len(headers))}
    lines = pa.table({"line": pa.array(range(2, 2 + len(rows)), pa.int64()), **columns})
    return RawTable("a.csv", "", headers, lines, QUARANTINE.empty(), len(rows), header_line, **more)


@pytest.mark.parametrize(
    ("lines", "delimiter", "width", "kind"),
    [
        ([STAMP, STAMP], "", 1, "a log"),
        ([STAMP], "", 1, ""),
        ([STAMP, STAMP, NO_STAMP], "", 1, "a log"),
        ([STAMP, NO_STAMP], "", 1, ""),
        ([STAMP, STAMP, NO_STAMP, NO_STAMP, NO_STAMP], "", 1, ""),
        (["2026-03-01 10:00:00,123 started"] * 3, ",", 2, "a log"),
        (["2026-03-01 10:00:00;started"] * 3, ";", 2, ""),
        (["2026-03-01 10:00:00,a,b"] * 3, ",", 3, ""),
    ],
)
def test_a_log_has_a_time_at_the_head_of_most_lines(lines: list[str], delimiter: str, width: int, kind: str) -> None:
    """Two lines at least; a comma in the time of day makes two cells of each."""
    assert prose_kind(lines, "x.txt", delimiter=delimiter, width=width) == kind


LONG, SHORT, ENDED = "some words of text here", "some few words", "some few words."


@pytest.mark.parametrize(
    ("lines", "kind"),
    [
        ([LONG, LONG, SHORT], "prose"),  # most lines have four words
        ([LONG, SHORT], ""),  # half of them are not most
        ([ENDED, ENDED, SHORT], "prose"),  # a quarter and more end like sentences
        ([ENDED, SHORT, SHORT], "prose"),
        ([ENDED, SHORT, SHORT, SHORT], ""),
        (["- some few words", SHORT, SHORT], "prose"),
        (["some few words of"], ""),  # four words are no text
        (["some few words of very few"], "prose"),
        (["some few words of five"], ""),
        (["Two small words Among Five More Here"] * 2, ""),  # two of seven are small
        (["three small words Among Five More Here"] * 2, "prose"),  # three of seven
        (["two small Words Among Five"] * 3, ""),  # two of five are just 40 %
    ],
)
def test_prose_has_lines_of_several_words_or_sentences(lines: list[str], kind: str) -> None:
    """More than two of five words in small letters, and six words in all."""
    assert prose_kind(lines, "x.txt", delimiter="", width=1) == kind


@pytest.mark.parametrize(
    ("amounts", "balances", "turned"),
    [
        ([100, 50], [1_000, 950], True),
        ([100, 50], [1_000, 1_050], False),
        ([50, 100], [950, 1_000], True),  # the newest stands first: 950 after 1,000
        ([100, -50], [1_000, 1_000], False),
        ([100, 0, 0], [1_000, 1_000, 1_000], False),
        ([100], [900], False),
        ([100, 50, 30], [1_000, 950, 980], False),  # one for, one against
    ],
)
def test_amounts_are_turned_where_the_balance_moves_against_them(
    amounts: list[int], balances: list[int], *, turned: bool
) -> None:
    """On most lines that show it; as many for as against leave the amounts as they are."""
    found = signed_by_balance(pa.array(amounts), pa.array(balances))

    assert found.to_pylist() == [-one if turned else one for one in amounts]


@pytest.mark.parametrize(
    ("cells", "is_filled"),
    [
        (["A", None, None, "B"], True),
        (["A", None, "B", "C"], False),  # one empty cell
        (["A", *[None] * 2, *"BCDEFG"], False),  # two of nine are less than a quarter
        (["A", *[None] * 2, *"BCDEF"], True),
        (["A", None, None, "A"], False),  # a label stands twice
        ([None, None, "A", "B"], False),
    ],
)
def test_a_quarter_of_the_cells_under_a_group_s_header_are_empty(cells: list[str | None], *, is_filled: bool) -> None:
    """Two at least, and none above the first label."""
    found = with_group_labels(table(("Customer", "No"), *((cell, "1") for cell in cells)), "Customer").rows["c0"].to_pylist()

    filled: list[str | None] = []
    for cell in cells:
        filled.append(cell or (filled[-1] if filled else None))
    assert found == (filled if is_filled else cells)
    second = with_group_labels(table(("No", "Customer"), *(("1", cell) for cell in cells)), "Customer")
    assert second.rows["c1"].to_pylist() == cells


@pytest.mark.parametrize(
    ("row", "column", "cell", "only"),
    [
        ('["Acme", ""]', 0, "Acme", "Acme"),
        ('["Acme", "5"]', 0, "Acme", ""),
        ('["", "Acme"]', 1, "Acme", "Acme"),
        ('["Acme"]', 1, "", ""),
        ('["Acme"]', 0, "Acme", "Acme"),
        ("no JSON", 0, "", ""),
    ],
)
def test_a_label_is_the_only_cell_of_its_line(row: str, column: int, cell: str, only: str) -> None:
    """Under the group's header; a shorter line has none there."""
    assert (_cell(row, column), _only_cell(row, column)) == (cell, only)


@pytest.mark.parametrize(
    ("group_of", "closed_at", "stretches"),
    [
        ({0: "A", 3: "B"}, {}, [(0, 3, "A"), (3, 6, "B")]),
        ({0: "A", 1: "B"}, {3: "B", 5: "A"}, [(0, 1, "A"), (1, 3, "B"), (3, 5, "A")]),  # a group inside of another
        ({0: "A", 2: "B"}, {1: "A"}, [(0, 1, "A"), (2, 6, "B")]),
        ({1: "A"}, {2: "C"}, [(1, 2, "A"), (2, 6, "A")]),
        ({0: "A", 1: "B"}, {4: "A"}, [(0, 1, "A"), (1, 4, "B")]),
        ({0: "A", 5: "A"}, {1: "A"}, [(0, 1, "A"), (5, 6, "A")]),
    ],
)
def test_a_group_goes_on_to_the_next_heading_or_its_total(
    group_of: Mapping[int, str], closed_at: Mapping[int, str], stretches: list[tuple[int, int, str]]
) -> None:
    """A heading inside of a group that is closed further down is a group inside of it."""
    assert group_labels(group_of, closed_at, 6) == stretches


def reasons(rows: list[list[str | None]], *, usual: int = 4, **more: Any) -> dict[int, str]:
    """Return why rows are no records, in a table whose last two columns hold amounts."""
    body = Body(usual, frozenset({2, 3}), is_grouped=False, **more)
    return {at: one.reason for at, one in summaries(dict(enumerate(rows)), body, row_count=len(rows)).items()}


RECORD: list[str | None] = ["Acme", "x", "1.00", "2.00"]


def test_totals_and_remarks_at_the_end_are_told_from_the_last_row_up() -> None:
    """What stands above a record is no end of the table."""
    remark: list[str | None] = ["As agreed", None, None, None]
    bare: list[str | None] = [None, None, "3.00", "4.00"]
    half: list[str | None] = ["x", None, "3.00", None]

    assert reasons([RECORD, remark, RECORD]) == {1: "one_cell"}
    assert reasons([RECORD, remark]) == {1: "foot_line"}
    assert reasons([RECORD, RECORD, bare]) == {2: "total_line"}
    assert reasons([RECORD, bare, RECORD]) == {}
    assert reasons([RECORD, bare, bare, remark]) == {1: "total_line", 2: "total_line", 3: "foot_line"}
    assert reasons([RECORD, half]) == {}
    assert reasons([RECORD, bare], usual=3) == {}
    assert reasons([RECORD, [None] * 4]) == {1: "empty_line"}
    assert reasons([RECORD, remark], usual=1) == {}


def test_a_total_has_fewer_cells_than_a_record_or_stands_at_the_end() -> None:
    """A customer called Total has all cells of a record."""
    total: list[str | None] = ["Total", None, "3.00", "4.00"]
    customer: list[str | None] = ["Total", "5.00", "3.00", "4.00"]

    assert reasons([RECORD, total, RECORD]) == {1: "total_line"}
    assert reasons([RECORD, customer, RECORD]) == {}
    assert reasons([RECORD, customer]) == {1: "total_line"}


def test_a_heading_is_closed_by_a_total_of_its_name() -> None:
    """Or the first row is one, above values."""
    heading: list[str | None] = ["Acme", None, None, None]
    close: list[str | None] = ["Total Acme", None, "3.00", "4.00"]

    assert reasons([heading, RECORD, close, RECORD]) == {0: "group_line", 2: "total_line"}
    assert reasons([heading, RECORD, RECORD]) == {0: "one_cell"}
    assert reasons([heading, RECORD, RECORD], starts_with_values=True) == {0: "group_line"}
    assert reasons([RECORD, heading, RECORD], starts_with_values=True) == {1: "one_cell"}
    assert reasons([heading, ["Total Acme", None, None, None], RECORD]) == {0: "one_cell", 1: "one_cell"}


@pytest.mark.parametrize(
    ("text", "doubled"),
    [(rb"a\"b", b'a""b'), (rb"a\\b", rb"a\\b"), (rb'a\\"b', rb'a\\"b'), (rb"a\\\"b", rb'a\\""b'), (b"a\\", b"a\\")],
)
def test_an_escaped_quote_is_doubled(text: bytes, doubled: bytes) -> None:
    """Two backslashes stay two, and what follows them is no escape."""
    assert io.BufferedReader(DoubledQuotes(io.BytesIO(text))).read() == doubled


def test_pieces_of_a_text_overlap_by_four_bytes() -> None:
    """So that what lies across an edge is seen whole; two line ends close the last one."""
    size = 1 << 20
    data = bytes(range(1, 9)) * (size // 8) + b"tail"

    assert [(len(one), one[:4], one[-6:]) for one in _blocks(io.BytesIO(data))] == [
        (size, b"\x01\x02\x03\x04", b"\x03\x04\x05\x06\x07\x08"),
        (8, b"\x05\x06\x07\x08", b"\x07\x08tail"),
        (6, b"tail", b"tail\n\n"),
    ]


@pytest.mark.parametrize(
    ("sample", "codec"),
    [
        (b"a\0" * 20, "utf-16-le"),
        (b"\0a" * 20, "utf-16-be"),
        (b"a\0" * 20 + b"\0", "utf-16-le"),  # half a letter at the end
        (b"\0a" * 20 + b"a", "utf-16-be"),
        (b"a\0" * 9 + b"ab" * 11, "utf-16-le"),
        (b"a\0" * 8 + b"ab" * 12, "utf-8"),  # two of five
        (b"\0a" * 9 + b"ab" * 11, "utf-16-be"),
        (b"\0a" * 8 + b"ab" * 12, "utf-8"),
        (b"a\0" * 19 + b"\0\0", "utf-8"),  # one of twenty first bytes
        (b"a\0" * 20 + b"\0\0", "utf-16-le"),
        (b"\0a" * 19 + b"\0\0", "utf-8"),
        (b"\0a" * 20 + b"\0\0", "utf-16-be"),
        (b"a\0a\0", "utf-16-le"),
        (b"a\0", "utf-8"),
    ],
)
def test_every_second_byte_of_utf_16_is_zero(sample: bytes, codec: str) -> None:
    """More than two of five, and of the others less than one of twenty."""
    assert sniffed_encoding(sample) == (codec, 0)


@pytest.mark.parametrize(
    ("codes", "files", "several"),
    [
        ([0, 0, 1], [0, 1, 1], [True, True, False]),
        ([0, 0], [1, 1], [False, False]),
        ([0, 1, 0], [2, 0, 0], [True, False, True]),
    ],
)
def test_content_stands_in_several_files(codes: list[int], files: list[int], several: list[bool]) -> None:
    """Twice in one file is one file."""
    assert _in_several_files(np.array(codes), np.array(files), 2).tolist() == several


@pytest.mark.parametrize(
    ("letters", "column"),
    [("A", 0), ("Z", 25), ("AA", 26), ("AZ", 51), ("BA", 52), ("ZZ", 701), ("AAA", 702), ("XFD", 16_383)],
)
def test_columns_of_a_sheet_are_counted_in_letters(letters: str, column: int) -> None:
    """From A, which is the first, to XFD, which is the last that a spreadsheet has."""
    assert (_column(letters), column_letters(column)) == (column, letters)


def test_a_name_that_stands_twice_in_an_object_has_all_its_values() -> None:
    """The others have one."""
    assert _record([("a", 1), ("b", 2), ("a", 3)]) == {"a": [1, 3], "b": 2}
    assert _record([("a", 1), ("b", 2)]) == {"a": 1, "b": 2}


def test_the_most_alike_keeps_its_number_and_new_records_get_free_ones() -> None:
    """Of equal ones that which has the number already; a form of counting that was used goes on."""
    one, two, three = (frozenset({(name, name)}) for name in "xyz")

    assert _kept("7", {"7": two, "7#2": one}, {"7": one, "7#2": two}) == {"7": "7#2", "7#2": "7"}
    assert _kept("7", {"7": one, "7#2": two}, {"7": one, "7#2": two}) == {}
    assert _kept("7", {"7": three, "7#2": one}, {"7": one}) == {"7": "7#2", "7#2": "7"}
    assert _kept("7", {"7": three, "7##2": one}, {"7": one, "7##2": two}) == {"7": "7##3", "7##2": "7"}


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["Col 1", "Col 2", "Col 3"], True),
        (["Col 1", "Col 2"], False),
        (["Col 1", "Col 2", "Col 4"], False),
        (["Col 1", "Col 2", "Row 3"], False),
        (["Col 1", "Col 2", "Col"], False),
    ],
)
def test_three_numbered_words_are_names_of_columns(cells: list[str], *, expected: bool) -> None:
    """One word, rising by one."""
    assert _is_numbered(cells) is expected


@pytest.mark.parametrize(
    ("single", "several", "searched"),
    [(0, 15, 15), (40, 15, 55), (40, 16, 55), (99, 15, 100), (40, 14, 54), (2, 3, 15), (300, 1, 100)],
)
def test_fifteen_rows_of_several_cells_are_searched_for_a_header(single: int, several: int, searched: int) -> None:
    """At most a hundred rows, and fifteen at least."""
    assert _searched([*[["x"]] * single, *[["x", "y"]] * several]) == searched


@pytest.mark.parametrize(
    ("row", "position"),
    [(["Name", "", "", "Net"], 0), (["Name", "", "", "", "Net"], 1), (["Name", "a@b.example", "x", "y"], 1)],
)
def test_half_of_the_columns_of_a_header_are_named(row: list[str], position: int) -> None:
    """A title with a remark far off is none, nor is a row with an address."""
    body = [["Item", *["Word"] * (len(row) - 1)], *[["Nut", *["1.00"] * (len(row) - 1)]] * 3]

    assert header_position([row, *body]) == position


LIST = Stream("people", "party", {"name": Field(("Who",))}, key=("Who",), formats=(
    ExportFormat("list", (), cells=(("Who", "[a-z]+"), ("Code", "[0-9]+"))),
))  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "is_recognised"),
    [
        ([("anna", "1"), ("ben", "2")], True),
        ([("anna", None), ("ben", " ")], True),  # a column that nobody filled
        ([("anna", "1"), ("ben", "b")], False),
        ([("anna", "1")] * 200 + [("ben", "b")], True),
        ([("anna", "1")] * 199 + [("ben", "b")], False),
        ([], False),
    ],
)
def test_a_file_without_headers_is_told_by_its_first_two_hundred_rows(
    rows: list[tuple[str, str | None]], *, is_recognised: bool
) -> None:
    """Every filled cell has the form of its column."""
    found = recognised(table(("", ""), *rows, header_line=0), [Connector("ours", "Ours", "crm", (LIST,))])

    assert found.is_recognised is is_recognised


def test_a_total_is_less_by_what_went_elsewhere() -> None:
    """Of the last total line; rows without an amount take nothing off."""
    raw = table(("No", "Net"), ("1", "5.00"), ("2", None), totals=({1: "1.00"}, {1: "17.50"}))

    def left(gone: pa.Table) -> list[Decimal]:
        [total] = totals_without(raw, gone)
        assert total.keys() == {1}
        return [Decimal(text) for text in total.values()]

    assert left(raw.rows) == [Decimal("12.50")]
    assert left(raw.rows.slice(1)) == left(raw.rows.slice(0, 0)) == [Decimal("17.50")]
    assert totals_without(table(("No",), ("1",)), raw.rows) == ()


def test_a_row_is_a_version_of_the_record_it_agrees_with_most() -> None:
    """Of records in files before its own; two rows of one file are two records, and so is one that agrees with none."""
    grades = {((0, 1), (1, 1)): 1, ((0, 2), (1, 1)): 3, ((0, 1), (1, 2)): 2, ((0, 2), (1, 2)): 2, ((1, 1), (2, 5)): 1}
    group = [(0, 1), (0, 2), (1, 1), (1, 2), (1, 3), (2, 5)]

    ranks = _ranked(group, {}, lambda left, right: grades.get((left, right), 0))

    assert ranks == [[(0, 1), (1, 2)], [(0, 2), (1, 1), (2, 5)], [(1, 3)]]
    # A row that stands in the second file too is no version of what that file has beside it.
    assert _ranked([(0, 1), (1, 1)], {(0, 1): {0, 1}}, lambda *_: 1) == [[(0, 1)], [(1, 1)]]


@pytest.mark.parametrize(
    ("total", "closed"),
    [("Summe Acme:Leeds", "Acme:Leeds"), ("Acme:Leeds Total", "Acme:Leeds"), ("total acme", "Acme"), ("TOTAL", "")],
)
def test_a_total_ends_the_group_with_the_longest_name_that_it_holds(total: str, closed: str) -> None:
    """Acme, and the branch of Acme in Leeds."""
    assert _closed(total, ["Acme", "Leeds", "Acme:Leeds"]) == closed
