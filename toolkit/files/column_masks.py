"""Which cells of whole columns are filled, and where a mask is true."""

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.values.cell_bytes import may_begin_with_blank


def true_rows(mask: pa.ChunkedArray) -> list[int]:
    """Return the rows where a mask is true, not null."""
    found: list[int] = np.flatnonzero(pc.fill_null(mask, fill_value=False).to_numpy()).tolist()
    return found


def is_filled(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return whether each cell holds more than blanks."""
    # Trimming every cell costs far more than a look at the first character of each.
    if not may_begin_with_blank(column) or not pc.any(pc.match_substring_regex(column, r"^[\s\x{a0}]")).as_py():
        return column.is_valid()
    return pc.fill_null(pc.match_substring_regex(column, r"[^\s\x{a0}]"), fill_value=False)


def filled_mask(cells: pa.Table) -> npt.NDArray[np.bool_]:
    """Return which cells hold more than blanks, rows by columns."""
    mask = np.zeros((cells.num_rows, cells.num_columns), bool, order="F")
    for index, column in enumerate(cells.columns):
        mask[:, index] = is_filled(column).to_numpy()
    return mask


def filled_counts(cells: pa.Table) -> npt.NDArray[np.int32]:
    """Return how many cells of each row hold more than blanks."""
    counts = np.zeros(cells.num_rows, np.int32)
    for column in cells.columns:
        counts += is_filled(column).to_numpy().astype(np.int32)
    return counts
