"""The records of one file of any shape: what names each of them."""

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.errors import InputError, TableError
from toolkit.values.cell_bytes import may_have_outer_blanks

_MAX_NAMED_IDS = 5


@dataclass(frozen=True, slots=True)
class RecordFile:
    """One table of records.

    Attributes
    ----------
    name
        Of its file, for the output.
    table
        Its columns as text.
    ids
        What names each row: unique, verbatim.
    id_column
        The column that they come from; None where they are made from the content.
    naming
        The same in a sentence.
    """

    name: str
    table: pa.Table
    ids: pa.ChunkedArray
    id_column: str | None
    naming: str


def record_file(table: pa.Table, name: str, *, id_columns: Sequence[str] = (), likely_ids: Sequence[str] = ()) -> RecordFile:
    """Return a table with what names its records.

    Parameters
    ----------
    table
        One row per record; columns of any type that has a text form.
    name
        Of its file.
    id_columns
        Columns that a person says name the records: the first of them that the table has.
    likely_ids
        Columns that seem to name them, the likeliest first: without ``id_columns`` the first of them that is unique, else
        the first unique column of all, else a key made from the content.

    Raises
    ------
    InputError
        The table has no rows, or two columns of one name.
    TableError
        The id column is empty somewhere, or names two records alike; the ids are listed.
    """
    texts = text_columns(table, name)
    told = next((column for column in id_columns if column in texts.column_names), None)
    if told is not None:
        _check_ids(texts[told], name, told)
        return RecordFile(name, texts, texts[told], told, f"Column {told!r}.")
    likely = next((column for column in likely_ids if _is_unique(texts[column])), None)
    if likely is not None:
        return RecordFile(name, texts, texts[likely], likely, f"Column {likely!r}: it differs from record to record.")
    repeats = _repeats(texts, likely_ids)
    found = next((column for column in texts.column_names if _is_unique(texts[column])), None)
    if found is not None:
        naming = f"Column {found!r}: the first in which every value is different.{repeats}"
        return RecordFile(name, texts, texts[found], found, naming)
    ids = pa.chunked_array([pa.array(_content_keys(texts), pa.string())])
    return RecordFile(name, texts, ids, None, f"A key made from the content, for no column is unique.{repeats}")


def text_columns(table: pa.Table, name: str) -> pa.Table:
    """Return a table with all columns as text.

    Parameters
    ----------
    table
        Columns of any type that has a text form.
    name
        Of its file.

    Raises
    ------
    InputError
        It has no rows, two columns of one name, or a column without a text form.
    """
    if not table.num_rows:
        raise InputError(f"There are no records in {name!r}. Check that the file is the right one.")
    repeated = [column for column, count in Counter(table.column_names).items() if count > 1]
    if repeated:
        raise InputError(f"{name!r} has more than one column named {repeated[0]!r}. Rename one of them.")
    return pa.table({column: _text(table[column], column, name) for column in table.column_names})


def _text(column: pa.ChunkedArray, name: str, file: str) -> pa.ChunkedArray:
    try:
        texts = pc.cast(column, pa.string())
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
        raise InputError(
            f"Column {name!r} of {file!r} holds {column.type}, which has no text form. Leave it out."
        ) from error
    if not may_have_outer_blanks(texts):
        return texts
    # An empty cell is none, whether it came as such or as a text of nothing.
    return pc.if_else(pc.equal(pc.utf8_trim_whitespace(texts), ""), pa.scalar(None, pa.string()), texts)


def _check_ids(ids: pa.ChunkedArray, file: str, column: str) -> None:
    empty = ids.null_count + pc.sum(pc.equal(pc.utf8_trim_whitespace(ids), "")).as_py() if len(ids) else 0
    if empty:
        raise TableError(
            f"Column {column!r} of {file!r} is empty in {empty:,} of {len(ids):,} rows. "
            "Choose another column, or leave --id out."
        )
    counts = pc.value_counts(ids)
    repeated = counts.filter(pc.greater(counts.field("counts"), 1))
    if len(repeated):
        listed = sorted(zip(repeated.field("values").to_pylist(), repeated.field("counts").to_pylist(), strict=True))
        more = f" and {len(listed) - _MAX_NAMED_IDS:,} more" if len(listed) > _MAX_NAMED_IDS else ""
        raise TableError(
            f"Column {column!r} of {file!r} does not name records: {len(listed)} ids occur more than once "
            f"({', '.join(repr(one) for one, _ in listed[:_MAX_NAMED_IDS])}{more}). "
            "Choose another column, or leave --id out.",
            [{column: one, "count": count} for one, count in listed[:20]],
        )


def _is_unique(column: pa.ChunkedArray) -> bool:
    return not column.null_count and pc.count_distinct(column).as_py() == len(column)


def _repeats(table: pa.Table, likely_ids: Sequence[str]) -> str:
    """Return that the column which seems to name the records does not, in a sentence with a blank before it."""
    if not likely_ids:
        return ""
    column = table[likely_ids[0]]
    again = len(column) - column.null_count - pc.count_distinct(column).as_py()
    seen = f"is empty in {column.null_count:,} rows" if column.null_count else f"repeats in {again:,} rows"
    return f" {likely_ids[0]!r} seems to name the records, but {seen}."


def _content_keys(table: pa.Table) -> list[str]:
    seen: Counter[str] = Counter()
    keys = []
    for row in zip(*(table[name].to_pylist() for name in table.column_names), strict=True):
        key = hashlib.sha256(json.dumps(row, ensure_ascii=True).encode()).hexdigest()[:16]
        seen[key] += 1
        keys.append(key if seen[key] == 1 else f"{key}-{seen[key]}")
    return keys
