"""Which lines of a large text are looked at: whole rows, the first not the rest of another, the last not cut off."""

import pytest

from toolkit.files.sample import _first_row, _lines, _whole_rows


@pytest.mark.parametrize(
    ("block", "lines"),
    [
        (b"", []),
        (b"a", ["a"]),
        (b"a\n", ["a\n"]),
        (b"a\nbc", ["a\n", "bc"]),
        (b"a\r\n\nb\n", ["a\r\n", "\n", "b\n"]),
        (b"\xe9\n", ["é\n"]),
    ],
)
def test_lines_keep_their_ends(block: bytes, lines: list[str]) -> None:
    """The last one has none where it is cut off."""
    assert _lines(block) == lines


@pytest.mark.parametrize(("count", "taken"), [(1, 1), (2, 3), (3, 4), (4, 4), (9, 4)])
def test_the_last_row_of_all_may_be_cut_off(count: int, taken: int) -> None:
    """It is left out; the second row goes over two lines."""
    lines = ["a;1\n", '"b\n', 'b";2\n', "c;3\n", "d;4\n"]

    assert _whole_rows(lines, ";", count) == lines[:taken]


def test_no_lines_have_no_rows() -> None:
    """An empty place of a file."""
    assert _whole_rows([], ";", 3) == []


@pytest.mark.parametrize(("rest", "begin"), [(1, 1), (2, 2), (38, 38), (39, 39), (40, 39)])
def test_whole_rows_begin_where_most_of_the_next_have_all_cells(rest: int, begin: int) -> None:
    """The first line is the rest of a row that was cut; a cell of many lines may go on from there, 39 lines are tried."""
    lines = [*["text of a cell\n"] * rest, *["a;1\n"] * 40]

    assert _first_row(lines, ";", 2) == begin


def test_of_places_that_fit_as_well_the_first_counts() -> None:
    """After the first line, which is never whole for sure; a single line has nothing behind it."""
    assert _first_row(["a;1\n"] * 50, ";", 2) == 1
    assert _first_row(["a;1\n"], ";", 2) == 1
    assert _first_row(["x\n", "y\n", "a;1\n"], ";", 2) == 1
