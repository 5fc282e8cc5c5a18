"""Sheets that people filled in and sent back: every row counts, also one with a single cell, which elsewhere is a remark."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from toolkit.files.header import normal_name, stripped
from toolkit.files.raw import RawTable
from toolkit.files.read import opened_source, source_tables
from toolkit.files.source import Reading

_REMARKS = ("foot_line", "one_cell", "total_line", "group_line", "balance_line", "too_few_cells")


@dataclass(frozen=True, slots=True)
class FilledSheet:
    """A sheet (or a CSV file, whose name is empty): its headers as compared, and its rows as (line, cells)."""

    name: str
    headers: tuple[str, ...]
    rows: tuple[tuple[int, dict[str, str]], ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """What could not be taken: where it stands, what was seen, and what to do.

    ``line`` is the row in the sheet, from 1; 0 where the whole sheet is meant. ``cell`` is its name there, where known.
    """

    sheet: str
    line: int
    column: str
    seen: str
    message: str
    cell: str = ""


def filled_sheets(path: Path, headers: Iterable[str]) -> Iterator[FilledSheet]:
    """Yield the sheets of a workbook, or the one table of a CSV file.

    Parameters
    ----------
    path
        XLSX, XLS, ODS or CSV.
    headers
        Names of columns to look for, in any case: they tell the header row from what stands above it.

    Raises
    ------
    InputError
        The file cannot be read: the message says why and what to do.
    """
    reading = Reading(frozenset(headers), is_filled_in=True)
    for raw in source_tables(opened_source(path, path.parent), reading):
        names = tuple(normal_name(header) for header in raw.headers)
        yield FilledSheet(raw.part, names, tuple(_rows(raw, names)))


def _rows(raw: RawTable, names: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    lines = raw.rows["line"].to_pylist()
    columns = [raw.rows[f"c{place}"].to_pylist() for place in range(len(names))]
    rows = [(line, list(cells)) for line, *cells in zip(lines, *columns, strict=True)]
    rows.extend(
        (aside["line"], json.loads(aside["row"]))
        for aside in raw.quarantine.to_pylist()
        if aside["reason"] in _REMARKS and aside["line"] is not None
    )
    for line, cells in sorted(rows, key=lambda row: row[0]):
        by_name: dict[str, str] = {}
        for name, cell in zip(names, cells, strict=False):
            by_name.setdefault(name, stripped(cell))
        if any(by_name.values()):
            yield line, by_name
