"""Laws of the readers: what is written is read, every row is counted, nothing but an InputError comes out."""

import csv
import gzip
import io
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import example, given, settings
from hypothesis import strategies as st

from toolkit.errors import InputError
from toolkit.files.layout import Grid, columns_of
from toolkit.files.raw import RawTable
from toolkit.files.read import raw_tables
from toolkit.files.text_rows import text_rows

# A file full of control characters is taken for a binary one; the usual three belong to text.
CELL = st.text(
    st.characters(exclude_categories=("Cs", "Cn", "Cc"), exclude_characters="\ufeff", include_characters="\r\n\t"),
    max_size=12,
)
ROWS = st.lists(st.tuples(st.just("k"), CELL, CELL, st.just("x")), min_size=1, max_size=12)


def tables(name: str, data: bytes) -> list[RawTable]:
    """Return every table of a file with these bytes."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        return list(raw_tables(path, root=Path(folder)))


@settings(max_examples=100, deadline=None)
@given(
    ROWS, st.sampled_from(",;\t|"), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]), st.sampled_from(["plain", "packed"])
)
@example([("k", "", "\r", "x"), ("k", "A", "", "x"), ("k", "0", "", "x")], ",", "utf-8", "plain")
def test_what_the_csv_module_writes_is_read_back(
    rows: list[tuple[str, ...]], delimiter: str, codec: str, packing: str
) -> None:
    """Quotes, line breaks and separators inside cells included; the writer is an independent one."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(("Key", "First", "Second", "End"))
    writer.writerows(rows)
    data = out.getvalue().encode(codec)

    [table] = tables("t.csv.gz", gzip.compress(data)) if packing == "packed" else tables("t.csv", data)

    assert table.headers == ("Key", "First", "Second", "End")
    assert [tuple(row.values())[1:] for row in table.rows.to_pylist()] == [tuple(c or None for c in row) for row in rows]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from([*'ab",;\n\r\t=', "TOTAL", "1.50", "é"]), max_size=60))
def test_every_row_is_kept_or_put_aside(pieces: list[str]) -> None:
    """Whatever the quotes and line ends do."""
    try:
        found = tables("t.csv", ("Name,City,Net\n" + "".join(pieces)).encode())
    except InputError:
        return
    for table in found:
        assert table.rows.num_rows + table.quarantine.num_rows == table.rows_read
        assert table.rows.column_names == ["line", *(f"c{index}" for index in range(len(table.headers)))]


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(
        [b"", b"Name,City\n", b"[", b'{"a":', b"<OFX><STMTRS>", b"PK\x03\x04", b"\x1f\x8b\x08", b"PAR1", b"\xff\xfe"]
    ),
    st.binary(max_size=200),
    st.sampled_from(["a.csv", "a.json", "a.jsonl", "a.ofx", "a.parquet"]),
)
def test_any_bytes_are_read_or_refused(head: bytes, tail: bytes, name: str) -> None:
    """A traceback never reaches a client."""
    try:
        for table in tables(name, head + tail):
            assert table.rows.num_rows + table.quarantine.num_rows == table.rows_read
    except InputError:
        return


@settings(max_examples=150, deadline=None)
@given(st.text(st.sampled_from('ab",\n'), max_size=40))
def test_no_character_of_a_readable_row_is_lost(text: str) -> None:
    """Apart from separators, quotes and line ends, the cells hold what the lines held."""
    lines = text.splitlines(keepends=True)

    letters = "".join(cell for row in text_rows(lines, ",") for cell in row.cells)

    assert [c for c in letters if c in "ab"] == [c for c in text if c in "ab"]


@given(st.lists(st.lists(CELL, max_size=4), max_size=5))
def test_columns_hold_the_cells_of_the_rows(rows: list[list[str]]) -> None:
    """Short rows end in null."""
    grid = Grid(lines=None, cells=columns_of(rows, 4), header=(0, ()))  # type: ignore[arg-type]

    assert [list(row.values()) for row in grid.cells.to_pylist()] == [
        [cell or None for cell in row] + [None] * (4 - len(row)) for row in rows
    ]
