"""The bytes of a whole column of texts at once: replaced, deleted, blanks made single, without Python per cell."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

Bytes = npt.NDArray[np.uint8]
Offsets = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]

BLANK = 32


class Letters(NamedTuple):
    """The bytes of all cells one after another, and where each cell starts; one offset more than cells."""

    data: Bytes
    offsets: Offsets


def letters_of(values: pa.StringArray) -> Letters:
    """Return the bytes of a column; a null has none."""
    filled = pc.fill_null(values, "").cast(pa.large_string())
    offsets = np.frombuffer(filled.buffers()[1], dtype=np.int64)[filled.offset : filled.offset + len(filled) + 1]
    data = filled.buffers()[2]
    start = int(offsets[0])
    used = np.frombuffer(data, dtype=np.uint8)[start : offsets[-1]] if data else np.zeros(0, dtype=np.uint8)
    return Letters(used, offsets - start)


def texts_of(letters: Letters) -> pa.StringArray:
    """Return a column of the cells without the blanks at their ends; null where nothing is left."""
    large = pa.LargeStringArray.from_buffers(
        len(letters.offsets) - 1,
        pa.py_buffer(np.ascontiguousarray(letters.offsets)),
        pa.py_buffer(np.ascontiguousarray(letters.data)),
    )
    texts = pc.ascii_trim(large.cast(pa.string()), characters=" ")
    return pc.if_else(pc.equal(texts, ""), None, texts)


def kept(letters: Letters, is_kept: Mask) -> Letters:
    """Return the cells without the bytes that are not kept."""
    gone = np.flatnonzero(~is_kept)
    if not len(gone):
        return letters
    return Letters(letters.data[is_kept], letters.offsets - np.searchsorted(gone, letters.offsets))


def translated(letters: Letters, table: Bytes, *, deleted: Mask | None = None) -> Letters:
    """Return the cells with every byte replaced by that of a table of 256; several blanks in a row become one.

    Parameters
    ----------
    letters
        The cells.
    table
        What stands in place of each byte.
    deleted
        Bytes that leave nothing in their place.
    """
    if deleted is not None:
        letters = kept(letters, ~deleted.take(letters.data))
    data = table.take(letters.data)
    is_blank = data == BLANK
    is_kept = np.ones(len(data), dtype=bool)
    # A cell that starts with a blank may lose it to the cell before: blanks at its ends mean nothing.
    is_kept[1:] = ~(is_blank[1:] & is_blank[:-1])
    return kept(Letters(data, letters.offsets), is_kept)
