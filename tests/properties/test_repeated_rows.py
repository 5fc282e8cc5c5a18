"""Laws of rows that several files share: what was read twice counts once, and nothing else is lost."""

from collections import Counter

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.files.configured import configured_stream
from toolkit.connector import Lines
from toolkit.files.canonical import canonical_stream
from toolkit.files.raw import RawTable
from toolkit.tables import QUARANTINE

# The first column is read, the second says nothing to anybody.
_ROW = st.tuples(st.sampled_from(["a", "b"]), st.sampled_from(["x", "y", "z"]))
_FILES = st.lists(st.lists(_ROW, max_size=6), min_size=1, max_size=4)
_EXPENSES = configured_stream("expenses", "expense", {"description": "What"})
_LINES = configured_stream(
    "invoices",
    "invoice",
    {"number": "No", "amount_minor": "Amount"},
    key="No",
    lines=Lines({}, total="adds_up"),
)


def table(number: int, headers: tuple[str, ...], rows: list[tuple[str, ...]]) -> RawTable:
    cells = {f"c{index}": pa.array([row[index] for row in rows], pa.string()) for index in range(len(headers))}
    lines = pa.table({"line": pa.array(range(2, len(rows) + 2), pa.int64()), **cells})
    return RawTable(f"{number}.csv", "", headers, lines, QUARANTINE.empty(), len(rows), 1)


@settings(deadline=None, max_examples=12)
@given(_FILES)
def test_rows_without_an_id_count_as_often_as_the_file_that_has_most_of_them(files: list[list[tuple[str, str]]]) -> None:
    """Whatever order the rows stand in, and however many files there are; no id stands twice."""
    most: Counter[tuple[str, str]] = Counter()
    for rows in files:
        most |= Counter(rows)
    raws = [table(number, ("What", "Whatever"), list(rows)) for number, rows in enumerate(files)]

    found = canonical_stream(raws, _EXPENSES, system="sys", currency="USD")

    ids = found.table()["record_id"].to_pylist()
    assert len(set(ids)) == len(ids) == most.total()
    assert [one.rows_kept + one.rows_repeated for one in found.counts] == [len(rows) for rows in files]


@settings(deadline=None, max_examples=12)
@given(st.lists(st.tuples(st.sampled_from("123"), st.sampled_from(["1.00", "2.50", "-1.00"])), min_size=1, max_size=10))
def test_documents_add_up_to_what_their_lines_do(rows: list[tuple[str, str]]) -> None:
    """The sum over the documents is the sum over the rows, and every number is one document."""
    found = canonical_stream([table(0, ("No", "Amount"), list(rows))], _LINES, system="sys", currency="USD")

    amounts = found.table()["amount_minor"].to_pylist()
    assert len(amounts) == len({number for number, _ in rows})
    assert sum(amounts) == sum(round(100 * float(amount)) for _, amount in rows)
