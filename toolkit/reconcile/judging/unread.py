"""Days that stand in a list and could not be read: what is dated by another column instead tells no wait."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.reconcile.coded import array_of

_SAMPLE = 500
_PLAIN_DAY = re.compile(r"\d{4}-[01]\d-[0-3]\d\b")


class Unread(NamedTuple):
    """Of ``stated`` days of a column, ``lost`` could not be read, such as ``example``."""

    header: str
    lost: int
    stated: int
    example: str


def undated_keys(stream: pa.Table, column: str) -> list[str]:
    """Return the records without a day in a column: all, or of very many some from everywhere.

    Parameters
    ----------
    stream
        What ``sides.stream_documents`` gives.
    column
        The column.
    """
    if column not in stream.column_names:
        return []
    rows = np.flatnonzero(np.asarray(pc.is_null(array_of(stream[column]))))
    keys: list[str] = stream["record_key"].take(pa.array(rows[:: max(1, len(rows) // _SAMPLE)])).to_pylist()
    return keys


def unread_days(
    stream: pa.Table, column: str, headers: Sequence[str], written: Mapping[str, Mapping[str, str]]
) -> Unread | None:
    """Return how many days of a column could not be read; nothing where all could.

    Parameters
    ----------
    stream
        What ``sides.stream_documents`` gives.
    column
        The column that should date its records.
    headers
        What the file may call it.
    written
        The rows of records without a day there as the file wrote them.
    """
    cells = [(name, row[name]) for row in written.values() for name in headers if _is_day_like(row.get(name, ""))]
    if not cells:
        return None
    undated = stream[column].null_count
    lost = round(len(cells) / len(written) * undated)
    return Unread(cells[0][0], lost, lost + stream.num_rows - undated, cells[0][1].strip()[:30])


def _is_day_like(cell: str) -> bool:
    # A word such as "open" says that there is no day yet; every day has a figure.
    # What anybody can read was left out on purpose.
    return any(sign.isdigit() for sign in cell) and not _PLAIN_DAY.match(cell.strip())
