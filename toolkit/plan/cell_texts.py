"""Cells as the texts that a plan holds: whole numbers, days, instants in UTC; null is an empty field."""

from collections.abc import Iterable, Mapping

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.values.placeholder import placeholders

Row = Mapping[str, str | None]


def cell_texts(column: pa.Array | pa.ChunkedArray) -> pa.StringArray:
    """Return a column in the canonical texts of a plan; an empty text is null.

    Examples
    --------
    >>> cell_texts(pa.array([1250, None])).to_pylist(), cell_texts(pa.array([2.5, 3.0])).to_pylist()
    (['1250', None], ['2.5', '3'])
    >>> from datetime import UTC, date, datetime
    >>> cell_texts(pa.array([date(2026, 10, 5)])).to_pylist()
    ['2026-10-05']
    >>> at = pa.array([datetime(2026, 10, 5, 8, tzinfo=UTC)], pa.timestamp("us", tz="UTC"))
    >>> cell_texts(at).to_pylist()
    ['2026-10-05T08:00:00Z']

    An instant keeps the parts of a second that the system writes: an edit within the same second is another one.

    >>> at = pa.array([datetime(2026, 10, 5, 8, 0, 0, 250_000, tzinfo=UTC)], pa.timestamp("us", tz="UTC"))
    >>> cell_texts(at).to_pylist()
    ['2026-10-05T08:00:00.250000Z']
    """
    values = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    if pa.types.is_timestamp(values.type):
        written = pc.strftime(values.cast(pa.timestamp("us", tz="UTC")), format="%Y-%m-%dT%H:%M:%SZ")
        return pc.replace_substring(written, ".000000Z", "Z")
    texts = values.cast(pa.string())
    return pc.if_else(pc.fill_null(pc.equal(texts, ""), False), pa.scalar(None, pa.string()), texts)


def said_texts(column: pa.Array | pa.ChunkedArray) -> pa.StringArray:
    """Return the texts of a column; a filler such as "n/a" is null.

    Examples
    --------
    >>> said_texts(pa.array(["Ann", "n/a", ""])).to_pylist()
    ['Ann', None, None]
    """
    texts = cell_texts(column)
    return pc.if_else(pc.fill_null(placeholders(texts), False), pa.scalar(None, pa.string()), texts)


def rows_by_key(table: pa.Table, keys: Iterable[str], columns: Iterable[str]) -> dict[str, Row]:
    """Return some columns of some records as texts, by record key; what is not there is left out.

    Parameters
    ----------
    table
        Records with ``record_key``.
    keys
        Whose.
    columns
        Which; ``record_key`` need not be named.
    """
    names = sorted({*columns} - {"record_key"})
    wanted = pa.array(sorted({*keys}), pa.string())
    own = table.select(["record_key", *names]).filter(pc.is_in(table["record_key"], value_set=wanted))
    found = {name: cell_texts(own[name]).to_pylist() for name in names}
    return {key: {name: found[name][place] for name in names} for place, key in enumerate(own["record_key"].to_pylist())}


def filled_columns(table: pa.Table, columns: Iterable[str]) -> frozenset[str]:
    """Return the columns that a list keeps at all: those that a record of it fills; of an empty list all.

    Parameters
    ----------
    table
        The list's records.
    columns
        Which are looked at.
    """
    if not table.num_rows:
        return frozenset(columns)
    return frozenset(name for name in columns if table[name].null_count < table.num_rows)


def day_only_columns(table: pa.Table) -> frozenset[str]:
    """Return the columns of instants in which a list knows the day of every record, and of none the time.

    Parameters
    ----------
    table
        The list's records, with ``date_only``.
    """
    names = pc.list_flatten(table["date_only"])
    counts = {row["values"]: row["counts"] for row in pc.value_counts(names).to_pylist()}
    return frozenset(name for name, count in counts.items() if count == table.num_rows - table[name].null_count)
