"""The check that every table passes between stages."""

import pyarrow as pa
import pytest

from toolkit.errors import TableError
from toolkit.tables import CLUSTER, RESULTS, checked
from toolkit.tables.schema import COUNT, TEXT, Column, Schema

SITES = Schema("site", (Column("name", TEXT, "name", required=True), Column("rooms", COUNT, "rooms")), key=("name",))


def test_a_table_comes_out_with_the_schema_s_columns_in_order() -> None:
    """Stages need not care about order and spare columns."""
    table = pa.table({"extra": [1], "rooms": [3], "name": ["Pier"]})

    assert checked(table, SITES).to_pylist() == [{"name": "Pier", "rooms": 3}]


def test_a_missing_column_is_named() -> None:
    """The message says which column and how many more."""
    with pytest.raises(TableError, match="lacks column 'rooms'"):
        checked(pa.table({"name": ["Pier"]}), SITES)


def test_rows_without_a_required_value_are_carried() -> None:
    """Whoever catches the error can show the rows."""
    with pytest.raises(TableError, match="1 rows without 'name'") as caught:
        checked(pa.table({"name": ["Pier", None], "rooms": [1, 2]}), SITES)

    assert caught.value.failing_rows == ({"name": None, "rooms": 2},)


def test_a_repeated_key_is_refused() -> None:
    """A key names one row."""
    with pytest.raises(TableError, match="1 keys that occur more than once"):
        SITES.from_rows([{"name": "Pier", "rooms": 1}, {"name": "Pier", "rooms": 2}])


@pytest.mark.parametrize(
    ("keys", "is_refused"),
    [
        ([], False),
        ([("a", 1)], False),
        ([("a", 1), ("a", 2), ("b", 1)], False),
        ([("b", 1), ("a", 1), ("a", 2)], False),
        ([("a", 1), ("a", 2), ("a", 2)], True),
        ([("a", 1), ("b", 1), ("a", 1)], True),
        ([("b", 2), ("a", 9), ("b", 2)], True),
    ],
)
def test_a_repeated_key_is_found_whatever_the_order_of_rows(keys: list[tuple[str, int]], *, is_refused: bool) -> None:
    """Two columns together name a row, in a table that is in order and in one that is not."""
    rooms = Schema(
        "room", (Column("site", TEXT, "site", required=True), Column("number", COUNT, "number")), key=("site", "number")
    )
    rows = [{"site": site, "number": number} for site, number in keys]

    if is_refused:
        with pytest.raises(TableError, match="1 keys that occur more than once"):
            rooms.from_rows(rows)
    else:
        assert rooms.from_rows(rows).num_rows == len(rows)


def test_a_value_of_the_wrong_type_is_refused() -> None:
    """Text does not become a number by accident."""
    with pytest.raises(TableError, match="'rooms'"):
        checked(pa.table({"name": ["Pier"], "rooms": ["three"]}), SITES)


def test_an_unknown_column_in_a_row_is_refused() -> None:
    """A mistyped column is found where it is written."""
    with pytest.raises(TableError, match="no column 'cluster'"):
        CLUSTER.from_rows([{"record_key": "a", "cluster": "b"}])


@pytest.mark.parametrize("schema", RESULTS.values(), ids=list(RESULTS))
def test_every_column_of_every_table_says_what_it_means(schema: Schema) -> None:
    """A reader finds unit and meaning in one place."""
    assert all(column.meaning for column in schema.columns)
    assert set(schema.key) <= set(schema.names)
    assert schema.empty().num_rows == 0
