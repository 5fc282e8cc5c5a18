"""The raw row beside a record: JSON that says what the file said, text for text."""

import json

import pyarrow as pa
from hypothesis import example, given, settings
from hypothesis import strategies as st

from toolkit.files.row_json import raw_json
from toolkit.query import query_connection, quoted_text

_TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=6)
_SIGNS = st.text(st.sampled_from('"\\\n\r\t\b\f\x0b\x1f\x7fé/a'), max_size=6)
_CELL = st.none() | _TEXT | _SIGNS
_TABLES = st.lists(_SIGNS | _TEXT, min_size=1, max_size=3, unique=True).flatmap(
    lambda headers: st.tuples(
        st.just(headers), st.lists(st.lists(_CELL, min_size=len(headers), max_size=len(headers)), min_size=1, max_size=4)
    )
)


def raw_texts(headers: list[str], rows: list[list[str | None]]) -> list[str]:
    """Return the JSON text of each row of a table."""
    names = [f"c{place}" for place in range(len(headers))]
    columns = [pa.array([row[place] for row in rows], pa.string()) for place in range(len(headers))]
    texts: list[str] = raw_json(headers, pa.table(columns, names=names)).to_pylist()
    return texts


@settings(deadline=None)
@given(_TABLES)
@example((["a\x1fb"], [["\x0b"], [None]]))
def test_a_raw_row_is_what_a_query_engine_writes(table: tuple[list[str], list[list[str | None]]]) -> None:
    """Escapes, empty cells and order are those of another library, to the last sign."""
    headers, rows = table
    cells = pa.table({f"c{place}": pa.array([row[place] for row in rows], pa.string()) for place in range(len(headers))})
    members = ", ".join(f"{quoted_text(header)}, c{place}" for place, header in enumerate(headers))
    with query_connection() as connection:
        connection.register("cells", cells)
        expected = connection.sql(f"SELECT json_object({members})::VARCHAR AS raw FROM cells").to_arrow_table()
    assert raw_texts(headers, rows) == expected["raw"].to_pylist()


def test_a_header_that_stands_twice_has_a_list_of_its_cells() -> None:
    """Neither of two columns of one name is lost, and an empty cell is null in the list too."""
    [first, second] = raw_texts(["Note", "No", "Note"], [['say "hi"', "1", "b"], [None, "2", "c\\d"]])
    assert first == r'{"Note":["say \"hi\"","b"],"No":"1"}'
    assert json.loads(second) == {"Note": [None, "c\\d"], "No": "2"}


def test_a_table_without_headers_has_empty_raw_rows() -> None:
    """There is nothing to name a cell by."""
    assert raw_json([], pa.table({"line": [1, 2]})).to_pylist() == ["{}", "{}"]
