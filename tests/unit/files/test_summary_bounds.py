"""Which columns hold amounts, one value, or beginnings of records: what decides on lines that are no records."""

import numpy as np
import pyarrow as pa
import pytest

from toolkit.files.summary_rows import _amount_columns, _balances, _constants, _starts_with_values


def column(*cells: str | None) -> pa.Table:
    """Return a table of one column."""
    return pa.table({"c0": pa.chunked_array([list(cells)], pa.string())})


@pytest.mark.parametrize(
    ("cells", "is_amounts"),
    [
        (["1", "2", "3", "4", "x"], True),
        (["1", "2", "3", "x"], False),
        (["1", "2", None, " "], True),
        (["1", None, None], False),
        ([None, None], False),
    ],
)
def test_four_of_five_cells_are_amounts(cells: list[str | None], *, is_amounts: bool) -> None:
    """Of two at least; empty cells do not count."""
    assert _amount_columns(column(*cells), len(cells)) == ({0} if is_amounts else set())


@pytest.mark.parametrize(("above", "is_amounts"), [(210, True), (211, True), (500, True)])
def test_amounts_are_looked_for_in_the_last_two_hundred_rows_above_the_tail(above: int, *, is_amounts: bool) -> None:
    """What stands further up, or in the last ten rows, decides nothing: the first rows of a long list may be notes."""
    cells = ["x"] * above + ["1"] * 168 + ["y"] * 42
    at_the_bound = ["x"] * above + ["1"] * 167 + ["y"] * 43

    assert (_amount_columns(column(*cells), len(cells)) == {0}) is is_amounts
    assert _amount_columns(column(*at_the_bound), len(at_the_bound)) == set()


@pytest.mark.parametrize(
    ("cells", "constant"),
    [
        (["A", "A", "A", None], "A"),
        (["A", "A", None, None], None),
        (["A", "A", "B"], None),
        ([None, None], None),
        (["A"] * 200 + ["B"], "A"),
        (["A"] * 199 + ["B"], None),
    ],
)
def test_a_column_of_one_value_is_an_account_s(cells: list[str | None], constant: str | None) -> None:
    """In more than half of the first two hundred rows, and no other value beside it."""
    assert _constants(column(*cells)) == ({} if constant is None else {0: constant})


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["1.00", "2026-03-01", "x"], True),
        (["1.00", "x"], False),
        (["1.00", "x", "2", "y"], False),
        (["1.00"], False),
        (["1.00", "2.00", None, " "], True),
        (["1.00", "2.00", "3.00", "w", "x", "y"], False),
    ],
)
def test_records_begin_with_values_where_most_first_cells_are(cells: list[str | None], *, expected: bool) -> None:
    """Half of them are not most, and one is no evidence."""
    assert _starts_with_values(column(*cells), np.full(len(cells), 2, np.int32)) is expected


def test_only_rows_of_two_cells_tell_how_records_begin() -> None:
    """Headings of one cell do not."""
    table = column("x", "y", "z", "1.00", "2.00")

    assert _starts_with_values(table, np.array([1, 1, 1, 2, 2], np.int32))
    assert not _starts_with_values(table, np.array([2, 2, 2, 2, 2], np.int32))


@pytest.mark.parametrize(
    ("count", "place", "found"),
    [
        (4_000, 2_000, True),  # a short column is searched as a whole
        (4_001, 2_000, False),
        (4_001, 1_999, True),
        (4_001, 2_001, True),
        (9_000, 4_500, False),
        (9_000, 7_000, True),
        (9_000, 6_999, False),
    ],
)
def test_a_long_column_is_searched_for_balances_where_its_ends_have_one(count: int, place: int, *, found: bool) -> None:
    """Two thousand rows at each end."""
    cells = ["x"] * count
    cells[place] = "Closing balance"

    assert _balances(column(*cells)["c0"]) == ([place] if found else [])
