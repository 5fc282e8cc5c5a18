"""Lists in groups whose column has a name: the group stands once, on a line of its own or on its first row.

Grouped reports with an empty first header are the reader's: it copies their labels. Here the header says what the group is
("Customer"), so only who knows the stream can tell a group from a cell that is simply empty.
"""

import json
from collections.abc import Iterable
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.connector import alternatives, header_key
from toolkit.files.raw import RawTable
from toolkit.files.summary_lines import group_labels

_HEADINGS = ("one_cell", "group_line", "foot_line")
_MIN_EMPTY_SHARE = 0.25
_MIN_EMPTY = 2


def with_group_labels(raw: RawTable, group_header: str) -> RawTable:
    """Return a table where each row's cell under the group's header is filled with the label of its group.

    Only where the column is a group's: all cells are empty and labels stand on lines of their own, which are then no
    unknown rows any more; or it is the first column, no label stands twice, and a quarter of the cells are empty.
    """
    named = {header_key(name) for name in alternatives(group_header)}
    columns = [index for index, header in enumerate(raw.headers) if header_key(header) in named]
    if not columns or not raw.rows.num_rows:
        return raw
    cells = [(cell or "").strip() for cell in raw.rows[f"c{columns[0]}"].to_pylist()]
    if not any(cells):
        return _labelled_by_lines(raw, columns[0])
    filled = [cell for cell in cells if cell]
    empty = len(cells) - len(filled)
    is_grouped = cells[0] and len(set(filled)) == len(filled)
    if columns[0] or not is_grouped or empty < max(_MIN_EMPTY, _MIN_EMPTY_SHARE * len(cells)):
        return raw
    texts = pa.array([cell or None for cell in cells], pa.string())
    return _with_column(raw, columns[0], pc.fill_null_forward(texts))


def _labelled_by_lines(raw: RawTable, column: int) -> RawTable:
    aside = raw.quarantine.select(["line", "reason", "row"]).to_pylist()
    lines = sorted([(line, None) for line in raw.rows["line"].to_pylist()]
                   + [(row["line"], row) for row in aside if row["line"] is not None], key=lambda one: one[0])  # fmt: skip
    headings: dict[int, str] = {}
    closed: dict[int, str] = {}
    last = max(place for place, (_, row) in enumerate(lines) if row is None)
    for place, (_, row) in enumerate(lines[:last]):
        label = None if row is None else _only_cell(row["row"], column)
        if row is not None and row["reason"] in _HEADINGS and label:
            headings[place] = label
        elif row is not None and row["reason"] == "total_line":
            closed[place] = _closed(_cell(row["row"], column), headings.values())
    if not headings:
        return raw
    labels: list[str | None] = [None] * len(lines)
    for begin, end, label in group_labels(headings, closed, len(lines)):
        labels[begin:end] = [label] * (end - begin)
    texts = [label for label, (_, row) in zip(labels, lines, strict=True) if row is None]
    used = {lines[place][0] for place in headings}
    return _with_column(_as_headings(raw, used), column, pa.array(texts, pa.string()))


def _cells(row: str) -> list[str]:
    try:
        found = json.loads(row)
    except ValueError:
        return []
    return [str(cell or "").strip() for cell in found] if isinstance(found, list) else []


def _cell(row: str, column: int) -> str:
    cells = _cells(row)
    return cells[column] if column < len(cells) else ""


def _only_cell(row: str, column: int) -> str:
    """Return the cell of a row under the group's header; empty where another cell is filled."""
    return _cell(row, column) if sum(bool(cell) for cell in _cells(row)) == 1 else ""


def _closed(total: str, labels: Iterable[str]) -> str:
    """Return the group that a total line ends ("Total for Acme", "Acme Total"); empty where it names none.

    Examples
    --------
    >>> _closed("Summe Acme:Leeds", ["Acme", "Leeds", "Acme:Leeds"]), _closed("TOTAL", ["Acme"])
    ('Acme:Leeds', '')
    """
    text = total.casefold()
    named = [label for label in labels if text.endswith(label.casefold()) or text.startswith(label.casefold())]
    return max(named, key=len, default="")


def _as_headings(raw: RawTable, lines: set[int]) -> RawTable:
    """Return the table where those lines were put aside as what they are: headings."""
    is_heading = np.isin(pc.fill_null(raw.quarantine["line"], -1).to_numpy(), sorted(lines))
    mask = pa.array(is_heading)
    quarantine = raw.quarantine
    for name, text in (
        ("reason", "group_line"),
        ("detail", "The line is the heading of a group; its label went to the rows."),
    ):
        place = quarantine.column_names.index(name)
        changed = pc.if_else(mask, pa.scalar(text), quarantine[name])
        quarantine = quarantine.set_column(place, quarantine.schema.field(name), changed)
    return replace(raw, quarantine=quarantine)


def _with_column(raw: RawTable, column: int, texts: pa.Array) -> RawTable:
    place = raw.rows.column_names.index(f"c{column}")
    return replace(raw, rows=raw.rows.set_column(place, f"c{column}", texts))
