"""Where one table of a sheet ends and another begins: just under, at and just over each bound."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pytest

from toolkit.files.blocks import (
    Block,
    _beside,
    _first_header,
    _holds_values,
    _is_header,
    _is_total,
    _Plane,
    _side,
    _with_titles,
    blocks,
    cells_without_digits,
)

Rows = Sequence[Sequence[str]]


def plane(rows: Rows, known: Sequence[str] = ()) -> tuple[_Plane, Block]:
    """Return rows of one length as a sheet, and the block of all of it."""
    cells = pa.table({f"c{place}": list(column) for place, column in enumerate(zip(*rows, strict=True))})
    filled = np.array([[bool(cell) for cell in row] for row in rows])
    made = _Plane(cells, filled, np.zeros(len(rows), np.bool_), frozenset(known))
    return made, Block(0, len(rows), 0, len(rows[0]))


def found(rows: Rows) -> list[tuple[int, int, int, int]]:
    """Return the rectangles of a sheet: first and end row, first and end column."""
    sheet, _ = plane(rows)
    return [
        (one.first_row, one.end_row, one.first_column, one.end_column)
        for one in blocks(sheet.cells, sheet.filled, sheet.breaks)
    ]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["1", "a"], False),
        (["1", "2", "a"], True),
        (["1", "2", "a", "b", "c"], False),
        (["1", "", ""], True),
        ([""], False),
    ],
)
def test_a_column_holds_values_where_most_cells_have_a_digit(cells: list[str], *, expected: bool) -> None:
    """Half of them are not most; empty cells do not count."""
    assert _holds_values(cells) is expected


@pytest.mark.parametrize(
    ("with_digits", "without", "nothing", "places"),
    [(4, 1, 0, [4]), (3, 1, 0, []), (8, 2, 5, [8, 9]), (5, 0, 1, []), (0, 0, 2, [])],
)
def test_four_of_five_cells_with_digits_make_a_column_of_them(
    with_digits: int, without: int, nothing: int, places: list[int]
) -> None:
    """The others may be names of columns further down."""
    column = pa.chunked_array([["7"] * with_digits + ["x"] * without + [None] * nothing], pa.string())

    assert cells_without_digits(column) == places


@pytest.mark.parametrize(("without", "found"), [(5_000, 5_000), (5_001, 0)])
def test_five_thousand_rows_at_most_are_looked_at(without: int, found: int) -> None:
    """More are no headers."""
    column = pa.chunked_array([["7"] * 30_000 + ["x"] * without])

    assert len(cells_without_digits(column)) == found


@pytest.mark.parametrize(
    ("filled", "gaps", "least", "begin"),
    [
        ([3, 3, 1, 1, 3], [], 1, 2),  # two titles
        ([3, 3, 1, 1, 3], [], 3, 3),  # one, above which this table may not reach
        ([3, 3, 2, 1, 3], [], 1, 3),  # two cells are no title
        ([3, 3, 2, 2, 3], [], 1, 4),
        ([3, 0, 1, 0, 3], [2], 1, 2),  # the empty line above the title stays with the table above
        ([3, 1, 1, 0, 3], [2], 1, 2),
        ([3, 0, 0, 0, 3], [1, 2, 3, 4], 1, 1),  # without a title empty lines go along
    ],
)
def test_titles_of_one_cell_belong_to_the_header_below_them(
    filled: list[int], gaps: list[int], least: int, begin: int
) -> None:
    """With the empty lines between them and it."""
    breaks = np.isin(np.arange(len(filled)), gaps)

    assert _with_titles(np.array(filled), breaks, len(filled) - 1, least) == begin


@pytest.mark.parametrize(("behind", "expected"), [(0, True), (2, True), (3, False)])
def test_one_of_the_last_three_rows_may_be_a_total(behind: int, *, expected: bool) -> None:
    """A row further up that calls itself one is a record of that name."""
    rows = [["A", "1"], ["B", "2"], ["C", "3"], ["Total", "6"], *[["D", "4"]] * behind]
    sheet, block = plane(rows)

    assert _is_total(sheet, block, 3, np.arange(1, len(rows))) is expected


@pytest.mark.parametrize(("own", "other", "has_side"), [(4, 1, True), (3, 1, False), (2, 0, True)])
def test_rows_of_a_table_beside_another_stand_together(own: int, other: int, *, has_side: bool) -> None:
    """Four of five of the sheet's rows; an optional column has holes all over."""
    body = [["A", "1.00", "", "B", "2.00"]] * (own - 1) + [["", "", "", "B", "2.00"]] * other
    rows = [["Name", "Net", "", "Payer", "Paid"], *body, ["A", "1.00", "", "B", "2.00"]]
    sheet, _ = plane(rows)

    side = _side(sheet, Block(0, len(rows), 0, 2))

    assert (side is not None) is has_side


@pytest.mark.parametrize(
    ("above", "title"),
    [([], False), ([["Bills", ""]], True), ([["Bills", "12.50"]], False), ([["Bills", ""], ["", ""]], True)],
)
def test_a_title_is_one_cell_in_the_row_above_the_header(above: Rows, *, title: bool) -> None:
    """Empty rows between them do not count."""
    rows = [*above, ["Name", "Net"], ["Acme", "1.00"], ["Bolt", "2.00"]]
    sheet, block = plane(rows)

    side = _side(sheet, block)

    assert side is not None
    assert (side.has_title, side.names, side.header_row) == (title, ("Name", "Net"), len(above))
    assert side.last_row == len(rows) - 1


def test_a_table_has_two_names_and_a_row_of_two_cells() -> None:
    """A list of single cells has nothing beside it."""
    for rows in ([["Name", ""], ["Acme", "1.00"]], [["Name", "Net"], ["Acme", ""]], [["Name", "Net"], ["", ""]]):
        sheet, block = plane(rows)
        assert _side(sheet, block) is None


def test_three_tables_side_by_side_are_three() -> None:
    """Each is compared with the next one, not with the one after that."""
    heads = [["Name", "Net"], ["Payer", "Paid"], ["Item", "Sold"]]
    rows = [[*heads[0], "", *heads[1], "", *heads[2]]]
    rows += [["A", "1.00", "", "B", "2.00", "", "C", "3.00"]] * 3
    rows += [["A", "1.00", "", "B", "2.00", "", "", ""]] * 2
    rows += [["A", "1.00", "", "", "", "", "", ""]] * 2

    assert found(rows) == [(0, 8, 0, 2), (0, 6, 3, 5), (0, 4, 6, 8)]


def test_a_table_beside_two_that_are_one_is_told_by_its_neighbour() -> None:
    """Columns 4 and 5 end with the first table, behind an empty column of it; the third table ends earlier."""
    rows = [["Name", "Net", "", "Payer", "Paid", "", "Item", "Sold"]]
    rows += [["A", "1.00", "", "B", "2.00", "", "C", "3.00"]] * 3
    rows += [["A", "1.00", "", "B", "2.00", "", "", ""]] * 2

    assert found(rows) == [(0, 6, 0, 5), (0, 4, 6, 8)]
    sheet, block = plane(rows)
    assert [(one.first_column, one.end_column) for one in _beside(sheet, block)] == [(0, 5), (6, 8)]


NAMES = ("number", "payer", "paid on", "sum")


@pytest.mark.parametrize(
    ("header", "values", "after_gap", "expected"),
    [
        # Four names over values of which three, or two, have digits; none is a name of the table above.
        (["Bill", "Seller", "Day", "Net"], ["7", "x", "8", "9"], True, True),
        (["Bill", "Seller", "Day", "Net"], ["7", "x", "8", "y"], True, False),
        # One is enough where a name stands in both tables, or the table has another shape.
        (["Bill", "Seller", "Day", "Sum"], ["7", "x", "y", "z"], True, True),
        (["Bill", "Seller", "Day", "Sum"], ["w", "x", "y", "z"], True, False),
        (["Bill", "Seller", "Day", ""], ["7", "x", "y", ""], True, True),
        (["Bill", "Seller", "Day", ""], ["w", "x", "y", ""], True, False),
        # Without an empty line above two, and a name that stands in both.
        (["Bill", "Seller", "Day", "Sum"], ["7", "x", "8", "z"], False, True),
        (["Bill", "Seller", "Day", "Sum"], ["7", "x", "y", "z"], False, False),
        (["Bill", "Seller", "Day", "Net"], ["7", "x", "8", "9"], False, False),
        # What no header has.
        (["Bill", "Bill", "Day", "Sum"], ["7", "x", "8", "9"], True, False),
        (["Bill", "12.50", "Day", "Sum"], ["7", "x", "8", "9"], True, False),
        (["Total", "Seller", "Day", "Sum"], ["7", "x", "8", "9"], True, False),
    ],
)
def test_a_row_of_names_over_values_is_a_header(
    header: list[str], values: list[str], *, after_gap: bool, expected: bool
) -> None:
    """How many of its names must stand over values depends on what else speaks for it."""
    sheet, block = plane([header, values, values])

    assert _is_header(sheet, block, 0, NAMES, is_after_gap=after_gap) is expected


@pytest.mark.parametrize(("known", "expected"), [(("bill", "seller"), False), (("bill", "seller", "day"), True)])
def test_a_row_whose_names_are_mostly_known_is_a_header_over_any_rows(known: tuple[str, ...], *, expected: bool) -> None:
    """Half of them are not mostly."""
    sheet, block = plane([["Bill", "Seller", "Day", "Net"], ["w", "x", "y", "z"]], known)

    assert _is_header(sheet, block, 0, NAMES, is_after_gap=False) is expected


@pytest.mark.parametrize(("second", "expected"), [(["Other list", "", "", ""], False), (["8", "y", "", ""], True)])
def test_rows_below_a_header_end_at_the_next_title(second: list[str], *, expected: bool) -> None:
    """A row of one cell is a title, and what stands below it says nothing of this table."""
    rows = [["Bill", "Seller", "Day", "Net"], second, ["7", "8", "9", "10"], ["7", "8", "9", "10"]]
    sheet, block = plane(rows)

    assert _is_header(sheet, block, 0, NAMES, is_after_gap=True) is expected


@pytest.mark.parametrize(
    ("head", "breaks", "position"),
    [
        # Three names above two rows of three are a table, though a wider one stands below.
        ([["Bill", "Payer", "Net"], ["7", "x", "1.00"], ["8", "y", "2.00"]], [3], 0),
        # Two names, or one row, are facts above the table.
        ([["Bill", "Payer"], ["7", "x"], ["8", "y"]], [3], 3),
        ([["Bill", "Payer", "Net"], ["7", "x", "1.00"]], [2], 2),
        # Half of the rows must be as wide.
        ([["Bill", "Payer", "Net"], ["7", "x", "1"], ["8", "y", "2"], ["9"], ["1"]], [5], 0),
        ([["Bill", "Payer", "Net"], ["7", "x", "1"], ["8", "y", "2"], ["9"], ["1"], ["2"]], [6], 6),
    ],
)
def test_three_names_above_two_rows_of_three_are_the_first_table(head: Rows, breaks: list[int], position: int) -> None:
    """A preamble has rows of one and two cells."""
    wide = [["Item", "Code", "Price", "Stock", "Place"], *[["Nut", "7", "1.00", "5", "x"]] * 4]
    rows = [*head, *wide]

    assert _first_header(rows, np.isin(np.arange(len(rows)), breaks), frozenset()) == position
