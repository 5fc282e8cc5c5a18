"""One stream as the checks see it: its live records, and whole-column questions about them.

Deleted, absent and merged records are history: no check looks at them.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.tables import ENTITY_SCHEMAS
from toolkit.values.placeholder import placeholders

Rows = npt.NDArray[np.int64]
"""Numbers of rows, from 0."""

Records = Mapping[tuple[str, str], pa.Table]
"""Tables in the schema of their entity, by system and stream."""

_NOUNS = {
    "party": "companies and people", "employee": "employees", "product": "products", "account": "ledger accounts",
    "deal": "deals", "project": "projects", "task": "tasks", "ticket": "tickets", "quote": "quotes", "order": "orders",
    "invoice": "invoices", "credit_note": "credit notes", "bill": "bills", "payment": "payments",
    "bank_line": "bank lines", "expense": "expenses", "journal_line": "journal lines",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Stream:
    """The live records of one stream, all of one entity."""

    system: str
    name: str
    entity: str
    table: pa.Table

    @property
    def noun(self) -> str:
        """What its records are, in a client's words, plural."""
        return _NOUNS.get(self.entity, "records")

    def values_at(self, column: str, rows: Rows) -> pa.ChunkedArray:
        """Return the values of some rows, as they stand in the table."""
        return self.table[column].take(pa.array(rows, pa.int64()))


def live_streams(records: Records) -> list[Stream]:
    """Return the streams that hold live records, split by entity where a stream mixes several, ordered by name."""
    streams: list[Stream] = []
    for (system, name), table in sorted(records.items()):
        is_history = pc.or_(
            pc.is_in(table["state"], value_set=pa.array(["deleted", "absent"])),
            pc.is_valid(table["merged_into"]),
        )
        live = _rows_that(table, pc.invert(is_history))
        streams.extend(
            Stream(system, name, entity, _rows_that(live, pc.equal(live["entity"], entity)).combine_chunks())
            for entity in sorted(pc.unique(live["entity"]).to_pylist())
            if entity in ENTITY_SCHEMAS
        )
    return streams


def _rows_that(table: pa.Table, are_wanted: pa.ChunkedArray) -> pa.Table:
    """Return the rows that are wanted; where all are, the table itself: a copy of a ledger is as large as the ledger."""
    return table if pc.all(are_wanted, min_count=0).as_py() else table.filter(are_wanted)


def rows_where(flags: pa.ChunkedArray | pa.Array) -> Rows:
    """Return the rows in which a condition is true; null is not."""
    return np.flatnonzero(pc.fill_null(flags, fill_value=False).to_numpy(zero_copy_only=False))


def is_filled(column: pa.ChunkedArray) -> npt.NDArray[np.bool_]:
    """Return for every row whether it holds a value; blanks are none."""
    if column.null_count == len(column):
        return np.zeros(len(column), np.bool_)
    filled = pc.is_valid(column)
    if pa.types.is_string(column.type):
        says_something = pc.and_not(pc.greater(pc.binary_length(column), 0), pc.utf8_is_space(column))
        filled = pc.fill_null(says_something, fill_value=False)
    result: npt.NDArray[np.bool_] = filled.combine_chunks().to_numpy(zero_copy_only=False)
    return result


def coded(column: pa.ChunkedArray) -> tuple[pa.Array, npt.NDArray[np.int64]]:
    """Return the different values of a column, and for every row which of them it holds (-1: none)."""
    dictionary = column.combine_chunks().dictionary_encode()
    codes: npt.NDArray[np.int64] = pc.fill_null(dictionary.indices.cast(pa.int64()), -1).to_numpy()
    return dictionary.dictionary, codes


def verdicts(
    column: pa.ChunkedArray, judge: Callable[[list[str]], Sequence[str | None]], rows: Rows
) -> list[tuple[int, str, str]]:
    """Return (row, value, reason) of those ``rows`` whose value ``judge`` finds fault with; asked once per value.

    Parameters
    ----------
    column
        Text.
    judge
        From different values to what is wrong with each; null: nothing.
    rows
        Which rows are judged; all of them hold a value.
    """
    different, codes = coded(column.take(pa.array(rows, pa.int64())))
    if not len(different):
        return []
    values = different.to_pylist()
    reasons = [*judge(values), None]
    is_faulty = np.array([reason is not None for reason in reasons])
    return [
        (int(rows[place]), values[code], reasons[code] or "")
        for place in np.flatnonzero(is_faulty[codes])
        for code in (int(codes[place]),)
    ]


def folded(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return text for comparing: lower case, outer blanks off, inner ones single; empty is null."""
    # Looking for such blanks takes a sixth of the time of replacing them, and few columns have any.
    if pc.any(pc.match_substring_regex(column, r"[\t\n\f\r]|  ")).as_py():
        column = pc.replace_substring_regex(column, r"\s+", " ")
    plain = pc.utf8_lower(pc.utf8_trim_whitespace(column))
    return pc.if_else(pc.equal(plain, ""), None, plain)


def named(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return names and ids with null in place of a placeholder ("n/a", "REDACTED"); a number is never one."""
    different = pc.unique(column).drop_null()
    may_be = different.filter(pc.fill_null(placeholders(different), fill_value=True)).to_pylist()
    fillers = [text for text in may_be if not text.strip() or any(map(str.isalpha, text))]
    if not fillers:
        return column
    return pc.if_else(pc.is_in(column, value_set=pa.array(fillers, pa.string())), pa.scalar(None, pa.string()), column)
