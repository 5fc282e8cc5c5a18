"""What a table is: a frozen list of columns, each with its type, unit and meaning.

Stages meet only in tables. ``checked`` is called where a stage hands a table over.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.errors import TableError

TEXT = pa.string()
CODED_TEXT = pa.dictionary(pa.int32(), pa.string())
FLAG = pa.bool_()
COUNT = pa.int64()
MINOR = pa.int64()
NUMBER = pa.float64()
INSTANT = pa.timestamp("us", tz="UTC")
DAY = pa.date32()
TEXTS = pa.list_(pa.string())


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its Arrow type, what it means, its unit, and whether every row must fill it."""

    name: str
    type: pa.DataType
    meaning: str
    unit: str = ""
    required: bool = False


@dataclass(frozen=True, slots=True)
class Schema:
    """A table's columns in order, and the columns that together name a row (none: rows have no name)."""

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    names: tuple[str, ...] = field(init=False, repr=False, compare=False)
    """Column names in order."""
    arrow: pa.Schema = field(init=False, repr=False, compare=False)
    """The same as an Arrow schema."""

    def __post_init__(self) -> None:
        # Made once: an audit asks for them some thousand times.
        object.__setattr__(self, "names", tuple(column.name for column in self.columns))
        object.__setattr__(self, "arrow", pa.schema([pa.field(column.name, column.type) for column in self.columns]))

    def empty(self) -> pa.Table:
        """Return a table of this schema without rows."""
        return self.arrow.empty_table()

    def from_rows(self, rows: Iterable[Mapping[str, Any]]) -> pa.Table:
        """Return a checked table of ``rows``; a column that a row does not name is null there."""
        listed = list(rows)
        unknown = sorted({name for row in listed for name in row} - set(self.names))
        if unknown:
            raise TableError(f"Table {self.name} has no column {unknown[0]!r}. It has: {', '.join(self.names)}.")
        arrays = [pa.array([row.get(column.name) for row in listed], column.type) for column in self.columns]
        return checked(pa.Table.from_arrays(arrays, schema=self.arrow), self)


def checked(table: pa.Table, schema: Schema) -> pa.Table:
    """Return ``table`` with exactly the columns and types of ``schema``, in order.

    Raises
    ------
    TableError
        A column is missing, a value does not fit its type, a required value is null or a key occurs twice. Up to
        twenty failing rows are carried.
    """
    missing = [name for name in schema.names if name not in table.column_names]
    if missing:
        raise TableError(
            f"Table {schema.name} lacks column {missing[0]!r}. Add it, as null where it is unknown "
            f"({len(missing)} missing in all)."
        )
    columns = [_cast(table, column, schema.name) for column in schema.columns]
    result = pa.Table.from_arrays(columns, schema=schema.arrow)
    for column in schema.columns:
        if column.required and result[column.name].null_count:
            failing = result.filter(pc.is_null(result[column.name])).slice(0, 20).to_pylist()
            raise TableError(
                f"Table {schema.name} has {result[column.name].null_count} rows without {column.name!r}, "
                "which every row needs.",
                failing,
            )
    if schema.key:
        _check_key(result, schema)
    return result


def _cast(table: pa.Table, column: Column, table_name: str) -> pa.ChunkedArray:
    values = table[column.name]
    # Equal lists may still call their elements otherwise.
    if values.type == column.type and not pa.types.is_nested(column.type):
        return values
    try:
        return values.cast(column.type)
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
        raise TableError(
            f"Table {table_name}, column {column.name!r}: {values.type} does not fit {column.type} ({error})."
        ) from error


def _check_key(table: pa.Table, schema: Schema) -> None:
    keys = table.select(list(schema.key))
    if _is_rising(keys):
        return
    counts = keys.group_by(list(schema.key)).aggregate([([], "count_all")])
    repeated = counts.filter(pc.greater(counts["count_all"], 1))
    if repeated.num_rows:
        raise TableError(
            f"Table {schema.name} has {repeated.num_rows} keys that occur more than once "
            f"({', '.join(schema.key)} must be unique).",
            repeated.slice(0, 20).to_pylist(),
        )


def _is_rising(keys: pa.Table) -> bool:
    """Whether each row's key is above the one before, so that none occurs twice; most tables are written in that order.

    Counting long tables by their keys takes ten times as long as a look at neighbours, and a copy of the keys.
    """
    last = max(keys.num_rows - 1, 0)
    is_above = pa.scalar(False)
    for column in reversed(keys.columns):
        before, after = column.slice(0, last), column.slice(1)
        is_above = pc.or_(pc.greater(after, before), pc.and_(pc.equal(after, before), is_above))
    return bool(pc.all(is_above, skip_nulls=False).as_py()) if last else True
