"""Tables and columns for the tests of interpretation, written as one would write a CSV file."""

from collections.abc import Sequence

import pyarrow as pa

from toolkit.interpret.given_table import GivenTable


def column(*cells: str | None) -> pa.ChunkedArray:
    """Return a column of text."""
    return pa.chunked_array([list(cells)], pa.string())


def table(text: str, *, delimiter: str = ",", file: str = "", folder: str = "") -> GivenTable:
    """Return the table of a CSV text without quotes; empty cells are null."""
    headers, *rows = [line.strip().split(delimiter) for line in text.strip().split("\n")]
    cells: Sequence[Sequence[str]] = list(zip(*rows, strict=True)) or [()] * len(headers)
    columns = tuple(column(*(cell or None for cell in one)) for one in cells)
    return GivenTable(tuple(headers), columns, len(rows), file=file, folder=folder, delimiter=delimiter)
