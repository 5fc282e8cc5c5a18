"""Lines that hold an id and nothing else: records of which nothing is known, and records all the same."""

import json
import re
from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.files.raw import RawTable

_LONE = ("one_cell", "foot_line", "too_few_cells")


def with_lone_ids(raw: RawTable) -> RawTable:
    """Return a table with those lines of one cell back among its rows whose cell is a further id.

    A reader puts a line of one cell aside, for it may be a remark. It is a record where the column of its cell names every
    other record, no record has that name yet, and it is written like the names of the others.

    Parameters
    ----------
    raw
        A table as read.
    """
    aside = raw.quarantine.to_pylist()
    taken: list[tuple[int, int, str]] = []
    kept = []
    known: dict[int, tuple[set[str], set[str]] | None] = {}
    for place, row in enumerate(aside):
        found = _lone_cell(row) if row["reason"] in _LONE else None
        if found is not None and found[0] not in known:
            known[found[0]] = _names(raw, found[0])
        names = known.get(found[0]) if found is not None else None
        if found is None or names is None or found[1] in names[0] or _shape(found[1]) not in names[1]:
            kept.append(place)
            continue
        names[0].add(found[1])
        taken.append((row["line"], *found))
    if not taken:
        return raw
    columns = {"line": pa.array([line for line, _, _ in taken], pa.int64())}
    for index in range(len(raw.headers)):
        cells = [text if column == index else None for _, column, text in taken]
        columns[f"c{index}"] = pa.array(cells, pa.string())
    added = pa.table(columns).select(raw.rows.column_names)
    rows = pa.concat_tables([raw.rows, added.cast(raw.rows.schema)]).sort_by("line").combine_chunks()
    return replace(raw, rows=rows, quarantine=raw.quarantine.take(pa.array(kept, pa.int64())))


def _lone_cell(row: dict[str, object]) -> tuple[int, str] | None:
    """Return the column and the text of the only cell of a row that was put aside."""
    try:
        cells = json.loads(str(row["row"]))
    except ValueError:
        return None
    values = list(cells.values()) if isinstance(cells, dict) else cells
    filled = [(index, text) for index, text in enumerate(values) if isinstance(text, str) and text.strip()]
    return filled[0] if len(filled) == 1 and row["line"] is not None else None


def _names(raw: RawTable, index: int) -> tuple[set[str], set[str]] | None:
    """Return the cells of a column that differs from row to row, and how they are written; None of any other column."""
    column = raw.rows[f"c{index}"]
    if column.null_count or not len(column) or pc.count_distinct(column).as_py() < len(column):
        return None
    names = set(column.to_pylist())
    return names, {_shape(name) for name in names}


def _shape(name: str) -> str:
    """Return how a name is written: its letters and digits as such, runs of them as one."""
    return re.sub(r"0+", "0", re.sub(r"\d", "0", re.sub(r"[^\W\d_]+", "a", name.strip())))
