"""Parts of workbooks, rows that lack cells, lines of cells and ends of names: at the bounds of each rule."""

from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from toolkit.files.delimited import _lacking, _line_breaks, _merged
from toolkit.files.dialect import _any_delimiter, _in_runs, sniffed_delimiter
from toolkit.files.layout import columns_of
from toolkit.files.package import _column_number, _hidden_of_open_document, _width
from toolkit.files.summary_rows import summary_rows


@pytest.mark.parametrize(("letters", "number"), [(b"A", 1), (b"Z", 26), (b"AA", 27), (b"AZ", 52), (b"XFD", 16_384)])
def test_columns_are_numbered_from_one(letters: bytes, number: int) -> None:
    """As a spreadsheet program counts them."""
    assert _column_number(letters) == number


@pytest.mark.parametrize(
    ("declared", "width"),
    [
        (b'<col min="3" max="5">', 3),
        (b'<col min="3" max="3">', 1),
        (b'<col max="4">', 4),
        (b"<col>", 1),
        (b'<col min="3">', 1),
    ],
)
def test_a_declaration_stands_for_its_first_to_its_last_column(declared: bytes, width: int) -> None:
    """Both included, and for one at least."""
    assert _width(declared) == width


def test_hidden_rows_and_columns_are_counted_by_sheet() -> None:
    """A declaration may stand for several; a sheet that hides nothing is not named."""
    hidden = 'table:visibility="collapse"'
    text = (
        f'<table:table table:name="A &amp; B"><table:table-column {hidden} table:number-columns-repeated="3"/>'
        f"<table:table-row {hidden}/><table:table-row {hidden}/></table:table>"
        '<table:table table:name="Plain"><table:table-row/></table:table>'
        f'<table:table table:name="Last"><table:table-column {hidden}/></table:table>'
    )

    assert _hidden_of_open_document(text.encode()) == {"A & B": (2, 3), "Last": (0, 1)}


@pytest.mark.parametrize(
    ("short", "total", "ends_empty", "is_told"),
    [
        (1, 20, False, True),
        (2, 40, False, True),  # one of twenty
        (2, 39, False, False),
        (1, 4, False, True),  # one row always
        (1, 3, False, False),  # three whole ones at least
        (4, 20, True, True),  # one of five
        (4, 19, True, False),
    ],
)
def test_rows_that_lack_cells_are_few(short: int, total: int, *, ends_empty: bool, is_told: bool) -> None:
    """More of them where the file writes empty cells at the end of others; else it leaves such cells out."""
    counts = dict.fromkeys(range(short), 2) | {99: 3}

    assert _lacking(counts, total, 3, ends_empty=ends_empty) == (dict.fromkeys(range(short), 2) if is_told else {})


@pytest.mark.parametrize(
    ("cell", "lines"), [("a", 0), ("a\nb", 1), ("a\r\nb", 1), ("a\rb", 1), ("a\r\nb\n\rc", 3), ("\r\n\r\n", 2)]
)
def test_a_cell_goes_over_as_many_lines_as_it_has_ends_of_lines(cell: str, lines: int) -> None:
    """A carriage return with its line feed is one."""
    assert _line_breaks(cell) == lines


@pytest.mark.parametrize("count", [200, 201])
def test_rows_are_put_where_their_lines_belong(count: int) -> None:
    """Few of them one by one, many by one sort: the table is the same."""
    lines = np.arange(0, 1_000, 2)
    cells = columns_of([[str(line), None] for line in lines], 2)
    more = [(2 * place + 1, [str(2 * place + 1)]) for place in range(count)]

    found, table = _merged(lines, cells, more, 2)

    expected = sorted([*lines.tolist(), *(line for line, _ in more)])
    assert found.tolist() == expected
    assert table["c0"].to_pylist() == [str(line) for line in expected]


@pytest.mark.parametrize(
    ("widths", "count"),
    [([2, 2, 2], 3), ([2, 2], 0), ([2, 2, 2, 3, 3, 3, 3, 1, 1, 1], 7), ([2, 2, 3, 2], 0), ([1, 1, 1], 0)],
)
def test_three_rows_of_one_width_make_a_run(widths: list[int], count: int) -> None:
    """Of two cells or more."""
    assert _in_runs(widths) == count


@pytest.mark.parametrize(
    ("lines", "delimiter"),
    [
        (["a;b;c", "1;2", "3"], ";"),
        (["a;b", "1;2;3", "3"], ""),  # once in the first line splits nothing for sure
        (["a;b;c|d|e|f", "1;2;3;4;5"], ";"),
        ([], ""),
    ],
)
def test_where_rows_differ_in_length_the_first_line_tells(lines: list[str], delimiter: str) -> None:
    """Of two that it holds twice the more frequent one of the file."""
    assert _any_delimiter(lines) == delimiter


@pytest.mark.parametrize(
    ("lines", "delimiter"),
    [
        (["a;b,c", "1;2,3", "4;5,6", "7;8,9"], ","),  # as many cells: the first of the usual ones
        (["a;b;c,d", "1;2;3,4"], ";"),  # more cells
        (["a;b", "1;2", "x,y,z", "3"], ";"),
    ],
)
def test_of_delimiters_that_fit_as_well_the_one_with_more_cells_wins(lines: list[str], delimiter: str) -> None:
    """Rows of two tables count as whole where they stand together."""
    assert sniffed_delimiter(lines) == delimiter


def test_a_report_of_groups_is_measured_by_its_wider_rows() -> None:
    """Half of its rows may be headings of one cell."""
    rows = [["Acme", None, None], ["a", "b", "1.00"], ["Bolt", None, None], ["c", "d", "2.00"], ["Cove", None, None]]
    cells = columns_of([*rows, *rows[:1], ["e", "f", "3.00"]], 3)
    filled = np.array(
        [sum(cell is not None for cell in row) for row in zip(*cells.to_pydict().values(), strict=True)], np.int32
    )

    found = summary_rows(cells, filled, frozenset(), is_grouped=True)

    assert {at: one.reason for at, one in found.items()} == dict.fromkeys((0, 2, 4, 5), "group_line")


@pytest.mark.parametrize(
    ("name", "note"),
    [
        ("t.csv", None),
        ("t.v2.csv", None),
        ("export", None),
        ("t.txt", None),
        ("t.xlsx", "The name ends in '.xlsx', but the content is a text file; it was read as that."),
        ("t.v2.xlsx", "The name ends in '.xlsx', but the content is a text file; it was read as that."),
    ],
)
def test_a_name_that_says_another_format_is_told(read_one: Any, name: str, note: str | None) -> None:
    """By what stands behind its last dot."""
    assert list(read_one(name, b"Name;Net\nAcme;1,50\nBolt;2,75\n").notes) == ([] if note is None else [note])


def test_a_list_of_lists_in_json_has_its_header_where_it_stands(read_one: Any, cells: Any) -> None:
    """Numbered from the first list on, with what stands above it."""
    table = read_one("t.json", b'[["Report"], ["Name", "Net"], ["Acme", "1.00"], ["Bolt", "2.00"]]')

    assert (table.headers, table.header_line) == (("Name", "Net"), 2)
    assert cells(table) == [("Acme", "1.00"), ("Bolt", "2.00")]
    assert table.rows["line"].to_pylist() == [3, 4]
    assert table.preamble == (("Report",),)


def test_no_columns_are_made_of_no_rows() -> None:
    """As many as the table has all the same."""
    assert columns_of([], 2).schema.names == ["c0", "c1"]
    assert columns_of([["a"], ["", "b"]], 2).to_pydict() == {"c0": ["a", None], "c1": [None, "b"]}
    assert pa.types.is_string(columns_of([], 1).schema.field(0).type)
